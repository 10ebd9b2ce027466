//! Data sources, against a Twilio whose contents are known.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use xtask::samples::Before;

use crate::examples::price_lists;
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
    let sandbox = Sandbox::standing();
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
    let sandbox = Sandbox::standing();
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
    let sandbox = Sandbox::standing();
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
    let sandbox = Sandbox::standing();
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
    let sandbox = Sandbox::standing();
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
    let sandbox = Sandbox::standing();
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

#[test]
fn prices_are_numbers_and_a_country_without_a_list_is_an_error() {
    let sandbox = Sandbox::standing();
    price_lists(&sandbox);
    let found = outputs(
        &sandbox,
        r#"
        data "twilio_pricing_messaging" "us" { iso_country = "US" }
        data "twilio_pricing_phone_numbers" "us" { iso_country = "US" }
        data "twilio_pricing_voice" "us" { iso_country = "US" }
        data "twilio_pricing_trunking" "us" { iso_country = "US" }
        data "twilio_pricing_voice_number" "office" { destination_number = "+14155550100" }
        data "twilio_pricing_trunking_number" "office" { destination_number = "+14155550100" }
        output "paid" {
          value = [
            data.twilio_pricing_messaging.us.inbound_sms_prices[0].current_price,
            data.twilio_pricing_messaging.us.outbound_sms_prices[0].prices[0].base_price,
            data.twilio_pricing_phone_numbers.us.phone_number_prices[0].current_price,
            data.twilio_pricing_voice.us.outbound_prefix_prices[0].current_price,
            data.twilio_pricing_trunking.us.originating_call_prices[0].current_price,
            data.twilio_pricing_voice_number.office.outbound_call_prices[0].current_price,
            data.twilio_pricing_trunking_number.office.originating_call_price.current_price,
          ]
        }
        output "unit" { value = data.twilio_pricing_voice.us.price_unit }
        "#,
    );
    assert_eq!(found["paid"], json!([0.008, 0.0085, 0.008, 0.013, 0.008, 0.013, 0.008]));
    assert_eq!(found["unit"], "usd");
    let said = sandbox.apply_fails(r#"data "twilio_pricing_messaging" "de" { iso_country = "DE" }"#);
    assert!(
        said.contains("20404") && said.contains("/v1/Messaging/Countries/DE"),
        "{said}"
    );
}

#[test]
fn alerts_and_events_are_filtered_and_no_more_than_the_limit() {
    let sandbox = Sandbox::standing();
    for (level, code) in [("error", "11200"), ("warning", "12200"), ("error", "13224")] {
        let alert = json!({"host": "monitor.twilio.com", "collection": "/v1/Alerts",
            "fields": {"log_level": level, "error_code": code, "alert_text": "password=kept-out"}});
        sandbox.twilio.add(&alert).expect("it can be added");
    }
    for kind in ["phone-number.created", "phone-number.deleted"] {
        let event = json!({"host": "monitor.twilio.com", "collection": "/v1/Events",
            "fields": {"event_type": kind, "event_data": {"secret": "kept-out"}}});
        sandbox.twilio.add(&event).expect("it can be added");
    }
    let found = outputs(
        &sandbox,
        r#"
        data "twilio_monitor_alerts" "errors" { log_level = "error" }
        data "twilio_monitor_alerts" "one" { limit = 1 }
        data "twilio_monitor_events" "bought" { event_type = "phone-number.created" }
        output "errors" { value = sort(data.twilio_monitor_alerts.errors.alerts[*].error_code) }
        output "one" { value = length(data.twilio_monitor_alerts.one.alerts) }
        output "explained" {
          value = alltrue([for alert in data.twilio_monitor_alerts.errors.alerts : alert.what_it_means != null && alert.advice != null])
        }
        output "bought" { value = data.twilio_monitor_events.bought.events[*].event_type }
        "#,
    );
    let wanted = json!({"errors": ["11200", "13224"], "explained": true, "one": 1, "bought": ["phone-number.created"]});
    assert_eq!(found, wanted);
    let state = std::fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(
        !state.contains("kept-out"),
        "texts of alerts and events may hold secrets"
    );
    let said = sandbox.apply_fails(r#"data "twilio_monitor_events" "a" { start_date = "yesterday" }"#);
    assert!(said.contains("neither a day nor a moment"), "{said}");
}

#[test]
fn what_depends_on_an_address_and_what_a_flow_was_are_read() {
    let sandbox = Sandbox::standing();
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_address" "office" {
          customer_name = "Example Inc."
          street        = "1 Main Street"
          city          = "San Francisco"
          region        = "CA"
          postal_code   = "94105"
          iso_country   = "US"
        }
        resource "twilio_phone_number" "office" {
          phone_number = "+14155550145"
          address_sid  = twilio_address.office.sid
        }
        data "twilio_address_dependent_phone_numbers" "office" {
          address_sid = twilio_address.office.sid
          depends_on  = [twilio_phone_number.office]
        }
        data "twilio_available_phone_number_countries" "all" {}
        data "twilio_phone_number_portability" "number" { phone_number = "+14155550100" }
        data "twilio_event_types" "messages" { schema_id = "Messaging.MessageStatus" }
        data "twilio_event_schema" "messages" { schema_id = "Messaging.MessageStatus" }
        output "numbers" { value = data.twilio_address_dependent_phone_numbers.office.phone_numbers[*].phone_number }
        output "kinds" {
          value = [
            for country in data.twilio_available_phone_number_countries.all.countries : sort(keys(country.subresource_uris))
            if country.country_code == "US"
          ]
        }
        output "portable" { value = data.twilio_phone_number_portability.number.portable }
        output "schemas" { value = distinct(data.twilio_event_types.messages.types[*].schema_id) }
        output "version" { value = data.twilio_event_schema.messages.latest_version }
        "#,
    );
    assert_eq!(found["numbers"], json!(["+14155550145"]));
    assert_eq!(found["kinds"], json!([["local", "toll_free"]]));
    assert!(found["portable"].is_boolean(), "{found}");
    assert_eq!(found["schemas"], json!(["Messaging.MessageStatus"]));
    assert!(found["version"].as_u64().is_some_and(|version| version > 0), "{found}");
}

