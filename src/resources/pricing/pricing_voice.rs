//! What calls cost in a country.
//! <https://www.twilio.com/docs/voice/pricing>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::pricing::prices::{BY_NUMBER_TYPE, BY_PREFIX};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_pricing_voice`.
pub const PRICING_VOICE: DataSource = DataSource {
    name: "twilio_pricing_voice",
    since: "0.1.0",
    noun: "call prices",
    doc: "What calls to and from a country cost the account, by the minute.",
    quirks: &[],
    category: Category::Pricing,
    api_page: "https://www.twilio.com/docs/voice/pricing",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(Product::Pricing, &["/v2/Voice/Countries/{iso_country}"]),
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
    objects("outbound_prefix_prices", Observed, BY_PREFIX)
        .doc("Prices of calls that are made, for each group of destinations."),
    objects("inbound_call_prices", Observed, BY_NUMBER_TYPE)
        .doc("Prices of calls that are received, for each kind of number."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::object(query, &PRICING_VOICE))
}
