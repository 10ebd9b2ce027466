//! An operator that a service runs.
//! <https://www.twilio.com/docs/conversational-intelligence/api/operator-attachment-resource>
//!
//! # Quirks
//! - It is shown as nothing but its SID in an array of the service's.

use super::codes::INTELLIGENCE;
use super::older;
use crate::engine::facts::Role::PathPart;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Forewarning, Key, Lifecycle, Managed, Moment, Object, Place, Read, sid,
};
use crate::twilio::Product;

/// `twilio_intelligence_service_operator`.
pub const INTELLIGENCE_SERVICE_OPERATOR: Managed = Managed {
    object: Object {
        name: "twilio_intelligence_service_operator",
        noun: "operator of the service",
        category: Category::Intelligence,
        api_page: "https://www.twilio.com/docs/conversational-intelligence/api/operator-attachment-resource",
        place: Place::alone(
            Product::Intelligence,
            "/v2/Services/{service_sid}/Operators/{operator_sid}",
        )
        .read(Read::Among {
            path: "/v2/Services/{service_sid}/Operators",
            array: "operator_sids",
        }),
        parents: &["service_sid"],
        key: Key::Field("operator_sid"),
        fields: FIELDS,
        codes: &[INTELLIGENCE],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Lets an Intelligence service run an operator, one of yours or one that Twilio offers, on each of its transcripts from then on; each \
          run is billed. Destroying takes it off the service, and leaves the operator and its results.",
    lifecycle: Lifecycle::attached(Destroy::Delete),
    forewarnings: &[Forewarning {
        moment: Moment::Made,
        summary: "runs on each transcript from now on, and each run is billed",
        detail: "From this apply on the operator runs on each transcript that the service makes, and Twilio bills each run. A service with auto_transcribe makes one of every recording of the account.",
    }],
    older_states: older::INTELLIGENCE_SERVICE_OPERATOR,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("GA")])
        .doc("SID of the service (`GA…`). A change takes the operator off the one service and attaches it to the other."),
    sid("operator_sid", PathPart, &[Check::Sid("LY")]).doc(
        "SID of the operator (`LY…`): of a `twilio_intelligence_custom_operator`, or from `data.twilio_intelligence_prebuilt_operators`. \
         A change takes the one off and attaches the other.",
    ),
];
