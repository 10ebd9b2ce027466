//! Values on the wire: msgpack as Terraform sends it, JSON as it stores it, and type constraints.
//!
//! Bytes come from another process and from files that people edit: decoding never panics, never trusts a length, and
//! bounds its depth. Values that are written come from this program: one that is not of its type is an error with its
//! place, never quietly turned into something else.
//!
//! An attribute that an object lacks is written as null. This spares those who build objects the naming of every
//! attribute, and is how [`Value::attr`](super::value::Value::attr) reads such an object too.
//!
//! Not supported: nested blocks that repeat as a list or map and hold an attribute of type "dynamic". Terraform sends
//! such blocks as a tuple or object inside a dynamic value, which their schema's type does not say.

mod conform;
mod dynamic_value;
mod error;
mod json;
mod msgpack_decode;
mod msgpack_encode;
mod msgpack_read;
mod refinements;
mod type_json;

#[cfg(test)]
mod tests;

#[cfg(feature = "internals")]
pub use conform::conform;
pub use dynamic_value::{from_proto, to_proto, to_proto_as_stored};
pub use error::EncodeError;
pub use json::{decode_json, encode_json};
pub use msgpack_decode::decode_msgpack;
pub use msgpack_encode::encode_msgpack;
#[cfg(feature = "internals")]
pub use type_json::type_from_json;
pub use type_json::type_to_json;

/// Deepest nesting that is read or written. Terraform itself allows more, but no schema here comes near.
const MAX_DEPTH: usize = 128;
