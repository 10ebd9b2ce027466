//! Turns the description of a Twilio resource into create, read, update, delete and import.
//!
//! A resource is data ([`table::Resource`]): names as written and as read, what may change in place, what removing an
//! attribute does, where the object lives. The engine is the one place that walks these tables, and the one place that
//! turns a Twilio error into a diagnostic ([`diagnose`]). It knows no product by name. Where a resource needs code, the
//! table carries small functions with a named phase ([`hooks`]).
//!
//! Start reading at [`table`], then [`create`].

pub mod adopt;
pub mod at_fault;
pub mod call;
mod cause;
pub mod checks;
mod choices;
pub mod claims;
pub mod codes;
pub mod create;
pub mod data_source;
pub mod delete;
pub mod diagnose;
pub mod expand;
pub mod flatten;
pub mod hooks;
pub mod import;
pub mod lacking;
pub mod ledger;
pub mod lookup;
pub mod mark;
pub mod older;
pub mod paths;
pub mod plan;
pub mod private;
pub mod protection;
pub mod read;
pub mod recovery;
pub mod resource;
pub mod schema;
pub mod session;
pub mod shown;
pub mod standing;
pub mod store;
pub mod table;
pub mod update;