#[test]
fn what_twilio_offers_for_transcripts_and_in_its_marketplace_is_read() {
    let sandbox = Sandbox::standing();
    let put = |host: &str, path: &str, form: &[(&str, &str)]| {
        let form = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        sandbox.make(
            &Before {
                name: "offered".to_owned(),
                host: host.to_owned(),
                path: path.to_owned(),
                form: form.collect(),
                put_there: true,
            },
            &BTreeMap::new(),
        )
    };
    let intelligence = "intelligence.twilio.com";
    let summary = put(intelligence, "/v2/Operators/PreBuilt", &[("friendly_name", "Summary")]);
    put(intelligence, "/v2/OperatorTypes", &[("name", "Summarize")]);
    put(
        "marketplace.twilio.com",
        "/v1/AvailableAddOns",
        &[("friendly_name", "Spam scores"), ("pricing_type", "per lookup")],
    );
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_intelligence_service" "calls" { unique_name = "calls" }
        resource "twilio_intelligence_service_operator" "summary" {
          service_sid  = twilio_intelligence_service.calls.sid
          operator_sid = one(data.twilio_intelligence_prebuilt_operators.all.operators).sid
        }
        data "twilio_intelligence_prebuilt_operators" "all" {}
        data "twilio_intelligence_operator_types" "all" {}
        data "twilio_marketplace_available_add_ons" "all" {}
        output "attached" { value = twilio_intelligence_service_operator.summary.operator_sid }
        output "language" { value = twilio_intelligence_service.calls.language_code }
        output "types" { value = data.twilio_intelligence_operator_types.all.operator_types[*].name }
        output "prices" { value = data.twilio_marketplace_available_add_ons.all.add_ons[*].pricing_type }
        "#,
    );
    assert_eq!(found["attached"], summary.as_str());
    assert_eq!(found["language"], "en-US", "what Twilio made of nothing");
    assert_eq!(found["types"], json!(["Summarize"]));
    assert_eq!(found["prices"], json!(["per lookup"]));
}
