//! The process that Terraform starts.

pub mod proto;
