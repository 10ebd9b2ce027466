//! ApplyResourceChange for something new.

use crate::engine::errors::diagnose::Attempt;
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{Begin, Incomplete, Intent, Managed, Object, Operation, Parameters, Properties, Role};
use crate::engine::operations::adopt::{adopt, bring_about, refuse_what_is_there};
use crate::engine::operations::policy::{self, Change};
use crate::engine::operations::read::complete_from_elsewhere;
use crate::engine::operations::requests::{answer_about, instance_path, send_update, upsert};
use crate::engine::operations::session::{Session, refuse_an_account_in_a_subaccount};
use crate::engine::operations::wait::WaitFailure;
use crate::engine::operations::{absence, delete, lost_create, members, upload, wait};
use crate::engine::sharing::{claims, protection};
use crate::engine::values::lacking::as_if_stored;
use crate::engine::values::last_write::LastWrite;
use crate::engine::values::parameters::parameters;
use crate::engine::values::private::{Stored, new_holder};
use crate::engine::values::remembered::{Known, Remembered};
use crate::engine::values::state::{store, store_with};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::{ApplyAnswer, CreateRequest};
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, Proof};

/// Makes the object and completes it. Once it exists it is in the response, whatever happens afterwards.
pub async fn create(resource: &'static Managed, session: &Session, request: &CreateRequest) -> ApplyAnswer {
    let connected = session.connect("create", resource.object.name, resource.object.fields, &request.planned);
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
    let change = Change {
        resource,
        prior: &Value::Null,
        planned: &request.planned,
        config: &request.config,
        // What makes room is for its destroy to ask: Terraform does not hand what the plan knew of it to a create.
        replaced: None,
        is_apply: true,
    };
    let against = policy::review(&session.policy(), change, Some((&client, &account))).await;
    if against.has_errors() {
        return ApplyAnswer {
            diagnostics: against,
            ..ApplyAnswer::default()
        };
    }
    let warnings = Warnings::default();
    let intent = Intent {
        resource,
        operation: Operation::Create,
        prior: &Value::Null,
        planned: &request.planned,
        config: &request.config,
    };
    let call = Call {
        object: &resource.object,
        client: &client,
        account: &account,
        state: &request.planned,
        warnings: &warnings,
    };
    let attempt = Attempt {
        object: &resource.object,
        operation: Operation::Create,
        state: &request.planned,
    };

    let ledger = session.ledger();
    let holder = new_holder();
    let name = claims::name(resource, Some(client.default_account()), &request.planned);
    ledger.applied(resource.object.name, None, &Vec::from_iter(name));
    let refused = |diagnostic: Diagnostic| ApplyAnswer {
        diagnostics: diagnostic.into(),
        ..ApplyAnswer::default()
    };
    if let Err(diagnostic) = upload::refuse_another_file(intent, "Nothing was created.").await {
        return refused(diagnostic);
    }
    if let Some(before_write) = resource.write.before_write
        && let Err(fault) = before_write(call, intent).await
    {
        let fault = absence::explained(call, fault).await;
        let mut diagnostics = warnings.take();
        diagnostics.push(attempt.diagnose(fault));
        return diagnostics.into();
    }
    // What has no SID of its own is known before it is made, and must not be written over.
    let mut in_its_account = request.planned.clone();
    in_its_account.set_attr("account_sid", Value::string(account.as_str()));
    let early = claims::key_before(resource, &in_its_account);
    let _turn = match &early {
        Some(key) => Some(ledger.turn(key).await),
        None => None,
    };
    if let Some(key) = early.as_ref().filter(|key| !ledger.hold(key, &holder)) {
        return refused(claims::taken(resource, &key.1));
    }

    let found = match resource.lifecycle.is_there_before() {
        true => bring_about(resource, call, &request.planned, &request.config)
            .await
            .map(Some),
        false => adopt(resource, call, &ledger, &holder, &request.planned, &request.config).await,
    };
    let (there, made) = match found {
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
            let fault = absence::explained(call, fault).await;
            let mut diagnostics = warnings.take();
            diagnostics.push(attempt.diagnose(fault));
            return ApplyAnswer {
                diagnostics,
                ..ApplyAnswer::default()
            };
        }
    };

    let (made, _) = store(
        &resource.object,
        &account,
        object.clone(),
        &request.planned,
        Operation::Create,
    );
    if let Some(key) = claims::key_of(resource, &made) {
        if !ledger.hold(&key, &holder) {
            return refused(claims::taken(resource, &key.1));
        }
        ledger.made(&key, protection::setting(&request.config));
    }
    let call = Call { state: &made, ..call };
    let completed = match there.is_null() {
        true => complete(call, intent, &mut object).await,
        false => {
            after_write(
                call,
                Intent {
                    resource,
                    operation: Operation::Update,
                    prior: &there,
                    ..intent
                },
                &Remembered::default(),
                &mut object,
            )
            .await
        }
    };
    let last_write = LastWrite::now(&client, &object);
    let (mut waited, mut remembered) = (Ok(()), Remembered::default());
    if completed.is_ok() {
        // What Twilio returned to the write, and not what a later read returns. Where a step failed, nobody knows what was an
        // answer to what was sent.
        let (answer, planned) = (object.clone(), &request.planned);
        (_, _, remembered) = store_with(
            &resource.object,
            &account,
            answer,
            planned,
            Operation::Create,
            Known::NOTHING,
        );
        waited = wait::until_done(call, intent, &mut object).await;
    }
    // What goes by other SIDs may have been there before, and is not made anew.
    let is_adopted = !there.is_null() || early.is_some();
    let planned = match completed.is_ok() {
        true => request.planned.clone(),
        false => without_what_was_foreseen(&resource.object, &request.planned),
    };
    let (state, mismatches, remembered) = store_with(
        &resource.object,
        &account,
        object,
        &planned,
        Operation::Create,
        Known {
            remembered: &remembered,
            prior: &request.planned,
        },
    );
    let notes = warnings.notes();
    let mut diagnostics = warnings.take();
    // What differs because something failed is reported with the failure.
    if completed.is_ok() {
        diagnostics.extend(WaitFailure::with_mismatches(waited, mismatches));
    }
    let private = Stored::decode(&last_write.held_by(&holder));
    let is_without_file = !is_adopted && upload::is_without_file(resource, &request.planned);
    let private = private.without_file(is_without_file);
    let mut private = private
        .adopted(is_adopted)
        .remembering(&remembered)
        .noting(notes)
        .configuring(delete::configured(resource, &request.config));
    if let Err(fault) = completed {
        let attempt = Attempt {
            operation: Operation::Complete,
            state: &state,
            ..attempt
        };
        // What was stopped, Terraform applies nothing after. Where the plan foresaw what did not come about, Terraform takes no warning for it.
        let is_stopped = matches!(&fault, Fault::Api(error) if error.kind == ErrorKind::Stopped);
        let is_left = (is_stopped || resource.incomplete == Incomplete::Completed)
            && has_what_was_foreseen(&resource.object, &request.planned, &state);
        diagnostics.push(incomplete(attempt.diagnose(fault), resource, &state, is_left));
        private = private.unfinished();
    }
    ApplyAnswer {
        state: Some(state),
        private: private.encode(),
        diagnostics,
    }
}

