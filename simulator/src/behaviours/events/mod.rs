//! Event Streams: sinks, subscriptions, the event types in them, and the catalogue of event types and schemas.
//! <https://www.twilio.com/docs/events>
//!
//! Codes 91000 to 91104 are documented one by one (<https://www.twilio.com/docs/api/errors/91000> and following), but not the
//! HTTP statuses that they come with; all are answered with 400 here.

mod catalogue;
mod sinks;
mod subscriptions;

pub use catalogue::{SchemaVersions, Schemas, Types};
pub use sinks::{SinkTest, SinkValidate, Sinks};
pub use subscriptions::{SubscribedEvents, Subscriptions};

use crate::behaviour::{Registration, on};
use crate::error::ApiError;

/// Host of Event Streams.
const HOST: &str = "events.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Schemas", &Schemas),
    on(HOST, "/v1/Schemas/{Id}/Versions", &SchemaVersions),
    on(HOST, "/v1/Sinks", &Sinks),
    on(HOST, "/v1/Sinks/{Sid}/Test", &SinkTest),
    on(HOST, "/v1/Sinks/{Sid}/Validate", &SinkValidate),
    on(HOST, "/v1/Subscriptions", &Subscriptions),
    on(
        HOST,
        "/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents",
        &SubscribedEvents,
    ),
    on(HOST, "/v1/Types", &Types),
];

fn refused(code: u32, message: impl Into<String>) -> ApiError {
    ApiError::new(400, code, message)
}
