//! The balance of the main account.
//!
//! Subaccounts are billed to it and have no balance of their own (<https://github.com/twilio/twilio-oai>: children do not contain
//! balance information), so theirs is not found.

use serde_json::json;

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// See the module.
pub struct Balance;

impl Behaviour for Balance {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.account != ctx.state.accounts.main().sid {
            return Err(ApiError::not_found(&ctx.request.path));
        }
        let cents = fastrand::Rng::with_seed(ctx.state.seed).u32(1_000..50_000);
        Ok(Some(Answer::json(
            ctx.operation().success(),
            json!({
                "account_sid": ctx.account,
                "balance": format!("{}.{:02}", cents / 100, cents % 100),
                "currency": "USD",
            }),
        )))
    }
}
