//! A variable that functions see in an environment. <https://www.twilio.com/docs/serverless/api/resource/variable>

use super::codes::SERVERLESS;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, sid, text, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_serverless_variable`.
pub const SERVERLESS_VARIABLE: Managed = Managed {
    object: Object {
        name: "twilio_serverless_variable",
        noun: "serverless variable",
        plural: Some(Plural {
            name: "twilio_serverless_variables",
            noun: "serverless variables",
        }),
        category: Category::Serverless,
        api_page: "https://www.twilio.com/docs/serverless/api/resource/variable",
        place: Place::at(
            Product::Serverless,
            "/v1/Services/{service_sid}/Environments/{environment_sid}/Variables",
            "/v1/Services/{service_sid}/Environments/{environment_sid}/Variables/{sid}",
        ),
        parents: &["service_sid", "environment_sid"],
        key: Key::Sid("ZV"),
        natural_key: &["key"],
        fields: FIELDS,
        codes: &[SERVERLESS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A variable of an environment of Twilio Functions: functions there read it as `context.KEY`. Its value is a secret, and may be \
          given write-only.",
    quirks: &[
        "Functions see another value from their next execution on: nothing has to be deployed for it.",
        "What all variables of an environment have in them is limited to about 3 KB.",
        "Twilio shows the value to whoever may read the environment. A value that is given write-only is in no state, so that a change made elsewhere does not show.",
    ],
    older_states: older::SERVERLESS_VARIABLE,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change replaces the variable."),
    sid("environment_sid", PathPart, &[Check::Sid("ZE")])
        .doc("SID of the environment (`ZE…`). A change replaces the variable."),
    text("key", Setting(Required))
        .checks(&[Check::Length(1, 128)])
        .doc("Name of the variable, up to 128 characters, for example `API_KEY`. Changes in place."),
    text("value", Setting(Required))
        .write_only()
        .checks(&[Check::NonEmpty, Check::Custom(is_short_enough)])
        .doc("Value of the variable, up to 450 bytes. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Twilio counts bytes.
fn is_short_enough(value: &str) -> Result<(), Reason> {
    match value.len() {
        0..=450 => Ok(()),
        _ => Err(
            "It has more than 450 bytes, and Twilio takes none longer. Keep what is longer in a private asset.".into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_up_to_450_bytes() {
        for (value, fits) in [
            ("x".repeat(450), true),
            ("x".repeat(451), false),
            ("é".repeat(226), false),
        ] {
            assert_eq!(is_short_enough(&value).is_ok(), fits, "{} bytes", value.len());
        }
    }
}
