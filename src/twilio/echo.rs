//! Twilio's words about a request, without the values that the request carried.
//!
//! Twilio likes to repeat what it does not take, and what was sent may be secret without its name saying so: an address with
//! a token, the name of a customer, a state of a flow: Terraform takes the marks of sensitive values off before it calls. Who
//! reads the error has the configuration at hand; the log of the run is read by more people.
//!
//! So a value goes wherever Twilio's words have the whole of it. Part of one goes only where it tells something: words of a
//! sentence that a value shares with Twilio's tell nothing, unless the value is a secret by its table or its form. What is written
//! to be read by others, such as the text of a message, stays ([`own_words::is_prose`]). What the client or the system says is not
//! looked at at all.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use super::body::{Body, encode_form};
use super::own_words::{self, PHRASES, WORDS, is_name, is_prose, takes_names};
use super::redact;
use super::request::Request;
use super::sid::Sid;

/// Values shorter than this are parts of every sentence, and tell nothing.
const SHORTEST: usize = 3;

/// From this length on a value is found within words too, and so are parts of it.
const FRAGMENT: usize = 8;

/// Values longer than this are not taken apart, but searched for the parts of a text.
const LONGEST_IN_PARTS: usize = 4096;

/// Longest file whose lines are searched for; a longer one is searched as a whole. Twilio quotes the line that it does not
/// understand.
const LONGEST_FILE: usize = 64 << 10;

/// Most parts that are searched for, a bound for large definitions.
const MOST_PARTS: usize = 200_000;

/// Values that a text about them must not repeat: those that a request carried, or that an object has.
pub struct Values {
    /// Place and value, in every form that a text may repeat it in; long ones first.
    whole: Vec<(String, String)>,
    /// Each run of [`FRAGMENT`] characters in a value.
    parts: HashSet<Vec<char>>,
    /// The same of those that are secret, of which each word tells something.
    secret_parts: HashSet<Vec<char>>,
    /// What is too long to be taken apart: it is searched for the parts of a text instead.
    long: Vec<Arc<[u8]>>,
    /// Words that may stand although a long value has them.
    own: HashSet<u64>,
}

impl Values {
    /// Those of `request`.
    pub(super) fn of(request: &Request) -> Self {
        let mut carried = Vec::new();
        let mut long = Vec::new();
        let is_own = |parameter: &str, text: &str| {
            let is_it = |(of, choice): &(String, &str)| of == parameter && choice.eq_ignore_ascii_case(text);
            request.choices.iter().any(is_it)
        };
        let is_own_name = |parameter: &str, name: &str| request.names.contains(&name) || is_own(parameter, name);
        let mut pairs = |pairs: &[(String, String)]| {
            for (index, (name, value)) in pairs.iter().enumerate() {
                let before = pairs.iter().take(index).filter(|(other, _)| other == name).count();
                let is_list = pairs.iter().filter(|(other, _)| other == name).count() > 1;
                let place = if is_list {
                    format!("{name}[{before}]")
                } else {
                    name.clone()
                };
                match serde_json::from_str::<Value>(value) {
                    Ok(inner @ (Value::Object(_) | Value::Array(_))) => {
                        leaves(&place, &inner, &is_own_name, &mut carried)
                    }
                    _ => carried.push((place, value.clone())),
                }
            }
        };
        pairs(&request.query);
        pairs(request.body.pairs());
        match &request.body {
            Body::None | Body::Form(_) => {}
            Body::Multipart(body) => {
                let file = &body.file;
                carried.push((file.name.clone(), file.file_name.clone()));
                if file.text(LONGEST_FILE).is_none() {
                    long.push(Arc::clone(&file.content));
                }
                // Of two bytes for each letter (UTF-16), one is zero in most.
                if file.content.contains(&0) {
                    long.push(file.content.iter().copied().filter(|byte| *byte != 0).collect());
                }
                let lines: HashSet<&str> = file
                    .text(LONGEST_FILE)
                    .into_iter()
                    .flat_map(str::lines)
                    .map(str::trim)
                    .collect();
                let lines = lines.into_iter().filter(|line| line.chars().count() >= FRAGMENT);
                carried.extend(lines.map(|line| (file.name.clone(), line.to_owned())));
            }
            Body::Json(Value::Object(fields)) => {
                for (name, value) in fields {
                    leaves(name, value, &is_own_name, &mut carried);
                }
            }
            Body::Json(other) => leaves("the body", other, &is_own_name, &mut carried),
        }
        // What there is only a choice of is no secret, where it is the choice.
        carried.retain(|(place, value)| !is_own(parameter(place), value));
        let secrets = redact::carried(request);
        let secrets: Vec<_> = secrets.iter().map(super::Secret::expose).collect();
        carried.retain(|(place, value)| !is_prose(parameter(place)) || secrets.contains(&value.as_str()));
        let mut values = Self::named(carried, &secrets);
        values.long.extend(long);
        values
    }

