//! What Twilio does with calls and messages that arrive at a number: the same attributes in `twilio_phone_number` and
//! `twilio_phone_number_webhooks`. <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>
//!
//! # Quirks
//! - A trunk or an application makes Twilio ignore the URLs without clearing them.
//! - Setting a trunk clears the voice application, and the other way round.
//! - A trunk also takes numbers through an API of its own. Who manages trunks elsewhere must not lose them to a plan that does not
//!   mention them.

use serde_json::Value as Json;

use crate::engine::facts::Absent::{ClearedBy, Clears, DefaultsTo, StartsEmpty};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::Planning;
use crate::engine::facts::{Check, Field, Intent, Literal, Parameters, boolean, http_method, sid, text, url};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// All of them, in documentation order.
pub const ALL: &[Field] = &[
    VOICE_URL,
    VOICE_METHOD,
    VOICE_FALLBACK_URL,
    VOICE_FALLBACK_METHOD,
    VOICE_APPLICATION_SID,
    TRUNK_SID,
    VOICE_CALLER_ID_LOOKUP,
    VOICE_RECEIVE_MODE,
    STATUS_CALLBACK,
    STATUS_CALLBACK_METHOD,
    SMS_URL,
    SMS_METHOD,
    SMS_FALLBACK_URL,
    SMS_FALLBACK_METHOD,
    SMS_APPLICATION_SID,
];

/// URL that answers a call.
const VOICE_URL: Field = url("voice_url", Setting(Clears))
    .doc("URL that Twilio requests when a call arrives. Not used while `voice_application_sid` or `trunk_sid` is set.");

/// Method of [`VOICE_URL`].
const VOICE_METHOD: Field =
    http_method("voice_method").doc("HTTP method for `voice_url`: `GET` or `POST`. Default: `POST`.");

/// URL for failures.
const VOICE_FALLBACK_URL: Field =
    url("voice_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `voice_url` fails.");

/// Method of [`VOICE_FALLBACK_URL`].
const VOICE_FALLBACK_METHOD: Field =
    http_method("voice_fallback_method").doc("HTTP method for `voice_fallback_url`: `GET` or `POST`. Default: `POST`.");

/// Application that answers a call. An empty text takes it off: a number without one has an empty text there, and
/// <https://github.com/twilio/twilio-cli-core/issues/57> is about just that.
const VOICE_APPLICATION_SID: Field = sid(
    "voice_application_sid",
    Setting(ClearedBy(Literal::Text(""))),
    &[Check::Sid("AP")],
)
.doc("SID of the TwiML app that takes calls (`AP…`) in place of the voice URLs. Not together with `trunk_sid`.");

/// Trunk that takes calls.
const TRUNK_SID: Field = sid("trunk_sid", Setting(StartsEmpty), &[Check::Sid("TK")]).doc(
    "SID of the SIP trunk that takes calls (`TK…`) in place of the voice URLs. Not together with `voice_application_sid`, which \
     displaces a trunk. Removing it keeps the trunk that the number has, for a trunk can take a number by itself; an empty \
     text takes the number off its trunk.",
);

/// Caller's name.
const VOICE_CALLER_ID_LOOKUP: Field = boolean("voice_caller_id_lookup", Setting(DefaultsTo(Literal::Bool(false))))
    .doc("Look up the caller's name, which costs extra for each call. Default: `false`.");

/// Voice or fax.
const VOICE_RECEIVE_MODE: Field = text("voice_receive_mode", Setting(DefaultsTo(Literal::Text("voice"))))
    .checks(&[Check::Known(&["voice", "fax"])])
    .doc("What arriving calls are taken for: `voice` or `fax`. Default: `voice`.");

/// Status of calls.
const STATUS_CALLBACK: Field =
    url("status_callback", Setting(Clears)).doc("URL to which Twilio reports the status of calls.");

/// Method of [`STATUS_CALLBACK`].
const STATUS_CALLBACK_METHOD: Field =
    http_method("status_callback_method").doc("HTTP method for `status_callback`: `GET` or `POST`. Default: `POST`.");

/// URL that answers a message.
const SMS_URL: Field = url("sms_url", Setting(Clears)).doc(
    "URL that Twilio requests when a message arrives. Not used while `sms_application_sid` is set or the number is in a \
     messaging service that takes its messages.",
);

