//! Values that Twilio gives when a create does not say, where the contract does not publish them but the documentation does.

use serde_json::Value;

use crate::contract::Resource;

type Default = (&'static str, fn() -> Value);

/// The documented defaults of a resource.
pub(crate) fn of(resource: &Resource) -> &'static [Default] {
    match (resource.host.as_str(), resource.template.as_str()) {
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Applications") => APPLICATION,
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers") => INCOMING_NUMBER,
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Queues") => QUEUE,
        ("messaging.twilio.com", "/v1/Services") => MESSAGING_SERVICE,
        _ => &[],
    }
}

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
