//! Verify.

pub mod codes;
mod older;
pub mod verify_service;
