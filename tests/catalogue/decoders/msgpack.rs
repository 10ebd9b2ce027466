//! Any bytes in place of what Terraform sends: they are refused, or they are a value that can be written and read again.
//!
//! The first byte chooses the type, the rest is the message.

use std::sync::LazyLock;

use terraform_provider_twilio::framework::codec::{conform, decode_msgpack, encode_msgpack, type_from_json};
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::provider::block;
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};

use super::types::{data_source_type, resource_type};

/// Each kind of type by itself and inside others. A dynamic value brings its own type along. New ones go to the end: the
/// seeds count on the order.
const TYPES: &[&str] = &[
    r#""dynamic""#,
    r#""string""#,
    r#""number""#,
    r#""bool""#,
    r#"["list","string"]"#,
    r#"["set","number"]"#,
    r#"["map","dynamic"]"#,
    r#"["tuple",["string","number",["list","bool"]]]"#,
    r#"["object",{"a":"string","b":["map","number"],"c":["set",["object",{"d":"bool"}]]}]"#,
    r#"["set",["set","string"]]"#,
];

static ALL: LazyLock<Vec<Type>> = LazyLock::new(|| {
    let written = TYPES
        .iter()
        .map(|text| type_from_json(text.as_bytes()).expect("a type"));
    written
        .chain([block::schema().block.value_type()])
        .chain(RESOURCES.iter().map(resource_type))
        .chain(DATA_SOURCES.iter().map(data_source_type))
        .collect()
});

/// What holds of any input.
///
/// # Panics
/// Where it does not.
pub fn holds(input: &[u8]) {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let ty = &ALL[usize::from(*choice) % ALL.len()];
    let Ok(value) = decode_msgpack(bytes, ty) else { return };
    conform(&value, ty).expect("what was read is of the type");
    let written = encode_msgpack(&value, ty).expect("what was read can be written");
    let again = decode_msgpack(&written, ty).expect("what was written can be read");
    assert_eq!(again, value, "writing changed the value");
    assert_eq!(
        encode_msgpack(&again, ty).expect("it was written before"),
        written,
        "writing is not stable"
    );
}
