//! Studio.

pub mod codes;
pub mod execute_studio_flow;
mod older;
pub mod publish_studio_flow;
pub mod studio_flow;
pub mod studio_flow_revisions;
pub mod studio_flow_test_users;

use crate::engine::facts::{Action, Managed};
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[studio_flow::STUDIO_FLOW, studio_flow_test_users::STUDIO_FLOW_TEST_USERS];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[studio_flow_revisions::STUDIO_FLOW_REVISIONS];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[
    execute_studio_flow::EXECUTE_STUDIO_FLOW,
    publish_studio_flow::PUBLISH_STUDIO_FLOW,
];
