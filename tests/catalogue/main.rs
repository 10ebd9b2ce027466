//! Walks every table that the provider offers: named, documented, registered, shown in an example, importable, and in
//! agreement with Twilio's published contract.
//!
//! Each rule collects everything that breaks it before it fails. Where Twilio itself is the reason for an exception, the
//! rule lists it with the reason, and an exception that is no longer needed fails as well ([`walk::settle`]). Each rule is
//! also shown a table that breaks it, so that none of them passes by looking at nothing.

mod clearing;
mod codes;
mod contract;
mod decoders;
mod files;
mod functions;
mod imports;
mod lifecycles;
mod names;
mod no_values;
mod older_states;
mod samples;
mod schemas;
mod secrets;
#[path = "../tables/tables/mod.rs"]
mod tables;
mod texts;
mod waits;
mod walk;
mod words;
