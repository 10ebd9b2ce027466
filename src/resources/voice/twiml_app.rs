//! A TwiML app: the webhooks that calls and messages of many numbers and clients share.
//! <https://www.twilio.com/docs/usage/api/applications>
//!
//! # Quirks
//! - Cleared URLs are returned as `null` or as `""`, which mean the same here.
//! - An empty text clears neither `VoiceUrl` nor `SmsUrl`, nor `MessageStatusCallback`. The last one is cleared by its older name,
//!   `SmsStatusCallback`: what is written to one is returned under both. Live tests of RJPearson94's provider found that out:
//!   <https://github.com/RJPearson94/terraform-provider-twilio/blob/main/docs/resources/twiml_app.md>.

use serde_json::Value as Json;

use super::codes::VOICE;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, StartsEmpty};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Filter, Intent, Key, List, Literal, Managed, Object, Omitted, Parameters, Place, Plural,
    boolean, http_method, text, timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::diagnostics::Diagnostic;
use crate::resources::numbers::codes::NUMBERS;
use crate::twilio::Product;

/// `twilio_twiml_app`.
pub const TWIML_APP: Managed = Managed {
    object: Object {
        name: "twilio_twiml_app",
        noun: "TwiML app",
        plural: Some(Plural {
            name: "twilio_twiml_apps",
            noun: "TwiML apps",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/usage/api/applications",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/Applications.json",
            "/2010-04-01/Accounts/{account_sid}/Applications/{sid}.json",
        ),
        key: Key::Sid("AP"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[Filter::exact(
                text("friendly_name", Setting(Clears))
                    .doc("Only apps with exactly this name. Names need not be unique."),
            )],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[VOICE, NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A TwiML app: one set of voice and messaging webhooks that phone numbers, SIP domains and Voice SDK clients refer \
          to by SID.",
    quirks: &[
        "Twilio's API cannot take `voice_url` and `sms_url` off an app: it can only set another URL. The Console can clear them.",
    ],
    omitted: &[Omitted {
        parameter: "SmsStatusCallback",
        reason: "Twilio calls it deprecated and the same as MessageStatusCallback; two attributes would undo each other. It is \
                 written, empty, to clear that one",
    }],
    older_states: older::TWIML_APP,
    write: WriteHooks {
        plan: Some(refuse_to_clear_what_stays),
        encode: Some(clear_by_the_older_name),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 64)])
        .doc("Name shown in the Console, up to 64 characters. An app without one has none."),
    url("voice_url", Setting(StartsEmpty)).doc(
        "URL that Twilio requests when a call arrives. Removing it keeps the URL that the app has: Twilio's API can set \
         another one and cannot clear it.",
    ),
    http_method("voice_method").doc("HTTP method for `voice_url`: `GET` or `POST`. Default: `POST`."),
    url("voice_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `voice_url` fails."),
    http_method("voice_fallback_method").doc("HTTP method for `voice_fallback_url`: `GET` or `POST`. Default: `POST`."),
    url("status_callback", Setting(Clears)).doc("URL to which Twilio reports the status of calls."),
    http_method("status_callback_method").doc("HTTP method for `status_callback`: `GET` or `POST`. Default: `POST`."),
    boolean("voice_caller_id_lookup", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Look up the caller's name, which costs extra for each call. Default: `false`."),
    url("sms_url", Setting(StartsEmpty)).doc(
        "URL that Twilio requests when a message arrives. Removing it keeps the URL that the app has: Twilio's API can set \
         another one and cannot clear it.",
    ),
    http_method("sms_method").doc("HTTP method for `sms_url`: `GET` or `POST`. Default: `POST`."),
    url("sms_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `sms_url` fails."),
    http_method("sms_fallback_method").doc("HTTP method for `sms_fallback_url`: `GET` or `POST`. Default: `POST`."),
    url("message_status_callback", Setting(Clears)).doc("URL to which Twilio reports the status of messages sent with this app."),
    boolean("public_application_connect_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Let other accounts call this app by its SID. Default: `false`."),
    text("api_version", Setting(DefaultsTo(Literal::Text("2010-04-01"))))
        .checks(&[Check::Known(&["2010-04-01", "2008-08-01"])])
        .doc("API version in which Twilio's requests to the webhooks are made: `2010-04-01`, or the older `2008-08-01`. Default: \
              `2010-04-01`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// URLs that Twilio's API sets and never clears.
const NEVER_CLEARED: &[&str] = &["voice_url", "sms_url"];

/// Left out, such a URL stays, as the page says. Set to an empty text it would be sent empty, and stay all the same.
fn refuse_to_clear_what_stays(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let (prior, planned) = (planning.prior, &*planning.planned);
        let is_cleared = |name: &&&str| {
            planned.attr(name).as_str() == Some("") && prior.attr(name).as_str().is_some_and(|url| !url.is_empty())
        };
        match NEVER_CLEARED.iter().find(is_cleared) {
            Some(name) if !planning.destroys => Err(cannot_be_cleared(name).into()),
            _ => Ok(()),
        }
    })
}

fn cannot_be_cleared(name: &'static str) -> Diagnostic {
    Diagnostic::error(
        format!("Twilio cannot take {name} off an app"),
        format!(
            "{name} is an empty text, and Twilio's API keeps the URL that the app has when it is sent one. Nothing was changed. \
             Leave {name} out to keep that URL, set another, or clear it in the Console. A new app without it has another SID, \
             which every number that refers to the app would have to follow: terraform apply -replace with the address of this \
             resource makes one."
        ),
    )
    .at_attribute(name)
}

/// Empty, `MessageStatusCallback` is ignored; `SmsStatusCallback` clears both.
fn clear_by_the_older_name(_: &Intent<'_>, parameters: &mut Parameters) {
    let is_empty = |value: &Json| value.is_null() || value.as_str() == Some("");
    if parameters.value("MessageStatusCallback").is_some_and(is_empty) {
        parameters.remove("MessageStatusCallback");
        parameters.set("SmsStatusCallback", Json::Null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Operation;
    use crate::framework::value::Value;

    #[test]
    fn only_clearing_the_message_callback_uses_its_older_name() {
        let nothing = Value::Null;
        let intent = Intent {
            resource: &TWIML_APP,
            operation: Operation::Update,
            prior: &nothing,
            planned: &nothing,
            config: &nothing,
        };
        for (value, name) in [
            (Json::Null, "SmsStatusCallback"),
            ("".into(), "SmsStatusCallback"),
            ("https://example.com".into(), "MessageStatusCallback"),
        ] {
            let mut parameters = Parameters::default();
            parameters.set("MessageStatusCallback", value);
            clear_by_the_older_name(&intent, &mut parameters);
            assert_eq!(parameters.names().collect::<Vec<_>>(), [name]);
        }
        let mut parameters = Parameters::default();
        clear_by_the_older_name(&intent, &mut parameters);
        assert!(parameters.is_empty());
    }
}
