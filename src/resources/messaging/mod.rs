//! Messaging.

pub mod codes;
pub mod messaging_service;
pub mod messaging_service_phone_number;
mod older;
