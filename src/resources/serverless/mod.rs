//! Functions and Assets.

pub mod codes;
mod older;
mod project_apply;
mod project_files;
mod project_notes;
pub mod serverless_asset;
pub mod serverless_build;
pub mod serverless_deployment;
pub mod serverless_environment;
pub mod serverless_function;
pub mod serverless_project;
pub mod serverless_service;
pub mod serverless_variable;
mod versions;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    serverless_asset::SERVERLESS_ASSET,
    serverless_build::SERVERLESS_BUILD,
    serverless_deployment::SERVERLESS_DEPLOYMENT,
    serverless_environment::SERVERLESS_ENVIRONMENT,
    serverless_function::SERVERLESS_FUNCTION,
    serverless_project::SERVERLESS_PROJECT,
    serverless_service::SERVERLESS_SERVICE,
    serverless_variable::SERVERLESS_VARIABLE,
];
