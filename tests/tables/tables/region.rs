//! Values that Twilio writes in its own way: the parts of an address that it has looked up.
//! <https://www.twilio.com/docs/usage/api/address>

use terraform_provider_twilio::engine::facts::Absent::{DefaultsTo, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Observed, Setting};
use terraform_provider_twilio::engine::facts::{
    Field, Key, List, Literal, Managed, Object, Omitted, Place, Plural, boolean, text, timestamp,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_region`.
pub const REGION: Managed = Managed {
    object: Object {
        name: "twilio_test_region",
        noun: "address in a region",
        plural: Some(Plural {
            name: "twilio_test_regions",
            noun: "addresses in regions",
        }),
        api_page: "https://www.twilio.com/docs/usage/api/address",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/Addresses.json",
            "/2010-04-01/Accounts/{account_sid}/Addresses/{sid}.json",
        ),
        key: Key::Sid("AD"),
        natural_key: &["friendly_name"],
        list: List {
            omitted: &[
                elsewhere("FriendlyName"),
                elsewhere("CustomerName"),
                elsewhere("EmergencyEnabled"),
                elsewhere("IsoCountry"),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A postal address where Twilio registers emergency calls.",
    omitted: &[
        Omitted {
            parameter: "StreetSecondary",
            reason: "this table is about what Twilio writes in its own way",
        },
        Omitted {
            parameter: "AutoCorrectAddress",
            reason: "this table is about what Twilio writes in its own way, which it does by default",
        },
    ],
    ..Managed::NEW
};

/// What `twilio_test_address` is about.
const fn elsewhere(parameter: &'static str) -> Omitted {
    Omitted {
        parameter,
        reason: "twilio_test_address is about the filters of this list",
    }
}

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).doc("Name shown in the Console. Changes in place."),
    text("customer_name", Setting(Required)).doc("Who lives there."),
    text("street", Setting(Required))
        .normalised_by_twilio()
        .doc("Street and number."),
    text("city", Setting(Required)).normalised_by_twilio().doc("City."),
    text("region", Setting(Required))
        .normalised_by_twilio()
        .doc("State or region."),
    text("postal_code", Setting(Required))
        .normalised_by_twilio()
        .doc("Postal code."),
    text("iso_country", Fixed(Required)).doc("ISO 3166-1 code of the country. A change replaces the address."),
    boolean("emergency_enabled", Setting(DefaultsTo(Literal::Bool(true))))
        .doc("Whether emergency calling is enabled. Default: `true`."),
    boolean("validated", Observed).doc("Whether Twilio has validated it."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
