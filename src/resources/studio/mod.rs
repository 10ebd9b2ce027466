//! Studio.

pub mod codes;
mod older;
pub mod studio_flow;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[studio_flow::STUDIO_FLOW];
