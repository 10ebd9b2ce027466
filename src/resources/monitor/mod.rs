//! Monitor: what went wrong, and who changed what.

pub mod monitor_alerts;
pub mod monitor_events;

use crate::engine::serve::data_source::DataSource;

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[monitor_alerts::MONITOR_ALERTS, monitor_events::MONITOR_EVENTS];
