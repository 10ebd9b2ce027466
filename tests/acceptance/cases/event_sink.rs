//! `twilio_event_sink`.

use serde_json::json;

use crate::lifecycle::fill;
use crate::sandbox::Sandbox;

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
    let sandbox = Sandbox::standing();
    sandbox.apply(&webhook("First", "batch_events = true"));
    let sid = sandbox.resource(ADDRESS)["sid"].clone();
    sandbox.apply(&webhook("Second", "batch_events = true"));
    assert_eq!(
        sandbox.resource(ADDRESS)["sid"],
        sid,
        "the description changes in place"
    );
    sandbox.apply(&webhook("Second", ""));
    assert_ne!(
        sandbox.resource(ADDRESS)["sid"],
        sid,
        "its configuration is part of a sink for good"
    );
    sandbox.plan_is_empty("after an optional attribute was taken out");
}

#[test]
fn what_twilio_adds_or_masks_in_the_configuration_plans_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_event_sink" "test" {
             description        = "Segment"
             sink_type          = "segment"
             sink_configuration = { write_key = "hush-hush" }
           }"#,
    );
    let path = fill(PATH, &sandbox.resource(ADDRESS));
    let masked = json!({"sink_configuration": {"write_key": "****", "batch_events": false}});
    sandbox
        .twilio
        .change(HOST, &path, &masked)
        .expect("the sink can be changed");
    sandbox.plan_is_empty("with a masked write key");
    sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(
        sandbox.resource(ADDRESS)["sink_configuration"]["write_key"],
        "hush-hush"
    );
    let shown = sandbox.succeed(&["show", "-no-color"]).text();
    assert!(!shown.contains("hush-hush"), "{shown}");
}

#[test]
fn the_status_that_twilio_gives_it_is_read_and_plans_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&webhook("Sink", ""));
    let path = fill(PATH, &sandbox.resource(ADDRESS));
    sandbox
        .twilio
        .change(HOST, &path, &json!({"status": "failed"}))
        .expect("the sink can be changed");
    sandbox.plan_is_empty("with another status");
    sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(sandbox.resource(ADDRESS)["status"], "failed");
}

#[test]
fn a_configuration_that_does_not_fit_its_type_names_what_is_missing() {
    let sandbox = Sandbox::standing();
    let said = sandbox.apply_fails(
        r#"resource "twilio_event_sink" "test" {
             description        = "Stream"
             sink_type          = "kinesis"
             sink_configuration = { arn = "arn:aws:kinesis:us-east-1:111111111111:stream/events" }
           }"#,
    );
    assert!(said.contains("missing: role_arn, external_id"), "{said}");
    assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    sandbox.nothing_is_left();
}

/// Twilio's pages do not say how it shows a secret of a sink; each way of not showing it is tried.
#[test]
fn an_imported_sink_whose_secret_is_not_shown_is_not_replaced() {
    let shown = [
        json!({"write_key": "****"}),
        json!({"write_key": null}),
        json!({"write_key": ""}),
        json!({}),
    ];
    let ways = [
        ("write_key = \"hush-hush\"", "write_key = \"hush-other\""),
        (
            "write_key_wo = \"hush-hush\"\nwrite_key_wo_version = 1",
            "write_key_wo = \"hush-other\"\nwrite_key_wo_version = 2",
        ),
    ];
    for (index, shown) in shown.iter().enumerate() {
        let (given, changed) = ways[index % 2];
        let sandbox = Sandbox::standing();
        let config = |configuration: &str| {
            format!(
                r#"resource "twilio_event_sink" "test" {{
                     description        = "Segment"
                     sink_type          = "segment"
                     sink_configuration = {{
                       {configuration}
                     }}
                   }}"#
            )
        };
        sandbox.apply(&config("write_key = \"hush-hush\""));
        let made = sandbox.resource(ADDRESS);
        let sid = made["sid"].as_str().expect("a SID").to_owned();
        let path = fill(PATH, &made);
        let change = json!({"sink_configuration": shown});
        sandbox
            .twilio
            .change(HOST, &path, &change)
            .expect("the sink can be changed");
        sandbox.succeed(&["state", "rm", ADDRESS]);
        sandbox.twilio.forget_requests().expect("the simulator answers");

        let import = format!("\nimport {{\n  to = {ADDRESS}\n  id = \"{sid}\"\n}}\n");
        sandbox.configure(&(config(given) + &import));
        let plan = sandbox.succeed(&["plan", "-no-color"]).text();
        assert!(
            plan.contains("1 to import, 0 to add, 1 to change, 0 to destroy"),
            "{shown}: {plan}"
        );
        assert!(
            plan.contains("What Twilio does not show is only noted"),
            "{shown}: {plan}"
        );
        sandbox.succeed(&["apply", "-no-color", "-auto-approve"]);
        sandbox.plan_is_empty("after the import");
        sandbox.refresh_finds_nothing("after the import");
        assert_eq!(sandbox.resource(ADDRESS)["sid"], sid.as_str());
        let requests = sandbox.twilio.requests().expect("the simulator answers");
        assert!(
            requests.iter().all(|request| request["method"] == "GET"),
            "{requests:?}"
        );

        // From then on it is known which it is, and another one makes another sink.
        sandbox.apply(&config(changed));
        assert_ne!(sandbox.resource(ADDRESS)["sid"], sid.as_str());
    }
}
