//! A secret that may be given in two ways: in an argument that is stored like any other, and in a write-only one beside it, which
//! Terraform keeps out of the state and of plans. Terraform sees no change of what it does not store, so a number stands beside that:
//! another number means that the secret is to be sent again.
//!
//! `password` is the first of the three, `password_wo` and `password_wo_version` follow from it.

use super::plan::{Members, Shape, each_object};
use super::schema::{Attribute, Validator};
use super::types::Type;
use super::value::Value;

/// What a schema says of the stored argument of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOnlyPair {
    /// One of the two must be set.
    pub required: bool,
}

/// The name of the write-only argument beside `name`.
pub fn write_only_name(name: &str) -> String {
    format!("{name}_wo")
}

/// The name of the number that stands for what the write-only argument beside `name` has.
pub fn version_name(name: &str) -> String {
    format!("{name}_wo_version")
}

impl Attribute {
    /// The three arguments by which the secret of this one can be given.
    pub fn with_write_only(mut self) -> [Self; 3] {
        let (write_only, version) = (write_only_name(&self.name), version_name(&self.name));
        let own = std::mem::take(&mut self.description);
        let name = self.name.clone();
        let demand = match self.required {
            true => format!("One of `{name}` and `{write_only}` must be set, and only one."),
            false => format!("Only one of `{name}` and `{write_only}` may be set."),
        };
        self.description = format!("{own} It is in the state, which `{write_only}` is not.").into();
        self.sensitive = true;
        self.pair = Some(WriteOnlyPair {
            required: self.required,
        });
        (self.optional, self.required) = (true, false);

        let mut secret = Self::new(write_only.clone(), self.value_type()).optional().described(format!(
            "The same as `{name}`, kept out of the state and of plans. It needs Terraform 1.11 or OpenTofu 1.11, and \
             `{version}` beside it. {demand}"
        ));
        (secret.sensitive, secret.write_only) = (true, true);
        // What is given in this way is given.
        secret.validators = vec![Validator::NonEmpty];
        let further = self
            .validators
            .iter()
            .filter(|check| !matches!(check, Validator::NonEmpty));
        secret.validators.extend(further.cloned());

        let mut number = Self::new(version, Type::Number).optional().described(format!(
            "A whole number that stands for the value of `{write_only}`, of which Terraform sees no change: another number does \
             what another `{name}` does."
        ));
        number.validators = vec![Validator::Whole];
        number.requires_replace = self.requires_replace;
        [self, secret, number]
    }

    /// Whether the configuration gives the secret of this argument in the write-only one.
    pub(super) fn is_given_write_only(&self, config: &Value) -> bool {
        self.pair.is_some() && !config.attr(&write_only_name(&self.name)).is_null()
    }
}

/// `prior`, as far as it counts for whether `planned` takes another object: a secret that the state has and the configuration
/// gives write-only from now on is the same secret.
pub(super) fn with_secrets_moved(members: Members<'_>, config: &Value, prior: Value, planned: &Value) -> Value {
    if !has_pairs(members) {
        return prior;
    }
    moved(members, config, prior, planned)
}

/// `prior`, of an object that was never written here: a secret that the state knows nothing of, neither its value nor its version,
/// is the one that is first given. Nobody shows it, and nobody knows that it is another. So is any other value that nobody shows.
pub(super) fn with_secrets_noted(members: Members<'_>, mut prior: Value, planned: &Value) -> Value {
    for attribute in members.attributes {
        let name = attribute.name.as_ref();
        if attribute.pair.is_some() {
            let version = version_name(name);
            if prior.attr(name).is_null() && prior.attr(&version).is_null() {
                prior.set_attr(&version, planned.attr(&version).clone());
                prior.set_attr(name, planned.attr(name).clone());
            }
        } else if attribute.never_shown && prior.attr(name).is_null() {
            prior.set_attr(name, planned.attr(name).clone());
        } else if let Some((shape, inner)) = Members::of_attribute(attribute).filter(|(_, inner)| has_pairs(*inner)) {
            let (before, planned) = (prior.attr(name), planned.attr(name));
            let after = match (shape, before, planned) {
                // With nothing to show but secrets it is as if it were not there.
                (Shape::Single, Value::Null, Value::Object(_)) => {
                    let names = inner.attributes.iter().map(|attribute| attribute.name.as_ref());
                    let empty = Value::object(names.map(|name| (name, Value::Null)));
                    let noted = with_secrets_noted(inner, empty, planned);
                    if noted == *planned { noted } else { Value::Null }
                }
                _ => each_object((shape, inner), planned, planned, before.clone(), |_, planned, item| {
                    with_secrets_noted(inner, item, planned)
                }),
            };
            prior.set_attr(name, after);
        }
    }
    prior
}

