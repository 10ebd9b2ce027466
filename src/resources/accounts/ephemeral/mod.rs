//! What is made or fetched for one run and stored nowhere.

pub mod access_token;
pub mod api_key;
pub mod oauth_token;
pub mod subaccount_credentials;

use crate::engine::facts::Ephemeral;

/// All of them, sorted by name.
pub const ALL: &[Ephemeral] = &[
    access_token::ACCESS_TOKEN,
    api_key::API_KEY,
    oauth_token::OAUTH_TOKEN,
    subaccount_credentials::SUBACCOUNT_CREDENTIALS,
];
