//! Verify services: dotted parameters become nested objects, with documented defaults and limits.
//! <https://www.twilio.com/docs/verify/api/service>
//!
//! A parameter that an update does not send keeps its value, also inside an object. What Twilio does not take is refused with
//! code 60200 and the name of the parameter (<https://www.twilio.com/docs/api/errors/60200>).

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// Most characters of a name; the error page and the response say 30, the parameter's description says 32.
const MOST_NAME_CHARACTERS: usize = 30;

/// Numbers and their limits.
const NUMBERS: [(&str, RangeInclusive<i64>); 4] = [
    ("CodeLength", 4..=10),
    ("Totp.TimeStep", 20..=60),
    ("Totp.CodeLength", 3..=8),
    ("Totp.Skew", 0..=2),
];

/// Texts that are one of a few words or empty.
const WORDS: [(&str, &[&str]); 3] = [
    (
        "Passkeys.AuthenticatorAttachment",
        &["platform", "cross-platform", "any"],
    ),
    (
        "Passkeys.DiscoverableCredentials",
        &["required", "preferred", "discouraged"],
    ),
    ("Passkeys.UserVerification", &["required", "preferred", "discouraged"]),
];

/// Members of nested objects: parameter, where the value is shown.
const NESTED: [(&str, &[&str]); 15] = [
    ("Push.IncludeDate", &["push", "include_date"]),
    ("Push.ApnCredentialSid", &["push", "apn_credential_sid"]),
    ("Push.FcmCredentialSid", &["push", "fcm_credential_sid"]),
    ("Totp.Issuer", &["totp", "issuer"]),
    ("Totp.TimeStep", &["totp", "time_step"]),
    ("Totp.CodeLength", &["totp", "code_length"]),
    ("Totp.Skew", &["totp", "skew"]),
    ("Whatsapp.MsgServiceSid", &["whatsapp", "msg_service_sid"]),
    ("Whatsapp.From", &["whatsapp", "from"]),
    ("Passkeys.RelyingParty.Id", &["passkeys", "relying_party", "id"]),
    ("Passkeys.RelyingParty.Name", &["passkeys", "relying_party", "name"]),
    (
        "Passkeys.RelyingParty.Origins",
        &["passkeys", "relying_party", "origins"],
    ),
    (
        "Passkeys.AuthenticatorAttachment",
        &["passkeys", "authenticator_attachment"],
    ),
    (
        "Passkeys.DiscoverableCredentials",
        &["passkeys", "discoverable_credentials"],
    ),
    ("Passkeys.UserVerification", &["passkeys", "user_verification"]),
];

/// Objects that a service shows.
const OBJECTS: [&str; 4] = ["push", "totp", "whatsapp", "passkeys"];

/// Services of verify v2.
pub struct Services;

impl Behaviour for Services {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        check(params)?;
        check_email(&email(ctx, None))?;
        for (name, value) in defaults() {
            if !params.has(name) {
                params.set(name, value);
            }
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        keep_email(object, email(ctx, None));
        let issuer = object.body.get("friendly_name").cloned().unwrap_or_default();
        object.set(
            "push",
            json!({"include_date": false, "apn_credential_sid": null, "fcm_credential_sid": null}),
        );
        object.set(
            "totp",
            json!({"issuer": issuer, "time_step": 30, "code_length": 6, "skew": 1}),
        );
        object.set("whatsapp", json!({"msg_service_sid": null, "from": null}));
        object.set(
            "passkeys",
            json!({
                "relying_party": {"id": null, "name": null, "origins": null},
                "authenticator_attachment": null,
                "discoverable_credentials": null,
                "user_verification": null,
            }),
        );
        nest(params, &mut object.body);
        clear(&mut object.body);
        Ok(())
    }

    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        check(params)?;
        check_email(&email(ctx, Some(object)))
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, params: &Params, object: &mut Object) -> Outcome {
        keep_email(object, email(ctx, Some(before)));
        for name in OBJECTS {
            object.set(name, before.body.get(name).cloned().unwrap_or_default());
        }
        nest(params, &mut object.body);
        clear(&mut object.body);
        Ok(())
    }
}

/// What a service needs to send emails: all three or none of them (<https://www.twilio.com/docs/api/errors/60253>). They are newer than the
/// contract, so no response shows them; they stand among what `/_simulator/objects` shows as hidden.
const EMAIL: [&str; 3] = ["Email.From", "Email.FromName", "Email.ContentTemplateId"];

