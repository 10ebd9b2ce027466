//! `twilio_messaging_service`: what it sends with when it goes.

use std::collections::BTreeMap;

use serde_json::json;
use xtask::samples::Before;

use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_messaging_service.alerts";

/// A service with this in its block, and a number beside it.
fn service(more: &str) -> String {
    format!(
        r#"
        resource "twilio_phone_number" "one" {{ phone_number = "+14155550100" }}
        resource "twilio_messaging_service" "alerts" {{
          friendly_name = "Alerts"
          {more}
        }}
        "#
    )
}

const NOTHING: &str = r#"resource "twilio_phone_number" "one" { phone_number = "+14155550100" }"#;

/// Puts something below the service as somebody else would.
fn put(sandbox: &Sandbox, list: &str, (name, value): (&str, &str)) {
    sandbox.make(
        &Before {
            name: list.to_owned(),
            host: "messaging.twilio.com".to_owned(),
            path: format!("/v1/Services/{}/{list}", sid(sandbox, ADDRESS)),
            form: BTreeMap::from([(name.to_owned(), value.to_owned())]),
            put_there: false,
        },
        &BTreeMap::new(),
    );
}

fn sid(sandbox: &Sandbox, address: &str) -> String {
    sandbox.resource(address)["sid"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_service_with_senders_is_named_with_them_and_stays_unless_forced() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&service(""));
    sandbox.configure(NOTHING);
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(!said.contains("Warning"), "an empty one is no matter: {said}");

    let number = sid(&sandbox, "twilio_phone_number.one");
    put(&sandbox, "PhoneNumbers", ("PhoneNumberSid", &number));
    put(&sandbox, "AlphaSenders", ("AlphaSender", "ACME"));
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    for part in [
        "Messaging service MG",
        "will be destroyed",
        "It still has phone number +14155550100 (PN",
        "alphanumeric sender AI",
        "What this plan takes out of the pool goes first. If anything else is left then, the destroy fails",
        "force_destroy = true",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = sandbox.apply_fails(NOTHING);
    for part in [
        "The messaging service still has senders",
        "was not destroyed",
        "phone number +14155550100 (PN",
        "Nothing was changed",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    sandbox.resource(ADDRESS);

    sandbox.apply(&service("force_destroy = true"));
    sandbox.configure(NOTHING);
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(
        said.contains("With force_destroy it is destroyed all the same"),
        "{said}"
    );
    sandbox.apply(NOTHING);
    sandbox.plan_is_empty("after the service went");
}

#[test]
fn of_a_tainted_service_the_value_in_its_block_counts() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&service(""));
    let first = sid(&sandbox, ADDRESS);
    let number = sid(&sandbox, "twilio_phone_number.one");
    put(&sandbox, "PhoneNumbers", ("PhoneNumberSid", &number));
    sandbox.succeed(&["taint", ADDRESS]);
    let said = sandbox.apply_fails(&service(""));
    assert!(said.contains("set force_destroy = true in its block"), "{said}");
    assert_eq!(sid(&sandbox, ADDRESS), first, "nothing was made in its place");
    // The advice, to the letter.
    sandbox.apply(&service("force_destroy = true"));
    assert_ne!(sid(&sandbox, ADDRESS), first, "another one is there");
    sandbox.plan_is_empty("after the service was replaced");
}

#[test]
fn what_the_same_apply_takes_out_of_the_pool_does_not_keep_the_service() {
    let sandbox = Sandbox::standing();
    let entry = r#"
        resource "twilio_messaging_service_phone_number" "entry" {
          service_sid      = twilio_messaging_service.alerts.sid
          phone_number_sid = twilio_phone_number.one.sid
        }
    "#;
    sandbox.apply(&format!("{}{entry}", service("")));
    sandbox.configure(NOTHING);
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains("It still has phone number +14155550100"), "{said}");
    sandbox.apply(NOTHING);
    sandbox.plan_is_empty("after both went");
}

#[test]
fn a_protected_service_is_refused_in_the_plan() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&service("deletion_protection = true"));
    sandbox.configure(NOTHING);
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    assert_ne!(output.code, 0, "{}", output.text());
    assert!(output.unwrapped().contains("deletion_protection"), "{}", output.text());
    sandbox.apply(&service("deletion_protection = false"));
    sandbox.apply(NOTHING);
    sandbox.plan_is_empty("after the service went");
}

#[test]
fn a_pool_that_twilio_does_not_show_is_not_called_empty() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&service(""));
    sandbox
        .twilio
        .faults(
            &json!([{"match": {"method": "GET", "path": "AlphaSenders"}, "fault": "status", "status": 403,
            "body": {"code": 20003, "message": "Permission denied", "status": 403}}]),
        )
        .expect("a fault can be put in");
    let said = sandbox.apply_fails(NOTHING);
    assert!(
        said.contains("What the messaging service sends with cannot be seen") && said.contains("alphanumeric sender"),
        "{said}"
    );
    sandbox.resource(ADDRESS);
}
