//! ApplyResourceChange for something that goes.

use crate::engine::errors::diagnose::Attempt;
use crate::engine::facts::Absent::DefaultsTo;
use crate::engine::facts::Role::Local;
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{
    Check, Destroy, Field, Intent, Literal, Managed, Operation, Presence, Properties, Removed, Sent, text,
};
use crate::engine::operations::policy::{self, Change};
use crate::engine::operations::session::Session;
use crate::engine::operations::{absence, arrival, requests};
use crate::engine::sharing::ledger::Destroying;
use crate::engine::sharing::{claims, protection};
use crate::engine::values::parameters::parameters;
use crate::engine::values::private::Stored;
use crate::engine::values::schema::default_value;
use crate::engine::values::write_only;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::{DeleteRequest, Private};
use crate::framework::value::Value;
use crate::twilio::{Error, ErrorKind, PAUSES_BETWEEN_READS};

/// The attribute, for tables of objects that Twilio may have made itself, and may not delete.
pub(crate) const ON_DESTROY: Field = text("on_destroy", Local(DefaultsTo(Literal::Text("delete"))))
    .checks(&[Check::OneOf(&["delete", RETAIN])])
    .doc(
        "What destroying does: `delete` deletes it; `retain` leaves it in Twilio and only takes it out of the state, as what was \
         there before Terraform managed it. Default: `delete`.",
    );

const RETAIN: &str = "retain";

/// Whether destroying an object leaves it as it is.
pub(crate) fn is_retained(object: &Value) -> bool {
    object.attr(ON_DESTROY.name).as_str() == Some(RETAIN)
}

/// Does what destroying means for the object. Something already gone is success, also with its account.
///
/// # Errors
/// Diagnostics; the object still stands and stays in state.
pub(crate) async fn delete(
    resource: &'static Managed,
    session: &Session,
    request: &DeleteRequest,
) -> Result<Diagnostics, Diagnostics> {
    let ledger = session.ledger();
    let stored = Stored::decode(&request.private);
    let request = &forced_as_configured(resource, request, &stored);
    let replaced = stored.replaced();
    let holder = stored
        .holder()
        .or(replaced.as_ref().and_then(|replaced| replaced.holder.as_deref()));
    let is_awaited = holder.is_none();
    let key = claims::key_of(resource, &request.prior);
    let _turn = match &key {
        Some(key) => Some(ledger.turn(key).await),
        None => None,
    };
    if let Some(key) = &key {
        ledger.applied(resource.object.name, Some(&key.1), &[]);
        let is_kept = stored.is_kept_elsewhere() || ledger.is_kept_by_another(key, holder);
        if is_kept || ledger.destroying(key, holder) == Destroying::Taken {
            return Ok(claims::dropped(resource, &request.prior).into());
        }
    }
    protection::refuse_destroy(resource, &ledger, key.as_ref(), &stored, &request.prior)?;
    let (client, account) = session.connect_to("destroy", resource, &request.prior)?;
    let reviewed = Change {
        resource,
        prior: &request.prior,
        planned: &Value::Null,
        config: &Value::Null,
        replaced: None,
        is_apply: true,
    };
    let against = policy::review(&session.policy(), reviewed, Some((&client, &account))).await;
    if against.has_errors() {
        return Err(against);
    }
    crate::engine::operations::plan::refuse_to_make_room(resource, &client, &stored, &request.prior)?;
    if let (Some(may_go), Some((_, id))) = (resource.write.may_go, &key) {
        may_go(&client, id)?;
    }
    let foreseen = stored.foreseen();
    let mut notes = stored.notes();
    notes.extend(foreseen.clone());
    let warnings = Warnings::beside(notes);
    let call = Call {
        object: &resource.object,
        client: &client,
        account: &account,
        state: &request.prior,
        warnings: &warnings,
    };
    let outcome = match destroy(resource, call, &stored).await {
        Ok(()) => Ok(()),
        Err(fault) => {
            let response = absence::response(&fault);
            match absence::gone(call, fault).await {
                Ok(_) if is_awaited => Err(arrival::not_found(call, response.as_deref()).into()),
                Ok(how) => {
                    if let Some(warning) = how.warning(&resource.object, &request.prior) {
                        warnings.add(warning);
                    }
                    Ok(())
                }
                Err(fault) => Err(fault),
            }
        }
    };
    if let (Err(_), Some(key)) = (&outcome, &key) {
        // What a plan left is for the apply of that plan alone.
        let mut notes = warnings.notes();
        notes.retain(|name, _| !foreseen.contains_key(name));
        ledger.keep_notes(key, notes);
    }
    let mut diagnostics = warnings.take();
    match outcome {
        Ok(()) => {
            let stays =
                is_retained(&request.prior) || matches!(resource.lifecycle.destroy(), Destroy::Reset | Destroy::Forget);
            match &key {
                Some(key) if stays => ledger.left(key),
                Some(key) => ledger.destroyed(key),
                None => {}
            }
            if !stays && resource.write.policy.is_some() {
                let (policy, name) = (session.policy(), resource.object.name);
                policy.tally.of(name, account.as_str(), |count| count.done -= 1);
            }
            Ok(diagnostics)
        }
        Err(fault) => {
            diagnostics.push(
                Attempt {
                    object: &resource.object,
                    operation: Operation::Delete,
                    state: &request.prior,
                }
                .diagnose_refusal(fault, resource.stays_while),
            );
            Err(diagnostics)
        }
    }
}

