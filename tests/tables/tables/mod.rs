//! Tables of shapes that no offered resource has yet: each stands for many that will. They are facts about real places of
//! Twilio's, so that the local Twilio and the contract check them; their names begin with `twilio_test_`.

mod address;
mod content_template;
mod customer_profile;
mod pooled_service;
mod region;
mod serverless_build;
mod serverless_function;
mod serverless_service;
mod supporting_document;
mod workflow;
mod workspace;

use terraform_provider_twilio::engine::facts::Managed;

/// All of them, sorted by name.
pub const TABLES: &[Managed] = &[
    address::ADDRESS,
    content_template::CONTENT_TEMPLATE,
    customer_profile::CUSTOMER_PROFILE,
    pooled_service::POOLED_SERVICE,
    region::REGION,
    serverless_build::SERVERLESS_BUILD,
    serverless_function::SERVERLESS_FUNCTION,
    serverless_service::SERVERLESS_SERVICE,
    supporting_document::SUPPORTING_DOCUMENT,
    workflow::WORKFLOW,
    workspace::WORKSPACE,
];
