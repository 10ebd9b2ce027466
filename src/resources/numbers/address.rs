//! A postal address. <https://www.twilio.com/docs/usage/api/address>
//!
//! # Quirks
//! - An address for emergency calls, and any in a country that wants it, is looked up, and stored as the register has it, unless
//!   `AutoCorrectAddress` is false: then one that is only similar is refused, with the suggestion. Any other address is stored as it is
//!   sent, whether there is such a place or not. No page names the countries.
//! - `AutoCorrectAddress` is in no response.

use super::codes::NUMBERS;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{Fixed, Observed, Setting};
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Field, Filter, Key, List, Literal, Managed, Object, Place, Plural, boolean, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_address`.
pub const ADDRESS: Managed = Managed {
    object: Object {
        name: "twilio_address",
        noun: "address",
        plural: Some(Plural {
            name: "twilio_addresses",
            noun: "addresses",
        }),
        category: Category::Numbers,
        api_page: "https://www.twilio.com/docs/usage/api/address",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/Addresses.json",
            "/2010-04-01/Accounts/{account_sid}/Addresses/{sid}.json",
        ),
        key: Key::Sid("AD"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::loose(text("customer_name", Setting(Clears)).doc("Only addresses of this customer.")),
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only addresses with exactly this name.")),
                Filter::exact(
                    boolean("emergency_enabled", Setting(Clears))
                        .doc("Only addresses with or without emergency calling: `true` or `false`."),
                ),
                Filter::exact(
                    text("iso_country", Setting(Clears))
                        .checks(&[Check::Country])
                        .doc("Only addresses in this country, an ISO 3166-1 code of 2 capital letters."),
                ),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A postal address: what a country asks for before it gives a number away, and where emergency services go.",
    quirks: &[
        "Twilio looks an address for emergency calls up, and in some countries any other, and corrects it. The configuration stays as it \
         is written: only what somebody changes at Twilio is planned.",
        "An address that a phone number needs cannot be destroyed before the number (21625), and one that a verified document names \
         cannot be changed (21630). So where `iso_country` changes, `create_before_destroy` in its `lifecycle` makes the new address \
         first, and the number can move to it.",
    ],
    older_states: older::ADDRESS,
    write: WriteHooks {
        validate: Some(name_fits),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 64)])
        .doc("Name shown in the Console, up to 64 characters; up to 32 with `emergency_enabled`. Changes in place."),
    part("customer_name").doc("Name of the person or company at the address."),
    part("street").normalised_by_twilio().doc("Number and street."),
    text("street_secondary", Setting(Clears)).normalised_by_twilio().doc("Further part of the street, such as a floor or a suite."),
    part("city").normalised_by_twilio().doc("City."),
    part("region").normalised_by_twilio().doc("State or region."),
    part("postal_code").normalised_by_twilio().doc("Postal code."),
    text("iso_country", Fixed(Required))
        .checks(&[Check::Country])
        .doc("ISO 3166-1 code of the country, 2 capital letters. A change replaces the address."),
    boolean("emergency_enabled", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether numbers can be registered for emergency calls with it (`emergency_address_sid`): Twilio looks it up, and refuses \
         one that is not there. Default: `false`.",
    ),
    boolean("auto_correct_address", Setting(DefaultsTo(Literal::Bool(true))))
        .never_returned()
        .doc(
            "Whether Twilio corrects an address that it looks up and that is only similar to one that is there; otherwise it is \
             refused (21629), and Twilio says what it would be. Default: `true`.",
        ),
    boolean("validated", Observed)
        .volatile()
        .doc("Whether Twilio found the address when it looked it up."),
    boolean("verified", Observed)
        .volatile()
        .doc("Whether it is verified as an address of the customer's, which some countries demand."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// A part that no address is without.
const fn part(name: &'static str) -> Field {
    text(name, Setting(Required)).checks(&[Check::NonEmpty])
}

/// Longest name of an address for emergency calls. The contract's text on `FriendlyName`:
/// <https://www.twilio.com/docs/usage/api/address>
const MOST_FOR_EMERGENCIES: usize = 32;

/// A name that Twilio would refuse in the apply (21238).
fn name_fits(config: &Value, diagnostics: &mut Diagnostics) {
    let name = config.attr("friendly_name").as_str().unwrap_or_default();
    let is_for_emergencies = config.attr("emergency_enabled").as_bool() == Some(true);
    // What no address can have, its check says.
    if is_for_emergencies && (MOST_FOR_EMERGENCIES + 1..=64).contains(&name.chars().count()) {
        diagnostics.push(
            Diagnostic::error(
                "The name is too long for an address for emergency calls",
                format!(
                    "With emergency_enabled a friendly_name has up to {MOST_FOR_EMERGENCIES} characters, and this one has {}. Shorten it.",
                    name.chars().count()
                ),
            )
            .at_attribute("friendly_name"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_emergency_calls_has_a_shorter_name() {
        let said = |length: usize, emergency: Value| {
            let name = Value::from("n".repeat(length).as_str());
            let config = Value::object([("friendly_name", name), ("emergency_enabled", emergency)]);
            let mut diagnostics = Diagnostics::new();
            name_fits(&config, &mut diagnostics);
            diagnostics.into_iter().count()
        };
        for (length, emergency, wanted) in [
            (32, true.into(), 0),
            (33, true.into(), 1),
            (64, true.into(), 1),
            (64, false.into(), 0),
            (64, Value::Null, 0),
            (64, Value::UNKNOWN, 0),
            // Another check says that it fits nowhere.
            (65, true.into(), 0),
        ] {
            assert_eq!(said(length, emergency.clone()), wanted, "{length} {emergency:?}");
        }
    }
}
