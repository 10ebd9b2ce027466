//! A schema that has changed since a state was written. No offered resource has this shape yet.

use serde_json::{Value as Json, json};

use super::Past;
use crate::sandbox::Sandbox;

const WORKSPACE: &str = "twilio_test_workspace.a";
const CONFIG: &str = r#"
    resource "twilio_test_workspace" "a" {
      friendly_name = "Support"
      events_filter = ["task.created"]
    }
"#;

fn past() -> Past {
    Past::of(Sandbox::with_test_tables(), CONFIG)
}

/// What this provider stores for the workspace now, as it stored it with version 1.
fn of_version_1(past: &Past) -> Json {
    let text = std::fs::read_to_string(past.maker.path().join("terraform.tfstate")).expect("the maker's state");
    let state: Json = serde_json::from_str(&text).expect("JSON");
    let mut instance = state["resources"][0]["instances"][0].clone();
    assert_eq!(instance["schema_version"], 2, "the schema has changed once");
    let attributes = instance["attributes"].as_object_mut().expect("attributes");
    let name = attributes.remove("friendly_name").expect("a name");
    attributes.insert("name".to_owned(), name);
    instance["schema_version"] = 1.into();
    instance
}

#[test]
fn a_state_of_an_earlier_version_is_upgraded_and_plans_nothing() {
    let past = past();
    past.write_state(&[("twilio_test_workspace", "a", &past.address(), of_version_1(&past))]);
    past.sandbox.twilio.forget_requests().expect("the simulator answers");
    past.sandbox.configure(CONFIG);
    past.sandbox.plan_is_empty("with a state of version 1");
    past.sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(past.sandbox.resource(WORKSPACE), past.made(WORKSPACE));
    assert_eq!(past.writes(), Vec::<Json>::new());
}

#[test]
fn a_state_of_no_version_that_can_be_upgraded_is_refused_and_stays() {
    let past = past();
    past.sandbox.configure(CONFIG);
    for (change, needles) in [
        // Terraform itself compares that.
        (
            json!({"schema_version": 3}),
            [
                "managed by newer provider version",
                WORKSPACE,
                "Upgrade the twilio provider",
            ],
        ),
        (
            json!({"attributes": {"sid": "WS1"}}),
            ["cannot be upgraded", "version 1", "it has no name"],
        ),
    ] {
        let mut instance = of_version_1(&past);
        for (name, value) in change.as_object().into_iter().flatten() {
            instance[name] = value.clone();
        }
        past.write_state(&[("twilio_test_workspace", "a", &past.address(), instance)]);
        past.refused(&["plan", "-no-color"], &needles);
        assert_eq!(past.in_state(), [WORKSPACE]);
    }
}
