//! Conversational Intelligence.

pub mod codes;
pub mod intelligence_custom_operator;
pub mod intelligence_operator_types;
pub mod intelligence_prebuilt_operators;
pub mod intelligence_service;
pub mod intelligence_service_operator;
mod older;

use crate::engine::facts::Managed;
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    intelligence_custom_operator::INTELLIGENCE_CUSTOM_OPERATOR,
    intelligence_service::INTELLIGENCE_SERVICE,
    intelligence_service_operator::INTELLIGENCE_SERVICE_OPERATOR,
];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[
    intelligence_operator_types::INTELLIGENCE_OPERATOR_TYPES,
    intelligence_prebuilt_operators::INTELLIGENCE_PREBUILT_OPERATORS,
];
