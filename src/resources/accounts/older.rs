//! Accounts and keys as the older providers store them.

use serde_json::Value as Json;

use crate::engine::facts::older::OlderState;
use crate::engine::facts::{Literal, Properties};

/// The older providers make keys by the classic API, and those are standard keys.
const STANDARD: &[(&str, Literal)] = &[("key_type", Literal::Text("standard"))];

/// `twilio_api_key`. twilio/twilio never stored a secret.
pub(super) const API_KEY: &[OlderState] = &[
    OlderState::rjpearson94("twilio_iam_api_key").always(STANDARD),
    OlderState::vendor("twilio_api_accounts_keys").always(STANDARD),
    OlderState::vendor("twilio_api_accounts_signing_keys").always(STANDARD),
];

/// `twilio_subaccount`.
pub(super) const SUBACCOUNT: &[OlderState] = &[OlderState::rjpearson94("twilio_account_sub_account")
    .account("owner_account_sid")
    .prepare(the_token_is_exposed)];

/// The older provider keeps the token of each subaccount in the state, and what reads it there goes on reading it. Here that is
/// a choice: a configuration that does not make it takes the token out, and the plan shows that.
fn the_token_is_exposed(stored: &mut Properties) {
    let token = stored.get("auth_token").and_then(Json::as_str);
    let is_exposed = token.is_some_and(|token| !token.is_empty());
    stored.insert("expose_auth_token".to_owned(), is_exposed.into());
}

/// `twilio_aws_credential`.
pub(super) const AWS_CREDENTIAL: &[OlderState] = &[
    OlderState::rjpearson94("twilio_credentials_aws").prepare(id_and_secret_are_one),
    OlderState::vendor("twilio_accounts_credentials_aws_v1"),
];

/// The older provider has the two parts of a key of AWS by themselves; Twilio takes them as one text.
fn id_and_secret_are_one(stored: &mut Properties) {
    let part = |name: &str| stored.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
    if let (Some(id), Some(secret)) = (part("aws_access_key_id"), part("aws_secret_access_key")) {
        stored.insert("credentials".to_owned(), format!("{id}:{secret}").into());
    }
}

/// `twilio_public_key_credential`.
pub(super) const PUBLIC_KEY_CREDENTIAL: &[OlderState] = &[
    OlderState::rjpearson94("twilio_credentials_public_key"),
    OlderState::vendor("twilio_accounts_credentials_public_keys_v1"),
];

/// `twilio_safelist_number`.
pub(super) const SAFELIST_NUMBER: &[OlderState] = &[OlderState::vendor("twilio_accounts_safe_list_numbers_v1")];
