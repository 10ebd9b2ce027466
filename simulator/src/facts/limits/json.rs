//! Texts that are JSON, of which the contract knows no more than that they are texts: its own words on the parameter say so.
//!
//! Where no page names a code it is 400/20001, as of any parameter that is invalid.

use super::lines::{INVALID, NO_JSON, limit, on};
use super::{Is, Limit, On};
use crate::facts::{At, Refusal};

const fn json(host: &'static str, template: &'static str, parameter: &'static str, refusal: Refusal) -> Limit {
    limit((host, template), parameter, Is::Text(is_json), refusal)
}

/// <https://www.twilio.com/docs/api/errors/50304>
const fn attributes(host: &'static str, template: &'static str) -> Limit {
    json(host, template, "Attributes", NO_JSON)
}

const CHAT: &str = "chat.twilio.com";
/// The same product at its old host.
const IP_MESSAGING: &str = "ip-messaging.twilio.com";
const VERIFICATIONS: At = ("verify.twilio.com", "/v2/Services/{ServiceSid}/Verifications");
const MARKETPLACE: &str = "marketplace.twilio.com";

/// Each line: the contract's text on the parameter.
pub(super) const JSON: &[Limit] = &[
    attributes(CHAT, "/v1/Services/{ServiceSid}/Channels"),
    attributes(CHAT, "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Messages"),
    attributes(CHAT, "/v1/Services/{ServiceSid}/Users"),
    attributes(IP_MESSAGING, "/v1/Services/{ServiceSid}/Channels"),
    attributes(IP_MESSAGING, "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Messages"),
    attributes(IP_MESSAGING, "/v1/Services/{ServiceSid}/Users"),
    attributes(IP_MESSAGING, "/v2/Services/{ServiceSid}/Channels"),
    attributes(IP_MESSAGING, "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members"),
    attributes(IP_MESSAGING, "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages"),
    attributes(IP_MESSAGING, "/v2/Services/{ServiceSid}/Users"),
    on(
        On::Create,
        json(
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
            "ContentVariables",
            INVALID,
        ),
    ),
    json(
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/UserDefinedMessages",
        "Content",
        INVALID,
    ),
    json(MARKETPLACE, "/v1/Listings", "ModuleInfo", INVALID),
    json(MARKETPLACE, "/v1/Listings", "Configuration", INVALID),
    json(MARKETPLACE, "/v1/Listing", "ModuleInfo", INVALID),
    json(MARKETPLACE, "/v1/Listing", "Description", INVALID),
    json(MARKETPLACE, "/v1/Listing", "Documentation", INVALID),
    json(MARKETPLACE, "/v1/Listing", "Policies", INVALID),
    json(MARKETPLACE, "/v1/Listing", "Support", INVALID),
    json(MARKETPLACE, "/v1/Listing", "Configuration", INVALID),
    json(MARKETPLACE, "/v1/Listing", "Pricing", INVALID),
    json("media.twilio.com", "/v1/MediaProcessors", "ExtensionContext", INVALID),
    limit(
        ("notify.twilio.com", "/v1/Services/{ServiceSid}/Notifications"),
        "ToBinding",
        Is::Each(is_json),
        INVALID,
    ),
    limit(
        VERIFICATIONS,
        "TemplateCustomSubstitutions",
        Is::Text(is_object),
        INVALID,
    ),
    limit(VERIFICATIONS, "Templates", Is::Text(is_array), INVALID),
    limit(VERIFICATIONS, "Tags", Is::Text(is_object), INVALID),
];

/// Nothing, or valid JSON.
pub(super) fn is_json(text: &str) -> bool {
    text.is_empty() || serde_json::from_str::<serde_json::Value>(text).is_ok()
}

fn is_object(text: &str) -> bool {
    text.is_empty() || serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).is_ok()
}

fn is_array(text: &str) -> bool {
    text.is_empty() || serde_json::from_str::<Vec<serde_json::Value>>(text).is_ok()
}
