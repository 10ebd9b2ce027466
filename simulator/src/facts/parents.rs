//! What a product answers where an object, or the object above it, is gone. Without a line here it is 404/20404.

use super::{At, Refusal, is_at};
use crate::contract::Resource;
use crate::error::ApiError;

/// How what is gone is answered.
struct Gone {
    /// The collection of what is gone.
    at: At,
    /// Whether that is the response about the object itself too, or only about what stands below it.
    itself: bool,
    answer: Refusal,
}

/// <https://www.twilio.com/docs/api/errors/50050>. The status below a service was seen by the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (chat), which ran against the real Twilio.
const fn chat(host: &'static str, template: &'static str) -> Gone {
    Gone {
        at: (host, template),
        itself: false,
        answer: Refusal::new(403, 50050, "Service instance not found"),
    }
}

const GONE: &[Gone] = &[
    chat("chat.twilio.com", "/v1/Services"),
    chat("chat.twilio.com", "/v2/Services"),
    chat("ip-messaging.twilio.com", "/v1/Services"),
    chat("ip-messaging.twilio.com", "/v2/Services"),
    // Seen by the same tests (proxy).
    Gone {
        at: ("proxy.twilio.com", "/v1/Services"),
        itself: true,
        answer: Refusal::new(400, 80408, "Invalid Service Sid"),
    },
    Gone {
        at: ("proxy.twilio.com", "/v1/Services/{ServiceSid}/PhoneNumbers"),
        itself: true,
        answer: Refusal::new(400, 80407, "Invalid Phone Number Sid"),
    },
];

/// The refusal of a request about an object of this resource that is not there.
pub(crate) fn gone(resource: &Resource, requested: &str) -> ApiError {
    answer(resource, true).unwrap_or_else(|| ApiError::not_found(requested))
}

/// The refusal of a request about `own` because an object of `parent` above it is not there.
pub(crate) fn parent_gone(own: &Resource, parent: &Resource, is_instance: bool, requested: &str) -> ApiError {
    // Where the object itself has a response of its own, that one is given.
    is_instance
        .then(|| answer(own, true))
        .flatten()
        .or_else(|| answer(parent, false))
        .unwrap_or_else(|| ApiError::not_found(requested))
}

fn answer(resource: &Resource, itself: bool) -> Option<ApiError> {
    GONE.iter()
        .find(|gone| is_at(gone.at, resource) && (gone.itself || !itself))
        .map(|gone| gone.answer.error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_published_collection() {
        for gone in GONE {
            assert!(assert_published(gone.at).has_create());
        }
    }
}
