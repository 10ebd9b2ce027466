//! `twilio_event_subscription`.

use serde_json::Value as Json;

use crate::lifecycle::{active_changes, changed_attributes, fill};
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_event_subscription.test";
const HOST: &str = "events.twilio.com";
const TYPES: &str = "/v1/Subscriptions/{sid}/SubscribedEvents";

const DELIVERED: &str = "com.twilio.messaging.message.delivered";
const FAILED: &str = "com.twilio.messaging.message.failed";
const SENT: &str = "com.twilio.messaging.message.sent";

/// A subscription to these types, each as `type` or `type@version`.
fn subscription(description: &str, types: &[&str]) -> String {
    let types: Vec<_> = types
        .iter()
        .map(|wanted| match wanted.split_once('@') {
            Some((name, version)) => format!(r#"{{ type = "{name}", schema_version = {version} }}"#),
            None => format!(r#"{{ type = "{wanted}" }}"#),
        })
        .collect();
    format!(
        r#"resource "twilio_event_sink" "test" {{
             description        = "Sink"
             sink_type          = "webhook"
             sink_configuration = {{ destination = "https://example.com/events", method = "POST" }}
           }}
           resource "twilio_event_subscription" "test" {{
             description = "{description}"
             sink_sid    = twilio_event_sink.test.sid
             types       = [{}]
           }}"#,
        types.join(", ")
    )
}

/// The stored types, sorted, each with its version.
fn stored(sandbox: &Sandbox) -> Vec<(String, i64)> {
    let resource = sandbox.resource(ADDRESS);
    let types = resource["types"].as_array().expect("types");
    let mut types: Vec<_> = types
        .iter()
        .map(|one| {
            (
                one["type"].as_str().expect("a type").to_owned(),
                one["schema_version"].as_i64().expect("a version"),
            )
        })
        .collect();
    types.sort();
    types
}

/// What was sent to the types of the subscription: method, last part of the path, what Twilio answered.
fn sent_to_types(sandbox: &Sandbox) -> Vec<(String, String, i64)> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let text = |request: &Json, name: &str| request[name].as_str().unwrap_or_default().to_owned();
    requests
        .iter()
        .filter(|request| text(request, "path").contains("/SubscribedEvents") && request["method"] != "GET")
        .map(|request| {
            let last = text(request, "path").rsplit('/').next().unwrap_or_default().to_owned();
            (
                text(request, "method"),
                last,
                request["status"].as_i64().unwrap_or_default(),
            )
        })
        .collect()
}

fn the_one_change(sandbox: &Sandbox) -> Json {
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).cloned().collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changes[0]["address"], ADDRESS);
    changes[0]["change"].clone()
}

#[test]
fn other_types_take_the_place_of_all_without_a_moment_of_none() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&subscription("Types", &[DELIVERED]));
    let sid = sandbox.resource(ADDRESS)["sid"].clone();
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.apply(&subscription("Types", &[FAILED, SENT]));
    assert_eq!(sandbox.resource(ADDRESS)["sid"], sid);
    sandbox.plan_is_empty("after all types were exchanged");
    let names: Vec<_> = stored(&sandbox).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [FAILED, SENT]);
    // Twilio refuses to take the last type out, so the new ones come first and no request is refused.
    let sent = sent_to_types(&sandbox);
    let methods: Vec<_> = sent.iter().map(|(method, ..)| method.as_str()).collect();
    assert_eq!(methods, ["POST", "POST", "DELETE"], "{sent:?}");
    assert_eq!(sent[2].1, DELIVERED);
    assert!(
        sent.iter().all(|(_, _, status)| (200..300).contains(status)),
        "{sent:?}"
    );
}

#[test]
fn a_version_changes_in_place_and_stays_when_it_is_no_longer_configured() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&subscription("Versions", &[&format!("{DELIVERED}@1"), FAILED]));
    let newest = stored(&sandbox)[1].1;
    assert!(newest > 1, "the types of messages have several versions");
    assert_eq!(
        stored(&sandbox),
        [(DELIVERED.to_owned(), 1), (FAILED.to_owned(), newest)]
    );

    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.apply(&subscription("Versions", &[&format!("{DELIVERED}@2"), FAILED]));
    sandbox.plan_is_empty("after the version changed");
    assert_eq!(
        stored(&sandbox),
        [(DELIVERED.to_owned(), 2), (FAILED.to_owned(), newest)]
    );
    let sent = sent_to_types(&sandbox);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!((sent[0].0.as_str(), sent[0].1.as_str()), ("POST", DELIVERED));

    sandbox.configure(&subscription("Versions", &[DELIVERED, FAILED]));
    sandbox.plan_is_empty("without a version");
}

#[test]
fn types_changed_behind_terraforms_back_are_seen_and_put_right() {
    let sandbox = Sandbox::standing();
    let config = subscription("Drift", &[DELIVERED, FAILED]);
    sandbox.apply(&config);
    let path = fill(TYPES, &sandbox.resource(ADDRESS));
    sandbox
        .twilio
        .remove(HOST, &format!("{path}/{FAILED}"))
        .expect("a type can be taken out");
    assert_eq!(changed_attributes(&the_one_change(&sandbox)), ["types"]);
    sandbox.apply(&config);
    sandbox.plan_is_empty("after the type was put back");
    assert_eq!(stored(&sandbox).len(), 2);
}

#[test]
fn a_type_that_twilio_does_not_know_changes_nothing_and_keeps_the_state_true() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&subscription("Types", &[DELIVERED]));
    let said = sandbox.apply_fails(&subscription("Types", &[DELIVERED, FAILED, "com.twilio.unheard-of"]));
    for needle in ["91104", "unheard-of", "types", "Check the spelling"] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    // What did happen before is seen by the next plan, and finishing works.
    sandbox.apply(&subscription("Types", &[DELIVERED, FAILED]));
    sandbox.plan_is_empty("after the type was corrected");
}

#[test]
fn a_type_that_is_named_twice_is_refused() {
    let sandbox = Sandbox::standing();
    let said = sandbox.apply_fails(&subscription(
        "Types",
        &[&format!("{DELIVERED}@1"), &format!("{DELIVERED}@2")],
    ));
    assert!(
        said.contains("named more than once") && said.contains(DELIVERED),
        "{said}"
    );
    sandbox.nothing_is_left();
}

#[test]
fn a_sink_in_use_is_not_destroyed_and_the_error_says_by_what() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&subscription("Use", &[DELIVERED]));
    sandbox.succeed(&["state", "rm", ADDRESS]);
    let said = sandbox.apply_fails("");
    for needle in ["91007", "A subscription still sends to this sink", "still exists"] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    sandbox.resource("twilio_event_sink.test");
}
