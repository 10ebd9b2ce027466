//! API keys, and OAuth apps with their tokens.

pub mod keys;
pub mod oauth;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "iam.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Keys", &keys::IamKeys),
    on(HOST, "/v1/Account/OAuthApps", &oauth::OauthApps),
    on(HOST, "/v1/token", &oauth::Token),
    on("oauth.twilio.com", "/v1/token", &oauth::Token),
    on("oauth.twilio.com", "/v2/token", &oauth::Token),
];
