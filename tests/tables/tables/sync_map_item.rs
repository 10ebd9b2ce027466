//! An object that is known by a key which the configuration chooses, and which may have slashes in it.
//! <https://www.twilio.com/docs/sync/api/map-item-resource>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{Fixed, Observed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Field, Key, List, Managed, Object, Omitted, Place, Plural, json, sid, text, timestamp,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::engine::sharing::protection::DELETION_PROTECTION;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_sync_map_item`.
pub const SYNC_MAP_ITEM: Managed = Managed {
    object: Object {
        name: "twilio_test_sync_map_item",
        noun: "map item",
        plural: Some(Plural {
            name: "twilio_test_sync_map_items",
            noun: "map items",
        }),
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
                    parameter: "Bounds",
                    reason: "a shape that is tested by other tables",
                },
                Omitted {
                    parameter: "From",
                    reason: "a shape that is tested by other tables",
                },
                Omitted {
                    parameter: "Order",
                    reason: "a shape that is tested by other tables",
                },
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An item of a map.",
    omitted: &[
        Omitted {
            parameter: "Ttl",
            reason: "an old name of ItemTtl",
        },
        Omitted {
            parameter: "ItemTtl",
            reason: "an item that goes by itself is drift",
        },
        Omitted {
            parameter: "CollectionTtl",
            reason: "belongs to the map",
        },
    ],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")]).doc("SID of the Sync service (`IS…`). A change replaces it."),
    sid("map_sid", PathPart, &[Check::Sid("MP")]).doc("SID of the map (`MP…`). A change replaces it."),
    text("key", Fixed(Required))
        .checks(&[Check::Length(1, 320)])
        .doc("The item's key, up to 320 characters. A change replaces the item."),
    json("data", Setting(Required)).doc("What the item holds, as JSON."),
    text("revision", Observed)
        .volatile()
        .doc("Twilio's number of the last change."),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
