//! Events: who changed what.
//! <https://www.twilio.com/docs/usage/monitor-events>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, int, objects, sid, text, timestamp};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID, day_or_moment};
use crate::twilio::Product;

/// `data.twilio_monitor_events`.
pub const MONITOR_EVENTS: DataSource = DataSource {
    name: "twilio_monitor_events",
    since: "0.1.0",
    noun: "audit events",
    doc: "Who changed what in the account, as Twilio records it. What was changed in detail is left out: it may hold secrets, and would be in the state.",
    quirks: &[],
    category: Category::Monitor,
    api_page: "https://www.twilio.com/docs/usage/monitor-events",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Monitor, &["/v1/Events"], "events").filters(&[
        "event_type",
        "actor_sid",
        "resource_sid",
        "source_ip_address",
        "start_date",
        "end_date",
    ]),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("event_type", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("Only events of this type, for example `phone-number.created`."),
    sid("actor_sid", Setting(Clears), &[Check::AnySid]).doc("Only what this user, account or key did."),
    sid("resource_sid", Setting(Clears), &[Check::AnySid]).doc("Only what was done to this object."),
    text("source_ip_address", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("Only what came from this address."),
    text("start_date", Setting(Clears))
        .checks(&[Check::Custom(day_or_moment)])
        .doc("Only events on or after this day or moment (UTC): `2026-01-31` or `2026-01-31T12:00:00Z`."),
    text("end_date", Setting(Clears))
        .checks(&[Check::Custom(day_or_moment)])
        .doc("Only events on or before this day or moment (UTC)."),
    int("limit", Setting(Clears))
        .checks(&[Check::Range(1, 10000)])
        .doc("Most events to return, the newest first, `1` to `10000`. Default: `100`."),
    ACCOUNT_SID,
    objects("events", Observed, EVENT).doc("The events, the newest first."),
];

const EVENT: &[Field] = &[
    text("sid", Observed).doc("SID of the event (`AE…`)."),
    text("event_type", Observed).doc("What was done, for example `phone-number.created`."),
    text("description", Observed).doc("What was done, in words."),
    timestamp("event_date").doc("When it was done (RFC 3339, UTC)."),
    text("resource_sid", Observed).doc("SID of the object."),
    text("resource_type", Observed).doc("Kind of the object, for example `phone-number`."),
    text("actor_sid", Observed).doc("SID of who did it."),
    text("actor_type", Observed).doc("What the actor is: `user`, `account` or another."),
    text("source", Observed).doc("Where it was done: `web` for the Console, `api`, `twilio`."),
    text("source_ip_address", Observed).doc("The address that it came from."),
    text("account_sid", Observed).doc("SID of the account."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &MONITOR_EVENTS, |list| list))
}
