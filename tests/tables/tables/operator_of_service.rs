//! An object that is attached, and shown as nothing but a text in an array.
//! <https://www.twilio.com/docs/conversational-intelligence/api/operator-attachment-resource>

use terraform_provider_twilio::engine::facts::Role::PathPart;
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Read, sid,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_operator_of_service`.
pub const OPERATOR_OF_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_test_operator_of_service",
        noun: "operator of a service",
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
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An operator that a service of Conversational Intelligence runs.",
    lifecycle: Lifecycle::attached(Destroy::Delete),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("GA")]).doc("SID of the service (`GA…`). A change replaces it."),
    sid("operator_sid", PathPart, &[Check::Sid("LY")]).doc("SID of the operator (`LY…`). A change replaces it."),
];
