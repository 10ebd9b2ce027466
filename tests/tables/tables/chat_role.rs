//! An object of a product that says "gone" in its own words.
//! <https://www.twilio.com/docs/chat/rest/role-resource>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{Fixed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Field, Key, Kind, Managed, Object, Place, Plural, set, sid, text, timestamp,
};
use terraform_provider_twilio::twilio::{Gone, Product};

/// `twilio_test_chat_role`.
pub const CHAT_ROLE: Managed = Managed {
    object: Object {
        name: "twilio_test_chat_role",
        noun: "chat role",
        plural: Some(Plural {
            name: "twilio_test_chat_roles",
            noun: "chat roles",
        }),
        api_page: "https://www.twilio.com/docs/chat/rest/role-resource",
        place: Place::at(
            Product::Chat,
            "/v2/Services/{service_sid}/Roles",
            "/v2/Services/{service_sid}/Roles/{sid}",
        )
        .gone(&[Gone {
            status: 403,
            code: 50050,
        }]),
        parents: &["service_sid"],
        key: Key::Sid("RL"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What users of a chat service may do.",
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")]).doc("SID of the chat service (`IS…`). A change replaces it."),
    text("friendly_name", Fixed(Required)).doc("Its name. A change replaces the role."),
    text("type", Fixed(Required))
        .checks(&[Check::Known(&["channel", "deployment"])])
        .doc("Where it holds: `channel` or `deployment`. A change replaces the role."),
    set("permissions", Setting(Required), &Kind::Text)
        .written_as("Permission")
        .with_every_update()
        .doc("What it permits."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
