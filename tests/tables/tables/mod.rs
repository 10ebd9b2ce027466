//! Tables of shapes that no offered resource has yet: each stands for many that will. They are facts about real places of
//! Twilio's, so that the local Twilio and the contract check them; their names begin with `twilio_test_`.

mod chat_role;
mod content_template;
mod customer_profile;
mod dialing_country;
mod flex_plugin;
mod identity_resolution;
mod operator_of_service;
mod pooled_service;
mod profile_contact;
mod profile_traits;
mod safelist_number;
mod serverless_build;
mod serverless_function;
mod serverless_service;
mod short_code;
mod short_links_of_service;
mod sip_credential;
mod supporting_document;
mod sync_map_permission;
mod sync_map_secret;
mod sync_permission;
mod trait_group;
mod trunk_recording;
mod workflow;
mod workspace;

use terraform_provider_twilio::engine::facts::Managed;

/// All of them, sorted by name.
pub const TABLES: &[Managed] = &[
    chat_role::CHAT_ROLE,
    content_template::CONTENT_TEMPLATE,
    customer_profile::CUSTOMER_PROFILE,
    dialing_country::DIALING_COUNTRY,
    flex_plugin::FLEX_PLUGIN,
    identity_resolution::IDENTITY_RESOLUTION,
    operator_of_service::OPERATOR_OF_SERVICE,
    pooled_service::POOLED_SERVICE,
    profile_contact::PROFILE_CONTACT,
    profile_traits::PROFILE_TRAITS,
    safelist_number::SAFELIST_NUMBER,
    serverless_build::SERVERLESS_BUILD,
    serverless_function::SERVERLESS_FUNCTION,
    serverless_service::SERVERLESS_SERVICE,
    short_code::SHORT_CODE,
    short_links_of_service::SHORT_LINKS_OF_SERVICE,
    sip_credential::SIP_CREDENTIAL,
    supporting_document::SUPPORTING_DOCUMENT,
    sync_map_permission::SYNC_MAP_PERMISSION,
    sync_map_secret::SYNC_MAP_SECRET,
    trait_group::TRAIT_GROUP,
    trunk_recording::TRUNK_RECORDING,
    workflow::WORKFLOW,
    workspace::WORKSPACE,
];
