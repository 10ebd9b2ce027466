//! ApplyResourceChange for something that stays.

use serde_json::Value as Json;

use crate::engine::errors::diagnose::Attempt;
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{AccountRule, Intent, Managed, Operation, Properties};
use crate::engine::operations::create::after_write;
use crate::engine::operations::policy::{self, Change};
use crate::engine::operations::requests::{fetch, instance_path, send_update};
use crate::engine::operations::session::{Session, account_of};
use crate::engine::operations::wait::WaitFailure;
use crate::engine::operations::{absence, delete, upload, wait};
use crate::engine::sharing::claims;
use crate::engine::values::last_write::LastWrite;
use crate::engine::values::parameters::parameters;
use crate::engine::values::private::{Stored, new_holder};
use crate::engine::values::remembered::Known;
use crate::engine::values::state::store_with;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::provider::{ApplyAnswer, UpdateRequest};
use crate::framework::value::Value;

/// Changes the object in place. After a failure the response holds what really changed.
pub(crate) async fn update(resource: &'static Managed, session: &Session, request: &UpdateRequest) -> ApplyAnswer {
    let connected = session.connect_to("update", resource, &request.prior);
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
    let reviewed = Change {
        resource,
        prior: &request.prior,
        planned: &request.planned,
        config: &request.config,
        replaced: None,
        is_apply: true,
    };
    let against = policy::review(&session.policy(), reviewed, Some((&client, &account))).await;
    if against.has_errors() {
        return ApplyAnswer {
            state: None,
            private: stored.settled().encode(),
            diagnostics: against,
        };
    }
    let holder = stored.holder().map_or_else(new_holder, str::to_owned);
    if let Some(key) = claims::key_of(resource, &request.prior) {
        let ledger = session.ledger();
        let _turn = ledger.turn(&key).await;
        ledger.applied(resource.object.name, Some(&key.1), &[]);
        if !ledger.hold(&key, &holder) {
            return ApplyAnswer {
                state: None,
                private: stored.settled().encode(),
                diagnostics: claims::taken_from(resource, &request.prior).into(),
            };
        }
    }
    let warnings = Warnings::beside(stored.notes());
    let intent = Intent {
        resource,
        operation: Operation::Update,
        prior: &request.prior,
        planned: &request.planned,
        config: &request.config,
    };
    let call = Call {
        object: &resource.object,
        client: &client,
        account: &account,
        state: &request.prior,
        warnings: &warnings,
    };
    let attempt = Attempt {
        object: &resource.object,
        operation: Operation::Update,
        state: &request.prior,
    };

    if let Err(diagnostic) = upload::refuse_another_file(intent, "Nothing was changed.").await {
        return ApplyAnswer {
            state: None,
            private: stored.settled().encode(),
            diagnostics: diagnostic.into(),
        };
    }
    if let Some(before_write) = resource.write.before_write
        && let Err(fault) = before_write(call, intent).await
    {
        let fault = absence::explained(call, fault).await;
        let private = stored.settled().noting(warnings.notes()).encode();
        let mut diagnostics = warnings.take();
        diagnostics.push(attempt.diagnose(fault));
        return ApplyAnswer {
            state: None,
            private,
            diagnostics,
        };
    }
    let mut object = match change(call, intent).await {
        Ok(object) => object,
        Err(fault) => {
            let fault = absence::explained(call, fault).await;
            let mut diagnostics = warnings.take();
            diagnostics.push(attempt.diagnose(fault));
            return ApplyAnswer {
                state: None,
                // It may have been carried out.
                private: with_what_may_be_set(resource, stored, request).encode(),
                diagnostics,
            };
        }
    };

    let moved = account_of(&request.planned, &client).unwrap_or_else(|_| account.clone());
    let call = Call {
        account: &moved,
        state: &request.planned,
        ..call
    };
    let remembered = stored.remembered();
    let completed = after_write(call, intent, &remembered, &mut object).await;
    let private = Stored::decode(&LastWrite::now(&client, &object).held_by(&holder));
    let private = private
        .without_file(stored.is_without_file())
        .noting(warnings.notes())
        .configuring(delete::configured(resource, &request.config));
    let known = Known {
        remembered: &remembered,
        prior: &request.prior,
    };
    match completed {
        Ok(()) => {
            let planned = &request.planned;
            // What Twilio returned to the write, and not what a later read returns.
            let answer = object.clone();
            let (_, _, answered) = store_with(&resource.object, &moved, answer, planned, Operation::Update, known);
            let waited = wait::until_done(call, intent, &mut object).await;
            let known = Known {
                remembered: &answered,
                prior: planned,
            };
            let (state, mismatches, remembered) =
                store_with(&resource.object, &moved, object, planned, Operation::Update, known);
            let mut diagnostics = warnings.take();
            diagnostics.extend(WaitFailure::with_mismatches(waited, mismatches));
            ApplyAnswer {
                state: Some(state),
                private: private.remembering(&remembered).encode(),
                diagnostics,
            }
        }
        Err(fault) => {
            // The response tells what changed so far; what it does not mention is as it was.
            let prior = &request.prior;
            let (state, _, remembered) = store_with(&resource.object, &moved, object, prior, Operation::Read, known);
            let attempt = Attempt {
                operation: Operation::Continue,
                state: &state,
                ..attempt
            };
            let mut diagnostics = warnings.take();
            diagnostics.push(halfway(attempt.diagnose(fault), resource, prior, &state));
            ApplyAnswer {
                state: Some(state),
                private: private.remembering(&remembered).encode(),
                diagnostics,
            }
        }
    }
}

