//! What a verification of a toll-free number says of the business.
//! <https://www.twilio.com/docs/messaging/compliance/toll-free/api-onboarding>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// What all businesses have but a sole proprietor: the contract's text on each.
const OF_REGISTERED: [&str; 3] = [
    "BusinessRegistrationNumber",
    "BusinessRegistrationAuthority",
    "BusinessRegistrationCountry",
];

/// Verifications of toll-free numbers say what kind of business it is and where it is registered, or name a customer profile that does,
/// as in the second sample of the page.
pub struct Registration;

impl Behaviour for Registration {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let is_sent = |name: &str| params.text(name).is_some_and(|text| !text.is_empty());
        if !ctx.strict || is_sent("CustomerProfileSid") {
            return Ok(());
        }
        let needed = match params.text("BusinessType") {
            Some("SOLE_PROPRIETOR") => None,
            None => Some("BusinessType"),
            Some(_) => OF_REGISTERED.into_iter().find(|name| !is_sent(name)),
        };
        needed.map_or(Ok(()), |name| Err(ApiError::missing_parameter(name)))
    }
}
