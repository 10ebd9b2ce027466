//! Verify.

pub mod verify_service;
