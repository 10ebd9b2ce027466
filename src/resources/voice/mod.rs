//! Voice.

pub mod codes;
pub mod make_call;
mod older;
pub mod queue;
pub mod twiml_app;

use crate::engine::facts::{Action, Managed};

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[queue::QUEUE, twiml_app::TWIML_APP];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[make_call::MAKE_CALL];
