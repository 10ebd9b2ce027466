//! Usage.

pub mod categories;
mod older;
pub mod usage_records;
pub mod usage_trigger;

use crate::engine::facts::Managed;
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[usage_trigger::USAGE_TRIGGER];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[usage_records::USAGE_RECORDS];