/// Method of [`SMS_URL`].
const SMS_METHOD: Field = http_method("sms_method").doc("HTTP method for `sms_url`: `GET` or `POST`. Default: `POST`.");

/// URL for failures.
const SMS_FALLBACK_URL: Field =
    url("sms_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `sms_url` fails.");

/// Method of [`SMS_FALLBACK_URL`].
const SMS_FALLBACK_METHOD: Field =
    http_method("sms_fallback_method").doc("HTTP method for `sms_fallback_url`: `GET` or `POST`. Default: `POST`.");

/// Application that answers a message. Taken off as [`VOICE_APPLICATION_SID`].
const SMS_APPLICATION_SID: Field = sid(
    "sms_application_sid",
    Setting(ClearedBy(Literal::Text(""))),
    &[Check::Sid("AP")],
)
.doc("SID of the TwiML app that takes messages (`AP…`) in place of the SMS URLs.");

/// Twilio parameters that both resources leave out because they do nothing.
pub const DEAD_EMERGENCY_STATUS: crate::engine::facts::Omitted = crate::engine::facts::Omitted {
    parameter: "EmergencyStatus",
    reason: "Twilio has ignored it since October 2021; emergency_address_sid does what it did",
};

/// Who takes calls in a plan: a configured application displaces a trunk that is not configured; and as long as there is such a
/// trunk, a URL that is new says so.
pub fn plan_handlers(planning: &mut Planning<'_>) {
    if planning.planned.is_null() || !planning.config.attr("trunk_sid").is_null() {
        return;
    }
    if !planning.config.attr("voice_application_sid").is_null() {
        planning.planned.set_attr("trunk_sid", Value::Null);
        return;
    }
    let (prior, planned) = (planning.prior, &*planning.planned);
    let Some(trunk) = planned.attr("trunk_sid").as_str().filter(|sid| !sid.is_empty()) else {
        return;
    };
    let url = planned.attr("voice_url");
    if url.is_known() && url != prior.attr("voice_url") {
        planning.warnings.add(trunk_takes_calls(trunk));
    }
}

/// Said of a URL that does nothing as long as the number is on a trunk that the configuration does not mention.
pub fn trunk_takes_calls(trunk: &str) -> Diagnostic {
    Diagnostic::warning(
        "The trunk of the number takes its calls, and voice_url is not used",
        format!(
            "The number is on SIP trunk {trunk}, which this configuration does not mention and therefore keeps. Set trunk_sid = \
             \"\" to take the number off it."
        ),
    )
    .at_attribute("voice_url")
}

/// As a operation of a hook: see [`clear_one_handler_at_most`].
pub fn encode(_: &Intent<'_>, parameters: &mut Parameters) {
    clear_one_handler_at_most(parameters);
}

/// "Setting a `voice_application_sid` will automatically delete your `trunk_sid` and vice versa" (Twilio's page above): the
/// one that goes need not be cleared, and clearing it in the same request could be taken for setting it.
pub fn clear_one_handler_at_most(parameters: &mut Parameters) {
    for (set, cleared) in [("TrunkSid", "VoiceApplicationSid"), ("VoiceApplicationSid", "TrunkSid")] {
        if !is_empty(parameters.value(set)) && is_empty(parameters.value(cleared)) {
            parameters.remove(cleared);
        }
    }
}

fn is_empty(value: Option<&Json>) -> bool {
    value.is_none_or(|value| value.is_null() || value.as_str() == Some(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handler_that_another_displaces_is_not_cleared_by_us() {
        let check = |pairs: &[(&str, &str)], expected: &[&str]| {
            let mut parameters = Parameters::default();
            for (name, value) in pairs {
                parameters.set(*name, *value);
            }
            clear_one_handler_at_most(&mut parameters);
            assert_eq!(parameters.names().collect::<Vec<_>>(), expected);
        };
        check(&[("TrunkSid", "TK1"), ("VoiceApplicationSid", "")], &["TrunkSid"]);
        check(
            &[("TrunkSid", ""), ("VoiceApplicationSid", "AP1")],
            &["VoiceApplicationSid"],
        );
        check(
            &[("TrunkSid", ""), ("VoiceUrl", "https://example.com")],
            &["TrunkSid", "VoiceUrl"],
        );
    }
}
