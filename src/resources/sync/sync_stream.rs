//! A Sync stream. <https://www.twilio.com/docs/sync/api/stream-resource>
//!
//! # Quirks
//! - `Ttl` is in no response; `date_expires` is.

use super::codes::SYNC;
use super::older;
use crate::engine::facts::Absent::{ClearedBy, Clears};
use crate::engine::facts::Role::{Fixed, Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Expiry, Field, Key, Literal, Managed, Object, Place, Plural, int, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;

use crate::twilio::Product;

/// `twilio_sync_stream`.
pub const SYNC_STREAM: Managed = Managed {
    object: Object {
        name: "twilio_sync_stream",
        noun: "Sync stream",
        plural: Some(Plural {
            name: "twilio_sync_streams",
            noun: "Sync streams",
        }),
        category: Category::Sync,
        api_page: "https://www.twilio.com/docs/sync/api/stream-resource",
        place: Place::at(
            Product::Sync,
            "/v1/Services/{service_sid}/Streams",
            "/v1/Services/{service_sid}/Streams/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("TO"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        codes: &[SYNC],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A message stream of a Sync service: what is published to it reaches those who are subscribed at that moment, and is stored nowhere.",
    quirks: &[
        "With `ttl` Twilio deletes the stream when its time is over. The refresh after that says so, and the plan makes a new one, with another SID; take the resource out of the configuration where it is meant to end.",
    ],
    expires: Some(Expiry {
        after: "ttl",
        at: Some("date_expires"),
    }),
    older_states: older::SYNC_STREAM,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")])
        .doc("SID of the Sync service (`IS…`). A change replaces the stream."),
    text("unique_name", Fixed(Clears))
        .checks(&[Check::Length(1, 256)])
        .doc("Name by which applications open the stream, up to 256 characters; without it they need its SID. Twilio cannot change \
              it: a change replaces the stream."),
    int("ttl", Setting(ClearedBy(Literal::Int(0))))
        .never_returned()
        .checks(&[Check::Range(0, 31_536_000)])
        .doc("Seconds from the create, or from the update that sets it, after which Twilio takes the stream away, `0` to `31536000`; \
              `0` is never, as without it."),
    timestamp("date_expires")
        .volatile()
        .doc("When Twilio takes it away (RFC 3339, UTC); without it, never."),
    text("created_by", Observed).doc("Identity that made it; `system` for what was made through the API."),
    ADOPT_EXISTING,

    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