/// The request with what the block of the replacement says of a destroy that something is in the way of: what is tainted keeps its
/// state as it is until it is gone.
fn forced_as_configured(resource: &Managed, request: &DeleteRequest, stored: &Stored) -> DeleteRequest {
    let mut request = request.clone();
    if let (Some(name), Some(is_forced)) = (resource.forced_by, stored.is_forced()) {
        request.prior.set_attr(name, is_forced.into());
    }
    request
}

/// What to store with an object that still stands: what was stored with it before, without what a plan left, what its hook noted of
/// the parts that are left, and what may have replaced it.
pub(crate) fn private_of_what_stands(resource: &Managed, session: &Session, request: &DeleteRequest) -> Private {
    let mut stored = Stored::decode(&request.private);
    if let Some(holder) = stored.replaced().and_then(|replaced| replaced.holder) {
        stored = stored.held_by(&holder);
    }
    stored = stored.settled();
    let key = claims::key_of(resource, &request.prior);
    if let Some(notes) = key.as_ref().and_then(|key| session.ledger().notes(key)) {
        stored = stored.noting(notes);
    }
    if let Some(remaining) = key.and_then(|key| session.ledger().remaining(&key)) {
        stored = stored.succeeded_by(&remaining.successors);
        if remaining.is_let_go {
            stored = stored.let_go();
        }
    }
    stored.encode()
}

async fn destroy(resource: &'static Managed, call: Call<'_>, stored: &Stored) -> Result<(), Fault> {
    let hooks = &resource.write;
    // A hook has words of its own for what is retained.
    if is_retained(call.state) && hooks.delete.is_none() {
        return Ok(());
    }
    if let Some(before_delete) = hooks.before_delete {
        not_found_is_fine(before_delete(call, resource).await)?;
    }
    match (resource.lifecycle.destroy(), hooks.delete) {
        (Destroy::Hook, Some(delete)) => delete(call, resource).await,
        (Destroy::Forget, _) => Ok(()),
        (Destroy::Reset, _) => reset(resource, call, stored).await,
        (Destroy::Archive(path), _) => archive(call, path).await,
        (Destroy::DeleteLater, _) => {
            requests::delete_later(call).await?;
            until_gone(call, "delete", None).await
        }
        (Destroy::Delete | Destroy::Hook, _) => requests::delete(call).await,
    }
}

