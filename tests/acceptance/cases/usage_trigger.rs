//! `twilio_usage_trigger`.

use serde_json::json;

use crate::lifecycle::fill;
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_usage_trigger.a";

#[test]
fn a_relative_value_stays_as_it_was_written() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_usage_trigger" "a" {
             usage_category = "sms"
             trigger_value  = "+30"
             callback_url   = "https://example.com/usage"
           }"#,
    );
    assert_eq!(sandbox.resource(ADDRESS)["trigger_value"], "+30");
    sandbox.plan_is_empty("with a relative value");
}

#[test]
fn what_is_used_meanwhile_is_no_drift() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_usage_trigger" "a" {
             usage_category = "totalprice"
             trigger_value  = "30"
             callback_url   = "https://example.com/spend"
           }"#,
    );
    let path = fill(
        "/2010-04-01/Accounts/{account_sid}/Usage/Triggers/{sid}.json",
        &sandbox.resource(ADDRESS),
    );
    let moved = json!({"current_value": "12.5", "date_fired": "Fri, 01 May 2026 10:00:00 +0000"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &moved)
        .expect("the trigger can be changed");
    sandbox.refresh_finds_nothing("after more was used");
    sandbox.plan_is_empty("after more was used");
}
