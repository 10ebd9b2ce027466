//! The check of a code. <https://www.twilio.com/docs/verify/api/verification-check>

use super::codes::VERIFY;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Omitted, Properties, Rule, sid,
    text,
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
    doc: "Checks the code of a verification. It fails unless the code is the one that was sent: what depends on it is not done then.",
    quirks: &[
        "A code can be checked once it was approved no more: Twilio forgets a verification that is approved, expired, or was checked too \
         often, and answers 404.",
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
    answers: Answers::Object,
    words: ActionWords {
        infinitive: "check the code",
        doing: "checking the code of",
        about: &["to", "verification_sid"],
        nothing: "The code was not checked.",
        unknown: "Whether the code was checked is not known.",
        look: "Look whether the verification was approved: in the Console at Monitor > Logs > Verify, or with Twilio's CLI:\
               \n\n  twilio api:verify:v2:attempts:list --limit 20",
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
                "Twilio checked it, and verification {sid} has the status {status}. One of its attempts is used up. Invoke this \
                 again with the right code, or start another verification.",
            ),
        )
        .at_attribute("code"),
    ))
}
