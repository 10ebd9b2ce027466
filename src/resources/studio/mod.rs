//! Studio.

mod older;
pub mod studio_flow;
