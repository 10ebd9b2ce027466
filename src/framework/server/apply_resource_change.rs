//! ApplyResourceChange: create, update or delete.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan::stored;
use crate::framework::proto;
use crate::framework::provider::{ApplyAnswer, CreateRequest, DeleteRequest, ManagedResource, UpdateRequest};
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Entry};
use super::identity::Change;
use super::messages;

type Response = proto::apply_resource_change::Response;

pub(super) async fn apply(
    catalogue: &Catalogue,
    request: &proto::apply_resource_change::Request,
) -> Result<Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    let prior = described.decode(request.prior_state.as_ref(), "the state")?;
    let planned = described.decode(request.planned_state.as_ref(), "the plan")?;
    let config = described.decode(request.config.as_ref(), "the configuration")?;
    let private = request.planned_private.clone();

    if planned.is_null() {
        return delete(entry, prior, private).await;
    }
    let before = match entry.identity() {
        Some(identity) => identity.of_either(&prior, &entry.identity_sent(request.planned_identity.as_ref())),
        None => None,
    };
    let before = before.unwrap_or_default();
    let answer = if prior.is_null() {
        entry
            .offer
            .create(CreateRequest {
                planned: planned.clone(),
                config,
                private,
            })
            .await
    } else {
        entry
            .offer
            .update(UpdateRequest {
                prior,
                planned: planned.clone(),
                config,
                private,
            })
            .await
    };
    answered(entry, &before, &planned, answer)
}

async fn delete(entry: &Entry<dyn ManagedResource>, prior: Value, private: Vec<u8>) -> Result<Response, Diagnostics> {
    let request = DeleteRequest {
        prior: prior.clone(),
        private,
    };
    let (state, private, diagnostics) = match entry.offer.delete(request.clone()).await {
        Ok(diagnostics) => (Value::Null, Vec::new(), diagnostics),
        // It still stands: Terraform keeps what is answered here.
        Err(diagnostics) => (prior, entry.offer.private_of_what_stands(&request), diagnostics),
    };
    Ok(Response {
        new_state: Some(entry.described().encode(&state)?),
        new_identity: entry.identity_of(&state)?,
        private,
        diagnostics: messages::diagnostics(diagnostics),
        ..Response::default()
    })
}

/// What an apply answers about an object that exists, whatever else happened: its state, and its identity.
fn existing(
    entry: &Entry<dyn ManagedResource>,
    before: &Value,
    state: &Value,
    diagnostics: &mut Diagnostics,
) -> Result<Response, Diagnostic> {
    let new_state = Some(entry.described().encode(state)?);
    let mut new_identity = None;
    if let Some(identity) = entry.identity() {
        let changes = identity.changed(before, state);
        if !changes.is_empty() {
            diagnostics.push(Diagnostic::error(
                format!("{} became another object", entry.offer.type_name()),
                format!(
                    "The update changed what names the object ({}). It was made, and the state has the object as it is now. This \
                     is a bug in the provider's own code: it has to replace the object.",
                    Change::describe(&changes, "became")
                ),
            ));
        }
        let after = identity.of_either(state, before);
        new_identity = after.and_then(|value| {
            identity
                .encode(&value)
                .map_err(|diagnostic| diagnostics.push(diagnostic))
                .ok()
        });
    }
    Ok(Response {
        new_state,
        new_identity,
        ..Response::default()
    })
}

/// The response with the practitioner's spelling of equivalent values, nothing write-only and nothing unknown. A
/// write-only value that got through would make Terraform drop the whole object.
fn answered(
    entry: &Entry<dyn ManagedResource>,
    before: &Value,
    planned: &Value,
    answer: ApplyAnswer,
) -> Result<Response, Diagnostics> {
    let described = entry.described();
    let mut diagnostics = answer.diagnostics;
    let Some(state) = answer.state else {
        if !diagnostics.has_errors() {
            diagnostics.push(Diagnostic::error(
                "Nothing known about the object",
                "The provider made the change and returned no new state. The state is as it was before. This is a bug in \
                 the provider's own code.",
            ));
        }
        return Ok(Response {
            private: answer.private,
            diagnostics: messages::diagnostics(diagnostics),
            ..Response::default()
        });
    };
    let mut state = stored(described.block(), planned, state);
    described.settle_unknowns(&mut state, &mut diagnostics);
    let response = existing(entry, before, &state, &mut diagnostics).or_else(|diagnostic| {
        // Better a state that is less exact than an object that nobody remembers.
        diagnostics.push(diagnostic);
        let mut planned = planned.clone();
        described.settle_unknowns(&mut planned, &mut diagnostics);
        existing(entry, before, &planned, &mut diagnostics)
    });
    Ok(Response {
        private: answer.private,
        diagnostics: messages::diagnostics(diagnostics),
        ..response.unwrap_or_default()
    })
}
