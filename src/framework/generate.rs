//! A configuration out of a state: what a practitioner would have written for an object that Terraform has not made.
//!
//! Null is whatever nobody has to write: what only the provider sets, what is never stored, what is deprecated, defaults, and
//! what the schema would refuse. Rules between attributes hold in what is left, as far as the state has the values for it, so
//! that the configuration validates and its plan is empty.

use std::collections::BTreeSet;

use super::plan::{Members, each_object};
use super::schema::{Attribute, Block, NestedBlock, Rule};
use super::validate::{is_refused, is_set};
use super::value::Value;

/// The configuration for an object whose state is known.
pub(crate) fn configuration(block: &Block, state: &Value) -> Value {
    let config = block_configuration(block, state);
    match block.attribute("id") {
        // Older resources have it for their own use. Where it can be left out it is.
        Some(id) if !id.required => with(config, "id", Value::Null),
        _ => config,
    }
}

fn block_configuration(block: &Block, state: &Value) -> Value {
    let attributes = block
        .attributes
        .iter()
        .map(|attribute| (&*attribute.name, wanted(attribute, state.attr(&attribute.name))));
    let blocks = block.blocks.iter();
    let blocks = blocks.map(|nested| (&*nested.name, nested_blocks(nested, state.attr(&nested.name))));
    let mut config = Value::object(attributes.chain(blocks));
    Rules::new(block, state).settle(&mut config);
    config
}

fn nested_blocks(nested: &NestedBlock, state: &Value) -> Value {
    let (shape, _) = Members::of_nested_block(nested);
    // Only the objects count here; what they are made of comes from their own block.
    let inner = (shape, Members::of_block(&nested.block));
    let drops = nested.block.deprecated.is_some() && nested.min_items == 0;
    let state = match state {
        Value::List(_) if drops => Value::List(Vec::new()),
        Value::Set(_) if drops => Value::Set(Vec::new()),
        Value::Map(_) if drops => Value::Map(Default::default()),
        state => state.clone(),
    };
    each_object(inner, &Value::Null, &Value::Null, state, |_, _, item| {
        block_configuration(&nested.block, &item)
    })
}

/// What to write for an attribute; null for nothing.
fn wanted(attribute: &Attribute, state: &Value) -> Value {
    let is_noise = attribute.deprecated.is_some() || attribute.has_by_default(state);
    if !attribute.required && is_noise {
        return Value::Null;
    }
    possible(attribute, state)
}

/// What can be written for an attribute, be it needed or not; null for nothing.
fn possible(attribute: &Attribute, state: &Value) -> Value {
    let is_settable = (attribute.required || attribute.optional) && !attribute.write_only;
    if !is_settable || !state.is_wholly_known() {
        return Value::Null;
    }
    let value = match Members::of_attribute(attribute) {
        None => state.clone(),
        Some((shape, inner)) => each_object(
            (shape, inner),
            &Value::Null,
            &Value::Null,
            state.clone(),
            |_, _, item| {
                let attributes = inner.attributes.iter();
                Value::object(attributes.map(|part| (&*part.name, wanted(part, item.attr(&part.name)))))
            },
        ),
    };
    let says_nothing = attribute.computed && is_hollow(&value);
    if !attribute.required && (says_nothing || is_refused(attribute, &value)) {
        return Value::Null;
    }
    value
}

/// An object in which everything is left out.
fn is_hollow(value: &Value) -> bool {
    matches!(value, Value::Object(fields) if fields.values().all(|part| part.is_null() || is_hollow(part)))
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object.set_attr(name, value);
    object
}

impl Attribute {
    /// Whether the plan of a configuration that leaves it out has this value.
    fn has_by_default(&self, value: &Value) -> bool {
        let default = self.default.as_ref();
        default.is_some_and(|default| default == value || self.means_the_same(default, value))
    }
}

/// Makes the rules of a block hold in a configuration. What was taken out once stays out, so this ends.
struct Rules<'a> {
    block: &'a Block,
    state: &'a Value,
    taken_out: BTreeSet<&'a str>,
}

impl<'a> Rules<'a> {
    fn new(block: &'a Block, state: &'a Value) -> Self {
        let taken_out = BTreeSet::new();
        Self {
            block,
            state,
            taken_out,
        }
    }

    fn settle(&mut self, config: &mut Value) {
        while self.block.rules.iter().any(|rule| self.mend(rule, config)) {}
    }

