//! What the project's own commands and its acceptance tests share: finding Terraform, installing the built provider for
//! it, and running it in a folder of its own.

mod attached;
pub mod generated;
pub mod held;
pub mod local_twilio;
pub mod mirror;
pub mod refusals;
pub mod samples;
pub mod simulator;
pub mod state_file;
pub mod terraform;
