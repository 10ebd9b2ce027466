//! PlanResourceChange.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::plan::{Plan, invariants, plan as plan_by_schema, requires_replace, requires_replace_unwritten};
use crate::framework::proto;
use crate::framework::provider::{ManagedResource, PlanRequest};
use crate::framework::value::Value;

use super::catalogue::{Catalogue, Described, Entry};
use super::identity::Change;
use super::messages;

pub(super) async fn plan(
    catalogue: &Catalogue,
    request: &proto::plan_resource_change::Request,
    deferred: Option<proto::Deferred>,
) -> Result<proto::plan_resource_change::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    let prior = described.decode(request.prior_state.as_ref(), "the state")?;
    let config = described.decode(request.config.as_ref(), "the configuration")?;
    let proposed = described.decode(request.proposed_new_state.as_ref(), "the proposed state")?;

    let decide = match entry.offer.has_written(&request.prior_private) {
        true => requires_replace,
        false => requires_replace_unwritten,
    };
    let planned = match &proposed {
        Value::Null => Plan::default().planned,
        _ => plan_by_schema(described.block(), &config, &prior, &proposed).planned,
    };
    let decided = decide(described.block(), &config, &prior, &planned);
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
    let mut replace = decide(described.block(), &config, &prior, &planned);
    replace.extend(answer.requires_replace);
    replace.sort();
    replace.dedup();
    let planned_identity = match prior.is_null() || planned.is_null() {
        // What does not exist yet has none, and what goes keeps the one it has.
        true => None,
        false => planned_identity(entry, request, &prior, &planned, !replace.is_empty())
            .map_err(|diagnostic| diagnostics.push(diagnostic))
            .unwrap_or_default(),
    };
    Ok(proto::plan_resource_change::Response {
        planned_state: Some(described.encode(&planned)?),
        requires_replace: replace.iter().map(messages::path).collect(),
        planned_private: answer.private,
        planned_identity,
        // As far as it is known without the service, the plan is what it will be.
        deferred,
        diagnostics: messages::diagnostics(diagnostics),
        ..proto::plan_resource_change::Response::default()
    })
}

/// The identity that the object has after an update, which is the one that it has now.
fn planned_identity(
    entry: &Entry<dyn ManagedResource>,
    request: &proto::plan_resource_change::Request,
    prior: &Value,
    planned: &Value,
    is_replaced: bool,
) -> Result<Option<proto::ResourceIdentityData>, Diagnostic> {
    let Some(identity) = entry.identity() else {
        return Ok(None);
    };
    let sent = entry.identity_sent(request.prior_identity.as_ref());
    let before = identity.of_either(prior, &sent).unwrap_or_default();
    if is_replaced {
        let kept = Some(before).filter(Value::is_known);
        return kept.map(|value| identity.encode(&value)).transpose();
    }
    let changes = identity.changed(&before, planned);
    if !changes.is_empty() {
        return Err(Diagnostic::error(
            format!("{} would become another object", request.type_name),
            format!(
                "The plan changes in place what names the object ({}). Nothing was changed. This is a bug in the provider's own \
                 code: it has to replace the object.",
                Change::describe(&changes, "would become")
            ),
        ));
    }
    let after = identity.of_either(planned, &before);
    after.map(|value| identity.encode(&value)).transpose()
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
