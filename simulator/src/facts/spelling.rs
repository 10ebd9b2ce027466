//! Values that a response writes otherwise than the contract says, or than other products do.

use serde_json::Value;

use super::{At, is_at};
use crate::contract::Resource;
use crate::store::{Body, Object};

/// Flags that read as `True` and `False`, texts with a capital letter: the contract's own examples show them so, and the acceptance
/// tests of <https://github.com/RJPearson94/terraform-provider-twilio> (conversations, PushCredentials) read them so.
const CAPITAL_FLAGS: &[(At, &str)] = &[
    (("chat.twilio.com", "/v1/Credentials"), "sandbox"),
    (("chat.twilio.com", "/v2/Credentials"), "sandbox"),
    (("conversations.twilio.com", "/v1/Credentials"), "sandbox"),
    (("ip-messaging.twilio.com", "/v1/Credentials"), "sandbox"),
    (("ip-messaging.twilio.com", "/v2/Credentials"), "sandbox"),
    (("notify.twilio.com", "/v1/Credentials"), "sandbox"),
];

/// HTTP methods that read in capitals however they were written: the contract's answer lists them so, and its parameter is any text.
const METHODS: &[(At, &str)] = &[
    // The contract's answer.
    (("conversations.twilio.com", "/v1/Configuration/Webhooks"), "method"),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Configuration/Webhooks",
        ),
        "method",
    ),
];

/// Fields that are written as JSON texts and read as what they say: the contract's own examples show objects there, and its types leave
/// them open.
const JSON_TEXTS: &[(At, &[&str])] = &[
    // The contract's example.
    (
        (
            "flex-api.twilio.com",
            "/v1/Insights/QualityManagement/Assessments/Comments",
        ),
        &["comment"],
    ),
    // The contract's example.
    (
        ("marketplace.twilio.com", "/v1/Listing"),
        &[
            "module_info",
            "description",
            "documentation",
            "policies",
            "support",
            "configuration",
            "pricing",
        ],
    ),
    // The contract's example.
    (
        ("marketplace.twilio.com", "/v1/Listings"),
        &["module_info", "configuration"],
    ),
];

/// Spells the fields of a response as its product does.
pub(crate) fn of_answer(resource: &Resource, body: &mut Body) {
    let lines = JSON_TEXTS.iter().filter(|(at, _)| is_at(*at, resource));
    for field in lines.flat_map(|(_, fields)| *fields) {
        let Some(Value::String(text)) = body.get(*field) else {
            continue;
        };
        if let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text) {
            body.insert((*field).to_owned(), value);
        }
    }
}

/// Spells the fields of an object as its product does.
pub(crate) fn of_object(resource: &Resource, object: &mut Object) {
    for (_, field) in CAPITAL_FLAGS.iter().filter(|(at, _)| is_at(*at, resource)) {
        let flag = match object.body.get(*field) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => true,
            Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => false,
            _ => continue,
        };
        object.set(field, if flag { "True" } else { "False" });
    }
    for (_, field) in METHODS.iter().filter(|(at, _)| is_at(*at, resource)) {
        if let Some(method) = object.text(field).map(str::to_ascii_uppercase) {
            object.set(field, method);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_published_field() {
        for (at, field) in CAPITAL_FLAGS.iter().chain(METHODS) {
            let mut fields = assert_published(*at).object_fields().iter();
            assert!(fields.any(|known| known.name == *field), "{at:?} {field}");
        }
        for (at, fields) in JSON_TEXTS {
            let resource = assert_published(*at);
            let known: Vec<&str> = resource
                .operations()
                .flat_map(|operation| resource.spec.answer_fields(operation))
                .map(|field| field.name.as_str())
                .collect();
            for field in *fields {
                assert!(known.contains(field), "{at:?} {field}");
            }
        }
    }
}
