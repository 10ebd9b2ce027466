//! Messaging.

pub mod codes;
mod older;
pub mod service;
pub mod service_phone_number;