/// What only Twilio sets was planned for an object that is complete: of one that is not, the responses alone say it.
fn without_what_was_foreseen(object: &Object, planned: &Value) -> Value {
    let mut planned = planned.clone();
    for field in object.fields.iter().filter(|field| field.role == Role::Observed) {
        planned.set_attr(field.name, Value::UNKNOWN);
    }
    planned
}

/// Whether what a plan foresaw of what only Twilio sets has come about.
fn has_what_was_foreseen(object: &Object, planned: &Value, state: &Value) -> bool {
    let mut observed = object.fields.iter().filter(|field| field.role == Role::Observed);
    observed.all(|field| {
        let foreseen = planned.attr(field.name);
        !foreseen.is_wholly_known() || foreseen == state.attr(field.name)
    })
}

/// The one call after which the object exists.
pub(super) async fn make(call: Call<'_>, intent: Intent<'_>) -> Result<Properties, Fault> {
    let resource = intent.resource;
    let mut parameters = parameters(intent);
    if let Some(encode) = resource.write.encode {
        encode(&intent, &mut parameters);
    }
    upload::attach(intent, &mut parameters).await?;
    match (resource.write.create, resource.lifecycle.begin()) {
        (Some(create), _) => create(call, intent, parameters).await,
        (None, Begin::Upserted) => {
            refuse_what_is_there(call).await?;
            upsert(call, resource, parameters).await
        }
        (None, _) if !resource.object.has_sid() => {
            // A create of what is there may be answered as if it had made it, and without a date nothing would tell. If the
            // answer is lost, this is no proof: somebody else may have made what is there since.
            if !lost_create::has_creation_date(&resource.object) {
                refuse_what_is_there(call).await?;
            }
            post(call, resource, parameters).await
        }
        // The file is what was sent above all, and no response shows it.
        (None, _) if parameters.host().is_some() || lost_create::is_unseen(&resource.object) => {
            post_with(call, resource, parameters, Proof::Answer).await
        }
        (None, _) => post(call, resource, parameters).await,
    }
}

/// POSTs to the collection. What a lost response made is searched for.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn post(call: Call<'_>, resource: &'static Managed, parameters: Parameters) -> Result<Properties, Fault> {
    post_with(call, resource, parameters, Proof::Time).await
}

