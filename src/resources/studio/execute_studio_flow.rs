//! A flow that is started for somebody. <https://www.twilio.com/docs/studio/rest-api/v2/execution>

use super::codes::STUDIO;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Properties, json, sid, text,
};
use crate::engine::operations::invoke::said;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::resources::addresses;
use crate::twilio::{Effect, Product};

/// `twilio_execute_studio_flow`.
pub const EXECUTE_STUDIO_FLOW: Action = Action {
    name: "twilio_execute_studio_flow",
    since: "0.1.0",
    noun: "execution",
    doc: "Starts a Studio flow by its REST API trigger, which may call somebody or send messages. It counts as done once the flow runs.",
    quirks: &["The published revision runs, whatever the latest one is."],
    category: Category::Studio,
    api_page: "https://www.twilio.com/docs/studio/rest-api/v2/execution#create-a-new-execution",
    product: Product::Studio,
    path: "/v2/Flows/{flow_sid}/Executions",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[],
    omitted: &[],
    codes: &[STUDIO],
    effect: Effect::Create,
    impacts: &[],
    answers: Answers::New(&["FN"]),
    words: ActionWords {
        infinitive: "start the flow",
        doing: "starting the flow for",
        about: &["to"],
        nothing: "The flow was not started.",
        unknown: "Whether the flow was started is not known.",
        look: "Look whether it was before it is started again: in the Console at Studio > Flows, in the logs of the flow, or with \
               Twilio's CLI, signed in to account {account}:\n\n  twilio api:studio:v2:flows:executions:list --flow-sid {flow_sid} --limit 20",
        missing: None,
    },
    hooks: ActionHooks::telling(started),
};

const FIELDS: &[Field] = &[
    sid("flow_sid", PathPart, &[Check::Sid("FW")]).doc("SID of the flow (`FW…`)."),
    text("to", Setting(Required))
        .checks(&[Check::Custom(addresses::recipient)])
        .doc("Who the flow is about, its `contact.channel.address`: a phone number in E.164 form, or an address of a channel."),
    text("from", Setting(Required))
        .checks(&[Check::Custom(addresses::sender)])
        .doc("Who it calls or writes from, its `flow.channel.address`: a phone number of the account, or an address of a channel."),
    json("parameters", Setting(Clears)).checks(&[Check::Custom(an_object)]).doc("What the flow has as `flow.data`: a JSON object, written with `jsonencode`."),
];

fn an_object(text: &str) -> Result<(), Reason> {
    match serde_json::from_str(text) {
        Ok(serde_json::Value::Object(_)) => Ok(()),
        _ => Err("It is no JSON object, such as jsonencode({ name = \"Ann\" }).".into()),
    }
}

fn started(_: &Value, response: &Properties) -> Result<String, Box<Diagnostic>> {
    let (sid, status) = (said(response, "sid"), said(response, "status"));
    Ok(format!("started as {sid}, status {status}"))
}
