//! `secret_recipient` of `twilio_api_key`: a secret that one person reads, whoever has the state.

use std::io::Read as _;

use age::armor::ArmoredReader;
use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use serde_json::{Value as Json, json};

use crate::lifecycle::active_changes;
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_api_key.a";

fn key(arguments: &str) -> String {
    format!("resource \"twilio_api_key\" \"a\" {{\n friendly_name = \"App\"\n {arguments}\n}}")
}

fn read_by(reader: &Identity) -> String {
    format!("secret_recipient = \"{}\"", reader.to_public())
}

/// What the holder of the private key reads in the state.
fn decrypted(sandbox: &Sandbox, reader: &Identity) -> Option<String> {
    let stored = sandbox.resource(ADDRESS);
    assert!(stored["secret"].is_null(), "{stored:#}");
    let text = stored["encrypted_secret"].as_str().expect("it is encrypted");
    let decryptor = age::Decryptor::new(ArmoredReader::new(text.as_bytes())).expect("it is a file of age");
    let mut reader = decryptor.decrypt(std::iter::once(reader as _)).ok()?;
    let mut secret = String::new();
    reader.read_to_string(&mut secret).expect("it is whole");
    Some(secret)
}

/// What a plan makes of the key: the actions.
fn planned(sandbox: &Sandbox, config: &str) -> Json {
    sandbox.configure(config);
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    match changes.first() {
        Some(change) => change["change"]["actions"].clone(),
        None => json!([]),
    }
}

#[test]
fn only_the_recipient_reads_the_secret_and_it_signs_in() {
    let mut sandbox = Sandbox::new();
    let log = sandbox.terraform.path().join("trace.log");
    sandbox.terraform.set_env("TF_LOG", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    let (reader, other) = (Identity::generate(), Identity::generate());
    let config = key(&read_by(&reader)) + "\noutput \"handed_on\" {\n value = twilio_api_key.a.encrypted_secret\n}";
    sandbox.configure(&config);
    let plan = sandbox.succeed(&["plan", "-no-color", "-out=key.tfplan"]).text();
    let words = plan.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("+ encrypted_secret = (known after apply)"), "{plan}");
    let shows_secret = plan.lines().any(|line| line.trim_start().starts_with("+ secret "));
    assert!(!shows_secret, "{plan}");
    // Without a mark, so that it can be handed on.
    let mut said = plan + &sandbox.succeed(&["apply", "-no-color", "key.tfplan"]).text();
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let secret = decrypted(&sandbox, &reader).expect("it is for this reader");
    assert_eq!(decrypted(&sandbox, &other), None);
    said.push_str(&sandbox.succeed(&["show", "-no-color"]).text());
    said.push_str(&sandbox.succeed(&["show", "-json", "key.tfplan"]).text());
    for file in ["terraform.tfstate", "trace.log"] {
        said.push_str(&std::fs::read_to_string(sandbox.terraform.path().join(file)).expect("it is there"));
    }
    assert!(!said.contains(&secret), "{}", said.replace(&secret, "SECRET"));

    let stored = sandbox.resource(ADDRESS);
    let mut elsewhere = sandbox.another_workspace();
    elsewhere.set_env("TWILIO_AUTH_TOKEN", "");
    elsewhere.set_env("TWILIO_API_KEY", stored["sid"].as_str().expect("a SID"));
    elsewhere.set_env("TWILIO_API_SECRET", &secret);
    std::mem::swap(&mut sandbox.terraform, &mut elsewhere);
    sandbox.apply(r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#);
}

#[test]
fn another_recipient_is_another_key_and_a_secret_that_was_in_the_state_is_not_kept() {
    let sandbox = Sandbox::standing();
    let (first, second) = (Identity::generate(), Identity::generate());
    sandbox.apply(&key(&read_by(&first)));
    let one = sandbox.resource(ADDRESS)["sid"].clone();
    sandbox.apply(&key(&read_by(&second)));
    assert_ne!(sandbox.resource(ADDRESS)["sid"], one);
    assert!(decrypted(&sandbox, &second).is_some() && decrypted(&sandbox, &first).is_none());
    sandbox.plan_is_empty("after the change");

    assert_eq!(planned(&sandbox, &key("")), json!(["delete", "create"]));
    sandbox.apply(&key(""));
    let stored = sandbox.resource(ADDRESS);
    assert!(
        stored["secret"].is_string() && stored["encrypted_secret"].is_null(),
        "{stored:#}"
    );
    assert_eq!(planned(&sandbox, &key(&read_by(&first))), json!(["delete", "create"]));
}

#[test]
fn an_imported_key_is_not_replaced_for_its_first_recipient() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&key(""));
    let made = sandbox.resource(ADDRESS);
    sandbox.succeed(&["state", "rm", ADDRESS]);
    let reader = Identity::generate();
    let config = key(&read_by(&reader));
    sandbox.configure(&config);
    sandbox.succeed(&["import", ADDRESS, made["id"].as_str().expect("an id")]);
    assert_eq!(planned(&sandbox, &config), json!(["update"]));
    sandbox.apply(&config);
    sandbox.plan_is_empty("after the import");
    let stored = sandbox.resource(ADDRESS);
    assert_eq!(stored["sid"], made["sid"]);
    assert!(
        stored["secret"].is_null() && stored["encrypted_secret"].is_null(),
        "{stored:#}"
    );
    // From then on another one is another one.
    assert_eq!(
        planned(&sandbox, &key(&read_by(&Identity::generate()))),
        json!(["delete", "create"])
    );
}

#[test]
fn a_recipient_that_is_none_is_refused_before_a_key_is_made() {
    let sandbox = Sandbox::standing();
    let private = Identity::generate().to_string().expose_secret().to_owned();
    for (text, words) in [
        (private.as_str(), "It is a private key"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA", "It is a key of SSH"),
        (
            "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqs3290gq",
            "secret_recipient",
        ),
        ("me@example.com", "It is no public key of age"),
        ("", "It is set and empty"),
    ] {
        sandbox.configure(&key(&format!("secret_recipient = \"{text}\"")));
        let output = sandbox
            .terraform
            .run(&["validate", "-no-color"])
            .expect("terraform starts");
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        assert!(said.contains(words), "{said}");
        assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    }
    // Known only when it is applied.
    let late = format!(
        "resource \"terraform_data\" \"r\" {{\n input = \"nobody\"\n}}\n{}",
        key("secret_recipient = terraform_data.r.output")
    );
    let said = sandbox.apply_fails(&late);
    assert!(said.contains("It is no public key of age"), "{said}");
    sandbox.nothing_is_left();
}

#[test]
fn a_recipient_that_is_known_only_when_it_is_applied_reads_the_secret() {
    let sandbox = Sandbox::standing();
    let reader = Identity::generate();
    sandbox.apply(&format!(
        "resource \"terraform_data\" \"r\" {{\n input = \"{}\"\n}}\n{}",
        reader.to_public(),
        key("secret_recipient = terraform_data.r.output")
    ));
    assert!(decrypted(&sandbox, &reader).is_some());
    sandbox.plan_is_empty("after the create");
}

#[test]
fn a_key_whose_response_was_lost_is_made_again_for_the_recipient() {
    let sandbox = Sandbox::standing();
    let reader = Identity::generate();
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": "Keys"}, "fault": "truncate_after", "times": 1}]))
        .expect("the fault is understood");
    sandbox.apply(&key(&read_by(&reader)));
    assert!(decrypted(&sandbox, &reader).is_some());
    sandbox.plan_is_empty("after the create");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