/// As [`post`], where more than the time shows that an object was made by this create.
///
/// # Errors
/// As [`post`].
pub async fn post_with(
    call: Call<'_>,
    resource: &'static Managed,
    parameters: Parameters,
    proof: Proof,
) -> Result<Properties, Fault> {
    Ok(answer_about(
        call.object,
        lost_create::create(call, resource, call.object.place, parameters, proof).await?,
    ))
}

/// What create does not take, and what hooks add.
async fn complete(call: Call<'_>, intent: Intent<'_>, object: &mut Properties) -> Result<(), Fault> {
    let rest = parameters(Intent {
        operation: Operation::Complete,
        ..intent
    });
    if !rest.is_empty() {
        let path = instance_path(call.object, call.account, call.state)?;
        *object = send_update(call, intent.resource, path, rest).await?;
    }
    complete_what_the_response_lacks(call, intent, object).await?;
    after_write(call, intent, &Remembered::default(), object).await
}

/// Sends again what the create took and forgot: see [`crate::engine::values::lacking`].
async fn complete_what_the_response_lacks(
    call: Call<'_>,
    intent: Intent<'_>,
    object: &mut Properties,
) -> Result<(), Fault> {
    let (made, _) = store(call.object, call.account, object.clone(), &Value::Null, Operation::Read);
    let prior = as_if_stored(intent.resource, &made, intent.planned);
    let intent = Intent {
        operation: Operation::Update,
        prior: &prior,
        ..intent
    };
    let mut rest = parameters(intent);
    if rest.is_empty() {
        return Ok(());
    }
    if let Some(encode) = intent.resource.write.encode {
        let operation = Operation::Complete;
        encode(&Intent { operation, ..intent }, &mut rest);
    }
    if !rest.is_empty() {
        let path = instance_path(call.object, call.account, call.state)?;
        *object = send_update(call, intent.resource, path, rest).await?;
    }
    Ok(())
}

/// What comes after a create or update, before which Twilio had returned what is `known`: what is read elsewhere, the object's members, and what its hook does.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn after_write(
    call: Call<'_>,
    intent: Intent<'_>,
    known: &Remembered,
    object: &mut Properties,
) -> Result<(), Fault> {
    complete_from_elsewhere(call, intent, known, object).await?;
    upload::after_write(call, intent, object).await?;
    members::reconcile(call, intent, object).await?;
    match intent.resource.write.after_write {
        Some(after_write) => after_write(call, intent, object).await,
        None => Ok(()),
    }
}

/// The object exists, a later step failed. Where the rest is left to the next apply that is reported as a warning, with the planned
/// object in state: an error would taint the object, and the next apply would destroy and make again what only wants finishing. The
/// next plan reads the truth and finishes it as an ordinary update; what Twilio does not tell counts as not set then
/// ([`Stored::unfinished`]).
fn incomplete(mut diagnostic: Diagnostic, resource: &Managed, state: &Value, is_left: bool) -> Diagnostic {
    let next = match is_left {
        true => {
            diagnostic.severity = crate::framework::diagnostics::Severity::Warning;
            "The next plan shows what is missing, and its apply completes it in place."
        }
        false => {
            "Terraform marks it as tainted: the next apply removes what was made so far, and makes it anew. To go on from here \
             instead, run terraform untaint with its address, and apply."
        }
    };
    diagnostic.summary = format!("{} was created but not completed", resource.object.name);
    diagnostic.detail = format!(
        "The {} exists and is in the state. A later step failed: {}\n\n{next}",
        claims::named(&resource.object, state),
        diagnostic.detail
    );
    diagnostic
}

/// Diagnostics as a response without state.
impl From<Diagnostics> for ApplyAnswer {
    fn from(diagnostics: Diagnostics) -> Self {
        Self {
            diagnostics,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::text;

    #[test]
    fn of_what_is_not_complete_nothing_is_taken_for_set_that_was_only_foreseen() {
        const PAGE: Object = Object {
            fields: &[text("title", Setting(Clears)), text("views", Observed)],
            ..Object::NEW
        };
        let planned = Value::object([("title", "a".into()), ("views", "0".into())]);
        let left = without_what_was_foreseen(&PAGE, &planned);
        assert_eq!(left.attr("title"), planned.attr("title"));
        assert!(left.attr("views").is_unknown());
        let state = |views: Value| Value::object([("title", "a".into()), ("views", views)]);
        assert!(has_what_was_foreseen(&PAGE, &planned, &state("0".into())));
        assert!(!has_what_was_foreseen(&PAGE, &planned, &state(Value::Null)));
        assert!(has_what_was_foreseen(&PAGE, &left, &state(Value::Null)));
    }
}
