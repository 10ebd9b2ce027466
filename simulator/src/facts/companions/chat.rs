//! What comes with a service of chat or conversations: roles, three of which are its defaults.
//!
//! <https://www.twilio.com/docs/chat/rest/role-resource>, <https://www.twilio.com/docs/conversations/api/service-configuration-resource>.
//! That they are there from the start was seen by the acceptance tests of
//! <https://github.com/RJPearson94/terraform-provider-twilio> (chat, conversations); their names and permissions are an open
//! question.

use super::{Companion, Text};
use crate::facts::At;

const CHAT_V1: At = ("chat.twilio.com", "/v1/Services");
const CHAT: At = ("chat.twilio.com", "/v2/Services");
const IP_MESSAGING_V1: At = ("ip-messaging.twilio.com", "/v1/Services");
const IP_MESSAGING: At = ("ip-messaging.twilio.com", "/v2/Services");

type Fields = &'static [(&'static str, Text)];

/// A role that the service itself shows as one of its defaults.
const fn role(with: At, fields: Fields, shown: &'static [(&'static str, &'static str)]) -> Companion {
    Companion {
        with,
        when: None,
        collection: "Roles",
        fields,
        shown,
        setting: None,
    }
}

/// A role that the settings of the service show as one of its defaults.
const fn configured(fields: Fields, field: &'static str) -> Companion {
    Companion {
        with: ("conversations.twilio.com", "/v1/Services"),
        when: None,
        collection: "Roles",
        fields,
        shown: &[],
        setting: Some(("Configuration", field)),
    }
}

const SERVICE_ROLE: &[(&str, &str)] = &[("default_service_role_sid", "sid")];
const CREATOR_ROLE: &[(&str, &str)] = &[("default_channel_creator_role_sid", "sid")];
const CHANNEL_ROLE: &[(&str, &str)] = &[("default_channel_role_sid", "sid")];

const SERVICE_USER: Fields = &[
    ("friendly_name", Text::Is("service user")),
    ("type", Text::Is("deployment")),
    (
        "permissions",
        Text::Texts(&["createChannel", "joinChannel", "editOwnUserInfo"]),
    ),
];
const CHANNEL_ADMIN: Fields = &[
    ("friendly_name", Text::Is("channel admin")),
    ("type", Text::Is("channel")),
    (
        "permissions",
        Text::Texts(&[
            "addMember",
            "removeMember",
            "editChannelName",
            "sendMessage",
            "leaveChannel",
        ]),
    ),
];
const CHANNEL_USER: Fields = &[
    ("friendly_name", Text::Is("channel user")),
    ("type", Text::Is("channel")),
    (
        "permissions",
        Text::Texts(&["sendMessage", "leaveChannel", "editOwnMessage", "deleteOwnMessage"]),
    ),
];

/// Each line: <https://www.twilio.com/docs/chat/rest/role-resource>, <https://www.twilio.com/docs/conversations/api/service-configuration-resource>,
/// <https://github.com/RJPearson94/terraform-provider-twilio>; the names and permissions are an open question.
pub(super) const COMPANIONS: &[Companion] = &[
    role(CHAT_V1, SERVICE_USER, SERVICE_ROLE),
    role(CHAT_V1, CHANNEL_ADMIN, CREATOR_ROLE),
    role(CHAT_V1, CHANNEL_USER, CHANNEL_ROLE),
    role(CHAT, SERVICE_USER, SERVICE_ROLE),
    role(CHAT, CHANNEL_ADMIN, CREATOR_ROLE),
    role(CHAT, CHANNEL_USER, CHANNEL_ROLE),
    role(IP_MESSAGING_V1, SERVICE_USER, SERVICE_ROLE),
    role(IP_MESSAGING_V1, CHANNEL_ADMIN, CREATOR_ROLE),
    role(IP_MESSAGING_V1, CHANNEL_USER, CHANNEL_ROLE),
    role(IP_MESSAGING, SERVICE_USER, SERVICE_ROLE),
    role(IP_MESSAGING, CHANNEL_ADMIN, CREATOR_ROLE),
    role(IP_MESSAGING, CHANNEL_USER, CHANNEL_ROLE),
    configured(
        &[
            ("friendly_name", Text::Is("service user")),
            ("type", Text::Is("service")),
            (
                "permissions",
                Text::Texts(&["createConversation", "joinConversation", "editOwnUserInfo"]),
            ),
        ],
        "default_chat_service_role_sid",
    ),
    configured(
        &[
            ("friendly_name", Text::Is("channel admin")),
            ("type", Text::Is("conversation")),
            (
                "permissions",
                Text::Texts(&[
                    "addParticipant",
                    "removeParticipant",
                    "editConversationName",
                    "sendMessage",
                    "leaveConversation",
                ]),
            ),
        ],
        "default_conversation_creator_role_sid",
    ),
    configured(
        &[
            ("friendly_name", Text::Is("channel user")),
            ("type", Text::Is("conversation")),
            (
                "permissions",
                Text::Texts(&["sendMessage", "leaveConversation", "editOwnMessage", "deleteOwnMessage"]),
            ),
        ],
        "default_conversation_role_sid",
    ),
];
