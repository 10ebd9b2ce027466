//! Usage.

pub mod budget_status;
pub mod categories;
mod each_account;
mod older;
pub(super) mod spend;
pub mod usage_anomaly;
pub mod usage_by_account;
pub mod usage_records;
pub mod usage_trigger;

use crate::engine::facts::Managed;
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[usage_trigger::USAGE_TRIGGER];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[
    budget_status::BUDGET_STATUS,
    usage_anomaly::USAGE_ANOMALY,
    usage_by_account::USAGE_BY_ACCOUNT,
    usage_records::USAGE_RECORDS,
];
