//! An address of a carrier of one's own.
//! <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/connectionpolicytarget-resource>

use super::codes::CARRIER;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Deviation, Field, Key, Literal, Managed, Norm, Object, Place, Plural, boolean, int, sid, text,
    timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::resources::sip::values::sip_url;
use crate::twilio::Product;

/// `twilio_voice_connection_policy_target`.
pub const VOICE_CONNECTION_POLICY_TARGET: Managed = Managed {
    object: Object {
        name: "twilio_voice_connection_policy_target",
        noun: "connection policy target",
        plural: Some(Plural {
            name: "twilio_voice_connection_policy_targets",
            noun: "connection policy targets",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/connectionpolicytarget-resource",
        place: Place::at(
            Product::Voice,
            "/v1/ConnectionPolicies/{connection_policy_sid}/Targets",
            "/v1/ConnectionPolicies/{connection_policy_sid}/Targets/{sid}",
        ),
        parents: &["connection_policy_sid"],
        key: Key::Sid("NE"),
        natural_key: &["target"],
        deviations: &[Deviation {
            from: Norm::Parameters,
            name: "Target",
            reason: "a sip: address, which Twilio calls and does not request",
        }],
        fields: FIELDS,
        codes: &[CARRIER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An address of a carrier of your own in a `twilio_voice_connection_policy`. Of several, those of the lowest `priority` are tried \
          first, and share the calls by `weight`. Destroying it sends no calls there any more; without any, calls of the trunks with \
          this policy fail.",
    older_states: older::VOICE_CONNECTION_POLICY_TARGET,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("connection_policy_sid", PathPart, &[Check::Sid("NY")])
        .doc("SID of the connection policy (`NY…`). A change replaces the target."),
    text("target", Setting(Required))
        .checks(&[Check::Custom(sip_url)])
        .with_webhooks()
        .doc("The address, for example `sip:carrier.example.com`. Twilio does not take `sips`. Changes in place."),
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 255)])
        .doc("Name of the address, up to 255 characters. Changes in place."),
    int("priority", Setting(DefaultsTo(Literal::Int(10))))
        .checks(&[Check::Range(0, 65_535)])
        .doc("Before which others it is tried, `0` to `65535`: the lowest first. Default: `10`."),
    int("weight", Setting(DefaultsTo(Literal::Int(10))))
        .checks(&[Check::Range(1, 65_535)])
        .doc("How many of the calls it gets, in proportion to others of its priority, `1` to `65535`. Default: `10`."),
    boolean("enabled", Setting(DefaultsTo(Literal::Bool(true)))).doc("Whether calls go there. Default: `true`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
