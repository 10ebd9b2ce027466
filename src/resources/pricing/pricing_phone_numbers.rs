//! What phone numbers cost.
//! <https://www.twilio.com/docs/phone-numbers/pricing>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::pricing::prices::BY_NUMBER_TYPE;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_pricing_phone_numbers`.
pub const PRICING_PHONE_NUMBERS: DataSource = DataSource {
    name: "twilio_pricing_phone_numbers",
    since: "0.1.0",
    noun: "prices of phone numbers",
    doc: "What a phone number of a country costs the account each month.",
    quirks: &[],
    category: Category::Pricing,
    api_page: "https://www.twilio.com/docs/phone-numbers/pricing",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(Product::Pricing, &["/v1/PhoneNumbers/Countries/{iso_country}"]),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("iso_country", Setting(Required))
        .checks(&[Check::Country])
        .doc("Country as ISO 3166-1 alpha-2 code, for example `US`."),
    ACCOUNT_SID,
    text("country", Observed).doc("Name of the country."),
    text("price_unit", Observed).doc("Currency of the prices as ISO 4217 code, for example `usd`."),
    objects("phone_number_prices", Observed, BY_NUMBER_TYPE).doc("Prices for a month, for each kind of number."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::object(query, &PRICING_PHONE_NUMBERS))
}
