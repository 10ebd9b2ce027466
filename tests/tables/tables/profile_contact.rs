//! A secret inside of JSON that a PATCH merges at every depth: what did not change need not be named, and what is named is whole.
//! <https://www.twilio.com/docs/conversations/memory/api>

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    BodyStyle, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Read, Spelling, UpdateStyle, object, text,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_profile_contact`.
pub const PROFILE_CONTACT: Managed = Managed {
    object: Object {
        name: "twilio_test_profile_contact",
        noun: "contact of a profile",
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
    doc: "How a profile of a memory store is reached.",
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
    object("traits", Setting(Required), TRAITS).doc("The traits by their groups."),
];

const TRAITS: &[Field] = &[object("contact", Setting(Clears), CONTACT).doc("Where somebody is.")];

const CONTACT: &[Field] = &[
    text("city", Setting(Clears)).doc("The city."),
    text("door_code", Setting(Clears))
        .write_only()
        .doc("What opens the door."),
];
