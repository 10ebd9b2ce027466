//! Values that Twilio gives when a create does not say, where the contract does not publish them but the documentation does.

use serde_json::{Value, json};

use super::{At, is_at};
use crate::contract::Resource;

pub(crate) type Default = (&'static str, fn() -> Value);

/// The documented defaults of a resource.
pub(crate) fn of(resource: &Resource) -> &'static [Default] {
    match (resource.host.as_str(), resource.template.as_str()) {
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Applications") => APPLICATION,
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers") => INCOMING_NUMBER,
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Queues") => QUEUE,
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/SIP/Domains") => SIP_DOMAIN,
        ("chat.twilio.com" | "ip-messaging.twilio.com", "/v2/Services") => CHAT_SERVICE,
        ("content.twilio.com", "/v1/Content/{Sid}/ApprovalRequests") => APPROVAL,
        ("conversations.twilio.com", "/v1/Configuration/Webhooks") => CONVERSATIONS_WEBHOOKS,
        ("conversations.twilio.com", "/v1/Services/{ChatServiceSid}/Configuration/Webhooks") => SERVICE_WEBHOOKS,
        ("conversations.twilio.com", "/v1/Services/{ChatServiceSid}/Configuration/Notifications") => {
            SERVICE_NOTIFICATIONS
        }
        (
            "conversations.twilio.com",
            "/v1/Conversations"
            | "/v1/Conversations/{ConversationSid}/Messages"
            | "/v1/Conversations/{ConversationSid}/Participants"
            | "/v1/ConversationWithParticipants"
            | "/v1/Services/{ChatServiceSid}/Conversations"
            | "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages"
            | "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants"
            | "/v1/Services/{ChatServiceSid}/ConversationWithParticipants"
            | "/v1/Services/{ChatServiceSid}/Users"
            | "/v1/Users",
        ) => ATTRIBUTES,
        ("messaging.twilio.com", "/v1/Services") => MESSAGING_SERVICE,
        ("messaging.twilio.com", "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p") => CAMPAIGN,
        ("serverless.twilio.com", "/v1/Services") => SERVERLESS_SERVICE,
        ("taskrouter.twilio.com", "/v1/Workspaces") => WORKSPACE,
        ("trunking.twilio.com", "/v1/Trunks") => TRUNK,
        ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/Recording") => TRUNK_RECORDING,
        _ => &[],
    }
}

/// SIDs that settings name from the start, of things that Twilio made itself: host, path, field, prefix.
const SIDS: &[(At, &str, &str)] = &[
    // https://www.twilio.com/docs/conversations/api/configuration-resource
    (
        ("conversations.twilio.com", "/v1/Configuration"),
        "default_chat_service_sid",
        "IS",
    ),
    (
        ("conversations.twilio.com", "/v1/Configuration"),
        "default_messaging_service_sid",
        "MG",
    ),
    // https://www.twilio.com/docs/messaging/features/link-shortening
    (
        (
            "messaging.twilio.com",
            "/v1/LinkShortening/Domains/{DomainSid}/Certificate",
        ),
        "certificate_sid",
        "CW",
    ),
    (
        ("messaging.twilio.com", "/v1/LinkShortening/Domains/{DomainSid}/Config"),
        "config_sid",
        "ZK",
    ),
];

/// Fields that name something which Twilio made itself, and its prefix.
pub(crate) fn sids(resource: &Resource) -> impl Iterator<Item = (&'static str, &'static str)> {
    SIDS.iter()
        .filter(|(at, ..)| is_at(*at, resource))
        .map(|(_, field, prefix)| (*field, *prefix))
}

/// <https://www.twilio.com/docs/chat/rest/service-resource>
const CHAT_SERVICE: &[Default] = &[
    ("limits", || json!({"channel_members": 100, "user_channels": 250})),
    ("read_status_enabled", || Value::from(true)),
    ("reachability_enabled", || Value::from(false)),
    ("typing_indicator_timeout", || Value::from(5)),
];

/// <https://www.twilio.com/docs/content/content-api-resources>: what nobody asked to approve.
const APPROVAL: &[Default] = &[("whatsapp", || json!({"type": "whatsapp", "status": "unsubmitted"}))];

/// <https://www.twilio.com/docs/conversations/api/webhook-configuration-resource>
const CONVERSATIONS_WEBHOOKS: &[Default] = &[
    ("method", || Value::from("POST")),
    ("target", || Value::from("webhook")),
];

/// <https://www.twilio.com/docs/conversations/api/service-webhook-configuration-resource>
const SERVICE_WEBHOOKS: &[Default] = &[("method", || Value::from("POST"))];

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

