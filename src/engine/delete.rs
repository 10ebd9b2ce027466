//! ApplyResourceChange for something that goes.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::provider::{DeleteRequest, Private};
use crate::twilio::ErrorKind;

use super::call;
use super::claims;
use super::diagnose::{Attempt, Verb};
use super::hooks::{Call, Fault, Notes};
use super::ledger::Destroying;
use super::older::arrival;
use super::private::Stored;
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
    let ledger = session.ledger();
    let stored = Stored::decode(&request.private);
    let replaced = stored.replaced();
    let is_awaited = arrival::is_awaited(&stored) && replaced.as_ref().is_none_or(|replaced| replaced.holder.is_none());
    let key = claims::key_of(resource, &request.prior);
    let _turn = match &key {
        Some(key) => Some(ledger.turn(key).await),
        None => None,
    };
    if let Some(key) = &key {
        ledger.applied(resource.name, Some(&key.1), &[]);
        let holder = stored
            .holder()
            .or(replaced.as_ref().and_then(|replaced| replaced.holder.as_deref()));
        let is_kept = stored.is_kept_elsewhere() || ledger.is_kept_by_another(key, holder);
        if is_kept || ledger.destroying(key, holder) == Destroying::Taken {
            return Ok(claims::dropped(resource, &request.prior).into());
        }
    }
    protection::refuse_destroy(resource, &ledger, key.as_ref(), &stored, &request.prior)?;
    let (client, account) = session.connect("destroy", resource.name, &request.prior)?;
    super::plan::refuse_to_make_room(resource, &client, &stored, &request.prior)?;
    if let (Some(may_go), Some((_, id))) = (resource.hooks.may_go, &key) {
        may_go(&client, id)?;
    }
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
        Err(fault) => {
            let response = standing::response(&fault);
            match standing::gone(call, fault).await {
                Ok(_) if is_awaited => {
                    Err(arrival::not_found(resource, &client, &account, &request.prior, response.as_deref()).into())
                }
                Ok(how) => {
                    how.warning(resource, &request.prior).map(|warning| notes.add(warning));
                    Ok(())
                }
                Err(fault) => Err(fault),
            }
        }
    };
    let mut diagnostics = notes.take();
    match outcome {
        Ok(()) => {
            let stays = request.prior.attr("on_destroy").as_str() == Some("retain");
            match &key {
                Some(key) if stays => ledger.left(key),
                Some(key) => ledger.destroyed(key),
                None => {}
            }
            Ok(diagnostics)
        }
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

/// What to store with an object that still stands: what was stored with it before, without what a plan left, and what may
/// have replaced it.
pub fn private_of_what_stands(resource: &Resource, session: &Session, request: &DeleteRequest) -> Private {
    let mut stored = Stored::decode(&request.private);
    if let Some(holder) = stored.replaced().and_then(|replaced| replaced.holder) {
        stored = stored.held_by(&holder);
    }
    stored = stored.settled();
    let key = claims::key_of(resource, &request.prior);
    if let Some(standing) = key.and_then(|key| session.ledger().standing(&key)) {
        stored = stored.succeeded_by(&standing.successors);
        if standing.is_let_go {
            stored = stored.let_go();
        }
    }
    stored.encode()
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
