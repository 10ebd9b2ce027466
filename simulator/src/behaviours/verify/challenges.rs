//! Challenges of a factor. <https://www.twilio.com/docs/verify/api/challenge>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// Challenges: one of a push factor has a message for who shall approve it (the contract's text on `Details.Message`).
pub struct Challenges;

impl Behaviour for Challenges {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let has_message = params.text("Details.Message").is_some_and(|text| !text.is_empty());
        if !ctx.strict || has_message {
            return Ok(());
        }
        let entity = ctx.route.path.trim_end_matches("/Challenges");
        let factor = format!("{entity}/Factors/{}", params.text("FactorSid").unwrap_or_default());
        let factor = ctx.state.store.find(HOST, ctx.account, &factor);
        match factor.and_then(|factor| factor.text("factor_type")) {
            // https://www.twilio.com/docs/api/errors/60300
            Some("push") => Err(ApiError::new(400, 60300, "Invalid Param: Details.Message")),
            _ => Ok(()),
        }
    }
}
