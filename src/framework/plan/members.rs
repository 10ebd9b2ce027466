//! One view of everything that has attributes: blocks, nested blocks and nested attributes.

use std::collections::BTreeMap;

use crate::framework::schema::{Attribute, AttributeType, Block, BlockNesting, NestedBlock, Nesting};
use crate::framework::value::Value;

/// The attributes and blocks of one object.
#[derive(Clone, Copy)]
pub(crate) struct Members<'a> {
    pub(crate) attributes: &'a [Attribute],
    pub(crate) blocks: &'a [NestedBlock],
}

/// How objects repeat.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Single,
    List,
    Set,
    Map,
}

impl<'a> Members<'a> {
    pub(crate) fn of_block(block: &'a Block) -> Self {
        Self {
            attributes: &block.attributes,
            blocks: &block.blocks,
        }
    }

    /// The members inside an attribute that has some.
    pub(crate) fn of_attribute(attribute: &'a Attribute) -> Option<(Shape, Self)> {
        match &attribute.ty {
            AttributeType::Plain(_) => None,
            AttributeType::Nested(nested) => {
                let shape = match nested.nesting {
                    Nesting::Single => Shape::Single,
                    Nesting::List => Shape::List,
                    Nesting::Set => Shape::Set,
                    Nesting::Map => Shape::Map,
                };
                Some((
                    shape,
                    Self {
                        attributes: &nested.attributes,
                        blocks: &[],
                    },
                ))
            }
        }
    }

    /// The members inside a nested block.
    pub(crate) fn of_nested_block(nested: &'a NestedBlock) -> (Shape, Self) {
        let shape = match nested.nesting {
            BlockNesting::Single | BlockNesting::Group => Shape::Single,
            BlockNesting::List => Shape::List,
            BlockNesting::Set => Shape::Set,
            BlockNesting::Map => Shape::Map,
        };
        (shape, Self::of_block(&nested.block))
    }
}

/// Rebuilds a nested value, object by object. `rebuild` gets each object with its counterparts in `config` and `prior`
/// (null where there is none); what is null or unknown stays as it is.
pub(crate) fn each_object(
    shape: Shape,
    config: &Value,
    prior: &Value,
    value: Value,
    mut rebuild: impl FnMut(&Value, &Value, Value) -> Value,
) -> Value {
    let element = |side: &Value, index: usize| -> Value {
        side.as_elements()
            .and_then(|items| items.get(index))
            .cloned()
            .unwrap_or_else(|| absent(side))
    };
    match (shape, value) {
        (Shape::Single, value @ Value::Object(_)) => rebuild(config, prior, value),
        (Shape::List, Value::List(items)) => {
            let items = items.into_iter().enumerate();
            Value::List(
                items
                    .map(|(index, item)| rebuild(&element(config, index), &element(prior, index), item))
                    .collect(),
            )
        }
        (Shape::Set, Value::Set(items)) => {
            let items = items.into_iter().map(|item| {
                let (config, prior) = (counterpart(config, &item), counterpart(prior, &item));
                rebuild(&config, &prior, item)
            });
            Value::Set(items.collect())
        }
        (Shape::Map, Value::Map(fields)) => {
            let fields = fields.into_iter().map(|(key, item)| {
                let item = rebuild(config.attr(&key), prior.attr(&key), item);
                (key, item)
            });
            Value::Map(fields.collect::<BTreeMap<_, _>>())
        }
        (_, value) => value,
    }
}

/// What a part of an unknown whole is.
fn absent(whole: &Value) -> Value {
    if whole.is_unknown() {
        Value::UNKNOWN
    } else {
        Value::Null
    }
}

/// Elements of a set have no place, so an element is found again by what both sides say: the first whose every known
/// value the other has too, or leaves open.
fn counterpart(side: &Value, item: &Value) -> Value {
    let elements = side.as_elements().unwrap_or_default();
    elements
        .iter()
        .find(|candidate| agrees(candidate, item))
        .cloned()
        .unwrap_or_else(|| absent(side))
}

fn agrees(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null | Value::Unknown(_), _) | (_, Value::Null | Value::Unknown(_)) => true,
        (Value::Object(a), Value::Object(b)) => a.iter().all(|(name, a)| b.get(name).is_none_or(|b| agrees(a, b))),
        _ => a == b,
    }
}
