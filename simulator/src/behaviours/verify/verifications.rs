//! Verifications, and the check of their codes. <https://www.twilio.com/docs/verify/api/verification>,
//! <https://www.twilio.com/docs/verify/api/verification-check>
//!
//! The code is in no answer: `/_simulator/objects` shows it among what is hidden, to whoever plays the recipient.

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Wrong codes that one verification takes. <https://www.twilio.com/docs/api/errors/60202>
const MOST_CHECKS: i64 = 5;

/// Under these a verification has its code, and how often one was checked.
const CODE: &str = "Code";
const CHECKS: &str = "Checks";

/// Verifications.
pub struct Verifications;

impl Behaviour for Verifications {
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let service = format!("/v2/Services/{}", ctx.path_param("ServiceSid").unwrap_or_default());
        let service = ctx.state.store.find(HOST, ctx.account, &service);
        let length = service.and_then(|service| service.body.get("code_length")?.as_u64());
        let length = usize::try_from(length.unwrap_or(6)).unwrap_or(6);
        let code = match params.text("CustomCode") {
            Some(code) => code.to_owned(),
            None => digits(&ctx.state.ids.hex(32), length),
        };
        object.hidden.insert(CODE.to_owned(), code.into());
        object.set("status", "pending");
        object.set("valid", false);
        Ok(())
    }
}

fn digits(hex: &str, length: usize) -> String {
    let digit = |byte: u8| char::from(b'0' + byte % 10);
    hex.bytes().map(digit).take(length).collect()
}

/// `/v2/Services/{ServiceSid}/VerificationCheck`.
pub struct Check;

impl Behaviour for Check {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind != OperationKind::Action {
            return Ok(None);
        }
        let collection = format!(
            "/v2/Services/{}/Verifications",
            ctx.path_param("ServiceSid").unwrap_or_default()
        );
        let is_meant = |object: &&Object| match params.text("VerificationSid") {
            Some(sid) => object.key == sid,
            None => object.text("to").is_some() && object.text("to") == params.text("To"),
        };
        // One that is approved, or has expired, is there no more.
        let is_pending = |object: &&Object| object.text("status") == Some("pending");
        let pending = ctx.state.store.members(HOST, ctx.account, &collection);
        let path = pending
            .filter(is_pending)
            .rfind(is_meant)
            .map(|object| object.path.clone());
        let now = crate::clock::iso8601(ctx.now);
        let found = path.and_then(|path| ctx.state.store.find_mut(HOST, ctx.account, &path));
        let verification = found.ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        let checks = verification.hidden.get(CHECKS).and_then(Value::as_i64).unwrap_or(0);
        if checks >= MOST_CHECKS {
            return Err(ApiError::new(429, 60202, "Max check attempts reached"));
        }
        verification.hidden.insert(CHECKS.to_owned(), (checks + 1).into());
        let is_right = params.has("Code") && verification.hidden.get(CODE) == params.value("Code");
        if is_right {
            verification.set("status", "approved");
            verification.set("valid", true);
        }
        verification.set("date_updated", now);
        let mut body = json!({"sna_attempts_error_codes": []});
        for name in [
            "sid",
            "service_sid",
            "account_sid",
            "to",
            "channel",
            "status",
            "valid",
            "amount",
            "payee",
            "date_created",
            "date_updated",
        ] {
            body[name] = verification.body.get(name).cloned().unwrap_or_default();
        }
        Ok(Some(Answer::json(ctx.operation().success(), body)))
    }
}