/// The email settings as they are after a request: what it sends, else what was there.
fn email(ctx: &Ctx<'_>, before: Option<&Object>) -> [Option<String>; 3] {
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&ctx.request.body).unwrap_or_default();
    EMAIL.map(|name| {
        let sent = form.iter().find(|(sent, _)| sent == name);
        let kept = || before?.hidden.get(name)?.as_str().map(str::to_owned);
        sent.map(|(_, text)| text.clone())
            .or_else(kept)
            .filter(|text| !text.is_empty())
    })
}

fn check_email(email: &[Option<String>; 3]) -> Outcome {
    let set = email.iter().flatten().count();
    match set == 0 || set == EMAIL.len() {
        true => Ok(()),
        false => Err(ApiError::new(400, 60253, "Email settings are incomplete")),
    }
}

fn keep_email(object: &mut Object, email: [Option<String>; 3]) {
    for (name, text) in EMAIL.iter().zip(email) {
        match text {
            Some(text) => object.hidden.insert((*name).to_owned(), text.into()),
            None => object.hidden.shift_remove(*name),
        };
    }
}

/// Whether a service is set up to send emails.
pub(super) fn sends_email(service: &Object) -> bool {
    EMAIL.iter().all(|name| service.hidden.contains_key(*name))
}

fn defaults() -> [(&'static str, Value); 8] {
    [
        ("CodeLength", json!(6)),
        ("LookupEnabled", json!(false)),
        ("SkipSmsToLandlines", json!(false)),
        ("DtmfInputRequired", json!(true)),
        ("Psd2Enabled", json!(false)),
        ("DoNotShareWarningEnabled", json!(false)),
        ("CustomCodeEnabled", json!(false)),
        ("VerifyEventSubscriptionEnabled", json!(false)),
    ]
}

fn check(params: &Params) -> Outcome {
    let refuse = |name: &str| Err(ApiError::new(400, 60200, format!("Invalid parameter: {name}")));
    if params.text("FriendlyName").is_some_and(|name| !is_name(name)) {
        return refuse("FriendlyName");
    }
    for (name, range) in NUMBERS {
        if params.integer(name).is_some_and(|number| !range.contains(&number)) {
            return refuse(name);
        }
    }
    for (name, words) in WORDS {
        if params
            .text(name)
            .is_some_and(|word| !word.is_empty() && !words.contains(&word))
        {
            return refuse(name);
        }
    }
    Ok(())
}

/// Letters, numbers, spaces, dashes and underscores. Twilio's page also says "no phone numbers", and nowhere what it takes for
/// one; nothing is refused for that here.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    !name.trim().is_empty() && name.chars().count() <= MOST_NAME_CHARACTERS && name.chars().all(allowed)
}

fn nest(params: &Params, body: &mut Body) {
    for (name, place) in NESTED {
        let Some(value) = params.value(name) else { continue };
        let value = match (name, value.as_str()) {
            ("Passkeys.RelyingParty.Origins", Some("")) => Value::Null,
            ("Passkeys.RelyingParty.Origins", Some(list)) => list.split(',').map(str::trim).collect(),
            // Texts that name nothing any more.
            (name, Some("")) if !name.starts_with("Passkeys.") => Value::Null,
            _ => value.clone(),
        };
        if let Some(slot) = slot(body, place) {
            *slot = value;
        }
    }
}

fn slot<'b>(body: &'b mut Body, place: &[&str]) -> Option<&'b mut Value> {
    let (first, rest) = place.split_first()?;
    let mut slot = body.entry(*first).or_insert(Value::Null);
    for name in rest {
        // What was added from outside may lack the object.
        if !slot.is_object() {
            *slot = Value::Object(Body::new());
        }
        slot = slot.as_object_mut()?.entry(*name).or_insert(Value::Null);
    }
    Some(slot)
}

/// An empty text takes these away.
fn clear(body: &mut Body) {
    for name in ["tts_name", "default_template_sid"] {
        if let Some(value) = body.get_mut(name)
            && value.as_str() == Some("")
        {
            *value = Value::Null;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_of_few_characters() {
        for name in [
            "My service",
            "a_b-c 2024",
            "Größe",
            "x 12345",
            "1a2b3c4d5",
            &"x".repeat(30),
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "  ", "a.b", "https://example.com", &"x".repeat(31)] {
            assert!(!is_name(name), "{name}");
        }
    }
}
