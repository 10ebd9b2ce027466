//! Whether a value is of a type.

use crate::framework::types::Type;
use crate::framework::value::Value;

use super::MAX_DEPTH;
use super::error::{EncodeError, Fault};

/// Checks that `value` can be written as type `ty`. Null and unknown are of every type, and an attribute that an object
/// lacks counts as null.
///
/// # Errors
/// When the value, or a part of it, is not of the type, with the place.
pub fn conform(value: &Value, ty: &Type) -> Result<(), EncodeError> {
    Ok(check(value, ty, 0)?)
}

fn check(value: &Value, ty: &Type, depth: usize) -> Result<(), Fault> {
    if depth >= MAX_DEPTH {
        return Err(too_deep());
    }
    let depth = depth + 1;
    match (value, ty) {
        (Value::Null | Value::Unknown(_), _)
        | (Value::Bool(_), Type::Bool)
        | (Value::Number(_), Type::Number)
        | (Value::String(_), Type::String) => Ok(()),
        (Value::Dynamic(inner), Type::Dynamic) => check(&inner.1, &inner.0, depth),
        (Value::List(items), Type::List(element)) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| check(item, element, depth).map_err(|fault| fault.in_element(index))),
        (Value::Set(items), Type::Set(element)) => items
            .iter()
            .try_for_each(|item| check(item, element, depth).map_err(Fault::in_set)),
        (Value::Tuple(items), Type::Tuple(types)) if items.len() == types.len() => items
            .iter()
            .zip(types)
            .enumerate()
            .try_for_each(|(index, (item, ty))| check(item, ty, depth).map_err(|fault| fault.in_element(index))),
        (Value::Map(items), Type::Map(element)) => items
            .iter()
            .try_for_each(|(key, item)| check(item, element, depth).map_err(|fault| fault.in_key(key))),
        (Value::Object(fields), Type::Object(types)) => {
            // Before anything inside is looked at, as writing does.
            if let Some(name) = fields.keys().find(|name| !types.contains_key(*name)) {
                return Err(stranger(name));
            }
            let mut known = fields
                .iter()
                .filter_map(|(name, field)| Some((name, field, types.get(name)?)));
            known.try_for_each(|(name, field, ty)| check(field, ty, depth).map_err(|fault| fault.in_attribute(name)))
        }
        (value, ty) => Err(mismatch(value, ty)),
    }
}

pub(super) fn too_deep() -> Fault {
    Fault::new("nested too deeply")
}

/// An attribute that the type of an object does not have.
pub(super) fn stranger(name: &str) -> Fault {
    Fault::new(format!("there is no attribute {name:?}"))
}

/// A value that is of another type.
pub(super) fn mismatch(value: &Value, ty: &Type) -> Fault {
    let required = type_noun(ty);
    match (value, ty) {
        (Value::Tuple(items), Type::Tuple(types)) => Fault::new(format!(
            "a tuple of {} elements is required, but this one has {}",
            types.len(),
            items.len()
        )),
        _ => Fault::new(format!("{required} is required, but this is {}", value_noun(value))),
    }
}

/// What a type asks for.
pub(super) fn type_noun(ty: &Type) -> &'static str {
    match ty {
        Type::String => "a string",
        Type::Number => "a number",
        Type::Bool => "a bool",
        Type::Dynamic => "a dynamic value",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Object(_) => "an object",
        Type::Tuple(_) => "a tuple",
    }
}

/// What a value is, without what is in it.
fn value_noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Unknown(_) => "an unknown value",
        Value::Bool(_) => "a bool",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Set(_) => "a set",
        Value::Map(_) => "a map",
        Value::Tuple(_) => "a tuple",
        Value::Object(_) => "an object",
        Value::Dynamic(_) => "a dynamic value",
    }
}
