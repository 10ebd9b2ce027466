//! msgpack as Terraform expects it.

use bigdecimal::ToPrimitive;
use rmp::encode;

use crate::framework::number::Number;
use crate::framework::path::AttributePath;
use crate::framework::types::Type;
use crate::framework::value::{Refinements, Value};

use super::error::EncodeError;
use super::msgpack_decode::REFINED_UNKNOWN;
use super::type_json::type_to_json;

/// Most bytes of a text prefix that is promised; Terraform cuts its own there.
const MAX_PREFIX_BYTES: usize = 256;

/// Writes `value` as type `ty`.
///
/// An attribute that an object lacks is written as null; one that the type lacks is an error.
///
/// # Errors
/// When the value is not of the type, with the place.
pub fn encode_msgpack(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::new();
    write(&mut out, value, ty, &AttributePath::root())?;
    Ok(out)
}

fn write(out: &mut Vec<u8>, value: &Value, ty: &Type, path: &AttributePath) -> Result<(), EncodeError> {
    match (value, ty) {
        (Value::Null, _) => write_nil(out),
        (Value::Unknown(promised), ty) => write_unknown(out, promised.as_deref().filter(|_| *ty != Type::Dynamic)),
        (Value::Dynamic(inner), Type::Dynamic) => {
            write_array(out, 2);
            write_binary(out, &type_to_json(&inner.0));
            write(out, &inner.1, &inner.0, path)?;
        }
        (Value::Bool(truth), Type::Bool) => write_bool(out, *truth),
        (Value::Number(number), Type::Number) => write_number(out, number),
        (Value::String(text), Type::String) => write_text(out, text),
        (Value::List(items), Type::List(element)) => {
            write_array(out, items.len());
            for (index, item) in items.iter().enumerate() {
                write(out, item, element, &path.and_index(index))?;
            }
        }
        (Value::Set(items), Type::Set(element)) => {
            write_array(out, items.len());
            for item in items {
                write(out, item, element, path)?;
            }
        }
        (Value::Tuple(items), Type::Tuple(types)) if items.len() == types.len() => {
            write_array(out, items.len());
            for (index, (item, ty)) in items.iter().zip(types).enumerate() {
                write(out, item, ty, &path.and_index(index))?;
            }
        }
        (Value::Map(items), Type::Map(element)) => {
            write_map(out, items.len());
            for (key, item) in items {
                write_text(out, key);
                write(out, item, element, &path.and_key(key))?;
            }
        }
        (Value::Object(fields), Type::Object(types)) => {
            if let Some(stranger) = fields.keys().find(|name| !types.contains_key(*name)) {
                return Err(EncodeError::new(
                    path,
                    format!("the type has no attribute {stranger:?}"),
                ));
            }
            write_map(out, types.len());
            for (name, ty) in types {
                write_text(out, name);
                write(
                    out,
                    fields.get(name).unwrap_or(&Value::Null),
                    ty,
                    &path.and_attribute(name),
                )?;
            }
        }
        (value, ty) => {
            let ty = String::from_utf8_lossy(&type_to_json(ty)).into_owned();
            return Err(EncodeError::new(path, format!("{} is not of type {ty}", kind(value))));
        }
    }
    Ok(())
}

/// What a value is, without what is in it.
fn kind(value: &Value) -> &'static str {
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

/// An integer that fits 64 bits, else a float where that is exact, else decimal text.
fn write_number(out: &mut Vec<u8>, number: &Number) {
    if let Some(integer) = number.to_i64() {
        let _ = encode::write_sint(out, integer);
        return;
    }
    let float = number.as_decimal().to_f64().filter(|float| float.is_finite());
    match float {
        Some(float) if !number.as_decimal().is_integer() && is_exact(float, number) => {
            let _ = encode::write_f64(out, float);
        }
        _ => write_text(out, &number.to_string()),
    }
}

/// Whether a float is the number, not only nearest to it.
fn is_exact(float: f64, number: &Number) -> bool {
    bigdecimal::BigDecimal::try_from(float).is_ok_and(|exact| exact == *number.as_decimal())
}

fn write_unknown(out: &mut Vec<u8>, promised: Option<&Refinements>) {
    let Some(payload) = promised.and_then(refinement_payload) else {
        out.extend([0xd4, 0x00, 0x00]);
        return;
    };
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let _ = encode::write_ext_meta(out, length, REFINED_UNKNOWN);
    out.extend(payload);
}

/// The promises as Terraform reads them; `None` when there is none, because an empty map is not allowed.
fn refinement_payload(promised: &Refinements) -> Option<Vec<u8>> {
    let mut entries: Vec<Vec<u8>> = Vec::new();
    let mut entry = |key: u8, write_value: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = vec![key];
        write_value(&mut bytes);
        entries.push(bytes);
    };
    if let Some(null) = promised.null {
        entry(1, &|out| write_bool(out, null));
    }
    if let Some(prefix) = promised.string_prefix.as_deref().filter(|prefix| !prefix.is_empty()) {
        entry(2, &|out| {
            write_text(out, &prefix[..prefix.floor_char_boundary(MAX_PREFIX_BYTES)])
        });
    }
    for (key, bound) in [(3, &promised.number_min), (4, &promised.number_max)] {
        if let Some((number, inclusive)) = bound {
            entry(key, &|out| {
                write_array(out, 2);
                write_number(out, number);
                write_bool(out, *inclusive);
            });
        }
    }
    for (key, length) in [(5, promised.length_min), (6, promised.length_max)] {
        if let Some(length) = length {
            entry(key, &|out| write_number(out, &Number::from(length)));
        }
    }
    if entries.is_empty() {
        return None;
    }
    let mut payload = Vec::new();
    write_map(&mut payload, entries.len());
    payload.extend(entries.into_iter().flatten());
    Some(payload)
}

// Writing to a `Vec` cannot fail, so the results are of no interest.

fn write_nil(out: &mut Vec<u8>) {
    let _ = encode::write_nil(out);
}

fn write_bool(out: &mut Vec<u8>, truth: bool) {
    let _ = encode::write_bool(out, truth);
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    let _ = encode::write_str(out, text);
}

fn write_binary(out: &mut Vec<u8>, bytes: &[u8]) {
    let _ = encode::write_bin(out, bytes);
}

fn write_array(out: &mut Vec<u8>, length: usize) {
    let _ = encode::write_array_len(out, u32::try_from(length).unwrap_or(u32::MAX));
}

fn write_map(out: &mut Vec<u8>, length: usize) {
    let _ = encode::write_map_len(out, u32::try_from(length).unwrap_or(u32::MAX));
}
