//! An object that is read as a member of a list, though Twilio also shows it by itself: a shape that others have to have.
//! <https://www.twilio.com/docs/sync/api/sync-map-permission-resource>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, Read, UpdateStyle, boolean, sid, text,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_sync_map_permission`.
pub const SYNC_MAP_PERMISSION: Managed = Managed {
    object: Object {
        name: "twilio_test_sync_map_permission",
        noun: "map permission",
        plural: Some(Plural {
            name: "twilio_test_sync_map_permissions",
            noun: "map permissions",
        }),
        api_page: "https://www.twilio.com/docs/sync/api/sync-map-permission-resource",
        place: Place::at(
            Product::Sync,
            LIST,
            "/v1/Services/{service_sid}/Maps/{map_sid}/Permissions/{identity}",
        )
        .read(Read::Member(LIST)),
        parents: &["service_sid", "map_sid"],
        key: Key::Field("identity"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What an identity may do with a map.",
    lifecycle: Lifecycle::upserted(UpdateStyle::Post, Destroy::Delete),
    ..Managed::NEW
};

const LIST: &str = "/v1/Services/{service_sid}/Maps/{map_sid}/Permissions";

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")]).doc("SID of the Sync service (`IS…`). A change replaces it."),
    sid("map_sid", PathPart, &[Check::Sid("MP")]).doc("SID of the map (`MP…`). A change replaces it."),
    text("identity", PathPart).doc("Who it is about. A change replaces the permission."),
    boolean("read", Setting(Required))
        .with_every_update()
        .doc("Whether it may read."),
    boolean("write", Setting(Required))
        .with_every_update()
        .doc("Whether it may write."),
    boolean("manage", Setting(Required))
        .with_every_update()
        .doc("Whether it may manage."),
];
