//! Usage.

pub mod categories;
pub mod usage_trigger;
