//! Values on the wire: msgpack as Terraform sends it, JSON as it stores it, and type constraints.
//!
//! Bytes come from another process and from files that people edit: decoding never panics, never trusts a length, and
//! bounds its depth.

mod dynamic_value;
mod error;
mod json;
mod msgpack_decode;
mod msgpack_encode;
mod type_json;

#[cfg(test)]
mod tests;

pub use dynamic_value::{from_proto, to_proto};
pub use error::{DecodeError, EncodeError};
pub use json::{decode_json, encode_json};
pub use msgpack_decode::decode_msgpack;
pub use msgpack_encode::encode_msgpack;
pub use type_json::{TypeError, type_from_json, type_to_json};

/// Deepest nesting that is read. Terraform itself allows more, but no schema here comes near.
const MAX_DEPTH: usize = 128;
