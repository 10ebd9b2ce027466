//! The secondary auth token: made, shown once, promoted or dropped.
//! <https://www.twilio.com/docs/iam/api/secondary_authtoken>

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// `/v1/AuthTokens/Secondary`.
pub struct Secondary;

impl Behaviour for Secondary {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let token = ctx.state.ids.hex(32);
        object.set("secondary_auth_token", token.as_str());
        if let Some(account) = ctx.state.accounts.find_mut(ctx.account) {
            account.secondary_auth_token = Some(token);
        }
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        if let Some(account) = ctx.state.accounts.find_mut(&object.account) {
            account.secondary_auth_token = None;
        }
    }
}

/// `/v1/AuthTokens/Promote`: the secondary token becomes the primary one, and the old primary stops working at once.
pub struct Promote;

impl Behaviour for Promote {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind != OperationKind::Action {
            return Ok(None);
        }
        let promoted = ctx.state.accounts.find_mut(ctx.account).and_then(|account| {
            let token = account.secondary_auth_token.take()?;
            account.auth_token.clone_from(&token);
            Some(token)
        });
        let token = promoted.ok_or_else(|| ApiError::new(404, 20404, "There is no secondary auth token to promote"))?;
        ctx.state
            .store
            .remove("accounts.twilio.com", ctx.account, "/v1/AuthTokens/Secondary");
        let now = crate::clock::iso8601(ctx.now);
        let body = serde_json::json!({
            "account_sid": ctx.account,
            "auth_token": token,
            "date_created": now,
            "date_updated": now,
            "url": format!("{}/v1/AuthTokens/Promote", ctx.base_url),
        });
        Ok(Some(Answer::json(ctx.operation().success(), body)))
    }
}
