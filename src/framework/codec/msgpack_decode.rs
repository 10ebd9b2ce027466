//! msgpack as Terraform sends it.

use std::collections::BTreeMap;

use rmp::Marker;

use crate::framework::number::Number;
use crate::framework::path::AttributePath;
use crate::framework::types::Type;
use crate::framework::value::{Refinements, Value};

use super::MAX_DEPTH;
use super::error::DecodeError;
use super::type_json::type_from_json;

/// The extension that carries what is promised about an unknown value. Any other extension is unknown without promises.
pub(super) const REFINED_UNKNOWN: i8 = 12;

/// Reads one value of type `ty` that fills `bytes`.
///
/// # Errors
/// When the bytes are cut short, are no msgpack, hold another type, or go on behind the value.
pub fn decode_msgpack(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader { rest: bytes, depth: 0 };
    let root = AttributePath::root();
    let value = reader.value(ty, &root)?;
    if reader.rest.is_empty() {
        Ok(value)
    } else {
        Err(DecodeError::new(&root, "there are bytes behind the value"))
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
}

/// A msgpack value's head, with the length of what follows.
enum Head<'a> {
    Nil,
    Bool(bool),
    Number(Number),
    Text(&'a [u8]),
    Binary(&'a [u8]),
    Array(usize),
    Map(usize),
    Extension(i8, &'a [u8]),
}

impl<'a> Reader<'a> {
    fn value(&mut self, ty: &Type, path: &AttributePath) -> Result<Value, DecodeError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(DecodeError::new(path, "nested too deeply"));
        }
        let head = self.head(path)?;
        let value = match (head, ty) {
            (Head::Nil, _) => Value::Null,
            (Head::Extension(code, payload), _) => Value::Unknown(refinements(code, payload)),
            (Head::Array(2), Type::Dynamic) => self.dynamic(path)?,
            (Head::Bool(truth), Type::Bool) => Value::Bool(truth),
            (Head::Number(number), Type::Number) => Value::Number(number),
            (Head::Text(text), Type::Number) => Value::Number(number_from_text(text, path)?),
            (Head::Text(text), Type::String) => Value::String(utf8(text, path)?.to_owned()),
            (Head::Array(length), Type::List(element)) => Value::List(self.elements(length, element, path)?),
            (Head::Array(length), Type::Set(element)) => Value::Set(self.set_elements(length, element, path)?),
            (Head::Array(length), Type::Tuple(types)) => Value::Tuple(self.tuple(length, types, path)?),
            (Head::Map(length), Type::Map(element)) => Value::Map(self.map(length, element, path)?),
            (Head::Map(length), Type::Object(types)) => Value::Object(self.object(length, types, path)?),
            (_, ty) => return Err(DecodeError::new(path, format!("{} is required", type_noun(ty)))),
        };
        self.depth -= 1;
        Ok(value)
    }

    /// `[type, value]`; the type comes as bytes or as text.
    fn dynamic(&mut self, path: &AttributePath) -> Result<Value, DecodeError> {
        let ty = match self.head(path)? {
            Head::Binary(bytes) | Head::Text(bytes) => {
                type_from_json(bytes).map_err(|error| DecodeError::new(path, error.to_string()))?
            }
            _ => return Err(DecodeError::new(path, "a dynamic value must begin with its type")),
        };
        let value = self.value(&ty, path)?;
        Ok(if value.is_known() {
            Value::Dynamic(Box::new((ty, value)))
        } else {
            value
        })
    }

    // A length is a claim of the sender: nothing is allocated for it before the elements are there.

    fn elements(&mut self, length: usize, ty: &Type, path: &AttributePath) -> Result<Vec<Value>, DecodeError> {
        let mut items = Vec::new();
        for index in 0..length {
            items.push(self.value(ty, &path.and_index(index))?);
        }
        Ok(items)
    }

    /// Elements of a set have no path of their own.
    fn set_elements(&mut self, length: usize, ty: &Type, path: &AttributePath) -> Result<Vec<Value>, DecodeError> {
        let mut items = Vec::new();
        for _ in 0..length {
            items.push(self.value(ty, path)?);
        }
        Ok(items)
    }

    fn tuple(&mut self, length: usize, types: &[Type], path: &AttributePath) -> Result<Vec<Value>, DecodeError> {
        if length != types.len() {
            return Err(DecodeError::new(
                path,
                format!("a tuple of {} elements is required", types.len()),
            ));
        }
        types
            .iter()
            .enumerate()
            .map(|(index, ty)| self.value(ty, &path.and_index(index)))
            .collect()
    }

    fn map(&mut self, length: usize, ty: &Type, path: &AttributePath) -> Result<BTreeMap<String, Value>, DecodeError> {
        let mut fields = BTreeMap::new();
        for _ in 0..length {
            let key = self.key(path)?;
            let value = self.value(ty, &path.and_key(&key))?;
            fields.insert(key, value);
        }
        Ok(fields)
    }

    fn object(
        &mut self,
        length: usize,
        types: &BTreeMap<String, Type>,
        path: &AttributePath,
    ) -> Result<BTreeMap<String, Value>, DecodeError> {
        let mut fields = BTreeMap::new();
        for _ in 0..length {
            let name = self.key(path)?;
            let ty = types
                .get(&name)
                .ok_or_else(|| DecodeError::new(path, format!("there is no attribute {name:?}")))?;
            let value = self.value(ty, &path.and_attribute(&name))?;
            fields.insert(name, value);
        }
        match types.keys().find(|name| !fields.contains_key(*name)) {
            None => Ok(fields),
            Some(missing) => Err(DecodeError::new(path, format!("the attribute {missing:?} is missing"))),
        }
    }

    fn key(&mut self, path: &AttributePath) -> Result<String, DecodeError> {
        match self.head(path)? {
            Head::Text(text) => Ok(utf8(text, path)?.to_owned()),
            _ => Err(DecodeError::new(path, "a key must be a text")),
        }
    }

    fn head(&mut self, path: &AttributePath) -> Result<Head<'a>, DecodeError> {
        let short = || DecodeError::new(path, "the bytes are cut short");
        let marker = Marker::from_u8(self.unsigned(1).ok_or_else(short)? as u8);
        let head = match marker {
            Marker::Null => Some(Head::Nil),
            Marker::True => Some(Head::Bool(true)),
            Marker::False => Some(Head::Bool(false)),
            Marker::FixPos(number) => Some(Head::Number(Number::from(i64::from(number)))),
            Marker::FixNeg(number) => Some(Head::Number(Number::from(i64::from(number)))),
            Marker::U8 => self.unsigned(1).map(|number| Head::Number(number.into())),
            Marker::U16 => self.unsigned(2).map(|number| Head::Number(number.into())),
            Marker::U32 => self.unsigned(4).map(|number| Head::Number(number.into())),
            Marker::U64 => self.unsigned(8).map(|number| Head::Number(number.into())),
            Marker::I8 => self
                .unsigned(1)
                .map(|number| Head::Number(i64::from(number as u8 as i8).into())),
            Marker::I16 => self
                .unsigned(2)
                .map(|number| Head::Number(i64::from(number as u16 as i16).into())),
            Marker::I32 => self
                .unsigned(4)
                .map(|number| Head::Number(i64::from(number as u32 as i32).into())),
            Marker::I64 => self.unsigned(8).map(|number| Head::Number((number as i64).into())),
            Marker::F32 => self
                .unsigned(4)
                .map(|bits| float(f64::from(f32::from_bits(bits as u32)), path))
                .transpose()?,
            Marker::F64 => self
                .unsigned(8)
                .map(|bits| float(f64::from_bits(bits), path))
                .transpose()?,
            Marker::FixStr(length) => self.take(usize::from(length)).map(Head::Text),
            Marker::Str8 => self.sized(1).map(Head::Text),
            Marker::Str16 => self.sized(2).map(Head::Text),
            Marker::Str32 => self.sized(4).map(Head::Text),
            Marker::Bin8 => self.sized(1).map(Head::Binary),
            Marker::Bin16 => self.sized(2).map(Head::Binary),
            Marker::Bin32 => self.sized(4).map(Head::Binary),
            Marker::FixArray(length) => Some(Head::Array(usize::from(length))),
            Marker::Array16 => self.length(2).map(Head::Array),
            Marker::Array32 => self.length(4).map(Head::Array),
            Marker::FixMap(length) => Some(Head::Map(usize::from(length))),
            Marker::Map16 => self.length(2).map(Head::Map),
            Marker::Map32 => self.length(4).map(Head::Map),
            Marker::FixExt1 => self.extension(Some(1)),
            Marker::FixExt2 => self.extension(Some(2)),
            Marker::FixExt4 => self.extension(Some(4)),
            Marker::FixExt8 => self.extension(Some(8)),
            Marker::FixExt16 => self.extension(Some(16)),
            Marker::Ext8 => self.length(1).and_then(|length| self.extension(Some(length))),
            Marker::Ext16 => self.length(2).and_then(|length| self.extension(Some(length))),
            Marker::Ext32 => self.length(4).and_then(|length| self.extension(Some(length))),
            Marker::Reserved => return Err(DecodeError::new(path, "the bytes are no msgpack")),
        };
        head.ok_or_else(short)
    }

    fn extension(&mut self, length: Option<usize>) -> Option<Head<'a>> {
        let code = self.unsigned(1)? as u8 as i8;
        Some(Head::Extension(code, self.take(length?)?))
    }

    fn sized(&mut self, width: usize) -> Option<&'a [u8]> {
        let length = self.length(width)?;
        self.take(length)
    }

    fn length(&mut self, width: usize) -> Option<usize> {
        self.unsigned(width).and_then(|length| usize::try_from(length).ok())
    }

    /// The next `width` bytes as a big-endian number.
    fn unsigned(&mut self, width: usize) -> Option<u64> {
        Some(
            self.take(width)?
                .iter()
                .fold(0, |number, byte| number << 8 | u64::from(*byte)),
        )
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }
}

