//! JSON as Terraform stores it in state files.

use serde_json::{Map, Value as Json};

use crate::framework::path::AttributePath;
use crate::framework::types::Type;
use crate::framework::value::Value;

use super::MAX_DEPTH;
use super::error::{DecodeError, EncodeError};
use super::type_json::{type_from_json, type_to_json};

/// Reads a stored value. Attributes that the type lacks are dropped, and those that the JSON lacks are null: the state
/// may have been written by another version of the schema.
///
/// # Errors
/// When the JSON holds another type.
pub fn decode_json(json: &Json, ty: &Type) -> Result<Value, DecodeError> {
    decode(json, ty, &AttributePath::root(), 0)
}

fn decode(json: &Json, ty: &Type, path: &AttributePath, depth: usize) -> Result<Value, DecodeError> {
    if depth > MAX_DEPTH {
        return Err(DecodeError::new(path, "nested too deeply"));
    }
    let depth = depth + 1;
    let indexed = |items: &[Json], element: &Type| -> Result<Vec<Value>, DecodeError> {
        items
            .iter()
            .enumerate()
            .map(|(index, item)| decode(item, element, &path.and_index(index), depth))
            .collect()
    };
    match (json, ty) {
        (Json::Null, _) => Ok(Value::Null),
        (Json::Object(fields), Type::Dynamic) => dynamic(fields, path, depth),
        (Json::String(text), Type::String) => Ok(Value::String(text.clone())),
        (Json::Bool(truth), Type::Bool) => Ok(Value::Bool(*truth)),
        (Json::Number(number), Type::Number) => number_from(&number.to_string(), path),
        (Json::String(text), Type::Number) => number_from(text, path),
        (Json::Array(items), Type::List(element)) => indexed(items, element).map(Value::List),
        (Json::Array(items), Type::Set(element)) => {
            let items = items.iter().map(|item| decode(item, element, path, depth));
            items.collect::<Result<_, _>>().map(Value::Set)
        }
        (Json::Array(items), Type::Tuple(types)) if items.len() == types.len() => {
            let pairs = items.iter().zip(types).enumerate();
            let items = pairs.map(|(index, (item, ty))| decode(item, ty, &path.and_index(index), depth));
            items.collect::<Result<_, _>>().map(Value::Tuple)
        }
        (Json::Object(fields), Type::Map(element)) => {
            let fields = fields
                .iter()
                .map(|(key, item)| Ok((key.clone(), decode(item, element, &path.and_key(key), depth)?)));
            fields.collect::<Result<_, DecodeError>>().map(Value::Map)
        }
        (Json::Object(fields), Type::Object(types)) => {
            let fields = types.iter().map(|(name, ty)| {
                let field = fields.get(name).unwrap_or(&Json::Null);
                Ok((name.clone(), decode(field, ty, &path.and_attribute(name), depth)?))
            });
            fields.collect::<Result<_, DecodeError>>().map(Value::Object)
        }
        (_, ty) => {
            let ty = String::from_utf8_lossy(&type_to_json(ty)).into_owned();
            Err(DecodeError::new(path, format!("the stored value is not of type {ty}")))
        }
    }
}

/// `{"value": …, "type": …}`.
fn dynamic(fields: &Map<String, Json>, path: &AttributePath, depth: usize) -> Result<Value, DecodeError> {
    let (Some(value), Some(ty)) = (fields.get("value"), fields.get("type")) else {
        return Err(DecodeError::new(path, "a dynamic value needs a value and a type"));
    };
    let ty = type_from_json(ty.to_string().as_bytes()).map_err(|error| DecodeError::new(path, error.to_string()))?;
    let value = decode(value, &ty, path, depth)?;
    Ok(if value.is_known() {
        Value::Dynamic(Box::new((ty, value)))
    } else {
        value
    })
}

fn number_from(text: &str, path: &AttributePath) -> Result<Value, DecodeError> {
    text.parse()
        .map(Value::Number)
        .map_err(|_| DecodeError::new(path, "a number is required"))
}

/// Writes a value as Terraform stores it.
///
/// # Errors
/// When something in it is unknown, which no state can hold, with the place.
pub fn encode_json(value: &Value) -> Result<Json, EncodeError> {
    encode(value, &AttributePath::root())
}

fn encode(value: &Value, path: &AttributePath) -> Result<Json, EncodeError> {
    match value {
        Value::Null => Ok(Json::Null),
        Value::Unknown(_) => Err(EncodeError::new(path, "a stored value cannot be unknown")),
        Value::Bool(truth) => Ok(Json::Bool(*truth)),
        Value::String(text) => Ok(Json::String(text.clone())),
        Value::Number(number) => serde_json::from_str(&number.to_string())
            .map_err(|error| EncodeError::new(path, format!("the number cannot be written: {error}"))),
        Value::List(items) | Value::Tuple(items) => {
            let items = items
                .iter()
                .enumerate()
                .map(|(index, item)| encode(item, &path.and_index(index)));
            items.collect::<Result<_, _>>().map(Json::Array)
        }
        Value::Set(items) => items
            .iter()
            .map(|item| encode(item, path))
            .collect::<Result<_, _>>()
            .map(Json::Array),
        Value::Map(fields) | Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, field)| Ok((name.clone(), encode(field, &path.and_attribute(name))?)));
            fields.collect::<Result<_, EncodeError>>().map(Json::Object)
        }
        Value::Dynamic(inner) => {
            let ty = serde_json::from_slice(&type_to_json(&inner.0)).unwrap_or(Json::Null);
            Ok(Json::Object(Map::from_iter([
                ("value".to_owned(), encode(&inner.1, path)?),
                ("type".to_owned(), ty),
            ])))
        }
    }
}
