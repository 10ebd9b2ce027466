//! A verification that is started. <https://www.twilio.com/docs/verify/api/verification>

use super::codes::VERIFY;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Kind, Omitted, Properties, json,
    map, sid, text,
};
use crate::engine::operations::invoke::{said, unless_undone};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::addresses;
use crate::twilio::{Effect, Product};

/// `twilio_start_verification`.
pub const START_VERIFICATION: Action = Action {
    name: "twilio_start_verification",
    since: "0.1.0",
    noun: "verification",
    doc: "Starts a verification: sends somebody a code, which `twilio_check_verification` checks.",
    quirks: &[
        "A verification that is pending is not started anew: the same code is sent again. It ends after ten minutes, or when its code \
         was checked.",
        "Twilio sends five codes to one recipient within ten minutes, and refuses more.",
    ],
    category: Category::Verify,
    api_page: "https://www.twilio.com/docs/verify/api/verification#start-new-verification",
    product: Product::Verify,
    path: "/v2/Services/{service_sid}/Verifications",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[],
    omitted: OMITTED,
    codes: &[VERIFY],
    effect: Effect::Create,
    impacts: &[],
    answers: Answers::New(&["VE"]),
    words: ActionWords {
        infinitive: "start the verification",
        doing: "sending a code to",
        about: &["to"],
        nothing: "No code was sent.",
        unknown: "Whether a code was sent is not known.",
        look: "Look whether one was before another is sent: in the Console at Monitor > Logs > Verify, or with Twilio's CLI, signed in to account {account}:\
               \n\n  twilio api:verify:v2:attempts:list --verify-service-sid {service_sid} --limit 20",
        missing: None,
    },
    hooks: ActionHooks::telling(started),
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("VA")]).doc("SID of the Verify service (`VA…`)."),
    text("to", Setting(Required))
        .checks(&[Check::Custom(addresses::verified)])
        .doc("Who is verified: a phone number in E.164 form, or an e-mail address."),
    text("channel", Setting(Required))
        .checks(&[Check::Known(&[
            "sms", "call", "email", "whatsapp", "rcs", "sna", "auto",
        ])])
        .doc("How the code is sent: `sms`, `call`, `email`, `whatsapp`, `rcs`, `sna` or `auto`."),
    text("custom_friendly_name", Setting(Clears)).doc("The name that the message has in place of the service's."),
    text("custom_message", Setting(Clears))
        .doc("A text in place of the usual one, for accounts that Twilio lets have one."),
    text("custom_code", Setting(Clears))
        .write_only()
        .checks(&[Check::Length(4, 10)])
        .doc("A code of your own, from 4 to 10 characters, where `custom_code_enabled` of the service says so."),
    text("locale", Setting(Clears)).doc("The language of the message, as `en` or `pt-BR`."),
    text("send_digits", Setting(Clears)).doc("Digits that are dialled once somebody picks up, as for an extension."),
    text("amount", Setting(Clears)).doc("The amount of a payment that is confirmed (PSD2)."),
    text("payee", Setting(Clears)).doc("Who gets the payment (PSD2)."),
    map("rate_limits", Setting(Clears), &Kind::Text)
        .doc("Values for the rate limits of the service, by their unique names: `{ end_user_ip = \"203.0.113.7\" }`."),
    json("channel_configuration", Setting(Clears)).doc("Settings of the channel as JSON, as the sender of e-mails."),
    text("app_hash", Setting(Clears)).doc("Hash of the Android app that reads the code out of the message."),
    sid("template_sid", Setting(Clears), &[Check::Sid("HJ")]).doc("SID of the message template (`HJ…`)."),
    map("template_custom_substitutions", Setting(Clears), &Kind::Text)
        .doc("What stands in the places of the template."),
    text("device_ip", Setting(Clears)).doc("IP address of the device on which the code is entered."),
    text("risk_check", Setting(Clears))
        .checks(&[Check::OneOf(&["enable", "disable"])])
        .doc("Whether fraud guard looks at it: `enable` or `disable`."),
    map("tags", Setting(Clears), &Kind::Text).doc("Tags by which reports tell verifications apart."),
];

const OMITTED: &[Omitted] = &[
    Omitted {
        parameter: "Templates",
        reason: "Twilio's page on verifications does not say what it is",
    },
    Omitted {
        parameter: "EnableSnaClientToken",
        reason: "it makes a token for a phone's own check, which no action can hand on",
    },
];

fn started(_: &Value, response: &Properties) -> Result<String, Box<Diagnostic>> {
    let (sid, status) = (said(response, "sid"), said(response, "status"));
    let line = format!("sent for verification {sid}, status {status}");
    unless_undone(
        response,
        "status",
        |status| {
            !matches!(
                status,
                "canceled" | "failed" | "expired" | "deleted" | "max_attempts_reached"
            )
        },
        line,
    )
}