fn float<'a>(number: f64, path: &AttributePath) -> Result<Head<'a>, DecodeError> {
    let number = Number::try_from(number).map_err(|_| DecodeError::new(path, "infinite numbers are not supported"))?;
    Ok(Head::Number(number))
}

fn utf8<'a>(bytes: &'a [u8], path: &AttributePath) -> Result<&'a str, DecodeError> {
    std::str::from_utf8(bytes).map_err(|_| DecodeError::new(path, "the text is not UTF-8"))
}

/// What does not fit 64 bits comes as decimal text.
fn number_from_text(bytes: &[u8], path: &AttributePath) -> Result<Number, DecodeError> {
    utf8(bytes, path)?
        .parse()
        .map_err(|_| DecodeError::new(path, "a number is required"))
}

fn type_noun(ty: &Type) -> &'static str {
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

/// The promises in an extension; a payload that is not understood promises nothing.
fn refinements(code: i8, payload: &[u8]) -> Option<Box<Refinements>> {
    if code != REFINED_UNKNOWN {
        return None;
    }
    let mut reader = Reader {
        rest: payload,
        depth: 0,
    };
    let root = AttributePath::root();
    let Ok(Head::Map(length)) = reader.head(&root) else {
        return None;
    };
    let mut found = Refinements::default();
    for _ in 0..length {
        let Ok(Head::Number(key)) = reader.head(&root) else {
            return None;
        };
        match key.to_i64()? {
            1 => found.null = reader.value(&Type::Bool, &root).ok()?.as_bool(),
            2 => found.string_prefix = reader.value(&Type::String, &root).ok()?.as_str().map(str::to_owned),
            3 => found.number_min = reader.bound(&root),
            4 => found.number_max = reader.bound(&root),
            5 => found.length_min = reader.count(&root),
            6 => found.length_max = reader.count(&root),
            // A key of a later version: its value's extent is unknown, so what is known so far has to do.
            _ => break,
        }
    }
    (found != Refinements::default()).then(|| Box::new(found))
}

impl Reader<'_> {
    fn bound(&mut self, root: &AttributePath) -> Option<(Number, bool)> {
        let bound = self.value(&Type::Tuple(vec![Type::Number, Type::Bool]), root).ok()?;
        let [number, inclusive] = bound.as_elements()? else {
            return None;
        };
        Some((number.as_number()?.clone(), inclusive.as_bool()?))
    }

    fn count(&mut self, root: &AttributePath) -> Option<u64> {
        let count = self.value(&Type::Number, root).ok()?;
        u64::try_from(count.as_number()?.to_i64()?).ok()
    }
}