    /// These, each with the place that it is the value of: a parameter or attribute, and what leads to it from there. Parts of
    /// `secrets` are taken out whatever they are.
    pub fn named(mut carried: Vec<(String, String)>, secrets: &[&str]) -> Self {
        let names: Vec<String> = carried
            .iter()
            .map(|(place, _)| parameter(place).to_ascii_lowercase())
            .collect();
        carried.retain(|(place, value)| {
            let lower = value.to_ascii_lowercase();
            let is_own = takes_names(parameter(place)) && is_name(value);
            !is_own && !is_harmless(value) && !names.contains(&lower)
        });
        let own = names.iter().map(String::as_str);
        let words = own.clone().chain(WORDS.iter().copied()).chain(PHRASES.iter().copied());
        let words = words.flat_map(|word| fragments(word.as_bytes())).collect();
        let (parts, long) = parts(carried.iter().map(|(_, value)| value.as_str()), own.clone());
        let (secret_parts, long_secrets) = self::parts(secrets.iter().copied(), own);
        let long = long.into_iter().chain(long_secrets).collect();
        let mut whole: Vec<_> = carried
            .iter()
            .flat_map(|(name, value)| forms(value).into_iter().map(|form| (name.clone(), form)))
            .collect();
        whole.sort_by_key(|(_, form)| std::cmp::Reverse(form.len()));
        whole.dedup_by(|a, b| a.1 == b.1);
        Self {
            whole,
            parts,
            secret_parts,
            long,
            own: words,
        }
    }

    /// `text` with the name of the parameter in the place of its value.
    pub fn taken_out(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, form) in &self.whole {
            let kept = || self.names(&text);
            if let Some(clean) = replaced(&text, form, &format!("(the value of {name})"), kept) {
                text = clean;
            }
        }
        self.without_parts(&text)
    }

    /// Where names of Twilio's stand, such as permissions: whatever parts of them values are, unless a value has the whole.
    fn names(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = own_words::names(text);
        found.retain(|place| {
            let name = text.get(place.clone()).unwrap_or_default();
            !self
                .whole
                .iter()
                .any(|(_, form)| form.to_ascii_lowercase().contains(name))
        });
        found
    }

    fn without_parts(&self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let lower: Vec<char> = characters.iter().map(char::to_ascii_lowercase).collect();
        let names = self.names(text);
        let is_kept = |at: usize| names.iter().any(|place| place.contains(&at));
        let kept: Vec<bool> = text.char_indices().map(|(at, _)| is_kept(at)).collect();
        let of = |parts: &HashSet<Vec<char>>| {
            let mut covered = vec![false; characters.len()];
            for (start, window) in lower.windows(FRAGMENT).enumerate() {
                let touches = kept.iter().skip(start).take(FRAGMENT).any(|kept| *kept);
                if !touches && parts.contains(window) {
                    covered
                        .iter_mut()
                        .skip(start)
                        .take(FRAGMENT)
                        .for_each(|mark| *mark = true);
                }
            }
            covered
        };
        let mut covered = of(&self.parts);
        let in_long = self.in_long(text);
        for ((mark, kept), (at, character)) in covered.iter_mut().zip(&kept).zip(text.char_indices()) {
            let mut bytes = in_long.iter().skip(at).take(character.len_utf8());
            *mark |= !kept && bytes.any(|is_in| *is_in);
        }
        let mut begin = 0;
        for run in covered.chunk_by_mut(|one, next| one == next) {
            let end = begin + run.len();
            let said: String = characters.get(begin..end).unwrap_or_default().iter().collect();
            if !tells_something(&said) {
                run.fill(false);
            }
            begin = end;
        }
        for (mark, is_secret) in covered.iter_mut().zip(of(&self.secret_parts)) {
            *mark |= is_secret;
        }
        let mut clean = String::with_capacity(text.len());
        let mut was_covered = false;
        for (character, is_covered) in characters.into_iter().zip(covered) {
            match (was_covered, is_covered) {
                (false, true) => clean.push_str("(part of a value)"),
                (true, true) => {}
                (_, false) => clean.push(character),
            }
            was_covered = is_covered;
        }
        clean
    }
}

