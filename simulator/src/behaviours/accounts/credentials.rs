//! Credentials that are kept for other products. <https://www.twilio.com/docs/iam/credentials/api>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// Keys of AWS, and public keys.
pub struct Credentials;

impl Behaviour for Credentials {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let Some(sid) = params
            .text("AccountSid")
            .filter(|sid| !sid.is_empty() && *sid != ctx.account)
        else {
            return Ok(());
        };
        // The contract's text on the parameter: a subaccount of the account that asks.
        let parent = ctx
            .state
            .accounts
            .find(sid)
            .and_then(|account| account.parent.as_deref());
        match parent == Some(ctx.account) {
            true => Ok(()),
            false => Err(ApiError::invalid_parameter(
                "AccountSid",
                "it is no subaccount of yours",
            )),
        }
    }
}
