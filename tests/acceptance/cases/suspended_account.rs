//! What a subaccount held before its suspension, which nobody sees afterwards: for the audit log, and for the check before a close.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::lifecycle::fill;
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_subaccount.a";

fn account(more: &str) -> String {
    format!("resource \"twilio_subaccount\" \"a\" {{\n  friendly_name = \"A\"\n  {more}\n}}\n")
}

const SUSPENDED: &str = "status = \"suspended\"";

/// A subaccount, suspended while a messaging service was in it. Returns the service's SID.
fn suspended_with_a_service(sandbox: &Sandbox) -> String {
    let service = "resource \"twilio_messaging_service\" \"s\" {\n  account_sid = twilio_subaccount.a.sid\n  friendly_name = \"S\"\n}\n";
    sandbox.apply(&format!("{}{service}", account("")));
    let sid = sandbox.resource("twilio_messaging_service.s")["sid"].clone();
    sandbox.succeed(&["state", "rm", "twilio_messaging_service.s"]);
    sandbox.apply(&account(SUSPENDED));
    sid.as_str().unwrap_or_default().to_owned()
}

fn plan_without(sandbox: &Sandbox) -> String {
    sandbox.configure("");
    sandbox.succeed(&["plan", "-no-color"]).unwrapped()
}

#[test]
fn an_empty_account_that_was_suspended_here_is_closed_without_force() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&account(""));
    sandbox.apply(&account(SUSPENDED));
    sandbox.plan_is_empty("after the suspension");
    // A change of its own leaves it as it was.
    let renamed = account(SUSPENDED).replace("\"A\"", "\"B\"");
    sandbox.apply(&renamed);
    let said = plan_without(&sandbox);
    for part in [
        "It holds no phone number",
        "is as it was just before this provider suspended it (20",
        "what was made in the seconds between is not known: Twilio's events (Monitor) of a suspended account cannot be read either.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    sandbox.configure("");
    sandbox.provider_block("policy = { suspend_before_close = true }");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn what_an_account_held_when_it_was_suspended_keeps_it_from_being_closed() {
    let sandbox = Sandbox::standing();
    let service = suspended_with_a_service(&sandbox);
    let said = plan_without(&sandbox);
    assert!(
        said.contains(&format!("It still holds messaging service {service}.")),
        "{said}"
    );
    let said = sandbox.apply_fails("");
    for part in [
        "still owns",
        service.as_str(),
        "is as it was just before this provider suspended it",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(sandbox.resource(ADDRESS)["status"], "suspended");
}

#[test]
fn an_account_that_somebody_changed_since_is_not_taken_for_what_it_was() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&account(""));
    sandbox.apply(&account(SUSPENDED));
    let path = fill("/2010-04-01/Accounts/{sid}.json", &sandbox.resource(ADDRESS));
    let later = json!({"date_updated": "Thu, 01 Jan 2099 00:00:00 +0000"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &later)
        .expect("it can be changed");
    let said = sandbox.apply_fails("");
    for part in ["cannot be seen", "was changed since", "status = \"active\""] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Awake and suspended again it is known.
    sandbox.apply(&account("status = \"active\""));
    sandbox.apply(&account(SUSPENDED));
    sandbox.apply("");
    sandbox.nothing_is_left();
}

/// The notes of an audit log.
fn notes(path: &std::path::Path) -> Vec<Json> {
    let text = std::fs::read_to_string(path).expect("the log was written");
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).expect("a line is JSON"));
    lines.filter(|line| !line["note"].is_null()).collect()
}

#[test]
fn the_audit_log_has_what_an_account_held_before_it_was_suspended() {
    let sandbox = Sandbox::standing();
    let path = sandbox.terraform.path().join("audit.jsonl");
    let block = format!("audit_log = {{ path = {:?} }}", path.to_string_lossy());
    let apply = |sandbox: &Sandbox, config: &str| {
        sandbox.configure(config);
        sandbox.provider_block(&block);
        sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    };
    apply(&sandbox, &account(""));
    apply(&sandbox, &account(SUSPENDED));
    apply(&sandbox, &account("status = \"active\"\n  on_destroy = \"suspend\""));
    let sid = sandbox.resource(ADDRESS)["sid"].clone();
    apply(&sandbox, "");
    let notes = notes(&path);
    assert_eq!(notes.len(), 2, "{notes:?}");
    for note in &notes {
        assert_eq!(note["note"], "held before its suspension");
        assert_eq!(
            (&note["account"], &note["resource_type"]),
            (&sid, &json!("twilio_subaccount"))
        );
        assert_eq!(
            note["data"]["kinds"]["messaging service"],
            json!({"count": 0, "sids": []})
        );
        assert_eq!(note["data"]["unread"], json!([]));
    }
    let lines = std::fs::read_to_string(&path).expect("the log was written");
    let members = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<BTreeMap<String, Json>>(line).ok());
    assert!(members.count() >= 5, "each write has its line, too: {lines}");
}

#[test]
fn a_suspension_does_not_wait_for_what_cannot_be_seen() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&account(""));
    let refused = json!([{"match": {"host": "messaging.twilio.com"}, "fault": "status", "status": 401,
        "body": {"code": 20003, "message": "Authenticate", "more_info": "", "status": 401}}]);
    sandbox.twilio.faults(&refused).expect("the fault is understood");
    let said = sandbox.apply(&account(SUSPENDED)).unwrapped();
    assert!(said.contains("was not all seen before it was suspended"), "{said}");
    assert_eq!(sandbox.resource(ADDRESS)["status"], "suspended");
    sandbox.twilio.faults(&json!([])).expect("no faults");
    let said = sandbox.apply_fails("");
    assert!(
        said.contains("cannot be seen") && said.contains("messaging service"),
        "{said}"
    );
}
