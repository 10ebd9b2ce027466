//! What an object does not show at first, although it has it or will have it.

use serde_json::Value;

use super::{At, is_at};
use crate::contract::Resource;
use crate::store::{Body, Object};

/// Objects that show no date of a change until they are changed. Where no page is named, the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> saw it (serverless, video).
const UNCHANGED: &[At] = &[
    (
        "serverless.twilio.com",
        "/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Deployments",
    ),
    // https://www.twilio.com/docs/studio/rest-api/v2/flow
    ("studio.twilio.com", "/v2/Flows"),
    // https://github.com/RJPearson94/terraform-provider-twilio (video): seen by its tests
    ("video.twilio.com", "/v1/CompositionHooks"),
];

/// Fields that only the response to the create lacks; reads have them. <https://github.com/RJPearson94/terraform-provider-twilio>
/// says so of conversation services.
const NOT_IN_CREATE: &[(At, &str)] = &[(("conversations.twilio.com", "/v1/Services"), "account_sid")];

/// Takes away the dates that a new object does not have yet.
pub(crate) fn undate(resource: &Resource, object: &mut Object) {
    if UNCHANGED.iter().any(|at| is_at(*at, resource)) {
        object.set("date_updated", Value::Null);
    }
}

/// Takes out of the response to a create what it does not show.
pub(crate) fn shorten(resource: &Resource, body: &mut Body) {
    for (_, field) in NOT_IN_CREATE.iter().filter(|(at, _)| is_at(*at, resource)) {
        body.insert((*field).to_owned(), Value::Null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_field_is_published() {
        let lines = UNCHANGED.iter().map(|at| (*at, "date_updated"));
        for (at, name) in lines.chain(NOT_IN_CREATE.iter().copied()) {
            let mut fields = assert_published(at).object_fields().iter();
            assert!(fields.any(|field| field.name == name), "{at:?} {name}");
        }
    }
}
