//! A Studio flow. <https://www.twilio.com/docs/studio/rest-api/v2/flow>
//!
//! What surprised us: every update must say the status; a commit message belongs to one revision, so that it is sent again
//! with each, and one that is blank is refused, so it is left out when there is none; Twilio answers the definition as an object and never as the text that was written; a new revision is
//! made by every update.

use serde_json::Value as Json;

use crate::engine::adopt::ADOPT_EXISTING;
use crate::engine::expand::{Intent, Parameters};
use crate::engine::hooks::{Hooks, Planning, Step};
use crate::engine::older::OlderState;
use crate::engine::table::{Attribute, Check, Items, Listing, Omitted, Resource, boolean, int, json, text, timestamp};
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{ErrorKind, Product, Request};

/// `twilio_studio_flow`.
pub const STUDIO_FLOW: Resource = Resource {
    name: "twilio_studio_flow",
    noun: "Studio flow",
    doc: "A Studio flow. The definition is compared as JSON, so white space and the order of keys never show in a plan. Twilio \
          validates it while planning, if everything that it needs is known by then and the credentials may ask; otherwise the \
          apply finds out.",
    category: "Studio",
    api_page: "https://www.twilio.com/docs/studio/rest-api/v2/flow",
    product: Product::Studio,
    collection: "/v2/Flows",
    instance: "/v2/Flows/{sid}",
    sid_prefix: "FW",
    natural_key: &["friendly_name"],
    listing: Listing {
        items: Items::Partial("a list of flows leaves their definitions out"),
        account_parameter: None,
    },
    attributes: ATTRIBUTES,
    older_states: &[OlderState::rjpearson94("twilio_studio_flow")],
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
    text("commit_message").always_sent().doc(
        "What changed in this revision. A change of the message alone makes a new revision, too.",
    ),
    int("revision").computed().volatile().doc("Number of the latest revision."),
    boolean("valid").computed().doc("Whether Twilio finds the definition valid."),
    text("webhook_url").computed().doc(
        "URL that starts the flow: set it as `voice_url` or `sms_url` of a phone number.",
    ),
    ADOPT_EXISTING,
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
        let request = request.reads();
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
