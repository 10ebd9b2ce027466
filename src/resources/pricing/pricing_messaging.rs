//! What messages cost.
//! <https://www.twilio.com/docs/messaging/api/pricing>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::pricing::prices::BY_NUMBER_TYPE;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_pricing_messaging`.
pub const PRICING_MESSAGING: DataSource = DataSource {
    name: "twilio_pricing_messaging",
    since: "0.1.0",
    noun: "messaging prices",
    doc: "What text messages from and to a country cost the account.",
    quirks: &[],
    category: Category::Pricing,
    api_page: "https://www.twilio.com/docs/messaging/api/pricing",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(Product::Pricing, &["/v1/Messaging/Countries/{iso_country}"]),
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
    objects("outbound_sms_prices", Observed, OUTBOUND).doc("Prices of messages that are sent, for each carrier."),
    objects("inbound_sms_prices", Observed, BY_NUMBER_TYPE)
        .doc("Prices of messages that are received, for each kind of number."),
];

const OUTBOUND: &[Field] = &[
    text("carrier", Observed).doc("Name of the carrier."),
    text("mcc", Observed).doc("Mobile country code of the carrier."),
    text("mnc", Observed).doc("Mobile network code of the carrier."),
    objects("prices", Observed, BY_NUMBER_TYPE).doc("Prices, for each kind of number that sends."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::object(query, &PRICING_MESSAGING))
}
