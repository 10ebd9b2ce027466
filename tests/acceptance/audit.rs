//! The audit log of whole runs: each write that reached Twilio has its line, with who and why, and no secret is in it.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const CONFIG: &str = r#"
    resource "twilio_api_key" "app" {
      friendly_name = "App"
      keepers       = { rotation = "1" }
    }
    resource "twilio_verify_service" "login" {
      friendly_name = "Login"
    }
    resource "twilio_messaging_service" "alerts" {
      friendly_name = "Alerts"
    }
"#;

/// What every line has, in this order.
const MEMBERS: &[&str] = &[
    "time",
    "actor",
    "change_ticket_id",
    "change_reason",
    "account",
    "signed_in_as",
    "resource_type",
    "method",
    "host",
    "path",
    "parameters",
    "attempt",
    "status",
    "twilio_code",
    "request_id",
    "sid",
    "error",
    "duration_ms",
];

fn audited() -> (Sandbox, PathBuf) {
    let mut sandbox = Sandbox::new();
    for (name, text) in [
        ("CHANGE_ACTOR", "ann@example.com"),
        ("CHANGE_TICKET_ID", "OPS-7"),
        ("CHANGE_REASON", "New line \"support\", as agreed"),
    ] {
        sandbox.terraform.set_env(name, text);
    }
    let path = sandbox.terraform.path().join("audit.jsonl");
    (sandbox, path)
}

/// Applies with the audit log in the provider block, where it has a relative path.
fn apply(sandbox: &Sandbox, config: &str) -> String {
    sandbox.configure(config);
    sandbox.provider_block("audit_log = { path = \"audit.jsonl\" }");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).text()
}

fn lines(path: &Path) -> Vec<Json> {
    let text = std::fs::read_to_string(path).expect("the audit log is there");
    let line = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(line).collect()
}

/// Requests that change something, as the local Twilio saw them.
fn writes(sandbox: &Sandbox) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    requests
        .into_iter()
        .filter(|request| request["method"] != "GET")
        .collect()
}

#[test]
fn each_write_of_a_whole_life_has_a_complete_line_and_no_secret_is_in_it() {
    let (sandbox, path) = audited();
    let slow_down = json!([{"match": {"method": "POST", "host": "verify.twilio.com"}, "fault": "status", "status": 429,
        "headers": {"Retry-After": "0"}, "times": 1,
        "body": {"code": 20429, "message": "Too Many Requests", "more_info": "", "status": 429}}]);
    sandbox.twilio.faults(&slow_down).expect("the fault is understood");
    apply(&sandbox, CONFIG);
    let first_secret = sandbox.resource("twilio_api_key.app")["secret"].clone();
    apply(&sandbox, &CONFIG.replace("\"1\"", "\"2\"").replace("Login", "Sign in"));
    let second_secret = sandbox.resource("twilio_api_key.app")["secret"].clone();
    sandbox.succeed(&["plan", "-no-color"]);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();

    let (lines, mut writes) = (lines(&path), writes(&sandbox));
    assert_eq!(lines.len(), writes.len(), "{lines:#?}\n{writes:#?}");
    // 3 creates, one of them twice; a key more and one less; both keys get their names; a new name; 3 deletes.
    assert_eq!(lines.len(), 12, "{lines:#?}");
    for line in &lines {
        let members: Vec<_> = line.as_object().expect("an object").keys().collect();
        assert_eq!(members, MEMBERS);
        assert_eq!(line["actor"], "ann@example.com");
        assert_eq!(line["change_ticket_id"], "OPS-7");
        assert_eq!(line["change_reason"], "New line \"support\", as agreed");
        assert_eq!(line["account"], sandbox.handle.account_sid.as_str());
        let expected = match line["host"].as_str() {
            Some("verify.twilio.com") => "twilio_verify_service",
            Some("messaging.twilio.com") => "twilio_messaging_service",
            _ => "twilio_api_key",
        };
        assert_eq!(line["resource_type"], expected, "{line}");
        assert!(
            line["request_id"].as_str().is_some_and(|id| id.starts_with("RQ")),
            "{line}"
        );
        let found = writes.iter().position(|write| {
            ["method", "host", "path", "status"]
                .iter()
                .all(|member| write[*member] == line[*member])
        });
        writes.remove(found.unwrap_or_else(|| panic!("Twilio has not seen {line}: {writes:#?}")));
    }
    let repeated: Vec<_> = lines
        .iter()
        .filter(|line| line["path"] == "/v2/Services")
        .map(|line| (&line["attempt"], &line["status"], &line["twilio_code"]))
        .collect();
    assert_eq!(
        repeated,
        [
            (&json!(1), &json!(429), &json!(20429)),
            (&json!(2), &json!(201), &Json::Null)
        ]
    );

    let text = std::fs::read_to_string(&path).expect("it is there");
    for secret in [
        &sandbox.handle.auth_token,
        first_secret.as_str().expect("a text"),
        second_secret.as_str().expect("a text"),
    ] {
        assert!(!text.contains(secret), "a secret is in the audit log");
    }
}

