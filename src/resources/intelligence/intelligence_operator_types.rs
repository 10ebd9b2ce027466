//! The types that operators have. <https://www.twilio.com/docs/conversational-intelligence/api/operator-type-resource>

use futures::future::BoxFuture;

use super::codes::INTELLIGENCE;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Field, Kind, Properties, boolean, json, objects, set, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_intelligence_operator_types`.
pub const INTELLIGENCE_OPERATOR_TYPES: DataSource = DataSource {
    name: "twilio_intelligence_operator_types",
    since: "0.1.0",
    noun: "operator types",
    doc: "The types that operators of Conversational Intelligence have, each with the schema of what a `twilio_intelligence_custom_operator` of \
          it is configured with.",
    quirks: &[],
    category: Category::Intelligence,
    api_page: "https://www.twilio.com/docs/conversational-intelligence/api/operator-type-resource",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Intelligence, &["/v2/OperatorTypes"], "operator_types").filters(&["language_code"]),
    codes: &[INTELLIGENCE],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("language_code", Setting(Clears)).doc("Only types that understand this language, for example `en-US`."),
    ACCOUNT_SID,
    objects("operator_types", Observed, TYPE).doc("The types."),
];

const TYPE: &[Field] = &[
    text("sid", Observed).doc("SID of the type (`EY…`)."),
    text("name", Observed).doc("Name that `operator_type` of an operator has."),
    text("friendly_name", Observed).doc("Name for people."),
    text("description", Observed).doc("What operators of it do."),
    text("docs_link", Observed).doc("Where Twilio describes it."),
    text("output_type", Observed).doc(
        "What results are: `text-classification`, `text-extraction`, `text-extraction-normalized`, `text-generation` or `json`.",
    ),
    set("supported_languages", Observed, &Kind::Text).doc("Languages that it understands."),
    text("provider", Observed).doc("Whose model it uses: `twilio`, `amazon` or `openai`."),
    text("availability", Observed).doc("How far it is."),
    boolean("configurable", Observed).doc("Whether a custom operator can be of it."),
    json("config_schema", Observed).doc("JSON schema of the `config` of operators of it."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &INTELLIGENCE_OPERATOR_TYPES, |list| {
        list.key("operator_types")
    }))
}
