//! A local Twilio for demos and tests.
//!
//! It answers every published operation of Twilio's API from the contract in `simulator/contract/`, strictly, and adds the
//! behaviour that OpenAPI cannot express. See `simulator/README.md` for how to talk to it; start reading at [`contract`]
//! (the facts), `generic` (how an operation is served from them) and `behaviour` (what is added by hand).
//!
//! It has never seen a table of the provider: the two are checked against the same contract, not against each other.

#![allow(clippy::disallowed_methods, reason = "a local Twilio lives in real time")]

mod auth;
mod behaviour;
mod behaviours;
mod clock;
mod connection;
pub mod contract;
mod control;
pub mod coverage;
mod error;
mod expression;
mod facts;
mod faults;
mod generic;
mod ids;
mod mixed;
mod multipart;
mod params;
mod permissions;
mod processes;
mod regions;
mod request;
mod server;
mod simulation;
mod simulator;
mod state;
mod store;
mod test_credentials;
mod validate;

pub use simulator::{Handle, Options, Simulator};
