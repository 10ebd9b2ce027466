//! The operators that Twilio offers. <https://www.twilio.com/docs/conversational-intelligence/api/prebuilt-operator-subresource>

use futures::future::BoxFuture;

use super::codes::INTELLIGENCE;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, json, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_intelligence_prebuilt_operators`.
pub const INTELLIGENCE_PREBUILT_OPERATORS: DataSource = DataSource {
    name: "twilio_intelligence_prebuilt_operators",
    since: "0.1.0",
    noun: "prebuilt operators",
    doc: "The operators that Twilio offers for Conversational Intelligence, any of which a `twilio_intelligence_service_operator` attaches to a \
          service.",
    quirks: &[],
    category: Category::Intelligence,
    api_page: "https://www.twilio.com/docs/conversational-intelligence/api/prebuilt-operator-subresource",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Intelligence, &["/v2/Operators/PreBuilt"], "operators")
        .filters(&["availability", "language_code"]),
    codes: &[INTELLIGENCE],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("availability", Setting(Clears))
        .checks(&[Check::Known(&[
            "internal",
            "beta",
            "public",
            "retired",
            "general-availability",
        ])])
        .doc("Only operators that are so far: `internal`, `beta`, `public`, `retired` or `general-availability`."),
    text("language_code", Setting(Clears)).doc("Only operators that understand this language, for example `en-US`."),
    ACCOUNT_SID,
    objects("operators", Observed, OPERATOR).doc("The operators."),
];

const OPERATOR: &[Field] = &[
    text("sid", Observed).doc("SID of the operator (`LY…`)."),
    text("friendly_name", Observed).doc("Name of the operator."),
    text("description", Observed).doc("What it does."),
    text("author", Observed).doc("Who made it."),
    text("operator_type", Observed).doc("Name of its type."),
    text("availability", Observed).doc("How far it is."),
    json("config", Observed).doc("What it is made of, as JSON, where Twilio shows it."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &INTELLIGENCE_PREBUILT_OPERATORS, |list| {
        list.key("operators")
    }))
}
