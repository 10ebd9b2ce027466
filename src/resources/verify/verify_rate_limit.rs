//! What a Verify service limits by. <https://www.twilio.com/docs/verify/api/service-rate-limits>

use super::codes::VERIFY;
use super::older;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Fixed, PathPart, Setting};
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, sid, text, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_verify_rate_limit`.
pub const VERIFY_RATE_LIMIT: Managed = Managed {
    object: Object {
        name: "twilio_verify_rate_limit",
        noun: "rate limit",
        plural: Some(Plural {
            name: "twilio_verify_rate_limits",
            noun: "rate limits",
        }),
        category: Category::Verify,
        api_page: "https://www.twilio.com/docs/verify/api/service-rate-limits",
        place: Place::at(
            Product::Verify,
            "/v2/Services/{service_sid}/RateLimits",
            "/v2/Services/{service_sid}/RateLimits/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("RK"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        codes: &[VERIFY],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A key by which a Verify service limits how many verifications are started, as the address that somebody comes from. The \
          application sends a value for it with each start. How many are too many is in its `twilio_verify_rate_limit_bucket`s: without \
          one it limits nothing.",
    quirks: &["A rate limit that is replaced or destroyed takes its buckets with it."],
    older_states: older::VERIFY_RATE_LIMIT,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("VA")])
        .doc("SID of the Verify service (`VA…`). A change replaces the rate limit."),
    text("unique_name", Fixed(Required)).checks(&[Check::Custom(is_a_name)]).doc(
        "Name by which the application names the key when it starts a verification: letters, digits, `-`, `_` and `.`, and nothing \
         about a person. Twilio cannot change it: a change replaces the rate limit.",
    ),
    text("description", Setting(Clears)).doc("What it limits, for people. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// <https://www.twilio.com/docs/api/errors/60209>
fn is_a_name(text: &str) -> Result<(), Reason> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    match !text.is_empty() && text.bytes().all(is_known) {
        true => Ok(()),
        false => Err("It may have letters, digits, dashes, underscores and dots, and nothing else.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_letters_digits_dashes_underscores_and_dots() {
        for good in ["ip", "end-user.ip_address", "7"] {
            assert!(is_a_name(good).is_ok(), "{good}");
        }
        for bad in ["", "end user", "ä", "a/b", "a:b"] {
            assert!(is_a_name(bad).is_err(), "{bad}");
        }
    }
}
