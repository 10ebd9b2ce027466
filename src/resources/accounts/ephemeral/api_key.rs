//! An API key for one run. <https://www.twilio.com/docs/iam/api-keys/key-resource-v1>
//!
//! It is made under a name that no other key has, so where the response to its create is lost it can be told from every other: it
//! is revoked, and another is made. Where that cannot be cleared up, nothing is sent again.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Local, Observed};
use crate::engine::facts::hooks::{Call, Fault, Step, Warnings};
use crate::engine::facts::{
    Category, Check, Closing, Ephemeral, Field, Kind, Opened, Opening, Parameters, Properties, object, set, sid, text,
};
use crate::engine::operations::absence::{self, Gone};
use crate::engine::operations::requests::{delete, list_all};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::accounts::api_key::{self, API_KEY as RESOURCE};
use crate::resources::accounts::codes::ACCOUNTS;
use crate::twilio::{Error, ErrorKind, Proof, Search, Secret};

/// `ephemeral.twilio_api_key`.
pub const API_KEY: Ephemeral = Ephemeral {
    name: "twilio_api_key",
    since: "0.1.0",
    noun: "API key",
    doc: "An API key for one run: made when the run begins it and revoked when the run ends, restricted by `policy`. Its secret is in \
          no state and no plan file. For an application that goes on after the run use the resource `twilio_api_key`.",
    quirks: &[
        "Making and revoking keys needs the account's auth token, a main key, or a restricted key with the permissions for keys.",
        "A restricted key has at most 100 permissions and works in the region US1 alone.",
        "The name says of which run the key is and from when: `terraform-run 4f1c9a2e77b01d35 \
         2026-11-29T08:45:43Z 00ff`. All keys of one run of the provider have the same number behind `terraform-run`.",
        "If the response to the create is lost, the provider finds the key by its name, revokes it and makes another. If it cannot, \
         the run stops and names the key that may be left.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api-keys/key-resource-v1",
    attributes: ATTRIBUTES,
    codes: &[ACCOUNTS],
    rules: &[],
    validate: None,
    called: Some(|run, client| name(run, client.server_time(), &client.nonce())),
    open,
    close: Some(close),
    lasts_longer: "",
};

const ATTRIBUTES: &[Field] = &[
    sid("account_sid", Local(Clears), &[Check::Sid("AC")]).doc(
        "SID of the account that the key is for: the account that signs in or one of its subaccounts. Default: the provider's \
         `subaccount_sid`, else its `account_sid`.",
    ),
    object("policy", Local(Clears), POLICY).doc(
        "What the key may do. Without it, the key is a standard key: it may do everything but manage accounts and keys.",
    ),
    text("sid", Observed).doc("Twilio's SID of the key: `SK…`."),
    text("secret", Observed).sensitive().doc("Its secret."),
    text("friendly_name", Observed).doc("Its name, which says of which run it is and from when."),
];

const POLICY: &[Field] = &[set("allow", Local(Required), &Kind::Text)
    .checks(&[Check::Length(1, 100), Check::Each(&Check::Custom(api_key::permission))])
    .doc("Permissions, `1` to `100`, for example `/twilio/messaging/messages/create`. Twilio's page on restricted keys lists them.")];

/// What all names begin with.
const OF_A_RUN: &str = "terraform-run ";

/// `terraform-run 4f1c9a2e77b01d35 2026-11-29T08:45:43Z 0`: which run, when, and which of its keys.
fn name(run: &str, now: Timestamp, nonce: &str) -> String {
    format!("{OF_A_RUN}{run} {now:.0} {}", nonce.get(..4).unwrap_or(nonce))
}

/// Whether a key has the name of one that lives for a run alone, and that nobody misses who closes its account.
pub(in crate::resources::accounts) fn has_name_of_a_run(name: &str, now: Timestamp) -> bool {
    // Anybody may call a key so, and one that a run has left behind may be in use by now.
    let is_recent = |moment: Timestamp| moment.as_second().abs_diff(now.as_second()) < LONGEST_RUN;
    let moments = name.split(' ').filter_map(|word| word.parse::<Timestamp>().ok());
    name.starts_with(OF_A_RUN) && moments.into_iter().any(is_recent)
}

/// No run lasts longer than these seconds.
const LONGEST_RUN: u64 = 12 * 3600;

fn open(opening: Opening<'_>) -> Step<'_, Opened> {
    Box::pin(async move {
        let name = opening.name;
        let policy = policy(opening.config);
        let planned = planned(opening.config, name, policy.is_some());
        let warnings = Warnings::default();
        let call = Call {
            object: &RESOURCE.object,
            client: opening.client,
            account: opening.account,
            state: &planned,
            warnings: &warnings,
        };
        let mut parameters = Parameters::default();
        parameters.set("FriendlyName", name);
        if let Some(policy) = &policy {
            parameters.set("KeyType", "restricted");
            parameters.set("Policy", policy.to_string());
        }
        let made = api_key::make(call, policy.is_none(), parameters, Proof::Nonce).await;
        let mut key = made.map_err(|fault| left_behind(fault, name))?;
        let text = |name: &str| {
            key.get(name)
                .and_then(Json::as_str)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let (sid, secret) = (text("sid"), text("secret"));
        if let Some(unfit) = unfit(&key, &secret, policy.as_ref()) {
            let closing = Closing {
                client: opening.client,
                account: opening.account,
                sid: &sid,
            };
            return Err(taken_back(unfit, closing, name).await.into());
        }
        opening.client.keep_secret(&Secret::from(secret));
        key.insert("friendly_name".to_owned(), name.into());
        Ok(Opened {
            properties: key,
            expires: None,
            sid: Some(sid),
        })
    })
}

/// Revokes it. That Twilio does not find it counts where its account is in sight and no list of keys has it, or where the account is
/// closed.
fn close(closing: Closing<'_>) -> BoxFuture<'_, Result<(), Fault>> {
    Box::pin(async move {
        let state = Value::object([("sid", Value::from(closing.sid))]);
        let warnings = Warnings::default();
        let call = Call {
            object: &RESOURCE.object,
            client: closing.client,
            account: closing.account,
            state: &state,
            warnings: &warnings,
        };
        let Err(fault) = delete(call).await else {
            return Ok(());
        };
        match absence::gone(call, fault).await? {
            Gone::Alone => is_in_no_list(call, closing.sid).await,
            // The run may have destroyed the subaccount that the key was in.
            Gone::WithItsAccount => Ok(()),
        }
    })
}

async fn is_in_no_list(call: Call<'_>, sid: &str) -> Result<(), Fault> {
    let is_it = |key: &Properties| key.get("sid").and_then(Json::as_str) == Some(sid);
    match call.client.list_where(list_all(call)?, is_it).await {
        Ok(found) if found.is_empty() => Ok(()),
        // What may not be listed was searched for as far as it can be.
        Err(error) if error.kind == ErrorKind::Forbidden => Ok(()),
        Err(error) => Err(error.into()),
        Ok(_) => Err(Diagnostic::error(
            format!("API key {sid} is listed and cannot be revoked"),
            format!(
                "Twilio does not find API key {sid} of account {} when it is to be deleted, and has it in the list of keys. Nothing was \
                 changed. Look for it under API keys in Twilio's Console, and revoke it there.",
                call.account
            ),
        )
        .into()),
    }
}

/// Why a key that was made is of no use, or of too much.
fn unfit(key: &Properties, secret: &str, policy: Option<&Json>) -> Option<&'static str> {
    if secret.is_empty() || secret.chars().all(|letter| letter == '*') {
        return Some("Twilio's answer to the create has no secret, so nobody could use the key.");
    }
    let allowed = |policy: Option<&Json>| -> BTreeSet<String> {
        let allow = policy.and_then(|policy| policy["allow"].as_array());
        let texts = allow.into_iter().flatten().filter_map(Json::as_str);
        texts.map(str::to_owned).collect()
    };
    let is_restricted = policy.is_none() || allowed(policy) == allowed(key.get("policy"));
    (!is_restricted)
        .then_some("Twilio's answer to the create has another policy than was requested, so the key may do more.")
}

/// Revokes a key that nobody should use, and says so.
async fn taken_back(unfit: &str, closing: Closing<'_>, name: &str) -> Diagnostic {
    let (sid, account) = (closing.sid, closing.account);
    let became = match close(closing).await {
        Ok(()) => format!("The provider has revoked API key {sid} in account {account} again. Run this again."),
        Err(_) => format!(
            "The provider could not revoke API key {sid} in account {account}, which is called {name:?}. Look for it under API keys in \
             Twilio's Console, revoke it, and run this again."
        ),
    };
    Diagnostic::error(
        "The API key of this run is not what was requested",
        format!("The provider tried to make an API key for this run. {unfit} {became}"),
    )
}

fn policy(config: &Value) -> Option<Json> {
    let Value::Set(allow) = config.attr("policy").attr("allow") else {
        return None;
    };
    let allow: Vec<_> = allow.iter().filter_map(Value::as_str).collect();
    Some(serde_json::json!({ "allow": allow }))
}

/// The key as the resource would have it planned: what is compared where the response is lost.
fn planned(config: &Value, name: &str, is_restricted: bool) -> Value {
    Value::object([
        ("friendly_name", name.into()),
        ("key_type", if is_restricted { "restricted" } else { "standard" }.into()),
        ("policy", config.attr("policy").clone()),
    ])
}

/// Says of a create that may have been carried out what it may have left, and how to find it.
fn left_behind(fault: Fault, name: &str) -> Fault {
    let Fault::Api(error) = fault else {
        return fault;
    };
    if !may_have_made_one(&error) {
        return Fault::Api(error);
    }
    let request = error.request_id.as_deref().map(|id| format!(" (request {id})"));
    let search = match error.search.as_deref() {
        Some(Search::Nothing) => "The list of keys, which was read after each try, does not show it.".to_owned(),
        Some(Search::Failed(why)) => format!("The list of keys could not be read either: {why}."),
        Some(Search::Found(candidates)) => {
            let sids: Vec<_> = candidates.iter().map(|candidate| candidate.sid.as_str()).collect();
            format!("It may be {}.", sids.join(" or "))
        }
        None => "It was not looked for.".to_owned(),
    };
    Diagnostic::error(
        "An API key of this run may be left",
        format!(
            "The provider tried to make an API key for this run, and whether it was made is not known: {} {error}{}. Nothing \
             more is sent, so that there are not two. {search}\n\nIf it was made, it is called {name:?} in account {}. Nobody \
             has its secret, and this run does not use it. Look for that name under API keys in Twilio's Console (`twilio \
             api:iam:v1:keys:list` shows them too), revoke it, and run this again.",
            error.attempt,
            request.unwrap_or_default(),
            error.attempt.account
        ),
    )
    .into()
}

fn may_have_made_one(error: &Error) -> bool {
    match error.kind {
        ErrorKind::Ambiguous => true,
        ErrorKind::Stopped | ErrorKind::NotAudited => {
            !error.surely_not_executed() && error.attempt.method.as_str() == "POST"
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_which_run_and_when_and_fits() {
        let now = "2026-11-29T08:45:43.9Z".parse().expect("a time");
        let name = name("4f1c9a2e77b01d35", now, "00ff11aa22bb33cc");
        assert_eq!(name, "terraform-run 4f1c9a2e77b01d35 2026-11-29T08:45:43Z 00ff");
        assert!(name.len() <= 64);
    }

    #[test]
    fn a_key_without_its_secret_or_with_another_policy_is_unfit() {
        let key = |policy: Json| {
            let key = serde_json::json!({"sid": "SK1", "policy": policy});
            key.as_object().cloned().unwrap_or_default()
        };
        let (one, two) = (
            serde_json::json!({"allow": ["/a", "/b"]}),
            serde_json::json!({"allow": ["/b", "/a"]}),
        );
        assert_eq!(unfit(&key(two), "s", Some(&one)), None);
        assert_eq!(unfit(&key(Json::Null), "s", None), None);
        for policy in [
            Json::Null,
            serde_json::json!({"allow": ["/a"]}),
            serde_json::json!({"allow": ["/a", "/b", "/c"]}),
        ] {
            assert!(unfit(&key(policy), "s", Some(&one)).is_some_and(|why| why.contains("another policy")));
        }
        for secret in ["", "****"] {
            assert!(unfit(&key(Json::Null), secret, None).is_some_and(|why| why.contains("no secret")));
        }
    }

    #[test]
    fn only_what_is_allowed_is_asked_for() {
        assert_eq!(policy(&Value::object([("policy", Value::Null)])), None);
        let allow = Value::Set(vec!["/twilio/messaging/messages/create".into()]);
        let config = Value::object([("policy", Value::object([("allow", allow)]))]);
        let policy = policy(&config).expect("there is one");
        assert_eq!(
            policy,
            serde_json::json!({"allow": ["/twilio/messaging/messages/create"]})
        );
    }
}