impl Values {
    /// Of each byte of `text`, whether it is in a run that a long value has too. Each is read once, however long the text is.
    fn in_long(&self, text: &str) -> Vec<bool> {
        let mut covered = vec![false; text.len()];
        if self.long.is_empty() {
            return covered;
        }
        let wanted: HashSet<u64> = fragments(text.as_bytes()).filter(|it| !self.own.contains(it)).collect();
        let long = self.long.iter().flat_map(|value| fragments(value));
        let found: HashSet<u64> = long.filter(|fragment| wanted.contains(fragment)).collect();
        for (start, fragment) in fragments(text.as_bytes()).enumerate() {
            if found.contains(&fragment) {
                covered
                    .iter_mut()
                    .skip(start)
                    .take(FRAGMENT)
                    .for_each(|mark| *mark = true);
            }
        }
        covered
    }
}

/// Whether there is anything in a piece of a value but words of a sentence, SIDs and phone numbers: what has digits or signs
/// within it may be a part of an address, a key or a token.
fn tells_something(piece: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphabetic() || matches!(letter, '\'' | '’');
    let words = piece.split(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>'));
    let words = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '+'));
    let mut telling = words.filter(|word| {
        let is_twilios = ["twilio.com", "www.twilio.com"].iter().any(|host| {
            let path = word.trim_start_matches("https://").strip_prefix(host);
            path.is_some_and(|path| path.is_empty() || path.starts_with("/docs/"))
        });
        !word.chars().all(is_letter) && !is_harmless(word) && !is_twilios
    });
    telling.next().is_some()
}

/// Each run of [`FRAGMENT`] bytes, in small letters, as a number.
pub(super) fn fragments(bytes: &[u8]) -> impl Iterator<Item = u64> {
    const { assert!(FRAGMENT == size_of::<u64>(), "a run fills a number") };
    let mut last = 0;
    let all = bytes.iter().map(move |byte| {
        last = (last << 8) | u64::from(byte.to_ascii_lowercase());
        last
    });
    all.skip(FRAGMENT - 1)
}

/// The parameter in a place.
fn parameter(place: &str) -> &str {
    // Parameters have dots in their names, and what is within a JSON text begins behind the one that is sent.
    place.split([':', '[']).next().unwrap_or(place)
}

