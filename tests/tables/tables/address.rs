//! An ordinary object: made by a form, changed in place, known by its SID. It stands for what two older providers had, and for
//! schemas that have changed: in version 1 its `friendly_name` was called `name`.
//! <https://www.twilio.com/docs/usage/api/address>

use terraform_provider_twilio::engine::facts::Absent::{Clears, DefaultsTo, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Observed, Setting};
use terraform_provider_twilio::engine::facts::older::{OlderState, Upgrade};
use terraform_provider_twilio::engine::facts::{
    Field, Filter, Key, List, Literal, Managed, Object, Omitted, Place, Plural, Properties, boolean, text, timestamp,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_address`.
pub const ADDRESS: Managed = Managed {
    object: Object {
        name: "twilio_test_address",
        noun: "address",
        plural: Some(Plural {
            name: "twilio_test_addresses",
            noun: "addresses",
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
            filters: &[
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only addresses with exactly this name.")),
                Filter::loose(text("customer_name", Setting(Clears)).doc("Only addresses of this customer.")),
                Filter::exact(
                    boolean("emergency_enabled", Setting(Clears))
                        .doc("Only addresses with or without emergency calling."),
                ),
                Filter::exact(text("iso_country", Setting(Clears)).doc("Only addresses in this country.")),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A postal address.",
    omitted: &[Omitted {
        parameter: "StreetSecondary",
        reason: "a shape that is tested by other fields",
    }],
    older_states: &[
        OlderState::rjpearson94("twilio_account_address"),
        OlderState::vendor("twilio_api_accounts_addresses"),
    ],
    versions: &[Upgrade {
        from: 1,
        to: 2,
        convert: name_is_friendly_name,
    }],
    ..Managed::NEW
};

fn name_is_friendly_name(stored: &mut Properties) -> Result<(), &'static str> {
    let name = stored.remove("name").ok_or("has no name")?;
    stored.insert("friendly_name".to_owned(), name);
    Ok(())
}

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears)).doc("Name shown in the Console. Changes in place."),
    text("customer_name", Setting(Required)).doc("Who lives there."),
    text("street", Setting(Required)).doc("Street and number."),
    text("city", Setting(Required)).doc("City."),
    text("region", Setting(Required)).doc("State or region."),
    text("postal_code", Setting(Required)).doc("Postal code."),
    text("iso_country", Fixed(Required)).doc("ISO 3166-1 code of the country. A change replaces the address."),
    boolean("emergency_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Whether emergency calling is enabled. Default: `false`."),
    boolean("auto_correct_address", Setting(DefaultsTo(Literal::Bool(true))))
        .never_returned()
        .doc("Whether Twilio corrects the address. Default: `true`."),
    boolean("validated", Observed).doc("Whether Twilio has validated it."),
    boolean("verified", Observed).doc("Whether it is verified."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
