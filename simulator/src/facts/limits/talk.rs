//! Events and keywords of webhooks, and addresses of participants, in chat and conversations.
//!
//! No page on these codes names a status; it is 400 as for all refusals of a parameter.

use super::lines::{INVALID, limit, on};
use super::{Is, Limit, On};
use crate::facts::{At, Refusal};

/// <https://www.twilio.com/docs/conversations/conversations-webhooks>, and the contract's text on `Filters` of
/// <https://www.twilio.com/docs/conversations/api/webhook-configuration-resource>
const EVENTS: &[&str] = &[
    "onConversationAdd",
    "onConversationAdded",
    "onConversationRemove",
    "onConversationRemoved",
    "onConversationStateUpdated",
    "onConversationUpdate",
    "onConversationUpdated",
    "onDeliveryUpdated",
    "onMessageAdd",
    "onMessageAdded",
    "onMessageRemove",
    "onMessageRemoved",
    "onMessageUpdate",
    "onMessageUpdated",
    "onParticipantAdd",
    "onParticipantAdded",
    "onParticipantRemove",
    "onParticipantRemoved",
    "onParticipantUpdate",
    "onParticipantUpdated",
    "onUserAdded",
    "onUserUpdate",
    "onUserUpdated",
];

/// <https://www.twilio.com/docs/chat/webhook-events>
const EVENTS_OF_CHAT: &[&str] = &[
    "onChannelAdd",
    "onChannelAdded",
    "onChannelDestroy",
    "onChannelDestroyed",
    "onChannelUpdate",
    "onChannelUpdated",
    "onMediaMessageSend",
    "onMediaMessageSent",
    "onMemberAdd",
    "onMemberAdded",
    "onMemberRemove",
    "onMemberRemoved",
    "onMemberUpdate",
    "onMemberUpdated",
    "onMessageRemove",
    "onMessageRemoved",
    "onMessageSend",
    "onMessageSent",
    "onMessageUpdate",
    "onMessageUpdated",
    "onUserAdded",
    "onUserUpdate",
    "onUserUpdated",
];

const fn conversations(template: &'static str) -> At {
    ("conversations.twilio.com", template)
}

const HOOKS: At = conversations("/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks");
const CHANNEL_HOOKS: At = (
    "chat.twilio.com",
    "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
);
/// The same product at its old host.
const OLD_CHANNEL_HOOKS: At = (
    "ip-messaging.twilio.com",
    "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
);
const PARTICIPANTS: At = conversations("/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants");

const ADDRESS: &str = "MessagingBinding.Address";
const PROXY: &str = "MessagingBinding.ProxyAddress";

/// <https://www.twilio.com/docs/api/errors/50325>
const CHANNEL_FILTER: Refusal = Refusal::new(400, 50325, "Invalid channel webhook filter");
/// <https://www.twilio.com/docs/api/errors/50322>
const CHANNEL_TRIGGERS: Refusal = Refusal::new(400, 50322, "Too many channel webhook triggers");
/// <https://www.twilio.com/docs/api/errors/50407>
const WRONG_ADDRESS: Refusal = Refusal::new(400, 50407, "Invalid messaging binding address");
/// <https://www.twilio.com/docs/api/errors/50408>
const WRONG_PROXY: Refusal = Refusal::new(400, 50408, "Invalid participant proxy address");

pub(super) const TALK: &[Limit] = &[
    // https://www.twilio.com/docs/api/errors/50365
    limit(
        HOOKS,
        "Configuration.Filters",
        Is::Each(is_event),
        Refusal::new(400, 50365, "Invalid conversation webhook filter"),
    ),
    // https://www.twilio.com/docs/api/errors/50366: empty, or longer than 248 characters.
    limit(
        HOOKS,
        "Configuration.Triggers",
        Is::Texts((0, usize::MAX), (1, 248)),
        Refusal::new(400, 50366, "Invalid conversation webhook trigger"),
    ),
    // The contract's text on the parameter lists them, and names no code.
    limit(
        conversations("/v1/Configuration/Webhooks"),
        "Filters",
        Is::Each(is_event),
        INVALID,
    ),
    limit(
        conversations("/v1/Services/{ChatServiceSid}/Configuration/Webhooks"),
        "Filters",
        Is::Each(is_event),
        INVALID,
    ),
    limit(
        CHANNEL_HOOKS,
        "Configuration.Filters",
        Is::Each(is_event_of_chat),
        CHANNEL_FILTER,
    ),
    limit(
        OLD_CHANNEL_HOOKS,
        "Configuration.Filters",
        Is::Each(is_event_of_chat),
        CHANNEL_FILTER,
    ),
    // The contract's text on the parameter: up to five.
    limit(
        CHANNEL_HOOKS,
        "Configuration.Triggers",
        Is::Texts((0, 5), (0, usize::MAX)),
        CHANNEL_TRIGGERS,
    ),
    limit(
        OLD_CHANNEL_HOOKS,
        "Configuration.Triggers",
        Is::Texts((0, 5), (0, usize::MAX)),
        CHANNEL_TRIGGERS,
    ),
    // https://www.twilio.com/docs/api/errors/50411
    on(
        On::Create,
        limit(
            PARTICIPANTS,
            ADDRESS,
            Is::Characters(1, usize::MAX),
            Refusal::new(400, 50411, "Participant address is empty"),
        ),
    ),
    // https://www.twilio.com/docs/api/errors/50412
    on(
        On::Create,
        limit(
            PARTICIPANTS,
            PROXY,
            Is::Characters(1, usize::MAX),
            Refusal::new(400, 50412, "Participant proxy address is empty"),
        ),
    ),
    // Their pages: at most 256 characters, and the syntax of the channel, E.164 for numbers.
    on(
        On::Create,
        limit(PARTICIPANTS, ADDRESS, Is::Characters(0, 256), WRONG_ADDRESS),
    ),
    on(
        On::Create,
        limit(PARTICIPANTS, ADDRESS, Is::Text(is_address), WRONG_ADDRESS),
    ),
    limit(PARTICIPANTS, PROXY, Is::Characters(0, 256), WRONG_PROXY),
    limit(PARTICIPANTS, PROXY, Is::Text(is_proxy), WRONG_PROXY),
];

fn is_event(text: &str) -> bool {
    EVENTS.contains(&text)
}

fn is_event_of_chat(text: &str) -> bool {
    EVENTS_OF_CHAT.contains(&text)
}

/// A number, or an address of a channel that is named before a colon; of `whatsapp` that is a number too.
fn is_address(text: &str) -> bool {
    match text.split_once(':') {
        Some(("whatsapp", number)) => is_e164(number),
        Some((channel, address)) => !channel.is_empty() && !address.is_empty(),
        None => is_e164(text),
    }
}

/// The same, or a short code; nothing takes it away.
fn is_proxy(text: &str) -> bool {
    let is_short_code = (3..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.is_empty() || is_short_code || is_address(text)
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
