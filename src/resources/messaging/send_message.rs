//! A message that is sent. <https://www.twilio.com/docs/messaging/api/message-resource>

use super::codes::MESSAGING;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Kind, Omitted, Properties, Rule,
    boolean, int, list, map, sid, text, url,
};
use crate::engine::operations::invoke::{said, unless_undone};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::resources::addresses;
use crate::twilio::{Effect, Product};

/// `twilio_send_message`.
pub const SEND_MESSAGE: Action = Action {
    name: "twilio_send_message",
    since: "0.1.0",
    noun: "message",
    doc: "Sends a text message, a media message or a message of another channel. It counts as done once Twilio has accepted the \
          message; whether it is delivered shows later, in the Console or at `status_callback`.",
    quirks: &[
        "The plan and the plan file show the configuration, the text of the message included.",
        "Twilio charges for each message, and for each segment of a text. A trial account sends to verified numbers only.",
    ],
    category: Category::Messaging,
    api_page: "https://www.twilio.com/docs/messaging/api/message-resource#create-a-message",
    product: Product::Api,
    path: "/2010-04-01/Accounts/{account_sid}/Messages.json",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[
        Rule::AtLeastOneOf(&["from", "messaging_service_sid"]),
        Rule::AtLeastOneOf(&["body", "media_urls", "content_sid"]),
        Rule::Requires("content_variables", "content_sid"),
        Rule::Requires("send_at", "messaging_service_sid"),
        Rule::Requires("shorten_urls", "messaging_service_sid"),
    ],
    omitted: OMITTED,
    codes: &[MESSAGING],
    effect: Effect::Create,
    impacts: &[],
    answers: Answers::New(&["SM", "MM"]),
    words: ActionWords {
        infinitive: "send the message",
        doing: "sending the message to",
        about: &["to"],
        nothing: "Nothing was sent.",
        unknown: "Whether the message was sent is not known.",
        look: "Look whether it is there before it is sent again: in the Console at Monitor > Logs > Messaging, or with Twilio's CLI:\
               \n\n  twilio api:core:messages:list --account-sid {account} --to {to} --limit 20",
        missing: None,
    },
    hooks: ActionHooks {
        validate: Some(when_it_is_sent),
        encode: Some(|_, parameters| {
            // The one type that there is, which Twilio wants beside the time.
            if parameters.value("SendAt").is_some() {
                parameters.set("ScheduleType", "fixed");
            }
        }),
        ..ActionHooks::telling(accepted)
    },
};

const FIELDS: &[Field] = &[
    text("to", Setting(Required)).checks(&[Check::Custom(addresses::recipient)]).doc(
        "Who gets it: a phone number in E.164 form, or an address of a channel, as `whatsapp:+14155550100`.",
    ),
    text("from", Setting(Clears)).checks(&[Check::Custom(addresses::sender)]).doc(
        "Who it comes from: a phone number of the account, a short code, a name of up to 11 letters and digits, or an address of a \
         channel. Without it, the messaging service chooses.",
    ),
    sid("messaging_service_sid", Setting(Clears), &[Check::Sid("MG")])
        .doc("SID of the messaging service that sends it (`MG…`)."),
    text("body", Setting(Clears)).checks(&[Check::Length(1, 1600)]).doc("The text, up to 1600 characters."),
    list("media_urls", Setting(Clears), &Kind::Text)
        .written_as("MediaUrl")
        .checks(&[Check::Length(1, 10), Check::Each(&Check::Url)])
        .doc("URLs of up to 10 pictures or other media, which Twilio fetches."),
    sid("content_sid", Setting(Clears), &[Check::Sid("HX")]).doc("SID of the content template that it is made of (`HX…`)."),
    map("content_variables", Setting(Clears), &Kind::Text)
        .doc("What stands in the places of the content template: `{ \"1\" = \"Ann\" }`."),
    text("fallback_from", Setting(Clears))
        .checks(&[Check::Custom(addresses::sender)])
        .doc("Who it comes from where the channel of `from` fails."),
    text("send_at", Setting(Clears)).doc(
        "When it is sent, in RFC 3339: at least 15 minutes and at most 35 days from now. Needs `messaging_service_sid`.",
    ),
    url("status_callback", Setting(Clears)).doc("URL to which Twilio reports what becomes of it."),
    sid("application_sid", Setting(Clears), &[Check::Sid("AP")])
        .doc("SID of the TwiML app whose `message_status_callback` is used (`AP…`)."),
    int("validity_period", Setting(Clears))
        .checks(&[Check::Range(1, 36_000)])
        .doc("For how many seconds it may wait to be sent: `1` to `36000`, which it is without this."),
    boolean("smart_encoded", Setting(Clears))
        .doc("Write characters that GSM does not have as similar ones that it has, so that the text needs fewer segments."),
    boolean("send_as_mms", Setting(Clears)).doc("Send a long text as one media message."),
    boolean("shorten_urls", Setting(Clears)).doc("Shorten the links in it. Needs `messaging_service_sid`."),
    list("persistent_actions", Setting(Clears), &Kind::Text)
        .written_as("PersistentAction")
        .doc("Actions of rich messages, as `mailto:` or `geo:`."),
    text("content_retention", Setting(Clears))
        .checks(&[Check::OneOf(&["retain", "discard"])])
        .doc("Whether Twilio keeps the text: `retain` or `discard`."),
    text("address_retention", Setting(Clears))
        .checks(&[Check::OneOf(&["retain", "obfuscate"])])
        .doc("Whether Twilio keeps the numbers: `retain` or `obfuscate`."),
    text("message_intent", Setting(Clears)).doc("What it is for, which rules of some countries depend on."),
    text("risk_check", Setting(Clears))
        .checks(&[Check::OneOf(&["enable", "disable"])])
        .doc("Whether SMS pumping protection looks at it: `enable` or `disable`."),
    boolean("provide_feedback", Setting(Clears)).doc("Whether you will report to Twilio that it arrived."),
];

const OMITTED: &[Omitted] = &[
    Omitted {
        parameter: "ScheduleType",
        reason: "it has one value, which goes with send_at",
    },
    Omitted {
        parameter: "MaxPrice",
        reason: "Twilio calls it deprecated, and ignores it",
    },
    Omitted {
        parameter: "Attempt",
        reason: "it counts what somebody sends again, which this never does",
    },
    Omitted {
        parameter: "ForceDelivery",
        reason: "Twilio calls it reserved",
    },
    Omitted {
        parameter: "TrafficType",
        reason: "only a contract with Twilio gives it a meaning",
    },
];

/// RFC 3339, as Twilio's ISO 8601. Twilio itself knows how far ahead it may be.
fn when_it_is_sent(config: &Value, diagnostics: &mut Diagnostics) {
    let Some(text) = config.attr("send_at").as_str().filter(|text| !text.is_empty()) else {
        return;
    };
    if text.parse::<jiff::Timestamp>().is_err() {
        diagnostics.push(
            Diagnostic::error(
                "Invalid time",
                "send_at is no time in RFC 3339, as 2030-01-31T12:00:00Z, with an offset or Z at its end. Nothing was sent.",
            )
            .at_attribute("send_at"),
        );
    }
}

fn accepted(_: &Value, response: &Properties) -> Result<String, Box<Diagnostic>> {
    let (sid, status) = (said(response, "sid"), said(response, "status"));
    let line = format!("accepted as {sid}, status {status}");
    unless_undone(
        response,
        "status",
        |status| !matches!(status, "failed" | "undelivered" | "canceled"),
        line,
    )
}
