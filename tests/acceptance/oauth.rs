//! A provider that signs in with an OAuth app.

use std::fs;
use std::process::Stdio;

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

/// What a TwiML app needs in its life, and a phone number is asked for to find out whether the credentials are good.
const SCOPES: &[&str] = &["/twilio/voice/twiml.apps/*", "/twilio/phone-numbers/active-numbers/*"];

const APP: &str = r#"
    resource "twilio_twiml_app" "a" {
      friendly_name = "A"
    }
"#;

/// A Twilio in which nothing but an OAuth app signs in.
fn signed_in(scopes: &[&str], token_ttl: u32) -> (Sandbox, String, String) {
    let mut sandbox = Sandbox::new();
    let (client_id, client_secret) = sandbox.oauth_app(scopes, token_ttl);
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "");
    sandbox.terraform.set_env("TWILIO_CLIENT_ID", &client_id);
    sandbox.terraform.set_env("TWILIO_CLIENT_SECRET", &client_secret);
    sandbox.remember();
    sandbox.twilio.forget_requests().expect("the simulator answers");
    (sandbox, client_id, client_secret)
}

fn requests(sandbox: &Sandbox) -> Vec<Json> {
    sandbox.twilio.requests().expect("the simulator answers")
}

fn is_token_request(request: &Json) -> bool {
    request["host"] == "oauth.twilio.com"
}

#[test]
fn a_life_goes_by_access_tokens_one_for_each_process() {
    let (mut sandbox, client_id, client_secret) = signed_in(SCOPES, 3600);
    let log = sandbox.terraform.path().join("trace.log");
    let audit = sandbox.terraform.path().join("audit.jsonl");
    sandbox.terraform.set_env("TF_LOG", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.terraform.set_env("TWILIO_AUDIT_LOG", &audit);
    let mut said = sandbox.apply(APP).text();
    let asked = requests(&sandbox);
    let tokens = asked.iter().filter(|request| is_token_request(request)).count();
    // One process plans and another one applies.
    assert_eq!(tokens, 2, "{asked:#?}");
    sandbox.plan_is_empty("after the apply");
    said.push_str(&sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]).text());
    sandbox.nothing_is_left();
    for request in requests(&sandbox) {
        assert_eq!(request["authorized_as"], client_id.as_str(), "{request:#}");
    }
    let log = fs::read_to_string(log).expect("there is a log");
    let audit = fs::read_to_string(audit).expect("there is an audit log");
    assert!(
        log.contains("/v2/token") && log.contains(&client_id),
        "the log is not at TRACE"
    );
    assert!(
        audit.contains("Applications") && !audit.contains("/v2/token"),
        "a sign-in changes nothing: {audit}"
    );
    for (place, text) in [("log", &log), ("output", &said), ("audit log", &audit)] {
        // The local Twilio's tokens begin so, as all JWTs do.
        for secret in [client_secret.as_str(), "eyJ"] {
            if let Some(line) = text.lines().find(|line| line.contains(secret)) {
                panic!("a secret is in the {place}: {}", line.replace(&client_secret, "SECRET"));
            }
        }
    }
}

/// Twilio's clock goes on while the run waits, and the provider's does not.
#[test]
fn a_token_that_expires_during_the_run_is_exchanged() {
    let (sandbox, ..) = signed_in(SCOPES, 60);
    sandbox.configure(
        r#"
        resource "twilio_twiml_app" "first" {
          friendly_name = "First"
          provisioner "local-exec" {
            command = "touch begun; while test -e begun && test ! -e go; do sleep 0.05; done"
          }
        }
        resource "twilio_twiml_app" "second" {
          friendly_name = "Second ${twilio_twiml_app.first.sid}"
        }
        "#,
    );
    let mut apply = sandbox
        .terraform
        .command(&["apply", "-auto-approve", "-no-color"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("terraform starts");
    while !sandbox.terraform.path().join("begun").exists() {
        std::thread::yield_now();
    }
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.twilio.advance(61).expect("the clock moves");
    fs::write(sandbox.terraform.path().join("go"), "").expect("the provisioner goes on");
    assert!(apply.wait().expect("terraform ends").success());
    let asked = requests(&sandbox);
    let statuses: Vec<_> = asked
        .iter()
        .map(|request| (request["method"].as_str(), request["status"].as_u64()))
        .collect();
    assert_eq!(
        statuses,
        [
            (Some("POST"), Some(401)),
            (Some("POST"), Some(200)),
            (Some("POST"), Some(201))
        ],
        "{asked:#?}"
    );
    assert!(is_token_request(&asked[1]));
}

#[test]
fn a_wrong_secret_is_one_error_and_nothing_is_asked_with_it() {
    let (mut sandbox, ..) = signed_in(SCOPES, 3600);
    sandbox
        .terraform
        .set_env("TWILIO_CLIENT_SECRET", "wrong-secret-0badc0de");
    let three = APP.replace(
        "resource \"twilio_twiml_app\" \"a\" {",
        "resource \"twilio_twiml_app\" \"a\" {\n count = 3",
    );
    let said = sandbox.apply_fails(&three);
    assert_eq!(said.matches("with an OAuth app failed").count(), 1, "{said}");
    for part in [
        "Twilio does not accept the credentials",
        "322402",
        "TWILIO_CLIENT_SECRET",
        "Nothing was changed",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("wrong-secret"), "{said}");
    let asked = requests(&sandbox);
    assert!(asked.iter().all(is_token_request) && asked.len() <= 3, "{asked:#?}");
    sandbox.nothing_is_left();
}

#[test]
fn what_the_scopes_do_not_allow_is_refused_by_its_name() {
    let (sandbox, ..) = signed_in(&["/twilio/voice/twiml.apps/read"], 3600);
    let said = sandbox.apply_fails(APP);
    assert!(
        said.contains("70051") && said.contains("twilio/voice/twiml.apps/create"),
        "{said}"
    );
    sandbox.nothing_is_left();
}

#[test]
fn an_app_does_not_reach_into_subaccounts_and_says_so() {
    let (sandbox, ..) = signed_in(SCOPES, 3600);
    let child =
        json!({"host": "api.twilio.com", "collection": "/2010-04-01/Accounts", "fields": {"friendly_name": "Team"}});
    let child = sandbox.twilio.add(&child).expect("a subaccount")["body"]["sid"].clone();
    let child = child.as_str().expect("a SID");
    let inside = APP.replace("friendly_name", &format!("account_sid = \"{child}\"\n friendly_name"));
    let said = sandbox.apply_fails(&inside);
    assert!(
        said.contains("with an OAuth app") && said.contains("does not reach into another account"),
        "{said}"
    );
    let service = format!(
        "resource \"twilio_messaging_service\" \"a\" {{\n account_sid = \"{child}\"\n friendly_name = \"A\"\n}}"
    );
    let said = sandbox.apply_fails(&service);
    assert!(said.contains("OAuth app"), "{said}");
}

#[test]
fn other_credentials_beside_an_app_are_one_error() {
    let (mut sandbox, ..) = signed_in(SCOPES, 3600);
    let token = sandbox.handle.auth_token.clone();
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", &token);
    let said = sandbox.apply_fails(APP);
    assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    assert!(
        said.contains("Two ways to sign in") && said.contains("TWILIO_AUTH_TOKEN"),
        "{said}"
    );
    assert!(requests(&sandbox).is_empty());
}
