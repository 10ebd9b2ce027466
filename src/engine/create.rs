//! ApplyResourceChange for something new.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::{ApplyAnswer, CreateRequest};
use crate::framework::value::Value;
use crate::twilio::Proof;

use super::adopt::adopt;
use super::call::{answer_object, instance_path, send_update};
use super::claims;
use super::diagnose::{Attempt, Verb};
use super::expand::{Intent, Parameters, Phase, parameters};
use super::flatten::{Object, Occasion};
use super::hooks::{Call, Fault, Notes};
use super::lacking::as_if_stored;
use super::lookup::{self, Place};
use super::mark::Mark;
use super::private::{Stored, new_holder};
use super::protection;
use super::session::{Session, refuse_an_account_in_a_subaccount};
use super::standing;
use super::store::store;
use super::table::Resource;

/// Makes the object and completes it. Once it exists it is in the answer, whatever happens afterwards.
pub async fn create(resource: &'static Resource, session: &Session, request: &CreateRequest) -> ApplyAnswer {
    let connected = session.connect("create", resource.name, &request.planned);
    // A plan that did not know the provider's arguments could not say it.
    let allowed = connected.and_then(|(client, account)| {
        refuse_an_account_in_a_subaccount(resource, &client, "Nothing was created.").map(|()| (client, account))
    });
    let (client, account) = match allowed {
        Ok(connected) => connected,
        Err(diagnostic) => {
            return ApplyAnswer {
                diagnostics: diagnostic.into(),
                ..ApplyAnswer::default()
            };
        }
    };
    let notes = Notes::default();
    let intent = Intent {
        phase: Phase::Create,
        prior: &Value::Null,
        planned: &request.planned,
        config: &request.config,
    };
    let call = Call {
        resource,
        client: &client,
        account: &account,
        object: &request.planned,
        notes: &notes,
    };
    let attempt = Attempt {
        resource,
        verb: Verb::Create,
        object: &request.planned,
    };

    let ledger = session.ledger();
    let holder = new_holder();
    let name = claims::name(resource, Some(client.default_account()), &request.planned);
    ledger.applied(resource.name, None, &Vec::from_iter(name));
    let refused = |diagnostic: Diagnostic| ApplyAnswer {
        diagnostics: diagnostic.into(),
        ..ApplyAnswer::default()
    };
    // What has no SID of its own is known before it is made, and must not be written over.
    let early = claims::key_before(resource, &request.planned);
    let _turn = match &early {
        Some(key) => Some(ledger.turn(key).await),
        None => None,
    };
    if let Some(key) = early.as_ref().filter(|key| !ledger.hold(key, &holder)) {
        return refused(claims::taken(resource, &key.1));
    }

    let adopted = adopt(call, &ledger, &holder, &request.planned, &request.config).await;
    let (there, made) = match adopted {
        Ok(Some((there, object))) => (there, Ok(object)),
        Ok(None) => (Value::Null, make(call, intent).await),
        Err(fault) => (Value::Null, Err(fault)),
    };
    let mut object = match made {
        Ok(object) => object,
        Err(fault) => {
            if let Some(key) = &early {
                ledger.release(key, &holder);
            }
            let fault = standing::explained(call, fault).await;
            let mut diagnostics = notes.take();
            diagnostics.push(attempt.diagnose(fault));
            return ApplyAnswer {
                diagnostics,
                ..ApplyAnswer::default()
            };
        }
    };

    let (made, _) = store(resource, &account, object.clone(), &request.planned, Occasion::Create);
    if let Some(key) = claims::key_of(resource, &made) {
        if !ledger.hold(&key, &holder) {
            return refused(claims::taken(resource, &key.1));
        }
        ledger.made(&key, protection::wish(&request.config));
    }
    let call = Call { object: &made, ..call };
    let completed = match there.is_null() {
        true => complete(call, intent, &mut object).await,
        false => {
            after_write(
                call,
                Intent {
                    phase: Phase::Update,
                    prior: &there,
                    ..intent
                },
                &mut object,
            )
            .await
        }
    };
    let mark = Mark::now(&client, &object);
    // What goes by other SIDs may have been there before, and is not made anew.
    let is_adopted = !there.is_null() || early.is_some();
    let (state, deviations) = store(resource, &account, object, &request.planned, Occasion::Create);
    let mut diagnostics = notes.take();
    diagnostics.extend(deviations);
    let mut private = Stored::decode(&mark.held_by(&holder)).adopted(is_adopted);
    if let Err(fault) = completed {
        let attempt = Attempt {
            verb: Verb::Complete,
            object: &state,
            ..attempt
        };
        diagnostics.push(incomplete(attempt.diagnose(fault), resource, &state));
        private = private.unfinished();
    }
    ApplyAnswer {
        state: Some(state),
        private: private.encode(),
        diagnostics,
    }
}

