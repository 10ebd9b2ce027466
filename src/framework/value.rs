//! Values: null, unknown or known at every depth.
//!
//! A value does not carry its type constraint; the schema does. The two exceptions are [`Value::Dynamic`], whose type
//! travels with it, and collections, which say what kind they are because sets compare without order.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::number::Number;
use super::types::Type;

/// A Terraform value.
///
/// Equality is Terraform's: numbers compare as decimals, texts after NFC normalisation, sets without order or
/// duplicates, and unknown equals unknown whatever was promised about it.
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// Nothing: absent or explicitly null.
    #[default]
    Null,
    /// Not known yet. Refinements are promises about the value to come.
    Unknown(Option<Box<Refinements>>),
    /// A truth value.
    Bool(bool),
    /// A number of any precision.
    Number(Number),
    /// Text.
    String(String),
    /// Elements in order.
    List(Vec<Value>),
    /// Elements without order.
    Set(Vec<Value>),
    /// Elements by key.
    Map(BTreeMap<String, Value>),
    /// Elements of different types in order.
    Tuple(Vec<Value>),
    /// Attributes by name; each attribute of the type is present.
    Object(BTreeMap<String, Value>),
    /// A known value where the schema says "dynamic": the type it has, and the value. Never wraps null,
    /// unknown or another dynamic value; [`Value::dynamic`] sees to that.
    Dynamic(Box<(Type, Value)>),
}

/// What is promised about a value that is not known yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Refinements {
    /// `Some(false)`: it will not be null. `Some(true)`: it will be.
    pub null: Option<bool>,
    /// A text will start with this.
    pub string_prefix: Option<String>,
    /// A number will not be below this; the flag says whether the bound itself is allowed.
    pub number_min: Option<(Number, bool)>,
    /// A number will not be above this; the flag says whether the bound itself is allowed.
    pub number_max: Option<(Number, bool)>,
    /// A collection will have at least this many elements.
    pub length_min: Option<u64>,
    /// A collection will have at most this many elements.
    pub length_max: Option<u64>,
}

impl Value {
    /// An unknown value about which nothing is promised.
    pub const UNKNOWN: Value = Value::Unknown(None);

    /// A text value.
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    /// A whole number.
    pub fn int(number: i64) -> Self {
        Self::Number(Number::from(number))
    }

    /// An object from its attributes.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Value)>) -> Self {
        Self::Object(
            attributes
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
        )
    }

    /// A value of type `ty` where the schema says "dynamic". Null and unknown stay plain, as the protocol has them.
    pub fn dynamic(ty: Type, value: Value) -> Self {
        if ty == Type::Dynamic || !value.is_known() {
            value
        } else {
            Self::Dynamic(Box::new((ty, value)))
        }
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether this very value is unknown (its parts are not looked at).
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// Whether this is neither null nor unknown.
    pub fn is_known(&self) -> bool {
        !self.is_null() && !self.is_unknown()
    }

    /// Whether nothing in this value, at any depth, is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Self::Unknown(_) => false,
            Self::List(items) | Self::Set(items) | Self::Tuple(items) => items.iter().all(Self::is_wholly_known),
            Self::Map(items) | Self::Object(items) => items.values().all(Self::is_wholly_known),
            Self::Dynamic(inner) => inner.1.is_wholly_known(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => true,
        }
    }

    /// The text, if this is a known text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Dynamic(inner) => inner.1.as_str(),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The elements of a known list, set or tuple.
    pub fn as_elements(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) | Self::Set(items) | Self::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The attributes of a known object, or the elements of a known map.
    pub fn as_fields(&self) -> Option<&BTreeMap<String, Value>> {
        match self {
            Self::Object(fields) | Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// As [`Value::as_fields`], to be changed.
    pub fn as_fields_mut(&mut self) -> Option<&mut BTreeMap<String, Value>> {
        match self {
            Self::Object(fields) | Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The attribute `name` of an object; null when this is null or has no such attribute, unknown when this is unknown.
    pub fn attr(&self, name: &str) -> &Value {
        const NULL: &Value = &Value::Null;
        const UNKNOWN: &Value = &Value::UNKNOWN;
        match self {
            Self::Object(fields) | Self::Map(fields) => fields.get(name).unwrap_or(NULL),
            Self::Unknown(_) => UNKNOWN,
            _ => NULL,
        }
    }

    /// Sets the attribute `name` of an object. Anything but an object or map is left as it is.
    pub fn set_attr(&mut self, name: &str, value: Value) {
        if let Some(fields) = self.as_fields_mut() {
            fields.insert(name.to_owned(), value);
        }
    }

    /// The part of this value at `path`, if it is there.
    pub fn at(&self, path: &super::path::AttributePath) -> Option<&Value> {
        use super::path::Step;

        path.steps().iter().try_fold(self, |value, step| match step {
            Step::Attribute(name) | Step::Key(name) => value.as_fields()?.get(name),
            Step::Index(index) => value.as_elements()?.get(usize::try_from(*index).ok()?),
        })
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) | (Self::Unknown(_), Self::Unknown(_)) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::String(a), Self::String(b)) => a == b || a.nfc().eq(b.nfc()),
            (Self::List(a), Self::List(b)) | (Self::Tuple(a), Self::Tuple(b)) => a == b,
            (Self::Set(a), Self::Set(b)) => are_same_set(a, b),
            (Self::Map(a), Self::Map(b)) | (Self::Object(a), Self::Object(b)) => a == b,
            (Self::Dynamic(a), Self::Dynamic(b)) => a == b,
            _ => false,
        }
    }
}

/// Whether each element of one is in the other. No pair is compared twice: what is twice here is twice at each level of
/// sets in sets, and so without an end.
fn are_same_set(a: &[Value], b: &[Value]) -> bool {
    let mut met = vec![false; b.len()];
    let each_is_in_b = a.iter().all(|item| {
        let mut found = false;
        for (met, other) in met.iter_mut().zip(b) {
            // A pair tells nothing new when both of it have been met already.
            if !(found && *met) && item == other {
                (found, *met) = (true, true);
            }
        }
        found
    });
    each_is_in_b && met.iter().all(|met| *met)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::int(number)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::path::AttributePath;

    #[test]
    fn sets_compare_without_order_and_duplicates() {
        let set = |items: &[i64]| Value::Set(items.iter().map(|item| Value::int(*item)).collect());
        assert_eq!(set(&[1, 2, 2]), set(&[2, 1]));
        assert_ne!(set(&[1, 2]), set(&[1, 3]));
        assert_ne!(
            Value::List(vec![Value::int(1), Value::int(2)]),
            Value::List(vec![Value::int(2), Value::int(1)])
        );
    }

    /// Were each element compared twice, this would double at each level, and not end.
    #[test]
    fn sets_in_sets_are_compared_in_no_time() {
        let nested = |innermost: i64| (0..120).fold(Value::int(innermost), |value, _| Value::Set(vec![value]));
        assert_eq!(nested(1), nested(1));
        assert_ne!(nested(1), nested(2));
    }

    #[test]
    fn composed_and_decomposed_texts_are_equal() {
        assert_eq!(Value::from("caf\u{e9}"), Value::from("cafe\u{301}"));
    }

    #[test]
    fn parts_are_found_by_path() {
        let value = Value::object([("a", Value::List(vec![Value::from("x")]))]);
        assert_eq!(
            value.at(&AttributePath::attribute("a").and_index(0)),
            Some(&Value::from("x"))
        );
        assert_eq!(value.at(&AttributePath::attribute("a").and_index(1)), None);
        assert!(Value::UNKNOWN.attr("a").is_unknown());
    }
}
