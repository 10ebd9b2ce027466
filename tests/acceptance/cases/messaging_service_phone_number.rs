//! `twilio_messaging_service_phone_number`.

use serde_json::json;

use crate::lifecycle::{active_changes, fill};
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_messaging_service_phone_number.test";

/// Two numbers, two services, and an entry of the first number unless `service` is empty.
fn pool(service: &str, number: &str) -> String {
    let base = r#"
        resource "twilio_phone_number" "one" { area_code = "415" }
        resource "twilio_phone_number" "two" { area_code = "415" }
        resource "twilio_messaging_service" "alerts" { friendly_name = "Alerts" }
        resource "twilio_messaging_service" "offers" { friendly_name = "Offers" }
    "#;
    if service.is_empty() {
        return base.to_owned();
    }
    format!("{base}{}", entry("test", service, number))
}

fn entry(name: &str, service: &str, number: &str) -> String {
    format!(
        r#"resource "twilio_messaging_service_phone_number" "{name}" {{
             service_sid      = twilio_messaging_service.{service}.sid
             phone_number_sid = twilio_phone_number.{number}.sid
           }}
        "#
    )
}

#[test]
fn another_number_or_pool_is_another_entry_and_the_numbers_stay() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&pool("alerts", "one"));
    sandbox.plan_is_empty("after the create");
    let (entry, number) = (sandbox.resource(ADDRESS), sandbox.resource("twilio_phone_number.one"));
    assert_eq!(entry["phone_number_sid"], number["sid"]);
    assert_eq!(entry["phone_number"], number["phone_number"]);

    // Another number or another pool is another entry; nothing changes in place.
    for (service, number) in [("alerts", "two"), ("offers", "two")] {
        sandbox.configure(&pool(service, number));
        let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
        let changes: Vec<_> = active_changes(&plan).collect();
        assert_eq!(changes.len(), 1, "{changes:#?}");
        assert_eq!(changes[0]["change"]["actions"], json!(["delete", "create"]));
        sandbox.apply(&pool(service, number));
        sandbox.plan_is_empty("after the entry was replaced");
    }

    sandbox.apply(&pool("", ""));
    for number in ["one", "two"] {
        sandbox.resource(&format!("twilio_phone_number.{number}"));
    }
    sandbox.plan_is_empty("with the pool empty and the numbers kept");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_number_that_was_taken_out_of_the_pool_is_put_back() {
    let sandbox = Sandbox::standing();
    let config = pool("alerts", "one");
    sandbox.apply(&config);
    let path = fill(
        "/v1/Services/{service_sid}/PhoneNumbers/{sid}",
        &sandbox.resource(ADDRESS),
    );
    sandbox
        .twilio
        .remove("messaging.twilio.com", &path)
        .expect("the number can be taken out");
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(
        (&changes[0]["address"], &changes[0]["change"]["actions"]),
        (&json!(ADDRESS), &json!(["create"]))
    );
    sandbox.apply(&config);
    sandbox.plan_is_empty("after the number was put back");
}

#[test]
fn a_number_in_another_pool_is_refused_at_the_number_with_what_to_do() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&pool("alerts", "one"));
    let said = sandbox.apply_fails(&(pool("alerts", "one") + &entry("second", "offers", "one")));
    for needle in ["21712", "phone_number_sid", "in one only", "Nothing was created"] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(said.matches("Error: ").count(), 1, "{said}");
}

#[test]
fn the_pool_of_a_subaccount_is_filled_with_the_subaccounts_credentials() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_subaccount" "customer" { friendly_name = "Customer" }
           resource "twilio_phone_number" "one" {
             account_sid = twilio_subaccount.customer.sid
             area_code   = "415"
           }
           resource "twilio_messaging_service" "alerts" {
             account_sid   = twilio_subaccount.customer.sid
             friendly_name = "Alerts"
           }
           resource "twilio_messaging_service_phone_number" "test" {
             account_sid      = twilio_subaccount.customer.sid
             service_sid      = twilio_messaging_service.alerts.sid
             phone_number_sid = twilio_phone_number.one.sid
           }"#,
    );
    sandbox.plan_is_empty("after the create");
    let customer = sandbox.resource("twilio_subaccount.customer")["sid"].clone();
    assert_eq!(sandbox.resource(ADDRESS)["account_sid"], customer);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let created = requests
        .iter()
        .find(|request| {
            request["method"] == "POST"
                && request["path"]
                    .as_str()
                    .is_some_and(|path| path.ends_with("/PhoneNumbers"))
        })
        .expect("the entry was created");
    assert_eq!(created["authorized_as"], customer);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn an_entry_that_is_there_already_is_recovered_by_the_line_that_the_error_gives() {
    let sandbox = Sandbox::standing();
    let config = pool("alerts", "one");
    sandbox.apply(&config);
    sandbox.succeed(&["state", "rm", ADDRESS]);
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    for needle in [
        "21710",
        "phone_number_sid",
        "already",
        "Nothing was created",
        "/errors/21710",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    let lines = output.text();
    let line = lines
        .lines()
        .find_map(|line| line.split_once("terraform import twilio_messaging_service_phone_number.NAME "))
        .expect("a line to copy");
    sandbox.succeed(&["import", "-no-color", ADDRESS, line.1.trim()]);
    sandbox.plan_is_empty("after the import");
}
