//! What holds for the plan of any schema, configuration and earlier state.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::*;
use crate::framework::schema::{Attribute, AttributeType, BlockNesting, ComputedOnUpdate, NestedBlock, Nesting};
use crate::framework::types::Type;

/// Names repeat on purpose only across levels; within one, attributes are named by their place.
fn named(attributes: Vec<Attribute>) -> Vec<Attribute> {
    let numbered = attributes.into_iter().enumerate();
    let named = numbered.map(|(place, mut attribute)| {
        attribute.name = format!("a{place}").into();
        attribute
    });
    named.collect()
}

/// There are no write-only attributes in sets: elements that differ in nothing else would become one.
fn forbid_write_only(attributes: &mut [Attribute]) {
    for attribute in attributes {
        attribute.write_only = false;
        if let AttributeType::Nested(nested) = &mut attribute.ty {
            forbid_write_only(&mut nested.attributes);
        }
    }
}

fn attribute(depth: u32) -> BoxedStrategy<Attribute> {
    let plain = prop_oneof![
        Just(Attribute::new("", Type::String)),
        Just(Attribute::new("", Type::list(Type::String))),
    ];
    let ty = if depth == 0 {
        plain.boxed()
    } else {
        let nesting = prop_oneof![
            Just(Nesting::Single),
            Just(Nesting::List),
            Just(Nesting::Set),
            Just(Nesting::Map)
        ];
        let nested = (nesting, vec(attribute(depth - 1), 1..4)).prop_map(|(nesting, mut attributes)| {
            if nesting == Nesting::Set {
                forbid_write_only(&mut attributes);
            }
            Attribute::nested("", nesting, named(attributes))
        });
        prop_oneof![2 => plain, 1 => nested].boxed()
    };
    (ty, 0..6, any::<bool>(), any::<bool>())
        .prop_map(|(attribute, behaviour, keeps, replaces)| {
            let is_text = attribute.value_type() == Type::String;
            let mut attribute = match behaviour {
                0 => attribute.required(),
                1 => attribute.optional(),
                2 => attribute.computed(),
                3 => attribute.optional().computed(),
                4 if is_text => attribute.optional().write_only(),
                5 if is_text => {
                    let mut attribute = attribute.optional().computed();
                    attribute.default = Some("default".into());
                    attribute
                }
                _ => attribute.optional(),
            };
            if keeps {
                attribute.on_update = ComputedOnUpdate::Keeps;
            }
            if is_text && replaces && !attribute.write_only {
                attribute.equivalent = Some(same_ignoring_case);
            }
            attribute.requires_replace = replaces && !attribute.computed && !attribute.write_only;
            attribute
        })
        .boxed()
}

fn same_ignoring_case(a: &Value, b: &Value) -> bool {
    let lower = |value: &Value| value.as_str().map(str::to_lowercase);
    lower(a) == lower(b)
}

fn any_block() -> impl Strategy<Value = Block> {
    let nesting = prop_oneof![
        Just(BlockNesting::Single),
        Just(BlockNesting::List),
        Just(BlockNesting::Set),
        Just(BlockNesting::Map)
    ];
    let nested = (nesting, vec(attribute(1), 1..4)).prop_map(|(nesting, mut attributes)| {
        if nesting == BlockNesting::Set {
            forbid_write_only(&mut attributes);
        }
        NestedBlock {
            name: "block".into(),
            nesting,
            min_items: 0,
            max_items: 0,
            block: Block {
                attributes: named(attributes),
                ..Block::default()
            },
        }
    });
    (vec(attribute(2), 1..5), proptest::option::of(nested)).prop_map(|(attributes, nested)| Block {
        attributes: named(attributes),
        blocks: nested.into_iter().collect(),
        ..Block::default()
    })
}

/// Who a value comes from: a configuration has no computed values, a state no write-only or unknown ones.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Config,
    State,
}

