//! Where in a value or a configuration something is: the protocol's attribute paths.

use std::fmt;

/// One step from a value into its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// An attribute or nested block of an object.
    Attribute(String),
    /// An element of a map.
    Key(String),
    /// An element of a list or tuple. Sets have no step: a path ends at the set itself.
    Index(i64),
}

/// A path from the root of a resource, data source or provider block to the part that is meant.
///
/// The empty path means the whole object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct AttributePath(Vec<Step>);

impl AttributePath {
    /// The whole object.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The path of a root attribute.
    pub fn attribute(name: impl Into<String>) -> Self {
        Self(vec![Step::Attribute(name.into())])
    }

    /// This path, then an attribute.
    #[must_use]
    pub fn and_attribute(&self, name: impl Into<String>) -> Self {
        self.and(Step::Attribute(name.into()))
    }

    /// This path, then a map key.
    #[must_use]
    pub fn and_key(&self, key: impl Into<String>) -> Self {
        self.and(Step::Key(key.into()))
    }

    /// This path, then a list index.
    #[must_use]
    pub fn and_index(&self, index: usize) -> Self {
        self.and(Step::Index(i64::try_from(index).unwrap_or(i64::MAX)))
    }

    /// This path, then `step`.
    #[must_use]
    pub fn and(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// As far as Terraform finds the way in a configuration: to an attribute of the block that `depth` steps lead to. Behind
    /// that it looks for the last name in the block itself, and would point at an attribute that happens to be called the same.
    #[must_use]
    pub fn pointable(&self, depth: usize) -> Self {
        self.0.iter().take(depth + 1).cloned().collect()
    }

    /// Whether this is the whole object.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Step> for AttributePath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for AttributePath {
    /// Prints the path as a practitioner would write it: `policy.allow[0]`, `keepers["k"]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => write!(f, "{name}")?,
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_prints_as_it_is_written_in_a_configuration() {
        let path = AttributePath::attribute("policy")
            .and_attribute("allow")
            .and_index(0)
            .and_key("a b");
        assert_eq!(path.to_string(), r#"policy.allow[0]["a b"]"#);
        assert_eq!(AttributePath::root().to_string(), "");
    }
}
