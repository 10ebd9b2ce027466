//! One stored object.

use serde_json::Value;

use super::Fields;

/// One stored object.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// Order of creation; set by [`super::Store::insert`].
    pub sequence: u64,
    /// Canonical host, for example `messaging.twilio.com`.
    pub host: String,
    /// Account that owns the object.
    pub account: String,
    /// Concrete path of its collection without `.json`, for example `/v1/Services/MG…/PhoneNumbers`.
    pub collection: String,
    /// Concrete path of the object without `.json`.
    pub path: String,
    /// Contract template of the collection, for example `/v1/Services/{ServiceSid}/PhoneNumbers`.
    pub template: String,
    /// Last segment of `path`: the SID, or the natural key where a product has no SID.
    pub key: String,
    /// Answer fields.
    pub body: Fields,
    /// What was written but is never shown: write-only parameters by their parameter name, and a behaviour's own notes.
    pub hidden: Fields,
    /// Answer fields before the last change, for reads that lag behind.
    pub previous: Option<Box<Fields>>,
    /// Milliseconds since 1970 at creation.
    pub created_ms: i64,
    /// Milliseconds since 1970 at the last change.
    pub updated_ms: i64,
}

impl Object {
    /// A field of the response as text.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.body.get(field).and_then(Value::as_str)
    }

    /// Sets a field of the response.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.body.insert(field.to_owned(), value.into());
    }
}
