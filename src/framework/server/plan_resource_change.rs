//! PlanResourceChange.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::plan::{plan as plan_by_schema, requires_replace};
use crate::framework::proto;
use crate::framework::provider::PlanRequest;
use crate::framework::value::Value;

use super::catalogue::Catalogue;
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

    let planned = match &proposed {
        Value::Null => Value::Null,
        _ => plan_by_schema(described.block(), &config, &prior, &proposed).planned,
    };
    let question = PlanRequest {
        prior: &prior,
        config: &config,
        planned: &planned,
        private: &request.prior_private,
    };
    let answer = entry.offer.modify_plan(question).await;
    // A destroy is planned as null, whatever the resource would rather have.
    let planned = if proposed.is_null() {
        Value::Null
    } else {
        answer.planned
    };
    let mut replace = requires_replace(described.block(), &prior, &planned);
    replace.extend(answer.requires_replace);
    replace.sort();
    replace.dedup();
    Ok(proto::plan_resource_change::Response {
        planned_state: Some(described.encode(&planned)?),
        requires_replace: replace.iter().map(messages::path).collect(),
        planned_private: answer.private,
        diagnostics: messages::diagnostics(answer.diagnostics),
        ..proto::plan_resource_change::Response::default()
    })
}
