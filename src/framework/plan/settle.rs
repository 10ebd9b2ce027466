//! The first step of a plan: defaults, write-only values, and values that mean the same.

use crate::framework::schema::{Attribute, Block, BlockNesting, NestedBlock};
use crate::framework::value::Value;

use super::members::{Members, Shape, each_object};

/// The proposal with defaults, without write-only values, and with the earlier value where the new one is equivalent.
pub(super) fn settle(members: Members<'_>, config: &Value, prior: &Value, mut proposed: Value) -> Value {
    for attribute in members.attributes {
        let name = attribute.name.as_ref();
        let is_write_only = attribute.is_given_write_only(config);
        replace_field(&mut proposed, name, |value| match is_write_only {
            // What was stored of it goes.
            true => Value::Null,
            false => settle_attribute(attribute, config.attr(name), prior, value),
        });
    }
    for nested in members.blocks {
        let name = nested.name.as_ref();
        let inner = Members::of_nested_block(nested);
        replace_field(&mut proposed, name, |value| {
            each_object(
                inner,
                config.attr(name),
                prior.attr(name),
                value,
                |config, prior, item| settle_object(inner.1, config, prior, item),
            )
        });
    }
    proposed
}

/// `owner` is the earlier object that the attribute stands in, null when that is new.
fn settle_attribute(attribute: &Attribute, config: &Value, owner: &Value, proposed: Value) -> Value {
    let prior = owner.attr(&attribute.name);
    if attribute.write_only {
        return Value::Null;
    }
    let value = match &attribute.default {
        Some(default) if config.is_null() => default.clone(),
        // Terraform proposes the same, but for nested attributes that were configured before: those it proposes as null,
        // which no update could make true of a value that the service keeps.
        None if attribute.computed && config.is_null() && owner.is_known() => return prior.clone(),
        _ => proposed,
    };
    if attribute.means_the_same(prior, &value) {
        return prior.clone();
    }
    match Members::of_attribute(attribute) {
        None => value,
        Some(inner) => settle_nested(inner, config, prior, value),
    }
}

fn settle_nested(inner: (Shape, Members<'_>), config: &Value, prior: &Value, proposed: Value) -> Value {
    let proposed = match config {
        // Terraform's proposal may have given one earlier element to two configured ones, which makes them one. So each
        // begins as it is configured.
        Value::Set(_) if inner.0 == Shape::Set => config.clone(),
        _ => proposed,
    };
    each_object(inner, config, prior, proposed, |config, prior, item| {
        settle_object(inner.1, config, prior, item)
    })
}

/// One object among nested ones. Of one that is not known yet Terraform from 1.12 on proposes its parts, though a plan may not
/// know more than the configuration.
fn settle_object(members: Members<'_>, config: &Value, prior: &Value, proposed: Value) -> Value {
    match config {
        Value::Unknown(_) => config.clone(),
        _ => settle(members, config, prior, proposed),
    }
}

/// What a resource answered, in the form in which it is stored: each attribute that is equivalent to what `known` has
/// takes the spelling of `known`, so that the practitioner's own text stays; write-only attributes are null; and nested
/// blocks that are not there are empty.
pub(crate) fn stored(block: &Block, known: &Value, value: Value) -> Value {
    store(Members::of_block(block), known, value)
}

fn store(members: Members<'_>, known: &Value, mut value: Value) -> Value {
    for attribute in members.attributes {
        let name = attribute.name.as_ref();
        let known = known.attr(name);
        replace_field(&mut value, name, |part| {
            if attribute.write_only {
                Value::Null
            } else if attribute.means_the_same(known, &part) {
                known.clone()
            } else if let Some(inner) = Members::of_attribute(attribute) {
                each_object(inner, &Value::Null, known, part, |_, known, item| {
                    store(inner.1, known, item)
                })
            } else {
                part
            }
        });
    }
    for nested in members.blocks {
        let inner = Members::of_nested_block(nested);
        let known = known.attr(&nested.name);
        replace_field(&mut value, &nested.name, |part| {
            let part = if part.is_null() { no_blocks(nested) } else { part };
            each_object(inner, &Value::Null, known, part, |_, known, item| {
                store(inner.1, known, item)
            })
        });
    }
    value
}

/// What stands for a nested block that nobody wrote.
fn no_blocks(nested: &NestedBlock) -> Value {
    match nested.nesting {
        BlockNesting::Single => Value::Null,
        BlockNesting::Group => Value::Object(Default::default()),
        BlockNesting::List => Value::List(Vec::new()),
        BlockNesting::Set => Value::Set(Vec::new()),
        BlockNesting::Map => Value::Map(Default::default()),
    }
}

/// Replaces the attribute `name` of an object, null where it is missing. Anything but an object is left as it is.
fn replace_field(object: &mut Value, name: &str, replace: impl FnOnce(Value) -> Value) {
    if let Value::Object(fields) = object {
        let field = fields.entry(name.to_owned()).or_default();
        *field = replace(std::mem::take(field));
    }
}
