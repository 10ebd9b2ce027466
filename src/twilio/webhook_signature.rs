//! The signature that Twilio sends with a webhook. <https://www.twilio.com/docs/usage/webhooks/webhooks-security>

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The value of `X-Twilio-Signature`: the HMAC-SHA1, keyed with an auth token, of the URL and the parameters of the body, each
/// name followed by its value, sorted and without duplicates.
pub fn webhook_signature(token: &str, url: &str, parameters: &BTreeMap<&str, BTreeSet<String>>) -> String {
    let mut signed = url.to_owned();
    for (name, values) in parameters {
        for value in values {
            signed.push_str(name);
            signed.push_str(value);
        }
    }
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    STANDARD.encode(sign(&key, signed.as_bytes()))
}
