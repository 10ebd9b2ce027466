//! Two resources, one object: who holds what in this run, what is protected, and what is said when two meet.

pub(crate) mod claims;
pub mod ledger;
pub mod protection;