#[test]
fn a_key_that_is_revoked_because_its_secret_was_lost_is_recorded_as_the_keys() {
    let (sandbox, path) = audited();
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": "Keys"}, "fault": "reset_after", "times": 1}]))
        .expect("the fault is understood");
    apply(&sandbox, r#"resource "twilio_api_key" "app" { friendly_name = "App" }"#);
    let told: Vec<_> = lines(&path)
        .into_iter()
        .map(|line| {
            (
                line["method"].clone(),
                line["status"].clone(),
                line["resource_type"].clone(),
                line["error"].is_string(),
            )
        })
        .collect();
    let key = json!("twilio_api_key");
    assert_eq!(
        told,
        [
            (json!("POST"), Json::Null, key.clone(), true),
            (json!("DELETE"), json!(204), key.clone(), false),
            (json!("POST"), json!(201), key.clone(), false),
            // It gets its name.
            (json!("POST"), json!(200), key, false),
        ]
    );
}

#[test]
fn two_runs_share_a_file_named_by_the_environment() {
    let (mut sandbox, _) = audited();
    let mut other = sandbox.another_workspace();
    let path = sandbox.terraform.path().join("shared.jsonl");
    sandbox.terraform.set_env("TWILIO_AUDIT_LOG", &path);
    other.set_env("TWILIO_AUDIT_LOG", &path);
    let config = |name: &str| {
        format!(
            r#"resource "twilio_twiml_app" "apps" {{
                 count         = 20
                 friendly_name = "{name} ${{count.index}}"
               }}"#
        )
    };
    crate::sandbox::configure(&sandbox.terraform, &config("One"));
    crate::sandbox::configure(&other, &config("Two"));
    std::thread::scope(|scope| {
        for workspace in [&sandbox.terraform, &other] {
            scope.spawn(|| {
                let output = workspace.run(&["apply", "-auto-approve", "-no-color"]);
                let output = output.expect("terraform starts");
                assert_eq!(output.code, 0, "{}", output.text());
            });
        }
    });
    assert_eq!(lines(&path).len(), 40);
}

#[test]
fn a_file_that_cannot_be_written_ends_the_plan_before_anything_is_requested() {
    let (sandbox, _) = audited();
    std::fs::create_dir(sandbox.terraform.path().join("folder")).expect("a folder");
    for (path, needles) in [
        ("none/audit.jsonl", ["none does not exist", "Make the folder first"]),
        ("folder", ["folder is a folder", "Name a file in it"]),
    ] {
        sandbox.configure(CONFIG);
        sandbox.provider_block(&format!("audit_log = {{ path = {path:?} }}"));
        for command in [&["plan", "-no-color"][..], &["apply", "-auto-approve", "-no-color"]] {
            let output = sandbox.terraform.run(command).expect("terraform starts");
            let said = output.unwrapped();
            assert_ne!(output.code, 0, "{said}");
            assert_eq!(said.matches("Error: ").count(), 1, "{said}");
            for needle in needles
                .iter()
                .chain(&["The audit log cannot be written", "audit_log = {"])
            {
                assert!(said.contains(needle), "{needle:?} is not in: {said}");
            }
        }
    }
    sandbox.configure(CONFIG);
    sandbox.provider_block("audit_log = { path = \"\" }");
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert!(output.code != 0 && said.contains("audit_log.path"), "{said}");
    let asked = sandbox.twilio.requests().expect("the simulator answers");
    assert!(asked.is_empty(), "{asked:#?}");
}

#[test]
fn what_cannot_be_recorded_any_more_is_reported_and_nothing_else_is_changed() {
    let (sandbox, path) = audited();
    // The file goes away after the first write, and a folder takes its place, which stops an administrator too.
    let config = r#"
        resource "twilio_messaging_service" "first" { friendly_name = "First" }
        resource "terraform_data" "accident" {
          input = twilio_messaging_service.first.sid
          provisioner "local-exec" {
            command     = "mv audit.jsonl kept.jsonl && mkdir audit.jsonl"
            interpreter = ["sh", "-c"]
          }
        }
        resource "twilio_messaging_service" "second" {
          friendly_name = "Second"
          depends_on    = [terraform_data.accident]
        }
        resource "twilio_messaging_service" "third" {
          friendly_name = "Third"
          depends_on    = [twilio_messaging_service.second]
        }
    "#;
    sandbox.configure(config);
    sandbox.provider_block("audit_log = { path = \"audit.jsonl\" }");
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let (text, said) = (output.text(), output.unwrapped());
    assert_ne!(output.code, 0, "{said}");
    for needle in [
        "One change is missing in the audit log",
        "The audit log cannot be written; did not create twilio_messaging_service",
        "Nothing was created",
        "is a folder",
    ] {
        assert!(said.contains(needle), "{needle:?} is not in: {said}");
    }
    let created = writes(&sandbox);
    assert_eq!(created.len(), 2, "the third was not sent: {created:#?}");
    sandbox.resource("twilio_messaging_service.second");
    // The record that is missing can be copied from what was said.
    let missing = text
        .lines()
        .find_map(|line| serde_json::from_str::<Json>(line.trim_start_matches(['│', ' '])).ok())
        .unwrap_or_else(|| panic!("no line to copy in: {text}"));
    assert_eq!(missing["parameters"]["FriendlyName"], "Second");

    std::fs::remove_dir(&path).expect("it is empty");
    std::fs::rename(path.with_file_name("kept.jsonl"), &path).expect("it can be moved");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(lines(&path).len(), 2);
}

