//! A flow whose latest revision is published. <https://www.twilio.com/docs/studio/rest-api/v2/flow#update-a-flow>

use super::codes::STUDIO;
use super::studio_flow::NO_MESSAGE;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::hooks::Step;
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Invocation, Omitted, Parameters,
    Properties, sid, text,
};
use crate::engine::operations::invoke::{said, unless_undone};
use crate::engine::operations::requests::answer_object;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{Effect, Product, lenient};

/// `twilio_publish_studio_flow`.
pub const PUBLISH_STUDIO_FLOW: Action = Action {
    name: "twilio_publish_studio_flow",
    since: "0.1.0",
    noun: "Studio flow",
    doc: "Publishes the latest revision of a Studio flow, which calls and messages run from then on. Nothing is done where it is \
          published already.",
    quirks: &[
        "Where a `twilio_studio_flow` manages the same flow, its `status` and `commit_message` win at the next apply: leave them out of \
         what is compared with `ignore_changes`.",
    ],
    category: Category::Studio,
    api_page: "https://www.twilio.com/docs/studio/rest-api/v2/flow#update-a-flow-resource",
    product: Product::Studio,
    path: "/v2/Flows/{flow_sid}",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[],
    omitted: &[
        Omitted {
            parameter: "Status",
            reason: "it is what the action is named after",
        },
        Omitted {
            parameter: "FriendlyName",
            reason: "it is a setting of the flow, which twilio_studio_flow manages",
        },
        Omitted {
            parameter: "Definition",
            reason: "it is a setting of the flow, which twilio_studio_flow manages",
        },
    ],
    codes: &[STUDIO],
    effect: Effect::Once,
    impacts: &[],
    answers: Answers::Named,
    words: ActionWords {
        infinitive: "publish the Studio flow",
        doing: "publishing flow",
        about: &["flow_sid"],
        nothing: "Nothing was published.",
        unknown: "Whether the flow was published is not known.",
        look: "Look whether it is: in the Console at Studio > Flows, or with Twilio's CLI, signed in to account {account}:\
               \n\n  twilio api:studio:v2:flows:fetch --sid {flow_sid}",
        missing: None,
    },
    hooks: ActionHooks {
        done_already: Some(is_published_already),
        encode: Some(publish),
        found_done: Some(was_published),
        ..ActionHooks::telling(published)
    },
};

const FIELDS: &[Field] = &[
    sid("flow_sid", PathPart, &[Check::Sid("FW")]).doc("SID of the flow (`FW…`)."),
    text("commit_message", Setting(Clears))
        .doc("What the revision is for. Without it, it says that Terraform changed it."),
    sid("author_sid", Setting(Clears), &[Check::Sid("US")]).doc("SID of the user who is named as the author (`US…`)."),
];

/// Studio wants a message, and the status with each change.
fn publish(_: &Value, parameters: &mut Parameters) {
    parameters.set("Status", "published");
    if parameters.value("CommitMessage").is_none() {
        parameters.set("CommitMessage", NO_MESSAGE);
    }
}

fn revision(flow: &Properties) -> String {
    let number = flow.get("revision").and_then(lenient::text);
    number.map_or_else(String::new, |number| format!(" {number}"))
}

fn is_published(flow: &Properties) -> bool {
    said(flow, "status") == "published"
}

fn is_published_already(invocation: Invocation<'_>) -> Step<'_, Option<String>> {
    Box::pin(async move {
        let flow = answer_object(invocation.client.send(invocation.get()).await?);
        Ok(is_published(&flow).then(|| format!("revision{} is published already", revision(&flow))))
    })
}

/// It was not before, so it is what the lost response was about.
fn was_published(invocation: Invocation<'_>) -> Step<'_, Option<Properties>> {
    Box::pin(async move {
        let flow = answer_object(invocation.client.send(invocation.get()).await?);
        Ok(is_published(&flow).then_some(flow))
    })
}

fn published(_: &Value, flow: &Properties) -> Result<String, Box<Diagnostic>> {
    let line = format!("revision{} is {}", revision(flow), said(flow, "status"));
    unless_undone(flow, "status", |status| status == "published", line)
}
