//! What suspending and activating a subaccount have in common. <https://www.twilio.com/docs/iam/api/subaccounts>

use super::codes::ACCOUNTS;
use crate::engine::facts::Role::PathPart;
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Omitted, Parameters, Properties,
    sid,
};
use crate::engine::operations::invoke::{said, unless_undone};
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{Effect, Product};

/// Another status for a subaccount. Doing it twice is as doing it once.
pub(super) const SET_STATUS: Action = Action {
    name: "",
    since: "0.1.0",
    noun: "subaccount",
    doc: "",
    quirks: &[],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api/subaccounts",
    product: Product::Api,
    path: "/2010-04-01/Accounts/{subaccount_sid}.json",
    otherwise: None,
    account: AccountRule::Owned,
    fields: FIELDS,
    rules: &[],
    omitted: &[
        Omitted {
            parameter: "Status",
            reason: "it is what the action is named after",
        },
        Omitted {
            parameter: "FriendlyName",
            reason: "it is a setting of the subaccount, which twilio_subaccount manages",
        },
    ],
    codes: &[ACCOUNTS],
    effect: Effect::Idempotent,
    impacts: &[],
    answers: Answers::Named,
    words: ActionWords {
        infinitive: "",
        doing: "",
        about: &["subaccount_sid"],
        nothing: "",
        unknown: "",
        look: "Look what it is: in the Console at Admin > Account management > Subaccounts, or with Twilio's CLI:\
               \n\n  twilio api:core:accounts:fetch --sid {subaccount_sid}",
        missing: None,
    },
    hooks: ActionHooks::telling(|_, response| Ok(format!("status {}", said(response, "status")))),
};

const FIELDS: &[Field] = &[sid("subaccount_sid", PathPart, &[Check::Sid("AC")])
    .doc("SID of the subaccount (`AC…`), which the account that signs in owns.")];

/// Sends the status.
pub(super) fn send_status(parameters: &mut Parameters, status: &str) {
    parameters.set("Status", status);
}

/// How either ends: with the status that was sent.
pub(super) fn has_status(response: &Properties, wanted: &str) -> Result<String, Box<Diagnostic>> {
    let line = format!("status {}", said(response, "status"));
    unless_undone(response, "status", |status| status == wanted, line)
}
