//! `twilio_twiml_app`.

use serde_json::json;

use crate::lifecycle::{Case, Drift, fill};
use crate::world::World;

const CASE: Case = Case {
    address: "twilio_twiml_app.test",
    config: r#"
        resource "twilio_twiml_app" "test" {
          friendly_name = "Support"
          voice_url     = "https://example.com/voice"
          sms_method    = "GET"
        }
    "#,
    changed: r#"
        resource "twilio_twiml_app" "test" {
          friendly_name = "Support desk"
          voice_url     = "https://example.com/voice"
          sms_method    = "GET"
        }
    "#,
    changes: &["friendly_name"],
    volatile: &[],
    removed: r#"
        resource "twilio_twiml_app" "test" {
          friendly_name = "Support desk"
        }
    "#,
    drift: Drift {
        host: "api.twilio.com",
        path: "/2010-04-01/Accounts/{account_sid}/Applications/{sid}.json",
        field: "friendly_name",
        value: r#""Renamed""#,
        attribute: "friendly_name",
    },
};

#[test]
fn lives_from_create_to_destroy() {
    CASE.run();
}

#[test]
fn the_older_name_under_which_twilio_answers_the_message_callback_plans_nothing() {
    let world = World::new();
    world.apply(r#"resource "twilio_twiml_app" "test" { message_status_callback = "https://example.com/status" }"#);
    let path = fill(CASE.drift.path, &world.resource(CASE.address));
    world
        .twilio
        .change(
            "api.twilio.com",
            &path,
            &json!({"sms_status_callback": "https://example.com/status"}),
        )
        .expect("the app can be changed");
    world.plan_is_empty("with the callback under both names");
}
