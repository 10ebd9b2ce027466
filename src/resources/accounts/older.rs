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
