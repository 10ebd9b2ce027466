//! A PATCH of a user is a list of operations, as SCIM has it (<https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2>,
//! <https://www.twilio.com/docs/iam/organizations/scim-api>).

use serde_json::Value;

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// Users.
pub struct ScimUsers;

impl Behaviour for ScimUsers {
    fn before_update(&self, _: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        let Some(operations) = params.take("Operations") else {
            return Ok(());
        };
        params.take("schemas");
        let mut user = object.body.clone();
        for operation in operations.as_array().into_iter().flatten() {
            apply(&mut user, operation)?;
        }
        for (name, value) in &user {
            if object.body.get(name) != Some(value) {
                params.set(name, value.clone());
            }
        }
        Ok(())
    }
}

fn apply(user: &mut Body, operation: &Value) -> Outcome {
    let text = |name: &str| {
        operation
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let value = operation.get("value").cloned().unwrap_or_default();
    let op = text("op").unwrap_or_default().to_ascii_lowercase();
    match (op.as_str(), text("path"), value) {
        ("add" | "replace", None, Value::Object(members)) => {
            for (name, value) in members {
                // `name.givenName` may stand in a name too.
                put(user, &name, value)?;
            }
            Ok(())
        }
        ("add", Some(path), Value::Array(items)) if user.get(path).is_some_and(Value::is_array) => {
            if let Some(there) = user.get_mut(path).and_then(Value::as_array_mut) {
                there.extend(items);
            }
            Ok(())
        }
        ("add" | "replace", Some(path), value) => put(user, path, value),
        ("remove", Some(path), _) => put(user, path, Value::Null),
        _ => Err(ApiError::invalid_parameter(
            "Operations",
            format_args!("'{op}' cannot be done"),
        )),
    }
}

/// Sets what the path names: an attribute, or one inside of it.
fn put(user: &mut Body, path: &str, value: Value) -> Outcome {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let Some(slot) = user.get_mut(first) else {
        return Err(ApiError::invalid_parameter(
            "Operations",
            format_args!("a user has no '{path}'"),
        ));
    };
    match rest {
        None => *slot = value,
        Some(inner) => {
            if !slot.is_object() {
                *slot = Value::Object(Body::new());
            }
            if let Some(members) = slot.as_object_mut() {
                members.insert(inner.to_owned(), value);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn operations_are_applied_in_order() {
        let mut user = json!({"displayName": "a", "name": {"givenName": "Ada"}, "active": true, "emails": []});
        let user = user.as_object_mut().expect("an object");
        for operation in [
            json!({"op": "Replace", "value": {"active": false, "name.familyName": "Lovelace"}}),
            json!({"op": "replace", "path": "displayName", "value": "b"}),
            json!({"op": "add", "path": "emails", "value": [{"value": "ada@example.com"}]}),
            json!({"op": "remove", "path": "name.givenName"}),
        ] {
            apply(user, &operation).expect("it can be done");
        }
        assert_eq!(
            Value::Object(user.clone()),
            json!({
                "displayName": "b",
                "name": {"givenName": null, "familyName": "Lovelace"},
                "active": false,
                "emails": [{"value": "ada@example.com"}],
            })
        );
        assert!(apply(user, &json!({"op": "copy", "path": "displayName"})).is_err());
        assert!(apply(user, &json!({"op": "replace", "path": "colour", "value": 1})).is_err());
    }
}
