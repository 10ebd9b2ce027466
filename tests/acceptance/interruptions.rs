//! Applies that are interrupted: by a person, and by the kernel.

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use terraform_provider_twilio::twilio::{Clock as _, SystemClock};

use crate::sandbox::Sandbox;

const HUNDRED: &str = r#"
    resource "twilio_messaging_service" "each" {
      count         = 100
      friendly_name = "Service ${count.index}"
    }
"#;

/// Starts an apply in a process group of its own, so that signals reach Terraform and the provider as from a terminal.
fn start_apply(sandbox: &Sandbox) -> Child {
    sandbox
        .terraform
        .command(&["apply", "-auto-approve", "-no-color"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("terraform starts")
}

fn signal(name: &str, group: &Child) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), "--".to_owned(), format!("-{}", group.id())])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal can be sent");
}

/// SIDs of all objects in a collection.
fn sids(sandbox: &Sandbox, collection: &str) -> Vec<String> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let mut sids: Vec<_> = objects
        .iter()
        .filter(|object| object["collection"] == collection)
        .filter_map(|object| object["sid"].as_str().map(str::to_owned))
        .collect();
    sids.sort();
    sids
}

/// SIDs of all resources in the state.
fn sids_in_state(sandbox: &Sandbox) -> Vec<String> {
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    let resources = state["values"]["root_module"]["resources"].as_array();
    let mut sids: Vec<_> = resources
        .into_iter()
        .flatten()
        .filter_map(|resource| resource["values"]["sid"].as_str().map(str::to_owned))
        .collect();
    sids.sort();
    sids
}

/// Looks until Twilio has at least `count` of the collection.
fn wait_for(sandbox: &Sandbox, collection: &str, count: usize) {
    while sids(sandbox, collection).len() < count {
        std::thread::yield_now();
    }
}

#[test]
fn an_interrupt_in_the_middle_leaves_a_state_that_agrees_with_twilio() {
    let sandbox = Sandbox::slow(20);
    sandbox.configure(HUNDRED);
    let mut apply = start_apply(&sandbox);
    wait_for(&sandbox, "/v1/Services", 15);
    signal("INT", &apply);
    let status = apply.wait().expect("terraform ends");
    assert!(!status.success(), "an interrupted apply says so");
    let made = sids(&sandbox, "/v1/Services");
    assert!(made.len() < 100, "the interrupt came too late to tell anything");
    assert_eq!(sids_in_state(&sandbox), made);

    sandbox.apply(HUNDRED);
    assert_eq!(sids(&sandbox, "/v1/Services").len(), 100);
    assert_eq!(sids_in_state(&sandbox), sids(&sandbox, "/v1/Services"));
    sandbox.plan_is_empty("after the apply was completed");
}

/// What CI runners and systemd do: Terraform and the provider get the signal at the same moment.
#[test]
fn a_sigterm_to_all_in_the_middle_of_creates_loses_none_and_doubles_none() {
    let sandbox = Sandbox::new();
    let late = json!([{"match": {"method": "POST"}, "fault": "delay_after", "ms": 1500}]);
    sandbox.twilio.faults(&late).expect("the fault is understood");
    let thirty = HUNDRED.replace("100", "30");
    sandbox.configure(&thirty);
    let mut apply = start_apply(&sandbox);
    wait_for(&sandbox, "/v1/Services", 5);
    signal("TERM", &apply);
    let status = apply.wait().expect("terraform ends");
    assert!(!status.success(), "an interrupted apply says so");
    let made = sids(&sandbox, "/v1/Services");
    assert!(!made.is_empty() && made.len() < 30, "{} were made", made.len());
    assert_eq!(sids_in_state(&sandbox), made);

    sandbox.twilio.faults(&json!([])).expect("none is understood");
    sandbox.apply(&thirty);
    assert_eq!(sids(&sandbox, "/v1/Services").len(), 30);
    assert_eq!(sids_in_state(&sandbox), sids(&sandbox, "/v1/Services"));
    sandbox.plan_is_empty("after the apply was completed");
}