fn text(source: Source) -> BoxedStrategy<Value> {
    let known = prop_oneof![Just("x"), Just("X"), Just("y")].prop_map(Value::from);
    match source {
        Source::Config => prop_oneof![6 => known, 1 => Just(Value::UNKNOWN)].boxed(),
        Source::State => known.boxed(),
    }
}

fn attribute_value(attribute: &Attribute, source: Source) -> BoxedStrategy<Value> {
    let is_absent = match source {
        Source::Config => !attribute.required && !attribute.optional,
        Source::State => attribute.write_only,
    };
    if is_absent {
        return Just(Value::Null).boxed();
    }
    let value = match &attribute.ty {
        AttributeType::Plain(Type::String) => text(source),
        AttributeType::Plain(_) => vec(text(source), 0..3).prop_map(Value::List).boxed(),
        AttributeType::Nested(nested) => {
            let item = object(&nested.attributes, &[], source);
            let items = match nested.nesting {
                Nesting::Single => item,
                Nesting::List => vec(element(item, source), 0..3).prop_map(Value::List).boxed(),
                Nesting::Set => vec(element(item, source), 0..3).prop_map(distinct).boxed(),
                Nesting::Map => btree_map("[kl]", element(item, source), 0..3)
                    .prop_map(Value::Map)
                    .boxed(),
            };
            match source {
                Source::Config => prop_oneof![8 => items, 1 => Just(Value::UNKNOWN)].boxed(),
                Source::State => items,
            }
        }
    };
    if attribute.required {
        value
    } else {
        prop_oneof![3 => value, 1 => Just(Value::Null)].boxed()
    }
}

/// An element of a collection, which may be null or not known yet.
fn element(item: BoxedStrategy<Value>, source: Source) -> BoxedStrategy<Value> {
    match source {
        Source::Config => prop_oneof![8 => item, 1 => Just(Value::UNKNOWN), 1 => Just(Value::Null)].boxed(),
        Source::State => item,
    }
}

fn distinct(items: Vec<Value>) -> Value {
    let mut kept = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    Value::Set(kept)
}

fn object(attributes: &[Attribute], blocks: &[NestedBlock], source: Source) -> BoxedStrategy<Value> {
    let attributes = attributes
        .iter()
        .map(|attribute| (Just(attribute.name.clone()), attribute_value(attribute, source)).boxed());
    let blocks = blocks.iter().map(|nested| {
        let item = object(&nested.block.attributes, &nested.block.blocks, source);
        let value = match nested.nesting {
            BlockNesting::Single => prop_oneof![item, Just(Value::Null)].boxed(),
            BlockNesting::Group => item,
            BlockNesting::List => vec(item, 0..3).prop_map(Value::List).boxed(),
            BlockNesting::Set => vec(item, 0..3).prop_map(distinct).boxed(),
            BlockNesting::Map => btree_map("[kl]", item, 0..3).prop_map(Value::Map).boxed(),
        };
        (Just(nested.name.clone()), value).boxed()
    });
    attributes
        .chain(blocks)
        .collect::<Vec<_>>()
        .prop_map(Value::object)
        .boxed()
}

/// What Terraform proposes: the configuration, with earlier values where an attribute is computed and not configured.
/// Elements of sets are found again by what is not computed.
fn propose(members: Members<'_>, config: &Value, prior: &Value) -> Value {
    let Value::Object(_) = config else {
        return config.clone();
    };
    let attributes = members.attributes.iter().map(|attribute| {
        let name = attribute.name.as_ref();
        let (configured, earlier) = (config.attr(name), prior.attr(name));
        let value = if attribute.computed && configured.is_null() {
            earlier.clone()
        } else {
            match Members::of_attribute(attribute) {
                None => configured.clone(),
                Some(inner) => propose_nested(inner, configured, earlier),
            }
        };
        (name, value)
    });
    let blocks = members.blocks.iter().map(|nested| {
        let name = nested.name.as_ref();
        let inner = Members::of_nested_block(nested);
        (name, propose_nested(inner, config.attr(name), prior.attr(name)))
    });
    Value::object(attributes.chain(blocks))
}

