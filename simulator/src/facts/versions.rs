//! Versions of objects: the `ETag` of a response, and `If-Match` of a request that shall change only what was read.
//!
//! Which operations take `If-Match` is in the contract. <https://www.twilio.com/docs/usage/mutation-and-conflict-resolution>,
//! <https://www.twilio.com/docs/taskrouter/api/task>: an object shows its version in the header of each answer about it; a write that
//! names another one is answered with 412, one that names none is not checked. In Sync the version is the revision
//! (<https://www.twilio.com/docs/sync/mutation-and-conflict-resolution>).

use serde_json::Value;

use super::{At, Refusal, is_at};
use crate::contract::{Location, Operation, Resource};
use crate::error::ApiError;
use crate::generic::serve::fingerprint;
use crate::store::Object;

const IF_MATCH: &str = "If-Match";

/// What a product says of a version that is not the object's.
const MISMATCHES: &[(At, Refusal)] = &[
    // https://www.twilio.com/docs/api/errors/420019
    (
        ("knowledge.twilio.com", "/v2/ControlPlane/KnowledgeBases"),
        Refusal::new(412, 420019, "Knowledge base resource version conflict"),
    ),
    // https://www.twilio.com/docs/api/errors/520043 names the four.
    (("memory.twilio.com", "/v1/ControlPlane/Stores"), MEMORY),
    (
        ("memory.twilio.com", "/v1/ControlPlane/Stores/{storeId}/DataMappings"),
        MEMORY,
    ),
    (
        (
            "memory.twilio.com",
            "/v1/ControlPlane/Stores/{storeId}/IdentityResolutionSettings",
        ),
        MEMORY,
    ),
    (
        ("memory.twilio.com", "/v1/ControlPlane/Stores/{storeId}/TraitGroups"),
        MEMORY,
    ),
    // https://www.twilio.com/docs/api/errors/54103
    (
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Documents"),
        Refusal::new(412, 54103, "Document revision mismatch"),
    ),
    // https://www.twilio.com/docs/api/errors/54155
    (
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items"),
        Refusal::new(412, 54155, "List Item revision mismatch"),
    ),
    // https://www.twilio.com/docs/api/errors/54205
    (
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items"),
        Refusal::new(412, 54205, "Map Item revision mismatch"),
    ),
];

const MEMORY: Refusal = Refusal::new(412, 520043, "Resource version conflict");
/// <https://www.twilio.com/docs/api/errors>: 20412.
const MISMATCH: Refusal = Refusal::new(412, 20412, "Precondition Failed");
/// <https://www.twilio.com/docs/api/errors/54003>: no revision of Sync; the page names no status.
const NO_REVISION: Refusal = Refusal::new(400, 54003, "Invalid If-Match header");

fn takes_if_match(operation: &Operation) -> bool {
    operation
        .params_in(Location::Header)
        .any(|param| param.name.eq_ignore_ascii_case(IF_MATCH))
}

fn has_versions(resource: &Resource) -> bool {
    resource.operations().any(takes_if_match)
}

/// The version of an object: its revision or its number where it shows one, else what changes with each change of it.
fn version(object: &Object) -> String {
    if let Some(revision) = object.text("revision") {
        return revision.to_owned();
    }
    if let Some(number) = object.body.get("version").and_then(Value::as_i64) {
        return number.to_string();
    }
    let body = object.body.peek(|body| Value::Object(body.clone()).to_string());
    let moment = u64::try_from(object.updated_ms).unwrap_or_default();
    format!("{:016x}", fingerprint(moment, &object.path, &body))
}

/// The `ETag` of a response about an object; `None` where a product has none.
pub(crate) fn tag(resource: &Resource, object: &Object) -> Option<String> {
    has_versions(resource).then(|| format!("\"{}\"", version(object)))
}

/// Counts a change, where an object shows its version as a number.
pub(crate) fn count(resource: &Resource, object: &mut Object) {
    let number = object.body.get("version").and_then(Value::as_i64);
    if let Some(number) = number.filter(|_| has_versions(resource)) {
        object.set("version", number + 1);
    }
}

/// Refuses a write that is about another version than the object has.
///
/// # Errors
/// 412 with the product's code; 400/54003 for what is no revision of Sync.
pub(crate) fn refuse(
    resource: &Resource,
    operation: &Operation,
    if_match: Option<&str>,
    object: &Object,
) -> Result<(), ApiError> {
    let Some(wanted) = if_match.filter(|_| takes_if_match(operation)) else {
        return Ok(());
    };
    let unquoted = |one: &str| {
        let one = one.trim();
        one.strip_prefix("W/").unwrap_or(one).trim_matches('"').to_owned()
    };
    let wanted: Vec<String> = wanted.split(',').map(unquoted).collect();
    let is_revision = |one: &String| one == "*" || (!one.is_empty() && one.bytes().all(|byte| byte.is_ascii_digit()));
    if resource.host == "sync.twilio.com" && !wanted.iter().all(is_revision) {
        return Err(NO_REVISION.error());
    }
    let version = version(object);
    if wanted.iter().any(|one| one == "*" || *one == version) {
        return Ok(());
    }
    let line = MISMATCHES.iter().find(|(at, _)| is_at(*at, resource));
    Err(line.map_or(MISMATCH, |(_, refusal)| *refusal).error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_something_with_versions() {
        for (at, _) in MISMATCHES {
            assert!(has_versions(assert_published(*at)), "{at:?}");
        }
    }
}
