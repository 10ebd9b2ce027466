//! Placeholder.

pub mod twilio;
