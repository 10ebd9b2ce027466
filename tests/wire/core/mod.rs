//! The framework over real gRPC, with a toy provider.
//!
//! `rpc` calls it directly and sees what Terraform never shows; all others let the real Terraform do so, which judges the
//! answers by itself.

mod actions;
mod data;
mod deferral;
mod faults;
mod generate;
mod identity;
mod lifecycle;
mod list;
mod nested;
mod opentofu;
mod query;
mod rpc;
mod sandbox;
mod schemas;
mod server;
mod stored;
mod toy;
mod validation;
mod values;
mod write_only;
