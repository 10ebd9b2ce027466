//! Voice.

pub mod codes;
mod older;
pub mod queue;
pub mod twiml_app;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[queue::QUEUE, twiml_app::TWIML_APP];
