//! Texts that Verify may send. <https://www.twilio.com/docs/verify/api/templates>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Field, Kind, Properties, json, list, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_verify_templates`.
pub const VERIFY_TEMPLATES: DataSource = DataSource {
    name: "twilio_verify_templates",
    since: "0.1.0",
    noun: "templates of verifications",
    doc: "The texts that Verify may send a code with: Twilio's own and the account's. A `default_template_sid` of a \
          `twilio_verify_service` is the SID of one of them. Nothing makes a template but a request to Twilio.",
    quirks: &["A text that is not approved in a language is not sent in it: see `translations`."],
    category: Category::Verify,
    api_page: "https://www.twilio.com/docs/verify/api/templates",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Verify, &["/v2/Templates"], "templates").filters(&["friendly_name"]),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("friendly_name", Setting(Clears)).doc("Only templates with this name."),
    ACCOUNT_SID,
    objects("templates", Observed, TEMPLATE).doc("The templates."),
];

const TEMPLATE: &[Field] = &[
    text("sid", Observed).doc("SID of the template (`HJ…`)."),
    text("friendly_name", Observed).doc("Name of the template."),
    list("channels", Observed, &Kind::Text).doc("How it can be sent: `sms`, `voice`."),
    json("translations", Observed)
        .doc("Text, status and dates in each language, by the language's short name, as JSON: `jsondecode` reads it."),
    text("account_sid", Observed).doc("SID of the account that the template is of."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &VERIFY_TEMPLATES, |list| list.of_any_account()))
}
