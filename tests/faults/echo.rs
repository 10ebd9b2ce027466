//! Twilio repeats every value that it was sent in what it refuses with; the provider repeats none that is free text.

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{Begin, Field, Role};
use terraform_provider_twilio::engine::values::choices;
use terraform_provider_twilio::framework::proto::Diagnostic;
use terraform_provider_twilio::framework::value::Value;

use crate::samples::{Sample, samples};
use crate::terraform::{Terraform, text, value};
use crate::twilio::Twilio;

/// The texts of a configuration that may be secret: all but SIDs, phone numbers and words of Twilio's.
fn free_texts(config: &Json, found: &mut Vec<String>) {
    match config {
        Json::String(text) => {
            if let Ok(inner @ (Json::Object(_) | Json::Array(_))) = serde_json::from_str(text) {
                return free_texts(&inner, found);
            }
            let is_sid = text.len() == 34 && text.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit());
            let is_word = text.len() < 12 && text.bytes().all(|byte| byte.is_ascii_lowercase());
            let is_number = text.parse::<f64>().is_ok();
            // `src/twilio/echo.rs` takes out nothing so short: every other word has it.
            let is_long = text.chars().count() >= 3;
            if is_long && !is_sid && !is_number && !is_word && !is_choice(text) && !text.starts_with('+') {
                found.push(text.clone());
            }
        }
        Json::Array(items) => items.iter().for_each(|item| free_texts(item, found)),
        Json::Object(fields) => fields.values().for_each(|field| free_texts(field, found)),
        _ => {}
    }
}

/// Those of a sample's configuration, without the words that its table has for an attribute.
fn texts_of(sample: &Sample, config: &Json) -> Vec<String> {
    let fields = sample.resource().object.fields;
    let words: Vec<_> = fields.iter().flat_map(choices::of).collect();
    let mut config = config.clone();
    // A file is in the request of its upload alone, and nothing can repeat what it was not sent (`src/twilio/echo.rs`).
    let goes_with_it = |field: &&Field| matches!(field.role, Role::FileContent | Role::FileType);
    for file in fields.iter().filter(goes_with_it) {
        config.as_object_mut().map(|fields| fields.remove(file.name));
    }
    // What an object is below is in the path.
    for parent in sample.resource().object.parents {
        config.as_object_mut().map(|fields| fields.remove(*parent));
    }
    let mut texts = Vec::new();
    free_texts(&config, &mut texts);
    texts.retain(|text| !words.contains(&text.as_str()));
    texts
}

/// Whether a text is one of a few that an attribute may have, the code of a country or region, a length of time of ISO 8601, a type of
/// events that Twilio has a name for, what every flow's first state is called, or a type of its states.
fn is_choice(text: &str) -> bool {
    let is_length_of_time = text.strip_prefix('P').is_some_and(|rest| {
        let has = |letter: fn(&u8) -> bool| rest.as_bytes().iter().any(letter);
        has(u8::is_ascii_digit)
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"YMWDTHS".contains(&byte))
    });
    if is_length_of_time {
        return true;
    }
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code || ["GET", "POST", "FIFO", "LIFO", "Trigger", "say-play"].contains(&text) || text.starts_with("com.twilio.")
}

/// Makes each free text one that stands out and fits where it stands.
fn marked(config: &Json) -> Json {
    match config {
        Json::String(text) if is_choice(text) => config.clone(),
        Json::String(text) if text.starts_with("http") => json!(format!(
            "https://bob:hush-7731@example.com/{}?token=s3cr3t-9",
            text.rsplit('/').next().unwrap_or_default()
        )),
        Json::String(text) if text.starts_with(|c: char| c.is_ascii_uppercase()) && text.len() < 20 => {
            json!(format!("Bob und {text}"))
        }
        Json::Array(items) => items.iter().map(marked).collect(),
        Json::Object(fields) => fields
            .iter()
            .map(|(name, field)| (name.clone(), marked(field)))
            .collect(),
        other => other.clone(),
    }
}

#[track_caller]
fn tells_none(what: &str, said: &[Diagnostic], texts: &[String]) {
    for diagnostic in said {
        let told = text(diagnostic);
        for secret in texts.iter().map(String::as_str).chain(["hush-7731", "s3cr3t-9"]) {
            assert!(!told.contains(secret), "{what} repeats {secret:?}: {told}");
        }
    }
}

