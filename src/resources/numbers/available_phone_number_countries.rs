//! Countries in which numbers are for sale.
//! <https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource>

use futures::future::BoxFuture;

use crate::engine::facts::Role::Observed;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Field, Kind, Properties, boolean, map, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::numbers::codes::NUMBERS;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_available_phone_number_countries`.
pub const AVAILABLE_PHONE_NUMBER_COUNTRIES: DataSource = DataSource {
    name: "twilio_available_phone_number_countries",
    since: "0.1.0",
    noun: "countries with phone numbers for sale",
    doc: "The countries in which Twilio sells phone numbers, and the kinds of numbers of each.",
    quirks: &[],
    category: Category::Numbers,
    api_page: "https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(
        Product::Api,
        &["/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers.json"],
        "countries",
    ),
    codes: &[NUMBERS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    ACCOUNT_SID,
    objects("countries", Observed, COUNTRY).doc("The countries."),
];

const COUNTRY: &[Field] = &[
    text("country_code", Observed).doc("Country as ISO 3166-1 alpha-2 code."),
    text("country", Observed).doc("Name of the country."),
    boolean("beta", Observed).doc("Whether all its numbers are new to Twilio."),
    map("subresource_uris", Observed, &Kind::Text).doc(
        "The kinds of numbers that there are, such as `local` and `toll_free`, each with the path of its search: \
         `keys(…)` are what `type` of `twilio_available_phone_numbers` takes.",
    ),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &AVAILABLE_PHONE_NUMBER_COUNTRIES, |list| {
        list.unpaged()
            .key("countries")
            .known_by("country_code")
            .of_any_account()
    }))
}
