//! What Terraform leaves to the provider to check: values that a schema demands or forbids.
//!
//! Every rule is silent while what it looks at is unknown; Terraform validates again when it is known.

use super::check::{check, where_required};
use super::diagnostics::{Diagnostic, Diagnostics, Severity};
use super::path::AttributePath;
use super::plan::Members;
use super::schema::{Attribute, AttributeType, Block, Nesting, Rule};
use super::value::Value;
use super::write_only::{version_name, write_only_name};

/// Checks a configuration against its schema.
///
/// `write_only_allowed` is what the caller said it can do; older Terraform cannot keep write-only values out of the state.
pub fn validate(block: &Block, config: &Value, write_only_allowed: bool) -> Diagnostics {
    let mut checker = Checker {
        diagnostics: Diagnostics::new(),
        write_only_allowed,
        depth: 0,
    };
    checker.block(block, config, &AttributePath::root());
    checker.diagnostics
}

/// Whether an attribute refuses a value, whatever else is configured.
pub(super) fn is_refused(attribute: &Attribute, value: &Value) -> bool {
    let mut checker = Checker {
        diagnostics: Diagnostics::new(),
        write_only_allowed: true,
        depth: 0,
    };
    checker.attribute(attribute, value, &AttributePath::attribute(&*attribute.name));
    checker.diagnostics.has_errors()
}

struct Checker {
    diagnostics: Diagnostics,
    write_only_allowed: bool,
    /// Steps that lead to the block that is being checked: see [`AttributePath::pointable`].
    depth: usize,
}

impl Checker {
    fn block(&mut self, block: &Block, config: &Value, path: &AttributePath) {
        if !config.is_known() {
            return;
        }
        self.depth = path.steps().len();
        self.attributes(&block.attributes, config, path);
        for rule in &block.rules {
            self.rule(rule, block, config, path);
        }
        for nested in &block.blocks {
            self.depth = path.steps().len();
            let path = path.and_attribute(nested.name.as_ref());
            let items = objects(config.attr(&nested.name));
            if let Some(reason) = nested.block.deprecated.as_ref().filter(|_| !items.is_empty()) {
                self.deprecated("block", &path, reason);
            }
            for (step, item) in items {
                self.block(
                    &nested.block,
                    item,
                    &step.map_or_else(|| path.clone(), |step| path.and(step)),
                );
            }
        }
        self.depth = 0;
    }

