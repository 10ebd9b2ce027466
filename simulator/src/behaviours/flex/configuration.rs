//! The configuration of Flex, one for each account. <https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api>

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;

/// See the module.
pub struct Configuration;

impl Behaviour for Configuration {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        if !ctx.strict || matches!(ctx.operation().kind, OperationKind::Read | OperationKind::List) {
            return Ok(None);
        }
        // The page: the body of an update names the account.
        match params.text("account_sid") {
            None | Some("") => Err(ApiError::missing_parameter("account_sid")),
            Some(sid) if sid != ctx.account => {
                Err(ApiError::invalid_parameter("account_sid", "it is not your account"))
            }
            Some(_) => Ok(None),
        }
    }
}
