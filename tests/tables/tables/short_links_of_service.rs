//! An object that is attached, never changed, and shown nowhere.
//! <https://www.twilio.com/docs/messaging/features/link-shortening>

use terraform_provider_twilio::engine::facts::Role::PathPart;
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Read, sid,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_short_links_of_service`.
pub const SHORT_LINKS_OF_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_test_short_links_of_service",
        noun: "link shortening of a service",
        api_page: "https://www.twilio.com/docs/messaging/features/link-shortening",
        place: Place::alone(
            Product::Messaging,
            "/v1/LinkShortening/Domains/{domain_sid}/MessagingServices/{messaging_service_sid}",
        )
        .read(Read::Nowhere),
        parents: &["domain_sid"],
        key: Key::Field("messaging_service_sid"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A messaging service whose links are shortened with a domain.",
    lifecycle: Lifecycle::attached(Destroy::Delete),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("domain_sid", PathPart, &[Check::Sid("DN")]).doc("SID of the domain (`DN…`). A change replaces it."),
    sid("messaging_service_sid", PathPart, &[Check::Sid("MG")])
        .doc("SID of the messaging service (`MG…`). A change replaces it."),
];
