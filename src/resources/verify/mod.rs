//! Verify.

pub mod codes;
mod older;
pub mod verify_service;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[verify_service::VERIFY_SERVICE];
