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
/// (null where there is none); what is null or unknown, the whole or an element, stays as it is.
pub(crate) fn each_object(
    (shape, members): (Shape, Members<'_>),
    config: &Value,
    prior: &Value,
    value: Value,
    rebuild: impl Fn(&Value, &Value, Value) -> Value,
) -> Value {
    let rebuild = |config: &Value, prior: &Value, item: Value| match item {
        item @ Value::Object(_) => rebuild(config, prior, item),
        item => item,
    };
    match (shape, value) {
        (Shape::Single, value) => rebuild(config, prior, value),
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
                let config = counterpart(config, &item, |config| fits(members, config, config, &item));
                let prior = counterpart(prior, &item, |prior| fits(members, &config, prior, &item));
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

/// The element at a place of a list, null where the list is shorter.
fn element(list: &Value, index: usize) -> Value {
    let found = list.as_elements().and_then(|items| items.get(index));
    found.cloned().unwrap_or_else(|| absent(list))
}

/// What a part of an unknown whole is.
fn absent(whole: &Value) -> Value {
    if whole.is_unknown() {
        Value::UNKNOWN
    } else {
        Value::Null
    }
}

/// Elements of a set have no place, so an element is found again by what is in it: first by everything, then by what
/// `is_same` goes by.
fn counterpart(side: &Value, item: &Value, is_same: impl Fn(&Value) -> bool) -> Value {
    let elements = side.as_elements().unwrap_or_default();
    let found = elements.iter().find(|candidate| *candidate == item);
    let found = found.or_else(|| elements.iter().find(|candidate| is_same(candidate)));
    found.cloned().unwrap_or_else(|| absent(side))
}

/// Whether `candidate` and `item` are the same element: they agree in all but what `config` leaves to the provider. This
/// is how Terraform itself finds the earlier element for its proposal.
fn fits(members: Members<'_>, config: &Value, candidate: &Value, item: &Value) -> bool {
    let attributes = members.attributes.iter().all(|attribute| {
        let name = attribute.name.as_str();
        let (config, a, b) = (config.attr(name), candidate.attr(name), item.attr(name));
        attribute.write_only
            || attribute.computed && config.is_null()
            || a == b
            || attribute.means_the_same(a, b)
            || Members::of_attribute(attribute).is_some_and(|nested| fits_nested(nested, config, a, b))
    });
    attributes
        && members.blocks.iter().all(|nested| {
            let name = nested.name.as_str();
            let nested = Members::of_nested_block(nested);
            fits_nested(nested, config.attr(name), candidate.attr(name), item.attr(name))
        })
}

fn fits_nested((shape, members): (Shape, Members<'_>), config: &Value, a: &Value, b: &Value) -> bool {
    match (shape, a, b) {
        (Shape::Single, Value::Object(_), Value::Object(_)) => fits(members, config, a, b),
        (Shape::List, Value::List(a), Value::List(b)) => {
            let mut pairs = a.iter().zip(b).enumerate();
            a.len() == b.len() && pairs.all(|(index, (a, b))| fits(members, &element(config, index), a, b))
        }
        (Shape::Map, Value::Map(a), Value::Map(b)) => {
            let mut pairs = a.iter().zip(b);
            a.len() == b.len()
                && pairs.all(|((key, a), (other, b))| key == other && fits(members, config.attr(key), a, b))
        }
        // A set in a set: that it has as many elements must do.
        (Shape::Set, Value::Set(a), Value::Set(b)) => a.len() == b.len(),
        _ => a == b,
    }
}

impl Attribute {
    /// Whether both are values that [`Attribute::equivalent`] says mean the same.
    pub(crate) fn means_the_same(&self, a: &Value, b: &Value) -> bool {
        self.equivalent
            .is_some_and(|equivalent| a.is_known() && b.is_known() && equivalent(a, b))
    }
}
