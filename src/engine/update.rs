//! ApplyResourceChange for something that stays.

use serde_json::Value as Json;

use crate::framework::diagnostics::Diagnostic;
use crate::framework::provider::{ApplyAnswer, UpdateRequest};
use crate::framework::value::Value;

use super::call::{fetch, instance_path, send_update};
use super::claims;
use super::diagnose::{Attempt, Verb};
use super::expand::{Intent, Phase, parameters};
use super::flatten::{Object, Occasion};
use super::hooks::{Call, Fault, Notes};
use super::mark::Mark;
use super::private::{Stored, new_holder};
use super::session::{Session, account_of};
use super::standing;
use super::store::store;
use super::table::{AccountRule, Resource};

/// Changes the object in place. After a failure the answer holds what really changed.
pub async fn update(resource: &'static Resource, session: &Session, request: &UpdateRequest) -> ApplyAnswer {
    let connected = session.connect("update", resource.name, &request.prior);
    let (client, account) = match connected {
        Ok(connected) => connected,
        Err(diagnostic) => {
            return ApplyAnswer {
                diagnostics: diagnostic.into(),
                ..ApplyAnswer::default()
            };
        }
    };
    let stored = Stored::decode(&request.private);
    let holder = stored.holder().map_or_else(new_holder, str::to_owned);
    if let Some(key) = claims::key_of(resource, &request.prior) {
        let ledger = session.ledger();
        let _turn = ledger.turn(&key).await;
        ledger.applied(resource.name, Some(&key.1), &[]);
        if !ledger.hold(&key, &holder) {
            return ApplyAnswer {
                state: None,
                private: stored.settled().encode(),
                diagnostics: claims::taken_from(resource, &request.prior).into(),
            };
        }
    }
    let notes = Notes::default();
    let intent = Intent {
        phase: Phase::Update,
        prior: &request.prior,
        planned: &request.planned,
        config: &request.config,
    };
    let call = Call {
        resource,
        client: &client,
        account: &account,
        object: &request.prior,
        notes: &notes,
    };
    let attempt = Attempt {
        resource,
        verb: Verb::Update,
        object: &request.prior,
    };

    let mut object = match change(call, intent).await {
        Ok(object) => object,
        Err(fault) => {
            let fault = standing::explained(call, fault).await;
            let mut diagnostics = notes.take();
            diagnostics.push(attempt.diagnose(fault));
            return ApplyAnswer {
                state: None,
                private: stored.settled().encode(),
                diagnostics,
            };
        }
    };

    let moved = account_of(&request.planned, &client).unwrap_or_else(|_| account.clone());
    let call = Call {
        account: &moved,
        object: &request.planned,
        ..call
    };
    let completed = match resource.hooks.after_write {
        Some(after_write) => after_write(call, intent, &mut object).await,
        None => Ok(()),
    };
    let mark = Mark::now(&client, &object);
    match completed {
        Ok(()) => {
            let (state, deviations) = store(resource, &moved, object, &request.planned, Occasion::Update);
            let mut diagnostics = notes.take();
            diagnostics.extend(deviations);
            ApplyAnswer {
                state: Some(state),
                private: mark.held_by(&holder),
                diagnostics,
            }
        }
        Err(fault) => {
            // The answer tells what changed so far; what it does not mention is as it was.
            let (state, _) = store(resource, &moved, object, &request.prior, Occasion::Read);
            let mut diagnostics = notes.take();
            diagnostics.push(attempt.diagnose(fault));
            ApplyAnswer {
                state: Some(state),
                private: mark.held_by(&holder),
                diagnostics,
            }
        }
    }
}

/// Sends what changed. When only attributes changed that Twilio never sees, the object is fetched instead, because values
/// that the plan left open have to come from somewhere.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn change(call: Call<'_>, intent: Intent<'_>) -> Result<Object, Fault> {
    let resource = call.resource;
    let mut parameters = parameters(resource, intent);
    let target = new_account(resource, intent)?;
    if let Some(target) = &target {
        parameters.set("AccountSid", target.as_str());
    }
    if let Some(encode) = resource.hooks.encode {
        encode(&intent, &mut parameters);
    }
    if parameters.is_empty() {
        return fetch(call).await;
    }
    let path = instance_path(resource, call.account, intent.prior)?;
    let object = send_update(call, path, parameters).await?;
    match (target, object.get("account_sid").and_then(Json::as_str)) {
        (Some(target), Some(told)) if told != target => Err(not_moved(call, told, &target).into()),
        _ => Ok(object),
    }
}

/// Terraform would call the provider broken if the state had another account than was planned.
fn not_moved(call: Call<'_>, told: &str, target: &str) -> Diagnostic {
    Diagnostic::error(
        format!("{} was not moved", call.resource.name),
        format!(
            "The {} was to move to account {target}, and Twilio answered that it is in account {told}. The state was left as it \
             is; the next plan reads where it is. If that is not where it should be, apply again, and ask Twilio if it stays.",
            claims::named(call.resource, call.object),
        ),
    )
    .at_attribute("account_sid")
}

/// The account that a movable object is to be moved to.
fn new_account(resource: &Resource, intent: Intent<'_>) -> Result<Option<String>, Fault> {
    let (from, to): (&Value, &Value) = (intent.prior.attr("account_sid"), intent.planned.attr("account_sid"));
    if resource.account != AccountRule::Movable || from == to {
        return Ok(None);
    }
    match to.as_str() {
        Some(target) => Ok(Some(target.to_owned())),
        None => Err(Diagnostic::error(
            format!("{} cannot be moved", resource.name),
            "The plan does not name the account to move to. Nothing was changed. Set account_sid.",
        )
        .at_attribute("account_sid")
        .into()),
    }
}
