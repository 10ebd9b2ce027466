//! A secret under a key that the configuration chooses: JSON in a form, which Twilio shows to whoever reads it.
//! <https://www.twilio.com/docs/sync/api/map-item-resource>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{Fixed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Field, Key, List, Managed, Object, Omitted, Place, Plural, json, sid, text, timestamp,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_sync_map_secret`.
pub const SYNC_MAP_SECRET: Managed = Managed {
    object: Object {
        name: "twilio_test_sync_map_secret",
        noun: "secret of a map",
        plural: Some(Plural {
            name: "twilio_test_sync_map_secrets",
            noun: "secrets of a map",
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
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What only applications should read.",
    omitted: &[
        Omitted {
            parameter: "Ttl",
            reason: "an older name of ItemTtl",
        },
        Omitted {
            parameter: "ItemTtl",
            reason: "another table has it",
        },
        Omitted {
            parameter: "CollectionTtl",
            reason: "how long the map lives, which is the map's affair",
        },
    ],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")]).doc("SID of the Sync service (`IS…`). A change replaces it."),
    sid("map_sid", PathPart, &[Check::Sid("MP")]).doc("SID of the map (`MP…`). A change replaces it."),
    text("key", Fixed(Required)).doc("Its key in the map. A change replaces it."),
    json("data", Setting(Required))
        .write_only()
        .doc("The secret, as a JSON object."),
    // No `revision`: where nothing else of a change shows, nobody can tell an earlier one from the last.
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
