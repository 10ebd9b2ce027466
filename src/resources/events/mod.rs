//! Event streams.

pub mod codes;
pub mod event_sink;
pub mod event_subscription;
mod older;
pub mod validate_sink;

use crate::engine::facts::{Action, Managed};

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[event_sink::EVENT_SINK, event_subscription::EVENT_SUBSCRIPTION];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[validate_sink::VALIDATE_SINK];
