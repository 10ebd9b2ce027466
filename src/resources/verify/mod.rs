//! Verify.

pub mod check_verification;
pub mod codes;
mod older;
pub mod start_verification;
pub mod verify_service;

use crate::engine::facts::{Action, Managed};

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[verify_service::VERIFY_SERVICE];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[
    check_verification::CHECK_VERIFICATION,
    start_verification::START_VERIFICATION,
];
