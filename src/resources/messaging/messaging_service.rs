//! A messaging service: a pool of senders with common settings.
//! <https://www.twilio.com/docs/messaging/api/service-resource>

use super::codes::MESSAGING;
use super::{older, senders};
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{Local, Observed, Setting};
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Omitted, Place, Plural, boolean, http_method, int, text,
    timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::resources::numbers::codes::NUMBERS;
use crate::twilio::Product;

/// `twilio_messaging_service`.
pub const MESSAGING_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_messaging_service",
        noun: "messaging service",
        plural: Some(Plural {
            name: "twilio_messaging_services",
            noun: "messaging services",
        }),
        category: Category::Messaging,
        api_page: "https://www.twilio.com/docs/messaging/api/service-resource",
        place: Place::at(Product::Messaging, "/v1/Services", "/v1/Services/{sid}"),
        key: Key::Sid("MG"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[MESSAGING, NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A messaging service: a pool of senders (see `twilio_messaging_service_phone_number`) with common webhooks and \
          delivery settings. Messages are sent through the service, which picks the sender.",
    quirks: &[
        "Twilio's API still takes `FallbackToLongCode`, which is obsolete, and `SynchronousValidation`, which is reserved. There is no argument for them.",
        "Before it is destroyed it is looked into, in the plan and again in the apply: while it has a phone number, short code, alphanumeric or channel sender, or an A2P campaign, it is not destroyed, unless `force_destroy` says so. What the same apply takes out of the pool goes first.",
    ],
    omitted: &[
        Omitted {
            parameter: "FallbackToLongCode",
            reason: "Twilio marks it obsolete: it no longer does anything",
        },
        Omitted {
            parameter: "SynchronousValidation",
            reason: "Twilio marks it reserved",
        },
    ],
    forced_by: Some(FORCE_DESTROY.name),
    older_states: older::SERVICE,
    write: WriteHooks {
        plan: Some(senders::forewarn),
        asks: &senders::READS,
        before_delete: Some(senders::refuse_while_in_use),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

/// <https://www.twilio.com/docs/messaging/api/service-resource>
const USECASES: &[&str] = &[
    "notifications",
    "marketing",
    "verification",
    "discussion",
    "poll",
    "undeclared",
];

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).checks(&[Check::Length(1, 64)]).doc(
        "Name shown in the Console, up to 64 characters. Changes in place.",
    ),
    url("inbound_request_url", Setting(Clears)).doc(
        "URL that Twilio requests when a message arrives at one of the senders. Without it, and without \
         `use_inbound_webhook_on_number`, arriving messages are dropped.",
    ),
    http_method("inbound_method").doc("HTTP method for `inbound_request_url`: `GET` or `POST`. Default: `POST`."),
    url("fallback_url", Setting(Clears)).doc("URL that Twilio requests when `inbound_request_url` fails."),
    http_method("fallback_method").doc("HTTP method for `fallback_url`: `GET` or `POST`. Default: `POST`."),
    url("status_callback", Setting(Clears)).doc("URL to which Twilio reports the delivery of messages."),
    boolean("use_inbound_webhook_on_number", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Let the webhook of the phone number take arriving messages instead of `inbound_request_url`. Default: `false`.",
    ),
    boolean("sticky_sender", Setting(DefaultsTo(Literal::Bool(true)))).doc(
        "Keep sending to the same person from the same number. Default: `true`.",
    ),
    boolean("smart_encoding", Setting(DefaultsTo(Literal::Bool(true)))).doc(
        "Replace characters that look alike so that a message fits the shorter GSM-7 encoding. Default: `true`.",
    ),
    boolean("mms_converter", Setting(DefaultsTo(Literal::Bool(true)))).doc(
        "Send a link where the recipient's carrier does not take media. Default: `true`.",
    ),
    boolean("area_code_geomatch", Setting(DefaultsTo(Literal::Bool(true)))).doc(
        "Prefer a sender with the recipient's area code (US and Canada). Default: `true`.",
    ),
    int("validity_period", Setting(DefaultsTo(Literal::Int(36_000)))).checks(&[Check::Range(1, 36_000)]).doc(
        "Seconds after which an unsent message is given up, `1` to `36000`. Default: `36000`.",
    ),
    text("scan_message_content", Setting(DefaultsTo(Literal::Text("inherit")))).checks(&[Check::Known(&["inherit", "enable", "disable"])]).doc(
        "Whether Twilio scans messages for content that carriers refuse: `inherit` (the account's setting), `enable` or \
         `disable`. Default: `inherit`.",
    ),
    text("usecase", Setting(DefaultsTo(Literal::Text("undeclared")))).checks(&[Check::Known(USECASES)]).doc(
        "What the service is for: `notifications`, `marketing`, `verification`, `discussion`, `poll` or `undeclared`. \
         Default: `undeclared`.",
    ),
    boolean("us_app_to_person_registered", Observed).doc(
        "Whether the service has an approved US A2P 10DLC campaign.",
    ),
    FORCE_DESTROY,
    DELETION_PROTECTION,
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Whether it goes with what it sends with.
pub(super) const FORCE_DESTROY: Field = boolean("force_destroy", Local(DefaultsTo(Literal::Bool(false)))).doc(
    "Destroy the service even while something is in its pool, or it has an A2P campaign, or Twilio does not show whether it has. What \
     is in the pool stays in the account. Where the service is replaced, or tainted, the value in its block counts; otherwise the one of the \
     last apply: set it and apply before the block is removed. A deposed object, left by a replacement with `create_before_destroy` that \
     failed, takes no new value: take out of its pool what is in it, for example in the Console. Default: `false`.",
);
