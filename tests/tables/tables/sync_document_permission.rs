//! An object that the first write to its own path makes: an upsert.
//! <https://www.twilio.com/docs/sync/api/document-permission-resource>

use terraform_provider_twilio::engine::facts::Role::PathPart;
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, sid,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

use super::sync_permission::{IDENTITY, MANAGE, READ, SERVICE_SID, WRITE};

/// `twilio_test_sync_document_permission`.
pub const SYNC_DOCUMENT_PERMISSION: Managed = Managed {
    object: Object {
        name: "twilio_test_sync_document_permission",
        noun: "document permission",
        plural: Some(Plural {
            name: "twilio_test_sync_document_permissions",
            noun: "document permissions",
        }),
        api_page: "https://www.twilio.com/docs/sync/api/document-permission-resource",
        place: Place::at(
            Product::Sync,
            "/v1/Services/{service_sid}/Documents/{document_sid}/Permissions",
            "/v1/Services/{service_sid}/Documents/{document_sid}/Permissions/{identity}",
        ),
        parents: &["service_sid", "document_sid"],
        key: Key::Field("identity"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What an identity may do with a document.",
    lifecycle: Lifecycle::upserted(UpdateStyle::Post, Destroy::Delete),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    SERVICE_SID,
    sid("document_sid", PathPart, &[Check::Sid("ET")]).doc("SID of the document (`ET…`). A change replaces it."),
    IDENTITY,
    READ,
    WRITE,
    MANAGE,
    ADOPT_EXISTING,
];
