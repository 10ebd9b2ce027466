//! Secrets that are given and never stored: write-only arguments, with a number beside them.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::lifecycle::active_changes;
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_event_sink.test";
pub const SECRETS: [&str; 3] = ["hush-write-key-41c7", "hush-write-key-82d0", "hush-write-key-9be3"];

pub fn segment(description: &str, configuration: &str) -> String {
    format!(
        r#"variable "key" {{
             type      = string
             ephemeral = true
             default   = null
           }}
           resource "twilio_event_sink" "test" {{
             description        = "{description}"
             sink_type          = "segment"
             sink_configuration = {{ {configuration} }}
           }}"#
    )
}

/// The configurations of sinks that were sent, in order.
pub fn sent(sandbox: &Sandbox) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers").into_iter();
    let posts = requests.filter(|request| request["method"] == "POST");
    let configured = posts.filter_map(|request| {
        let text = request["form"]["SinkConfiguration"].as_str()?.to_owned();
        serde_json::from_str(&text).ok()
    });
    configured.collect()
}

/// Everything is logged and recorded from now on. Returns where the log is.
pub fn logged(sandbox: &mut Sandbox) -> PathBuf {
    let log = sandbox.terraform.path().join("trace.log");
    let audit = sandbox.terraform.path().join("audit.jsonl");
    sandbox.terraform.set_env("TF_LOG", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.terraform.set_env("TWILIO_AUDIT_LOG", &audit);
    log
}

/// Nothing in a folder has one of these texts, in a compressed plan neither.
#[track_caller]
pub fn is_in_no_file(sandbox: &Sandbox, folder: &Path, secrets: &[&str]) {
    let mut read = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() || name.ends_with(".tf") || name.ends_with(".tfvars") {
            continue;
        }
        let mut text = String::from_utf8_lossy(&std::fs::read(&path).expect("it can be read")).into_owned();
        if name.ends_with(".tfplan") {
            text.push_str(&sandbox.succeed(&["show", "-json", &name]).text());
        }
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} is in {name}");
        }
        read.push(name);
    }
    for name in ["terraform.tfstate", "change.tfplan", "trace.log", "audit.jsonl"] {
        assert!(read.iter().any(|read| read == name), "{name} was not there: {read:?}");
    }
}

#[test]
fn a_secret_that_is_given_write_only_reaches_twilio_and_nothing_else() {
    let mut sandbox = Sandbox::new();
    let log = logged(&mut sandbox);
    let config = |version: u8| {
        segment(
            "Segment",
            &format!("write_key_wo = var.key\nwrite_key_wo_version = {version}"),
        )
    };
    let mut said = String::new();

    sandbox.terraform.set_env("TF_VAR_key", SECRETS[0]);
    // A refusal that repeats what was sent.
    let echo = json!({"code": 20001, "message": format!("{} is odd", SECRETS[0]), "status": 400});
    let fault = json!([{"match": {"method": "POST", "path": "Sinks"}, "fault": "status", "status": 400, "body": echo}]);
    sandbox.twilio.faults(&fault).expect("the fault is understood");
    let refused = sandbox.apply_fails(&config(1));
    assert!(refused.contains("(redacted) is odd"), "{refused}");
    said.push_str(&refused);
    sandbox.twilio.faults(&json!([])).expect("none is understood");

    sandbox.configure(&config(1));
    said.push_str(&sandbox.succeed(&["plan", "-no-color", "-out=create.tfplan"]).text());
    said.push_str(&sandbox.succeed(&["apply", "-no-color", "create.tfplan"]).text());
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let made = sandbox.resource(ADDRESS);
    let stored = &made["sink_configuration"];
    assert_eq!(
        [
            &stored["write_key"],
            &stored["write_key_wo"],
            &stored["write_key_wo_version"]
        ],
        [&Json::Null, &Json::Null, &json!(1)]
    );

    sandbox.twilio.forget_requests().expect("the simulator answers");

    // Another secret with the same number is no change; neither is it sent along with another change.
    sandbox.terraform.set_env("TF_VAR_key", SECRETS[1]);
    sandbox.plan_is_empty("with another secret of the same version");
    said.push_str(&sandbox.apply(&config(1).replace("\"Segment\"", "\"Renamed\"")).text());
    assert_eq!(sandbox.resource(ADDRESS)["sid"], made["sid"]);
    assert!(sent(&sandbox).is_empty());

    // What a sink has for good makes another sink, once.
    sandbox.terraform.set_env("TF_VAR_key", SECRETS[2]);
    sandbox.configure(&config(2));
    said.push_str(&sandbox.succeed(&["plan", "-no-color", "-out=change.tfplan"]).text());
    said.push_str(&sandbox.succeed(&["apply", "-no-color", "change.tfplan"]).text());
    assert_ne!(sandbox.resource(ADDRESS)["sid"], made["sid"]);
    sandbox.plan_is_empty("after the change");
    assert_eq!(sent(&sandbox), [json!({"write_key": SECRETS[2]})]);
    is_in_no_file(&sandbox, &sandbox.terraform.path(), &SECRETS);
    for secret in SECRETS {
        assert!(!said.contains(secret), "{said}");
    }
    let log = std::fs::read_to_string(&log).expect("there is a log");
    assert!(
        log.contains("response body") && log.contains("request parameters"),
        "the log is not at TRACE"
    );
}

