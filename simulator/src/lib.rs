//! A local Twilio for demos and tests.
//!
//! It answers every published operation of Twilio's API from the contract in `simulator/contract/`, strictly, and adds the
//! behaviour that OpenAPI cannot express. See `simulator/README.md` for how to talk to it; start reading at [`contract`]
//! (the facts), `generic` (how an operation is served from them) and [`behaviour`] (what is added by hand).
//!
//! It has never seen a table of the provider: the two are checked against the same contract, not against each other.

pub mod behaviour;
pub mod behaviours;
pub mod clock;
pub mod contract;
pub mod error;
pub(crate) mod generic;
pub mod ids;
pub mod params;
pub mod state;
pub mod store;
