//! Usage.

pub mod usage_trigger;
