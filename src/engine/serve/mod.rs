//! A table as what the framework serves.

pub mod data_source;
pub mod list;
pub mod lookup;
pub mod resource;
