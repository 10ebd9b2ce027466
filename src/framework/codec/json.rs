//! JSON as Terraform stores it in state files.

use serde_json::{Map, Value as Json};

use crate::framework::types::Type;
use crate::framework::value::Value;

use super::MAX_DEPTH;
use super::conform::{conform, too_deep, type_noun};
use super::error::{DecodeError, EncodeError, Fault};
use super::type_json::{from_json as type_from, to_json as type_to};

/// Reads a stored value. Attributes that the type lacks are dropped, and those that the JSON lacks are null: the state
/// may have been written by another version of the schema.
///
/// # Errors
/// When the JSON holds another type, or nests too deeply.
pub fn decode_json(json: &Json, ty: &Type) -> Result<Value, DecodeError> {
    Ok(decode(json, ty, 0)?)
}

fn decode(json: &Json, ty: &Type, depth: usize) -> Result<Value, Fault> {
    if depth >= MAX_DEPTH {
        return Err(too_deep());
    }
    let depth = depth + 1;
    match (json, ty) {
        (Json::Null, _) => Ok(Value::Null),
        (Json::Object(fields), Type::Dynamic) => dynamic(fields, depth),
        (Json::String(text), Type::String) => Ok(Value::String(text.clone())),
        (Json::Bool(truth), Type::Bool) => Ok(Value::Bool(*truth)),
        (Json::Number(number), Type::Number) => number_from(number.as_str()),
        // Some writers of JSON put into texts what does not fit their own numbers.
        (Json::String(text), Type::Number) => number_from(text),
        (Json::Array(items), Type::List(element)) => {
            let items = items.iter().enumerate();
            let items =
                items.map(|(index, item)| decode(item, element, depth).map_err(|fault| fault.in_element(index)));
            items.collect::<Result<_, _>>().map(Value::List)
        }
        (Json::Array(items), Type::Set(element)) => {
            let items = items
                .iter()
                .map(|item| decode(item, element, depth).map_err(Fault::in_set));
            items.collect::<Result<_, _>>().map(Value::Set)
        }
        (Json::Array(items), Type::Tuple(types)) if items.len() == types.len() => {
            let items = items.iter().zip(types).enumerate();
            let items =
                items.map(|(index, (item, ty))| decode(item, ty, depth).map_err(|fault| fault.in_element(index)));
            items.collect::<Result<_, _>>().map(Value::Tuple)
        }
        (Json::Object(fields), Type::Map(element)) => {
            let fields = fields.iter().map(|(key, item)| {
                let item = decode(item, element, depth).map_err(|fault| fault.in_key(key))?;
                Ok((key.clone(), item))
            });
            fields.collect::<Result<_, Fault>>().map(Value::Map)
        }
        (Json::Object(fields), Type::Object(types)) => {
            let fields = types.iter().map(|(name, ty)| {
                let field = fields.get(name).unwrap_or(&Json::Null);
                let field = decode(field, ty, depth).map_err(|fault| fault.in_attribute(name))?;
                Ok((name.clone(), field))
            });
            fields.collect::<Result<_, Fault>>().map(Value::Object)
        }
        (Json::Array(items), Type::Tuple(types)) => Err(Fault::new(format!(
            "a tuple of {} elements is required, but this one has {}",
            types.len(),
            items.len()
        ))),
        (json, ty) => Err(Fault::new(format!(
            "{} is required, but this is {}",
            type_noun(ty),
            json_noun(json)
        ))),
    }
}

/// `{"value": …, "type": …}`.
fn dynamic(fields: &Map<String, Json>, depth: usize) -> Result<Value, Fault> {
    let (Some(value), Some(ty)) = (fields.get("value"), fields.get("type")) else {
        return Err(Fault::new("a dynamic value needs a value and a type"));
    };
    let ty = type_from(ty).map_err(|error| Fault::new(error.to_string()))?;
    let value = decode(value, &ty, depth)?;
    Ok(Value::dynamic(ty, value))
}

fn number_from(text: &str) -> Result<Value, Fault> {
    text.parse()
        .map(Value::Number)
        .map_err(|_| Fault::new("a number is required, but this text is none"))
}

/// What came, without what is in it.
fn json_noun(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a bool",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a sequence",
        Json::Object(_) => "a mapping",
    }
}

/// Writes a value as Terraform stores it. Attributes that an object lacks are left out, which reads as null.
///
/// # Errors
/// When the value is not of the type, or something in it is unknown, which no state can hold; with the place.
pub fn encode_json(value: &Value, ty: &Type) -> Result<Json, EncodeError> {
    conform(value, ty)?;
    Ok(encode(value)?)
}

/// The depth of `value` was checked.
fn encode(value: &Value) -> Result<Json, Fault> {
    match value {
        Value::Null => Ok(Json::Null),
        Value::Unknown(_) => Err(Fault::new("a stored value cannot be unknown")),
        Value::Bool(truth) => Ok(Json::Bool(*truth)),
        Value::String(text) => Ok(Json::String(text.clone())),
        Value::Number(number) => {
            let number = number.to_string().parse();
            number
                .map(Json::Number)
                .map_err(|_| Fault::new("the number has no form in JSON"))
        }
        Value::List(items) | Value::Tuple(items) => {
            let items = items.iter().enumerate();
            let items = items.map(|(index, item)| encode(item).map_err(|fault| fault.in_element(index)));
            items.collect::<Result<_, _>>().map(Json::Array)
        }
        Value::Set(items) => {
            let items = items.iter().map(|item| encode(item).map_err(Fault::in_set));
            items.collect::<Result<_, _>>().map(Json::Array)
        }
        Value::Map(items) => {
            let items = items
                .iter()
                .map(|(key, item)| Ok((key.clone(), encode(item).map_err(|fault| fault.in_key(key))?)));
            items.collect::<Result<_, Fault>>().map(Json::Object)
        }
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, field)| Ok((name.clone(), encode(field).map_err(|fault| fault.in_attribute(name))?)));
            fields.collect::<Result<_, Fault>>().map(Json::Object)
        }
        // Null and unknown are plain whatever type they would have.
        Value::Dynamic(inner) if inner.0 == Type::Dynamic || !inner.1.is_known() => encode(&inner.1),
        Value::Dynamic(inner) => Ok(Json::Object(Map::from_iter([
            ("value".to_owned(), encode(&inner.1)?),
            ("type".to_owned(), type_to(&inner.0)),
        ]))),
    }
}
