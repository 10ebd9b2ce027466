//! What calls over a SIP trunk to one number cost.
//! <https://www.twilio.com/docs/voice/pricing>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, object, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::pricing::prices::{BY_NUMBER_TYPE, BY_PREFIX};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_pricing_trunking_number`.
pub const PRICING_TRUNKING_NUMBER: DataSource = DataSource {
    name: "twilio_pricing_trunking_number",
    since: "0.1.0",
    noun: "price of a trunk call",
    doc: "What calls over a SIP trunk to one number cost the account, by the minute.",
    quirks: &[],
    category: Category::Pricing,
    api_page: "https://www.twilio.com/docs/voice/pricing",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(Product::Pricing, &["/v2/Trunking/Numbers/{destination_number}"])
        .filters(&["origination_number"]),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("destination_number", Setting(Required))
        .checks(&[Check::E164])
        .doc("The number that is called, in E.164 form."),
    text("origination_number", Setting(Clears))
        .checks(&[Check::E164])
        .doc("The number that calls, in E.164 form: only prices of calls from it."),
    ACCOUNT_SID,
    text("country", Observed).doc("Name of the country."),
    text("price_unit", Observed).doc("Currency of the prices as ISO 4217 code, for example `usd`."),
    text("iso_country", Observed).doc("Country as ISO 3166-1 alpha-2 code."),
    objects("terminating_prefix_prices", Observed, BY_PREFIX).doc("Prices of calls to the number."),
    object("originating_call_price", Observed, BY_NUMBER_TYPE)
        .doc("Price of calls that the number makes to Twilio, if it is Twilio's."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::object(query, &PRICING_TRUNKING_NUMBER))
}
