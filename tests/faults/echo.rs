//! Twilio repeats every value that it was sent in what it refuses with; the provider repeats none that is free text.

use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::proto::Diagnostic;

use crate::samples::SAMPLES;
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
            if !is_sid && !is_number && !is_word && !is_choice(text) && !text.starts_with('+') {
                found.push(text.clone());
            }
        }
        Json::Array(items) => items.iter().for_each(|item| free_texts(item, found)),
        Json::Object(fields) => fields.values().for_each(|field| free_texts(field, found)),
        _ => {}
    }
}

/// Whether a text is one of a few that an attribute may have.
fn is_choice(text: &str) -> bool {
    ["GET", "POST"].contains(&text)
}

/// Makes each free text one that stands out and fits where it stands.
fn marked(config: &Json) -> Json {
    match config {
        Json::String(text) if is_choice(text) => config.clone(),
        Json::String(text) if text.starts_with("http") => json!(format!(
            "https://bob:hush-7731@example.com/{}?token=s3cr3t-9",
            text.len()
        )),
        Json::String(text) if text.starts_with(|c: char| c.is_ascii_uppercase()) && text.len() < 20 => {
            json!(format!("Bob's {text} 77"))
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

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_repeats_what_it_was_sent_is_told_without_it() {
    let twilio = Twilio::start(7).await;
    for sample in SAMPLES {
        twilio.reset().await;
        let config = sample.prepare(&twilio).await.fill((sample.config)());
        let config = marked(&config);
        let mut texts = Vec::new();
        free_texts(&config, &mut texts);
        let terraform = Terraform::start(&twilio, 7).await;
        let refuses = |method: &str| {
            let message = format!(
                "Bad request: {} are wrong, and \"{}\"",
                texts.join(" and "),
                texts
                    .iter()
                    .map(|text| text.to_uppercase())
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            json!([{"match": {"method": method}, "fault": "status", "status": 400,
                "body": {"code": 20001, "message": message, "more_info": "", "status": 400,
                    "details": {"errors": [{"message": texts.first(), "property_path": "#/states/0"}]}}}])
        };
        let mut repeated = 0;
        for method in ["POST", "PUT", "PATCH"] {
            twilio.faults(&refuses(method)).await;
            let name = sample.type_name;
            let what = format!("{name} with {method} refused");
            match terraform.plan(name, None, &value(name, &config)).await {
                Ok(plan) => {
                    let outcome = terraform.apply(name, plan).await.expect("it is within the protocol");
                    tells_none(&what, &outcome.diagnostics, &texts);
                    repeated += outcome
                        .errors()
                        .iter()
                        .filter(|said| said.detail.contains("the value of") || said.detail.contains("part of a value"))
                        .count();
                }
                Err(finding) => {
                    repeated += usize::from(finding.contains("part of a value") || finding.contains("the value of"));
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
