//! A Verify service: settings that verifications share. <https://www.twilio.com/docs/verify/api/service>
//!
//! What surprised us: nested settings are written with dots (`Totp.TimeStep`) and read as objects; the origins of a
//! passkey's relying party are written as one text with commas and read as a list; settings that nobody made are answered as
//! an object of nulls.

use crate::engine::facts::Absent::{Clears, DefaultsInside, DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{ReadHooks, WriteHooks};
use crate::engine::facts::{
    Check, Field, Intent, Key, Kind, Literal, Managed, Object, Omitted, Parameters, Place, Plural, Properties, boolean,
    int, list, object, sid, text, timestamp,
};
use serde_json::Value as Json;

use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::value::Value;
use crate::twilio::Product;

use super::older;

/// `twilio_verify_service`.
pub const VERIFY_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_verify_service",
        noun: "Verify service",
        plural: Some(Plural {
            name: "twilio_verify_services",
            noun: "Verify services",
        }),
        category: "Verify",
        api_page: "https://www.twilio.com/docs/verify/api/service",
        place: Place::at(Product::Verify, "/v2/Services", "/v2/Services/{sid}"),
        key: Key::Sid("VA"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        read: ReadHooks {
            decode: Some(unset_is_null),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A Verify service: the settings that the verifications of one application share, such as the length of codes and the \
          channels' own settings.",
    omitted: &[Omitted {
        parameter: "Push.IncludeDate",
        reason: "Twilio marks it deprecated and asks not to use it",
    }],
    older_states: older::VERIFY_SERVICE,
    write: WriteHooks {
        encode: Some(join_origins),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 30)])
        .doc("Name of the application as it stands in messages, up to 30 characters. Changes in place."),
    int("code_length", Setting(DefaultsTo(Literal::Int(6))))
        .checks(&[Check::Range(4, 10)])
        .doc("Digits in a code, `4` to `10`. Default: `6`."),
    boolean("lookup_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Look up each phone number that is verified, which costs extra. Default: `false`."),
    boolean("skip_sms_to_landlines", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Send no SMS to landlines. Needs `lookup_enabled`. Default: `false`."),
    boolean("dtmf_input_required", Setting(DefaultsTo(Literal::Bool(true))))
        .doc("Ask the person to press a key before a code is read out in a call. Default: `true`."),
    text("tts_name", Setting(Clears)).doc("Name of another text-to-speech service for calls."),
    boolean("psd2_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Send the transaction parameters that PSD2 demands with each verification. Default: `false`."),
    boolean(
        "do_not_share_warning_enabled",
        Setting(DefaultsTo(Literal::Bool(false))),
    )
    .doc("Add a warning not to share the code to each SMS. Default: `false`."),
    boolean("custom_code_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Allow codes that the application makes itself. Default: `false`."),
    boolean(
        "verify_event_subscription_enabled",
        Setting(DefaultsTo(Literal::Bool(false))),
    )
    .doc("Send the service's events to event streams. Default: `false`."),
    sid("default_template_sid", Setting(Clears), &[Check::Sid("HJ")]).doc("SID of the template for SMS (`HJ…`)."),
    object("push", Setting(Clears), PUSH).doc("Settings of push factors. Removing them clears each."),
    object("totp", Setting(DefaultsInside), TOTP)
        .doc("Settings of time-based one-time passwords. Removing them sets each to its default, but for `issuer`."),
    object("whatsapp", Setting(Clears), WHATSAPP).doc("Settings of the WhatsApp channel. Removing them clears each."),
    object("passkeys", Setting(Clears), PASSKEYS).doc("Settings of passkeys. Removing them clears each."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const PUSH: &[Field] = &[
    sid("apn_credential_sid", Setting(Clears), &[Check::Sid("CR")])
        .doc("SID of the credential for Apple's push service (`CR…`)."),
    sid("fcm_credential_sid", Setting(Clears), &[Check::Sid("CR")]).doc("SID of the credential for Firebase (`CR…`)."),
];

const TOTP: &[Field] = &[
    text("issuer", Setting(Keeps))
        .doc("Issuer shown in authenticator apps. A service that is made without one has its `friendly_name`. Removing it keeps \
              the issuer that the service has."),
    int("time_step", Setting(DefaultsTo(Literal::Int(30))))
        .checks(&[Check::Range(20, 60)])
        .doc("Seconds between codes, `20` to `60`. Default: `30`."),
    int("code_length", Setting(DefaultsTo(Literal::Int(6))))
        .checks(&[Check::Range(3, 8)])
        .doc("Digits in a code, `3` to `8`. Default: `6`."),
    int("skew", Setting(DefaultsTo(Literal::Int(1))))
        .checks(&[Check::Range(0, 2)])
        .doc("Time steps before and after the current one whose codes are accepted, `0` to `2`. Default: `1`."),
];

const WHATSAPP: &[Field] = &[
    sid("msg_service_sid", Setting(Clears), &[Check::Sid("MG")])
        .doc("SID of the messaging service with the WhatsApp senders (`MG…`)."),
    text("from", Setting(Clears))
        .doc("The WhatsApp sender, for example `whatsapp:+14155550100`. It must be in `msg_service_sid`."),
];

const PREFERENCES: &[&str] = &["required", "preferred", "discouraged"];

const PASSKEYS: &[Field] = &[
    object("relying_party", Setting(Clears), RELYING_PARTY)
        .doc("The application that passkeys are for. Removing it clears each of its settings."),
    text("authenticator_attachment", Setting(Clears))
        .checks(&[Check::Known(&["platform", "cross-platform", "any"])])
        .doc("Kind of authenticator: `platform`, `cross-platform` or `any`."),
    text("discoverable_credentials", Setting(Clears))
        .checks(&[Check::Known(PREFERENCES)])
        .doc("Whether passkeys must be discoverable: `required`, `preferred` or `discouraged`."),
    text("user_verification", Setting(Clears))
        .checks(&[Check::Known(PREFERENCES)])
        .doc("Whether the user is verified: `required`, `preferred` or `discouraged`."),
];

const RELYING_PARTY: &[Field] = &[
    text("id", Setting(Clears)).doc("Domain of the application, for example `example.com`."),
    text("name", Setting(Clears)).doc("Name of the application."),
    list("origins", Setting(Clears), &Kind::Text)
        .doc("Origins from which passkeys may be used, for example `login.example.com`."),
];

/// Twilio takes the origins as one text with commas, not as a repeated parameter.
/// <https://www.twilio.com/docs/verify/api/service>
fn join_origins(_: &Intent<'_>, parameters: &mut Parameters) {
    const NAME: &str = "Passkeys.RelyingParty.Origins";
    if let Some(Json::Array(origins)) = parameters.value(NAME) {
        let joined = origins.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(",");
        parameters.set(NAME, joined);
    }
}

/// Settings that nobody made, Twilio answers as an object of nulls. Taken at its word, such an object would be one that is
/// configured: an imported service would plan to take it out.
fn unset_is_null(answer: &mut Properties, base: &Value) {
    say_nothing_as_null(FIELDS, answer, base);
}

fn say_nothing_as_null(attributes: &[Field], answer: &mut Properties, base: &Value) {
    for attribute in attributes {
        let (Kind::Object(inner), Some(told)) = (attribute.kind, answer.get_mut(attribute.read_path())) else {
            continue;
        };
        let base = base.attr(attribute.name);
        if !base.is_known() && says_nothing(inner, told) {
            *told = Json::Null;
        } else if let Json::Object(fields) = told {
            say_nothing_as_null(inner, fields, base);
        }
    }
}

/// Whether an answer has no value for any of `attributes`.
fn says_nothing(attributes: &[Field], told: &Json) -> bool {
    attributes
        .iter()
        .all(|attribute| match (attribute.kind, told.get(attribute.read_path())) {
            (_, None | Some(Json::Null)) => true,
            (Kind::Object(inner), Some(told)) => says_nothing(inner, told),
            (_, Some(Json::String(text))) => text.is_empty(),
            (_, Some(Json::Array(items))) => items.is_empty(),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Operation;

    #[test]
    fn settings_that_nobody_made_are_null_unless_they_are_configured_so() {
        let told = json!({
            "push": {"include_date": false, "apn_credential_sid": null, "fcm_credential_sid": ""},
            "totp": {"issuer": null, "time_step": 30},
            "passkeys": {"relying_party": {"id": null, "origins": []}, "user_verification": ""},
        });
        let decoded = |base: Value| {
            let mut answer = told.as_object().cloned().expect("an object");
            unset_is_null(&mut answer, &base);
            ["push", "totp", "passkeys"].map(|name| answer[name].is_null())
        };
        assert_eq!(decoded(Value::Null), [true, false, true]);
        let configured = Value::object([("push", Value::object([("apn_credential_sid", Value::Null)]))]);
        assert_eq!(decoded(configured), [false, false, true]);

        let mut part =
            json!({"passkeys": {"relying_party": {"id": null, "origins": []}, "user_verification": "required"}});
        let part = part.as_object_mut().expect("an object");
        unset_is_null(part, &Value::Null);
        assert_eq!(
            part["passkeys"]["relying_party"],
            Json::Null,
            "also inside of what is set"
        );
    }

    #[test]
    fn origins_are_written_as_one_text() {
        let mut parameters = Parameters::default();
        parameters.set(
            "Passkeys.RelyingParty.Origins",
            json!(["a.example.com", "b.example.com"]),
        );
        let nothing = Value::Null;
        let intent = Intent {
            resource: &VERIFY_SERVICE,
            operation: Operation::Create,
            prior: &nothing,
            planned: &nothing,
            config: &nothing,
        };
        join_origins(&intent, &mut parameters);
        assert_eq!(
            parameters.value("Passkeys.RelyingParty.Origins"),
            Some(&json!("a.example.com,b.example.com"))
        );
    }
}
