//! Phone numbers that depend on an address.
//! <https://www.twilio.com/docs/usage/api/address>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, objects, sid, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::numbers::codes::NUMBERS;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_address_dependent_phone_numbers`.
pub const ADDRESS_DEPENDENT_PHONE_NUMBERS: DataSource = DataSource {
    name: "twilio_address_dependent_phone_numbers",
    since: "0.1.0",
    noun: "phone numbers that depend on an address",
    doc: "The phone numbers that have an address, for their regulation or for emergencies. An address that a number needs cannot be deleted.",
    quirks: &[],
    category: Category::Numbers,
    api_page: "https://www.twilio.com/docs/usage/api/address",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(
        Product::Api,
        &["/2010-04-01/Accounts/{account_sid}/Addresses/{address_sid}/DependentPhoneNumbers.json"],
        "phone_numbers",
    ),
    codes: &[NUMBERS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    sid("address_sid", Setting(Required), &[Check::Sid("AD")]).doc("SID of the address (`AD…`)."),
    ACCOUNT_SID,
    objects("phone_numbers", Observed, NUMBER).doc("The phone numbers."),
];

const NUMBER: &[Field] = &[
    text("sid", Observed).doc("SID of the number (`PN…`)."),
    text("phone_number", Observed).doc("The number in E.164 form."),
    text("friendly_name", Observed).doc("Name of the number."),
    text("address_requirements", Observed).doc("Which address the number needs: `none`, `any`, `local` or `foreign`."),
    text("emergency_address_sid", Observed).doc("SID of the number's emergency address (`AD…`)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &ADDRESS_DEPENDENT_PHONE_NUMBERS, |list| {
        list.key("dependent_phone_numbers")
    }))
}
