//! Answers that are not about what was requested, and "not found" that is not Twilio's: nothing comes of them but an error.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const OURS: &str = "twilio_messaging_service.ours";

fn service(name: &str) -> String {
    format!("resource \"twilio_messaging_service\" \"ours\" {{ friendly_name = \"{name}\" }}\n")
}

/// A rule that answers every request of this method to the object with these status and body; a text is sent as it is.
fn answered(method: &str, sid: &str, status: u16, body: &Json) -> Json {
    json!([{"match": {"method": method, "host": "messaging.twilio.com", "path": format!("^/v1/Services/{sid}$")},
        "fault": "status", "status": status, "body": body}])
}

fn text(object: &Json, name: &str) -> String {
    object[name].as_str().expect("a text").to_owned()
}

/// The objects of the messaging product, by name.
fn services(sandbox: &Sandbox) -> Vec<String> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let services = objects
        .iter()
        .filter(|object| object["body"]["friendly_name"].is_string());
    let mut names: Vec<String> = services
        .filter(|object| object["sid"].as_str().is_some_and(|sid| sid.starts_with("MG")))
        .map(|object| text(&object["body"], "friendly_name"))
        .collect();
    names.sort();
    names
}

fn writes(sandbox: &Sandbox) -> usize {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    requests.iter().filter(|request| request["method"] != "GET").count()
}

#[test]
fn an_answer_about_another_object_changes_and_destroys_nothing() {
    let sandbox = Sandbox::standing();
    let both = format!(
        "{}resource \"twilio_messaging_service\" \"victim\" {{ friendly_name = \"victim\" }}\n",
        service("ours")
    );
    sandbox.apply(&both);
    let victim = sandbox.resource("twilio_messaging_service.victim");
    sandbox.succeed(&["state", "rm", "twilio_messaging_service.victim"]);
    let ours = text(&sandbox.resource(OURS), "sid");
    let victim = json!({"sid": victim["sid"], "account_sid": victim["account_sid"], "friendly_name": "victim"});
    for body in [
        victim,
        json!({}),
        json!([]),
        json!(""),
        json!({"code": 20500, "message": "bad", "status": 500}),
    ] {
        let fault = answered("GET", &ours, 200, &body);
        sandbox.twilio.faults(&fault).expect("the fault is understood");
        sandbox.twilio.forget_requests().expect("the simulator answers");
        let said = sandbox.apply_fails(&service("renamed"));
        assert!(
            said.contains("the response") && said.contains("state was left as it is"),
            "{said}"
        );
        assert_eq!(
            (text(&sandbox.resource(OURS), "sid"), writes(&sandbox)),
            (ours.clone(), 0),
            "{body}"
        );
    }
    // The same in answer to a change: it was sent, and what it came to is not believed.
    let swapped = answered(
        "POST",
        &ours,
        200,
        &json!({"sid": "MG00000000000000000000000000000009"}),
    );
    sandbox.twilio.faults(&swapped).expect("the fault is understood");
    sandbox.apply_fails(&service("renamed"));
    assert_eq!(text(&sandbox.resource(OURS), "sid"), ours);
    sandbox.twilio.faults(&json!([])).expect("no faults");
    sandbox.apply(&service("renamed"));
    assert_eq!(services(&sandbox), ["renamed", "victim"]);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    assert_eq!(services(&sandbox), ["victim"]);
}

#[test]
fn not_found_is_believed_of_twilio_only() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&service("ours"));
    let ours = text(&sandbox.resource(OURS), "sid");
    for (status, body) in [
        (404, json!("")),
        (404, json!({})),
        (404, json!({"message": "Not Found"})),
        (404, json!({"code": 5, "message": "Not Found", "details": []})),
        (404, json!("<html><title>404</title></html>")),
        (410, json!({"code": 20404, "message": "gone", "status": 410})),
    ] {
        let fault = answered("GET", &ours, status, &body);
        sandbox.twilio.faults(&fault).expect("the fault is understood");
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        let said = output.unwrapped();
        assert!(output.code != 0 && !said.contains("to add"), "{body}: {said}");
        let fault = answered("DELETE", &ours, status, &body);
        sandbox.twilio.faults(&fault).expect("the fault is understood");
        let destroy = ["destroy", "-auto-approve", "-refresh=false", "-no-color"];
        let output = sandbox.terraform.run(&destroy).expect("terraform starts");
        assert_ne!(output.code, 0, "{body}: {}", output.text());
        assert_eq!(text(&sandbox.resource(OURS), "sid"), ours, "{body}");
    }
    sandbox.twilio.faults(&json!([])).expect("no faults");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_create_that_is_answered_without_a_sid_is_found() {
    for body in [
        json!(""),
        json!({}),
        json!([]),
        json!({"sid": "..", "friendly_name": "ours"}),
    ] {
        let sandbox = Sandbox::standing();
        let fault = json!([{"match": {"method": "POST", "host": "messaging.twilio.com"}, "times": 1, "fault": "status",
            "status": 201, "executed": true, "body": body}]);
        sandbox.twilio.faults(&fault).expect("the fault is understood");
        sandbox.apply(&service("ours"));
        assert!(text(&sandbox.resource(OURS), "sid").starts_with("MG"), "{body}");
        assert_eq!(services(&sandbox), ["ours"], "{body}");
        sandbox.plan_is_empty("after the answer was lost");
    }
}

#[test]
fn a_delete_that_is_answered_with_the_object_has_deleted_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&service("ours"));
    let ours = sandbox.resource(OURS);
    let body = json!({"sid": ours["sid"], "account_sid": ours["account_sid"], "friendly_name": "ours"});
    for (status, body) in [(200, body), (202, json!(""))] {
        let fault = answered("DELETE", &text(&ours, "sid"), status, &body);
        sandbox.twilio.faults(&fault).expect("the fault is understood");
        sandbox.provider_block("max_retries = 1");
        let destroyed = sandbox.terraform.run(&["destroy", "-auto-approve", "-no-color"]);
        assert_eq!(destroyed.expect("terraform starts").code, 1, "{status}");
        assert_eq!(sandbox.resource(OURS)["sid"], ours["sid"], "it stays in the state");
        assert_eq!(services(&sandbox), ["ours"]);
        sandbox.configure(&service("ours"));
    }
}
