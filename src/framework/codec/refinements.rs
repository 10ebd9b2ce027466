//! Promises about unknown values, in the msgpack extension that Terraform has for them.

use crate::framework::number::Number;
use crate::framework::types::Type;
use crate::framework::value::Refinements;

use super::msgpack_encode::{write_array, write_bool, write_map, write_number, write_text};
use super::msgpack_read::{Head, Reader};

/// The extension that carries promises. Any other one is an unknown value without promises.
pub(super) const EXTENSION: i8 = 12;

/// Most bytes of a text prefix or of a number's bound. Terraform cuts its prefixes there, and reads no more than 1,024
/// bytes of promises together.
const MAX_PROMISE_BYTES: usize = 256;

// The keys of the promises.
const NULL: u8 = 1;
const STRING_PREFIX: u8 = 2;
const NUMBER_MIN: u8 = 3;
const NUMBER_MAX: u8 = 4;
const LENGTH_MIN: u8 = 5;
const LENGTH_MAX: u8 = 6;

/// The promises in an extension. They end at the first one that is not understood: it may be of a later version, and
/// where it ends is not known.
pub(super) fn decode(code: i8, payload: &[u8]) -> Option<Refinements> {
    if code != EXTENSION {
        return None;
    }
    let mut reader = Reader::new(payload);
    let Ok(Head::Map(length)) = reader.head() else {
        return None;
    };
    let mut found = Refinements::default();
    for _ in 0..length {
        if decode_one(&mut reader, &mut found).is_none() {
            break;
        }
    }
    (found != Refinements::default()).then_some(found)
}

// Reads heads and not values: a value could be an extension with promises again, without an end.
fn decode_one(reader: &mut Reader<'_>, found: &mut Refinements) -> Option<()> {
    match u8::try_from(count(reader)?).ok()? {
        NULL => found.null = Some(truth(reader)?),
        STRING_PREFIX => found.string_prefix = Some(text(reader)?),
        NUMBER_MIN => found.number_min = Some(bound(reader)?),
        NUMBER_MAX => found.number_max = Some(bound(reader)?),
        LENGTH_MIN => found.length_min = Some(count(reader)?),
        LENGTH_MAX => found.length_max = Some(count(reader)?),
        _ => return None,
    }
    Some(())
}

/// A number, and whether it is itself allowed.
fn bound(reader: &mut Reader<'_>) -> Option<(Number, bool)> {
    let Head::Array(2) = reader.head().ok()? else {
        return None;
    };
    let number = match reader.head().ok()? {
        Head::Number(number) => number,
        Head::Text(digits) => std::str::from_utf8(digits).ok()?.parse().ok()?,
        _ => return None,
    };
    Some((number, truth(reader)?))
}

fn truth(reader: &mut Reader<'_>) -> Option<bool> {
    match reader.head().ok()? {
        Head::Bool(truth) => Some(truth),
        _ => None,
    }
}

fn text(reader: &mut Reader<'_>) -> Option<String> {
    match reader.head().ok()? {
        Head::Text(text) => std::str::from_utf8(text).ok().map(str::to_owned),
        _ => None,
    }
}

fn count(reader: &mut Reader<'_>) -> Option<u64> {
    match reader.head().ok()? {
        Head::Number(number) => number.to_i64()?.try_into().ok(),
        _ => None,
    }
}

/// The promises about a value of type `ty`, as Terraform reads them; at most 1,024 bytes.
///
/// `None` when there is none, because an empty map is not allowed. Promises that say nothing about this type are left
/// out: Terraform refuses the whole value for one.
pub(super) fn encode(promised: &Refinements, ty: &Type) -> Option<Vec<u8>> {
    if *ty == Type::Dynamic {
        return None;
    }
    let null = promised.null.map(|null| entry(NULL, |out| write_bool(out, null)));
    let mut entries: Vec<Vec<u8>> = null.into_iter().collect();
    match ty {
        // What will be null has neither prefix nor bounds.
        _ if promised.null == Some(true) => {}
        Type::String => entries.extend(promised.string_prefix.as_deref().and_then(prefix_entry)),
        Type::Number => {
            entries.extend(
                promised
                    .number_min
                    .as_ref()
                    .and_then(|min| bound_entry(NUMBER_MIN, min)),
            );
            entries.extend(
                promised
                    .number_max
                    .as_ref()
                    .and_then(|max| bound_entry(NUMBER_MAX, max)),
            );
        }
        Type::List(_) | Type::Set(_) | Type::Map(_) => {
            entries.extend(promised.length_min.and_then(|min| length_entry(LENGTH_MIN, min)));
            entries.extend(promised.length_max.and_then(|max| length_entry(LENGTH_MAX, max)));
        }
        Type::Bool | Type::Dynamic | Type::Object(_) | Type::Tuple(_) => {}
    }
    if entries.is_empty() {
        return None;
    }
    let mut payload = Vec::new();
    write_map(&mut payload, entries.len());
    payload.extend(entries.into_iter().flatten());
    Some(payload)
}

fn entry(key: u8, write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = vec![key];
    write(&mut bytes);
    bytes
}

/// A shorter prefix is a true promise too.
fn prefix_entry(prefix: &str) -> Option<Vec<u8>> {
    let end = prefix.floor_char_boundary(MAX_PROMISE_BYTES);
    (end > 0).then(|| entry(STRING_PREFIX, |out| write_text(out, &prefix[..end])))
}

/// A number of too many digits is not promised: unlike a prefix, it cannot be cut.
fn bound_entry(key: u8, (number, inclusive): &(Number, bool)) -> Option<Vec<u8>> {
    let bytes = entry(key, |out| {
        write_array(out, 2);
        write_number(out, number);
        write_bool(out, *inclusive);
    });
    (bytes.len() <= MAX_PROMISE_BYTES).then_some(bytes)
}

/// No collection is longer than what fits a signed integer, which is what Terraform reads.
fn length_entry(key: u8, length: u64) -> Option<Vec<u8>> {
    let length = i64::try_from(length).ok()?;
    Some(entry(key, |out| write_number(out, &Number::from(length))))
}
