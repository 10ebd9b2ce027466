//! The add-ons that can be installed. <https://www.twilio.com/docs/marketplace/api/available-add-ons>

use futures::future::BoxFuture;

use super::codes::MARKETPLACE;
use crate::engine::facts::Role::Observed;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Field, Properties, json, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_marketplace_available_add_ons`.
pub const MARKETPLACE_AVAILABLE_ADD_ONS: DataSource = DataSource {
    name: "twilio_marketplace_available_add_ons",
    since: "0.1.0",
    noun: "available add-ons",
    doc: "The add-ons that can be installed, each with how it is paid for and what it is configured with.",
    quirks: &[],
    category: Category::Marketplace,
    api_page: "https://www.twilio.com/docs/marketplace/api/available-add-ons",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Marketplace, &["/v1/AvailableAddOns"], "add_ons"),
    codes: &[MARKETPLACE],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[ACCOUNT_SID, objects("add_ons", Observed, ADD_ON).doc("The add-ons.")];

const ADD_ON: &[Field] = &[
    text("sid", Observed).doc("SID of the offer (`XB…`)."),
    text("friendly_name", Observed).doc("Name of the add-on."),
    text("description", Observed).doc("What it does."),
    text("pricing_type", Observed).doc("How it is paid for, for example `per minute`."),
    json("configuration_schema", Observed).doc("JSON schema of the `configuration` of the add-on."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &MARKETPLACE_AVAILABLE_ADD_ONS, |list| {
        list.key("available_add_ons")
    }))
}
