//! A Sync document. <https://www.twilio.com/docs/sync/api/document-resource>
//!
//! # Quirks
//! - `Ttl` is in no response; `date_expires` is.

use super::codes::SYNC;
use super::older;
use super::values::an_object;
use crate::engine::facts::Absent::{ClearedBy, Clears};
use crate::engine::facts::Role::{Fixed, Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Expiry, Field, Key, Literal, Managed, Object, Place, Plural, int, json, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::twilio::Product;

/// `twilio_sync_document`.
pub const SYNC_DOCUMENT: Managed = Managed {
    object: Object {
        name: "twilio_sync_document",
        noun: "Sync document",
        plural: Some(Plural {
            name: "twilio_sync_documents",
            noun: "Sync documents",
        }),
        category: Category::Sync,
        api_page: "https://www.twilio.com/docs/sync/api/document-resource",
        place: Place::at(
            Product::Sync,
            "/v1/Services/{service_sid}/Documents",
            "/v1/Services/{service_sid}/Documents/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("ET"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        codes: &[SYNC],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A document of a Sync service: one JSON object, which applications read, write and subscribe to. It suits what configures them; what they \
          write themselves shows as drift, unless `data` is in `ignore_changes`.",
    quirks: &[
        "With `ttl` Twilio deletes the document when its time is over. The refresh after that says so, and the plan makes a new one, with another SID; take the resource out of the configuration where it is meant to end.",
        "An update goes to the document as it is then: what an application writes between the plan and the apply is written over.",
    ],
    expires: Some(Expiry {
        after: "ttl",
        at: Some("date_expires"),
    }),
    older_states: older::SYNC_DOCUMENT,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")])
        .doc("SID of the Sync service (`IS…`). A change replaces the document."),
    text("unique_name", Fixed(Clears))
        .checks(&[Check::Length(1, 256)])
        .doc("Name by which applications open the document, up to 256 characters; without it they need its SID. Twilio cannot change \
              it: a change replaces the document."),
    json("data", Setting(ClearedBy(Literal::EmptyObject)))
        .checks(&[Check::Json, Check::Custom(an_object)])
        .doc("What the document holds: a JSON object of up to 16 KiB. An update replaces all of it. Without it, it is empty."),
    int("ttl", Setting(ClearedBy(Literal::Int(0))))
        .never_returned()
        .checks(&[Check::Range(0, 31_536_000)])
        .doc("Seconds from the create, or from the update that sets it, after which Twilio takes the document away, `0` to `31536000`; \
              `0` is never, as without it."),
    text("revision", Observed)
        .volatile()
        .doc("Twilio's mark of the last change of the data."),
    timestamp("date_expires")
        .volatile()
        .doc("When Twilio takes it away (RFC 3339, UTC); without it, never."),
    text("created_by", Observed).doc("Identity that made it; `system` for what was made through the API."),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
