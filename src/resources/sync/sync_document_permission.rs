//! What an identity may do with a Sync document. <https://www.twilio.com/docs/sync/api/document-permission-resource>

use super::codes::SYNC;
use super::permission::{IDENTITY, MANAGE, QUIRKS, READ, SERVICE_SID, WRITE};
use crate::engine::facts::Role::PathPart;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, sid,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_sync_document_permission`.
pub const SYNC_DOCUMENT_PERMISSION: Managed = Managed {
    object: Object {
        name: "twilio_sync_document_permission",
        noun: "Sync document permission",
        plural: Some(Plural {
            name: "twilio_sync_document_permissions",
            noun: "Sync document permissions",
        }),
        category: Category::Sync,
        api_page: "https://www.twilio.com/docs/sync/api/document-permission-resource",
        place: Place::at(
            Product::Sync,
            "/v1/Services/{service_sid}/Documents/{document_sid}/Permissions",
            "/v1/Services/{service_sid}/Documents/{document_sid}/Permissions/{identity}",
        ),
        parents: &["service_sid", "document_sid"],
        key: Key::Field("identity"),
        fields: FIELDS,
        codes: &[SYNC],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What the clients of an identity may do with a Sync document. Destroying it takes all of that from them.",
    quirks: QUIRKS,
    lifecycle: Lifecycle::upserted(UpdateStyle::Post, Destroy::Delete),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    SERVICE_SID,
    sid("document_sid", PathPart, &[Check::Sid("ET")])
        .doc("SID of the document (`ET…`). A change replaces the permission."),
    IDENTITY,
    READ,
    WRITE,
    MANAGE,
    ADOPT_EXISTING,
];
