//! Tables of shapes that no offered resource has yet: each stands for many that will. They are facts about real places of
//! Twilio's, so that the local Twilio and the contract check them; their names begin with `twilio_test_`.

mod chat_role;
mod content_template;
mod customer_profile;
mod flex_plugin;
mod identity_resolution;
mod pooled_service;
mod profile_contact;
mod profile_traits;
mod short_links_of_service;
mod supporting_document;
mod sync_map_secret;
mod trait_group;
mod workspace;

use terraform_provider_twilio::engine::facts::Managed;

/// All of them, sorted by name.
pub const TABLES: &[Managed] = &[
    chat_role::CHAT_ROLE,
    content_template::CONTENT_TEMPLATE,
    customer_profile::CUSTOMER_PROFILE,
    flex_plugin::FLEX_PLUGIN,
    identity_resolution::IDENTITY_RESOLUTION,
    pooled_service::POOLED_SERVICE,
    profile_contact::PROFILE_CONTACT,
    profile_traits::PROFILE_TRAITS,
    short_links_of_service::SHORT_LINKS_OF_SERVICE,
    supporting_document::SUPPORTING_DOCUMENT,
    sync_map_secret::SYNC_MAP_SECRET,
    trait_group::TRAIT_GROUP,
    workspace::WORKSPACE,
];
