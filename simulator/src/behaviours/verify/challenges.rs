//! Challenges of a factor. <https://www.twilio.com/docs/verify/api/challenge>

use serde_json::Value;

use super::HOST;
use super::factors::has_code;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::clock;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Challenges: one of a push factor has a message for who shall approve it (the contract's text on `Details.Message`), one of TOTP is
/// approved by the code.
pub struct Challenges;

impl Behaviour for Challenges {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let entity = ctx.route.path.trim_end_matches("/Challenges");
        let Some(factor) = factor(ctx, entity, params.text("FactorSid")).filter(|_| ctx.strict) else {
            return Ok(());
        };
        let has_message = params.text("Details.Message").is_some_and(|text| !text.is_empty());
        let is_verified = factor.text("status") == Some("verified");
        match factor.text("factor_type") {
            // https://www.twilio.com/docs/api/errors/60368
            Some("push") if !has_message || !fields(params.value("Details.Fields")) => {
                Err(ApiError::new(400, 60368, "Challenge details invalid or not provided"))
            }
            // https://www.twilio.com/docs/api/errors/60318. A push factor is verified by its device, which there is none of here.
            Some("totp") if !is_verified => Err(ApiError::new(403, 60318, "Factor is unverified")),
            _ => Ok(()),
        }
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let entity = ctx.route.path.trim_end_matches("/Challenges").to_owned();
        answer(ctx, &entity, params, object);
        Ok(())
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, params: &Params, object: &mut Object) -> Outcome {
        if before.text("status") == Some("pending") {
            let entity = object.collection.trim_end_matches("/Challenges").to_owned();
            answer(ctx, &entity, params, object);
        }
        Ok(())
    }
}

fn factor<'s>(ctx: &'s Ctx<'_>, entity: &str, sid: Option<&str>) -> Option<&'s Object> {
    let factor = format!("{entity}/Factors/{}", sid.unwrap_or_default());
    ctx.state.store.find(HOST, ctx.account, &factor)
}

/// The right code approves a challenge; a wrong one leaves it pending and is no error:
/// <https://www.twilio.com/docs/verify/quickstarts/verify-totp-change-in-api-response-when-authpayload-is-incorrect>.
fn answer(ctx: &Ctx<'_>, entity: &str, params: &Params, challenge: &mut Object) {
    let factor = factor(ctx, entity, challenge.text("factor_sid"));
    if let Some(factor) = factor {
        if let Some(kind) = factor.text("factor_type") {
            challenge.set("factor_type", kind);
        }
        if has_code(ctx, params, factor) {
            challenge.set("status", "approved");
            challenge.set("date_responded", clock::iso8601(ctx.now));
        }
    }
}

/// Most lines that a challenge shows, and most letters of their two parts.
const MOST_FIELDS: usize = 20;
const MOST_LETTERS: [(&str, usize); 2] = [("label", 36), ("value", 128)];

/// Whether the lines of a challenge are of the form, and no longer, than <https://www.twilio.com/docs/api/errors/60368> says.
fn fields(sent: Option<&Value>) -> bool {
    let lines = match sent {
        None | Some(Value::Null) => return true,
        Some(Value::Array(lines)) => lines.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let is_line = |line: &Value| {
        let read = line.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let line = read.as_ref().unwrap_or(line);
        MOST_LETTERS.iter().all(|(name, most)| {
            let text = line[name].as_str();
            text.is_some_and(|text| text.chars().count() <= *most)
        })
    };
    lines.len() <= MOST_FIELDS && lines.iter().all(is_line)
}
