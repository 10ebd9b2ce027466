//! An object that is read as a member of a list, though Twilio also shows it by itself: a shape that others have to have.
//! <https://www.twilio.com/docs/sync/api/sync-map-permission-resource>

use terraform_provider_twilio::engine::facts::Role::PathPart;
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, Read, UpdateStyle, sid,
};
use terraform_provider_twilio::twilio::Product;

use super::sync_permission::{IDENTITY, MANAGE, READ, SERVICE_SID, WRITE};

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
    SERVICE_SID,
    sid("map_sid", PathPart, &[Check::Sid("MP")]).doc("SID of the map (`MP…`). A change replaces it."),
    IDENTITY,
    READ,
    WRITE,
    MANAGE,
];
