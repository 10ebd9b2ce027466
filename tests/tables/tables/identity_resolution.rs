//! JSON with names in camel case, replaced by a PUT that tells nothing: what Twilio makes of it is read back, with the defaults that
//! it adds. <https://www.twilio.com/docs/conversations/memory/api>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{Observed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    BodyStyle, Destroy, Field, Key, Kind, Lifecycle, Managed, Object, Place, Read, Spelling, UpdateStyle, int, json,
    list, text,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_identity_resolution`.
pub const IDENTITY_RESOLUTION: Managed = Managed {
    object: Object {
        name: "twilio_test_identity_resolution",
        noun: "identity resolution of a memory store",
        api_page: "https://www.twilio.com/docs/conversations/memory/api",
        place: Place::alone(Product::Memory, PATH).read(Read::Elsewhere {
            path: PATH,
            within: None,
        }),
        parents: &["store_id"],
        key: Key::None,
        spelling: Spelling::Camel,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "By what the profiles of a store are told apart.",
    lifecycle: Lifecycle::settings(UpdateStyle::Put, Destroy::Forget).sending(BodyStyle::Json),
    ..Managed::NEW
};

const PATH: &str = "/v1/ControlPlane/Stores/{store_id}/IdentityResolutionSettings";

const FIELDS: &[Field] = &[
    text("store_id", PathPart)
        .never_returned()
        .doc("Id of the memory store (`mem_store_…`). A change replaces it."),
    json("identifier_configs", Setting(Required))
        .normalised_by_twilio()
        .doc(
            "What identifies a profile, as JSON: objects with `idType`. Twilio adds the defaults of what is left out.",
        ),
    list("matching_rules", Setting(Required), &Kind::Text).doc("Which of them are compared, the first one first."),
    int("version", Observed).volatile().doc("Number of the last change."),
];