fn propose_nested(inner: (Shape, Members<'_>), config: &Value, prior: &Value) -> Value {
    each_object(inner, config, prior, config.clone(), |config, prior, _| {
        propose(inner.1, config, prior)
    })
}

fn case() -> impl Strategy<Value = (Block, Value, Value)> {
    any_block().prop_flat_map(|block| {
        let config = object(&block.attributes, &block.blocks, Source::Config);
        let state = object(&block.attributes, &block.blocks, Source::State);
        let prior = prop_oneof![1 => Just(Value::Null), 4 => state];
        (Just(block), config, prior)
    })
}

fn plan_of(block: &Block, config: &Value, prior: &Value) -> Plan {
    plan(block, config, prior, &propose(Members::of_block(block), config, prior))
}

/// `value`, with all that is unknown decided, so that it can be a state or the configuration of an apply.
fn applied(value: Value) -> Value {
    let all = |items: Vec<Value>| items.into_iter().map(applied).collect();
    let fields = |fields: std::collections::BTreeMap<String, Value>| {
        fields.into_iter().map(|(name, value)| (name, applied(value))).collect()
    };
    match value {
        Value::Unknown(_) => Value::Null,
        Value::List(items) => Value::List(all(items)),
        Value::Set(items) => distinct(all(items)),
        Value::Map(items) => Value::Map(fields(items)),
        Value::Object(items) => Value::Object(fields(items)),
        known => known,
    }
}

/// How many parts a value has at all depths.
fn parts(value: &Value) -> usize {
    let elements = value.as_elements().into_iter().flatten();
    let fields = value.as_fields().into_iter().flat_map(|fields| fields.values());
    1 + elements.chain(fields).map(parts).sum::<usize>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, max_global_rejects: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// No configured value is changed or forgotten, none is made up where nothing may be, no secret is kept.
    #[test]
    fn terraform_accepts_every_plan((block, config, prior) in case()) {
        let plan = plan_of(&block, &config, &prior);
        let violations = invariants::violations(&block, &config, &prior, &plan.planned);
        prop_assert!(violations.is_empty(), "{violations:?} in {:#?}", plan.planned);
    }

    #[test]
    fn the_same_question_has_the_same_answer((block, config, prior) in case()) {
        prop_assert_eq!(plan_of(&block, &config, &prior), plan_of(&block, &config, &prior));
    }

    /// Terraform looks a path up in both objects, and refuses the plan when it is in neither.
    #[test]
    fn paths_that_force_a_replacement_exist_and_differ((block, config, prior) in case()) {
        let plan = plan_of(&block, &config, &prior);
        for path in plan.requires_replace {
            let (before, after) = (prior.at(&path), plan.planned.at(&path));
            prop_assert!(before.is_some() || after.is_some(), "{path} is nowhere");
            prop_assert!(before != after, "{path} is the same");
        }
    }

    /// Once all is known and applied, planning again finds nothing to do.
    #[test]
    fn an_applied_plan_leaves_nothing_to_do((block, config, prior) in case()) {
        let config = applied(config);
        let planned = plan_of(&block, &config, &prior).planned;
        let state = applied(planned.clone());
        // Elements of a set that came out the same are one; Terraform refuses such a plan.
        prop_assume!(parts(&state) == parts(&planned));
        let again = plan_of(&block, &config, &state);
        prop_assert_eq!(&again.planned, &state);
        prop_assert!(again.requires_replace.is_empty());
    }

    /// What a state holds has no secrets, whatever a resource answers.
    #[test]
    fn what_is_stored_is_stored_as_it_is((block, config, prior) in case()) {
        let once = stored(&block, &prior, config);
        prop_assert_eq!(&stored(&block, &prior, once.clone()), &once);
    }
}
