//! Auth tokens, credentials, geo permissions, the safe list.

pub mod auth_tokens;
pub mod credentials;
pub mod geo_permissions;
pub mod safe_list;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "accounts.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/AuthTokens/Promote", &auth_tokens::Promote),
    on(HOST, "/v1/AuthTokens/Secondary", &auth_tokens::Secondary),
    on(HOST, "/v1/Credentials/AWS", &credentials::Credentials),
    on(HOST, "/v1/Credentials/PublicKeys", &credentials::Credentials),
    on(HOST, "/v1/Messaging/GeoPermissions", &geo_permissions::GeoPermissions),
    on(HOST, "/v1/SafeList/Numbers", &safe_list::SafeList),
];
