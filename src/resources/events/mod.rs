//! Event streams.

pub mod codes;
pub mod event_sink;
pub mod event_subscription;
mod older;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[event_sink::EVENT_SINK, event_subscription::EVENT_SUBSCRIPTION];
