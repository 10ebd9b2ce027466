//! Putting written parameters into the response fields of an object.
//!
//! `FriendlyName` is read as `friendly_name`, `Totp.Issuer` as `totp.issuer` inside an object, JSON names as they are. What no
//! answer shows is kept in [`Object::hidden`] under its parameter name.

use serde_json::Value;

use super::renames;
use crate::contract::{Field, Kind, Location, Operation, OperationKind, Resource, Spec, snake_case};
use crate::facts::{defaults, emptying};
use crate::params::Params;
use crate::store::{Body, Object};
use crate::validate::is_sid;

/// Applies parameters to an object.
pub(crate) fn apply(resource: &Resource, object: &mut Object, params: &Params) {
    let fields = resource.object_fields();
    for (name, value) in params.iter() {
        let is_empty = value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        if is_empty && emptying::keeps(resource, name) {
            continue;
        }
        if is_empty && let Some((field, default)) = defaults::brought_back(resource, &snake_case(name)) {
            object.set(field, default);
            continue;
        }
        if !set(resource, fields, &mut object.body, name, value) {
            object.hidden.insert(name.to_owned(), value.clone());
        }
    }
}

/// Takes back what a write that replaces ([`emptying::replaces`]) did not send: each of its parameters that is left out reads as in a fresh object.
/// What an object cannot be created without stays as it is.
pub(crate) fn clear_unsent(
    resource: &Resource,
    operation: &Operation,
    object: &mut Object,
    fresh: &Object,
    params: &Params,
) {
    let fields = resource.object_fields();
    let create = resource.operation(OperationKind::Create);
    let needed = |name: &str| {
        create.is_some_and(|create| {
            let mut params = create.params_in(Location::Body);
            params.any(|param| param.name == name && param.required)
        })
    };
    for param in operation.params_in(Location::Body) {
        if params.has(&param.name) || needed(&param.name) {
            continue;
        }
        object.hidden.shift_remove(&param.name);
        let field = match renames::field_of(resource, &param.name) {
            Some(renamed) => Some(renamed.to_owned()),
            None => [param.name.clone(), snake_case(&param.name)]
                .into_iter()
                .find(|candidate| fields.iter().any(|field| field.name == *candidate)),
        };
        if let Some(field) = field {
            let value = fresh.body.get(&field).cloned().unwrap_or_default();
            object.body.insert(field, value);
        }
    }
}

/// Sets one parameter; `false` if no response field shows it.
fn set(resource: &Resource, fields: &[Field], body: &mut Body, name: &str, value: &Value) -> bool {
    let spec = resource.spec;
    if let Some(renamed) = renames::field_of(resource, name) {
        // `Sim=my-sim`: a unique name where the response shows a SID. Which object has that name is not known here.
        let prefixes = fields
            .iter()
            .find(|field| field.name == renamed)
            .map(|field| spec.resolve(field).sid.as_slice());
        let is_name = value.as_str().is_some_and(|text| {
            prefixes.is_some_and(|prefixes| !prefixes.is_empty() && !text.is_empty() && !is_sid(prefixes, text))
        });
        if is_name {
            return false;
        }
        put(spec, fields, body, renamed, value);
        return true;
    }
    for candidate in [name.to_owned(), snake_case(name)] {
        if fields.iter().any(|field| field.name == candidate) {
            put(spec, fields, body, &candidate, value);
            return true;
        }
    }
    let Some((outer, inner)) = name.split_once('.') else {
        return false;
    };
    let Some(field) = fields
        .iter()
        .find(|field| field.name == outer || field.name == snake_case(outer))
    else {
        return false;
    };
    let shape = spec.resolve(field);
    if shape.kind != Kind::Object && shape.kind != Kind::Any {
        return false;
    }
    let slot = body.entry(field.name.clone()).or_insert(Value::Null);
    if !slot.is_object() {
        *slot = Value::Object(Body::new());
    }
    if let Value::Object(members) = slot
        && !set(resource, &shape.fields, members, inner, value)
    {
        nest(members, inner, value);
    }
    true
}

/// `NewMessage.Enabled` inside an object whose members the contract does not have: `new_message.enabled`.
pub(crate) fn nest(members: &mut Body, name: &str, value: &Value) {
    let Some((outer, inner)) = name.split_once('.') else {
        members.insert(snake_case(name), value.clone());
        return;
    };
    let slot = members.entry(snake_case(outer)).or_insert(Value::Null);
    if !slot.is_object() {
        *slot = Value::Object(Body::new());
    }
    if let Value::Object(members) = slot {
        nest(members, inner, value);
    }
}

fn put(spec: &Spec, fields: &[Field], body: &mut Body, name: &str, value: &Value) {
    let shape = fields
        .iter()
        .find(|field| field.name == name)
        .map(|field| spec.resolve(field));
    let mut value = shape.map_or_else(|| value.clone(), |shape| convert(shape, value));
    if let Some(shape) = shape {
        add_defaults(spec, shape, &mut value, 0);
    }
    body.insert(name.to_owned(), value);
}

/// Adds what the contract has as the default of a member that an object was sent without, at every depth.
fn add_defaults(spec: &Spec, shape: &Field, value: &mut Value, depth: usize) {
    // Shapes may contain themselves.
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(items) => {
            if let Some(item) = &shape.items {
                let item = spec.resolve(item);
                for value in items {
                    add_defaults(spec, item, value, depth + 1);
                }
            }
        }
        Value::Object(members) => {
            for field in &shape.fields {
                let member = spec.resolve(field);
                match (
                    members.get_mut(&field.name),
                    field.default.as_ref().or(member.default.as_ref()),
                ) {
                    (Some(value), _) => add_defaults(spec, member, value, depth + 1),
                    (None, Some(default)) => drop(members.insert(field.name.clone(), default.clone())),
                    (None, None) => {}
                }
            }
        }
        _ => {}
    }
}

/// A written value in the type that the response has: numbers as strings where the contract says string, and so on.
fn convert(shape: &Field, value: &Value) -> Value {
    match (shape.kind, value) {
        (Kind::String, Value::Number(number)) => Value::from(number.to_string()),
        (Kind::String, Value::Bool(flag)) => Value::from(flag.to_string()),
        (Kind::String, Value::Object(_) | Value::Array(_)) => Value::from(value.to_string()),
        (Kind::Array, Value::String(text)) if text.is_empty() => Value::Array(Vec::new()),
        (Kind::Array, Value::String(text)) => serde_json::from_str::<Value>(text)
            .ok()
            .filter(Value::is_array)
            .unwrap_or_else(|| Value::Array(vec![value.clone()])),
        (Kind::Integer | Kind::Number, Value::String(text)) if text.is_empty() => Value::Null,
        (Kind::Integer | Kind::Number | Kind::Boolean | Kind::Object, Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        (Kind::Boolean, _) if value.is_null() => Value::from(false),
        _ => value.clone(),
    }
}
