//! Verify.

mod older;
pub mod verify_service;
