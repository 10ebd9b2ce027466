//! The check of a code. <https://www.twilio.com/docs/verify/api/verification-check>

use super::codes::VERIFY;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Missing, Omitted, Properties, Rule,
    sid, text,
};
use crate::engine::operations::invoke::said;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::addresses;
use crate::twilio::{Effect, Product};

/// `twilio_check_verification`.
pub const CHECK_VERIFICATION: Action = Action {
    name: "twilio_check_verification",
    since: "0.1.0",
    noun: "verification",
    doc: "Checks the code of a verification. It fails unless the code is the one that was sent. What it is to hold up \
          is triggered by `before_create` or `before_update`: then nothing is made or changed unless the code is right.",
    quirks: &[
        "Triggered by `after_create` or `after_update` it holds nothing up: the resource is made already, and in the same apply Terraform \
         goes on with what depends on that, whatever the code was.",
        "Twilio forgets a verification that is approved, has expired, or was checked too often. Its code can be checked no more.",
        "Each check uses up one of five attempts, also one whose response was lost.",
    ],
    category: Category::Verify,
    api_page: "https://www.twilio.com/docs/verify/api/verification-check",
    product: Product::Verify,
    path: "/v2/Services/{service_sid}/VerificationCheck",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[Rule::ExactlyOneOf(&["to", "verification_sid"])],
    omitted: &[Omitted {
        parameter: "SnaClientToken",
        reason: "only a phone gets such a token",
    }],
    codes: &[VERIFY],
    effect: Effect::Once,
    impacts: &[],
    answers: Answers::Object,
    words: ActionWords {
        infinitive: "check the code",
        doing: "checking the code of",
        about: &["to", "verification_sid"],
        nothing: "The code was not checked.",
        unknown: "Whether the code was checked is not known.",
        look: "Look whether the verification was approved: in the Console at Monitor > Logs > Verify, or with Twilio's CLI, signed in to account {account}:\
               \n\n  twilio api:verify:v2:attempts:list --verify-service-sid {service_sid} --limit 20",
        missing: Some(Missing {
            parent: Some("/v2/Services/{service_sid}"),
            summary: "There is no pending verification",
            says: "Nothing is pending of which the code could be checked: no verification was started for this recipient, or it was \
                   approved, has expired after ten minutes, or was checked too often. Start another one, and check its code.",
            at: &["to", "verification_sid"],
        }),
    },
    hooks: ActionHooks::telling(approved),
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("VA")]).doc("SID of the Verify service (`VA…`)."),
    text("code", Setting(Required))
        .write_only()
        .checks(&[Check::Length(4, 10)])
        .doc("The code that was sent, from 4 to 10 characters. It may come from an ephemeral variable."),
    text("to", Setting(Clears))
        .checks(&[Check::Custom(addresses::verified)])
        .doc("Who is verified: the `to` of the verification."),
    sid("verification_sid", Setting(Clears), &[Check::Sid("VE")])
        .doc("SID of the verification (`VE…`), in place of `to`."),
    text("amount", Setting(Clears)).doc("The amount of the payment that is confirmed (PSD2), as it was sent."),
    text("payee", Setting(Clears)).doc("Who gets the payment (PSD2), as it was sent."),
];

/// What is not approved is an error, as whatever waits for it must not go on.
fn approved(_: &Value, response: &Properties) -> Result<String, Box<Diagnostic>> {
    let (sid, status) = (said(response, "sid"), said(response, "status"));
    if status == "approved" {
        return Ok(format!("verification {sid} approved"));
    }
    Err(Box::new(
        Diagnostic::error(
            "The code is not the one that was sent",
            format!(
                "Twilio checked it, and verification {sid} has the status {status}. One of its attempts is used up. Give the \
                 right code, or start another verification.",
            ),
        )
        .at_attribute("code"),
    ))
}
