//! Studio.

pub mod codes;
mod older;
pub mod studio_flow;
