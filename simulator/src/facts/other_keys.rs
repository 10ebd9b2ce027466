//! Fields whose text may stand in a path where the contract's pattern takes nothing but a SID.

use super::{At, is_at, is_place};
use crate::contract::{Resource, Route};

/// Collection and field.
const OTHER_KEYS: &[(At, &str)] = &[
    // The contract's text on the parameter: either the SID or the address.
    (("conversations.twilio.com", "/v1/Configuration/Addresses"), "address"),
    // https://github.com/TwilioDevEd/api-snippets, rest/taskrouter/worker-channels: the name of the task channel.
    (
        (
            "taskrouter.twilio.com",
            "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels",
        ),
        "task_channel_unique_name",
    ),
    // The contract's text on the parameter: the SID or the unique name of the channel.
    (("chat.twilio.com", "/v1/Services/{ServiceSid}/Channels"), "unique_name"),
    // The same product at its old host.
    (
        ("ip-messaging.twilio.com", "/v1/Services/{ServiceSid}/Channels"),
        "unique_name",
    ),
];

/// The field by which objects of a resource are found too.
pub(crate) fn field(resource: &Resource) -> Option<&'static str> {
    let mut lines = OTHER_KEYS.iter();
    lines.find(|(at, _)| is_at(*at, resource)).map(|(_, field)| *field)
}

/// Whether a path parameter of a route takes more than SIDs.
pub(crate) fn takes_names(route: &Route, parameter: &str) -> bool {
    let template = route.operation.template();
    let collection = template.split_once(&format!("/{{{parameter}}}"));
    collection.is_some_and(|(collection, _)| {
        let mut lines = OTHER_KEYS.iter();
        lines.any(|(at, _)| is_place(*at, &route.host, collection))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_field_is_published_and_its_key_is_a_sid() {
        for (at, field) in OTHER_KEYS {
            let resource = assert_published(*at);
            let mut fields = resource.object_fields().iter();
            assert!(fields.any(|known| known.name == *field), "{at:?} {field}");
        }
    }
}
