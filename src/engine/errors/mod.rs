//! The one place that makes diagnostics of Twilio's errors.

pub mod at_fault;
mod cause;
pub mod codes;
pub mod diagnose;
pub(crate) mod folding;
pub(crate) mod recovery;
pub(crate) mod sign_in;
