//! Keeping secrets out of logs and errors: by the name of the field, and by value for those the client knows.

use std::sync::{PoisonError, RwLock};

use serde_json::{Map, Value};

use super::request::{Body, Effect, Request, encode_form};
use super::secret::Secret;

/// Stands where a secret was.
const MARK: &str = "(redacted)";

/// Values shorter than this are not searched for: they would black out every text.
const SHORTEST: usize = 4;

/// Secrets that a request carried are searched for in texts about other requests from this length on.
const SHORTEST_ANYWHERE: usize = 8;

/// Parts of names, without case and punctuation, whose values are not shown.
const SENSITIVE: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "privatekey",
    "credential",
    "certificate",
    "apikey",
    "authorization",
    "encryptionkey",
    "signingkey",
    "smartkey",
    "writekey",
    "externalid",
];

/// Ends of names whose values only point at a secret.
const POINTERS: &[&str] = &["sid", "sids", "url", "uri", "ttl", "type"];

/// Whether a field of this name holds something that must not be shown.
pub fn is_sensitive(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    SENSITIVE.iter().any(|part| plain.contains(part)) && !POINTERS.iter().any(|end| plain.ends_with(end))
}

/// Knows every secret that the client holds.
#[derive(Default)]
pub(super) struct Redactor {
    known: RwLock<Vec<Secret>>,
}

impl Redactor {
    /// From now on this value is not shown.
    pub(super) fn learn(&self, secret: &Secret) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if secret.expose().len() >= SHORTEST && !known.contains(secret) {
            known.push(secret.clone());
        }
    }

    /// From now on the secrets that this request carries are shown nowhere, also not in answers to other requests. Short ones
    /// are left to their names: they may be parts of anything.
    pub(super) fn learn_from(&self, request: &Request) {
        if request.effect != Effect::Read {
            carried(request)
                .iter()
                .filter(|secret| secret.expose().len() >= SHORTEST_ANYWHERE)
                .for_each(|secret| self.learn(secret));
        }
    }

    /// A text without any known secret, plain, form-encoded or JSON-escaped.
    pub(super) fn text(&self, text: &str) -> String {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let text = known
            .iter()
            .fold(text.to_owned(), |text, secret| without(text, secret.expose()));
        without_user_info(text)
    }

    /// A text about a request, for example Twilio's complaint, without the secrets that the request carried either.
    pub(super) fn text_about(&self, request: &Request, text: &str) -> String {
        let text = self.text(text);
        carried(request)
            .iter()
            .fold(text, |text, secret| without(text, secret.expose()))
    }

    /// The parameters of a request, for a log.
    pub(super) fn request(&self, request: &Request) -> String {
        let query = self.form(&request.query);
        let body = match &request.body {
            Body::None => String::new(),
            Body::Form(pairs) => self.form(pairs),
            Body::Json(value) => self.json(value),
        };
        match (query.is_empty(), body.is_empty()) {
            (true, _) => body,
            (false, true) => format!("?{query}"),
            (false, false) => format!("?{query} {body}"),
        }
    }

    /// A JSON value, for a log.
    pub(super) fn json(&self, value: &Value) -> String {
        self.text(&by_name(value).to_string())
    }

    /// The parameters of a request by name, for a record; a name that is sent several times has a list.
    pub(super) fn parameters(&self, request: &Request) -> Value {
        let carried = carried(request);
        let clean = |text: &str| {
            let text = self.text(text);
            carried.iter().fold(text, |text, secret| without(text, secret.expose()))
        };
        let mut parameters = Map::new();
        let form: &[(String, String)] = match &request.body {
            Body::Form(pairs) => pairs,
            Body::None | Body::Json(_) => &[],
        };
        for (name, value) in request.query.iter().chain(form) {
            add(&mut parameters, name, Value::from(clean(&pair(name, value))));
        }
        match &request.body {
            Body::Json(Value::Object(body)) => {
                for (name, value) in body {
                    let hidden = is_sensitive(name) && !value.is_null();
                    let shown = if hidden { Value::from(MARK) } else { by_name(value) };
                    add(&mut parameters, name, cleaned(shown, &clean));
                }
            }
            Body::Json(other) => add(&mut parameters, "(body)", cleaned(by_name(other), &clean)),
            Body::None | Body::Form(_) => {}
        }
        Value::Object(parameters)
    }

    fn form(&self, pairs: &[(String, String)]) -> String {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| (name.clone(), pair(name, value)))
            .collect();
        pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", self.text(value)))
            .collect::<Vec<_>>()
            .join("&")
    }
}

