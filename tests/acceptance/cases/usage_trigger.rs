//! `twilio_usage_trigger`.

use serde_json::json;

use crate::lifecycle::{Case, Drift, fill};
use crate::world::World;

const CASE: Case = Case {
    address: "twilio_usage_trigger.test",
    config: r#"
        resource "twilio_usage_trigger" "test" {
          friendly_name   = "Spend"
          usage_category  = "totalprice"
          trigger_value   = "30"
          trigger_by      = "price"
          recurring       = "daily"
          callback_url    = "https://example.com/spend"
          callback_method = "GET"
        }
    "#,
    changed: r#"
        resource "twilio_usage_trigger" "test" {
          friendly_name   = "Spend"
          usage_category  = "totalprice"
          trigger_value   = "30"
          trigger_by      = "price"
          recurring       = "daily"
          callback_url    = "https://example.com/money"
          callback_method = "GET"
        }
    "#,
    changes: &["callback_url"],
    volatile: &[],
    removed: r#"
        resource "twilio_usage_trigger" "test" {
          friendly_name  = "Spend"
          usage_category = "totalprice"
          trigger_value  = "30"
          trigger_by     = "price"
          recurring      = "daily"
          callback_url   = "https://example.com/money"
        }
    "#,
    drift: Drift {
        host: "api.twilio.com",
        path: "/2010-04-01/Accounts/{account_sid}/Usage/Triggers/{sid}.json",
        field: "callback_url",
        value: r#""https://example.com/other""#,
        attribute: "callback_url",
    },
};

#[test]
fn a_relative_value_stays_as_it_was_written() {
    let world = World::new();
    world.apply(
        r#"resource "twilio_usage_trigger" "a" {
             usage_category = "sms"
             trigger_value  = "+30"
             callback_url   = "https://example.com/usage"
           }"#,
    );
    assert_eq!(world.resource("twilio_usage_trigger.a")["trigger_value"], "+30");
    world.plan_is_empty("with a relative value");
}

#[test]
fn what_is_used_meanwhile_is_no_drift() {
    let world = World::new();
    world.apply(CASE.config);
    let path = fill(CASE.drift.path, &world.resource(CASE.address));
    let moved = json!({"current_value": "12.5", "date_fired": "Fri, 01 May 2026 10:00:00 +0000"});
    world
        .twilio
        .change(CASE.drift.host, &path, &moved)
        .expect("the trigger can be changed");
    world.refresh_finds_nothing("after more was used");
    world.plan_is_empty("after more was used");
}

#[test]
fn lives_from_create_to_destroy() {
    CASE.run();
}
