//! The process that Terraform starts: everything go-plugin demands of a plugin, whatever the plugin is for.
//!
//! It knows neither Terraform's schemas nor Twilio; it hosts one gRPC service and takes care of the rest: the handshake on
//! standard output, mutual TLS, the socket, go-plugin's own services, signals, logging and the end of the process.
//! Start reading at [`serve`](serve()), then [`handshake`] and [`tls`].
//!
//! The hosted service sets its own message limits. Core accepts and sends messages of any size and tonic stops at 4 MiB,
//! so a provider raises both of its limits to 256 MiB.

mod broker;
mod calls;
mod controller;
mod error;
pub mod handshake;
mod incoming;
#[cfg(unix)]
mod leftovers;
pub mod listener;
pub(crate) mod logging;
mod orphan;
pub(crate) mod panics;
pub mod proto;
pub mod reattach;
mod router;
mod serve;
mod signals;
mod stdio;
pub(crate) mod terminal;
pub(crate) mod tls;

pub use error::ServeError;
pub use serve::{Mode, ServeOptions, Transport, serve};
