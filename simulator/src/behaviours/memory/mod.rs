//! Conversation memory.

mod identifiers;
mod trait_groups;

use crate::behaviour::{Registration, on};

/// Where it stands.
const HOST: &str = "memory.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(
        HOST,
        "/v1/ControlPlane/Stores/{storeId}/TraitGroups",
        &trait_groups::TraitGroups,
    ),
    on(
        HOST,
        "/v1/Stores/{storeId}/Profiles/{profileId}/Identifiers",
        &identifiers::Identifiers,
    ),
];
