//! Keeping secrets out of logs and errors: by the name of the field, and by value for those the client knows.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use serde_json::{Map, Value};

use super::body::Body;
use super::credentials::Credentials;
use super::echo::fragments;
use super::multipart::FilePart;
use super::phone_mask::masked;
use super::request::{Effect, Request};
use super::scan;
use super::secret::Secret;
use super::sensitive::{Names, is_name_of_pair, is_sensitive, is_value_of_pair};
use super::sid::Sid;

/// Stands where a secret was.
const MARK: &str = "(redacted)";

/// Values shorter than this are not searched for: they would black out every text.
const SHORTEST: usize = 4;

/// Secrets that a request carried are searched for in texts about other requests from this length on.
const SHORTEST_ANYWHERE: usize = 8;

/// Longest file that is searched for secrets, in bytes. Twilio's functions have a MiB at most.
const LONGEST_FILE: usize = 1 << 20;

/// Knows every secret that the client holds.
#[derive(Default)]
pub(super) struct Redactor {
    known: RwLock<Vec<Secret>>,
    /// Each run of eight bytes of a credential: what is cut short opens nothing any more, and is most of what does.
    cut: RwLock<HashSet<u64>>,
    /// Whether records show phone numbers only in part.
    masks_numbers: bool,
}

impl Redactor {
    /// Knows no secret yet.
    pub(super) fn new(masks_numbers: bool) -> Self {
        Self {
            masks_numbers,
            ..Self::default()
        }
    }

    /// A text without secrets, as a log or the audit log may have it. What a person reads at the terminal has whole numbers: it is about
    /// what that person has configured.
    pub(super) fn recorded(&self, text: String) -> String {
        match self.masks_numbers {
            true => masked(&text).into_owned(),
            false => text,
        }
    }

    /// Likewise of JSON.
    pub(super) fn recorded_json(&self, value: Value) -> Value {
        match self.masks_numbers {
            true => cleaned(value, &|text| masked(text).into_owned()),
            false => value,
        }
    }