fn moved(members: Members<'_>, config: &Value, mut prior: Value, planned: &Value) -> Value {
    for attribute in members.attributes {
        let name = attribute.name.as_ref();
        if attribute.pair.is_some() {
            let given = config.attr(&write_only_name(name));
            if given.is_known() && given == prior.attr(name) {
                let version = version_name(name);
                prior.set_attr(&version, planned.attr(&version).clone());
                prior.set_attr(name, planned.attr(name).clone());
            }
        } else if let Some((shape, inner)) = Members::of_attribute(attribute).filter(|(_, inner)| has_pairs(*inner)) {
            let before = prior.attr(name).clone();
            let (config, planned) = (config.attr(name), planned.attr(name));
            let after = each_object((shape, inner), config, planned, before, |config, planned, item| {
                moved(inner, config, item, planned)
            });
            prior.set_attr(name, after);
        }
    }
    prior
}

/// Whether there are such arguments, at any depth. In sets there are none, and no table has any in a block.
fn has_pairs(members: Members<'_>) -> bool {
    members.attributes.iter().any(|attribute| {
        attribute.pair.is_some()
            || Members::of_attribute(attribute).is_some_and(|(shape, inner)| shape != Shape::Set && has_pairs(inner))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::plan::{Plan, plan};
    use crate::framework::schema::{AttributeType, Block, Nesting, Rule};
    use crate::framework::validate::validate;

    fn password() -> Attribute {
        let mut password = Attribute::new("password", Type::String).required();
        password.requires_replace = true;
        password
    }

    fn block(attributes: Vec<Attribute>, rules: Vec<Rule>) -> Block {
        Block {
            attributes,
            rules,
            ..Block::default()
        }
    }

    fn object(fields: &[(&str, Value)]) -> Value {
        let fields: std::collections::BTreeMap<&str, Value> = fields.iter().cloned().collect();
        let names = ["password", "password_wo", "password_wo_version"];
        let fields = names.map(|name| (name, fields.get(name).cloned().unwrap_or_default()));
        Value::object(fields)
    }

    fn said(block: &Block, fields: &[(&str, Value)], write_only_allowed: bool) -> Vec<(String, String)> {
        let said = validate(block, &object(fields), write_only_allowed).into_iter();
        said.map(|said| (said.path.to_string(), said.detail)).collect()
    }

    #[test]
    fn whatever_is_wrong_with_the_two_is_said_once() {
        let block = block(password().with_write_only().into(), Vec::new());
        let (plain, given, version) = (
            ("password", Value::from("a")),
            ("password_wo", Value::from("b")),
            ("password_wo_version", Value::int(1)),
        );
        let promised = Value::Unknown(Some(Box::new(crate::framework::value::Refinements {
            null: Some(false),
            ..Default::default()
        })));
        let unknown = ("password_wo", Value::UNKNOWN);
        for (fields, allowed, at, words) in [
            (vec![], true, "", "One of these must be set: password, password_wo."),
            (vec![], false, "password", "password must have a value"),
            (
                vec![plain.clone(), given.clone()],
                true,
                "password_wo",
                "Only one of these may be set",
            ),
            (
                vec![plain.clone(), given.clone(), version.clone()],
                true,
                "password_wo",
                "Only one of these may be set",
            ),
            (
                vec![plain.clone(), ("password_wo", promised)],
                true,
                "password_wo",
                "Only one of these may be set",
            ),
            (
                vec![given.clone()],
                true,
                "password_wo",
                "password_wo_version must be set too",
            ),
            (
                vec![plain.clone(), version.clone()],
                true,
                "password_wo_version",
                "that is not set",
            ),
            (
                vec![("password_wo", "".into()), version.clone()],
                true,
                "password_wo",
                "It is set and empty",
            ),
            // An older Terraform has one argument, and one error.
            (
                vec![given.clone(), version.clone()],
                false,
                "password_wo",
                "Terraform 1.11",
            ),
            (
                vec![plain.clone(), given.clone(), version.clone()],
                false,
                "password_wo",
                "Terraform 1.11",
            ),
            (
                vec![unknown.clone(), version.clone()],
                false,
                "password_wo",
                "Terraform 1.11",
            ),
        ] {
            let said = said(&block, &fields, allowed);
            assert_eq!(said.len(), 1, "{fields:?}: {said:?}");
            assert_eq!(said[0].0, at, "{fields:?}: {said:?}");
            assert!(said[0].1.contains(words), "{fields:?}: {said:?}");
        }
        for (fields, allowed) in [
            (vec![plain.clone()], true),
            (vec![plain.clone()], false),
            (vec![given, version.clone()], true),
            (vec![unknown.clone(), version], true),
            // It may turn out to be null.
            (vec![plain, unknown], true),
        ] {
            assert_eq!(said(&block, &fields, allowed), [], "{fields:?}");
        }
    }

    #[test]
    fn a_rule_that_names_the_secret_means_it_in_either_way() {
        let mut attributes = Vec::from(Attribute::new("password", Type::String).optional().with_write_only());
        attributes.push(Attribute::new("key", Type::String).optional());
        let block = block(attributes, vec![Rule::ExactlyOneOf(&["password", "key"])]);
        let said = |fields: &[(&str, Value)]| {
            let config = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
            validate(&block, &config, true).into_iter().count()
        };
        let (given, version) = (
            ("password_wo", Value::from("a")),
            ("password_wo_version", Value::int(1)),
        );
        assert_eq!(said(&[given.clone(), version.clone()]), 0);
        assert_eq!(said(&[given, version, ("key", "k".into())]), 1);
        assert_eq!(said(&[]), 1);
    }

    #[test]
    fn a_version_does_what_the_secret_would_do_and_what_moves_out_of_the_state_stays() {
        let own = block(password().with_write_only().into(), Vec::new());
        let inner = Vec::from(password().with_write_only());
        let nested = |nesting| {
            let attribute = Attribute::nested("inner", nesting, inner.clone()).optional();
            block(vec![attribute], Vec::new())
        };
        type Shape = (Block, fn(Value) -> Value);
        let shapes: [Shape; 3] = [
            (own, |value| value),
            (nested(Nesting::Single), |value| Value::object([("inner", value)])),
            (nested(Nesting::List), |value| {
                Value::object([("inner", Value::List(vec![value]))])
            }),
        ];
        let stored = ("password", Value::from("a"));
        let given = |secret: &str| ("password_wo", Value::from(secret));
        let version = |number| ("password_wo_version", Value::int(number));
        for (block, shape) in shapes {
            let planned = |config: &[(&str, Value)], prior: &[(&str, Value)]| -> Plan {
                // What Terraform proposes has nothing that is write-only.
                let stored = config.iter().filter(|(name, _)| *name != "password_wo");
                let proposed = shape(object(&Vec::from_iter(stored.cloned())));
                plan(&block, &shape(object(config)), &shape(object(prior)), &proposed)
            };
            let replaces =
                |config: &[(&str, Value)], prior: &[(&str, Value)]| !planned(config, prior).requires_replace.is_empty();
            let two = [given("a"), version(2)];
            assert!(!replaces(&two, &[version(2)]), "nothing changed");
            assert!(replaces(&two, &[version(1)]), "another version");
            assert!(!replaces(&two, std::slice::from_ref(&stored)), "the same secret");
            assert!(
                replaces(&[given("b"), version(2)], std::slice::from_ref(&stored)),
                "another secret"
            );
            let unknown = [("password_wo", Value::UNKNOWN), version(2)];
            assert!(replaces(&unknown, std::slice::from_ref(&stored)), "it may be another");
            assert!(
                replaces(std::slice::from_ref(&stored), &[version(1)]),
                "nobody knows which it was"
            );
            let moved = planned(&two, std::slice::from_ref(&stored)).planned;
            assert_eq!(moved, shape(object(&[version(2)])), "nothing of it is left");
        }
    }

    #[test]
    fn what_nobody_shows_replaces_nothing_that_was_never_written_here() {
        let key = |never_shown: bool| {
            let mut key = Attribute::new("key", Type::String).required();
            (key.requires_replace, key.never_shown) = (true, never_shown);
            key
        };
        let replaces = |never_shown: bool, prior: Value, planned: Value| {
            let block = block(vec![key(never_shown)], Vec::new());
            let (prior, planned) = (Value::object([("key", prior)]), Value::object([("key", planned)]));
            let decide = crate::framework::plan::requires_replace_unwritten;
            !decide(&block, &planned, &prior, &planned).is_empty()
        };
        assert!(!replaces(true, Value::Null, "a".into()));
        assert!(replaces(true, "a".into(), "b".into()), "the state knows which it was");
        assert!(replaces(false, Value::Null, "a".into()), "a response would have it");
    }

    #[test]
    fn what_is_first_given_of_an_object_that_was_never_written_here_is_the_secret_that_it_has() {
        let further = || {
            let mut further = Attribute::new("further", Type::String).optional();
            further.requires_replace = true;
            further
        };
        let inner: Vec<_> = password().with_write_only().into_iter().chain([further()]).collect();
        let nested = Attribute::nested("inner", Nesting::Single, inner).optional();
        let block = block(vec![nested], Vec::new());
        let shape = |fields: &[(&str, Value)]| {
            let mut object = object(fields);
            let further = fields.iter().find(|(name, _)| *name == "further");
            object.set_attr("further", further.map_or(Value::Null, |(_, value)| value.clone()));
            Value::object([("inner", object)])
        };
        let replaces = |prior: &Value, planned: &Value| {
            let noted = with_secrets_noted(Members::of_block(&block), prior.clone(), planned);
            !crate::framework::plan::requires_replace(&block, planned, &noted, planned).is_empty()
        };
        let (stored, version) = (("password", Value::from("a")), |number| {
            ("password_wo_version", Value::int(number))
        });
        let more = ("further", Value::from("x"));
        let nothing = Value::object([("inner", Value::Null)]);
        for given in [[stored.clone()], [version(1)]] {
            assert!(!replaces(&shape(&[]), &shape(&given)), "{given:?}");
            assert!(!replaces(&nothing, &shape(&given)), "{given:?}");
            let with_more = shape(&[given[0].clone(), more.clone()]);
            assert!(!replaces(&shape(std::slice::from_ref(&more)), &with_more), "{given:?}");
            for prior in [shape(&[]), nothing.clone()] {
                assert!(
                    replaces(&prior, &with_more),
                    "something else is another, too: {given:?}"
                );
            }
            for prior in [("password", Value::from("b")), version(2)] {
                assert!(
                    replaces(&shape(std::slice::from_ref(&prior)), &shape(&given)),
                    "{prior:?}"
                );
            }
        }
    }

    #[test]
    fn a_secret_that_the_provider_would_keep_goes_once_it_is_given_write_only() {
        let kept = Attribute::new("password", Type::String).optional().computed();
        let block = block(kept.with_write_only().into(), Vec::new());
        let config = object(&[("password_wo", "a".into()), ("password_wo_version", Value::int(1))]);
        for prior in [Value::Null, object(&[("password", "old".into())])] {
            // Terraform proposes what was there before.
            let mut proposed = object(&[("password_wo_version", Value::int(1))]);
            proposed.set_attr("password", prior.attr("password").clone());
            let planned = plan(&block, &config, &prior, &proposed).planned;
            assert!(planned.attr("password").is_null(), "{planned:?}");
        }
    }

    #[test]
    fn what_is_checked_of_one_is_checked_of_the_other() {
        let mut text = Attribute::new("password", Type::String).optional();
        text.validators = vec![Validator::NonEmpty, Validator::Length { min: 2, max: 3 }];
        let [plain, given, version] = text.with_write_only();
        assert!(plain.sensitive && given.sensitive && given.write_only && !plain.write_only && !version.sensitive);
        assert!(matches!(given.ty, AttributeType::Plain(Type::String)));
        assert!(matches!(
            given.validators[..],
            [Validator::NonEmpty, Validator::Length { min: 2, max: 3 }]
        ));
    }
}
