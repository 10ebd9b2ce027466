//! Where calls to a carrier of one's own go.
//! <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/connectionpolicy-resource>

use super::codes::CARRIER;
use super::older;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    Category, Check, Field, Forewarning, Key, Managed, Moment, Object, Place, Plural, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_voice_connection_policy`.
pub const VOICE_CONNECTION_POLICY: Managed = Managed {
    object: Object {
        name: "twilio_voice_connection_policy",
        noun: "connection policy",
        plural: Some(Plural {
            name: "twilio_voice_connection_policies",
            noun: "connection policies",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/connectionpolicy-resource",
        place: Place::at(Product::Voice, "/v1/ConnectionPolicies", "/v1/ConnectionPolicies/{sid}"),
        key: Key::Sid("NY"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[CARRIER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Where the calls of a `twilio_voice_byoc_trunk` go: a list of addresses of a carrier of your own, each of which is a \
          `twilio_voice_connection_policy_target`. Destroying it destroys its targets, and the trunks that refer to it can make no \
          calls any more.",
    forewarnings: &[Forewarning {
        moment: Moment::Destroyed,
        summary: "goes, and no call can go out by it any more",
        detail: "A trunk that names it can make no calls: Twilio neither refuses the deletion nor changes the trunk. Taking connection_policy_sid out of a twilio_voice_byoc_trunk does not take the policy off it: give the trunk another policy and apply, or destroy the trunk, before or with this policy.",
    }],
    older_states: older::VOICE_CONNECTION_POLICY,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 255)])
        .doc("Name of the policy, up to 255 characters. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
