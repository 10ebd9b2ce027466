//! What Twilio says in words of its own, which tell nothing of a configuration that has the same ones.

use std::ops::Range;

/// Words which a value may equal without telling anything: what stands in every sentence and every flow, and what there is
/// only a choice of.
pub(super) const WORDS: &[&str] = &[
    "account",
    "active",
    "add-twiml-redirect",
    "allow_concurrent_calls",
    "arguments",
    "body",
    "capture-payments",
    "conditions",
    "connect-call-to",
    "content_type",
    "count",
    "daily",
    "delete",
    "description",
    "disable",
    "draft",
    "email",
    "enable",
    "enqueue-call",
    "event",
    "events",
    "flags",
    "fork-stream",
    "friendly_name",
    "from",
    "gather-input-on-call",
    "get",
    "inherit",
    "initial_state",
    "invalid",
    "key",
    "kinesis",
    "local",
    "make-http-request",
    "make-outgoing-call-v2",
    "message",
    "messaging",
    "method",
    "mobile",
    "monthly",
    "name",
    "next",
    "number",
    "offset",
    "parameter",
    "parameters",
    "permission",
    "phone",
    "post",
    "price",
    "properties",
    "published",
    "put",
    "record-call",
    "record-voicemail",
    "required",
    "resource",
    "response",
    "restricted",
    "run-function",
    "run-subflow",
    "say-play",
    "segment",
    "send-and-reply",
    "send-and-wait-for-reply",
    "send-message",
    "send-to-auto-pilot",
    "send-to-flex",
    "service",
    "set-variables",
    "sink",
    "split-based-on",
    "standard",
    "state",
    "states",
    "status",
    "subscription",
    "suspended",
    "text",
    "timeout",
    "to",
    "transitions",
    "trigger",
    "twilio",
    "type",
    "undeclared",
    "url",
    "usage",
    "value",
    "variables",
    "voice",
    "webhook",
    "yearly",
];

/// What Twilio writes by itself, and a value may share a part with.
pub(super) const PHRASES: &[&str] = &[
    "https://www.twilio.com/docs/api/errors/",
    " the requested resource ",
    " phone number ",
    " phone numbers ",
    " messaging service ",
    " verify service ",
    " usage trigger ",
    " subscription ",
    " application ",
];

/// Names that Twilio gives to things, each with what it begins with and what stands between its parts.
///
/// Permissions, `/twilio/product/resource/action`: <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>. Types of
/// events, `com.twilio.product.thing.happened`: <https://www.twilio.com/docs/events/event-types>.
const NAMES: &[(&str, char)] = &[("/twilio/", '/'), ("twilio/", '/'), ("com.twilio.", '.')];

/// Whether a parameter, or an attribute, takes such names.
pub(super) fn takes_names(parameter: &str) -> bool {
    ["policy", "type", "types"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(parameter))
}

/// Whether what a parameter has is written for others to read, and is no secret: what a message says, and what a call does.
pub(super) fn is_prose(parameter: &str) -> bool {
    ["body", "twiml"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(parameter))
}

/// Whether a text is the name of a permission or of a type of events.
pub(super) fn is_name(text: &str) -> bool {
    NAMES.iter().any(|(start, between)| {
        text.strip_prefix(start).is_some_and(|rest| {
            let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_of_a_part);
            rest.split(*between).count() >= 2 && rest.split(*between).all(is_part)
        })
    })
}

fn is_of_a_part(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.*".contains(&byte)
}

/// Where such names stand in a text, in bytes.
pub(super) fn names(text: &str) -> Vec<Range<usize>> {
    let is_start = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric() && !"/:.-_@".contains(before))
    };
    let starts = NAMES.iter().flat_map(|(start, between)| {
        let places = text.match_indices(start);
        places.map(move |(at, _)| (at, *between))
    });
    starts
        .filter(|(at, _)| is_start(*at))
        .filter_map(|(at, between)| {
            let rest = text.get(at..)?;
            let is_of_it = |byte: &u8| is_of_a_part(*byte) || char::from(*byte) == between;
            let length = rest.bytes().take_while(is_of_it).count();
            // The end of the sentence is not part of it.
            let name = rest.get(..length)?.trim_end_matches(['.', '/']);
            is_name(name).then(|| at..at + name.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_twilios_is_found_where_it_stands() {
        let found = |text: &str| -> Vec<String> {
            let places = names(text).into_iter();
            places.map(|place| text[place].to_owned()).collect()
        };
        assert_eq!(
            found("needs /twilio/iam/api-keys/read, or \"/twilio/messaging/*\"."),
            ["/twilio/iam/api-keys/read", "/twilio/messaging/*"]
        );
        assert_eq!(found("/twilio/a/b/read."), ["/twilio/a/b/read"]);
        assert_eq!(
            found("https://example.com/twilio/a/b and /twilio/ and /twilio/Hush/x"),
            [""; 0]
        );
    }
}
