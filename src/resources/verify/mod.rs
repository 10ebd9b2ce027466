//! Verify.

pub mod check_verification;
pub mod codes;
mod older;
pub mod start_verification;
pub mod verify_messaging_configuration;
pub mod verify_rate_limit;
pub mod verify_rate_limit_bucket;
pub mod verify_safelist_number;
pub mod verify_service;
pub mod verify_templates;
pub mod verify_webhook;

use crate::engine::facts::{Action, Managed};
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    verify_messaging_configuration::VERIFY_MESSAGING_CONFIGURATION,
    verify_rate_limit::VERIFY_RATE_LIMIT,
    verify_rate_limit_bucket::VERIFY_RATE_LIMIT_BUCKET,
    verify_safelist_number::VERIFY_SAFELIST_NUMBER,
    verify_service::VERIFY_SERVICE,
    verify_webhook::VERIFY_WEBHOOK,
];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[verify_templates::VERIFY_TEMPLATES];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[
    check_verification::CHECK_VERIFICATION,
    start_verification::START_VERIFICATION,
];
