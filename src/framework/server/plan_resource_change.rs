//! PlanResourceChange.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan::{Plan, invariants, plan as plan_by_schema, requires_replace};
use crate::framework::proto;
use crate::framework::provider::PlanRequest;
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Described};
use super::messages;

pub(super) async fn plan(
    catalogue: &Catalogue,
    request: &proto::plan_resource_change::Request,
) -> Result<proto::plan_resource_change::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    let prior = described.decode(request.prior_state.as_ref(), "the state")?;
    let config = described.decode(request.config.as_ref(), "the configuration")?;
    let proposed = described.decode(request.proposed_new_state.as_ref(), "the proposed state")?;

    let Plan {
        planned,
        requires_replace: decided,
    } = match &proposed {
        Value::Null => Plan::default(),
        _ => plan_by_schema(described.block(), &config, &prior, &proposed),
    };
    let question = PlanRequest {
        prior: &prior,
        config: &config,
        planned: &planned,
        requires_replace: &decided,
        private: &request.prior_private,
    };
    let answer = entry.offer.modify_plan(question).await;
    // A destroy is planned as null, whatever the resource would rather have.
    let planned = if proposed.is_null() {
        Value::Null
    } else {
        answer.planned
    };
    let mut diagnostics = answer.diagnostics;
    if cfg!(debug_assertions) && planned.is_known() {
        diagnostics.extend(broken_promises(described, &config, &prior, &planned));
    }
    let mut replace = requires_replace(described.block(), &prior, &planned);
    replace.extend(answer.requires_replace);
    replace.sort();
    replace.dedup();
    Ok(proto::plan_resource_change::Response {
        planned_state: Some(described.encode(&planned)?),
        requires_replace: replace.iter().map(messages::path).collect(),
        planned_private: answer.private,
        diagnostics: messages::diagnostics(diagnostics),
        ..proto::plan_resource_change::Response::default()
    })
}

/// Terraform would refuse such a plan too, but only here is it known that the resource's own last word is to blame.
fn broken_promises(
    described: &Described,
    config: &Value,
    prior: &Value,
    planned: &Value,
) -> impl Iterator<Item = Diagnostic> {
    let paths = invariants::violations(described.block(), config, prior, planned);
    paths.into_iter().map(|path| {
        let detail = format!(
            "{path} is planned as something that is neither configured nor for the provider to decide. Nothing was \
             changed. This is a bug in the provider's own code."
        );
        Diagnostic::error("Impossible plan", detail).at(path)
    })
}
