//! What can be looked up, one file per data source.

pub mod usage_records;
