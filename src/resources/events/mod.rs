//! Event streams.

pub mod codes;
pub mod event_schema;
pub mod event_sink;
pub mod event_subscription;
pub mod event_types;
mod older;
pub mod validate_sink;

use crate::engine::facts::{Action, Managed};
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[event_sink::EVENT_SINK, event_subscription::EVENT_SUBSCRIPTION];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[event_schema::EVENT_SCHEMA, event_types::EVENT_TYPES];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[validate_sink::VALIDATE_SINK];
