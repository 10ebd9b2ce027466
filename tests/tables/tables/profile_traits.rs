//! JSON that is changed by a PATCH which merges at every depth: null takes a trait out, and what is not named stays. What it came to
//! is read, since a write is only accepted. <https://www.twilio.com/docs/conversations/memory/api>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    BodyStyle, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Read, Spelling, UpdateStyle, json, text,
    timestamp,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_profile_traits`.
pub const PROFILE_TRAITS: Managed = Managed {
    object: Object {
        name: "twilio_test_profile_traits",
        noun: "traits of a profile",
        api_page: "https://www.twilio.com/docs/conversations/memory/api",
        place: Place::alone(Product::Memory, PATH).read(Read::Elsewhere {
            path: PATH,
            within: None,
        }),
        parents: &["store_id"],
        key: Key::Field("profile_id"),
        spelling: Spelling::Camel,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What is known of a profile of a memory store.",
    lifecycle: Lifecycle::adopted(UpdateStyle::Merge, Destroy::Forget).sending(BodyStyle::Json),
    ..Managed::NEW
};

const PATH: &str = "/v1/Stores/{store_id}/Profiles/{profile_id}";

const FIELDS: &[Field] = &[
    text("store_id", PathPart)
        .never_returned()
        .doc("Id of the memory store (`mem_store_…`). A change replaces it."),
    text("profile_id", PathPart)
        .read_as("id")
        .doc("Id of the profile (`mem_profile_…`). A change replaces it."),
    json("traits", Setting(Required))
        .doc("The traits, as JSON: groups with values by name. What is taken out is taken off the profile."),
    timestamp("created_at").doc("When the profile was created (RFC 3339, UTC)."),
];
