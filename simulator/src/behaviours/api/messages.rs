//! Messages. <https://www.twilio.com/docs/messaging/api/message-resource>

use jiff::Timestamp;
use serde_json::Value;

use super::senders;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::messaging::sender_pool;
use crate::clock;
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// Messages that are sent by REST.
pub struct Messages;

impl Behaviour for Messages {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if !ctx.strict {
            return Ok(());
        }
        let sent = |name: &str| params.texts(name).iter().any(|text| !text.is_empty());
        if !sent("From") && !sent("MessagingServiceSid") {
            // https://www.twilio.com/docs/api/errors/21603
            return Err(ApiError::new(400, 21603, "A 'From' phone number is required."));
        }
        if !["Body", "MediaUrl", "ContentSid"].into_iter().any(sent) {
            // https://www.twilio.com/docs/api/errors/21619
            return Err(ApiError::new(
                400,
                21619,
                "A Message Body, Media URL or Content SID is required",
            ));
        }
        if params.text("ScheduleType") == Some("fixed") {
            if !sent("MessagingServiceSid") {
                // https://www.twilio.com/docs/api/errors/35118
                let text = "MessagingServiceSid is required to schedule a message";
                return Err(ApiError::new(400, 35118, text));
            }
            if !sent("SendAt") {
                // https://www.twilio.com/docs/api/errors/35111
                return Err(ApiError::new(400, 35111, "SendAt timestamp is missing"));
            }
            let ahead = send_at(params.text("SendAt")).map(|at| at.as_second() - ctx.now.as_second());
            if ahead.is_some_and(|seconds| !SCHEDULED.contains(&seconds)) {
                // https://www.twilio.com/docs/api/errors/35114. A second page, 35115, has the same words: OPEN-QUESTIONS.md asks.
                let text = "SendAt time must be between 300 seconds and 35 days in the future";
                return Err(ApiError::new(400, 35114, text));
            }
        }
        if let Some(sid) = params.text("ContentSid").filter(|sid| !sid.is_empty()) {
            let path = format!("/v1/Content/{sid}");
            if ctx.state.store.find("content.twilio.com", ctx.account, &path).is_none() {
                // https://www.twilio.com/docs/api/errors/21655: it does not exist, was deleted, or is another account's.
                return Err(ApiError::new(400, 21655, "The ContentSid is Invalid"));
            }
        }
        senders::check_message(ctx, params)
    }

    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        object.set("direction", "outbound-api");
        object.set("num_media", params.texts("MediaUrl").len().to_string());
        // "Messages sent via a Messaging Service initially have 0, since a sender hasn't yet been assigned."
        let has = |name: &str| params.text(name).is_some_and(|text| !text.is_empty());
        let has_sender = has("From");
        let segments = if has_sender {
            segments(object.text("body").unwrap_or_default())
        } else {
            0
        };
        object.set("num_segments", segments.to_string());
        // https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks: `accepted` with a service, also where
        // one of its senders is named, `scheduled` until its time comes. How it goes on is in `facts::moves`.
        let status = match (params.text("ScheduleType"), has("MessagingServiceSid")) {
            (Some("fixed"), _) => "scheduled",
            (_, true) => "accepted",
            (_, false) => "queued",
        };
        object.set("status", status);
        if status == "scheduled"
            && let Some(at) = params.text("SendAt")
        {
            object.hidden.insert("SendAt".to_owned(), at.into());
        }
        Ok(())
    }

    /// A message that is queued has its sender, and one that is sent the time of it.
    fn changed_outside(&self, state: &mut State, object: &Object) {
        let has = |field: &str| object.text(field).is_some_and(|text| !text.is_empty());
        let mut changes: Vec<(&str, Value)> = Vec::new();
        match object.text("status").unwrap_or_default() {
            "queued" if !has("from") => {
                let service = object.text("messaging_service_sid").unwrap_or_default();
                let Some(sender) = sender_pool::sender(state, &object.account, service) else {
                    return;
                };
                changes.push(("from", sender.into()));
                let segments = segments(object.text("body").unwrap_or_default());
                changes.push(("num_segments", segments.to_string().into()));
            }
            "sent" | "delivered" if !has("date_sent") => {
                let at = Timestamp::from_millisecond(object.updated_ms).unwrap_or_default();
                changes.push(("date_sent", clock::rfc2822(at).into()));
            }
            _ => return,
        }
        if let Some(object) = state.store.find_mut(&object.host, &object.account, &object.path) {
            for (field, value) in changes {
                object.set(field, value);
            }
        }
    }

    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        let goes_on = ["accepted", "scheduled", "queued", "sending", "receiving"];
        let is_over = object.text("status").is_none_or(|status| !goes_on.contains(&status));
        super::refuse_unfinished(ctx, is_over)
    }

    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        let waits = object.text("status") == Some("scheduled");
        if params.text("Status") == Some("canceled") && !waits {
            // https://www.twilio.com/docs/api/errors/30409: only what is scheduled, and has not been sent.
            return Err(ApiError::new(400, 30409, "This message cannot be canceled"));
        }
        match params.text("Body") {
            // The contract's text on the parameter: to redact a message, an empty text.
            Some(body) if ctx.strict && !body.is_empty() => {
                Err(ApiError::invalid_parameter("Body", "it may only be emptied"))
            }
            _ => Ok(()),
        }
    }
}

/// Seconds ahead that a message may be scheduled for. <https://www.twilio.com/docs/api/errors/35114>
const SCHEDULED: std::ops::RangeInclusive<i64> = 300..=35 * 24 * 3600;

fn send_at(text: Option<&str>) -> Option<Timestamp> {
    text?.parse().ok()
}

/// What is in the seven bits of GSM beside letters and digits; of the second list each takes two places.
/// <https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding>
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
const GSM_ESCAPED: &str = "^{}\\[~]|€";

/// Parts in which a text is sent: 160 characters of GSM or 70 others in one, 153 or 67 in each of several.
/// <https://www.twilio.com/docs/glossary/what-sms-character-limit>
fn segments(text: &str) -> usize {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || GSM.contains(c);
    let (size, one, each) = match text.chars().all(|c| is_plain(c) || GSM_ESCAPED.contains(c)) {
        true => (
            text.chars().map(|c| if is_plain(c) { 1 } else { 2 }).sum::<usize>(),
            160,
            153,
        ),
        false => (text.encode_utf16().count(), 70, 67),
    };
    if size <= one { 1 } else { size.div_ceil(each) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_the_page_says() {
        for (text, wanted) in [
            (String::new(), 1),
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            ("ж".repeat(70), 1),
            ("ж".repeat(71), 2),
            ("ж".repeat(135), 3),
        ] {
            assert_eq!(segments(&text), wanted, "{text}");
        }
    }
}
