//! msgpack as Terraform expects it.

use rmp::encode;

use crate::framework::number::Number;
use crate::framework::types::Type;
use crate::framework::value::{Refinements, Value};

use super::MAX_DEPTH;
use super::conform::{mismatch, stranger, too_deep};
use super::error::{EncodeError, Fault};
use super::refinements;
use super::type_json::type_to_json;

/// Writes `value` as type `ty`, with the forms that Terraform itself chooses and the attributes of objects sorted: equal
/// values are equal bytes, but for the order and duplicates in sets.
///
/// An attribute that an object lacks is written as null; one that the type lacks is an error.
///
/// # Errors
/// When the value is not of the type, with the place; exactly when [`conform`](super::conform()) says so.
pub fn encode_msgpack(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::new();
    write(&mut out, value, ty, 0)?;
    Ok(out)
}

fn write(out: &mut Vec<u8>, value: &Value, ty: &Type, depth: usize) -> Result<(), Fault> {
    if depth >= MAX_DEPTH {
        return Err(too_deep());
    }
    let depth = depth + 1;
    match (value, ty) {
        (Value::Null, _) => write_nil(out),
        (Value::Unknown(promised), ty) => write_unknown(out, promised.as_deref(), ty),
        (Value::Dynamic(inner), Type::Dynamic) => write_dynamic(out, &inner.0, &inner.1, depth)?,
        (Value::Bool(truth), Type::Bool) => write_bool(out, *truth),
        (Value::Number(number), Type::Number) => write_number(out, number),
        (Value::String(text), Type::String) => write_text(out, text),
        (Value::List(items), Type::List(element)) => {
            write_array(out, items.len());
            for (index, item) in items.iter().enumerate() {
                write(out, item, element, depth).map_err(|fault| fault.in_element(index))?;
            }
        }
        (Value::Set(items), Type::Set(element)) => {
            write_array(out, items.len());
            for item in items {
                write(out, item, element, depth).map_err(Fault::in_set)?;
            }
        }
        (Value::Tuple(items), Type::Tuple(types)) if items.len() == types.len() => {
            write_array(out, items.len());
            for (index, (item, ty)) in items.iter().zip(types).enumerate() {
                write(out, item, ty, depth).map_err(|fault| fault.in_element(index))?;
            }
        }
        (Value::Map(items), Type::Map(element)) => {
            write_map(out, items.len());
            for (key, item) in items {
                write_text(out, key);
                write(out, item, element, depth).map_err(|fault| fault.in_key(key))?;
            }
        }
        (Value::Object(fields), Type::Object(types)) => {
            if let Some(name) = fields.keys().find(|name| !types.contains_key(*name)) {
                return Err(stranger(name));
            }
            write_map(out, types.len());
            for (name, ty) in types {
                write_text(out, name);
                let field = fields.get(name).unwrap_or(&Value::Null);
                write(out, field, ty, depth).map_err(|fault| fault.in_attribute(name))?;
            }
        }
        (value, ty) => return Err(mismatch(value, ty)),
    }
    Ok(())
}

/// `[type, value]`, but null and unknown are the same bytes whatever their type would be.
fn write_dynamic(out: &mut Vec<u8>, ty: &Type, value: &Value, depth: usize) -> Result<(), Fault> {
    if *ty == Type::Dynamic || !value.is_known() {
        return write(out, value, &Type::Dynamic, depth);
    }
    write_array(out, 2);
    write_binary(out, &type_to_json(ty));
    write(out, value, ty, depth)
}

fn write_unknown(out: &mut Vec<u8>, promised: Option<&Refinements>, ty: &Type) {
    let Some(payload) = promised.and_then(|promised| refinements::encode(promised, ty)) else {
        out.extend([0xd4, 0x00, 0x00]);
        return;
    };
    let _ = encode::write_ext_meta(out, length(payload.len()), refinements::EXTENSION);
    out.extend(payload);
}

/// An integer that fits 64 bits, else a float where that is exact, else decimal text.
pub(super) fn write_number(out: &mut Vec<u8>, number: &Number) {
    if let Some(integer) = number.to_i64() {
        let _ = encode::write_sint(out, integer);
    } else if let Some(float) = number.to_exact_f64().filter(|_| !number.is_integer()) {
        let _ = encode::write_f64(out, float);
    } else {
        write_text(out, &number.to_string());
    }
}

// Writing to a `Vec` cannot fail, so the results are of no interest.

fn write_nil(out: &mut Vec<u8>) {
    let _ = encode::write_nil(out);
}

pub(super) fn write_bool(out: &mut Vec<u8>, truth: bool) {
    let _ = encode::write_bool(out, truth);
}

pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
    let _ = encode::write_str(out, text);
}

fn write_binary(out: &mut Vec<u8>, bytes: &[u8]) {
    let _ = encode::write_bin(out, bytes);
}

pub(super) fn write_array(out: &mut Vec<u8>, items: usize) {
    let _ = encode::write_array_len(out, length(items));
}

pub(super) fn write_map(out: &mut Vec<u8>, items: usize) {
    let _ = encode::write_map_len(out, length(items));
}

/// A length as msgpack has it. A gRPC message has no room for four billion of anything.
fn length(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}
