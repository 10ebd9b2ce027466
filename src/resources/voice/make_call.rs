//! A call that is made. <https://www.twilio.com/docs/voice/api/call-resource>

use super::codes::VOICE;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Kind, Omitted, Properties, Rule,
    boolean, int, list, sid, text, url,
};
use crate::engine::operations::invoke::{said, unless_undone};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::addresses;
use crate::twilio::{Effect, Product};

/// `twilio_make_call`.
pub const MAKE_CALL: Action = Action {
    name: "twilio_make_call",
    since: "0.1.0",
    noun: "call",
    doc: "Makes a call. It counts as done once Twilio has put the call into its queue; whether somebody picks up shows later, in the \
          Console or at `status_callback`.",
    quirks: &["Twilio charges for each call that is connected. A trial account calls verified numbers only."],
    category: Category::Voice,
    api_page: "https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource",
    product: Product::Api,
    path: "/2010-04-01/Accounts/{account_sid}/Calls.json",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[
        Rule::ExactlyOneOf(&["url", "twiml", "application_sid"]),
        Rule::Requires("sip_auth_password", "sip_auth_username"),
    ],
    omitted: OMITTED,
    codes: &[VOICE],
    effect: Effect::Create,
    impacts: &[],
    answers: Answers::New(&["CA"]),
    words: ActionWords {
        infinitive: "make the call",
        doing: "calling",
        about: &["to"],
        nothing: "Nobody was called.",
        unknown: "Whether the call was made is not known.",
        look: "Look whether it is there before it is made again: in the Console at Monitor > Logs > Calls, or with Twilio's CLI:\
               \n\n  twilio api:core:calls:list --account-sid {account} --to {to} --limit 20",
        missing: None,
    },
    hooks: ActionHooks::telling(queued),
};

const METHOD: &[Check] = &[Check::OneOf(&["GET", "POST"])];

