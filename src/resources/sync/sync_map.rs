//! A Sync map. <https://www.twilio.com/docs/sync/api/map-resource>
//!
//! # Quirks
//! - `Ttl` is an older name of `CollectionTtl`, and neither is in a response; `date_expires` is.

use super::codes::SYNC;
use super::older;
use crate::engine::facts::Absent::{ClearedBy, Clears};
use crate::engine::facts::Role::{Fixed, Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Expiry, Field, Key, Literal, Managed, Object, Omitted, Place, Plural, int, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::twilio::Product;

/// `twilio_sync_map`.
pub const SYNC_MAP: Managed = Managed {
    object: Object {
        name: "twilio_sync_map",
        noun: "Sync map",
        plural: Some(Plural {
            name: "twilio_sync_maps",
            noun: "Sync maps",
        }),
        category: Category::Sync,
        api_page: "https://www.twilio.com/docs/sync/api/map-resource",
        place: Place::at(
            Product::Sync,
            "/v1/Services/{service_sid}/Maps",
            "/v1/Services/{service_sid}/Maps/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("MP"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        codes: &[SYNC],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A map of a Sync service: JSON objects by key, which `twilio_sync_map_item`s and applications write. Destroying it destroys its \
          items; `deletion_protection` refuses that.",
    quirks: &[
        "With `collection_ttl` Twilio deletes the map with its items when its time is over. The refresh after that says so, and the plan makes a new one, with another SID; take the resource out of the configuration where it is meant to end.",
    ],
    expires: Some(Expiry {
        after: "collection_ttl",
        at: Some("date_expires"),
    }),
    omitted: &[Omitted {
        parameter: "Ttl",
        reason: "an older name of CollectionTtl",
    }],
    older_states: older::SYNC_MAP,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")])
        .doc("SID of the Sync service (`IS…`). A change replaces the map."),
    text("unique_name", Fixed(Clears))
        .checks(&[Check::Length(1, 320)])
        .doc("Name by which applications open the map, up to 320 characters; without it they need its SID. Twilio cannot change \
              it: a change replaces the map."),
    int("collection_ttl", Setting(ClearedBy(Literal::Int(0))))
        .never_returned()
        .checks(&[Check::Range(0, 31_536_000)])
        .doc("Seconds from the create, or from the update that sets it, after which Twilio takes the map away, `0` to `31536000`; \
              `0` is never, as without it."),
    text("revision", Observed)
        .volatile()
        .doc("Twilio's mark of the last change of its items."),
    timestamp("date_expires")
        .volatile()
        .doc("When Twilio takes it away (RFC 3339, UTC); without it, never."),
    text("created_by", Observed).doc("Identity that made it; `system` for what was made through the API."),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