/// A lock that another program holds, for example one that copies the log, until it is dropped.
fn locked(path: &Path) -> std::fs::File {
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
    let file = file.expect("it can be opened");
    file.lock().expect("it can be locked");
    file
}

#[test]
fn a_lock_that_somebody_keeps_ends_the_apply_in_an_error_before_anything_is_sent() {
    let (sandbox, path) = audited();
    sandbox.configure(CONFIG);
    sandbox.provider_block("audit_log = { path = \"audit.jsonl\" }");
    let held = locked(&path);
    let said = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let text = said.unwrapped();
    assert_ne!(said.code, 0, "{text}");
    for needle in [
        "The audit log cannot be written",
        "another program holds a lock on",
        "Nothing was created",
    ] {
        assert!(text.contains(needle), "{needle:?} is not in: {text}");
    }
    assert!(writes(&sandbox).is_empty(), "{:#?}", writes(&sandbox));
    drop(held);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(lines(&path).len(), writes(&sandbox).len());
}

#[test]
fn a_lock_that_comes_during_a_create_loses_neither_the_object_nor_its_record() {
    let (sandbox, path) = audited();
    let late = json!([{"match": {"method": "POST"}, "fault": "delay_after", "ms": 1000}]);
    sandbox.twilio.faults(&late).expect("the fault is understood");
    sandbox.configure(r#"resource "twilio_messaging_service" "a" { friendly_name = "Alerts" }"#);
    sandbox.provider_block("audit_log = { path = \"audit.jsonl\" }");
    let output = std::thread::scope(|scope| {
        let apply = scope.spawn(|| sandbox.terraform.run(&["apply", "-auto-approve", "-no-color"]));
        while writes(&sandbox).is_empty() {
            std::thread::yield_now();
        }
        let _held = locked(&path);
        apply.join().expect("it does not panic")
    });
    let output = output.expect("terraform starts");
    let text = output.text();
    assert_eq!(output.code, 0, "{text}");
    sandbox.resource("twilio_messaging_service.a");
    assert!(text.contains("One change is missing in the audit log"), "{text}");
    let record = text
        .lines()
        .find_map(|line| serde_json::from_str::<Json>(line.trim_start_matches(['│', ' '])).ok());
    let record = record.unwrap_or_else(|| panic!("no line to copy in: {text}"));
    assert_eq!(record["parameters"]["FriendlyName"], "Alerts");
}

#[test]
fn phone_numbers_are_masked_in_the_records_where_that_is_wanted_and_nowhere_else() {
    let (mut sandbox, path) = audited();
    sandbox
        .terraform
        .set_env("CHANGE_REASON", "The line +14155550142 is moved");
    sandbox.terraform.set_env("TF_LOG_PROVIDER", "TRACE");
    let log = sandbox.terraform.path().join("provider.log");
    sandbox.terraform.set_env("TF_LOG_PATH", log.display().to_string());
    let number = "resource \"twilio_phone_number\" \"line\" {\n  phone_number = \"+14155550142\"\n  on_destroy = \"release\"\n}\n";
    sandbox.configure(number);
    sandbox.provider_block("audit_log = { path = \"audit.jsonl\" }\n  mask_phone_numbers = true");
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).text();
    assert!(
        said.contains("+14155550142"),
        "the plan is for whoever configures it: {said}"
    );
    let bought = &lines(&path)[0];
    assert_eq!(bought["parameters"]["PhoneNumber"], "+141******42", "{bought:#}");
    assert_eq!(bought["change_reason"], "The line +141******42 is moved");
    let state = sandbox.resource("twilio_phone_number.line");
    assert_eq!(state["phone_number"], "+14155550142");
    let log = std::fs::read_to_string(&log).expect("a log");
    assert!(log.contains("141******42"), "the log has requests in it");
    let whole = log
        .lines()
        .find(|line| line.contains("14155550142") && line.contains("provider.terraform-provider-twilio"));
    assert_eq!(whole, None);

    sandbox.terraform.set_env("TWILIO_MASK_PHONE_NUMBERS", "perhaps");
    sandbox.configure(number);
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    assert!(
        output.code != 0
            && output
                .unwrapped()
                .contains("TWILIO_MASK_PHONE_NUMBERS is neither true nor false"),
        "{}",
        output.text()
    );
}
