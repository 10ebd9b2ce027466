//! An attribute that is a collection below the object: a set of SIDs, which create does not take.
//! <https://www.twilio.com/docs/messaging/api/phonenumber-resource>

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{Members as MembersOf, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Field, Key, Kind, Managed, Members, Object, Omitted, Place, Plural, set, text, timestamp,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::resources::messaging::messaging_service::MESSAGING_SERVICE;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_pooled_service`.
pub const POOLED_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_test_pooled_service",
        noun: "messaging service with its pool",
        plural: Some(Plural {
            name: "twilio_test_pooled_services",
            noun: "pooled services",
        }),
        api_page: MESSAGING_SERVICE.object.api_page,
        place: MESSAGING_SERVICE.object.place,
        key: Key::Sid("MG"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        members: &[Members {
            field: "phone_number_sids",
            place: Place::at(
                Product::Messaging,
                "/v1/Services/{sid}/PhoneNumbers",
                "/v1/Services/{sid}/PhoneNumbers/{member}",
            ),
            items: "phone_numbers",
            key: None,
            key_property: "sid",
            key_parameter: "PhoneNumberSid",
            can_change: false,
        }],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A messaging service and the numbers in its pool.",
    omitted: OMITTED,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).doc("Name shown in the Console."),
    set("phone_number_sids", MembersOf(Clears), &Kind::Text)
        .checks(&[Check::Length(1, 400), Check::Each(&Check::Sid("PN"))])
        .doc("SIDs of the numbers in the pool, up to 400. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What `twilio_messaging_service` has.
const fn elsewhere(parameter: &'static str) -> Omitted {
    Omitted {
        parameter,
        reason: "twilio_messaging_service has it; this table is about members",
    }
}

const OMITTED: &[Omitted] = &[
    elsewhere("InboundRequestUrl"),
    elsewhere("InboundMethod"),
    elsewhere("FallbackUrl"),
    elsewhere("FallbackMethod"),
    elsewhere("StatusCallback"),
    elsewhere("StickySender"),
    elsewhere("MmsConverter"),
    elsewhere("SmartEncoding"),
    elsewhere("ScanMessageContent"),
    elsewhere("FallbackToLongCode"),
    elsewhere("AreaCodeGeomatch"),
    elsewhere("ValidityPeriod"),
    elsewhere("SynchronousValidation"),
    elsewhere("Usecase"),
    elsewhere("UseInboundWebhookOnNumber"),
];
