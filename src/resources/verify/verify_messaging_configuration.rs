//! From which messaging service the codes for a country come. <https://www.twilio.com/docs/verify/api>

use super::codes::VERIFY;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, PathPart, Setting};
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, sid, text, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_verify_messaging_configuration`.
pub const VERIFY_MESSAGING_CONFIGURATION: Managed = Managed {
    object: Object {
        name: "twilio_verify_messaging_configuration",
        noun: "messaging configuration",
        plural: Some(Plural {
            name: "twilio_verify_messaging_configurations",
            noun: "messaging configurations",
        }),
        category: Category::Verify,
        api_page: "https://www.twilio.com/docs/verify/api",
        place: Place::at(
            Product::Verify,
            "/v2/Services/{service_sid}/MessagingConfigurations",
            "/v2/Services/{service_sid}/MessagingConfigurations/{country}",
        ),
        parents: &["service_sid"],
        key: Key::Field("country"),
        fields: FIELDS,
        codes: &[VERIFY],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "From which messaging service the text messages of a Verify service come, for one country or for all. Without one they come from \
          Twilio's own senders, and do so again after a destroy.",
    older_states: older::VERIFY_MESSAGING_CONFIGURATION,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("VA")])
        .doc("SID of the Verify service (`VA…`). A change replaces the configuration."),
    text("country", Fixed(Required)).checks(&[Check::Custom(is_a_country_or_all)]).doc(
        "Country whose numbers it is about, as its two letters of ISO 3166-1, or `all`. A change replaces the configuration.",
    ),
    sid("messaging_service_sid", Setting(Required), &[Check::Sid("MG")])
        .with_every_update()
        .doc("SID of the messaging service (`MG…`), which must have a sender that reaches the country. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

fn is_a_country_or_all(text: &str) -> Result<(), Reason> {
    let is_country = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    match is_country || text == "all" {
        true => Ok(()),
        false => Err("Write a country as two capital letters, such as DE, or all in small ones.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_two_capitals_and_all_of_them_have_a_word() {
        for good in ["DE", "US", "all"] {
            assert!(is_a_country_or_all(good).is_ok(), "{good}");
        }
        for bad in ["", "de", "DEU", "ALL", "1"] {
            assert!(is_a_country_or_all(bad).is_err(), "{bad}");
        }
    }
}
