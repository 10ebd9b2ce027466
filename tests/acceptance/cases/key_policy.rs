//! `data.twilio_key_policy`: a key that is made of it can do what it is for, and nothing else.

use serde_json::json;

use crate::sandbox::{Sandbox, configure};
use xtask::terraform::Workspace;

/// Three types, with something that changes.
fn three(name: &str) -> String {
    format!(
        r#"
        resource "twilio_twiml_app" "phone" {{ friendly_name = "{name}" }}
        resource "twilio_queue" "support" {{ friendly_name = "{name}" }}
        resource "twilio_messaging_service" "alerts" {{ friendly_name = "{name}" }}
        "#
    )
}

/// A workspace that is signed in with a restricted key for the three types.
fn signed_in(sandbox: &Sandbox, read_only: bool) -> Workspace {
    sandbox.apply(&format!(
        r#"
        data "twilio_key_policy" "three" {{
          resource_types = ["twilio_twiml_app", "twilio_queue", "twilio_messaging_service"]
          read_only      = {read_only}
        }}
        resource "twilio_api_key" "three" {{
          friendly_name = "Three"
          key_type      = "restricted"
          policy        = data.twilio_key_policy.three.policy
        }}
        "#
    ));
    sandbox.plan_is_empty("with a policy that is worked out");
    let policy = sandbox.resource("data.twilio_key_policy.three");
    assert_eq!(policy["not_grantable"], json!([]));
    let count = policy["permissions"].as_array().map_or(0, Vec::len);
    assert_eq!(count, if read_only { 11 } else { 20 }, "{policy:#}");
    let key = sandbox.resource("twilio_api_key.three");
    let mut workspace = sandbox.another_workspace();
    workspace.set_env("TWILIO_AUTH_TOKEN", "");
    workspace.set_env("TWILIO_API_KEY", key["sid"].as_str().expect("a SID"));
    workspace.set_env("TWILIO_API_SECRET", key["secret"].as_str().expect("a secret"));
    workspace
}

#[track_caller]
fn succeeds(workspace: &Workspace, arguments: &[&str]) {
    let output = workspace.run(arguments).expect("terraform starts");
    assert_eq!(output.code, 0, "{arguments:?}: {}", output.unwrapped());
}

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];

#[test]
fn a_key_of_a_policy_leads_its_types_through_their_lives_and_is_refused_elsewhere() {
    let sandbox = Sandbox::standing();
    let pipeline = signed_in(&sandbox, false);
    for name in ["First", "Second"] {
        configure(&pipeline, &three(name));
        succeeds(&pipeline, APPLY);
        succeeds(&pipeline, &["plan", "-detailed-exitcode", "-no-color"]);
    }
    configure(
        &pipeline,
        &format!(
            "{}\nresource \"twilio_sync_service\" \"x\" {{ friendly_name = \"x\" }}\n",
            three("Second")
        ),
    );
    let refused = pipeline.run(APPLY).expect("terraform starts");
    let said = refused.unwrapped();
    assert!(refused.code == 1 && said.contains("70051"), "{said}");
    configure(&pipeline, &three("Second"));
    succeeds(&pipeline, &["destroy", "-auto-approve", "-no-color"]);
    let left = sandbox.living();
    assert!(!left.iter().any(|label| label.contains("Second")), "{left:?}");
}

#[test]
fn a_key_that_only_reads_plans_and_writes_nothing() {
    let sandbox = Sandbox::standing();
    let drift = signed_in(&sandbox, true);
    let mut pipeline = sandbox.another_workspace();
    configure(&pipeline, &three("First"));
    succeeds(&pipeline, APPLY);
    let state = pipeline.path().join("terraform.tfstate");
    std::fs::copy(state, drift.path().join("terraform.tfstate")).expect("the state is copied");
    configure(&drift, &three("First"));
    succeeds(&drift, &["plan", "-detailed-exitcode", "-no-color"]);
    configure(&drift, &three("Other"));
    let plan = drift
        .run(&["plan", "-detailed-exitcode", "-no-color"])
        .expect("terraform starts");
    assert_eq!(plan.code, 2, "{}", plan.unwrapped());
    let refused = drift.run(APPLY).expect("terraform starts");
    let said = refused.unwrapped();
    assert!(refused.code == 1 && said.contains("70051"), "{said}");
    configure(&pipeline, &three("First"));
    pipeline.set_env("TF_IN_AUTOMATION", "1");
    succeeds(&pipeline, &["plan", "-detailed-exitcode", "-no-color"]);
}

#[test]
fn what_no_key_can_be_enough_for_is_named_and_what_is_no_type_is_refused() {
    let sandbox = Sandbox::standing();
    let query = |types: &str| format!("data \"twilio_key_policy\" \"a\" {{ resource_types = [{types}] }}\n");
    let said = sandbox
        .apply(&query(r#""twilio_sync_service", "twilio_address", "twilio_queues""#))
        .unwrapped();
    assert!(said.contains("not enough for every type"), "{said}");
    let found = sandbox.resource("data.twilio_key_policy.a");
    assert_eq!(found["permissions"], json!(["/twilio/voice/queues/list"]));
    let rows = found["not_grantable"].as_array().expect("rows");
    let row = |index: usize, name: &str| rows[index][name].as_str().expect("a text").to_owned();
    assert_eq!(
        (row(0, "resource_type"), row(1, "resource_type")),
        ("twilio_address".into(), "twilio_sync_service".into())
    );
    let reason = "not grantable: needs a standard key or the token";
    assert_eq!(row(1, "reason"), reason);
    assert!(row(0, "reason").starts_with(reason) && row(0, "reason").contains("read_only"));
    let said = sandbox.apply_fails(&query(r#""twilio_twiml_ap""#));
    assert!(said.contains("Did you mean twilio_twiml_app"), "{said}");
    let said = sandbox.apply_fails(&query(r#""twilio_send_message""#));
    assert!(said.contains("is an action"), "{said}");
}