/// Twilio never answers, neither whether it takes the credentials nor to a read.
#[test]
fn ctrl_c_ends_a_plan_that_waits_for_twilio_at_once() {
    let config = r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#;
    for (path, exists) in [("^/2010-04-01/Accounts/[^/]+$", false), ("Applications", true)] {
        let sandbox = Sandbox::new();
        sandbox.configure(config);
        if exists {
            sandbox.apply(config);
        }
        let silence = json!([{"match": {"method": "GET", "path": path}, "fault": "timeout_after"}]);
        sandbox.twilio.faults(&silence).expect("the fault is understood");
        let asked = || sandbox.twilio.requests().expect("the simulator answers").len();
        let before = asked();
        let mut plan = sandbox.terraform.command(&["plan", "-no-color"]);
        let plan = plan
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn();
        let plan = plan.expect("terraform starts");
        let is_silent = |request: &serde_json::Value| request["fault"] == "timeout_after";
        while !sandbox
            .twilio
            .requests()
            .expect("the simulator answers")
            .iter()
            .skip(before)
            .any(is_silent)
        {
            std::thread::yield_now();
        }
        let clock = SystemClock::new();
        signal("INT", &plan);
        let output = plan.wait_with_output().expect("terraform ends");
        let took = clock.elapsed();
        assert!(!output.status.success());
        // Without the signal, nothing happens for the minute that a request has.
        assert!(took < std::time::Duration::from_secs(50), "{path}: it took {took:?}");
        let said = String::from_utf8_lossy(&output.stderr).replace(['\n', '│'], " ");
        assert!(said.contains("Interrupted before"), "{path}: {said}");
        sandbox.twilio.faults(&json!([])).expect("none is understood");
        if exists {
            sandbox.plan_is_empty("when Twilio answers again");
        } else {
            sandbox.apply(config);
        }
    }
}

/// Lets Twilio make an object and never answer, and kills everything that waits for the response.
fn kill_during_create(sandbox: &Sandbox, config: &str, collection: &str, path: &str) {
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": path}, "fault": "timeout_after", "times": 1}]))
        .expect("the fault is understood");
    sandbox.configure(config);
    let mut apply = start_apply(sandbox);
    wait_for(sandbox, collection, 1);
    signal("KILL", &apply);
    apply.wait().expect("terraform is gone");
    assert!(
        sids_in_state(sandbox).is_empty(),
        "the state knows nothing of the object"
    );
    // The lock of a local state stays behind, as after any kill.
    let lock = sandbox.terraform.path().join(".terraform.tfstate.lock.info");
    let _ = std::fs::remove_file(lock);
}

#[test]
fn after_a_kill_the_next_apply_adopts_what_was_made() {
    let sandbox = Sandbox::new();
    let config = |adopt: bool| {
        format!(
            "resource \"twilio_messaging_service\" \"a\" {{\n friendly_name = \"Alerts\"\n adopt_existing = {adopt}\n}}"
        )
    };
    kill_during_create(&sandbox, &config(false), "/v1/Services", "^/v1/Services$");
    let said = sandbox.apply(&config(true)).unwrapped();
    assert!(said.contains("was adopted"), "{said}");
    assert_eq!(sids_in_state(&sandbox), sids(&sandbox, "/v1/Services"));
    assert_eq!(sids_in_state(&sandbox).len(), 1, "no second one was made");
    sandbox.plan_is_empty("after the adoption");
}

#[test]
fn after_a_kill_a_number_is_not_bought_again_and_the_error_has_the_import_line() {
    let sandbox = Sandbox::new();
    let config = "resource \"twilio_phone_number\" \"a\" {\n phone_number = \"+14155550142\"\n}";
    let numbers = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers";
    kill_during_create(
        &sandbox,
        config,
        &collection_of(&sandbox, numbers),
        "IncomingPhoneNumbers.json$",
    );
    let said = sandbox.apply_fails(config);
    let (_, after) = said.split_once("already owns +14155550142").expect("it says so");
    let id = after
        .split_whitespace()
        .find(|word| word.contains("/PN"))
        .expect("the id to import");
    let id = id.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    sandbox.succeed(&["import", "-no-color", "twilio_phone_number.a", id]);
    sandbox.plan_is_empty("after the import");
    assert_eq!(sids_in_state(&sandbox).len(), 1);
}

/// The simulator names collections with the account filled in.
fn collection_of(sandbox: &Sandbox, template: &str) -> String {
    template.replace("{AccountSid}", &sandbox.handle.account_sid)
}
