//! ImportResourceState: by id, or by identity.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan::stored;
use crate::framework::proto;
use crate::framework::provider::{ImportAnswer, ManagedResource};
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Entry};
use super::identity::{Change, Identity};
use super::messages;

pub(super) async fn import(
    catalogue: &Catalogue,
    request: &proto::import_resource_state::Request,
    deferred: Option<proto::Deferred>,
) -> Result<proto::import_resource_state::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    if deferred.is_some() {
        let unknown = proto::import_resource_state::ImportedResource {
            type_name: request.type_name.clone(),
            state: Some(described.encode(&Value::UNKNOWN)?),
            identity: request.identity.clone().filter(|_| entry.identity().is_some()),
            ..Default::default()
        };
        return Ok(proto::import_resource_state::Response {
            imported_resources: vec![unknown],
            deferred,
            ..Default::default()
        });
    }
    let given = match entry.identity() {
        Some(identity) => identity.decode(request.identity.as_ref())?,
        None => None,
    };
    let mut answer = match given.filter(|_| request.id.is_empty()) {
        Some(identity) => by_identity(entry, identity).await?,
        None => entry.offer.import(&request.id).await?,
    };
    answer.state = stored(described.block(), &Value::Null, answer.state);
    Ok(proto::import_resource_state::Response {
        imported_resources: vec![proto::import_resource_state::ImportedResource {
            type_name: request.type_name.clone(),
            state: Some(described.encode(&answer.state)?),
            private: answer.private,
            identity: entry.identity_of(&answer.state)?,
        }],
        diagnostics: messages::diagnostics(answer.diagnostics),
        ..proto::import_resource_state::Response::default()
    })
}

/// The state that a read can start from, out of an identity, which it has again.
pub(super) async fn by_identity(entry: &Entry<dyn ManagedResource>, given: Value) -> Result<ImportAnswer, Diagnostics> {
    let type_name = entry.offer.type_name();
    let Some(identity) = entry.identity() else {
        return Err(Diagnostic::error(
            format!("{type_name} has no identity"),
            "It can only be imported by id. Nothing was imported.",
        )
        .into());
    };
    require(identity, type_name, &given)?;
    let answer = entry.offer.import_by_identity(given.clone()).await?;
    let state = stored(entry.described().block(), &Value::Null, answer.state);
    let Some(found) = identity.of(&state) else {
        return Err(Diagnostic::error(
            format!("{type_name} was not found by its identity"),
            "The provider took the identity, and the object that it found has none. Nothing was imported. This is a bug in \
             the provider's own code; import the object by id.",
        )
        .into());
    };
    let others = identity.differing_from_requested(&given, &found);
    if !others.is_empty() {
        return Err(Diagnostic::error(
            format!("Another {type_name} was found"),
            format!(
                "What was found by the identity is not what it names ({}). Nothing was imported. Correct the identity in \
                 the import block.",
                Change::describe(&others, "is requested, and what was found has")
            ),
        )
        .into());
    }
    Ok(ImportAnswer { state, ..answer })
}

/// Terraform checks the same before it asks, but for a value that turns out to be null.
fn require(identity: &Identity, type_name: &str, given: &Value) -> Result<(), Diagnostic> {
    let missing = identity.missing(given);
    if missing.is_empty() {
        return Ok(());
    }
    Err(Diagnostic::error(
        format!("Identity of {type_name} is incomplete"),
        format!(
            "It must have a value for {}. Nothing was imported. Add what is missing to identity in the import block.",
            missing.join(", ")
        ),
    ))
}
