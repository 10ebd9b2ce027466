//! A response that Twilio gave to a request that succeeded.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A JSON object, as Twilio answers one.
pub(super) type JsonObject = Map<String, Value>;

/// A successful answer.
#[derive(Clone, PartialEq)]
pub struct Response {
    /// HTTP status, 200 to 299.
    pub status: u16,
    /// The decoded body; `Null` if there was none.
    pub body: Value,
    /// Twilio's id of the request.
    pub request_id: Option<String>,
    /// Twilio's clock when it answered.
    pub date: Option<Timestamp>,
}

impl Response {
    /// The body, if it is an object.
    pub fn object(&self) -> Option<&JsonObject> {
        self.body.as_object()
    }

    /// A member of the body, if the body is an object that has it.
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.body.get(name)
    }
}

impl std::fmt::Debug for Response {
    /// Without the body, which may hold a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}
