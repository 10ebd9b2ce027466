//! An item of a Sync map. <https://www.twilio.com/docs/sync/api/map-item-resource>
//!
//! # Quirks
//! - It has no SID: its key, which may have slashes in it, is the last part of its path.
//! - `Ttl` is an older name of `ItemTtl`, and neither is in a response. `date_expires` is, and left out: it moves with each update.

use super::codes::SYNC;
use super::values::an_object;
use crate::engine::facts::Absent::{ClearedBy, Required};
use crate::engine::facts::Role::{Fixed, Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Expiry, Field, Key, List, Literal, Managed, Object, Omitted, Place, Plural, int, json, sid, text,
    timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::twilio::Product;

/// `twilio_sync_map_item`.
pub const SYNC_MAP_ITEM: Managed = Managed {
    object: Object {
        name: "twilio_sync_map_item",
        noun: "map item",
        plural: Some(Plural {
            name: "twilio_sync_map_items",
            noun: "map items",
        }),
        category: Category::Sync,
        api_page: "https://www.twilio.com/docs/sync/api/map-item-resource",
        place: Place::at(
            Product::Sync,
            "/v1/Services/{service_sid}/Maps/{map_sid}/Items",
            "/v1/Services/{service_sid}/Maps/{map_sid}/Items/{key}",
        ),
        parents: &["service_sid", "map_sid"],
        key: Key::Field("key"),
        list: List {
            omitted: &[
                Omitted {
                    parameter: "Order",
                    reason: "all items are listed, in whatever order",
                },
                Omitted {
                    parameter: "From",
                    reason: "where a page of items begins: all are listed",
                },
                Omitted {
                    parameter: "Bounds",
                    reason: "whether a page has the item that it begins at: all are listed",
                },
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[SYNC],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An item of a Sync map: JSON under a key, which applications read, write and subscribe to. It suits what configures them; \
          what they write themselves is no business of a plan, and shows as drift.",
    quirks: &[
        "With `item_ttl` Twilio deletes the item when its time is over. The refresh after that says so, and the plan makes it anew.",
    ],
    expires: Some(Expiry {
        after: "item_ttl",
        at: None,
    }),
    omitted: &[
        Omitted {
            parameter: "Ttl",
            reason: "an older name of ItemTtl",
        },
        Omitted {
            parameter: "CollectionTtl",
            reason: "how long the map lives, which is the map's affair",
        },
    ],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")]).doc("SID of the Sync service (`IS…`). A change replaces the item."),
    sid("map_sid", PathPart, &[Check::Sid("MP")]).doc("SID of the map (`MP…`). A change replaces the item."),
    text("key", Fixed(Required))
        .checks(&[Check::Length(1, 320)])
        .doc("Key of the item in its map, up to 320 characters. A change replaces the item."),
    json("data", Setting(Required)).checks(&[Check::Json, Check::Custom(an_object)]).doc("What the item holds: a JSON object of up to 16 KiB."),
    int("item_ttl", Setting(ClearedBy(Literal::Int(0))))
        .never_returned()
        .checks(&[Check::Range(0, 31_536_000)])
        .doc(
            "Seconds from the create, or from the update that sets it, after which Twilio takes the item away, `0` to `31536000`; \
             `0` is never, as without it.",
        ),
    text("revision", Observed)
        .volatile()
        .doc("Twilio's mark of the last change of the data."),
    text("created_by", Observed).doc("Identity that made it; `system` for what was made through the API."),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
