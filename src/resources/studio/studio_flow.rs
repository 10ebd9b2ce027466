//! A Studio flow. <https://www.twilio.com/docs/studio/rest-api/v2/flow>
//!
//! What surprised us: every update must say the status; a commit message that is blank is refused, so it is left out when
//! there is none; Twilio answers the definition as an object and never as the text that was written; a new revision is
//! made by every update.

use serde_json::Value as Json;

use crate::engine::expand::{Intent, Parameters};
use crate::engine::hooks::{Hooks, Planning, Step};
use crate::engine::table::{Attribute, Check, Omitted, Resource, boolean, int, json, text, timestamp};
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{ErrorKind, Product, Request};

/// `twilio_studio_flow`.
pub const STUDIO_FLOW: Resource = Resource {
    name: "twilio_studio_flow",
    noun: "Studio flow",
    doc: "A Studio flow. The definition is compared as JSON, so white space and the order of keys never show in a plan, and \
          Twilio validates it while planning.",
    category: "Studio",
    api_page: "https://www.twilio.com/docs/studio/rest-api/v2/flow",
    product: Product::Studio,
    collection: "/v2/Flows",
    instance: "/v2/Flows/{sid}",
    sid_prefix: "FW",
    natural_key: &["friendly_name"],
    attributes: ATTRIBUTES,
    omitted: &[Omitted {
        parameter: "AuthorSid",
        reason: "Twilio sets it to who signs in; it is internal to the Console",
    }],
    hooks: Hooks {
        plan: Some(validate_by_twilio),
        encode: Some(no_blank_commit_message),
        ..Hooks::NONE
    },
    ..Resource::FORM
};

const ATTRIBUTES: &[Attribute] = &[
    text("friendly_name").required().checks(&[Check::NonEmpty]).doc("Name shown in the Console. Changes in place."),
    text("status").required().always_sent().checks(&[Check::OneOf(&["draft", "published"])]).doc(
        "`draft` or `published`. Only a published flow handles calls and messages.",
    ),
    json("definition").required().doc(
        "The flow as JSON, as the Console exports it: write it with `jsonencode` or `file`. Changes in place and makes a new \
         revision.",
    ),
    text("commit_message").doc("What changed in this revision. A change of the message alone makes a new revision, too."),
    int("revision").computed().volatile().doc("Number of the latest revision."),
    boolean("valid").computed().volatile().doc("Whether Twilio finds the definition valid."),
    text("webhook_url").computed().doc(
        "URL that starts the flow: set it as `voice_url` or `sms_url` of a phone number.",
    ),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// A blank commit message is an error for Twilio, not an absent one.
fn no_blank_commit_message(_: &Intent<'_>, parameters: &mut Parameters) {
    if matches!(parameters.value("CommitMessage"), Some(Json::String(text)) if text.is_empty())
        || parameters.value("CommitMessage").is_some_and(Json::is_null)
    {
        parameters.remove("CommitMessage");
    }
}

/// Lets Twilio look at a definition that would be written, when everything that it needs is known. That Twilio cannot be
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
        match client.send(request).await {
            Ok(answer) if answer.member("valid") == Some(&Json::Bool(false)) => {
                Err(invalid(answer.member("errors").unwrap_or(&Json::Null), "").into())
            }
            Ok(_) => Ok(()),
            Err(error) if error.kind == ErrorKind::Invalid => {
                let code = error
                    .twilio_code
                    .map_or_else(String::new, |code| format!(" (Twilio code {code})"));
                let said = error.message.clone().unwrap_or_default();
                Err(invalid(&Json::String(said), &code).into())
            }
            Err(error) => {
                tracing::warn!(%error, "the flow definition was not validated while planning");
                Ok(())
            }
        }
    })
}

fn invalid(errors: &Json, code: &str) -> Diagnostic {
    let lines: Vec<_> = match errors {
        Json::Array(errors) => errors.iter().map(fault_line).collect(),
        Json::String(text) => vec![text.clone()],
        _ => Vec::new(),
    };
    Diagnostic::error(
        "Twilio finds the flow definition invalid",
        format!(
            "Validating the definition was refused{code}. Nothing was changed. What Twilio says:\n  - {}\nCorrect the \
             definition; the Console's flow editor can import and check it.",
            if lines.is_empty() {
                "no reason was given".to_owned()
            } else {
                lines.join("\n  - ")
            }
        ),
    )
    .at_attribute("definition")
}

/// `message (property_path)`.
fn fault_line(fault: &Json) -> String {
    let text = |name: &str| fault.get(name).and_then(Json::as_str);
    let message = text("message").map_or_else(|| fault.to_string(), str::to_owned);
    text("property_path").map_or(message.clone(), |path| format!("{message} ({path})"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_fault_of_a_definition_is_a_line() {
        let faults =
            json!([{"message": "unknown widget", "property_path": "#/states/1"}, {"message": "no initial state"}]);
        let diagnostic = invalid(&faults, " (Twilio code 20001)");
        assert_eq!(diagnostic.path.to_string(), "definition");
        for needle in [
            "unknown widget (#/states/1)",
            "no initial state",
            "20001",
            "Nothing was changed",
        ] {
            assert!(diagnostic.detail.contains(needle), "{}", diagnostic.detail);
        }
    }

    #[test]
    fn a_blank_commit_message_is_left_out() {
        let mut parameters = Parameters::default();
        parameters.set("CommitMessage", "");
        let nothing = crate::framework::value::Value::Null;
        let intent = Intent {
            phase: crate::engine::expand::Phase::Update,
            prior: &nothing,
            planned: &nothing,
            config: &nothing,
        };
        no_blank_commit_message(&intent, &mut parameters);
        assert!(parameters.is_empty());
    }
}
