//! Registrations with carriers: brands, and verifications of toll-free numbers.

use jiff::Timestamp;
use serde_json::{Value, json};

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
        check_country(params)?;
        let sid = params.text("TollfreePhoneNumberSid").unwrap_or_default();
        let mut own = ctx.state.store.kind_with(api::HOST, api::numbers::TEMPLATE, "sid", sid);
        if own.any(|number| number.account == ctx.account) {
            return Ok(());
        }
        // As recorded: https://github.com/twilio/twilio-node/issues/946
        let refused = ApiError::new(422, 422, "Number not found in Inventory");
        Err(refused.with("details", json!({})))
    }

    /// Only what was rejected is edited, if the reason allows it and until the time to do so is over
    /// (<https://www.twilio.com/docs/api/errors/30824>, the contract's texts on `edit_allowed` and `edit_expiration`). The code of the
    /// refusal is on no page: OPEN-QUESTIONS.md asks.
    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        check_country(params)?;
        let until = object
            .text("edit_expiration")
            .and_then(|text| text.parse::<Timestamp>().ok());
        let is_rejected = object.text("status") == Some("TWILIO_REJECTED");
        let may = object
            .body
            .get("edit_allowed")
            .and_then(Value::as_bool)
            .unwrap_or_default();
        if is_rejected && may && until.is_none_or(|until| ctx.now < until) {
            return Ok(());
        }
        let why = match (is_rejected, may) {
            (false, _) => "it is not rejected",
            (true, false) => "the reason for its rejection does not allow it",
            (true, true) => "the time to edit it is over",
        };
        let text = format!("The toll-free verification cannot be edited: {why}");
        Err(ApiError::new(400, 20001, text))
    }

    /// An edit is a submission: it waits for a review again, and what the last one said no longer holds.
    fn after_update(&self, _: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        object.set("status", "PENDING_REVIEW");
        object.set("edit_allowed", false);
        for field in ["edit_expiration", "rejection_reason", "rejection_reasons", "error_code"] {
            object.set(field, Value::Null);
        }
        Ok(())
    }
}

/// As recorded, with the status as the code: <https://github.com/twilio/twilio-node/issues/946>
fn check_country(params: &Params) -> Outcome {
    let Some(country) = params.text("BusinessCountry").filter(|text| !text.is_empty()) else {
        return Ok(());
    };
    match api::addresses::is_country(country) {
        true => Ok(()),
        false => Err(ApiError::new(400, 400, "Invalid business country")),
    }
}
