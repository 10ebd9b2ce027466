//! "Drift in CI": a plan that cannot write, and who changed what it found. The workflow itself is run by `drift_job`.

use serde_json::json;

use super::{APPLY, Guide, output, refused, succeed, write};
use crate::sandbox::Sandbox;

#[test]
fn a_change_is_found_nothing_is_written_and_whoever_made_it_is_named() {
    let guide = Guide::read("drift.md");
    let sandbox = Sandbox::standing();
    let config = guide.block("read_only = true");
    let free = config.replace("    read_only = true\n", "");
    write(&sandbox.terraform, &free);
    succeed(&sandbox.terraform, APPLY);
    write(&sandbox.terraform, &config);
    sandbox.plan_is_empty("under the policy that lets nothing be written");

    // A webhook changes, and a service goes; Twilio has a record of the first.
    let number = sandbox.resource("twilio_phone_number.support");
    let service = sandbox.resource("twilio_messaging_service.alerts");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}.json",
        text(&number["account_sid"]),
        text(&number["sid"])
    );
    let elsewhere = json!({"voice_url": "https://elsewhere.example.com"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &elsewhere)
        .expect("it can be changed");
    let path = format!("/v1/Services/{}", text(&service["sid"]));
    sandbox
        .twilio
        .remove("messaging.twilio.com", &path)
        .expect("it can be removed");
    let event = |kind: &str, date: &str| {
        json!({"host": "monitor.twilio.com", "collection": "/v1/Events", "fields": {"event_type": kind,
            "event_date": date, "resource_sid": number["sid"], "actor_type": "user", "actor_sid": format!("US{:032}", 3),
            "source": "web", "source_ip_address": "203.0.113.7"}})
    };
    sandbox
        .twilio
        .add(&event("phone-number.updated", "2026-11-29T10:00:00Z"))
        .expect("it can be added");

    let planned = sandbox
        .terraform
        .run(&["plan", "-detailed-exitcode", "-out=plan.tfplan", "-no-color"]);
    let planned = planned.expect("terraform starts");
    assert_eq!(planned.code, 2, "{}", planned.text());
    let said = refused(&sandbox.terraform, APPLY);
    assert!(said.contains("Refused by policy: read_only"), "{said}");

    // The page's commands.
    for command in [
        "terraform plan -detailed-exitcode -lock=false -out=plan.tfplan",
        "terraform show -json plan.tfplan > plan.json",
        "terraform -chdir=who-changed apply -auto-approve",
    ] {
        guide.says(command);
    }
    let shown = sandbox
        .terraform
        .run(&["show", "-json", "plan.tfplan"])
        .expect("terraform starts");
    assert_eq!(shown.code, 0, "{}", shown.text());
    sandbox
        .terraform
        .write("plan.json", &shown.stdout)
        .expect("it can be written");
    let who = sandbox.another_workspace();
    write(&who, &guide.block("data \"twilio_monitor_events\""));
    let plan = format!("-var=plan={}", sandbox.terraform.path().join("plan.json").display());
    succeed(&who, &["apply", "-auto-approve", &plan]);
    let said = output(&who, "who_changed_what");
    assert_eq!(
        said,
        format!(
            "twilio_messaging_service.alerts:\n  Twilio has no record of it.\ntwilio_phone_number.support:\n  2026-11-29T10:00:00Z \
             phone-number.updated by user US{:032} with web from 203.0.113.7",
            3
        )
    );
    // A plan that is not there is no plan without drift.
    let said = refused(&who, &["apply", "-auto-approve", "-var=plan=nowhere.json"]);
    assert!(said.contains("no file exists"), "{said}");

    // Taken over into the state, under the policy that lets nothing be written, or put back without it.
    succeed(&sandbox.terraform, &["apply", "-refresh-only", "-auto-approve"]);
    assert_eq!(
        sandbox.resource("twilio_phone_number.support")["voice_url"],
        "https://elsewhere.example.com"
    );
    write(&sandbox.terraform, &free);
    succeed(&sandbox.terraform, APPLY);
    sandbox.plan_is_empty("after everything was put back");
}

#[test]
fn the_page_has_the_configuration_of_the_example() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/ci/who-changed/main.tf");
    let example = std::fs::read_to_string(example).expect("the example");
    assert_eq!(Guide::read("drift.md").block("data \"twilio_monitor_events\""), example);
}
