//! A Studio flow. <https://www.twilio.com/docs/studio/rest-api/v2/flow>
//!
//! # Quirks
//! - Every update must send the status.
//! - A blank commit message is refused, and updates without one have failed: so there always is one.
//! - The definition is returned as an object and never as the text that was written.

use serde_json::Value as Json;

use super::codes::STUDIO;
use super::older;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::{Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Access, Category, Check, Field, Intent, Items, Key, List, Managed, Object, Omitted, Parameters, Place, Plural,
    Properties, boolean, int, json, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, Expects, Product, Request};

/// `twilio_studio_flow`.
pub const STUDIO_FLOW: Managed = Managed {
    object: Object {
        name: "twilio_studio_flow",
        noun: "Studio flow",
        plural: Some(Plural {
            name: "twilio_studio_flows",
            noun: "Studio flows",
        }),
        category: Category::Studio,
        api_page: "https://www.twilio.com/docs/studio/rest-api/v2/flow",
        place: Place::at(Product::Studio, "/v2/Flows", "/v2/Flows/{sid}"),
        key: Key::Sid("FW"),
        natural_key: &["friendly_name"],
        list: List {
            items: Items::Partial("a list of flows leaves their definitions out"),
            ..List::WHOLE
        },
        fields: FIELDS,
        read: ReadHooks {
            decode: Some(forget_unconfigured),
            ..ReadHooks::NONE
        },
        codes: &[STUDIO],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A Studio flow. The definition is compared as JSON, so white space and the order of keys never show in a plan. Twilio \
          validates it while planning, if everything that it needs is known by then and the credentials may ask; otherwise the \
          apply finds out.",
    quirks: &[
        "Every update makes a new revision of the flow, whatever it changes.",
        "A commit message belongs to one revision, so it is sent again with each.",
    ],
    omitted: &[Omitted {
        parameter: "AuthorSid",
        reason: "Twilio sets it to who signs in; it is internal to the Console",
    }],
    older_states: older::STUDIO_FLOW,
    write: WriteHooks {
        plan: Some(validate_by_twilio),
        asks: &[Access::post(Product::Studio, "/v2/Flows/Validate")],
        encode: Some(say_something),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).checks(&[Check::NonEmpty]).doc("Name shown in the Console. Changes in place."),
    text("status", Setting(Required)).with_every_update().checks(&[Check::OneOf(&["draft", "published"])]).doc(
        "`draft` or `published`. Only a published flow handles calls and messages.",
    ),
    json("definition", Setting(Required)).with_webhooks().doc(
        "The flow as JSON, as the Console exports it: write it with `jsonencode` or `file`. Changes in place and makes a new \
         revision.",
    ),
    text("commit_message", Setting(Clears)).with_every_update().doc(
        "What changed in this revision. A change of the message alone makes a new revision, too. Without it each revision says \
         `Changed by Terraform`, because Studio wants a message.",
    ),
    int("revision", Observed).volatile().doc("Number of the latest revision."),
    boolean("valid", Observed).doc("Whether Twilio finds the definition valid."),
    text("webhook_url", Observed).doc(
        "URL that starts the flow: set it as `voice_url` or `sms_url` of a phone number.",
    ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What a revision says that nobody wrote a message for.
pub(super) const NO_MESSAGE: &str = "Changed by Terraform";

/// A blank commit message is an error for Twilio, and so may be none (changelog of RJPearson94's provider, 0.11.0 and 0.26.0).
fn say_something(_: &Intent<'_>, parameters: &mut Parameters) {
    let is_written = |message: &Json| message.as_str().is_some_and(|text| !text.trim().is_empty());
    if !parameters.is_empty() && !parameters.value("CommitMessage").is_some_and(is_written) {
        parameters.set("CommitMessage", NO_MESSAGE);
    }
}

/// The message that stands for none reads as none, unless the configuration has that very text.
fn forget_unconfigured(answer: &mut Properties, base: &Value) {
    let is_placeholder = answer.get("commit_message").and_then(Json::as_str) == Some(NO_MESSAGE);
    let configured = base.attr("commit_message").as_str();
    if is_placeholder && configured != Some(NO_MESSAGE) {
        // A blank one is configured for none, too.
        let blank = configured.filter(|text| text.trim().is_empty());
        answer.insert("commit_message".to_owned(), blank.map_or(Json::Null, Json::from));
    }
}

/// Lets Twilio validate a definition that would be written, when everything that it needs is known. That Twilio cannot be
/// asked is no reason to fail a plan: the apply asks again, with the same result for a bad definition.
fn validate_by_twilio(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let (planned, prior) = (&*planning.planned, planning.prior);
        let known = |name: &str| planned.attr(name).as_str();
        let (Some((client, account)), Some(name), Some(status), Some(definition)) = (
            planning.connection,
            known("friendly_name"),
            known("status"),
            known("definition"),
        ) else {
            return Ok(());
        };
        if prior.attr("definition") == planned.attr("definition") && prior.attr("status") == planned.attr("status") {
            return Ok(());
        }
        let request = Request::post(Product::Studio, account, "/v2/Flows/Validate").form([
            ("FriendlyName", name),
            ("Status", status),
            ("Definition", definition),
        ]);
        let request = request.reads().expects(Expects::Object);
        match client.send(request).await {
            Ok(answer) if answer.member("valid") == Some(&Json::Bool(false)) => Err(invalid(&[], None, None).into()),
            Ok(_) => Ok(()),
            Err(error) if error.kind == ErrorKind::Invalid => {
                Err(invalid(&error.faults, error.message.as_deref(), error.twilio_code).into())
            }
            Err(error) => {
                tracing::warn!(%error, "the flow definition was not validated while planning");
                Ok(())
            }
        }
    })
}

/// One diagnostic that lists each fault; where Twilio lists none, what it says instead.
fn invalid(faults: &[String], message: Option<&str>, code: Option<u32>) -> Diagnostic {
    let code = code.map_or_else(String::new, |code| format!(" (Twilio code {code})"));
    let faults = match (faults, message) {
        ([], message) => message.unwrap_or("no reason was given").to_owned(),
        (faults, _) => faults.join("\n  - "),
    };
    Diagnostic::error(
        "Twilio finds the flow definition invalid",
        format!(
            "Twilio validated the definition and refused it{code}. Nothing was changed. What is wrong:\n  - {faults}\n\
             Correct the definition; the Console's flow editor can import and check it."
        ),
    )
    .at_attribute("definition")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_of_a_definition_is_a_line() {
        let faults = ["unknown widget (#/states/1)".to_owned(), "no initial state".to_owned()];
        let diagnostic = invalid(&faults, Some("Flow definition validation failed"), Some(81022));
        assert_eq!(diagnostic.path.to_string(), "definition");
        for needle in [
            "\n  - unknown widget (#/states/1)\n  - no initial state\n",
            "81022",
            "Nothing was changed",
        ] {
            assert!(diagnostic.detail.contains(needle), "{}", diagnostic.detail);
        }
        assert!(
            invalid(&[], Some("too large"), None)
                .detail
                .contains("\n  - too large\n")
        );
    }

    #[test]
    fn a_revision_always_has_a_message_and_what_changes_nothing_is_none() {
        let nothing = Value::Null;
        let intent = Intent {
            resource: &STUDIO_FLOW,
            operation: crate::engine::facts::Operation::Update,
            prior: &nothing,
            planned: &nothing,
            config: &nothing,
        };
        let mut parameters = Parameters::default();
        say_something(&intent, &mut parameters);
        assert!(parameters.is_empty());
        for (message, sent) in [
            (None, NO_MESSAGE),
            (Some(Json::Null), NO_MESSAGE),
            (Some("".into()), NO_MESSAGE),
            (Some(" ".into()), NO_MESSAGE),
            (Some("New menu".into()), "New menu"),
        ] {
            let mut parameters = Parameters::default();
            parameters.set("Status", "draft");
            if let Some(message) = message {
                parameters.set("CommitMessage", message);
            }
            say_something(&intent, &mut parameters);
            assert_eq!(parameters.value("CommitMessage"), Some(&Json::from(sent)));
        }
    }

    #[test]
    fn the_message_that_stands_for_none_is_none_unless_it_is_configured() {
        let read = |message: &str, base: Value| {
            let mut answer = Properties::new();
            answer.insert("commit_message".to_owned(), message.into());
            forget_unconfigured(&mut answer, &base);
            answer["commit_message"].as_str().map(str::to_owned)
        };
        let configured = |message: &str| Value::object([("commit_message", message.into())]);
        assert_eq!(read(NO_MESSAGE, Value::Null), None);
        assert_eq!(read(NO_MESSAGE, configured("other")), None);
        assert_eq!(read(NO_MESSAGE, configured(" ")).as_deref(), Some(" "));
        assert_eq!(read(NO_MESSAGE, configured(NO_MESSAGE)).as_deref(), Some(NO_MESSAGE));
        assert_eq!(read("other", Value::Null).as_deref(), Some("other"));
    }
}
