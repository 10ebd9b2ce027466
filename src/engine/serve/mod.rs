//! A table as what the framework serves.

pub(crate) mod action;
pub mod data_source;
pub(crate) mod ephemeral;
pub(crate) mod list;
pub(crate) mod lookup;
pub(crate) mod resource;
mod unrecorded;
