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
            let earlier = prior.as_elements().unwrap_or_default();
            let (partners, configured) = match config {
                // A plan begins with the elements as they are configured, and keeps their order.
                Value::Set(configured) if configured.len() == items.len() => (
                    partners(Wanted::Configured, members, configured, earlier),
                    Some(configured),
                ),
                _ => (partners(Wanted::Answered, members, &items, earlier), None),
            };
            let items = items
                .into_iter()
                .zip(partners)
                .enumerate()
                .map(|(index, (item, partner))| {
                    let config = configured.map_or_else(|| absent(config), |configured| configured[index].clone());
                    rebuild(&config, &partner.cloned().unwrap_or_else(|| absent(prior)), item)
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

/// Where an element of a set comes from, which says what an earlier element must have to be the same.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    /// A configuration: what it leaves to the provider may be anything, but for defaults.
    Configured,
    /// The provider's answer: what it computed may have changed.
    Answered,
}

/// How elements are compared.
#[derive(Clone, Copy)]
struct Comparison {
    source: Wanted,
    /// Whether values that mean the same count as equal.
    by_meaning: bool,
}

/// For each wanted element of a set the earlier one that it continues. Elements of sets have no place, so they are found
/// again by what is in them; each earlier element is given away once.
fn partners<'a>(
    source: Wanted,
    members: Members<'_>,
    wanted: &[Value],
    earlier: &'a [Value],
) -> Vec<Option<&'a Value>> {
    let mut owners = vec![None; earlier.len()];
    // Those that leave least to the provider come first, and keep what they find.
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|index| nulls(&wanted[*index]));
    // An element that is spelled the same is taken before one that only means the same.
    for by_meaning in [false, true] {
        let how = Comparison { source, by_meaning };
        let choices: Vec<Vec<usize>> = wanted
            .iter()
            .map(|wanted| {
                let fitting = earlier.iter().enumerate();
                let fitting = fitting.filter(|(_, candidate)| {
                    matches!((wanted, candidate), (Value::Object(_), Value::Object(_)))
                        && fits(how, members, wanted, candidate)
                });
                fitting.map(|(place, _)| place).collect()
            })
            .collect();
        for index in &order {
            if !owners.contains(&Some(*index)) {
                claim(*index, &choices, &mut owners, &mut vec![false; earlier.len()]);
            }
        }
    }
    let mut found = vec![None; wanted.len()];
    for (owner, element) in owners.iter().zip(earlier) {
        if let Some(index) = owner {
            found[*index] = Some(element);
        }
    }
    found
}

/// Finds an earlier element for the wanted one at `index`, if need be by making others take another of their choices.
/// This way as many find one as can.
fn claim(index: usize, choices: &[Vec<usize>], owners: &mut [Option<usize>], is_tried: &mut [bool]) -> bool {
    for &place in &choices[index] {
        if is_tried[place] {
            continue;
        }
        is_tried[place] = true;
        if owners[place].is_none_or(|owner| claim(owner, choices, owners, is_tried)) {
            owners[place] = Some(index);
            return true;
        }
    }
    false
}

/// How many parts of a value are null.
fn nulls(value: &Value) -> usize {
    let elements = value.as_elements().into_iter().flatten();
    let fields = value.as_fields().into_iter().flat_map(|fields| fields.values());
    usize::from(value.is_null()) + elements.chain(fields).map(nulls).sum::<usize>()
}

/// Whether `candidate` agrees with `wanted` in all that does not come from the provider.
fn fits(how: Comparison, members: Members<'_>, wanted: &Value, candidate: &Value) -> bool {
    let attributes = members.attributes.iter().all(|attribute| {
        let (mut wanted, candidate) = (wanted.attr(&attribute.name), candidate.attr(&attribute.name));
        let is_computed = attribute.computed && (how.source == Wanted::Answered || wanted.is_null());
        if is_computed {
            match &attribute.default {
                Some(default) if how.source == Wanted::Configured => wanted = default,
                _ => return true,
            }
        }
        attribute.write_only
            || wanted == candidate
            || how.by_meaning && attribute.means_the_same(wanted, candidate)
            || Members::of_attribute(attribute).is_some_and(|inner| fits_nested(how, inner, wanted, candidate))
    });
    attributes
        && members.blocks.iter().all(|nested| {
            let inner = Members::of_nested_block(nested);
            fits_nested(how, inner, wanted.attr(&nested.name), candidate.attr(&nested.name))
        })
}

fn fits_nested(how: Comparison, (shape, members): (Shape, Members<'_>), wanted: &Value, candidate: &Value) -> bool {
    let fits = |wanted: &Value, candidate: &Value| fits(how, members, wanted, candidate);
    match (shape, wanted, candidate) {
        (Shape::Single, Value::Object(_), Value::Object(_)) => fits(wanted, candidate),
        (Shape::List, Value::List(wanted), Value::List(candidate)) => {
            let mut pairs = wanted.iter().zip(candidate);
            wanted.len() == candidate.len() && pairs.all(|(wanted, candidate)| fits(wanted, candidate))
        }
        (Shape::Map, Value::Map(wanted), Value::Map(candidate)) => {
            let mut pairs = wanted.values().zip(candidate.values());
            wanted.keys().eq(candidate.keys()) && pairs.all(|(wanted, candidate)| fits(wanted, candidate))
        }
        (Shape::Set, Value::Set(wanted), Value::Set(candidate)) => {
            let mut wanted_items = wanted.iter();
            wanted.len() == candidate.len()
                && wanted_items.all(|wanted| candidate.iter().any(|candidate| fits(wanted, candidate)))
        }
        _ => wanted == candidate,
    }
}

impl Attribute {
    /// Whether both are values that [`Attribute::equivalent`] says mean the same.
    pub(crate) fn means_the_same(&self, a: &Value, b: &Value) -> bool {
        self.equivalent
            .is_some_and(|equivalent| a.is_known() && b.is_known() && equivalent(a, b))
    }
}