    /// From now on this value is not shown.
    pub(super) fn learn(&self, secret: &Secret) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if secret.expose().len() >= SHORTEST && !known.contains(secret) {
            known.push(secret.clone());
        }
    }

    /// From now on nothing shows what signs in.
    pub(super) fn learn_credentials(&self, credentials: &Credentials) {
        self.learn_credential(credentials.secret());
    }

    /// From now on neither this nor a part of it is shown: a token, whose parts are in no sentence.
    pub(super) fn learn_credential(&self, secret: &Secret) {
        self.learn(secret);
        let mut cut = self.cut.write().unwrap_or_else(PoisonError::into_inner);
        cut.extend(fragments(secret.expose().as_bytes()));
    }

    /// A text that has no whole secret any more, without parts of credentials.
    fn without_cut(&self, text: String) -> String {
        let cut = self.cut.read().unwrap_or_else(PoisonError::into_inner);
        if cut.is_empty() || !fragments(text.as_bytes()).any(|part| cut.contains(&part)) {
            return text;
        }
        let length = size_of::<u64>();
        let mut covered = vec![false; text.len()];
        for (at, _) in fragments(text.as_bytes())
            .enumerate()
            .filter(|(_, part)| cut.contains(part))
        {
            covered.iter_mut().skip(at).take(length).for_each(|mark| *mark = true);
        }
        // A SID may share a part with a token by chance, and stays.
        for (at, word) in words(&text).filter(|(_, word)| word.parse::<Sid>().is_ok()) {
            covered
                .iter_mut()
                .skip(at)
                .take(word.len())
                .for_each(|mark| *mark = false);
        }
        let mut clean = String::with_capacity(text.len());
        let mut was_covered = false;
        for (at, character) in text.char_indices() {
            let is_covered = covered.iter().skip(at).take(character.len_utf8()).any(|is_in| *is_in);
            match (was_covered, is_covered) {
                (false, true) => clean.push_str(MARK),
                (true, true) => {}
                (_, false) => clean.push(character),
            }
            was_covered = is_covered;
        }
        clean
    }

    /// What the client or the system says, without what its form gives away as secret: nothing that was sent is in it.
    pub(super) fn by_form(text: &str) -> String {
        scan::hide(text, &[], Names::default(), MARK)
    }

    /// From now on the secrets that this request carries are shown nowhere, also not in responses to other requests. Short ones
    /// are left to their names: they may be parts of anything.
    pub(super) fn learn_from(&self, request: &Request) {
        if request.effect != Effect::Read {
            carried(request)
                .iter()
                .chain(&in_file(request))
                .filter(|secret| secret.expose().len() >= SHORTEST_ANYWHERE)
                .for_each(|secret| self.learn(secret));
        }
    }

    /// From now on the secrets that a response to a write tells, such as that of a new key, are shown nowhere.
    pub(super) fn learn_from_answer(&self, request: &Request, answer: &Value) {
        self.learn_named(Names::of(request), answer);
        let Some(object) = answer.as_object() else { return };
        let tells = |name: &str| is_sensitive(name) && ["secret", "token"].iter().any(|word| name.contains(word));
        for secret in object
            .iter()
            .filter(|(name, _)| tells(name))
            .filter_map(|(_, value)| value.as_str())
        {
            if secret.len() >= SHORTEST_ANYWHERE {
                self.learn_credential(&Secret::from(secret));
            }
        }
    }

    /// Those that go by a name that the request says, at any depth.
    fn learn_named(&self, names: Names<'_>, answer: &Value) {
        match answer {
            Value::Object(object) => {
                for (name, value) in object {
                    match value.as_str().filter(|secret| secret.len() >= SHORTEST_ANYWHERE) {
                        Some(secret) if names.say(name) => self.learn(&Secret::from(secret)),
                        _ => self.learn_named(names, value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn_named(names, item)),
            _ => {}
        }
    }

    /// A text without any known secret, however it is encoded, and without what its form gives away as secret.
    pub(super) fn text(&self, text: &str) -> String {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        self.without_cut(scan::hide(text, &known, Names::default(), MARK))
    }

    /// A text about a request, for example Twilio's complaint, without the secrets that the request carried either.
    pub(super) fn text_about(&self, request: &Request, text: &str) -> String {
        self.text_without(&carried(request), Names::of(request), text)
    }

    fn text_without(&self, carried: &[Secret], names: Names<'_>, text: &str) -> String {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let all: Vec<_> = known.iter().chain(carried).cloned().collect();
        drop(known);
        self.without_cut(scan::hide(text, &all, names, MARK))
    }

    /// The parameters of a request, for a log. What is in the parts of a body with a file is not logged, only that it is there.
    pub(super) fn request(&self, request: &Request) -> String {
        let names = Names::of(request);
        let query = self.form(names, &request.query);
        let body = match &request.body {
            Body::None => String::new(),
            Body::Form(pairs) => self.form(names, pairs),
            Body::Json(value) => self.json(names, value),
            Body::Multipart(body) => {
                let fields = body.fields.iter().map(|(name, _)| format!("{name}=(not shown)"));
                let file = format!("{}={}", body.file.name, described(&body.file));
                fields.chain([file]).collect::<Vec<_>>().join("&")
            }
        };
        match (query.is_empty(), body.is_empty()) {
            (true, _) => body,
            (false, true) => format!("?{query}"),
            (false, false) => format!("?{query} {body}"),
        }
    }

    /// A JSON value, for a log.
    pub(super) fn json(&self, names: Names<'_>, value: &Value) -> String {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        self.without_cut(scan::hide(&by_name(names, value).to_string(), &known, names, MARK))
    }

    /// The parameters of a request by name, for a record; a name that is sent several times has a list. A file is its hash.
    pub(super) fn parameters(&self, request: &Request) -> Value {
        let carried = carried(request);
        let names = Names::of(request);
        let clean = |text: &str| self.text_without(&carried, names, text);
        let mut parameters = Map::new();
        for (name, value) in request.query.iter().chain(request.body.pairs()) {
            add(&mut parameters, name, Value::from(clean(&pair(names, name, value))));
        }
        match &request.body {
            Body::Json(Value::Object(body)) => {
                for (name, value) in body {
                    let shown = if hides(names, body, name, value) {
                        Value::from(MARK)
                    } else {
                        by_name(names, value)
                    };
                    add(&mut parameters, name, cleaned(shown, &clean));
                }
            }
            Body::Json(other) => add(&mut parameters, "(body)", cleaned(by_name(names, other), &clean)),
            Body::Multipart(body) => add(&mut parameters, &body.file.name, Value::from(described(&body.file))),
            Body::None | Body::Form(_) => {}
        }
        Value::Object(parameters)
    }

    fn form(&self, names: Names<'_>, pairs: &[(String, String)]) -> String {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let shown =
            |name: &str, value: &str| self.without_cut(scan::hide(&pair(names, name, value), &known, names, MARK));
        pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", shown(name, value)))
            .collect::<Vec<_>>()
            .join("&")
    }
}

/// The runs of letters and digits in a text, each with its place.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// A file without anything of what is in it, nor its name.
fn described(file: &FilePart) -> String {
    format!("(file of {} bytes, SHA-256 {})", file.content.len(), file.sha256())
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

fn pair(names: Names<'_>, name: &str, value: &str) -> String {
    if names.hide(name) {
        return MARK.to_owned();
    }
    inner_json(value).map_or_else(|| value.to_owned(), |inner| by_name(names, &inner).to_string())
}

/// Twilio puts JSON texts into form fields and into JSON strings.
fn inner_json(text: &str) -> Option<Value> {
    let starts_like_one = text.trim_start().starts_with(['{', '[']);
    starts_like_one.then(|| serde_json::from_str(text).ok()).flatten()
}

/// Whether this member of an object must not be shown: by its own name, or by that which another member tells.
fn hides(names: Names<'_>, object: &Map<String, Value>, name: &str, value: &Value) -> bool {
    let has_value = |(name, value): (&String, &Value)| {
        is_name_of_pair(name) && value.as_str().is_some_and(|name| names.hide_pair(name))
    };
    !value.is_null() && (names.hide(name) || is_value_of_pair(name) && object.iter().any(has_value))
}

/// Whether a list is a pair of a name and a value that must not be shown, as some write headers.
fn is_hidden_pair(names: Names<'_>, items: &[Value]) -> bool {
    matches!(items, [Value::String(name), Value::String(_)] if names.hide_pair(name))
}

fn by_name(names: Names<'_>, value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(
            object
                .iter()
                .map(|(name, value)| {
                    let hidden = hides(names, object, name, value);
                    (
                        name.clone(),
                        if hidden {
                            Value::from(MARK)
                        } else {
                            by_name(names, value)
                        },
                    )
                })
                .collect(),
        ),
        Value::Array(items) if is_hidden_pair(names, items) => Value::from(vec![items[0].clone(), Value::from(MARK)]),
        Value::Array(items) => Value::Array(items.iter().map(|item| by_name(names, item)).collect()),
        Value::String(text) => match inner_json(text) {
            Some(inner) => Value::from(by_name(names, &inner).to_string()),
            None => value.clone(),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// What a request carries that must not be shown: values under telling names, and what texts in it give away.
pub(super) fn carried(request: &Request) -> Vec<Secret> {
    let names = Names::of(request);
    let mut found = Vec::new();
    for (name, value) in request.query.iter().chain(request.body.pairs()) {
        collect_text(names, value, names.hide(name), &mut found);
    }
    if let Body::Json(value) = &request.body {
        collect(names, value, false, &mut found);
    }
    found.retain(|secret| secret.expose().len() >= SHORTEST);
    found
}

/// What the form of a file that a request carries gives away as secret.
fn in_file(request: &Request) -> Vec<Secret> {
    let Body::Multipart(body) = &request.body else {
        return Vec::new();
    };
    let text = body.file.text(LONGEST_FILE).unwrap_or_default();
    let secrets = scan::secrets_in(text, Names::of(request));
    secrets.into_iter().map(Secret::from).collect()
}

fn collect(names: Names<'_>, value: &Value, hidden: bool, found: &mut Vec<Secret>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                collect(names, value, hidden || hides(names, object, name, value), found);
            }
        }
        Value::Array(items) if is_hidden_pair(names, items) => collect(names, &items[1], true, found),
        Value::Array(items) => items.iter().for_each(|item| collect(names, item, hidden, found)),
        Value::String(text) => collect_text(names, text, hidden, found),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn collect_text(names: Names<'_>, text: &str, hidden: bool, found: &mut Vec<Secret>) {
    if hidden {
        found.push(Secret::from(text));
        found.extend(scan::behind_scheme(text).into_iter().map(Secret::from));
    }
    match inner_json(text) {
        Some(inner) => collect(names, &inner, hidden, found),
        None => found.extend(scan::secrets_in(text, names).into_iter().map(Secret::from)),
    }
}

/// What the variables that name proxies have to sign in to them: as it stands there and as it is meant. `variable` reads one.
pub fn proxy_secrets(variable: &dyn Fn(&str) -> Option<String>) -> Vec<Secret> {
    let names = [
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ];
    let mut found = Vec::new();
    for address in names.into_iter().filter_map(variable) {
        let behind = address.split_once("://").map_or(address.as_str(), |(_, behind)| behind);
        let authority = behind.split('/').next().unwrap_or_default();
        let Some((user_info, _)) = authority.rsplit_once('@') else {
            continue;
        };
        let meant = percent_encoding::percent_decode_str(user_info).decode_utf8_lossy();
        for user_info in [user_info, &meant] {
            let secret = user_info.split_once(':').map_or(user_info, |(_, password)| password);
            // A short word, as many passwords of proxies are, would be taken out of every sentence; together with the user
            // it says more.
            let long = [user_info, secret]
                .into_iter()
                .filter(|text| text.len() >= SHORTEST_ANYWHERE);
            found.extend(long.map(Secret::from));
        }
        found.push(Secret::from(user_info));
    }
    found
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
        assert!(
            !redactor
                .json(Names::default(), &json!({"note": "is to ken\"+1"}))
                .contains("ken")
        );
    }

    #[test]
    fn a_credential_that_is_cut_short_is_hidden_and_a_sid_beside_it_is_not() {
        let token = "9f3b72c4d1e8a65079bb4c2de16f8a03";
        let sid = format!("AC{}", token.replace("9f", "00"));
        let bearer = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJBQyJ9.q7Zt-W3_xLk09VbYh2";
        let redactor = Redactor::default();
        for secret in [token, bearer] {
            redactor.learn_credential(&Secret::from(secret));
            for part in [
                &secret[..secret.len() - 1],
                &secret[..secret.len() / 2],
                &secret[secret.len() / 2..],
                &secret[3..14],
            ] {
                let said = format!("{sid}: the token {part}, in short");
                let expected = format!("{sid}: the token (redacted), in short");
                let request = Request::post(Product::Api, &account(), "/x");
                assert_eq!(redactor.text(&said), expected);
                assert_eq!(redactor.text_about(&request, &said), expected);
                let capitals = redactor.text(&format!("the token {}", part.to_uppercase()));
                assert_eq!(capitals, "the token (redacted)");
                let shown = redactor.json(Names::default(), &json!({"note": said}));
                assert!(
                    shown.contains(&sid) && !shown.replace(&sid, "").contains(part),
                    "{shown}"
                );
                let logged = redactor.request(&request.form([("Note", part)]));
                assert!(!logged.contains(part), "{logged}");
            }
        }
        let key = Redactor::default();
        key.learn_from_answer(
            &Request::post(Product::Api, &account(), "/x").creates(),
            &json!({"sid": "SK1", "secret": token}),
        );
        assert_eq!(key.text(&token[..31]), MARK);
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
        let shown = Redactor::default().json(
            Names::default(),
            &json!({"secret": "abc", "auth_token": null, "list": [{"token": 5}]}),
        );
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

    #[test]
    fn a_value_is_hidden_where_the_member_beside_it_says_what_it_is() {
        let flow = json!({"states": [{"properties": {
            "parameters": [{"key": "api_key", "value": "param-one"}, {"key": "from", "value": "shown"}],
            "headers": [{"Name": "Authorization", "Value": "Bearer head-one"}, ["Cookie", "head-two"], ["Accept", "json"]],
            "body": "{\"auth\":{\"name\":\"client_secret\",\"value\":\"deep-one\"}}",
            "url": "https://x/?token=query-one"}}]});
        let request = Request::post(Product::Studio, &account(), "/v2/Flows").form([("Definition", flow.to_string())]);
        let redactor = Redactor::default();
        for shown in [
            redactor.request(&request),
            redactor.json(Names::default(), &flow),
            redactor.parameters(&request).to_string(),
            redactor.text(&flow.to_string()),
        ] {
            for secret in ["param-one", "head-one", "head-two", "deep-one", "query-one"] {
                assert!(!shown.contains(secret), "{secret} in {shown}");
            }
            for plain in ["shown", "json", "Authorization", "api_key", "https://x/?token="] {
                assert!(shown.contains(plain), "{plain} not in {shown}");
            }
        }
        let echo = "param-one, head-one, head-two, deep-one and query-one are odd";
        let shown = redactor.text_about(&request, echo);
        assert_eq!(
            shown,
            "(redacted), (redacted), (redacted), (redacted) and (redacted) are odd"
        );
    }

    #[test]
    fn what_signs_in_to_a_proxy_is_shown_in_no_form() {
        let secrets = |address: &str| proxy_secrets(&|name| (name == "https_proxy").then(|| address.to_owned()));
        let redactor = Redactor::default();
        secrets("http://user:p%40ssword-1@proxy:8080/")
            .iter()
            .for_each(|secret| redactor.learn(secret));
        for text in [
            "p%40ssword-1",
            "p@ssword-1",
            "dXNlcjpwQHNzd29yZC0x",
            "dXNlcjpwQHNzd29yZC0x==",
        ] {
            assert!(!redactor.text(text).contains(text), "{text}");
        }
        let short = Redactor::default();
        secrets("user:proxy@proxy:8080")
            .iter()
            .for_each(|secret| short.learn(secret));
        assert_eq!(short.text("the proxy said dXNlcjpwcm94eQ"), "the proxy said (redacted)");
        assert!(secrets("http://proxy:8080/?a=b@c").is_empty() && secrets("").is_empty());
    }
}
