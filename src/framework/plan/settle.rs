//! The first step of a plan: defaults, write-only values, and values that mean the same.

use crate::framework::schema::Attribute;
use crate::framework::value::Value;

use super::members::{Members, each_object};

/// The proposal with defaults, without write-only values, and with the earlier value where the new one is equivalent.
pub(super) fn settle(members: Members<'_>, config: &Value, prior: &Value, mut proposed: Value) -> Value {
    for attribute in members.attributes {
        let name = attribute.name.as_str();
        let value = std::mem::take(field(&mut proposed, name));
        *field(&mut proposed, name) = settle_attribute(attribute, config.attr(name), prior.attr(name), value);
    }
    for nested in members.blocks {
        let name = nested.name.as_str();
        let (shape, inner) = Members::of_nested_block(nested);
        let value = std::mem::take(field(&mut proposed, name));
        *field(&mut proposed, name) = each_object(
            shape,
            config.attr(name),
            prior.attr(name),
            value,
            |config, prior, item| settle(inner, config, prior, item),
        );
    }
    proposed
}

fn settle_attribute(attribute: &Attribute, config: &Value, prior: &Value, proposed: Value) -> Value {
    if attribute.write_only {
        return Value::Null;
    }
    let value = match &attribute.default {
        Some(default) if config.is_null() => default.clone(),
        _ => proposed,
    };
    if attribute
        .equivalent
        .is_some_and(|equivalent| both_known(prior, &value) && equivalent(prior, &value))
    {
        return prior.clone();
    }
    match Members::of_attribute(attribute) {
        None => value,
        Some((shape, inner)) => each_object(shape, config, prior, value, |config, prior, item| {
            settle(inner, config, prior, item)
        }),
    }
}

/// `value`, in which each attribute that is equivalent to what `known` has takes the spelling of `known`, and write-only
/// attributes are null. For what a resource answers: the practitioner's own text stays in state.
pub fn prefer_equivalent(members: &[Attribute], known: &Value, mut value: Value) -> Value {
    if !value.is_known() {
        return value;
    }
    for attribute in members {
        let name = attribute.name.as_str();
        let known = known.attr(name);
        let part = std::mem::take(field(&mut value, name));
        let part = if attribute.write_only {
            Value::Null
        } else if attribute
            .equivalent
            .is_some_and(|equivalent| both_known(known, &part) && equivalent(known, &part))
        {
            known.clone()
        } else if let Some((shape, inner)) = Members::of_attribute(attribute) {
            each_object(shape, &Value::Null, known, part, |_, known, item| {
                prefer_equivalent(inner.attributes, known, item)
            })
        } else {
            part
        };
        *field(&mut value, name) = part;
    }
    value
}

fn both_known(a: &Value, b: &Value) -> bool {
    a.is_known() && b.is_known()
}

/// The attribute `name` of an object, made null if it is missing. A value that is no object is left alone by writing to
/// a place that nobody reads.
fn field<'a>(object: &'a mut Value, name: &str) -> &'a mut Value {
    if !matches!(object, Value::Object(_)) {
        *object = Value::Object(Default::default());
    }
    match object {
        Value::Object(fields) => fields.entry(name.to_owned()).or_default(),
        _ => unreachable!("it was just made an object"),
    }
}
