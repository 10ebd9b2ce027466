//! Settings of an account: one of them, always there, known by the account alone.
//! <https://www.twilio.com/docs/conversations/api/configuration-resource>

use terraform_provider_twilio::engine::facts::Absent::{Clears, Keeps};
use terraform_provider_twilio::engine::facts::Role::Setting;
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, sid, text,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_conversations_configuration`.
pub const CONVERSATIONS_CONFIGURATION: Managed = Managed {
    object: Object {
        name: "twilio_test_conversations_configuration",
        noun: "configuration of Conversations",
        api_page: "https://www.twilio.com/docs/conversations/api/configuration-resource",
        place: Place::alone(Product::Conversations, "/v1/Configuration"),
        key: Key::None,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "The account's defaults for conversations.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("default_chat_service_sid", Setting(Keeps), &[Check::Sid("IS")])
        .doc("SID of the service of new conversations (`IS…`)."),
    sid("default_messaging_service_sid", Setting(Keeps), &[Check::Sid("MG")])
        .doc("SID of the messaging service of new conversations (`MG…`)."),
    text("default_inactive_timer", Setting(Clears)).doc("How long a conversation is active, as ISO 8601 duration."),
    text("default_closed_timer", Setting(Clears)).doc("How long a conversation is open, as ISO 8601 duration."),
];
