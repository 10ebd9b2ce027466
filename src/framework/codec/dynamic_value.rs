//! The message that carries a value in either encoding.

use crate::framework::proto::DynamicValue;
use crate::framework::types::Type;
use crate::framework::value::Value;

use super::error::{DecodeError, EncodeError, Fault};
use super::{decode_json, decode_msgpack, encode_json, encode_msgpack};

/// Reads a value: msgpack if there is any, else JSON. A message that is absent or empty is null.
///
/// # Errors
/// When what is there is not of the type.
pub fn from_proto(message: Option<&DynamicValue>, ty: &Type) -> Result<Value, DecodeError> {
    match message {
        Some(message) if !message.msgpack.is_empty() => decode_msgpack(&message.msgpack, ty),
        Some(message) if !message.json.is_empty() => {
            let json = serde_json::from_slice(&message.json).map_err(|error| Fault::new(error.to_string()))?;
            decode_json(&json, ty)
        }
        _ => Ok(Value::Null),
    }
}

/// Writes a value as JSON, the form in which Terraform stores it.
///
/// For what was read: a refresh compares it with the state, and Terraform 1.11 and newer take a number that came as a msgpack
/// integer for another than the same number that came from JSON (their precision differs). `plan -refresh-only
/// -detailed-exitcode` would then always end with 2, although nothing differs.
///
/// # Errors
/// When the value is not of the type.
pub fn to_proto_as_stored(value: &Value, ty: &Type) -> Result<DynamicValue, EncodeError> {
    Ok(DynamicValue {
        msgpack: Vec::new(),
        json: encode_json(value, ty)?.to_string().into_bytes(),
    })
}

/// Writes a value as msgpack.
///
/// # Errors
/// When the value is not of the type.
pub fn to_proto(value: &Value, ty: &Type) -> Result<DynamicValue, EncodeError> {
    Ok(DynamicValue {
        msgpack: encode_msgpack(value, ty)?,
        json: Vec::new(),
    })
}