/// Puts the object away. That counts when the object says so, in the response or where it is read: a request that was taken is
/// none that was carried out.
async fn archive(call: Call<'_>, path: &str) -> Result<(), Fault> {
    let refusal = match requests::archive(call, path).await {
        Ok(object) if is_gone(call, &object) => return Ok(()),
        Ok(_) => None,
        // That there is no such path says nothing of the object.
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Some(error),
        Err(fault) => return Err(fault),
    };
    until_gone(call, "archive", refusal.as_deref()).await
}

fn is_gone(call: Call<'_>, object: &Properties) -> bool {
    call.object.read.is_gone.is_some_and(|is_gone| is_gone(object))
}

/// Reads until the object is gone. `verb` is what Twilio was requested to do with it.
async fn until_gone(call: Call<'_>, verb: &str, refusal: Option<&Error>) -> Result<(), Fault> {
    let mut pauses = PAUSES_BETWEEN_READS.iter();
    loop {
        match requests::seek(call).await? {
            Some(object) if !is_gone(call, &object) => {}
            _ => return Ok(()),
        }
        match pauses.next() {
            Some(pause) if call.client.pause(*pause).await => {}
            _ => return Err(not_gone(call, verb, refusal).into()),
        }
    }
}

fn not_gone(call: Call<'_>, verb: &str, refusal: Option<&Error>) -> Diagnostic {
    let named = claims::named(call.object, call.state);
    let response = match refusal {
        None => format!("Twilio took the request to {verb} the {named}"),
        Some(error) => format!("{}: that was the request to {verb} the {named}", absence::said(error)),
    };
    Diagnostic::error(
        format!("{} still exists", call.object.name),
        format!(
            "{response}. Twilio still shows it as it was, and it stays in the state. Check it in the Twilio Console, and run the \
             destroy again."
        ),
    )
}

/// Takes off what is set and puts the defaults back, as far as the configuration set it at the last write: what it never set,
/// somebody else has set meanwhile, and is left with a warning. Where nothing was written here, as after an import, all counts
/// that the state has.
async fn reset(resource: &'static Managed, call: Call<'_>, stored: &Stored) -> Result<(), Fault> {
    let ours = stored.configured();
    let is_ours = |name: &str| ours.as_ref().is_none_or(|ours| ours.iter().any(|known| known == name));
    let planned = as_if_never_set(resource, call.state, is_ours);
    let intent = Intent {
        resource,
        operation: Operation::Update,
        prior: call.state,
        planned: &planned,
        config: &planned,
    };
    let bare = as_if_never_set(resource, call.state, |_| true);
    let is_left = |attribute: &&Field| bare.attr(attribute.name) != planned.attr(attribute.name);
    let left: Vec<_> = (resource.object.fields.iter().filter(is_left))
        .map(|attribute| attribute.name)
        .collect();
    if !left.is_empty() {
        call.warnings.add(left_as_it_is(call, &left));
    }
    let mut parameters = parameters(intent);
    if let Some(encode) = resource.write.encode {
        encode(&intent, &mut parameters);
    }
    if parameters.is_empty() {
        return Ok(());
    }
    let path = requests::instance_path(call.object, call.account, call.state)?;
    requests::send_update(call, resource, path, parameters).await.map(drop)
}

fn left_as_it_is(call: Call<'_>, names: &[&str]) -> Diagnostic {
    let named = claims::named(call.object, call.state);
    Diagnostic::warning(
        format!("{} keeps what somebody else set", call.object.name),
        format!(
            "The {named} has {}, which this configuration did not set: somebody else did. That was left as it is; only what the \
             configuration set was taken off. To take it off too, do so in the Twilio Console.",
            names.join(", ")
        ),
    )
}

/// What a reset takes off.
fn resettable(resource: &Managed) -> impl Iterator<Item = &'static Field> {
    let settings = resource.object.fields.iter().filter(|attribute| {
        matches!(attribute.sent(), Sent::Always | Sent::OnUpdate) && attribute.presence() != Presence::Required
    });
    settings.filter(|attribute| attribute.removed() != Removed::Keep)
}

