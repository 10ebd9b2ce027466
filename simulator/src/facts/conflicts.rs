//! With which code a product refuses a second object of the same name or key. Without a line here it is 409/20409.

use super::{At, Refusal, is_place};
use crate::error::ApiError;

/// Keys, by collection.
const KEYS: &[(At, Refusal)] = &[
    // https://www.twilio.com/docs/api/errors/54208
    (
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items"),
        Refusal::new(409, 54208, "An Item with given key already exists in the Map"),
    ),
];

/// <https://www.twilio.com/docs/api/errors/54301>
const NAME_OF_SYNC: Refusal = Refusal::new(409, 54301, "Unique name already exists");

/// Unique names, by collection.
const UNIQUE_NAMES: &[(At, Refusal)] = &[
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Documents"), NAME_OF_SYNC),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists"), NAME_OF_SYNC),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps"), NAME_OF_SYNC),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Streams"), NAME_OF_SYNC),
];

/// The refusal of a key that is taken.
pub(crate) fn key_taken(host: &str, template: &str, key: &str) -> ApiError {
    refusal(KEYS, host, template).unwrap_or_else(|| ApiError::conflict(format!("{key} already exists")))
}

/// The refusal of a unique name that is taken.
pub(crate) fn name_taken(host: &str, template: &str, name: &str) -> ApiError {
    refusal(UNIQUE_NAMES, host, template)
        .unwrap_or_else(|| ApiError::conflict(format!("An object with the unique name '{name}' already exists")))
}

fn refusal(lines: &[(At, Refusal)], host: &str, template: &str) -> Option<ApiError> {
    let line = lines.iter().find(|(at, _)| is_place(*at, host, template));
    line.map(|(_, refusal)| refusal.error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_published_collection() {
        for (at, _) in KEYS.iter().chain(UNIQUE_NAMES) {
            assert!(assert_published(*at).has_create());
        }
    }
}