/// The one call after which the object exists.
async fn make(call: Call<'_>, intent: Intent<'_>) -> Result<Object, Fault> {
    let resource = call.resource;
    let mut parameters = parameters(resource, intent);
    if let Some(encode) = resource.hooks.encode {
        encode(&intent, &mut parameters);
    }
    match resource.hooks.create {
        Some(create) => create(call, intent, parameters).await,
        None => post(call, parameters).await,
    }
}

/// POSTs to the collection. An answer that was lost is looked up.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn post(call: Call<'_>, parameters: Parameters) -> Result<Object, Fault> {
    post_with(call, parameters, Proof::Time).await
}

/// As [`post`], where more than the time shows that an object was made by this create.
///
/// # Errors
/// As [`post`].
pub async fn post_with(call: Call<'_>, parameters: Parameters, proof: Proof) -> Result<Object, Fault> {
    let place = Place::of(call.resource);
    Ok(answer_object(lookup::create(call, place, parameters, proof).await?))
}

/// What create does not take, and what hooks add.
async fn complete(call: Call<'_>, intent: Intent<'_>, object: &mut Object) -> Result<(), Fault> {
    let rest = parameters(
        call.resource,
        Intent {
            phase: Phase::Complete,
            ..intent
        },
    );
    if !rest.is_empty() {
        let path = instance_path(call.resource, call.account, call.object)?;
        *object = send_update(call, path, rest).await?;
    }
    complete_what_the_answer_lacks(call, intent, object).await?;
    after_write(call, intent, object).await
}

/// Sends again what the create took and forgot: see [`super::lacking`].
async fn complete_what_the_answer_lacks(call: Call<'_>, intent: Intent<'_>, object: &mut Object) -> Result<(), Fault> {
    let (made, _) = store(
        call.resource,
        call.account,
        object.clone(),
        &Value::Null,
        Occasion::Read,
    );
    let prior = as_if_stored(call.resource, &made, intent.planned);
    let intent = Intent {
        phase: Phase::Update,
        prior: &prior,
        ..intent
    };
    let mut rest = parameters(call.resource, intent);
    if rest.is_empty() {
        return Ok(());
    }
    if let Some(encode) = call.resource.hooks.encode {
        let phase = Phase::Complete;
        encode(&Intent { phase, ..intent }, &mut rest);
    }
    if !rest.is_empty() {
        let path = instance_path(call.resource, call.account, call.object)?;
        *object = send_update(call, path, rest).await?;
    }
    Ok(())
}

async fn after_write(call: Call<'_>, intent: Intent<'_>, object: &mut Object) -> Result<(), Fault> {
    match call.resource.hooks.after_write {
        Some(after_write) => after_write(call, intent, object).await,
        None => Ok(()),
    }
}

/// The object exists, a later step failed. Reported as a warning, with the planned object in state: an error would taint
/// the object, and the next apply would destroy and make again what only wants finishing. The next plan reads the truth
/// and finishes it as an ordinary update; what Twilio does not tell counts as not set then ([`Stored::unfinished`]).
fn incomplete(mut diagnostic: Diagnostic, resource: &Resource, state: &Value) -> Diagnostic {
    diagnostic.severity = crate::framework::diagnostics::Severity::Warning;
    diagnostic.summary = format!("{} was created but not completed", resource.name);
    diagnostic.detail = format!(
        "The {} {} exists and is in the state. A later step failed: {} Run plan and apply again: the plan shows what is \
         missing, and apply completes it in place.",
        resource.noun,
        state.attr("sid").as_str().unwrap_or("(no SID)"),
        diagnostic.detail
    );
    diagnostic
}

/// Diagnostics as an answer without state.
impl From<Diagnostics> for ApplyAnswer {
    fn from(diagnostics: Diagnostics) -> Self {
        Self {
            diagnostics,
            ..Self::default()
        }
    }
}
