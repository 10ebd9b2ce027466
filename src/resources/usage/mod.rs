//! Usage.

pub mod categories;
mod older;
pub mod usage_trigger;
