//! msgpack as Terraform sends it.

use std::collections::BTreeMap;

use crate::framework::types::Type;
use crate::framework::value::Value;

use super::MAX_DEPTH;
use super::conform::{stranger, too_deep, type_noun};
use super::error::{DecodeError, Fault};
use super::msgpack_read::{Head, Reader};
use super::refinements;
use super::type_json::type_from_json;

/// Reads one value of type `ty` that fills `bytes`.
///
/// # Errors
/// When the bytes are cut short, are no msgpack, hold another type, an infinite number or a key twice, nest too deeply,
/// or go on behind the value.
pub fn decode_msgpack(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader::new(bytes);
    let value = read(&mut reader, ty, 0)?;
    if reader.is_at_end() {
        Ok(value)
    } else {
        Err(Fault::new("there are bytes behind the value").into())
    }
}

fn read(reader: &mut Reader<'_>, ty: &Type, depth: usize) -> Result<Value, Fault> {
    if depth >= MAX_DEPTH {
        return Err(too_deep());
    }
    let depth = depth + 1;
    Ok(match (reader.head()?, ty) {
        (Head::Nil, _) => Value::Null,
        (Head::Extension(code, payload), _) => Value::Unknown(refinements::decode(code, payload).map(Box::new)),
        (Head::Array(2), Type::Dynamic) => dynamic(reader, depth)?,
        (Head::Bool(truth), Type::Bool) => Value::Bool(truth),
        (Head::Number(number), Type::Number) => Value::Number(number),
        // What does not fit 64 bits comes as decimal text.
        (Head::Text(digits), Type::Number) => {
            let number = utf8(digits)?.parse();
            Value::Number(number.map_err(|_| Fault::new("a number is required, but this text is none"))?)
        }
        (Head::Text(text) | Head::Binary(text), Type::String) => Value::String(utf8(text)?.to_owned()),
        (Head::Array(length), Type::List(element)) => Value::List(list(reader, length, element, depth)?),
        (Head::Array(length), Type::Set(element)) => {
            Value::Set(list(reader, length, element, depth).map_err(Fault::in_set)?)
        }
        (Head::Array(length), Type::Tuple(types)) => Value::Tuple(tuple(reader, length, types, depth)?),
        (Head::Map(length), Type::Map(element)) => Value::Map(map(reader, length, element, depth)?),
        (Head::Map(length), Type::Object(types)) => Value::Object(object(reader, length, types, depth)?),
        (head, ty) => {
            let found = head_noun(&head);
            return Err(Fault::new(format!(
                "{} is required, but this is {found}",
                type_noun(ty)
            )));
        }
    })
}

/// `[type, value]`; the type comes as bytes or as text.
fn dynamic(reader: &mut Reader<'_>, depth: usize) -> Result<Value, Fault> {
    let (Head::Binary(ty) | Head::Text(ty)) = reader.head()? else {
        return Err(Fault::new("a dynamic value must begin with its type"));
    };
    let ty = type_from_json(ty).map_err(|error| Fault::new(error.to_string()))?;
    let value = read(reader, &ty, depth)?;
    Ok(Value::dynamic(ty, value))
}

// A length is a claim of the sender: nothing is allocated for it before the elements are there.

fn list(reader: &mut Reader<'_>, length: usize, ty: &Type, depth: usize) -> Result<Vec<Value>, Fault> {
    let mut items = Vec::new();
    for index in 0..length {
        items.push(read(reader, ty, depth).map_err(|fault| fault.in_element(index))?);
    }
    Ok(items)
}

fn tuple(reader: &mut Reader<'_>, length: usize, types: &[Type], depth: usize) -> Result<Vec<Value>, Fault> {
    if length != types.len() {
        return Err(Fault::new(format!(
            "a tuple of {} elements is required, but this one has {length}",
            types.len()
        )));
    }
    let items = types.iter().enumerate();
    items
        .map(|(index, ty)| read(reader, ty, depth).map_err(|fault| fault.in_element(index)))
        .collect()
}

fn map(reader: &mut Reader<'_>, length: usize, ty: &Type, depth: usize) -> Result<BTreeMap<String, Value>, Fault> {
    let mut items = BTreeMap::new();
    for _ in 0..length {
        let key = key(reader)?;
        let item = read(reader, ty, depth).map_err(|fault| fault.in_key(key))?;
        if items.insert(key.to_owned(), item).is_some() {
            return Err(Fault::new("the key is there twice").in_key(key));
        }
    }
    Ok(items)
}

fn object(
    reader: &mut Reader<'_>,
    length: usize,
    types: &BTreeMap<String, Type>,
    depth: usize,
) -> Result<BTreeMap<String, Value>, Fault> {
    let mut fields = BTreeMap::new();
    for _ in 0..length {
        let name = key(reader)?;
        let ty = types.get(name).ok_or_else(|| stranger(name))?;
        let field = read(reader, ty, depth).map_err(|fault| fault.in_attribute(name))?;
        if fields.insert(name.to_owned(), field).is_some() {
            return Err(Fault::new("the attribute is there twice").in_attribute(name));
        }
    }
    match types.keys().find(|name| !fields.contains_key(*name)) {
        None => Ok(fields),
        Some(missing) => Err(Fault::new(format!("the attribute {missing:?} is missing"))),
    }
}

fn key<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Fault> {
    match reader.head()? {
        Head::Text(key) | Head::Binary(key) => utf8(key),
        _ => Err(Fault::new("a key must be a text")),
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(bytes).map_err(|_| Fault::new("the text is not UTF-8"))
}

/// What came, without what is in it.
fn head_noun(head: &Head<'_>) -> &'static str {
    match head {
        Head::Nil => "null",
        Head::Bool(_) => "a bool",
        Head::Number(_) => "a number",
        Head::Text(_) => "a string",
        Head::Binary(_) => "binary data",
        Head::Array(_) => "a sequence",
        Head::Map(_) => "a mapping",
        Head::Extension(..) => "an unknown value",
    }
}
