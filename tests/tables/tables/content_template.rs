//! JSON with objects in it, one of which has a secret: made by a POST, replaced by a PUT. <https://www.twilio.com/docs/content/content-api-resources>

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::Setting;
use terraform_provider_twilio::engine::facts::{
    BodyStyle, Check, Destroy, Field, Key, Kind, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, map, object,
    objects, text, timestamp,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_content_template`.
pub const CONTENT_TEMPLATE: Managed = Managed {
    object: Object {
        name: "twilio_test_content_template",
        noun: "content template",
        plural: Some(Plural {
            name: "twilio_test_content_templates",
            noun: "content templates",
        }),
        api_page: "https://www.twilio.com/docs/content/content-api-resources",
        place: Place::at(Product::Content, "/v1/Content", "/v1/Content/{sid}"),
        key: Key::Sid("HX"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A template of messages.",
    lifecycle: Lifecycle::made(UpdateStyle::Put, Destroy::Delete).sending(BodyStyle::Json),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears)).doc("Name of the template."),
    text("language", Setting(Required)).doc("Language as a code of two letters."),
    map("variables", Setting(Clears), &Kind::Text).doc("Default values of the placeholders, by their numbers."),
    object("types", Setting(Required), TYPES).doc("The content, by type of message."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const TYPES: &[Field] = &[
    object("text", Setting(Clears), &[BODY])
        .written_as("twilio/text")
        .read_as("twilio/text")
        .doc("A plain text."),
    object("quick_reply", Setting(Clears), &[BODY, ACTIONS])
        .written_as("twilio/quick-reply")
        .read_as("twilio/quick-reply")
        .doc("A text with buttons for replies."),
];

const BODY: Field = text("body", Setting(Required)).doc("The text.");

const ACTIONS: Field = objects("actions", Setting(Required), ACTION).doc("The buttons.");

const ACTION: &[Field] = &[
    text("type", Setting(Clears))
        .checks(&[Check::Known(&["QUICK_REPLY"])])
        .doc("Type of the button: `QUICK_REPLY`."),
    text("title", Setting(Required)).doc("What stands on it."),
    text("id", Setting(Clears))
        .write_only()
        .doc("What the reply has as payload, which nobody else should know."),
];
