//! What an empty text, and what is left out, does to what was written.
//!
//! An empty text takes a value away: what was never set reads the same, or the documented default comes back
//! ([`crate::facts::defaults`]). What is left out of an update stays. The exceptions stand here, under who saw or says so.

use super::{At, is_at};
use crate::contract::Resource;

/// Parameters that an empty text leaves as they are: host, collection, parameters.
///
/// What each line is from: the name of a conversation was seen to stay, as the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio>
/// send an empty text, and switched that step off. The others are SIDs that Twilio fills in by itself, which the pages of that
/// provider tell to be kept. Whether an empty text is ignored there or refused nobody knows: a question in OPEN-QUESTIONS.md.
const KEPT: &[(At, &[&str])] = &[
    (
        ("chat.twilio.com", "/v2/Services"),
        &[
            "DefaultServiceRoleSid",
            "DefaultChannelRoleSid",
            "DefaultChannelCreatorRoleSid",
        ],
    ),
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        &["RoleSid"],
    ),
    (("chat.twilio.com", "/v2/Services/{ServiceSid}/Users"), &["RoleSid"]),
    (
        ("ip-messaging.twilio.com", "/v2/Services"),
        &[
            "DefaultServiceRoleSid",
            "DefaultChannelRoleSid",
            "DefaultChannelCreatorRoleSid",
        ],
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        &["RoleSid"],
    ),
    (
        ("ip-messaging.twilio.com", "/v2/Services/{ServiceSid}/Users"),
        &["RoleSid"],
    ),
    (
        ("conversations.twilio.com", "/v1/Configuration"),
        &["DefaultChatServiceSid", "DefaultMessagingServiceSid"],
    ),
    (
        ("conversations.twilio.com", "/v1/Conversations"),
        &["FriendlyName", "MessagingServiceSid"],
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Conversations/{ConversationSid}/Participants",
        ),
        &["RoleSid"],
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations",
        ),
        &["FriendlyName", "MessagingServiceSid"],
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants",
        ),
        &["RoleSid"],
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Configuration",
        ),
        &[
            "DefaultConversationCreatorRoleSid",
            "DefaultConversationRoleSid",
            "DefaultChatServiceRoleSid",
        ],
    ),
    (
        ("conversations.twilio.com", "/v1/Services/{ChatServiceSid}/Users"),
        &["RoleSid"],
    ),
    (("conversations.twilio.com", "/v1/Users"), &["RoleSid"]),
    (
        ("taskrouter.twilio.com", "/v1/Workspaces"),
        &["DefaultActivitySid", "TimeoutActivitySid"],
    ),
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Workers"),
        &["ActivitySid"],
    ),
];

/// Collections whose update by POST replaces: what it leaves out is as in a fresh object.
const REPLACED_BY_POST: &[At] = &[
    // "This API does not support partial updates": https://github.com/RJPearson94/twilio-sdk-go (video/v1/composition_hook); the
    // same author's acceptance tests saw it of the sources.
    ("video.twilio.com", "/v1/CompositionHooks"),
];

/// Whether an empty text leaves the value of a parameter as it is.
pub(crate) fn keeps(resource: &Resource, parameter: &str) -> bool {
    KEPT.iter()
        .any(|(at, parameters)| parameters.contains(&parameter) && is_at(*at, resource))
}

/// Whether an update takes away what it does not send.
pub(crate) fn replaces(resource: &Resource, method: &str) -> bool {
    method == "PUT" || (method == "POST" && REPLACED_BY_POST.iter().any(|at| is_at(*at, resource)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::OperationKind;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_parameter_of_an_update() {
        for (at, parameters) in KEPT {
            let update = assert_published(*at)
                .operation(OperationKind::Update)
                .expect("an update");
            for parameter in *parameters {
                assert!(
                    update.params.iter().any(|known| known.name == *parameter),
                    "{at:?} {parameter}"
                );
            }
        }
        for at in REPLACED_BY_POST {
            let update = assert_published(*at)
                .operation(OperationKind::Update)
                .expect("an update");
            assert_eq!(update.method, "POST", "{at:?}");
        }
    }
}
