//! Evaluations of customer profiles and trust products, which need an end user at the least. What else a policy asks for is nowhere
//! published as a whole. <https://www.twilio.com/docs/trust-hub/trusthub-rest-api>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::numbers::evaluations::{END_USER, evaluate};
use crate::params::Params;
use crate::store::Object;

/// See the module.
pub struct Evaluations;

impl Behaviour for Evaluations {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        evaluate(ctx, object, (HOST, "EntityAssignments"), &[END_USER]);
        Ok(())
    }
}
