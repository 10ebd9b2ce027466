//! What a response shows of an object: exactly the fields that the contract has for that operation.

use serde_json::{Map, Value};

use super::{alias, build};
use crate::contract::{Field, Kind, Operation, OperationKind, Resource, snake_case};
use crate::store::{Body, Object};

/// The body of a response about one object, before behaviours have their say.
pub(crate) fn body(resource: &Resource, operation: &Operation, object: &Object, base_url: &str) -> Body {
    let fields = resource.spec.answer_fields(operation);
    if fields.is_empty() {
        return Body::clone(&object.body);
    }
    let shown = |fields| of_fields(fields, resource, operation, object, base_url);
    let mut body = shown(fields);
    if let Some(wrapper) = resource.wrapper(operation) {
        let own = shown(&resource.spec.resolve(wrapper).fields);
        body.insert(wrapper.name.clone(), Value::Object(own));
    }
    body
}

fn of_fields(fields: &[Field], resource: &Resource, operation: &Operation, object: &Object, base_url: &str) -> Body {
    let spec = resource.spec;
    let mut body = Body::new();
    let path = alias::shown_path(resource, object);
    for field in fields {
        let shape = spec.resolve(field);
        let value = match field.name.as_str() {
            "url" if shape.format.as_deref() == Some("uri") && written(object, "url").is_none() => {
                Value::from(format!("{base_url}{path}"))
            }
            // Creates that go on in the background say where to look; everything is done at once here.
            "statusUrl" if written(object, "statusUrl").is_none() => Value::from(format!("{base_url}{path}")),
            "uri" if operation.is_v2010() => Value::from(format!("{path}.json")),
            "links" | "subresource_uris" if object.body.get(&field.name).is_none_or(is_empty) => {
                links(operation, resource, object, &path, base_url)
            }
            name => match object.body.get(name) {
                Some(value) => value.clone(),
                // Only this operation's answer has the field.
                None if operation.kind == OperationKind::Create && only_then(object, name).is_some() => {
                    only_then(object, name).unwrap_or_default()
                }
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

/// What the response to a create shows and no read does (the binding of a factor): parameters that are kept hidden, nested by the dots
/// in their names.
fn only_then(object: &Object, field: &str) -> Option<Value> {
    let mut members = Body::new();
    for (name, value) in &object.hidden {
        match name.split_once('.') {
            None if snake_case(name) == field => return Some(value.clone()),
            Some((outer, inner)) if snake_case(outer) == field => super::fill::nest(&mut members, inner, value),
            _ => {}
        }
    }
    (!members.is_empty()).then_some(Value::Object(members))
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

/// Addresses of sub-resources and related things, from the published examples. Those that the examples do not explain, or that
/// name a field which the object does not have, are left out.
fn links(operation: &Operation, resource: &Resource, object: &Object, path: &str, base_url: &str) -> Value {
    let published = if operation.links.is_empty() {
        let all = resource.on_instance.iter().chain(&resource.on_collection);
        all.map(|operation| &operation.links).find(|links| !links.is_empty())
    } else {
        Some(&operation.links)
    };
    let relative = operation.is_v2010();
    let links = published.into_iter().flatten().filter_map(|(name, template)| {
        let address = match template.as_str() {
            "" => return None,
            elsewhere if elsewhere.starts_with('/') || elsewhere.starts_with("https://") => {
                filled(elsewhere, &object.body)?
            }
            below => format!("{path}/{below}"),
        };
        let address = match (relative, address.starts_with('/')) {
            (true, _) => format!("{address}.json"),
            (false, true) => format!("{base_url}{address}"),
            (false, false) => address,
        };
        Some((name.clone(), Value::from(address)))
    });
    Value::Object(links.collect())
}

/// A template with the values of the fields that it names.
fn filled(template: &str, body: &Body) -> Option<String> {
    let mut address = String::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (field, after) = after.split_once('}')?;
        let value = body.get(field)?.as_str().filter(|value| !value.is_empty())?;
        address.push_str(literal);
        address.extend(percent_encoding::utf8_percent_encode(value, super::SEGMENT));
        rest = after;
    }
    Some(address + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_with_a_field_that_is_not_there_is_none() {
        let mut body = Body::new();
        body.insert("sid".into(), "a b".into());
        body.insert("other".into(), Value::Null);
        assert_eq!(
            filled("/v1/Things/{sid}/Parts", &body).as_deref(),
            Some("/v1/Things/a%20b/Parts")
        );
        assert_eq!(filled("/v1/Things", &body).as_deref(), Some("/v1/Things"));
        assert_eq!(filled("/v1/Things/{other}", &body), None);
        assert_eq!(filled("/v1/Things/{missing}", &body), None);
    }
}