/// The contract's text: "if the attributes are not set "{}" will be returned".
const ATTRIBUTES: &[Default] = &[("attributes", || Value::from("{}"))];

/// <https://www.twilio.com/docs/messaging/api/usapptoperson-resource>
const CAMPAIGN: &[Default] = &[("campaign_status", || Value::from("IN_PROGRESS"))];

/// <https://www.twilio.com/docs/serverless/api/resource/service>
const SERVERLESS_SERVICE: &[Default] = &[
    ("include_credentials", || Value::from(true)),
    ("ui_editable", || Value::from(false)),
];

/// <https://www.twilio.com/docs/taskrouter/api/workspace>
const WORKSPACE: &[Default] = &[("multi_task_enabled", || Value::from(true))];

/// <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>, and what the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (sip_trunking) saw.
const TRUNK: &[Default] = &[("recording", || json!({"mode": "do-not-record", "trim": "do-not-trim"}))];

/// <https://www.twilio.com/docs/sip-trunking/api/recording-resource>
const TRUNK_RECORDING: &[Default] = &[
    ("mode", || Value::from("do-not-record")),
    ("trim", || Value::from("do-not-trim")),
];

/// <https://www.twilio.com/docs/messaging/api/service-resource>
const MESSAGING_SERVICE: &[Default] = &[
    ("inbound_method", || Value::from("POST")),
    ("fallback_method", || Value::from("POST")),
    ("sticky_sender", || Value::from(true)),
    ("mms_converter", || Value::from(true)),
    ("smart_encoding", || Value::from(true)),
    ("scan_message_content", || Value::from("inherit")),
    ("fallback_to_long_code", || Value::from(true)),
    ("area_code_geomatch", || Value::from(true)),
    ("synchronous_validation", || Value::from(false)),
    ("validity_period", || Value::from(36000)),
    ("usecase", || Value::from("undeclared")),
    ("us_app_to_person_registered", || Value::from(false)),
    ("use_inbound_webhook_on_number", || Value::from(false)),
];

/// <https://www.twilio.com/docs/voice/api/queue-resource>
const QUEUE: &[Default] = &[("max_size", || Value::from(100))];

/// <https://www.twilio.com/docs/voice/sip/api/sip-domain-resource>; the methods are there from the start, as the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (sip) saw.
const SIP_DOMAIN: &[Default] = &[
    ("voice_method", || Value::from("POST")),
    ("voice_fallback_method", || Value::from("POST")),
    ("voice_status_callback_method", || Value::from("POST")),
];

/// <https://www.twilio.com/docs/usage/api/applications>
const APPLICATION: &[Default] = &[
    ("api_version", || Value::from("2010-04-01")),
    ("voice_method", || Value::from("POST")),
    ("voice_fallback_method", || Value::from("POST")),
    ("status_callback_method", || Value::from("POST")),
    ("sms_method", || Value::from("POST")),
    ("sms_fallback_method", || Value::from("POST")),
    ("voice_caller_id_lookup", || Value::from(false)),
    ("public_application_connect_enabled", || Value::from(false)),
];

/// <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>; what is not set reads as an empty text where
/// a URL or an application would stand.
const INCOMING_NUMBER: &[Default] = &[
    ("api_version", || Value::from("2010-04-01")),
    ("voice_url", || Value::from("")),
    ("voice_method", || Value::from("POST")),
    ("voice_fallback_url", || Value::from("")),
    ("voice_fallback_method", || Value::from("POST")),
    ("voice_application_sid", || Value::from("")),
    ("voice_caller_id_lookup", || Value::from(false)),
    ("status_callback", || Value::from("")),
    ("status_callback_method", || Value::from("POST")),
    ("sms_url", || Value::from("")),
    ("sms_method", || Value::from("POST")),
    ("sms_fallback_url", || Value::from("")),
    ("sms_fallback_method", || Value::from("POST")),
    ("sms_application_sid", || Value::from("")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::facts::assert_published;

    #[test]
    fn each_default_is_of_a_published_field() {
        let mut found = 0;
        for resource in Contract::published().resources() {
            for (name, _) in of(resource) {
                found += 1;
                let mut fields = resource.object_fields().iter();
                assert!(fields.any(|field| field.name == *name), "{} {name}", resource.template);
            }
        }
        assert!(found > 50, "only {found} defaults were found under their places");
        for (at, name, _) in SIDS {
            let mut fields = assert_published(*at).object_fields().iter();
            assert!(fields.any(|field| field.name == *name), "{name}");
        }
    }
}
