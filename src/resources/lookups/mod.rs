//! Lookup: what is known of a phone number.

pub mod codes;
pub mod lookup;
pub mod lookup_override;
pub mod lookup_rate_limit;

use crate::engine::facts::Managed;
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[lookup_override::LOOKUP_OVERRIDE, lookup_rate_limit::LOOKUP_RATE_LIMIT];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[lookup::LOOKUP];
