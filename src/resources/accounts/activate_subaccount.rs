//! A subaccount that is activated. <https://www.twilio.com/docs/iam/api/subaccounts#reactivate-a-subaccount>

use crate::engine::facts::{Action, ActionHooks, ActionWords};
use crate::resources::accounts::account_status::{SET_STATUS, has_status, send_status};

/// `twilio_activate_subaccount`.
pub const ACTIVATE_SUBACCOUNT: Action = Action {
    name: "twilio_activate_subaccount",
    doc: "Activates a subaccount that was suspended. One that is closed stays closed.",
    quirks: &[
        "Where a `twilio_subaccount` manages the same subaccount, its `status` wins at the next apply: set it there, or leave it out of \
         what is compared with `ignore_changes`.",
        "What Twilio itself has suspended, only its support activates.",
    ],
    words: ActionWords {
        infinitive: "activate the subaccount",
        doing: "activating subaccount",
        nothing: "The subaccount is as it was.",
        unknown: "Whether the subaccount is active is not known.",
        ..SET_STATUS.words
    },
    hooks: ActionHooks {
        encode: Some(|_, parameters| send_status(parameters, "active")),
        outcome: |_, response| has_status(response, "active"),
        ..SET_STATUS.hooks
    },
    ..SET_STATUS
};
