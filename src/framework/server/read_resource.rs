//! ReadResource.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan::stored;
use crate::framework::proto;
use crate::framework::provider::{ManagedResource, ReadRequest};
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Entry};
use super::identity::Change;
use super::import_resource_state::by_identity;
use super::messages;

pub(super) async fn read(
    catalogue: &Catalogue,
    request: &proto::read_resource::Request,
    deferred: Option<proto::Deferred>,
) -> Result<proto::read_resource::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    if deferred.is_some() {
        return Ok(proto::read_resource::Response {
            new_state: request.current_state.clone(),
            private: request.private.clone(),
            new_identity: request.current_identity.clone(),
            deferred,
            ..proto::read_resource::Response::default()
        });
    }
    let described = entry.described();
    let mut prior = described.decode(request.current_state.as_ref(), "the state")?;
    let mut private = request.private.clone();
    let mut diagnostics = Diagnostics::new();
    let identity = entry.identity_sent(request.current_identity.as_ref());
    if prior.is_null() && !identity.is_null() {
        // An import by identity that has not got further than that.
        let stub = by_identity(entry, identity.clone()).await?;
        (prior, private) = (stub.state, stub.private);
        diagnostics.extend(stub.diagnostics);
    }
    let answer = entry
        .offer
        .read(ReadRequest {
            state: prior.clone(),
            private,
        })
        .await?;
    diagnostics.extend(answer.diagnostics);
    let mut state = match answer.state {
        Some(state) => stored(described.block(), &prior, state),
        None => Value::Null,
    };
    let mut new_identity = None;
    if state.is_known() {
        described.settle_unknowns(&mut state, &mut diagnostics);
        new_identity = same_object(entry, &prior, &identity, &state)?;
    }
    Ok(proto::read_resource::Response {
        new_state: Some(described.encode_as_stored(&state)?),
        private: answer.private,
        new_identity,
        diagnostics: messages::diagnostics(diagnostics),
        ..proto::read_resource::Response::default()
    })
}

/// The identity of what was read, which is the object that was to be read. States from before identities gain one here.
fn same_object(
    entry: &Entry<dyn ManagedResource>,
    prior: &Value,
    sent: &Value,
    state: &Value,
) -> Result<Option<proto::ResourceIdentityData>, Diagnostic> {
    let Some(identity) = entry.identity() else {
        return Ok(None);
    };
    let before = identity.of_either(prior, sent).unwrap_or_default();
    let changes = identity.changed(&before, state);
    if !changes.is_empty() {
        let type_name = entry.offer.type_name();
        return Err(Diagnostic::error(
            format!("Another {type_name} was read"),
            format!(
                "What was read is not the object in the state ({}). The state was left as it is. If the object was deleted and \
                 made again outside of Terraform, remove it from the state and import the new one; otherwise this is a bug in \
                 the provider.",
                Change::describe(&changes, "is in the state, and what was read has")
            ),
        ));
    }
    let now = identity.of_either(state, &before);
    now.map(|value| identity.encode(&value)).transpose()
}
