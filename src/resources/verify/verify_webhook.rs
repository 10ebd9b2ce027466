//! To whom Verify reports what happens. <https://www.twilio.com/docs/verify/api/webhooks>

use super::codes::VERIFY;
use super::older;
use crate::engine::facts::Absent::{DefaultsTo, Required};
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Field, Key, Kind, Literal, Managed, Object, Place, Plural, set, sid, text, timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_verify_webhook`.
pub const VERIFY_WEBHOOK: Managed = Managed {
    object: Object {
        name: "twilio_verify_webhook",
        noun: "Verify webhook",
        plural: Some(Plural {
            name: "twilio_verify_webhooks",
            noun: "Verify webhooks",
        }),
        category: Category::Verify,
        api_page: "https://www.twilio.com/docs/verify/api/webhooks",
        place: Place::at(
            Product::Verify,
            "/v2/Services/{service_sid}/Webhooks",
            "/v2/Services/{service_sid}/Webhooks/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("YW"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[VERIFY],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A URL that Verify requests, by POST, when something happens to the factors and challenges of a service.",
    older_states: older::VERIFY_WEBHOOK,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("VA")])
        .doc("SID of the Verify service (`VA…`). A change replaces the webhook."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::NonEmpty])
        .doc("Name of the webhook. Changes in place."),
    set("event_types", Setting(Required), &Kind::Text)
        .checks(&[Check::Each(&Check::NonEmpty)])
        .doc("What is reported to it, for example `factor.verified` or `challenge.approved`; `*` is everything. Changes in place."),
    url("webhook_url", Setting(Required)).doc("The URL. Changes in place."),
    text("status", Setting(DefaultsTo(Literal::Text("enabled"))))
        .checks(&[Check::Known(&["enabled", "disabled"])])
        .doc("Whether it is requested: `enabled` or `disabled`. Default: `enabled`."),
    text("version", Setting(DefaultsTo(Literal::Text("v2"))))
        .checks(&[Check::Known(&["v1", "v2"])])
        .doc("Version of what is sent, `v1` or `v2`. Default: `v2`."),
    text("webhook_method", Observed).doc("Method with which Verify requests it, which is `POST`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
