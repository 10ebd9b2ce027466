//! The Terraform and OpenTofu provider for Twilio.
//!
//! Layers, each of which may use only what stands before it: `plugin` (the process that Terraform starts), `framework`
//! (Terraform's types and rules), `twilio` (the API client), `engine` (create, read, update, delete for any table),
//! `resources` (the tables), `functions` (what configurations compute), `provider` (what is offered, and with which credentials).
//! `ARCHITECTURE.md` draws the map; `cargo xtask tidy` keeps it.
//!
//! What is shipped has one door, [`run`], so the compiler knows what nobody uses: CI builds it like that. The feature `internals`
//! opens the layers, to tests, benchmarks, fuzz targets and `xtask`; what only they need stands behind it too. Modules that none
//! of them names are the crate's own even then.

#![cfg_attr(feature = "internals", warn(unreachable_pub))]

#[cfg(not(feature = "internals"))]
mod command_line;
#[cfg(not(feature = "internals"))]
mod engine;
#[cfg(not(feature = "internals"))]
mod framework;
#[cfg(not(feature = "internals"))]
mod functions;
#[cfg(not(feature = "internals"))]
mod plugin;
#[cfg(not(feature = "internals"))]
mod provider;
#[cfg(not(feature = "internals"))]
mod resources;
#[cfg(not(feature = "internals"))]
mod twilio;

#[cfg(feature = "internals")]
pub mod command_line;
#[cfg(feature = "internals")]
pub mod engine;
#[cfg(feature = "internals")]
pub mod framework;
#[cfg(feature = "internals")]
pub mod functions;
#[cfg(feature = "internals")]
pub mod plugin;
#[cfg(feature = "internals")]
pub mod provider;
#[cfg(feature = "internals")]
pub mod resources;
#[cfg(feature = "internals")]
pub mod twilio;

/// Does what the arguments of this process say: serves Terraform, unless a flag says otherwise.
pub fn run() -> std::process::ExitCode {
    command_line::run(provider::TwilioProvider::default())
}
