//! Chat, conversations and what is built on them: Proxy, Notify.

use serde_json::{Value, json};

use super::{Default, Lines};

/// The lines.
pub(super) const DEFAULTS: Lines = &[
    (("chat.twilio.com", "/v2/Services"), CHAT_SERVICE),
    (("chat.twilio.com", "/v2/Services/{ServiceSid}/Channels"), CHANNEL),
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Invites",
        ),
        INVITE,
    ),
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        ATTRIBUTES,
    ),
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        CHAT_MESSAGE,
    ),
    (("chat.twilio.com", "/v2/Services/{ServiceSid}/Users"), ATTRIBUTES),
    (
        ("conversations.twilio.com", "/v1/Configuration/Webhooks"),
        CONVERSATIONS_WEBHOOKS,
    ),
    (
        ("conversations.twilio.com", "/v1/ConversationWithParticipants"),
        CONVERSATION,
    ),
    (("conversations.twilio.com", "/v1/Conversations"), CONVERSATION),
    (
        (
            "conversations.twilio.com",
            "/v1/Conversations/{ConversationSid}/Messages",
        ),
        MESSAGE,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Conversations/{ConversationSid}/Participants",
        ),
        ATTRIBUTES,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Configuration/Notifications",
        ),
        SERVICE_NOTIFICATIONS,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Configuration/Webhooks",
        ),
        SERVICE_WEBHOOKS,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/ConversationWithParticipants",
        ),
        CONVERSATION,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations",
        ),
        CONVERSATION,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        ),
        MESSAGE,
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants",
        ),
        ATTRIBUTES,
    ),
    (
        ("conversations.twilio.com", "/v1/Services/{ChatServiceSid}/Users"),
        ATTRIBUTES,
    ),
    (("conversations.twilio.com", "/v1/Users"), ATTRIBUTES),
    (("ip-messaging.twilio.com", "/v2/Services"), CHAT_SERVICE),
    (
        ("ip-messaging.twilio.com", "/v2/Services/{ServiceSid}/Channels"),
        CHANNEL,
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Invites",
        ),
        INVITE,
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        ATTRIBUTES,
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        CHAT_MESSAGE,
    ),
    (
        ("ip-messaging.twilio.com", "/v2/Services/{ServiceSid}/Users"),
        ATTRIBUTES,
    ),
    (("notify.twilio.com", "/v1/Services"), NOTIFY_SERVICE),
    (("proxy.twilio.com", "/v1/Services"), PROXY_SERVICE),
    (
        ("proxy.twilio.com", "/v1/Services/{ServiceSid}/Sessions"),
        PROXY_SESSION,
    ),
];

/// Attributes are JSON in a text; without any it is an empty object.
/// <https://www.twilio.com/docs/conversations/api/conversation-resource>, <https://www.twilio.com/docs/chat/rest/user-resource>
const ATTRIBUTES: &[Default] = &[("attributes", || Value::from("{}"))];

/// <https://www.twilio.com/docs/chat/rest/service-resource>
///
/// The limits are those that its sample shows and the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio>
/// (chat) saw; the text beside the sample has them the other way round.
const CHAT_SERVICE: &[Default] = &[
    ("webhook_method", || Value::from("POST")),
    ("limits", || json!({"channel_members": 100, "user_channels": 250})),
    ("read_status_enabled", || Value::from(true)),
    ("reachability_enabled", || Value::from(false)),
    ("typing_indicator_timeout", || Value::from(5)),
];

/// <https://www.twilio.com/docs/chat/rest/channel-resource>
const CHANNEL: &[Default] = &[
    ("attributes", || Value::from("{}")),
    ("created_by", || Value::from("system")),
    ("type", || Value::from("public")),
];

/// <https://www.twilio.com/docs/chat/rest/invite-resource>: made by nobody in the chat, as a channel is.
const INVITE: &[Default] = &[("created_by", || Value::from("system"))];

/// <https://www.twilio.com/docs/chat/rest/message-resource>
const CHAT_MESSAGE: &[Default] = &[("attributes", || Value::from("{}")), ("from", || Value::from("system"))];

/// <https://www.twilio.com/docs/conversations/api/webhook-configuration-resource>
const CONVERSATIONS_WEBHOOKS: &[Default] = &[
    ("method", || Value::from("POST")),
    ("target", || Value::from("webhook")),
];

/// <https://www.twilio.com/docs/conversations/api/conversation-resource>
const CONVERSATION: &[Default] = &[
    ("attributes", || Value::from("{}")),
    ("state", || Value::from("active")),
];

/// <https://www.twilio.com/docs/conversations/api/conversation-message-resource>
const MESSAGE: &[Default] = &[
    ("attributes", || Value::from("{}")),
    ("author", || Value::from("system")),
];

/// <https://www.twilio.com/docs/conversations/api/service-notification-resource>: nothing is sent until it is turned on.
const SERVICE_NOTIFICATIONS: &[Default] = &[
    ("log_enabled", || Value::from(false)),
    (
        "new_message",
        || json!({"enabled": false, "badge_count_enabled": false}),
    ),
    ("added_to_conversation", || json!({"enabled": false})),
    ("removed_from_conversation", || json!({"enabled": false})),
];

/// <https://www.twilio.com/docs/conversations/api/service-webhook-configuration-resource>
const SERVICE_WEBHOOKS: &[Default] = &[("method", || Value::from("POST"))];

/// <https://www.twilio.com/docs/notify/api/service-resource>: the version of its samples.
const NOTIFY_SERVICE: &[Default] = &[
    ("log_enabled", || Value::from(true)),
    ("default_apn_notification_protocol_version", || Value::from("3")),
    ("default_fcm_notification_protocol_version", || Value::from("3")),
    ("default_gcm_notification_protocol_version", || Value::from("3")),
];

/// <https://www.twilio.com/docs/proxy/api/service>. URLs that are not set read as empty texts, as the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (proxy) saw.
const PROXY_SERVICE: &[Default] = &[
    ("geo_match_level", || Value::from("country")),
    ("number_selection_behavior", || Value::from("prefer-sticky")),
    ("callback_url", || Value::from("")),
    ("intercept_callback_url", || Value::from("")),
    ("out_of_session_callback_url", || Value::from("")),
];

/// <https://www.twilio.com/docs/proxy/api/session>
const PROXY_SESSION: &[Default] = &[("mode", || Value::from("voice-and-message"))];
