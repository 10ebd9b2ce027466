//! The real Terraform against the provider and a local Twilio: what a practitioner does, and what must come of it.
//!
//! `products` leads the samples of each product through their lives; what is special about a resource has a module in `cases`.
//! Each test has a Twilio and a folder of its own, so that they run side by side in any order.

mod answers;
mod audit;
mod bad_input;
mod cases;
mod ci_jobs;
mod closed_accounts;
mod configurations;
mod core;
mod default_account;
mod deposed;
mod drift_job;
mod ephemeral;
mod every_secret;
mod examples;
mod functions;
mod guides;
mod install;
mod interruptions;
mod lifecycle;
mod lookups;
mod mocks;
mod moves;
mod oauth;
mod older_states;
mod plain_words;
mod policy;
mod products;
mod proxy;
mod recipes;
mod removal;
mod replacement;
mod sandbox;
mod scale;
mod secret_stores;
mod secrets;
mod sharing;
mod sign_in;
mod since_1_12;
mod since_1_14;
mod since_1_14_actions;
#[path = "../tables/tables/mod.rs"]
mod tables;
mod terminals;
mod test_tables;
mod transport;
mod until_1_10;
mod webhook_server;
mod workflow;
mod write_only;
