//! Calls. <https://www.twilio.com/docs/voice/api/call-resource>

use jiff::Timestamp;
use serde_json::Value;

use super::numbers::inventory;
use super::{HOST, accounts, senders};
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::clock;
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// States that a call ends in. <https://www.twilio.com/docs/voice/api/call-resource>
const OVER: [&str; 5] = ["completed", "busy", "failed", "no-answer", "canceled"];

/// When a call was answered, kept for its length.
const ANSWERED: &str = "answered";

/// Writes the times of the state that a call came to: when it was dialled, when it ended, and how many seconds it was in progress.
fn times(object: &mut Object, at: Timestamp) {
    let status = object.text("status").unwrap_or_default().to_owned();
    let is_empty = |object: &Object, field: &str| object.text(field).is_none_or(str::is_empty);
    let now = clock::rfc2822(at);
    if matches!(status.as_str(), "ringing" | "in-progress") && is_empty(object, "start_time") {
        object.set("start_time", now.as_str());
    }
    if status == "in-progress" {
        object.hidden.insert(ANSWERED.to_owned(), at.as_second().into());
    }
    if OVER.contains(&status.as_str()) && is_empty(object, "end_time") {
        object.set("end_time", now);
        let answered = object.hidden.get(ANSWERED).and_then(Value::as_i64);
        let seconds = answered.map_or(0, |answered| (at.as_second() - answered).max(0));
        object.set("duration", seconds.to_string());
    }
}

/// Calls that are made by REST.
pub struct Calls;

impl Behaviour for Calls {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let mut sources = ["Url", "Twiml", "ApplicationSid"].into_iter();
        let says = sources.any(|name| params.text(name).is_some_and(|text| !text.is_empty()));
        if ctx.strict && !says {
            // https://www.twilio.com/docs/api/errors/21205
            return Err(ApiError::new(
                400,
                21205,
                "Url parameter is required. For more information, see http://www.twilio.com/docs/api/twiml",
            ));
        }
        if !ctx.strict {
            return Ok(());
        }
        let text = |name: &str| params.text(name).filter(|text| !text.is_empty());
        if let Some(sid) = text("ApplicationSid") {
            let path = format!("{}/{}/Applications/{sid}", accounts::COLLECTION, ctx.account);
            if ctx.state.store.find(HOST, ctx.account, &path).is_none() {
                // https://www.twilio.com/docs/api/errors/21218
                return Err(ApiError::new(400, 21218, "Invalid ApplicationSid"));
            }
        }
        // https://www.twilio.com/docs/voice/api/call-resource: digits, `#`, `*`, and `w` or `W` for pauses.
        let is_key = |c: char| c.is_ascii_digit() || "#*wW".contains(c);
        if text("SendDigits").is_some_and(|keys| !keys.chars().all(is_key)) {
            // https://www.twilio.com/docs/api/errors/21206
            return Err(ApiError::new(400, 21206, "Invalid SendDigits"));
        }
        senders::check_call(ctx, params)
    }

    fn before_update(&self, _: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        let status = object.text("status").unwrap_or_default();
        if OVER.contains(&status) {
            // https://www.twilio.com/docs/api/errors/21220
            return Err(ApiError::new(400, 21220, "Invalid call state"));
        }
        if status == "in-progress" && params.text("Status") == Some("canceled") {
            // The contract's text on the parameter: `canceled` does not affect calls that are in progress.
            params.take("Status");
        }
        Ok(())
    }

    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        let is_over = object.text("status").is_none_or(|status| OVER.contains(&status));
        super::refuse_unfinished(ctx, is_over)
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        if before.text("status") != object.text("status") {
            times(object, ctx.now);
        }
        Ok(())
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let at = Timestamp::from_millisecond(object.updated_ms).unwrap_or_default();
        if let Some(object) = state.store.find_mut(&object.host, &object.account, &object.path) {
            times(object, at);
        }
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        // https://www.twilio.com/docs/voice/api/call-resource: calls that are made by REST.
        object.set("direction", "outbound-api");
        // The same page: the currency is told from the start, the price later; the number of the account that is on the line.
        object.set("price_unit", "USD");
        for end in ["to", "from"] {
            let text = object.text(end).unwrap_or_default().to_owned();
            let shown = inventory::find(&text).map_or(text, |number| number.friendly_name());
            object.set(&format!("{end}_formatted"), shown);
        }
        let from = object.text("from").unwrap_or_default();
        let sid = senders::own_number(ctx, from).map(|number| number.key.clone());
        object.set("phone_number_sid", sid);
        Ok(())
    }
}
