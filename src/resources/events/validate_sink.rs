//! The validation of a sink. <https://www.twilio.com/docs/events/event-streams/sink-resource/validate>

use super::codes::EVENTS;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Otherwise, Properties, sid, text,
};
use crate::engine::operations::invoke::{said, unless_undone};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{Effect, Product};

/// `twilio_validate_sink`.
pub const VALIDATE_SINK: Action = Action {
    name: "twilio_validate_sink",
    since: "0.1.0",
    noun: "sink",
    doc: "Validates an event sink, in two steps. Without `test_id` Twilio sends a test event to the sink, which has a test id in it; with \
          that test id, Twilio learns that the event arrived.",
    quirks: &["Twilio takes the test event into its queue: it arrives a little later."],
    category: Category::Events,
    api_page: "https://www.twilio.com/docs/events/event-streams/sink-resource/validate",
    product: Product::Events,
    path: "/v1/Sinks/{sink_sid}/Validate",
    otherwise: Some(Otherwise {
        without: "test_id",
        path: "/v1/Sinks/{sink_sid}/Test",
    }),
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[],
    omitted: &[],
    codes: &[EVENTS],
    effect: Effect::Idempotent,
    impacts: &[],
    answers: Answers::Object,
    words: ActionWords {
        infinitive: "validate the sink",
        doing: "validating sink",
        about: &["sink_sid"],
        nothing: "The sink is as it was.",
        unknown: "Whether the sink was validated is not known.",
        look: "Look what its status is: in the Console at Event Streams > Sinks, or with Twilio's CLI, signed in to account {account}:\
               \n\n  twilio api:events:v1:sinks:fetch --sid {sink_sid}",
        missing: None,
    },
    hooks: ActionHooks::telling(validated),
};

const FIELDS: &[Field] = &[
    sid("sink_sid", PathPart, &[Check::Sid("DG")]).doc("SID of the event sink (`DG…`)."),
    text("test_id", Setting(Clears))
        .doc("The test id in the event that the sink got. Without it, Twilio sends a test event."),
];

/// A test that counts for nothing is an error, as whatever waits for the sink must not go on.
fn validated(config: &Value, response: &Properties) -> Result<String, Box<Diagnostic>> {
    let result = said(response, "result");
    if config.attr("test_id").is_null() {
        let line = format!("test event {result}; its test_id is in the event that the sink gets");
        return unless_undone(response, "result", |result| result != "failed", line);
    }
    if result == "valid" {
        return Ok("the sink is valid".to_owned());
    }
    Err(Box::new(
        Diagnostic::error(
            "The sink is not valid",
            format!(
                "Twilio took the test id and answered \"{result}\". The sink is as it was. Invoke this without test_id for another test \
                 event, and again with the test id that is in it.",
            ),
        )
        .at_attribute("test_id"),
    ))
}