    fn attributes(&mut self, attributes: &[Attribute], config: &Value, path: &AttributePath) {
        for attribute in attributes {
            let at = path.and_attribute(attribute.name.as_ref());
            self.attribute(attribute, config.attr(&attribute.name), &at);
            if let Some(pair) = attribute.pair {
                self.pair(&attribute.name, pair.required, config, path);
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, value: &Value, path: &AttributePath) {
        if value.is_null() {
            if attribute.required {
                self.error(path, "Missing required argument", format!("{path} must have a value, and the expression gives null. Nothing was changed. Set it to a value."));
            }
            return;
        }
        if attribute.computed && !attribute.optional {
            self.error(
                path,
                "Read-only attribute is configured",
                format!("{path} is set by the provider and cannot be configured. Remove it from the configuration."),
            );
            return;
        }
        if let Some(reason) = &attribute.deprecated {
            self.deprecated("argument", path, reason);
        }
        if attribute.write_only && !self.write_only_allowed {
            self.error(
                path,
                "Write-only argument needs a newer Terraform",
                format!(
                    "{path} is never stored, which this program cannot do: it takes Terraform 1.11 or OpenTofu 1.11. Upgrade, \
                     or use {}, which is stored.",
                    path.to_string().trim_end_matches("_wo")
                ),
            );
        }
        if value.is_unknown() {
            return;
        }
        self.null_elements(value, path);
        // The first refusal says it; what the others make of the same value is said when it is mended.
        for validator in &attribute.validators {
            let Err(finding) = check(validator, value) else {
                continue;
            };
            let cannot_be_left_out = attribute.required && finding.step.is_none();
            let at = finding.step.map_or_else(|| path.clone(), |step| path.and(step));
            let is_without_line = finding.reason.is_without_line();
            let reason = match cannot_be_left_out {
                true => where_required(finding.reason),
                false => finding.reason,
            };
            let detail = format!("{at}: {reason}");
            match finding.severity {
                // Terraform shows one of several warnings with the same summary, so each attribute has its own.
                Severity::Warning => {
                    let warning = Diagnostic::warning(format!("{at} has a value that is not documented"), detail);
                    self.diagnostics.push(warning.at(at.pointable(self.depth)));
                }
                Severity::Error => {
                    let place = match is_without_line {
                        true => AttributePath::root(),
                        false => at,
                    };
                    self.error(&place, "Invalid value", detail);
                    break;
                }
            }
        }
        if let AttributeType::Nested(nested) = &attribute.ty {
            let inner: &[(Option<super::path::Step>, &Value)] = &match nested.nesting {
                Nesting::Single => vec![(None, value)],
                Nesting::List | Nesting::Set | Nesting::Map => objects(value),
            };
            for (step, item) in inner {
                if item.is_known() {
                    let path = step.clone().map_or_else(|| path.clone(), |step| path.and(step));
                    self.attributes(&nested.attributes, item, &path);
                }
            }
        }
    }

    /// Nothing can be done with an element that is null: it would be dropped, or sent as an empty one.
    fn null_elements(&mut self, value: &Value, path: &AttributePath) {
        let (Value::List(_) | Value::Tuple(_) | Value::Set(_)) = value else {
            return;
        };
        let is_set = matches!(value, Value::Set(_));
        for (item, index) in value.as_elements().unwrap_or_default().iter().zip(0_i64..) {
            let at = if is_set {
                path.clone()
            } else {
                path.and(super::path::Step::Index(index))
            };
            if item.is_null() {
                self.error(
                    &at,
                    "An element is null",
                    format!(
                        "{at}: an element of a list or set must have a value, and this one is null. Nothing was changed. Leave \
                         it out, for example with [for element in … : element if element != null]."
                    ),
                );
                return;
            }
            self.null_elements(item, &at);
        }
    }

    /// A secret that can be given in two ways is given in one. Whichever of these is wrong, it is said once.
    fn pair(&mut self, name: &str, required: bool, config: &Value, path: &AttributePath) {
        let (write_only, version) = (write_only_name(name), version_name(name));
        let (stored, given, number) = (config.attr(name), config.attr(&write_only), config.attr(&version));
        if !given.is_null() && !self.write_only_allowed {
            // That is said of the argument itself.
            return;
        }
        let is_one_unknown = [stored, given, number].iter().any(|value| value.is_unknown());
        let (at, summary, detail) = if is_surely_set(stored) && is_surely_set(given) {
            (
                path.and_attribute(write_only.as_str()),
                "Arguments do not fit together",
                format!(
                    "Only one of these may be set, and 2 are: {name}, {write_only}. Keep {write_only} to have it out of the \
                     state, or {name} for a Terraform older than 1.11."
                ),
            )
        } else if is_one_unknown {
            return;
        } else if required && !is_set(stored) && given.is_null() {
            if self.is_refused(&path.and_attribute(name)) {
                return;
            }
            match self.write_only_allowed {
                true => (
                    path.clone(),
                    "Arguments do not fit together",
                    format!("One of these must be set: {name}, {write_only}."),
                ),
                false => (
                    path.and_attribute(name),
                    "Missing required argument",
                    format!(
                        "{} must have a value. Nothing was changed. Set it.",
                        path.and_attribute(name)
                    ),
                ),
            }
        } else if given.is_null() && !number.is_null() {
            (
                path.and_attribute(version.as_str()),
                "Arguments do not fit together",
                format!(
                    "{version} says which value {write_only} has, and that is not set. Set it, or take {version} out."
                ),
            )
        } else if is_set(given) && number.is_null() {
            (
                path.and_attribute(write_only.as_str()),
                "Arguments do not fit together",
                format!(
                    "{write_only} is set, so {version} must be set too: Terraform does not see whether {write_only} has changed. \
                     Begin with {version} = 1, and raise it when the value changes."
                ),
            )
        } else {
            return;
        };
        self.error(&at, summary, detail);
    }

    fn rule(&mut self, rule: &Rule, block: &Block, config: &Value, path: &AttributePath) {
        let names = rule.names();
        // Who names an argument means it in either way in which it can be given.
        let value = |name: &str| match block.attribute(name) {
            Some(attribute) if attribute.is_given_write_only(config) => config.attr(&write_only_name(name)),
            _ => config.attr(name),
        };
        if names.iter().any(|name| value(name).is_unknown()) {
            return;
        }
        let set: Vec<&str> = names.iter().copied().filter(|name| is_set(value(name))).collect();
        let list = |names: &[&str]| names.join(", ");
        let (at, problem) = match rule {
            Rule::ExactlyOneOf(_) | Rule::AtLeastOneOf(_) if set.is_empty() => {
                match names.iter().find(|name| !config.attr(name).is_null()) {
                    // The attribute's own check has said it.
                    Some(empty) if self.is_refused(&path.and_attribute(*empty)) => return,
                    Some(empty) => (
                        Some(empty),
                        format!(
                            "{empty}: It is set and empty, which stands for none. One of these must have a value: {}.",
                            list(&names)
                        ),
                    ),
                    None => (None, format!("One of these must be set: {}.", list(&names))),
                }
            }
            Rule::ExactlyOneOf(_) | Rule::AtMostOneOf(_) if set.len() > 1 => (
                set.get(1),
                format!("Only one of these may be set, and {} are: {}.", set.len(), list(&set)),
            ),
            Rule::AllOrNone(_) if !set.is_empty() && set.len() < names.len() => (
                set.first(),
                format!("These are set together or not at all: {}.", list(&names)),
            ),
            Rule::Requires(first, second) if set == [*first] => {
                (set.first(), format!("{first} is set, so {second} must be set too."))
            }
            _ => return,
        };
        let path = at.map_or_else(|| path.clone(), |name| path.and_attribute(*name));
        self.error(&path, "Arguments do not fit together", problem);
    }

    fn is_refused(&self, path: &AttributePath) -> bool {
        let path = path.pointable(self.depth);
        self.diagnostics
            .iter()
            .any(|said| said.severity == Severity::Error && said.path == path)
    }

    fn deprecated(&mut self, what: &str, path: &AttributePath, reason: &str) {
        let warning = Diagnostic::warning(
            format!("Deprecated {what} {path}"),
            format!("{path} is deprecated: {reason}"),
        );
        self.diagnostics.push(warning.at(path.pointable(self.depth)));
    }

    fn error(&mut self, path: &AttributePath, summary: &str, detail: String) {
        self.diagnostics
            .push(Diagnostic::error(summary, detail).at(path.pointable(self.depth)));
    }
}

/// Whether a value says something about another attribute. An empty text does not: it stands for none, and where there must
/// be one the attribute's own checks refuse it.
pub(super) fn is_set(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}

/// Whether a value is set, or will be, whatever it is.
fn is_surely_set(value: &Value) -> bool {
    match value {
        Value::Unknown(promised) => promised.as_ref().is_some_and(|promised| promised.null == Some(false)),
        known => is_set(known),
    }
}

/// The objects in a nested value, each with the step that leads to it; elements of sets have none.
fn objects(value: &Value) -> Vec<(Option<super::path::Step>, &Value)> {
    use super::path::Step;
    match value {
        Value::List(items) | Value::Tuple(items) => items
            .iter()
            .zip(0_i64..)
            .map(|(item, index)| (Some(Step::Index(index)), item))
            .collect(),
        Value::Set(items) => items.iter().map(|item| (None, item)).collect(),
        Value::Map(items) => items
            .iter()
            .map(|(key, item)| (Some(Step::Key(key.clone())), item))
            .collect(),
        Value::Object(_) => vec![(None, value)],
        _ => Vec::new(),
    }
}

impl Rule {
    /// The attributes that the rule is about.
    pub(super) fn names(&self) -> Vec<&'static str> {
        match self {
            Self::ExactlyOneOf(names)
            | Self::AtMostOneOf(names)
            | Self::AtLeastOneOf(names)
            | Self::AllOrNone(names) => names.to_vec(),
            Self::Requires(first, second) => vec![first, second],
        }
    }
}

/// The paths of everything unknown in a value, the whole first.
pub(crate) fn unknown_paths(members: Members<'_>, value: &Value) -> Vec<AttributePath> {
    let names = members.attributes.iter().map(|attribute| attribute.name.as_ref());
    let names = names.chain(members.blocks.iter().map(|nested| nested.name.as_ref()));
    names
        .filter(|name| !value.attr(name).is_wholly_known())
        .map(AttributePath::attribute)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::schema::{NestedBlock, Validator};
    use crate::framework::types::Type;

    fn text(name: &'static str) -> Attribute {
        Attribute::new(name, Type::String)
    }

    fn found(block: &Block, fields: &[(&str, Value)], write_only_allowed: bool) -> Vec<(String, String)> {
        let config = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
        let diagnostics = validate(block, &config, write_only_allowed);
        diagnostics
            .into_iter()
            .map(|diagnostic| (diagnostic.path.to_string(), diagnostic.summary))
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected
            .iter()
            .map(|(path, summary)| ((*path).to_owned(), (*summary).to_owned()))
            .collect()
    }

    #[test]
    fn what_an_attribute_refuses_itself_no_rule_says_once_more() {
        let mut path = text("a").optional();
        path.validators = vec![crate::framework::schema::Validator::NonEmpty];
        let block = Block {
            attributes: vec![path, text("b").optional()],
            rules: vec![Rule::ExactlyOneOf(&["a", "b"])],
            ..Block::default()
        };
        let said = found(&block, &[("a", "".into())], true);
        assert_eq!(said.len(), 1, "{said:?}");
    }

    #[test]
    fn all_problems_are_reported_at_once_each_with_its_place() {
        let mut old = text("old").optional();
        old.deprecated = Some("use new".into());
        let mut method = text("method").optional();
        method.validators = vec![Validator::OneOf(&["GET", "POST"])];
        let block = Block {
            attributes: vec![
                text("name").required(),
                text("id").computed(),
                old,
                method,
                text("key").optional().write_only(),
            ],
            ..Block::default()
        };
        let config = [
            ("name", Value::Null),
            ("id", "x".into()),
            ("old", "x".into()),
            ("method", "PUT".into()),
            ("key", "k".into()),
        ];
        let expected = [
            ("name", "Missing required argument"),
            ("id", "Read-only attribute is configured"),
            ("old", "Deprecated argument old"),
            ("method", "Invalid value"),
        ];
        assert_eq!(found(&block, &config, true), pairs(&expected));
        assert_eq!(
            found(&block, &config, false)[4],
            (
                "key".to_owned(),
                "Write-only argument needs a newer Terraform".to_owned()
            )
        );
    }

    #[test]
    fn what_is_required_is_not_said_to_be_optional() {
        let message = |mut attribute: Attribute| {
            attribute.validators = vec![Validator::NonEmpty];
            let block = Block {
                attributes: vec![attribute],
                ..Block::default()
            };
            let config = Value::object([("a", Value::from(""))]);
            let said = validate(&block, &config, true);
            said.into_iter().map(|diagnostic| diagnostic.detail).collect::<String>()
        };
        assert!(!message(text("a").required()).contains("leave it out"));
        assert!(message(text("a").optional()).contains("leave it out"));
    }

    #[test]
    fn unknown_values_are_not_judged() {
        let mut method = text("method").required();
        method.validators = vec![Validator::OneOf(&["GET"])];
        let block = Block {
            attributes: vec![method, text("b").optional()],
            rules: vec![Rule::ExactlyOneOf(&["method", "b"])],
            ..Block::default()
        };
        assert_eq!(
            found(&block, &[("method", Value::UNKNOWN), ("b", "x".into())], true),
            []
        );
    }

    #[test]
    fn rules_between_attributes_point_at_one_of_them() {
        let check = |rule: Rule, fields: &[(&str, Value)]| {
            let attributes = vec![text("a").optional(), text("b").optional()];
            found(
                &Block {
                    attributes,
                    rules: vec![rule],
                    ..Block::default()
                },
                fields,
                true,
            )
        };
        let (a, b) = (("a", Value::from("x")), ("b", Value::from("x")));
        let problem = |path: &str| pairs(&[(path, "Arguments do not fit together")]);
        assert_eq!(check(Rule::ExactlyOneOf(&["a", "b"]), &[]), problem(""));
        assert_eq!(
            check(Rule::ExactlyOneOf(&["a", "b"]), &[a.clone(), b.clone()]),
            problem("b")
        );
        assert_eq!(check(Rule::ExactlyOneOf(&["a", "b"]), std::slice::from_ref(&a)), []);
        assert_eq!(check(Rule::AtMostOneOf(&["a", "b"]), &[]), []);
        let empty = |name| (name, Value::from(""));
        assert_eq!(check(Rule::AtMostOneOf(&["a", "b"]), &[empty("a"), empty("b")]), []);
        assert_eq!(check(Rule::AtMostOneOf(&["a", "b"]), &[a.clone(), empty("b")]), []);
        assert_eq!(check(Rule::ExactlyOneOf(&["a", "b"]), &[empty("a"), b.clone()]), []);
        assert_eq!(check(Rule::ExactlyOneOf(&["a", "b"]), &[empty("b")]), problem("b"));
        assert_eq!(check(Rule::Requires("a", "b"), &[empty("a")]), []);
        assert_eq!(check(Rule::Requires("a", "b"), &[a.clone(), empty("b")]), problem("a"));
        assert_eq!(
            check(Rule::AllOrNone(&["a", "b"]), std::slice::from_ref(&b)),
            problem("b")
        );
        assert_eq!(check(Rule::Requires("a", "b"), std::slice::from_ref(&a)), problem("a"));
        assert_eq!(check(Rule::Requires("a", "b"), std::slice::from_ref(&b)), []);
    }

    #[test]
    fn nested_values_are_checked_where_they_stand() {
        let inner = vec![text("type").required()];
        let attributes = vec![Attribute::nested("items", Nesting::List, inner.clone()).optional()];
        let nested = NestedBlock {
            name: "rule".into(),
            nesting: crate::framework::schema::BlockNesting::List,
            min_items: 0,
            max_items: 0,
            block: Block {
                attributes: inner,
                ..Block::default()
            },
        };
        let block = Block {
            attributes,
            blocks: vec![nested],
            ..Block::default()
        };
        let empty = || Value::List(vec![Value::object([("type", Value::Null)])]);
        let expected = [
            // Terraform cannot be led into an attribute, and can into a block.
            ("items", "Missing required argument"),
            ("rule[0].type", "Missing required argument"),
        ];
        assert_eq!(
            found(&block, &[("items", empty()), ("rule", empty())], true),
            pairs(&expected)
        );
    }

    #[test]
    fn no_value_is_repeated_whether_it_is_marked_secret_or_not() {
        let validators = [
            Validator::OneOf(&["a"]),
            Validator::Known(&["a"]),
            Validator::Length { min: 0, max: 1 },
        ];
        for validator in validators {
            let mut key = text("key").optional();
            key.validators = vec![validator];
            let block = Block {
                attributes: vec![key],
                ..Block::default()
            };
            let config = Value::object([("key", Value::from("hush"))]);
            let diagnostics = validate(&block, &config, true);
            let text: Vec<_> = diagnostics
                .iter()
                .map(|diagnostic| format!("{} {}", diagnostic.summary, diagnostic.detail))
                .collect();
            assert_eq!(text.len(), 1);
            assert!(!text[0].contains("hush"), "{text:?}");
        }
    }

    #[test]
    fn an_element_that_is_null_is_refused_where_it_stands() {
        let list = Attribute::new("names", Type::list(Type::String)).optional();
        let set = Attribute::new("tags", Type::set(Type::String)).optional();
        let items = Attribute::nested("items", Nesting::List, vec![text("a").optional()]).optional();
        let block = Block {
            attributes: vec![list, set, items],
            ..Block::default()
        };
        let with_null = |first: Value| vec![first, Value::Null];
        let config = [
            ("names", Value::List(with_null("a".into()))),
            ("tags", Value::Set(with_null("a".into()))),
            ("items", Value::List(with_null(Value::object([("a", Value::Null)])))),
        ];
        let expected = [
            ("names", "An element is null"),
            ("tags", "An element is null"),
            ("items", "An element is null"),
        ];
        assert_eq!(found(&block, &config, true), pairs(&expected));
    }

    #[test]
    fn one_value_has_one_error() {
        let mut name = text("name").optional();
        name.validators = vec![Validator::NonEmpty, Validator::Length { min: 1, max: 2 }];
        let block = Block {
            attributes: vec![name],
            ..Block::default()
        };
        assert_eq!(
            found(&block, &[("name", "".into())], true),
            pairs(&[("name", "Invalid value")])
        );
    }

    #[test]
    fn a_deprecated_block_warns_where_it_stands() {
        let mut part = NestedBlock {
            name: "part".into(),
            nesting: crate::framework::schema::BlockNesting::List,
            min_items: 0,
            max_items: 0,
            block: Block::default(),
        };
        part.block.deprecated = Some("use parts".into());
        let block = Block {
            blocks: vec![part],
            ..Block::default()
        };
        assert_eq!(found(&block, &[("part", Value::List(Vec::new()))], true), []);
        let used = Value::List(vec![Value::object::<String>([])]);
        assert_eq!(
            found(&block, &[("part", used)], true),
            pairs(&[("part", "Deprecated block part")])
        );
    }
}
