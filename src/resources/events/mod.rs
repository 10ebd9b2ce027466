//! Event streams.

pub mod codes;
pub mod event_sink;
pub mod event_subscription;
mod older;
