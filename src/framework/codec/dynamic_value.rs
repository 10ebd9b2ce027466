//! The message that carries a value in either encoding.

use crate::framework::proto::DynamicValue;
use crate::framework::types::Type;
use crate::framework::value::Value;

use super::error::{DecodeError, EncodeError, Fault};
use super::{decode_json, decode_msgpack, encode_msgpack};

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

/// Writes a value, always as msgpack.
///
/// # Errors
/// When the value is not of the type.
pub fn to_proto(value: &Value, ty: &Type) -> Result<DynamicValue, EncodeError> {
    Ok(DynamicValue {
        msgpack: encode_msgpack(value, ty)?,
        json: Vec::new(),
    })
}
