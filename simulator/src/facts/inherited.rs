//! What a new object takes over from what stands above it, or from its account's settings, where the create does not say.

use super::{At, beside, is_at};
use crate::contract::Resource;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// One value that is taken over.
struct Inherited {
    /// Collection of the new object.
    at: At,
    /// Parameter that says otherwise.
    parameter: &'static str,
    /// Field of the new object.
    field: &'static str,
    /// Path at the same host, of an object above it or of settings.
    of: &'static str,
    /// Field there.
    from: &'static str,
}

const fn line(
    at: At,
    (parameter, field): (&'static str, &'static str),
    of: &'static str,
    from: &'static str,
) -> Inherited {
    Inherited {
        at,
        parameter,
        field,
        of,
        from,
    }
}

const ROLE: (&str, &str) = ("RoleSid", "role_sid");
const MESSAGING: (&str, &str) = ("MessagingServiceSid", "messaging_service_sid");
const CONFIGURATION: &str = "/v1/Configuration";
const SERVICE_CONFIGURATION: &str = "/v1/Services/{ChatServiceSid}/Configuration";

/// Host and path of conversations.
const fn conversations(path: &'static str) -> At {
    ("conversations.twilio.com", path)
}

const INHERITED: &[Inherited] = &[
    // https://www.twilio.com/docs/chat/rest/member-resource, https://www.twilio.com/docs/chat/rest/user-resource,
    // https://www.twilio.com/docs/chat/rest/invite-resource: the default roles are those of the service.
    line(
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        ROLE,
        "/v2/Services/{ServiceSid}",
        "default_channel_role_sid",
    ),
    // https://www.twilio.com/docs/chat/rest/invite-resource
    line(
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Invites",
        ),
        ROLE,
        "/v2/Services/{ServiceSid}",
        "default_channel_role_sid",
    ),
    line(
        ("chat.twilio.com", "/v2/Services/{ServiceSid}/Users"),
        ROLE,
        "/v2/Services/{ServiceSid}",
        "default_service_role_sid",
    ),
    // https://www.twilio.com/docs/chat/rest/member-resource
    line(
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        ROLE,
        "/v2/Services/{ServiceSid}",
        "default_channel_role_sid",
    ),
    // https://www.twilio.com/docs/chat/rest/invite-resource
    line(
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Invites",
        ),
        ROLE,
        "/v2/Services/{ServiceSid}",
        "default_channel_role_sid",
    ),
    // https://www.twilio.com/docs/chat/rest/user-resource
    line(
        ("ip-messaging.twilio.com", "/v2/Services/{ServiceSid}/Users"),
        ROLE,
        "/v2/Services/{ServiceSid}",
        "default_service_role_sid",
    ),
    // https://www.twilio.com/docs/conversations/api/configuration-resource: what is used when a conversation is created.
    line(
        conversations("/v1/Services/{ChatServiceSid}/Conversations"),
        MESSAGING,
        CONFIGURATION,
        "default_messaging_service_sid",
    ),
    line(
        conversations("/v1/Services/{ChatServiceSid}/ConversationWithParticipants"),
        MESSAGING,
        CONFIGURATION,
        "default_messaging_service_sid",
    ),
    // https://www.twilio.com/docs/conversations/api/service-configuration-resource: the roles of users and participants.
    line(
        conversations("/v1/Services/{ChatServiceSid}/Users"),
        ROLE,
        SERVICE_CONFIGURATION,
        "default_chat_service_role_sid",
    ),
    line(
        conversations("/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants"),
        ROLE,
        SERVICE_CONFIGURATION,
        "default_conversation_role_sid",
    ),
    // https://www.twilio.com/docs/proxy/api/service: the time to live that its sessions have unless they say otherwise.
    line(
        ("proxy.twilio.com", "/v1/Services/{ServiceSid}/Sessions"),
        ("Ttl", "ttl"),
        "/v1/Services/{ServiceSid}",
        "default_ttl",
    ),
    // https://www.twilio.com/docs/verify/api/factor, https://www.twilio.com/docs/verify/api/challenge: of which entity they are.
    line(
        (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Factors",
        ),
        ("EntitySid", "entity_sid"),
        "/v2/Services/{ServiceSid}/Entities/{Identity}",
        "sid",
    ),
    line(
        (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        ),
        ("EntitySid", "entity_sid"),
        "/v2/Services/{ServiceSid}/Entities/{Identity}",
        "sid",
    ),
    // https://www.twilio.com/docs/taskrouter/api/worker: without an activity it is the default one of the workspace.
    line(
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Workers"),
        ("ActivitySid", "activity_sid"),
        "/v1/Workspaces/{WorkspaceSid}",
        "default_activity_sid",
    ),
];

/// Gives a new object what it takes over.
pub(crate) fn take_over(state: &State, resource: &Resource, params: &Params, object: &mut Object) {
    for inherited in INHERITED.iter().filter(|inherited| is_at(inherited.at, resource)) {
        let sent = params.value(inherited.parameter);
        if sent.is_some_and(|sent| sent.as_str() != Some("")) {
            continue;
        }
        let path = beside(inherited.of, &object.account, &object.path);
        let above = state.store.find(&object.host, &object.account, &path);
        if let Some(value) = above.and_then(|above| above.body.get(inherited.from)) {
            object.set(inherited.field, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::facts::assert_published;

    #[test]
    fn each_value_and_its_source_are_published() {
        for inherited in INHERITED {
            let resource = assert_published(inherited.at);
            let has = |resource: &Resource, name: &str| resource.object_fields().iter().any(|field| field.name == name);
            assert!(has(resource, inherited.field), "{:?} {}", inherited.at, inherited.field);
            let of = inherited.of.strip_suffix("/{ServiceSid}").unwrap_or(inherited.of);
            let of = of.strip_suffix("/{WorkspaceSid}").unwrap_or(of);
            let of = of.strip_suffix("/{Identity}").unwrap_or(of);
            let above = Contract::published().resource(&resource.host, of);
            let above = above.unwrap_or_else(|| panic!("{}", inherited.of));
            assert!(has(above, inherited.from), "{} {}", inherited.of, inherited.from);
        }
    }
}
