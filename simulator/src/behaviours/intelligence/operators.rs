//! The operators that a service runs, which are shown as their SIDs alone.
//! <https://www.twilio.com/docs/conversational-intelligence/api/operator-attachment-resource>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// Operators of a service.
pub struct OperatorAttachments;

impl Behaviour for OperatorAttachments {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let Some(service) = ctx
            .route
            .path
            .strip_suffix("/Operators")
            .filter(|_| ctx.operation().method == "GET")
        else {
            return Ok(None);
        };
        let Some(found) = ctx.state.store.find(HOST, ctx.account, service) else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        let attached = ctx.state.store.members(HOST, ctx.account, &ctx.route.path);
        let sids: Vec<Value> = attached.map(|operator| Value::from(operator.key.as_str())).collect();
        Ok(Some(Answer::json(
            200,
            json!({
                "service_sid": found.key,
                "operator_sids": sids,
                "url": format!("{}{}", ctx.base_url, ctx.route.path),
            }),
        )))
    }
}