#[test]
fn a_secret_is_given_in_one_way_and_whatever_is_wrong_is_said_once() {
    let sandbox = Sandbox::new();
    let version = "write_key_wo_version = 1";
    for (configuration, reason) in [
        (
            format!("write_key = \"a\"\nwrite_key_wo = \"b\"\n{version}"),
            "Only one of these may be set",
        ),
        (
            "write_key = \"a\"\nwrite_key_wo = \"b\"".to_owned(),
            "Only one of these may be set",
        ),
        (
            "write_key_wo = \"b\"".to_owned(),
            "so write_key_wo_version must be set too",
        ),
        (
            format!("write_key = \"a\"\n{version}"),
            "says which value write_key_wo has, and that is not set",
        ),
        (format!("write_key_wo = \"\"\n{version}"), "write_key_wo"),
        (
            "write_key_wo = \"b\"\nwrite_key_wo_version = 1.5".to_owned(),
            "whole number",
        ),
        ("batch_events = null".to_owned(), "missing: write_key"),
    ] {
        let said = sandbox.apply_fails(&segment("Segment", &configuration));
        assert!(said.contains(reason), "{configuration}: {said}");
        assert_eq!(said.matches("Error: ").count(), 1, "{configuration}: {said}");
    }
    let said = sandbox.apply_fails(
        r#"resource "twilio_event_sink" "test" {
             description        = "Hook"
             sink_type          = "webhook"
             sink_configuration = {
               destination          = "https://example.com"
               method               = "POST"
               write_key_wo         = "b"
               write_key_wo_version = 1
             }
           }"#,
    );
    assert!(
        said.contains("sink_configuration.write_key_wo belongs to a sink"),
        "{said}"
    );
    assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    sandbox.nothing_is_left();
}

#[test]
fn a_secret_moves_out_of_the_state_and_nothing_is_sent() {
    let sandbox = Sandbox::new();
    sandbox.apply(&segment("Segment", &format!("write_key = \"{}\"", SECRETS[0])));
    let made = sandbox.resource(ADDRESS);
    sandbox.twilio.forget_requests().expect("the simulator answers");
    let moved = segment(
        "Segment",
        &format!("write_key_wo = \"{}\"\nwrite_key_wo_version = 1", SECRETS[0]),
    );
    sandbox.configure(&moved);
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes[0]["change"]["actions"], json!(["update"]), "{changes:#?}");
    sandbox.apply(&moved);
    sandbox.plan_is_empty("after the move");
    assert_eq!(sandbox.resource(ADDRESS)["sid"], made["sid"]);
    assert!(sandbox.resource(ADDRESS)["sink_configuration"]["write_key"].is_null());
    assert!(sent(&sandbox).is_empty());

    // Nobody knows what is not stored, so a secret that is stored again is another one.
    sandbox.apply(&segment("Segment", &format!("write_key = \"{}\"", SECRETS[0])));
    assert_ne!(sandbox.resource(ADDRESS)["sid"], made["sid"]);
    sandbox.plan_is_empty("after the way back");
}

#[test]
fn what_is_imported_is_taken_over_write_only_and_stays_what_it_is() {
    let sandbox = Sandbox::new();
    sandbox.apply(&segment("Segment", &format!("write_key = \"{}\"", SECRETS[0])));
    let made = sandbox.resource(ADDRESS);
    sandbox.succeed(&["state", "rm", ADDRESS]);
    let config = segment(
        "Segment",
        &format!("write_key_wo = \"{}\"\nwrite_key_wo_version = 1", SECRETS[0]),
    );
    sandbox.configure(&config);
    sandbox.succeed(&["import", ADDRESS, made["id"].as_str().expect("an id")]);
    assert!(sandbox.resource(ADDRESS)["sink_configuration"]["write_key_wo"].is_null());
    sandbox.apply(&config);
    sandbox.plan_is_empty("after the import");
    let stored = sandbox.resource(ADDRESS);
    assert_eq!(stored["sid"], made["sid"]);
    assert!(stored["sink_configuration"]["write_key"].is_null(), "{stored:#}");
}