/// Whether something stood here that was sent: a text, a piece of one, or a secret.
fn is_repeated(said: &str) -> bool {
    ["the value of", "part of a value", "(redacted)"]
        .iter()
        .any(|mark| said.contains(mark))
}

/// A fault that refuses each request of a method, and repeats the texts.
fn refusal(method: &str, texts: &[String]) -> Json {
    let capitals: Vec<_> = texts.iter().map(|text| text.to_uppercase()).collect();
    let message = format!(
        "Bad request: {} are wrong, and \"{}\"",
        texts.join(" and "),
        capitals.join(", ")
    );
    json!({"match": {"method": method}, "fault": "status", "status": 400,
        "body": {"code": 20001, "message": message, "more_info": "", "status": 400,
            "details": {"errors": [{"message": texts.first(), "property_path": "#/states/0"}]}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_repeats_what_it_was_sent_is_reported_without_it() {
    let twilio = Twilio::start(7).await;
    for sample in samples() {
        twilio.reset().await;
        let config = marked(&sample.prepare(&twilio).await.config);
        let texts = texts_of(sample, &config);
        let terraform = Terraform::start(&twilio, 7).await;
        let mut repeated = 0;
        let mut methods = ["POST", "PUT", "PATCH"];
        let lifecycle = sample.resource().lifecycle;
        if lifecycle.is_there_before() || lifecycle.begin() == Begin::Upserted {
            // What is so after the first apply is not sent again, and what is there is not written over.
            methods.sort_by_key(|method| *method != sample.update_method());
        }
        for method in methods {
            twilio.faults(&json!([refusal(method, &texts)])).await;
            let name = sample.type_name;
            let what = format!("{name} with {method} refused");
            match terraform.plan(name, None, &value(name, &config)).await {
                Ok(plan) => {
                    let outcome = terraform.apply(name, plan).await.expect("it is within the protocol");
                    tells_none(&what, &outcome.diagnostics, &texts);
                    repeated += outcome.errors().iter().filter(|said| is_repeated(&said.detail)).count();
                }
                Err(finding) => {
                    repeated += usize::from(is_repeated(&finding));
                    let said = Diagnostic {
                        summary: finding,
                        ..Diagnostic::default()
                    };
                    tells_none(&what, &[said], &texts);
                }
            }
        }
        twilio.faults(&json!([])).await;
        // What has free text must have been repeated at least once, or nothing was tested.
        assert!(
            texts.is_empty() || repeated > 0,
            "{} was never refused with its values",
            sample.type_name
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_refused_with_its_values_is_reported_without_them() {
    let twilio = Twilio::start(8).await;
    for sample in samples() {
        twilio.reset().await;
        let prepared = sample.prepare(&twilio).await;
        let (config, changed) = (marked(&prepared.config), marked(&prepared.changed));
        let name = sample.type_name;
        let terraform = Terraform::start(&twilio, 8).await;
        let made = terraform.change(name, None, &value(name, &config)).await;
        let state = made
            .and_then(|outcome| outcome.succeeded("the create"))
            .unwrap_or_else(|finding| panic!("{name}: {finding}"));
        let texts = texts_of(sample, &changed);
        let faults: Vec<_> = ["POST", "PUT", "PATCH", "DELETE"]
            .map(|method| refusal(method, &texts))
            .into();
        twilio.faults(&json!(faults)).await;
        let said = match terraform.change(name, Some(&state), &value(name, &changed)).await {
            Ok(outcome) => outcome.diagnostics,
            Err(finding) => vec![Diagnostic {
                summary: finding,
                ..Diagnostic::default()
            }],
        };
        assert!(!said.is_empty(), "{name}: the change was refused");
        tells_none(&format!("{name}, changed"), &said, &texts);
        let texts = texts_of(sample, &config);
        twilio
            .faults(&json!([refusal("DELETE", &texts), refusal("POST", &texts)]))
            .await;
        let gone = terraform.change(name, Some(&state), &Value::Null).await;
        let said = gone.map(|outcome| outcome.diagnostics).unwrap_or_default();
        tells_none(&format!("{name}, destroyed"), &said, &texts);
    }
}
