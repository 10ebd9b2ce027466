//! A subaccount that is suspended. <https://www.twilio.com/docs/iam/api/subaccounts#suspend-a-subaccount>

use futures::future::BoxFuture;

use crate::engine::facts::{Action, ActionHooks, ActionWords, Impact, Invocation};
use crate::resources::accounts::account_status::{SET_STATUS, has_status, send_status};
use crate::resources::accounts::snapshot;

/// `twilio_suspend_subaccount`.
pub const SUSPEND_SUBACCOUNT: Action = Action {
    name: "twilio_suspend_subaccount",
    doc: "Suspends a subaccount: it makes no calls and sends no messages until it is activated. Its numbers stay its own, and cost what \
          they cost.",
    quirks: &[
        "Where a `twilio_subaccount` manages the same subaccount, its `status` wins at the next apply: set it there, or leave it out of \
         what is compared with `ignore_changes`.",
        "What the subaccount holds is looked at just before, as most of it does not show afterwards, and goes into the audit log. An action has \
         no state, so the check before a `twilio_subaccount` is closed does not know it: that closes without `force_close` only what the \
         resource itself has suspended.",
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
        look_before: Some(look),
        encode: Some(|_, parameters| send_status(parameters, "suspended")),
        outcome: |_, response| has_status(response, "suspended"),
        ..SET_STATUS.hooks
    },
    ..SET_STATUS
};

fn look(invocation: Invocation<'_>) -> BoxFuture<'_, Option<String>> {
    Box::pin(async move {
        let child = invocation.config.attr("subaccount_sid").as_str()?.parse().ok()?;
        Some(snapshot::told(invocation.client, &child).await)
    })
}