/// What is stored after an update that failed, and may have been carried out all the same.
fn with_what_may_be_set(resource: &Managed, stored: Stored, request: &UpdateRequest) -> Stored {
    let (before, now) = (stored.configured(), delete::configured(resource, &request.config));
    // Where nothing was written here before, all counts that is there.
    let both = before.zip(now).map(|(mut names, now)| {
        names.extend(now);
        names.sort();
        names.dedup();
        names
    });
    stored.settled().configuring(both)
}

/// A step of an update failed, and others were done before it.
fn halfway(mut diagnostic: Diagnostic, resource: &Managed, prior: &Value, state: &Value) -> Diagnostic {
    // What has parts shows those that were made in what only Twilio sets.
    let has_parts = !resource.made_of.is_empty();
    let fields = resource.object.fields.iter();
    let fields = fields.filter(|field| has_parts || field.is_configurable());
    let changed: Vec<_> = fields
        .map(|field| field.name)
        .filter(|name| prior.attr(name) != state.attr(name))
        .collect();
    let done = match changed.as_slice() {
        [] => "Nothing else was changed".to_owned(),
        changed => format!("Changed before that, and so in the state: {}", changed.join(", ")),
    };
    diagnostic.detail = format!(
        "{}\n\n{done}. The next plan shows what is missing, and its apply completes it in place.",
        diagnostic.detail
    );
    diagnostic
}

/// Sends what changed. When only attributes changed that Twilio never sees, the object is fetched instead, because values
/// that the plan left open have to come from somewhere.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(crate) async fn change(call: Call<'_>, intent: Intent<'_>) -> Result<Properties, Fault> {
    let resource = intent.resource;
    let mut parameters = parameters(intent);
    let target = new_account(resource, intent)?;
    if let Some(target) = &target {
        parameters.set("AccountSid", target.as_str());
    }
    if let Some(encode) = resource.write.encode {
        encode(&intent, &mut parameters);
    }
    if parameters.is_empty() {
        return fetch(call).await;
    }
    let path = instance_path(&resource.object, call.account, intent.prior)?;
    let object = send_update(call, resource, path, parameters).await?;
    match (target, object.get("account_sid").and_then(Json::as_str)) {
        (Some(target), Some(shown)) if shown != target => Err(not_moved(call, shown, &target).into()),
        _ => Ok(object),
    }
}

/// Terraform would call the provider broken if the state had another account than was planned.
fn not_moved(call: Call<'_>, shown: &str, target: &str) -> Diagnostic {
    Diagnostic::error(
        format!("{} was not moved", call.object.name),
        format!(
            "The {} should have moved to account {target}, and Twilio's response says that it is in account {shown}. The \
             state was left as it is; the next plan reads where it is. If that is not where it should be, apply again. If \
             it still does not move, ask Twilio's support.",
            claims::named(call.object, call.state),
        ),
    )
    .at_attribute("account_sid")
}

/// The account that a movable object is to be moved to.
fn new_account(resource: &Managed, intent: Intent<'_>) -> Result<Option<String>, Fault> {
    let (from, to): (&Value, &Value) = (intent.prior.attr("account_sid"), intent.planned.attr("account_sid"));
    if resource.object.account != AccountRule::Movable || from == to {
        return Ok(None);
    }
    match to.as_str() {
        Some(target) => Ok(Some(target.to_owned())),
        None => Err(Diagnostic::error(
            format!("{} cannot be moved", resource.object.name),
            "The plan does not name the account to move to. Nothing was changed. Set account_sid.",
        )
        .at_attribute("account_sid")
        .into()),
    }
}
