//! What of a configuration, a state or an id a diagnostic may repeat: SIDs, phone numbers and country codes, which are no secrets
//! and tell objects apart. Everything else is free text, which may be a secret that Terraform's marks were taken off.

use serde_json::Value as Json;

use crate::engine::facts::Field;
use crate::engine::values::checks::e164;
use crate::engine::values::choices;
use crate::framework::value::Value;
use crate::twilio::{Sid, Values};

/// Whether a text may stand in a diagnostic: a SID, several joined by slashes as in an import id, a phone number, or the code of a
/// country, alone or behind a SID.
pub fn is_harmless(text: &str) -> bool {
    let is_known = |part: &str| part.parse::<Sid>().is_ok() || is_country(part);
    e164(text).is_ok() || text.split('/').all(is_known)
}

/// Two capital letters: no secret is so short.
fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The text, if it may stand in a diagnostic.
pub fn harmless(text: &str) -> Option<&str> {
    is_harmless(text).then_some(text)
}

/// A value in a sentence: "nothing", a number, a truth value, a SID; of another text only that it is one.
pub fn described(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => harmless(text).unwrap_or("a text").to_owned(),
        _ => "another value".to_owned(),
    }
}

/// `path` of a request with "…" for each part that is a free text of `object`, such as a name that is part of an address.
pub fn path(path: &str, object: &Value) -> String {
    let mut texts = Vec::new();
    collect(object, &mut texts);
    let parts = path.split('/').map(|part| {
        let plain = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
        // A version of the API is in most paths, and may be configured too.
        let is_version = part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let is_text = part.len() > 3 && !is_version && texts.contains(&plain.as_ref()) && !is_harmless(&plain);
        if is_text { "…" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The texts of `object`, to be taken out of Twilio's sentences about it: it may name an object by what it is called. What
/// Twilio alone sets, and no secret, is its own word, and so is what there is only a choice of.
pub fn values(attributes: &[Field], object: &Value) -> Values {
    let (mut named, mut secrets) = (Vec::new(), Vec::new());
    let free = attributes
        .iter()
        .filter(|attribute| attribute.is_configurable() || attribute.sensitive);
    for attribute in free {
        let (mut texts, choices) = (Vec::new(), choices::of(attribute));
        collect(object.attr(attribute.name), &mut texts);
        let within: Vec<_> = texts.iter().flat_map(|text| texts_in_json(text)).collect();
        let texts = texts.into_iter().map(str::to_owned).chain(within);
        let texts: Vec<_> = texts.filter(|text| !choices.contains(&text.as_str())).collect();
        if attribute.sensitive {
            secrets.extend(texts.iter().cloned());
        }
        secrets.extend(secrets_within(attribute.kind.inner(), object.attr(attribute.name)));
        named.extend(texts.into_iter().map(|text| (attribute.name.to_owned(), text)));
    }
    let secrets: Vec<_> = secrets.iter().map(String::as_str).collect();
    Values::named(named, &secrets)
}

/// The texts of the sensitive fields within an object or a list of objects.
fn secrets_within(inner: &[Field], value: &Value) -> Vec<String> {
    if let Some(items) = value.as_elements() {
        return items.iter().flat_map(|item| secrets_within(inner, item)).collect();
    }
    let mut secrets = Vec::new();
    for field in inner {
        let mut texts = Vec::new();
        if field.sensitive {
            collect(value.attr(field.name), &mut texts);
        }
        secrets.extend(texts.into_iter().map(str::to_owned));
        secrets.extend(secrets_within(field.kind.inner(), value.attr(field.name)));
    }
    secrets
}

/// The texts in a JSON text: Twilio may name any of them.
fn texts_in_json(text: &str) -> Vec<String> {
    fn leaves(json: Json, texts: &mut Vec<String>) {
        match json {
            Json::String(text) => texts.push(text),
            Json::Array(items) => items.into_iter().for_each(|item| leaves(item, texts)),
            Json::Object(members) => members.into_iter().for_each(|(_, member)| leaves(member, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    if text.starts_with(['{', '[']) || text.starts_with(char::is_whitespace) {
        leaves(serde_json::from_str(text).unwrap_or_default(), &mut texts);
    }
    texts
}

fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::List(items) | Value::Set(items) | Value::Tuple(items) => {
            items.iter().for_each(|item| collect(item, texts));
        }
        Value::Map(fields) | Value::Object(fields) => fields.values().for_each(|field| collect(field, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::{Observed, SecretOnce, Setting};
    use crate::engine::facts::{Check, text};

    const SID: &str = "MG0123456789abcdef0123456789abcdef";

    #[test]
    fn only_sids_and_phone_numbers_are_harmless() {
        for text in [SID, &format!("{SID}/{SID}"), "+14155550100"] {
            assert!(is_harmless(text), "{text}");
        }
        for text in ["", "hush", &format!("{SID}/hush"), &format!("{SID}x"), "+1415"] {
            assert!(!is_harmless(text), "{text}");
        }
    }

    #[test]
    fn what_twilio_set_and_what_there_is_a_choice_of_stay_in_its_sentences() {
        let attributes = [
            text("friendly_name", Setting(Clears)),
            text("usecase", Setting(Clears)).checks(&[Check::Known(&["marketing"])]),
            text("origin", Observed),
            text("secret", SecretOnce),
        ];
        let object = |usecase: &str| {
            Value::object([
                ("sid", SID.into()),
                ("friendly_name", "harvest".into()),
                ("usecase", usecase.into()),
                ("origin", "hosted".into()),
                ("secret", "0f1e2d3c4b5a".into()),
            ])
        };
        let said = format!("{SID} 'harvest', marketing, hosted, nonsense: 0f1e2d3c4b5a");
        assert_eq!(
            values(&attributes, &object("marketing")).taken_out(&said),
            format!("{SID} '(the value of friendly_name)', marketing, hosted, nonsense: (the value of secret)")
        );
        // What is none of the choices may be anything.
        let shown = values(&attributes, &object("nonsense")).taken_out(&said);
        assert!(shown.contains("marketing, hosted, (the value of usecase)"), "{shown}");
    }

    #[test]
    fn what_stands_in_a_json_text_is_taken_out_too() {
        let attributes = [text("rules", Setting(Clears))];
        let object = Value::object([("rules", r#" {"to": [{"name": "hush!", "n": 5}]}"#.into())]);
        assert_eq!(
            values(&attributes, &object).taken_out("hush! is no name"),
            "(the value of rules) is no name"
        );
        assert_eq!(texts_in_json("{ no JSON"), Vec::<String>::new());
    }

    #[test]
    fn a_path_keeps_its_sids_and_loses_names() {
        let object = Value::object([
            ("sid", SID.into()),
            ("type", "com.my secret".into()),
            ("api_version", "2010-04-01".into()),
        ]);
        assert_eq!(
            path(&format!("/2010-04-01/X/{SID}/Types/com.my%20secret"), &object),
            format!("/2010-04-01/X/{SID}/Types/…")
        );
    }
}