const FIELDS: &[Field] = &[
    text("to", Setting(Required))
        .checks(&[Check::Custom(addresses::caller)])
        .doc("Who is called: a phone number in E.164 form, `client:NAME`, or `sip:USER@HOST`."),
    text("from", Setting(Required))
        .checks(&[Check::Custom(addresses::caller)])
        .doc("Who calls: a phone number of the account, or one that is verified as a caller id; or `client:NAME`."),
    url("url", Setting(Clears)).doc("URL that Twilio requests for the TwiML of the call."),
    text("twiml", Setting(Clears))
        .checks(&[Check::Length(1, 4000)])
        .doc("The TwiML itself, up to 4000 characters: `<Response><Say>Hello</Say></Response>`."),
    sid("application_sid", Setting(Clears), &[Check::Sid("AP")])
        .doc("SID of the TwiML app that the call is handled by (`AP…`)."),
    text("method", Setting(Clears))
        .checks(METHOD)
        .doc("HTTP method for `url`: `GET` or `POST`."),
    url("fallback_url", Setting(Clears)).doc("URL that Twilio requests when `url` fails."),
    text("fallback_method", Setting(Clears))
        .checks(METHOD)
        .doc("HTTP method for `fallback_url`: `GET` or `POST`."),
    url("status_callback", Setting(Clears)).doc("URL to which Twilio reports what becomes of the call."),
    list("status_callback_events", Setting(Clears), &Kind::Text)
        .written_as("StatusCallbackEvent")
        .checks(&[Check::Each(&Check::Known(&[
            "initiated",
            "ringing",
            "answered",
            "completed",
        ]))])
        .doc("What is reported: `initiated`, `ringing`, `answered`, `completed`."),
    text("status_callback_method", Setting(Clears))
        .checks(METHOD)
        .doc("HTTP method for `status_callback`: `GET` or `POST`."),
    text("send_digits", Setting(Clears))
        .checks(&[Check::Length(1, 32)])
        .doc("Digits that are dialled once somebody picks up, up to 32: `w` waits for half a second."),
    int("timeout", Setting(Clears))
        .checks(&[Check::Range(1, 600)])
        .doc("For how many seconds it rings: `1` to `600`."),
    int("time_limit", Setting(Clears)).doc("After how many seconds Twilio ends the call."),
    text("caller_id", Setting(Clears)).doc("The caller id of calls that come in by a SIP trunk."),
    text("call_reason", Setting(Clears)).doc("Why you call, which phones that know branded calls show."),
    boolean("record", Setting(Clears)).doc("Record the call."),
    text("recording_channels", Setting(Clears))
        .checks(&[Check::OneOf(&["mono", "dual"])])
        .doc("Whether both sides are recorded on one channel or two: `mono` or `dual`."),
    text("recording_track", Setting(Clears))
        .checks(&[Check::OneOf(&["inbound", "outbound", "both"])])
        .doc("Which side is recorded: `inbound`, `outbound` or `both`."),
    text("trim", Setting(Clears))
        .checks(&[Check::OneOf(&["trim-silence", "do-not-trim"])])
        .doc("Whether silence is cut off the recording: `trim-silence` or `do-not-trim`."),
    url("recording_status_callback", Setting(Clears)).doc("URL to which Twilio reports what becomes of the recording."),
    text("recording_status_callback_method", Setting(Clears))
        .checks(METHOD)
        .doc("HTTP method for `recording_status_callback`: `GET` or `POST`."),
    list("recording_status_callback_events", Setting(Clears), &Kind::Text)
        .written_as("RecordingStatusCallbackEvent")
        .checks(&[Check::Each(&Check::Known(&["in-progress", "completed", "absent"]))])
        .doc("What is reported of it: `in-progress`, `completed`, `absent`."),
    text("sip_auth_username", Setting(Clears)).doc("User name for a SIP address that asks for one."),
    text("sip_auth_password", Setting(Clears))
        .write_only()
        .doc("Password for it."),
    text("machine_detection", Setting(Clears))
        .checks(&[Check::Known(&["Enable", "DetectMessageEnd"])])
        .doc("Find out whether a machine picks up: `Enable`, or `DetectMessageEnd` to wait for its greeting to end."),
    int("machine_detection_timeout", Setting(Clears))
        .checks(&[Check::Range(3, 59)])
        .doc("For how many seconds that may take: `3` to `59`."),
    int("machine_detection_speech_threshold", Setting(Clears))
        .checks(&[Check::Range(1000, 6000)])
        .doc("Milliseconds of speech from which it is a machine: `1000` to `6000`."),
    int("machine_detection_speech_end_threshold", Setting(Clears))
        .checks(&[Check::Range(500, 5000)])
        .doc("Milliseconds of silence after which the greeting is over: `500` to `5000`."),
    int("machine_detection_silence_timeout", Setting(Clears))
        .checks(&[Check::Range(2000, 10_000)])
        .doc("Milliseconds of silence at first after which it is not known: `2000` to `10000`."),
    text("async_amd", Setting(Clears))
        .checks(&[Check::OneOf(&["true", "false"])])
        .doc("Whether the call goes on meanwhile: `true` or `false`."),
    url("async_amd_status_callback", Setting(Clears)).doc("URL to which Twilio reports what it found out meanwhile."),
    text("async_amd_status_callback_method", Setting(Clears))
        .checks(METHOD)
        .doc("HTTP method for `async_amd_status_callback`: `GET` or `POST`."),
    sid("byoc", Setting(Clears), &[Check::Sid("BY")]).doc("SID of the BYOC trunk that the call goes out by (`BY…`)."),
];

const OMITTED: &[Omitted] = &[
    Omitted {
        parameter: "RecordingConfigurationId",
        reason: "Twilio's page on calls does not say what it is",
    },
    Omitted {
        parameter: "Passports",
        reason: "Twilio's page on calls does not say what it is",
    },
    Omitted {
        parameter: "ClientNotificationUrl",
        reason: "Twilio's page on calls does not say what it is",
    },
    Omitted {
        parameter: "CallToken",
        reason: "it belongs to a call that came in, and no configuration has one",
    },
];

fn queued(_: &Value, response: &Properties) -> Result<String, Box<Diagnostic>> {
    let (sid, status) = (said(response, "sid"), said(response, "status"));
    let line = format!("accepted as {sid}, status {status}");
    unless_undone(
        response,
        "status",
        |status| !matches!(status, "failed" | "canceled" | "busy" | "no-answer"),
        line,
    )
}
