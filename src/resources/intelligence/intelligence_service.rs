//! How recordings of calls become transcripts.
//! <https://www.twilio.com/docs/conversational-intelligence/api/service-resource>
//!
//! # Quirks
//! - `version` is left out, because it moves with each update, and so are the attached operators, which
//!   `twilio_intelligence_service_operator` has.

use super::codes::INTELLIGENCE;
use super::older;
use crate::engine::facts::Absent::{Clears, Keeps, Required};
use crate::engine::facts::Role::{Fixed, Setting};
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Field, Forewarning, Key, Managed, Moment, Object, On, Place, Plural, boolean, sid, text,
    timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_intelligence_service`.
pub const INTELLIGENCE_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_intelligence_service",
        noun: "Intelligence service",
        plural: Some(Plural {
            name: "twilio_intelligence_services",
            noun: "Intelligence services",
        }),
        category: Category::Intelligence,
        api_page: "https://www.twilio.com/docs/conversational-intelligence/api/service-resource",
        place: Place::at(Product::Intelligence, "/v2/Services", "/v2/Services/{sid}"),
        key: Key::Sid("GA"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        codes: &[INTELLIGENCE],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "How recordings of calls become transcripts: in which language, with what taken out, and who hears of it. The transcripts belong to \
          their service; `deletion_protection` refuses to destroy or replace it.",
    quirks: &[
        "Twilio transcribes each recording of the account once for each service with `auto_transcribe`, and bills each of them.",
        "A change of what is transcribed or redacted takes up to ten minutes to show.",
        "The account's owner has to accept Twilio's AI/ML Features Addendum in the Console before anything is transcribed.",
    ],
    forewarnings: &[
        Forewarning {
            moment: Moment::Begins("auto_transcribe", On::True),
            summary: "transcribes every recording of the account",
            detail: "From this apply on each recording of a call is transcribed, once for each service that does so, and billed by the minute: https://www.twilio.com/docs/conversational-intelligence",
        },
        Forewarning {
            moment: Moment::Replaced,
            summary: "is replaced, and its transcripts go with it",
            detail: "Twilio cannot change the language of a service, so that this one goes and another is made. Transcripts belong to their service: those that it has, and what its operators found, cannot be read any more. Keep what is needed before. To keep the service, leave language_code as it is, and make a second service for the other language; deletion_protection = true refuses a replacement.",
        },
    ],
    older_states: older::INTELLIGENCE_SERVICE,
    write: WriteHooks {
        validate: Some(media_needs_text),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("unique_name", Setting(Required))
        .checks(&[Check::NonEmpty])
        .doc("Name by which requests may call the service instead of its SID; no other service of the account has it."),
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(1, 64)])
        .doc("Name shown in the Console, up to 64 characters."),
    text("language_code", Fixed(Keeps))
        .checks(&[Check::NonEmpty])
        .doc(
            "Language of the calls, for example `de-DE`; without it `en-US`. Twilio cannot change it: a change replaces the service. Removing it \
             keeps the language. Calls in several languages need a service for each.",
        ),
    boolean("auto_transcribe", Setting(Keeps)).doc(
        "Whether every recording of the account is transcribed, which is billed by the minute; otherwise only what is requested. Removing it \
         keeps what the service has.",
    ),
    boolean("auto_redaction", Setting(Keeps)).doc(
        "Whether personal data is taken out of transcripts. Removing it keeps what the service has.",
    ),
    boolean("media_redaction", Setting(Keeps)).doc(
        "Whether personal data is taken out of the sound, too, which needs `auto_redaction`. Removing it keeps what the service has.",
    ),
    boolean("data_logging", Setting(Keeps)).doc(
        "Whether Twilio may use the data to improve its models. It can only be switched on in the Console, which asks for consent; `false` \
         switches it off. Removing it keeps what the service has.",
    ),
    url("webhook_url", Setting(Clears)).doc("URL that Twilio requests when a transcript is ready."),
    text("webhook_http_method", Setting(Keeps))
        .checks(&[Check::Known(&["GET", "POST", "NULL"])])
        .doc("HTTP method for `webhook_url`: `GET` or `POST`, or `NULL` for none. Removing it keeps what the service has."),
    sid("encryption_credential_sid", Setting(Keeps), &[Check::Sid("CR")]).doc(
        "SID of the public key credential (`CR…`) that transcripts are encrypted for. Removing it keeps the one that the service has.",
    ),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Twilio refuses redacted media beside a transcript that is not: <https://www.twilio.com/docs/voice/intelligence/api/service-resource>.
fn media_needs_text(config: &Value, diagnostics: &mut Diagnostics) {
    let is = |name, wanted| config.attr(name).as_bool() == Some(wanted);
    if is("media_redaction", true) && is("auto_redaction", false) {
        diagnostics.push(
            Diagnostic::error(
                "media_redaction needs auto_redaction",
                "Twilio takes personal data out of the sound only where it takes it out of the transcript. Set auto_redaction = true, or \
                 media_redaction = false.",
            )
            .at_attribute("media_redaction"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_are_redacted_only_with_their_transcripts() {
        let check = |text: Value, media: bool| {
            let config = Value::object([("auto_redaction", text), ("media_redaction", media.into())]);
            let mut diagnostics = Diagnostics::new();
            media_needs_text(&config, &mut diagnostics);
            diagnostics.has_errors()
        };
        assert!(check(false.into(), true));
        assert!(!check(true.into(), true) && !check(false.into(), false));
        assert!(!check(Value::Null, true), "the service may have it already");
        assert!(!check(Value::UNKNOWN, true), "it will be known");
    }
}
