//! `twilio_event_sink`.

use serde_json::json;

use crate::lifecycle::fill;
use crate::world::World;

/// A webhook sink with this description and these further attributes.
fn webhook(description: &str, more: &str) -> String {
    format!(
        r#"resource "twilio_event_sink" "test" {{
             description        = "{description}"
             sink_type          = "webhook"
             sink_configuration = {{
               destination = "https://example.com/events"
               method      = "POST"
               {more}
             }}
           }}"#
    )
}

const ADDRESS: &str = "twilio_event_sink.test";
const HOST: &str = "events.twilio.com";
const PATH: &str = "/v1/Sinks/{sid}";

#[test]
fn a_sink_with_another_configuration_is_another_sink() {
    let world = World::new();
    world.apply(&webhook("First", "batch_events = true"));
    let sid = world.resource(ADDRESS)["sid"].clone();
    world.apply(&webhook("Second", "batch_events = true"));
    assert_eq!(world.resource(ADDRESS)["sid"], sid, "the description changes in place");
    world.apply(&webhook("Second", ""));
    assert_ne!(
        world.resource(ADDRESS)["sid"],
        sid,
        "its configuration is part of a sink for good"
    );
    world.plan_is_empty("after an optional attribute was taken out");
}

#[test]
fn what_twilio_adds_or_masks_in_the_configuration_plans_nothing() {
    let world = World::new();
    world.apply(
        r#"resource "twilio_event_sink" "test" {
             description        = "Segment"
             sink_type          = "segment"
             sink_configuration = { write_key = "hush-hush" }
           }"#,
    );
    let path = fill(PATH, &world.resource(ADDRESS));
    let masked = json!({"sink_configuration": {"write_key": "****", "batch_events": false}});
    world
        .twilio
        .change(HOST, &path, &masked)
        .expect("the sink can be changed");
    world.plan_is_empty("with a masked write key");
    world.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(world.resource(ADDRESS)["sink_configuration"]["write_key"], "hush-hush");
    let shown = world.succeed(&["show", "-no-color"]).text();
    assert!(!shown.contains("hush-hush"), "{shown}");
}

#[test]
fn the_status_that_twilio_gives_it_is_read_and_plans_nothing() {
    let world = World::new();
    world.apply(&webhook("Sink", ""));
    let path = fill(PATH, &world.resource(ADDRESS));
    world
        .twilio
        .change(HOST, &path, &json!({"status": "failed"}))
        .expect("the sink can be changed");
    world.plan_is_empty("with another status");
    world.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(world.resource(ADDRESS)["status"], "failed");
}

#[test]
fn a_configuration_that_does_not_fit_its_type_names_what_is_missing() {
    let world = World::new();
    let said = world.apply_fails(
        r#"resource "twilio_event_sink" "test" {
             description        = "Stream"
             sink_type          = "kinesis"
             sink_configuration = { arn = "arn:aws:kinesis:us-east-1:111111111111:stream/events" }
           }"#,
    );
    assert!(said.contains("missing: role_arn, external_id"), "{said}");
    assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    world.nothing_is_left();
}
