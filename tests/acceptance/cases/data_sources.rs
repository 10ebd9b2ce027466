//! Data sources, against a Twilio whose contents are known.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

/// The outputs of a configuration, by name.
pub fn outputs(sandbox: &Sandbox, config: &str) -> Json {
    sandbox.apply(config);
    sandbox.plan_is_empty("of data sources and outputs");
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    let outputs = state["values"]["outputs"].as_object().cloned().unwrap_or_default();
    outputs
        .into_iter()
        .map(|(name, output)| (name, output["value"].clone()))
        .collect()
}

#[test]
fn an_account_is_read_without_its_token() {
    let sandbox = Sandbox::new();
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_subaccount" "a" { friendly_name = "Customer" }
        data "twilio_account" "own" {}
        data "twilio_account" "child" { account_sid = twilio_subaccount.a.sid }
        output "own" { value = data.twilio_account.own }
        output "child" { value = data.twilio_account.child }
        "#,
    );
    assert_eq!(found["own"]["account_sid"], sandbox.handle.account_sid.as_str());
    assert_eq!(found["own"]["owner_account_sid"], sandbox.handle.account_sid.as_str());
    assert_eq!(found["child"]["friendly_name"], "Customer");
    assert_eq!(found["child"]["status"], "active");
    assert_eq!(found["child"]["owner_account_sid"], sandbox.handle.account_sid.as_str());
    let state = std::fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(
        !state.contains(&sandbox.handle.auth_token),
        "the auth token is in the state"
    );
}

#[test]
fn subaccounts_are_found_by_name_and_status_without_the_parent() {
    let sandbox = Sandbox::new();
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_subaccount" "a" { friendly_name = "A" }
        resource "twilio_subaccount" "b" {
          friendly_name = "B"
          status        = "suspended"
        }
        data "twilio_subaccounts" "all" { depends_on = [twilio_subaccount.a, twilio_subaccount.b] }
        data "twilio_subaccounts" "named" {
          friendly_name = "A"
          depends_on    = [twilio_subaccount.a, twilio_subaccount.b]
        }
        data "twilio_subaccounts" "suspended" {
          status     = "suspended"
          depends_on = [twilio_subaccount.a, twilio_subaccount.b]
        }
        output "all" { value = sort(data.twilio_subaccounts.all.subaccounts[*].friendly_name) }
        output "named" { value = data.twilio_subaccounts.named.subaccounts[*].friendly_name }
        output "suspended" { value = data.twilio_subaccounts.suspended.subaccounts[*].friendly_name }
        "#,
    );
    assert_eq!(found, json!({"all": ["A", "B"], "named": ["A"], "suspended": ["B"]}));
    let state = std::fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(
        !state.contains(&sandbox.handle.auth_token),
        "the auth token is in the state"
    );
}

#[test]
fn a_balance_is_a_number_and_subaccounts_have_none() {
    let sandbox = Sandbox::new();
    let found = outputs(
        &sandbox,
        r#"
        data "twilio_account_balance" "own" {}
        output "balance" { value = data.twilio_account_balance.own }
        "#,
    );
    assert!(found["balance"]["balance"].is_number(), "{found}");
    assert_eq!(found["balance"]["currency"], "USD");
    assert_eq!(found["balance"]["account_sid"], sandbox.handle.account_sid.as_str());
}

#[test]
fn numbers_for_sale_are_found_by_kind_country_and_filter() {
    let sandbox = Sandbox::new();
    sandbox.apply(
        r#"
        data "twilio_available_phone_numbers" "local" {
          type          = "local"
          iso_country   = "US"
          area_code     = 415
          voice_enabled = true
          limit         = 3
        }
        data "twilio_available_phone_numbers" "free" {
          type        = "toll_free"
          iso_country = "US"
          limit       = 1
        }
        output "local" { value = data.twilio_available_phone_numbers.local.phone_numbers }
        output "free" { value = data.twilio_available_phone_numbers.free.phone_numbers }
        "#,
    );
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    let output = |name: &str| {
        state["values"]["outputs"][name]["value"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    let local = output("local");
    assert_eq!(local.len(), 3);
    for number in &local {
        let text = number["phone_number"].as_str().unwrap_or_default();
        assert!(text.starts_with("+1415"), "{number:#}");
        assert_eq!(number["iso_country"], "US");
        assert_eq!(number["capabilities"]["voice"], true);
        assert!(
            number["capabilities"]["sms"].is_boolean(),
            "lower case as with owned numbers: {number:#}"
        );
    }
    assert_eq!(output("free").len(), 1);
}

#[test]
fn a_search_that_cannot_be_is_reported_before_or_by_the_plan() {
    let sandbox = Sandbox::new();
    let refused = |body: &str, needles: &[&str]| {
        let said = sandbox.apply_fails(&format!(
            "data \"twilio_available_phone_numbers\" \"a\" {{\n{body}\n}}\n"
        ));
        for needle in needles {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    };
    refused(
        "type = \"local\"\niso_country = \"USA\"",
        &["not a country code", "iso_country"],
    );
    refused(
        "type = \"local\"\niso_country = \"US\"\nin_rate_center = \"OAKLAND\"",
        &["in_rate_center", "in_lata"],
    );
    refused(
        "type = \"local\"\niso_country = \"ZZ\"",
        &["Twilio has no local numbers in ZZ", "Choose another"],
    );
}

#[test]
fn owned_numbers_are_listed_with_their_configuration() {
    let sandbox = Sandbox::new();
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_phone_number" "b" {
          phone_number = "+14155550143"
        }
        resource "twilio_phone_number" "a" {
          phone_number  = "+14155550142"
          friendly_name = "Support"
          voice_url     = "https://example.com/voice"
        }
        data "twilio_phone_numbers" "all" { depends_on = [twilio_phone_number.a, twilio_phone_number.b] }
        data "twilio_phone_numbers" "named" {
          friendly_name = "Support"
          depends_on    = [twilio_phone_number.a, twilio_phone_number.b]
        }
        data "twilio_phone_numbers" "pattern" {
          phone_number = "+1415555014*"
          beta         = false
          depends_on   = [twilio_phone_number.a, twilio_phone_number.b]
        }
        output "all" { value = sort(data.twilio_phone_numbers.all.phone_numbers[*].phone_number) }
        output "named" { value = data.twilio_phone_numbers.named.phone_numbers }
        output "pattern" { value = length(data.twilio_phone_numbers.pattern.phone_numbers) }
        "#,
    );
    assert_eq!(found["all"], json!(["+14155550142", "+14155550143"]));
    assert_eq!(found["named"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["named"][0]["voice_url"], "https://example.com/voice");
    assert_eq!(
        found["named"][0]["sid"],
        sandbox.resource("twilio_phone_number.a")["sid"]
    );
    assert_eq!(found["pattern"], 2);
}
