//! ApplyResourceChange for something that goes.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::provider::DeleteRequest;
use crate::twilio::ErrorKind;

use super::call;
use super::diagnose::{Attempt, Verb};
use super::hooks::{Call, Fault, Notes};
use super::protection;
use super::session::Session;
use super::standing;
use super::table::{Destroy, Resource};

/// Does what destroying means for the object. Something already gone is success, also with its account.
///
/// # Errors
/// Diagnostics; the object still stands and stays in state.
pub async fn delete(
    resource: &'static Resource,
    session: &Session,
    request: &DeleteRequest,
) -> Result<Diagnostics, Diagnostics> {
    protection::refuse(resource, &request.prior)?;
    let (client, account) = session.connect("destroy", resource.name, &request.prior)?;
    let notes = Notes::default();
    let call = Call {
        resource,
        client: &client,
        account: &account,
        object: &request.prior,
        notes: &notes,
    };
    let outcome = match destroy(call).await {
        Ok(()) => Ok(()),
        Err(fault) => standing::gone(call, fault).await.map(|how| {
            if let Some(warning) = how.warning(resource, &request.prior) {
                notes.add(warning);
            }
        }),
    };
    let mut diagnostics = notes.take();
    match outcome {
        Ok(()) => Ok(diagnostics),
        Err(fault) => {
            diagnostics.push(
                Attempt {
                    resource,
                    verb: Verb::Delete,
                    object: &request.prior,
                }
                .diagnose(fault),
            );
            Err(diagnostics)
        }
    }
}

async fn destroy(call: Call<'_>) -> Result<(), Fault> {
    let hooks = &call.resource.hooks;
    if let Some(before_delete) = hooks.before_delete {
        not_found_is_fine(before_delete(call, call.object).await)?;
    }
    match (call.resource.destroy, hooks.delete) {
        (Destroy::Hook, Some(delete)) => delete(call, call.object).await,
        (Destroy::Forget, _) => Ok(()),
        (Destroy::Delete | Destroy::Hook, _) => call::delete(call).await,
    }
}

fn not_found_is_fine(outcome: Result<(), Fault>) -> Result<(), Fault> {
    match outcome {
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
