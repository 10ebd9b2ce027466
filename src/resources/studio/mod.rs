//! Studio.

pub mod studio_flow;
