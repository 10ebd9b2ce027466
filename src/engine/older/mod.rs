//! State that this version of the provider did not write: of the providers for Twilio that were there before, and of its own
//! earlier versions.
//!
//! The two older providers write schema version 0, and this one starts with 1, so version 0 is always theirs. Terraform names no
//! provider when it asks for an upgrade; which of the two wrote a state, its shape tells. What a table names as [`OlderState`]
//! is taken over as it is stored. Everything else is refused with the way on, and the state stays as it is. Nothing here sends a
//! request: the refresh that follows fills in what the older state did not have, and until it has, the object counts as come
//! from elsewhere (`operations::arrival`).

mod convert;
mod refuse;
mod versions;

use serde_json::Value as Json;

use crate::engine::facts::older::{OlderProvider, OlderState};
use crate::engine::facts::{Managed, Properties};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::provider::MoveSource;

/// UpgradeResourceState: a state of an earlier version under a type name of this provider. That of a deposed object has the
/// shape of the type that it was, also after a move.
///
/// # Errors
/// A diagnostic that says whose state it is, and the way on.
pub fn upgrade(resource: &Managed, from_version: i64, stored: Json) -> Result<Json, Diagnostic> {
    let Json::Object(stored) = stored else {
        return Err(refuse::unreadable(resource));
    };
    if from_version != 0 {
        return versions::upgraded(resource.object.name, resource.versions, from_version, stored);
    }
    let shape = OlderProvider::of_shape(&stored);
    let provider = shape.unwrap_or(OlderProvider::Vendor);
    let types = resource.older_states.iter().filter(|older| older.provider == provider);
    let mut reason = None;
    for older in types.filter(|older| older.merged_into.is_none()) {
        match convert::convert(resource, older, stored.clone()) {
            Ok(state) => return Ok(taken_over(resource, older, state)),
            Err(why) => reason = Some(why),
        }
    }
    Err(refuse::upgrade(resource, shape, &stored, reason.as_deref()))
}

/// MoveResourceState; `None` where the source is neither an older provider's nor this one's own.
pub fn take_over(resource: &Managed, source: &MoveSource) -> Option<Result<Json, Diagnostic>> {
    let stored = source.state.as_object()?;
    let by_address = OlderProvider::of_address(&source.provider_address)?;
    // After `terraform state replace-provider` the address is this provider's, and the state still theirs.
    let is_replaced = by_address == OlderProvider::This && source.schema_version == 0;
    if by_address == OlderProvider::This && !is_replaced && source.type_name == resource.object.name {
        // The same type of the same provider, installed from another registry.
        let version = source.schema_version;
        return Some(versions::upgraded(
            resource.object.name,
            resource.versions,
            version,
            stored.clone(),
        ));
    }
    let is_whose = |older: &&OlderState| match is_replaced {
        true => older.provider != OlderProvider::This,
        false => older.provider == by_address,
    };
    let mut types = resource.older_states.iter().filter(is_whose);
    let older = types.find(|older| older.type_name == source.type_name);
    let provider = match older {
        Some(older) => older.provider,
        None if is_replaced => OlderProvider::of_shape(stored)?,
        None if by_address == OlderProvider::This => return None,
        None => by_address,
    };
    let is_theirs = provider == OlderProvider::This || source.schema_version == 0;
    let refused = |reason: Option<&str>| Some(Err(refuse::take_over(resource, provider, source, stored, reason)));
    let Some(older) = older.filter(|_| is_theirs) else {
        return refused(None);
    };
    if let Some(attribute) = older.merged_into {
        return Some(Err(refuse::merged(resource, source, attribute)));
    }
    match convert::convert(resource, older, stored.clone()) {
        Ok(state) => Some(Ok(taken_over(resource, older, state))),
        Err(reason) => refused(Some(&reason)),
    }
}

fn taken_over(resource: &Managed, older: &OlderState, state: Properties) -> Json {
    tracing::info!(
        resource = resource.object.name,
        from = older.type_name,
        provider = older.provider.source(),
        "took over the state of an older provider"
    );
    Json::Object(state)
}

#[cfg(test)]
mod tests;
