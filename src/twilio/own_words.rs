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

/// What every permission of a restricted key begins with.
const PRODUCTS: &str = "/twilio/";

/// Whether a text is the name of a permission, `/twilio/product/resource/action`.
/// <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>
pub(super) fn is_permission(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(PRODUCTS) else {
        return false;
    };
    rest.split('/').count() >= 2
        && rest
            .split('/')
            .all(|part| !part.is_empty() && part.bytes().all(is_of_a_part))
}

fn is_of_a_part(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.*".contains(&byte)
}

/// Where permissions stand in a text, in bytes.
pub(super) fn permissions(text: &str) -> Vec<Range<usize>> {
    let is_start = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric() && !"/:.-_".contains(before))
    };
    let starts = text.match_indices(PRODUCTS).map(|(at, _)| at);
    starts
        .filter(|at| is_start(*at))
        .filter_map(|at| {
            let rest = text.get(at..)?;
            let length = rest
                .bytes()
                .take_while(|byte| *byte == b'/' || is_of_a_part(*byte))
                .count();
            // The end of the sentence is not part of it.
            let permission = rest.get(..length)?.trim_end_matches(['.', '/']);
            is_permission(permission).then(|| at..at + permission.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_found_where_it_stands() {
        let found = |text: &str| -> Vec<String> {
            let places = permissions(text).into_iter();
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
