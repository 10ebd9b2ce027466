//! Registrations with carriers: brands, and verifications of toll-free numbers.

use serde_json::json;

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::api;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Brands. <https://www.twilio.com/docs/messaging/api/brand-registration-resource>
pub struct Brands;

impl Behaviour for Brands {
    fn before_update(&self, _: &mut Ctx<'_>, object: &Object, _: &mut Params) -> Outcome {
        match object.text("status") {
            Some("FAILED") => Ok(()),
            // https://www.twilio.com/docs/api/errors/21725
            _ => Err(ApiError::new(
                400,
                21725,
                "Brand can only be updated when in FAILED state",
            )),
        }
    }
}

/// Verifications of toll-free numbers. <https://www.twilio.com/docs/messaging/api/tollfree-verification-resource>
pub struct TollFree;

impl Behaviour for TollFree {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let sid = params.text("TollfreePhoneNumberSid").unwrap_or_default();
        let mut own = ctx.state.store.kind_with(api::HOST, api::numbers::TEMPLATE, "sid", sid);
        if own.any(|number| number.account == ctx.account) {
            return Ok(());
        }
        // As recorded: https://github.com/twilio/twilio-node/issues/946
        let refused = ApiError::new(422, 422, "Number not found in Inventory");
        Err(refused.with("details", json!({})))
    }
}