/// What `config` sets of that which a destroy resets, for [`Stored::configuring`]; `None` where a destroy resets nothing.
pub(crate) fn configured(resource: &Managed, config: &Value) -> Option<Vec<String>> {
    if resource.lifecycle.destroy() != Destroy::Reset {
        return None;
    }
    let set = resettable(resource).filter(|attribute| write_only::is_configured(attribute, config));
    Some(set.map(|attribute| attribute.name.to_owned()).collect())
}

/// The object as it is when nobody configured what `is_ours` says, as far as that is known.
fn as_if_never_set(resource: &Managed, prior: &Value, is_ours: impl Fn(&str) -> bool) -> Value {
    let mut planned = prior.clone();
    for attribute in resettable(resource).filter(|attribute| is_ours(attribute.name)) {
        planned.set_attr(attribute.name, default_value(attribute).unwrap_or_default());
        write_only::forget(attribute, &mut planned);
    }
    planned
}

fn not_found_is_fine(outcome: Result<(), Fault>) -> Result<(), Fault> {
    match outcome {
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::ReadHooks;
    use crate::engine::facts::{Key, Lifecycle, Object, Place, UpdateStyle};
    use crate::twilio::tests::server::{Reply, Server, ok, parent, status};
    use crate::twilio::{Client, Product};

    const SID: &str = "FP00000000000000000000000000000001";

    const PLUGIN: Managed = Managed {
        object: Object {
            name: "twilio_plugin",
            noun: "plugin",
            place: Place::at(Product::Flex, "/v1/Plugins", "/v1/Plugins/{sid}"),
            key: Key::Sid("FP"),
            read: ReadHooks {
                is_gone: Some(|plugin| plugin.get("archived") == Some(&json!(true))),
                ..ReadHooks::NONE
            },
            ..Object::NEW
        },
        lifecycle: Lifecycle::made(UpdateStyle::Post, Destroy::Archive("/v1/Plugins/{sid}/Archive")),
        ..Managed::NEW
    };

    async fn destroyed(client: &Client) -> Result<(), Fault> {
        let (account, warnings) = (parent(), Warnings::default());
        let state = Value::object([("sid", SID.into()), ("account_sid", parent().as_str().into())]);
        let call = Call {
            object: &PLUGIN.object,
            client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        destroy(&PLUGIN, call, &Stored::default()).await
    }

    #[tokio::test]
    async fn an_object_is_archived_when_it_says_so_and_not_because_a_request_was_taken() {
        let plugin = |archived: bool| json!({"sid": SID, "archived": archived});
        // What is answered, whether it is done, and whether that is believed.
        type Case = (fn() -> Reply, bool, bool);
        const LAST: usize = 5;
        let cases: [Case; LAST + 1] = [
            (|| ok(json!({"sid": SID, "archived": true})), false, true),
            // It shows later that it was done.
            (|| ok(json!({"sid": SID, "archived": false})), true, true),
            (|| ok(json!({"sid": SID, "archived": false})), false, false),
            (|| status(200, ""), false, false),
            (
                || ok(json!({"sid": SID.replace('1', "2"), "archived": true})),
                false,
                false,
            ),
            (
                || status(404, json!({"code": 20404, "message": "not found", "status": 404})),
                false,
                false,
            ),
        ];
        for (number, (answer, is_done, is_believed)) in cases.into_iter().enumerate() {
            let server = Server::start(move |seen, _| match seen.method.as_str() {
                "POST" => answer(),
                _ => ok(plugin(is_done)),
            })
            .await;
            let (client, _clock) = server.client();
            let outcome = destroyed(&client).await;
            assert_eq!(outcome.is_ok(), is_believed, "case {number}");
            // The refusal is reported, not that the request was accepted.
            if number == LAST {
                let shown = format!("{outcome:?}");
                assert!(shown.contains("answered 404, Twilio code 20404"), "{shown}");
                assert!(!shown.contains("took the request"), "{shown}");
            }
        }
    }
}
