//! Types of events.
//! <https://www.twilio.com/docs/events/event-types-overview>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, objects, text, timestamp, url};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::events::codes::EVENTS;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_event_types`.
pub const EVENT_TYPES: DataSource = DataSource {
    name: "twilio_event_types",
    since: "0.1.0",
    noun: "event types",
    doc: "The types of events that a subscription may ask for.",
    quirks: &[],
    category: Category::Events,
    api_page: "https://www.twilio.com/docs/events/event-types-overview",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Events, &["/v1/Types"], "types").filters(&["schema_id"]),
    codes: &[EVENTS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("schema_id", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("Only types with this schema, for example `Messaging.MessageStatus`."),
    ACCOUNT_SID,
    objects("types", Observed, TYPE).doc("The types."),
];

const TYPE: &[Field] = &[
    text("type", Observed).doc("Name of the type, for example `com.twilio.messaging.message.sent`."),
    text("schema_id", Observed).doc("Name of its schema: see `twilio_event_schema`."),
    text("description", Observed).doc("What happened when there is such an event."),
    text("status", Observed).doc("State of the type, for example `available`."),
    url("documentation_url", Observed).doc("Twilio's page on it."),
    timestamp("date_created").doc("When the type was made (RFC 3339, UTC)."),
    timestamp("date_updated").doc("When the type was changed last (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &EVENT_TYPES, |list| {
        list.known_by("type").of_any_account()
    }))
}