fn add(parameters: &mut Map<String, Value>, name: &str, value: Value) {
    match parameters.get_mut(name) {
        None => {
            parameters.insert(name.to_owned(), value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// The same value with every text in it passed through `clean`.
fn cleaned(value: Value, clean: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::from(clean(&text)),
        Value::Array(items) => items.into_iter().map(|item| cleaned(item, clean)).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (clean(&name), cleaned(value, clean)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

fn pair(name: &str, value: &str) -> String {
    if is_sensitive(name) {
        return MARK.to_owned();
    }
    inner_json(value).map_or_else(|| value.to_owned(), |inner| by_name(&inner).to_string())
}

/// Twilio puts JSON texts into form fields and into JSON strings.
fn inner_json(text: &str) -> Option<Value> {
    let starts_like_one = text.trim_start().starts_with(['{', '[']);
    starts_like_one.then(|| serde_json::from_str(text).ok()).flatten()
}

fn by_name(value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(
            object
                .iter()
                .map(|(name, value)| {
                    let hidden = is_sensitive(name) && !value.is_null();
                    (name.clone(), if hidden { Value::from(MARK) } else { by_name(value) })
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(by_name).collect()),
        Value::String(text) => match inner_json(text) {
            Some(inner) => Value::from(by_name(&inner).to_string()),
            None => value.clone(),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// Values under sensitive names in a request, and what addresses in it sign in with.
fn carried(request: &Request) -> Vec<Secret> {
    let mut found = Vec::new();
    let mut take_pairs = |pairs: &[(String, String)]| {
        for (name, value) in pairs {
            if is_sensitive(name) {
                found.push(Secret::from(value.as_str()));
            } else if let Some(inner) = inner_json(value) {
                collect(&inner, false, &mut found);
            } else {
                found.extend(user_infos(value).into_iter().map(Secret::from));
            }
        }
    };
    take_pairs(&request.query);
    match &request.body {
        Body::None => {}
        Body::Form(pairs) => take_pairs(pairs),
        Body::Json(value) => collect(value, false, &mut found),
    }
    found.retain(|secret| secret.expose().len() >= SHORTEST);
    found
}

fn collect(value: &Value, hidden: bool, found: &mut Vec<Secret>) {
    match value {
        Value::Object(object) => {
            object
                .iter()
                .for_each(|(name, value)| collect(value, hidden || is_sensitive(name), found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, hidden, found)),
        Value::String(text) if hidden => found.push(Secret::from(text.as_str())),
        Value::String(text) => {
            if let Some(inner) = inner_json(text) {
                collect(&inner, false, found);
            } else {
                found.extend(user_infos(text).into_iter().map(Secret::from));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn without(text: String, secret: &str) -> String {
    let encoded = encode_form(&[(String::new(), secret.to_owned())]);
    let encoded = encoded.trim_start_matches('=');
    let escaped = Value::from(secret).to_string();
    let escaped = escaped.trim_matches('"');
    let mut text = text;
    for form in [secret, encoded, escaped] {
        if form.len() >= SHORTEST && text.contains(form) {
            text = text.replace(form, MARK);
        }
    }
    text
}

/// Where in the text behind `://` the part before `@` ends, if the address has one.
fn user_info_end(behind: &str) -> Option<usize> {
    let end = behind
        .find(['/', '?', '#', '"', '\'', ' ', '\\', '<', '>'])
        .unwrap_or(behind.len());
    behind.get(..end).and_then(|authority| authority.rfind('@'))
}

/// The `user:password` of each address in a text.
fn user_infos(text: &str) -> Vec<&str> {
    let behind = text.split("://").skip(1);
    behind.filter_map(|part| part.get(..user_info_end(part)?)).collect()
}

/// Hides `user:password@` in addresses, as webhooks often have it.
fn without_user_info(text: String) -> String {
    if !text.contains("://") || !text.contains('@') {
        return text;
    }
    let mut parts = text.split("://");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        clean.push_str("://");
        match user_info_end(part) {
            Some(at) => {
                clean.push_str(MARK);
                clean.push_str(part.get(at..).unwrap_or_default());
            }
            None => clean.push_str(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{AccountSid, Product};
    use proptest::prelude::*;
    use serde_json::json;

    fn account() -> AccountSid {
        "AC0123456789abcdef0123456789abcdef".parse().expect("valid")
    }

    #[test]
    fn names_decide_whatever_their_case() {
        for name in [
            "auth_token",
            "AuthToken",
            "Secret",
            "client_secret",
            "Password",
            "PrivateKey",
            "Credentials",
        ] {
            assert!(is_sensitive(name), "{name}");
        }
        for name in [
            "FriendlyName",
            "CredentialSid",
            "credential_list_sid",
            "TokenTtl",
            "sid",
            "status",
        ] {
            assert!(!is_sensitive(name), "{name}");
        }
    }

    #[test]
    fn a_form_shows_names_and_hides_secret_values_at_any_depth() {
        let request = Request::post(Product::Events, &account(), "/v1/Sinks").form([
            ("Description", "plain"),
            (
                "SinkConfiguration",
                r#"{"write_key":"w","auth":{"password":"pass-one"},"destination":"https://u:pass-two@x/y"}"#,
            ),
            ("ApiSecret", "pass-three"),
        ]);
        let shown = Redactor::default().request(&request);
        assert!(
            shown.contains("Description=plain") && shown.contains("ApiSecret=(redacted)"),
            "{shown}"
        );
        assert!(shown.contains("https://(redacted)@x/y"), "{shown}");
        assert!(!shown.contains("pass-"), "{shown}");
    }

    #[test]
    fn known_values_are_hidden_wherever_they_stand() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("to ken\"+1"));
        for text in ["a to ken\"+1 b", "X=to+ken%22%2B1&Y", r#"{"note":"to ken\"+1"}"#] {
            let shown = redactor.text(text);
            assert!(shown.contains(MARK) && !shown.contains("ken"), "{shown}");
        }
        assert!(!redactor.json(&json!({"note": "is to ken\"+1"})).contains("ken"));
    }

    #[test]
    fn a_complaint_does_not_repeat_the_password_that_was_sent() {
        let request = Request::post(Product::Api, &account(), "/x").form([("Password", "correct horse")]);
        let shown = Redactor::default().text_about(&request, "password 'correct horse' is too weak");
        assert_eq!(shown, "password '(redacted)' is too weak");
    }

    #[test]
    fn what_one_request_carried_is_hidden_in_texts_about_others() {
        let redactor = Redactor::default();
        let carrying = |password: &str| Request::post(Product::Api, &account(), "/x").form([("Password", password)]);
        redactor.learn_from(&carrying("correct horse"));
        redactor.learn_from(&carrying("short"));
        let shown = redactor.text("correct horse, in short");
        assert_eq!(shown, "(redacted), in short");
    }

    #[test]
    fn an_answer_keeps_null_and_hides_the_rest() {
        let shown = Redactor::default().json(&json!({"secret": "abc", "auth_token": null, "list": [{"token": 5}]}));
        assert_eq!(
            shown,
            r#"{"secret":"(redacted)","auth_token":null,"list":[{"token":"(redacted)"}]}"#
        );
    }

    proptest! {
        #[test]
        fn no_text_survives_with_a_known_secret(before in "\\PC{0,20}", secret in "[!-~]{8,24}", after in "\\PC{0,20}") {
            let redactor = Redactor::default();
            redactor.learn(&Secret::from(secret.as_str()));
            let shown = redactor.text(&format!("{before}{secret}{after}"));
            prop_assert!(!shown.contains(&secret));
        }
    }
}
