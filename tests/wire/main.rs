//! The provider's own process, driven over its real connection by a client that plays Terraform.

#![allow(clippy::disallowed_methods, reason = "tests measure how long the process takes")]

mod core;
mod core_client;
mod deferral;
mod ephemeral;
mod functions;
mod transport;
