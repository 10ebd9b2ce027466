//! JSON to which Twilio adds defaults, in camel case, by a PUT whose response tells nothing of it.

use serde_json::{Value as Json, json};

use super::keys::at;
use crate::lifecycle::{Need, active_changes, changed_attributes, import_by_block, sandbox_with};
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_test_identity_resolution.test";
const HOST: &str = "memory.twilio.com";
const PATH: &str = "/v1/ControlPlane/Stores/{store}/IdentityResolutionSettings";
const NEEDS: &[Need] = &[("store", HOST, "/v1/ControlPlane/Stores", &[("displayName", "profiles")])];

fn config(identifiers: &str, rules: &str) -> String {
    format!(
        r#"
        resource "twilio_test_identity_resolution" "test" {{
          store_id           = "{{store}}"
          identifier_configs = jsonencode({identifiers})
          matching_rules     = {rules}
        }}
        "#
    )
}

/// What the next plan changes in place, without the number of the change.
fn planned(sandbox: &Sandbox) -> Vec<String> {
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changes[0]["change"]["actions"], json!(["update"]));
    let mut names = changed_attributes(&changes[0]["change"]);
    names.retain(|name| name != "version");
    names
}

#[test]
fn defaults_that_twilio_adds_are_no_drift_and_anything_else_is() {
    let (sandbox, fill) = sandbox_with(NEEDS);
    let path = fill(PATH);
    let there = || at(&sandbox, HOST, &path).expect("it is there")["identifierConfigs"].clone();
    let first = fill(&config(r#"[{ idType = "email" }]"#, r#"["email"]"#));
    sandbox.apply(&first);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    assert_eq!(there()[0]["limit"], 100, "Twilio adds what is left out");
    assert_eq!(there()[0]["normalization"], "trim");
    assert_eq!(
        sandbox.resource(ADDRESS)["identifier_configs"],
        r#"[{"idType":"email"}]"#
    );

    let second = fill(&config(
        r#"[{ idType = "email", limit = 5 }, { idType = "phone" }]"#,
        r#"["phone", "email"]"#,
    ));
    sandbox.configure(&second);
    assert_eq!(planned(&sandbox), ["identifier_configs", "matching_rules"]);
    sandbox.apply(&second);
    sandbox.plan_is_empty("after the change");
    sandbox.refresh_finds_nothing("after the change");
    assert_eq!((&there()[0]["limit"], &there()[1]["limit"]), (&json!(5), &json!(100)));

    // One default more or less than Twilio itself added is somebody's doing.
    let mut theirs = there();
    theirs[1]["limit"] = json!(7);
    let change: Json = json!({ "identifierConfigs": theirs });
    sandbox.twilio.change(HOST, &path, &change).expect("it can be changed");
    assert_eq!(planned(&sandbox), ["identifier_configs"]);
    sandbox.apply(&second);
    sandbox.plan_is_empty("after the drift was repaired");
    assert_eq!(there()[1]["limit"], 100);

    // What was imported is as Twilio has it, and the first apply says whose words count.
    let id = sandbox.resource(ADDRESS)["id"].as_str().expect("an id").to_owned();
    sandbox.succeed(&["state", "rm", ADDRESS]);
    sandbox.succeed(&["import", "-no-color", ADDRESS, &id]);
    assert_eq!(planned(&sandbox), ["identifier_configs"]);
    sandbox.apply(&second);
    sandbox.plan_is_empty("after the import was applied");
    import_by_block(&sandbox, ADDRESS);

    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    assert_eq!(there()[0]["limit"], 5, "settings that cannot be reset stay");
}
