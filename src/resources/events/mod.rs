//! Event streams.

pub mod event_sink;
pub mod event_subscription;
mod older;
