//! Type constraints as compact JSON: `"string"`, `["list","string"]`, `["object",{"a":"string"}]`.

use serde_json::{Value as Json, json};

use crate::framework::types::Type;

use super::MAX_DEPTH;

/// A text that is no type constraint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a type constraint: {0}")]
pub struct TypeError(String);

/// Reads a type constraint.
///
/// # Errors
/// When the bytes are no JSON, the JSON is no type constraint, or it nests too deeply: an object counts twice, as it does
/// in JSON, whose parser stops at 128.
pub fn type_from_json(bytes: &[u8]) -> Result<Type, TypeError> {
    let json: Json = serde_json::from_slice(bytes).map_err(|error| TypeError(error.to_string()))?;
    from_json(&json)
}

/// Writes a type constraint. Attributes of objects come out sorted.
pub fn type_to_json(ty: &Type) -> Vec<u8> {
    to_json(ty).to_string().into_bytes()
}

/// As [`type_from_json`], from JSON that is read already.
pub(super) fn from_json(json: &Json) -> Result<Type, TypeError> {
    nested(json, 0)
}

fn nested(json: &Json, depth: usize) -> Result<Type, TypeError> {
    let refuse = || TypeError(json.to_string().chars().take(80).collect());
    if depth >= MAX_DEPTH {
        return Err(TypeError("nested too deeply".to_owned()));
    }
    let inner = |json: &Json| nested(json, depth + 1);
    match json {
        Json::String(name) => match name.as_str() {
            "string" => Ok(Type::String),
            "number" => Ok(Type::Number),
            "bool" => Ok(Type::Bool),
            "dynamic" => Ok(Type::Dynamic),
            _ => Err(refuse()),
        },
        Json::Array(parts) => match parts.as_slice() {
            [Json::String(kind), argument] => match (kind.as_str(), argument) {
                ("list", element) => Ok(Type::list(inner(element)?)),
                ("set", element) => Ok(Type::set(inner(element)?)),
                ("map", element) => Ok(Type::map(inner(element)?)),
                ("tuple", Json::Array(elements)) => {
                    elements.iter().map(inner).collect::<Result<_, _>>().map(Type::Tuple)
                }
                ("object", Json::Object(attributes)) => object(attributes, depth),
                _ => Err(refuse()),
            },
            // The third part names optional attributes, which only conversions know.
            [Json::String(kind), Json::Object(attributes), Json::Array(optional)] if kind == "object" => {
                let known = |name: &Json| name.as_str().is_some_and(|name| attributes.contains_key(name));
                if optional.iter().all(known) {
                    object(attributes, depth)
                } else {
                    Err(refuse())
                }
            }
            _ => Err(refuse()),
        },
        _ => Err(refuse()),
    }
}

fn object(attributes: &serde_json::Map<String, Json>, depth: usize) -> Result<Type, TypeError> {
    let attributes = attributes
        .iter()
        .map(|(name, ty)| Ok((name.clone(), nested(ty, depth + 1)?)));
    attributes.collect::<Result<_, TypeError>>().map(Type::Object)
}

/// As [`type_to_json`], not yet written out.
pub(super) fn to_json(ty: &Type) -> Json {
    match ty {
        Type::String => json!("string"),
        Type::Number => json!("number"),
        Type::Bool => json!("bool"),
        Type::Dynamic => json!("dynamic"),
        Type::List(element) => json!(["list", to_json(element)]),
        Type::Set(element) => json!(["set", to_json(element)]),
        Type::Map(element) => json!(["map", to_json(element)]),
        Type::Tuple(elements) => json!(["tuple", elements.iter().map(to_json).collect::<Vec<_>>()]),
        Type::Object(attributes) => {
            let attributes: serde_json::Map<_, _> = attributes
                .iter()
                .map(|(name, ty)| (name.clone(), to_json(ty)))
                .collect();
            json!(["object", attributes])
        }
    }
}
