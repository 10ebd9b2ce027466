//! The account's defaults for conversations. <https://www.twilio.com/docs/conversations/api/configuration-resource>
//!
//! # Quirks
//! - Whether an empty text takes a timer off is known of no account: it is sent, as everywhere, and what Twilio keeps shows as drift.
//!   RJPearson94's provider sends none, and says that neither timers nor SIDs can be taken off:
//!   <https://github.com/RJPearson94/terraform-provider-twilio>.

use super::older;
use crate::engine::facts::Absent::{Clears, Keeps};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, sid, text,
};
use crate::twilio::Product;

/// `twilio_conversations_configuration`.
pub const CONVERSATIONS_CONFIGURATION: Managed = Managed {
    object: Object {
        name: "twilio_conversations_configuration",
        noun: "configuration of Conversations",
        category: Category::Conversations,
        api_page: "https://www.twilio.com/docs/conversations/api/configuration-resource",
        place: Place::alone(Product::Conversations, "/v1/Configuration"),
        key: Key::None,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "The account's defaults for Conversations. There is one of it, always there: the first apply brings it to what is \
          configured, and destroying it takes the timers off and leaves the services.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    older_states: older::CONVERSATIONS_CONFIGURATION,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("default_chat_service_sid", Setting(Keeps), &[Check::Sid("IS")]).doc(
        "SID of the service in which new conversations are made (`IS…`). Removing it keeps the service: Twilio takes another and \
         never none.",
    ),
    sid("default_messaging_service_sid", Setting(Keeps), &[Check::Sid("MG")]).doc(
        "SID of the messaging service that new conversations use (`MG…`). Removing it keeps the service: Twilio takes another and \
         never none.",
    ),
    text("default_inactive_timer", Setting(Clears)).doc(
        "How long after the last message a new conversation becomes inactive, as ISO 8601 duration, for example `PT1H`; at least \
         `PT1M`. Without it, it stays active.",
    ),
    text("default_closed_timer", Setting(Clears)).doc(
        "How long after the last message a new conversation is closed, as ISO 8601 duration, for example `P7D`; at least `PT10M`. \
         Without it, it stays open.",
    ),
];
