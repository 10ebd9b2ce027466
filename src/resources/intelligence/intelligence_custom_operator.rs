//! An operator of one's own: what is searched for in transcripts.
//! <https://www.twilio.com/docs/conversational-intelligence/api/custom-operator-subresource>
//!
//! # Quirks
//! - A create and an update are accepted (202) with the operator in the response.
//! - `version` is left out: it moves with each update.

use super::codes::INTELLIGENCE;
use super::older;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Fixed, Observed, Setting};
use crate::engine::facts::{
    Category, Check, Field, Filter, Key, List, Managed, Object, Place, Plural, json, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_intelligence_custom_operator`.
pub const INTELLIGENCE_CUSTOM_OPERATOR: Managed = Managed {
    object: Object {
        name: "twilio_intelligence_custom_operator",
        noun: "custom operator",
        plural: Some(Plural {
            name: "twilio_intelligence_custom_operators",
            noun: "custom operators",
        }),
        category: Category::Intelligence,
        api_page: "https://www.twilio.com/docs/conversational-intelligence/api/custom-operator-subresource",
        place: Place::at(Product::Intelligence, "/v2/Operators/Custom", "/v2/Operators/Custom/{sid}"),
        key: Key::Sid("LY"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::exact(
                    text("availability", Setting(Clears))
                        .checks(&[Check::Known(&[
                            "internal",
                            "beta",
                            "public",
                            "retired",
                            "general-availability",
                            "deprecated",
                        ])])
                        .doc(
                            "Only operators that are so far: `internal`, `beta`, `public`, `retired`, `general-availability` or \
                             `deprecated`.",
                        ),
                ),
                Filter::loose(
                    text("language_code", Setting(Clears)).doc("Only operators that understand this language, for example `en-US`."),
                ),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[INTELLIGENCE],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What Conversational Intelligence looks for in transcripts, in your own words. It runs in the services that a \
          `twilio_intelligence_service_operator` attaches it to, and each run is billed. Results stay when it is destroyed.",
    older_states: older::INTELLIGENCE_CUSTOM_OPERATOR,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .with_every_update()
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the operator, up to 64 characters."),
    text("operator_type", Fixed(Required)).checks(&[Check::NonEmpty]).doc(
        "Name of its type, which `data.twilio_intelligence_operator_types` shows. Twilio cannot change it: a change replaces the operator, \
         and takes the first one off the services that it is attached to.",
    ),
    json("config", Setting(Required)).with_every_update().doc(
        "What it does, as the schema of its type has it, by `jsonencode({ … })`.",
    ),
    text("description", Observed).doc("What it does, in Twilio's words."),
    text("author", Observed).doc("Who made it."),
    text("availability", Observed)
        .volatile()
        .doc("How far it is: `internal`, `beta`, `public`, `retired`, `general-availability` or `deprecated`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
