//! Whether a number can be ported.
//! <https://www.twilio.com/docs/phone-numbers/port-in/portability-api>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, boolean, int, sid, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::numbers::codes::NUMBERS;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_phone_number_portability`.
pub const PHONE_NUMBER_PORTABILITY: DataSource = DataSource {
    name: "twilio_phone_number_portability",
    since: "0.1.0",
    noun: "portability of a phone number",
    doc: "Whether a phone number of another carrier can be brought to Twilio.",
    quirks: &[],
    category: Category::Numbers,
    api_page: "https://www.twilio.com/docs/phone-numbers/port-in/portability-api",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(
        Product::Numbers,
        &["/v1/Porting/Portability/PhoneNumber/{phone_number}"],
    )
    .filters(&["target_account_sid", "address_sid"]),
    codes: &[NUMBERS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("phone_number", Setting(Required))
        .checks(&[Check::E164])
        .doc("The number in E.164 form."),
    sid("target_account_sid", Setting(Clears), &[Check::Sid("AC")])
        .never_returned()
        .doc("SID of the account that the number would come to (`AC…`). Default: the account that asks."),
    sid("address_sid", Setting(Clears), &[Check::Sid("AD")])
        .never_returned()
        .doc("SID of the address that the number would have (`AD…`)."),
    ACCOUNT_SID,
    boolean("portable", Observed).doc("Whether it can be brought to Twilio."),
    boolean("pin_and_account_number_required", Observed)
        .doc("Whether the carrier wants a PIN and the number of the account there."),
    text("not_portable_reason", Observed).doc("Why it cannot, in words."),
    int("not_portable_reason_code", Observed).doc("Twilio's code of the reason."),
    text("number_type", Observed).doc("Kind of number: `LOCAL`, `MOBILE`, `TOLL-FREE` or `UNKNOWN`."),
    text("country", Observed).doc("Country as ISO 3166-1 alpha-2 code."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::object(query, &PHONE_NUMBER_PORTABILITY))
}
