//! Studio.

pub mod codes;
pub mod execute_studio_flow;
mod older;
pub mod publish_studio_flow;
pub mod studio_flow;

use crate::engine::facts::{Action, Managed};

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[studio_flow::STUDIO_FLOW];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[
    execute_studio_flow::EXECUTE_STUDIO_FLOW,
    publish_studio_flow::PUBLISH_STUDIO_FLOW,
];
