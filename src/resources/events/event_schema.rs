//! Schemas of events.
//! <https://www.twilio.com/docs/events/event-types-overview>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, int, text, timestamp};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::events::codes::EVENTS;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_event_schema`.
pub const EVENT_SCHEMA: DataSource = DataSource {
    name: "twilio_event_schema",
    since: "0.1.0",
    noun: "event schema",
    doc: "The schema of a type of events, and its newest version.",
    quirks: &[],
    category: Category::Events,
    api_page: "https://www.twilio.com/docs/events/event-types-overview",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(Product::Events, &["/v1/Schemas/{schema_id}"]),
    codes: &[EVENTS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("schema_id", Setting(Required))
        .read_as("id")
        .checks(&[Check::NonEmpty])
        .doc("Name of the schema, for example `Messaging.MessageStatus`."),
    ACCOUNT_SID,
    int("latest_version", Observed).doc("Number of its newest version."),
    timestamp("latest_version_date_created").doc("When the newest version was made (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::object(query, &EVENT_SCHEMA))
}
