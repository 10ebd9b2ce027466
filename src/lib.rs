//! The Terraform and OpenTofu provider for Twilio.
//!
//! Layers, each of which may use only what stands before it: `plugin` (the process that Terraform starts), `framework`
//! (Terraform's types and rules), `twilio` (the API client), `engine` (create, read, update, delete for any table),
//! `resources` (the tables), `provider` (what is offered, and with which credentials).
//! `ARCHITECTURE.md` draws the map; `cargo xtask tidy` keeps it.

pub mod command_line;
pub mod engine;
pub mod framework;
pub mod plugin;
pub mod provider;
pub mod resources;
pub mod twilio;