    /// Mends one breach of a rule, if it can. Whether it did.
    fn mend(&mut self, rule: &'a Rule, config: &mut Value) -> bool {
        let names = rule.names();
        let (set, unset): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| is_set(config.attr(name)));
        match rule {
            Rule::ExactlyOneOf(_) | Rule::AtLeastOneOf(_) if set.is_empty() => self.put_in_one_of(&unset, config),
            Rule::ExactlyOneOf(_) | Rule::AtMostOneOf(_) if set.len() > 1 => self.take_out_one_of(&set, config),
            Rule::AllOrNone(_) if !set.is_empty() && !unset.is_empty() => {
                self.put_in_one_of(&unset, config) || self.take_out_one_of(&set, config)
            }
            Rule::Requires(first, second) if set == [*first] => {
                self.put_in_one_of(&[second], config) || self.take_out_one_of(&[first], config)
            }
            _ => false,
        }
    }

    /// Writes the first that the state has a value for, one that is not deprecated before all others.
    fn put_in_one_of(&self, names: &[&'a str], config: &mut Value) -> bool {
        let candidates = names.iter().filter(|name| !self.taken_out.contains(*name));
        let mut found: Vec<_> = candidates
            .filter_map(|name| {
                let attribute = self.block.attribute(name)?;
                let value = possible(attribute, self.state.attr(name));
                is_set(&value).then_some((attribute.deprecated.is_some(), *name, value))
            })
            .collect();
        found.sort_by_key(|(is_deprecated, ..)| *is_deprecated);
        let Some((_, name, value)) = found.into_iter().next() else {
            return false;
        };
        config.set_attr(name, value);
        true
    }

    /// Leaves out the last that the provider fills in by itself, else the last that can be left out.
    fn take_out_one_of(&mut self, names: &[&'a str], config: &mut Value) -> bool {
        let attribute = |name: &&&str| self.block.attribute(name);
        let mut optional = names
            .iter()
            .rev()
            .filter(|name| attribute(name).is_some_and(|attribute| attribute.optional));
        let computed = optional
            .clone()
            .find(|name| attribute(name).is_some_and(|attribute| attribute.computed));
        let Some(name) = computed.or_else(|| optional.next()) else {
            return false;
        };
        self.taken_out.insert(name);
        config.set_attr(name, Value::Null);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::schema::{BlockNesting, Nesting, Validator};
    use crate::framework::types::Type;
    use crate::framework::validate::validate;

    fn text(name: &'static str) -> Attribute {
        Attribute::new(name, Type::String)
    }

    fn defaults(name: &'static str, default: &str) -> Attribute {
        let mut attribute = text(name).optional().computed();
        attribute.default = Some(default.into());
        attribute
    }

    fn of(attributes: Vec<Attribute>, rules: &[Rule]) -> Block {
        Block {
            attributes,
            rules: rules.to_vec(),
            ..Block::default()
        }
    }

    /// The attributes that are written, of a state in which these texts are set; the result must validate.
    #[track_caller]
    fn written(block: &Block, set: &[(&str, &str)]) -> Vec<String> {
        let state = Value::object(set.iter().map(|(name, value)| (*name, Value::from(*value))));
        let config = configuration(block, &state);
        let refused = validate(block, &config, true);
        assert!(!refused.has_errors(), "{refused:?}");
        let fields = config.as_fields().expect("an object");
        fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, _)| name.clone())
            .collect()
    }

    #[test]
    fn what_nobody_has_to_write_is_left_out() {
        let mut old = text("old").optional();
        old.deprecated = Some("use new".into());
        let mut old_and_required = text("old_and_required").required();
        old_and_required.deprecated = Some("use new".into());
        let block = of(
            vec![
                text("id").optional().computed(),
                text("revision").computed(),
                text("name").required(),
                text("note").optional(),
                text("color").optional().computed(),
                text("secret").optional().write_only(),
                defaults("mode", "slow"),
                defaults("speed", "slow"),
                old,
                old_and_required,
            ],
            &[],
        );
        let all = [
            "id",
            "revision",
            "name",
            "note",
            "color",
            "secret",
            "old",
            "old_and_required",
        ];
        let mut state: Vec<_> = all.iter().map(|name| (*name, "x")).collect();
        state.extend([("mode", "slow"), ("speed", "fast")]);
        assert_eq!(
            written(&block, &state),
            ["color", "name", "note", "old_and_required", "speed"]
        );
    }

    #[test]
    fn a_default_in_another_spelling_is_left_out() {
        let mut json = defaults("json", "{}");
        json.equivalent = Some(|a, b| a.as_str().map(str::trim) == b.as_str().map(str::trim));
        let block = of(vec![json], &[]);
        assert!(written(&block, &[("json", " {} ")]).is_empty());
        assert_eq!(written(&block, &[("json", "[]")]), ["json"]);
    }

    #[test]
    fn what_the_schema_would_refuse_is_left_out_unless_it_is_required() {
        let refusing = |mut attribute: Attribute| {
            attribute.validators = vec![Validator::OneOf(&["a", "b"])];
            attribute
        };
        let block = of(
            vec![
                refusing(text("kept").optional()),
                refusing(text("x").optional().computed()),
            ],
            &[],
        );
        assert_eq!(written(&block, &[("kept", "a"), ("x", "c")]), ["kept"]);
        let block = of(vec![refusing(text("must").required())], &[]);
        let state = Value::object([("must", Value::from("c"))]);
        assert_eq!(
            configuration(&block, &state),
            state,
            "the practitioner has to see what it is"
        );
    }

    #[test]
    fn of_those_that_exclude_each_other_the_one_stays_that_the_provider_would_not_fill_in() {
        let attributes = || {
            vec![
                text("a").optional().computed(),
                text("b").optional(),
                text("c").optional(),
            ]
        };
        let all = [("a", "1"), ("b", "2"), ("c", "3")];
        for rule in [
            Rule::AtMostOneOf(&["a", "b", "c"]),
            Rule::ExactlyOneOf(&["a", "b", "c"]),
        ] {
            let block = of(attributes(), &[rule]);
            assert_eq!(written(&block, &all), ["b"]);
            assert_eq!(written(&block, &all[..1]), ["a"]);
        }
    }

    #[test]
    fn a_default_is_written_where_a_rule_needs_it() {
        for rule in [Rule::ExactlyOneOf(&["b", "a"]), Rule::AtLeastOneOf(&["a", "b"])] {
            let block = of(vec![defaults("a", "1"), text("b").optional()], &[rule]);
            assert_eq!(written(&block, &[("a", "1")]), ["a"]);
        }
        let block = of(
            vec![defaults("a", "1"), text("b").optional()],
            &[Rule::Requires("b", "a")],
        );
        assert_eq!(written(&block, &[("a", "1"), ("b", "2")]), ["a", "b"]);
        assert!(written(&block, &[("a", "1")]).is_empty());
    }

    #[test]
    fn what_cannot_stand_alone_goes_with_what_is_missing() {
        let attributes = || {
            vec![
                text("a").optional(),
                text("b").optional(),
                text("c").optional().write_only(),
            ]
        };
        let block = of(attributes(), &[Rule::AllOrNone(&["a", "b", "c"])]);
        assert!(written(&block, &[("a", "1"), ("b", "2")]).is_empty());
        let block = of(attributes(), &[Rule::Requires("b", "c"), Rule::Requires("a", "b")]);
        assert!(written(&block, &[("a", "1"), ("b", "2")]).is_empty());
    }

    #[test]
    fn rules_that_contradict_each_other_come_to_an_end() {
        let rules = [Rule::ExactlyOneOf(&["a", "b"]), Rule::AllOrNone(&["a", "b"])];
        let block = of(vec![text("a").optional(), text("b").optional()], &rules);
        let state = Value::object([("a", Value::from("1")), ("b", "2".into())]);
        assert!(configuration(&block, &state).as_fields().is_some());
    }

    #[test]
    fn nested_attributes_and_blocks_follow_the_same_rules() {
        let parts = || {
            vec![
                text("name").required(),
                defaults("mode", "slow"),
                text("seen").computed(),
            ]
        };
        let nested = |name: &'static str, nesting| Attribute::nested(name, nesting, parts()).optional();
        let hollow = Attribute::nested("hollow", Nesting::Single, vec![defaults("mode", "slow")])
            .optional()
            .computed();
        let part = NestedBlock {
            name: "part".into(),
            nesting: BlockNesting::List,
            min_items: 0,
            max_items: 0,
            block: of(
                vec![text("a").optional(), text("b").optional(), text("seen").computed()],
                &[Rule::AtMostOneOf(&["a", "b"])],
            ),
        };
        let block = Block {
            attributes: vec![
                nested("single", Nesting::Single),
                nested("list", Nesting::List),
                nested("set", Nesting::Set),
                nested("map", Nesting::Map),
                hollow,
            ],
            blocks: vec![part],
            ..Block::default()
        };
        let object = |mode: Value, seen: Value| Value::object([("name", "n".into()), ("mode", mode), ("seen", seen)]);
        let shaped = |object: Value| {
            let map = Value::Map([("k".to_owned(), object.clone())].into());
            [
                ("single", object.clone()),
                ("list", Value::List(vec![object.clone()])),
                ("set", Value::Set(vec![object])),
                ("map", map),
            ]
        };
        let part = |a: Value, b: Value, seen: Value| {
            (
                "part",
                Value::List(vec![Value::object([("a", a), ("b", b), ("seen", seen)])]),
            )
        };
        let state = shaped(object("slow".into(), "s".into())).into_iter();
        let state = state.chain([part("1".into(), "2".into(), "s".into())]);
        let state = state.chain([("hollow", Value::object([("mode", Value::from("slow"))]))]);
        let expected = shaped(object(Value::Null, Value::Null)).into_iter();
        let expected = expected.chain([part("1".into(), Value::Null, Value::Null), ("hollow", Value::Null)]);
        assert_eq!(configuration(&block, &Value::object(state)), Value::object(expected));
    }
}
