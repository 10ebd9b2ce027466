//! What an answer shows of an object: exactly the fields that the contract has for that operation.

use serde_json::{Map, Value};

use super::build;
use crate::contract::{Kind, Operation, Resource, pascal_case};
use crate::store::{Body, Object};

/// The body of an answer about one object, before behaviours have their say.
pub(crate) fn body(resource: &Resource, operation: &Operation, object: &Object, base_url: &str) -> Body {
    let spec = resource.spec;
    let fields = spec.answer_fields(operation);
    if fields.is_empty() {
        return object.body.clone();
    }
    let mut body = Body::new();
    for field in fields {
        let shape = spec.resolve(field);
        let value = match field.name.as_str() {
            "url" if shape.format.as_deref() == Some("uri") && written(object, "url").is_none() => {
                Value::from(format!("{base_url}{}", object.path))
            }
            // Creates that go on in the background say where to look; everything is done at once here.
            "statusUrl" if written(object, "statusUrl").is_none() => Value::from(format!("{base_url}{}", object.path)),
            "uri" if operation.is_v2010() => Value::from(format!("{}.json", object.path)),
            "links" | "subresource_uris" if object.body.get(&field.name).is_none_or(is_empty) => {
                links(operation, resource, object, base_url)
            }
            name => match object.body.get(name) {
                Some(value) => value.clone(),
                // Only this operation's answer has the field.
                None if build::is_date_name(name) => build::timestamp(
                    shape,
                    jiff::Timestamp::from_millisecond(object.created_ms).unwrap_or_default(),
                ),
                None if shape.kind == Kind::Array => Value::Array(Vec::new()),
                None => Value::Null,
            },
        };
        body.insert(field.name.clone(), value);
    }
    body
}

/// Removes what the contract does not have for this operation; behaviours may not invent fields.
pub(crate) fn keep_published(resource: &Resource, operation: &Operation, body: &mut Body) {
    let fields = resource.spec.answer_fields(operation);
    if !fields.is_empty() {
        body.retain(|name, _| fields.iter().any(|field| field.name == *name));
    }
}

fn written<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    object
        .body
        .get(name)
        .filter(|value| value.as_str().is_some_and(|text| !text.is_empty()))
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(Map::is_empty)
}

/// Addresses of sub-resources: names from the published examples, paths from the contract where it has one of that name.
fn links(operation: &Operation, resource: &Resource, object: &Object, base_url: &str) -> Value {
    let names = if operation.links.is_empty() {
        let all = resource.on_instance.iter().chain(&resource.on_collection);
        all.map(|operation| &operation.links).find(|links| !links.is_empty())
    } else {
        Some(&operation.links)
    };
    let relative = operation.is_v2010();
    let links = names.into_iter().flatten().map(|name| {
        let segment = resource.below.get(name).cloned().unwrap_or_else(|| pascal_case(name));
        let path = format!("{}/{segment}", object.path);
        let address = if relative {
            format!("{path}.json")
        } else {
            format!("{base_url}{path}")
        };
        (name.clone(), Value::from(address))
    });
    Value::Object(links.collect())
}
