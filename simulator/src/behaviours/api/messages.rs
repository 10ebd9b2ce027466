//! Messages. <https://www.twilio.com/docs/messaging/api/message-resource>

use super::senders;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
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
        }
        senders::check_message(ctx, params)
    }

    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        object.set("direction", "outbound-api");
        object.set("num_media", params.texts("MediaUrl").len().to_string());
        // "Messages sent via a Messaging Service initially have 0, since a sender hasn't yet been assigned."
        let has_sender = params.text("From").is_some_and(|from| !from.is_empty());
        let segments = if has_sender {
            segments(object.text("body").unwrap_or_default())
        } else {
            0
        };
        object.set("num_segments", segments.to_string());
        // The page on the resource: `accepted` while a service has still to choose the sender, `scheduled` until its time comes.
        let status = match (params.text("ScheduleType"), has_sender) {
            (Some("fixed"), _) => "scheduled",
            (_, true) => "queued",
            (_, false) => "accepted",
        };
        object.set("status", status);
        Ok(())
    }

    fn before_update(&self, ctx: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        match params.text("Body") {
            // The contract's text on the parameter: to redact a message, an empty text.
            Some(body) if ctx.strict && !body.is_empty() => {
                Err(ApiError::invalid_parameter("Body", "it may only be emptied"))
            }
            _ => Ok(()),
        }
    }
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
