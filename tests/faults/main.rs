//! The proof that the provider doubles nothing and loses nothing, whatever happens between it and Twilio.
//!
//! A local Twilio with injected faults and the provider run in this process. [`matrix`] plays every fault in every
//! operation on every resource; [`lifecycles`] leads each through its whole lifecycle; [`bulk`] makes thousands of objects at a time while everything goes wrong now and then.
//! Waits are real and [`clock`] makes them short.

mod accepted;
mod bulk;
mod checks;
mod clock;
mod dateless;
mod echo;
mod empty_texts;
mod forms;
mod lifecycles;
mod matrix;
mod needs;
mod normalised;
mod operations;
mod projects;
mod propose;
mod samples;
mod searches;
mod shapes;
mod shares;
mod stops;
mod strangers;
#[path = "../tables/tables/mod.rs"]
mod tables;
mod terraform;
mod twilio;
mod uploads;
mod waits;
