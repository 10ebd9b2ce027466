//! A subaccount that is suspended. <https://www.twilio.com/docs/iam/api/subaccounts#suspend-a-subaccount>

use crate::engine::facts::{Action, ActionHooks, ActionWords, Impact};
use crate::resources::accounts::account_status::{SET_STATUS, has_status, send_status};

/// `twilio_suspend_subaccount`.
pub const SUSPEND_SUBACCOUNT: Action = Action {
    name: "twilio_suspend_subaccount",
    doc: "Suspends a subaccount: it makes no calls and sends no messages until it is activated. Its numbers stay its own, and cost what \
          they cost.",
    quirks: &[
        "Where a `twilio_subaccount` manages the same subaccount, its `status` wins at the next apply: set it there, or leave it out of \
         what is compared with `ignore_changes`.",
    ],
    impacts: &[Impact::Suspend],
    words: ActionWords {
        infinitive: "suspend the subaccount",
        doing: "suspending subaccount",
        nothing: "The subaccount is as it was.",
        unknown: "Whether the subaccount is suspended is not known.",
        ..SET_STATUS.words
    },
    hooks: ActionHooks {
        encode: Some(|_, parameters| send_status(parameters, "suspended")),
        outcome: |_, response| has_status(response, "suspended"),
        ..SET_STATUS.hooks
    },
    ..SET_STATUS
};
