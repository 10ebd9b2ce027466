//! Conversations.

pub mod codes;
pub mod conversations_configuration;
mod older;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[conversations_configuration::CONVERSATIONS_CONFIGURATION];
