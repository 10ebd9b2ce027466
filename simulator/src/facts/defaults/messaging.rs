//! Messages, templates and verifications.

use serde_json::{Value, json};

use super::{Default, Lines};

/// The lines.
pub(super) const DEFAULTS: Lines = &[
    (("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Messages"), SMS),
    (("content.twilio.com", "/v1/Content/{Sid}/ApprovalRequests"), APPROVAL),
    (("messaging.twilio.com", "/v1/Services"), MESSAGING_SERVICE),
    (
        (
            "messaging.twilio.com",
            "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
        ),
        CAMPAIGN,
    ),
    (
        ("messaging.twilio.com", "/v1/Services/{ServiceSid}/AlphaSenders"),
        SENDER,
    ),
    (
        (
            "messaging.twilio.com",
            "/v1/Services/{ServiceSid}/DestinationAlphaSenders",
        ),
        SENDER,
    ),
    (("messaging.twilio.com", "/v1/Services/{ServiceSid}/ShortCodes"), SENDER),
    (
        ("verify.twilio.com", "/v2/Services/{ServiceSid}/Webhooks"),
        VERIFY_WEBHOOK,
    ),
];

/// <https://www.twilio.com/docs/messaging/api/message-resource>: what this request sends goes out.
const SMS: &[Default] = &[("direction", || Value::from("outbound-api"))];

/// <https://www.twilio.com/docs/content/content-api-resources>: what nobody asked to approve.
const APPROVAL: &[Default] = &[("whatsapp", || json!({"type": "whatsapp", "status": "unsubmitted"}))];

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

/// <https://www.twilio.com/docs/messaging/api/usapptoperson-resource>
const CAMPAIGN: &[Default] = &[("campaign_status", || Value::from("IN_PROGRESS"))];

/// <https://www.twilio.com/docs/messaging/api/alphasender-resource>, <https://www.twilio.com/docs/messaging/api/services/shortcodes>: the samples.
const SENDER: &[Default] = &[("capabilities", || json!(["SMS"]))];

/// <https://www.twilio.com/docs/verify/api/webhooks>
const VERIFY_WEBHOOK: &[Default] = &[
    ("status", || Value::from("enabled")),
    ("version", || Value::from("v2")),
    ("webhook_method", || Value::from("POST")),
];
