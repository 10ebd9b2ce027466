//! ApplyResourceChange: create, update or delete.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan::stored;
use crate::framework::proto;
use crate::framework::provider::{ApplyAnswer, CreateRequest, DeleteRequest, ManagedResource, UpdateRequest};
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Described};
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
        return delete(&*entry.offer, described, prior, private).await;
    }
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
    answered(described, &planned, answer)
}

async fn delete(
    resource: &dyn ManagedResource,
    described: &Described,
    prior: Value,
    private: Vec<u8>,
) -> Result<Response, Diagnostics> {
    let request = DeleteRequest {
        prior: prior.clone(),
        private,
    };
    let (state, private, diagnostics) = match resource.delete(request.clone()).await {
        Ok(diagnostics) => (Value::Null, Vec::new(), diagnostics),
        // It still stands: Terraform keeps what is answered here.
        Err(diagnostics) => (prior, resource.private_of_what_stands(&request), diagnostics),
    };
    Ok(Response {
        new_state: Some(described.encode(&state)?),
        private,
        diagnostics: messages::diagnostics(diagnostics),
        ..Response::default()
    })
}

/// The answer with the practitioner's spelling of equivalent values, nothing write-only and nothing unknown. A
/// write-only value that got through would make Terraform drop the whole object.
fn answered(described: &Described, planned: &Value, answer: ApplyAnswer) -> Result<Response, Diagnostics> {
    let mut diagnostics = answer.diagnostics;
    let Some(state) = answer.state else {
        if !diagnostics.has_errors() {
            diagnostics.push(Diagnostic::error(
                "Nothing known about the object",
                "The provider says that it made the change, but not what came of it. The state is as it was before. This \
                 is a bug in the provider's own code.",
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
    match described.encode(&state) {
        Ok(new_state) => Ok(Response {
            new_state: Some(new_state),
            private: answer.private,
            diagnostics: messages::diagnostics(diagnostics),
            ..Response::default()
        }),
        Err(diagnostic) => {
            // Better a state that is less exact than an object that nobody remembers.
            diagnostics.push(diagnostic);
            let mut planned = planned.clone();
            described.settle_unknowns(&mut planned, &mut diagnostics);
            Ok(Response {
                new_state: described.encode(&planned).ok(),
                private: answer.private,
                diagnostics: messages::diagnostics(diagnostics),
                ..Response::default()
            })
        }
    }
}