/// The texts in a JSON value, and the names in it that are not Twilio's, each with its place. `is_own` says of a parameter
/// whether a name of a member in it is Twilio's.
fn leaves(place: &str, value: &Value, is_own: &dyn Fn(&str, &str) -> bool, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((place.to_owned(), text.clone())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(&format!("{place}[{index}]"), item, is_own, found);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                let tells_nothing = is_harmless(key) || is_own(parameter(place), key);
                if !tells_nothing {
                    found.push((place.to_owned(), key.clone()));
                }
                let key = if tells_nothing { key } else { "…" };
                let between = if place.contains([':', '[']) { "." } else { ": " };
                leaves(&format!("{place}{between}{key}"), value, is_own, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What may stand: a SID or several joined by slashes, a phone number, a number, a word of Twilio's, and what is too short to mean anything.
fn is_harmless(value: &str) -> bool {
    let is_phone_number = |text: &str| {
        text.strip_prefix('+')
            .is_some_and(|digits| digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    value.chars().count() < SHORTEST
        || matches!(value, "true" | "false" | "null")
        || value.split('/').all(|part| part.parse::<Sid>().is_ok())
        || is_phone_number(value)
        || (value.len() <= 5 && value.parse::<f64>().is_ok())
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(value))
}

/// A value as a text may have it: as it is, and as it is written in forms, in JSON and in HTML.
fn forms(value: &str) -> Vec<String> {
    let encoded = encode_form(&[(String::new(), value.to_owned())]);
    let encoded = encoded.trim_start_matches('=').to_owned();
    let escaped = Value::from(value).to_string();
    let escaped = escaped
        .get(1..escaped.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned();
    let html = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let spaces = encoded.replace('+', "%20");
    let trimmed = value.trim().to_owned();
    let mut forms = vec![value.to_owned(), encoded, spaces, escaped, html, trimmed];
    forms.retain(|form| form.chars().count() >= SHORTEST);
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The parts of values, and the values that are too long for that or too many.
fn parts<'a>(
    carried: impl Iterator<Item = &'a str>,
    own: impl Iterator<Item = &'a str>,
) -> (HashSet<Vec<char>>, Vec<Arc<[u8]>>) {
    let windows = |text: &str| -> Vec<Vec<char>> {
        let lower: Vec<char> = text.chars().map(|letter| letter.to_ascii_lowercase()).collect();
        lower.windows(FRAGMENT).map(<[char]>::to_vec).collect()
    };
    let mut parts = HashSet::new();
    let mut long = Vec::new();
    for value in carried {
        if value.len() > LONGEST_IN_PARTS || parts.len() > MOST_PARTS {
            long.push(Arc::from(value.as_bytes()));
            continue;
        }
        // Every address begins like this.
        let value = value
            .strip_prefix("https://")
            .or(value.strip_prefix("http://"))
            .unwrap_or(value);
        parts.extend(windows(value));
    }
    for text in own.chain(WORDS.iter().copied()).chain(PHRASES.iter().copied()) {
        for window in windows(text) {
            parts.remove(&window);
        }
    }
    (parts, long)
}

/// `text` with `mark` for each `form` in it, whatever the case of its letters, but not within what is `kept`. A short form
/// counts only as a word. `None`: there is none.
fn replaced(text: &str, form: &str, mark: &str, kept: impl Fn() -> Vec<Range<usize>>) -> Option<String> {
    let (lower, wanted) = (text.to_ascii_lowercase(), form.to_ascii_lowercase());
    if !lower.contains(&wanted) {
        return None;
    }
    let kept = kept();
    let is_short = form.chars().count() < FRAGMENT;
    let mut clean = String::with_capacity(text.len());
    let mut rest = 0;
    for (at, _) in lower.match_indices(&wanted) {
        let end = at + wanted.len();
        let before = lower.get(..at).and_then(|before| before.chars().next_back());
        let behind = lower.get(end..).and_then(|behind| behind.chars().next());
        let in_a_word = [before, behind]
            .into_iter()
            .flatten()
            .any(|beside| char::is_alphanumeric(beside) || beside == '_' && is_plain(form));
        let is_kept = kept.iter().any(|place| place.start <= at && end <= place.end);
        if is_kept || is_short && in_a_word {
            continue;
        }
        clean.push_str(text.get(rest..at).unwrap_or_default());
        clean.push_str(mark);
        rest = end;
    }
    clean.push_str(text.get(rest..).unwrap_or_default());
    Some(clean)
}

/// Whether a form may be a part of one of Twilio's names, as `state` is of `initial_state`.
fn is_plain(form: &str) -> bool {
    form.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{AccountSid, Product};
    use proptest::prelude::*;
    use serde_json::json;

    fn post(form: &[(&str, &str)]) -> Request {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        Request::post(Product::Api, &account, "/x").form(form.iter().copied())
    }

    #[track_caller]
    fn check(form: &[(&str, &str)], said: &str, shown: &str) {
        assert_eq!(Values::of(&post(form)).taken_out(said), shown);
    }

    #[test]
    fn what_is_long_is_in_no_text_either() {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let secret = "const password = \"hush-tail-777\";";
        for (before, between) in [(70 << 10, "\n"), (2 << 20, "\n"), (9 << 10, ""), (70 << 10, "")] {
            let content = format!("{}{between}{secret}", "a;".repeat(before / 2));
            let mut uploaded = Request::post(Product::Api, &account, "/x");
            uploaded.body = Body::Multipart(crate::twilio::Multipart {
                fields: Vec::new(),
                file: crate::twilio::FilePart {
                    name: "Content".to_owned(),
                    file_name: "g.js".to_owned(),
                    content_type: "application/javascript".to_owned(),
                    content: Arc::from(content.as_bytes()),
                },
            });
            for request in [uploaded, post(&[("Definition", &content)])] {
                let shown =
                    Values::of(&request).taken_out("Syntax error near PASSWORD = \"hush-tail-777\" and hush-tail.");
                assert!(!shown.to_lowercase().contains("hush"), "{before}: {shown}");
                assert!(
                    shown.starts_with("Syntax error near") && shown.contains("(part of a value)"),
                    "{before}: {shown}"
                );
            }
        }
    }

    #[test]
    fn a_value_is_replaced_by_the_name_of_its_parameter() {
        check(
            &[("VoiceUrl", "user:hush@example.com")],
            "VoiceUrl 'user:hush@example.com' is not valid",
            "VoiceUrl '(the value of VoiceUrl)' is not valid",
        );
        check(
            &[("FriendlyName", "Bob")],
            "no BOB here, Bobby",
            "no (the value of FriendlyName) here, Bobby",
        );
    }

    #[test]
    fn words_that_a_sentence_of_twilios_shares_with_a_value_stay() {
        let said = "The number +14155550199 is unverified. Trial accounts cannot send messages to unverified numbers; verify \
                    +14155550199 at twilio.com, or the Response has a broken connection";
        for name in ["Body", "Twiml", "FriendlyName", "Note"] {
            for value in [
                "The number of messages cannot be verified.",
                "Our number +14155550199 is unverified: verify it at twilio.com, or else",
                "<Response><Say>Trial accounts cannot send messages</Say></Response>",
                "<Response/>",
            ] {
                check(&[(name, value)], said, said);
            }
        }
        // The text of a message is written to be read.
        for value in ["unverified", "Trial accounts", said] {
            check(&[("Body", value)], said, said);
        }
        check(
            &[("grant_type", "client_credentials"), ("client_id", "OQ1")],
            "Invalid client, invalid credentials",
            "Invalid client, invalid credentials",
        );
        // What is a secret is one in part as well, and so is what looks like one.
        check(
            &[("Password", "correct horse battery")],
            "no: 'horse batt' is too weak",
            "no: '(part of a value)' is too weak",
        );
        check(
            &[("Note", "call https://example.com/hooks/hushhushhush now")],
            "cannot request example.com/hooks/hushhu now",
            "cannot request (part of a value) now",
        );
        check(
            &[("Body", "see https://x.example.com/?token=hush-7731-x")],
            "see hush-7731-x, see hush-7731",
            "see (part of a value), see (part of a value)",
        );
    }

    #[test]
    fn forms_and_parts_of_a_value_go_too() {
        for said in [
            "https://example.com/?token=s3cret%20word is wrong",
            "\"https://example.com/?token=s3cret word\" is wrong",
            "https%3A%2F%2Fexample.com%2F%3Ftoken%3Ds3cret+word is wrong",
            "…/?token=s3cret wo… is too long",
        ] {
            let shown = Values::of(&post(&[("SmsUrl", "https://example.com/?token=s3cret word")])).taken_out(said);
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }

    #[test]
    fn what_says_nothing_stays() {
        let sid = "MG0123456789abcdef0123456789abcdef";
        check(
            &[
                ("ServiceSid", sid),
                ("PhoneNumber", "+14155550100"),
                ("Method", "POST"),
                ("Size", "400"),
            ],
            &format!("{sid} has no +14155550100, POST 400"),
            &format!("{sid} has no +14155550100, POST 400"),
        );
        check(
            &[("FriendlyName", "FriendlyName of mine")],
            "Invalid parameter: FriendlyName, see https://www.twilio.com/docs/api/errors/20001",
            "Invalid parameter: FriendlyName, see https://www.twilio.com/docs/api/errors/20001",
        );
    }

    #[test]
    fn the_texts_of_a_definition_go_and_twilios_names_in_it_stay() {
        let definition = json!({"initial_state": "top-secret", "states": [{"name": "greet Bob", "type": "trigger",
            "properties": {"odd_key_7": 1}}]});
        check(
            &[("Definition", &definition.to_string())],
            "initial_state top-secret does not exist; 'greet Bob' of type trigger has odd_key_7 (#/states/0/properties)",
            "initial_state (the value of Definition: initial_state) does not exist; '(the value of Definition: \
             states[0].name)' of type trigger has (the value of Definition: states[0].properties) (#/states/0/properties)",
        );
    }

    #[test]
    fn a_json_body_is_looked_into() {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let request = Request::post(Product::Api, &account, "/x").json(json!({"name": {"first": "Roberta"}}));
        assert_eq!(Values::of(&request).taken_out("Roberta?"), "(the value of name: …)?");
    }

    #[test]
    fn a_permission_stays_whatever_parts_of_it_are_configured() {
        let policy = json!({"allow": ["/twilio/messaging/messages/read"]}).to_string();
        let values = [
            ("FriendlyName", "api-keys"),
            ("UniqueName", "read"),
            ("Policy", &policy),
        ];
        for said in [
            "the API key needs the permission /twilio/iam/api-keys/read",
            // As Twilio says it.
            "required permission twilio/iam/api-keys/read is missing",
            "/twilio/messaging/messages/read is not /twilio/messaging/messages/*.",
        ] {
            check(&values, said, said);
        }
        check(
            &[
                ("Description", "delivered"),
                ("Types", r#"{"type":"com.twilio.a.b.delivred"}"#),
                ("Types", r#"{"type":"hush.a"}"#),
            ],
            "com.twilio.a.b.delivered, com.twilio.a.b.delivred, delivered, hush.a",
            "com.twilio.a.b.delivered, com.twilio.a.b.delivred, (the value of Description), (the value of Types[1].type)",
        );
        check(&values, "api-keys: no", "(the value of FriendlyName): no");
        // A name may look like one, or have one in it.
        for name in ["/twilio/hush/read", "as in /twilio/hush/read"] {
            check(
                &[("FriendlyName", name)],
                &format!("{name} is wrong"),
                "(the value of FriendlyName) is wrong",
            );
            let shown = Values::of(&post(&[("FriendlyName", name)])).taken_out("…/twilio/hush/read is wrong");
            assert!(!shown.contains("hush"), "{shown}");
        }
        check(
            &[("FriendlyName", "needs /twilio")],
            "it needs /twilio/iam/api-keys/read",
            "it (the value of FriendlyName)/iam/api-keys/read",
        );
    }

    #[test]
    fn twilios_words_stay_where_a_value_has_some_of_them() {
        check(
            &[("FriendlyName", "initial")],
            "#/initial_state: initial",
            "#/initial_state: (the value of FriendlyName)",
        );
        let said = "The phone number is not valid for a messaging service";
        check(&[("FriendlyName", "Our phone number")], said, said);
        check(
            &[("FriendlyName", "sink")],
            "a webhook sink has no email",
            "a webhook sink has no email",
        );
    }

    #[test]
    fn what_there_is_a_choice_of_stays_where_it_is_the_choice() {
        let taken_out = |form: &[(&str, &str)], said: &str| {
            let mut request = post(form);
            request.choices = vec![("Usecase".to_owned(), "marketing")];
            Values::of(&request).taken_out(said)
        };
        let said = "marketing is not allowed";
        assert_eq!(taken_out(&[("Usecase", "marketing")], said), said);
        let both = [("Usecase", "marketing"), ("FriendlyName", "Marketing")];
        assert_eq!(taken_out(&both, said), "(the value of FriendlyName) is not allowed");
        assert_eq!(
            taken_out(&[("Usecase", "hush hush")], "hush hush is unknown"),
            "(the value of Usecase) is unknown"
        );
    }

    #[test]
    fn what_members_are_called_is_no_value_unless_it_is_one() {
        let body = r#"[{"iso_code": "gb-hush", "my_own": 1}]"#;
        let taken_out = |more: &[(&str, &str)], said: &str| {
            let form: Vec<_> = [("UpdateRequest", body)]
                .into_iter()
                .chain(more.iter().copied())
                .collect();
            let mut request = post(&form);
            request.names = vec!["iso_code"];
            Values::of(&request).taken_out(said)
        };
        assert_eq!(taken_out(&[], "an item has no iso_code"), "an item has no iso_code");
        assert_eq!(
            taken_out(&[], "gb-hush and my_own"),
            "(the value of UpdateRequest[0].iso_code) and (the value of UpdateRequest[0])"
        );
        let named = taken_out(&[("FriendlyName", "iso_code")], "no iso_code");
        assert_eq!(named, "no (the value of FriendlyName)");
    }

    #[test]
    fn sids_that_are_joined_say_nothing_either() {
        let sid = "MG0123456789abcdef0123456789abcdef";
        let said = format!("{sid} does not exist");
        check(&[("Id", &format!("{sid}/{sid}"))], &said, &said);
    }

    #[test]
    fn what_a_file_says_is_taken_out_in_whatever_characters_it_is_written() {
        let line = "const p = \"HUSHKEY-tail-77x\"; // Grüße";
        let bytes = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(line.encode_utf16());
            units
                .flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        // The last is Latin-1.
        let latin = line
            .chars()
            .filter_map(|letter| u8::try_from(u32::from(letter)).ok())
            .collect();
        let contents = [
            bytes(false, true),
            bytes(true, true),
            bytes(false, false),
            bytes(true, false),
            latin,
        ];
        for content in contents {
            let mut request = post(&[]);
            request.body = Body::Multipart(crate::twilio::Multipart {
                fields: Vec::new(),
                file: crate::twilio::FilePart {
                    name: "Content".to_owned(),
                    file_name: "a.js".to_owned(),
                    content_type: "application/javascript".to_owned(),
                    content: content.into(),
                },
            });
            let shown = Values::of(&request).taken_out("Syntax error near HUSHKEY-tail-77x in line 1");
            assert!(!shown.contains("HUSHKEY") && !shown.contains("tail-77x"), "{shown}");
            assert!(shown.starts_with("Syntax error near"), "{shown}");
        }
    }

    proptest! {
        #[test]
        fn no_value_survives_beside_what_twilio_says_itself(
            value in "[a-zA-Z0-9 _.:/@?=&%\"<>äöß-]{6,40}",
            words in prop::sample::select(vec![
                "needs /twilio/iam/api-keys/read",
                "#/states/0/initial_state",
                "the phone number",
            ]),
        ) {
            let values = Values::of(&post(&[("Note", &value), ("Policy", r#"{"allow": ["/twilio/iam/api-keys/read"]}"#)]));
            let shown = values.taken_out(&format!("{words} {value} {words}"));
            let stays = is_harmless(&value) || value.eq_ignore_ascii_case("note") || words.contains(value.trim());
            prop_assert!(stays || !shown.contains(&value), "{shown}");
        }

        #[test]
        fn no_value_of_some_length_survives(value in "[a-zA-Z0-9 _.:/@?=&%\"<>äöß-]{8,40}", around in "[a-z ]{0,10}") {
            let values = Values::of(&post(&[("Note", &value)]));
            let said = format!("{around}{value}{around}");
            let shown = values.taken_out(&said);
            let stays = is_harmless(&value) || value.eq_ignore_ascii_case("note");
            prop_assert!(stays || !shown.contains(&value), "{shown}");
        }

        #[test]
        fn no_text_makes_it_panic(value in "\\PC{0,30}", said in "\\PC{0,60}") {
            let _ = Values::of(&post(&[("Note", &value)])).taken_out(&said);
        }
    }
}
