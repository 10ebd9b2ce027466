//! What only newer Terraform does with the toy: identities (1.12), searches and actions (1.14). `cargo xtask ci` runs these tests with
//! several such versions.

use serde_json::{Value as Json, json};

use super::sandbox::Sandbox;
use super::toy::Fault;

const THING: &str = "resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  zone = \"z\"\n}\n";

/// The identity of the first instance of the first resource in the state.
fn identity(sandbox: &Sandbox) -> Json {
    let state: Json = serde_json::from_str(&sandbox.state_file()).expect("it is JSON");
    state["resources"][0]["instances"][0]["identity"].clone()
}

mod since_1_12 {
    use super::*;

    #[test]
    #[ignore = "needs Terraform 1.12 or newer"]
    fn an_object_has_its_identity_in_the_state_and_older_states_gain_it() {
        let sandbox = Sandbox::new();
        sandbox.apply(THING);
        let expected = json!({"id": "thing-1", "zone": "z", "color": "made"});
        assert_eq!(identity(&sandbox), expected);
        // The color may change in place, and the note has nothing to do with it.
        sandbox.apply(
            "resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  zone = \"z\"\n  note = \"n\"\n  color = \"red\"\n}\n",
        );
        assert_eq!(identity(&sandbox)["color"], "red");

        let mut state: Json = serde_json::from_str(&sandbox.state_file()).expect("it is JSON");
        let instance = state["resources"][0]["instances"][0]
            .as_object_mut()
            .expect("an object");
        instance.remove("identity");
        instance.remove("identity_schema_version");
        state["serial"] = json!(100);
        let path = sandbox.terraform.path().join("terraform.tfstate");
        std::fs::write(path, state.to_string()).expect("it can be written");
        assert_eq!(identity(&sandbox), Json::Null);
        sandbox.plan_is_empty();
        sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
        assert_eq!(identity(&sandbox)["id"], "thing-1");

        // A replacement is another object.
        sandbox.apply("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  zone = \"other\"\n}\n");
        let replaced = identity(&sandbox);
        assert_eq!(replaced["zone"], "other");
        assert_ne!(replaced["id"], "thing-1");
        sandbox.destroy();
    }

    #[test]
    #[ignore = "needs Terraform 1.12 or newer"]
    fn an_identity_of_an_older_version_is_upgraded() {
        let sandbox = Sandbox::new();
        sandbox.apply(THING);
        let mut state: Json = serde_json::from_str(&sandbox.state_file()).expect("it is JSON");
        let instance = &mut state["resources"][0]["instances"][0];
        instance["identity"] = json!({"key": "thing-1"});
        instance["identity_schema_version"] = json!(0);
        state["serial"] = json!(100);
        let path = sandbox.terraform.path().join("terraform.tfstate");
        std::fs::write(path, state.to_string()).expect("it can be written");
        sandbox.plan_is_empty();
        sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
        assert_eq!(identity(&sandbox)["id"], "thing-1");
        sandbox.destroy();
    }

    #[test]
    #[ignore = "needs Terraform 1.12 or newer"]
    fn a_block_imports_by_identity_and_its_generated_configuration_plans_nothing() {
        let sandbox = Sandbox::new();
        sandbox.apply(THING);
        sandbox.succeed(&["state", "rm", "toy_thing.a"]);
        sandbox.configure("import {\n  to = toy_thing.b\n  identity = {\n    id = \"thing-1\"\n  }\n}\n");
        sandbox.succeed(&["plan", "-no-color", "-generate-config-out=generated.tf"]);
        let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
        assert!(said.contains("1 imported, 0 added, 0 changed, 0 destroyed"), "{said}");
        assert_eq!(
            identity(&sandbox),
            json!({"id": "thing-1", "zone": "z", "color": "made"})
        );
        sandbox.plan_is_empty();
        sandbox.destroy();
    }
}

mod since_1_14 {
    use super::*;

    #[test]
    #[ignore = "needs Terraform 1.14 or newer"]
    fn a_search_finds_objects_and_generates_what_imports_them() {
        let sandbox = Sandbox::new();
        let things = "resource \"toy_thing\" \"a\" {\n  count = 3\n  name = \"x${count.index}\"\n  left = \"l\"\n  size = 5 + count.index\n}\n";
        sandbox.apply(things);
        sandbox.succeed(&["state", "rm", "toy_thing.a"]);
        sandbox.configure("");
        let query = |config: &str| {
            let body = format!("list \"toy_thing\" \"all\" {{\n  provider = toy\n{config}}}\n");
            sandbox
                .terraform
                .write("all.tfquery.hcl", &body)
                .expect("it can be written");
        };
        query("  limit = 2\n");
        let said = sandbox.succeed(&["query", "-no-color"]);
        assert_eq!(said.matches("list.toy_thing.all").count(), 2, "{said}");
        query("  config {\n    name_prefix = \"x1\"\n  }\n");
        let said = sandbox.succeed(&["query", "-no-color"]);
        assert!(said.contains("x1") && !said.contains("x0"), "{said}");
        assert!(said.contains("The end"), "the warning is shown: {said}");
        query("  config {\n    name_prefix = \"\"\n  }\n");
        let said = sandbox.fail(&["query", "-no-color"]);
        assert!(said.contains("set and empty"), "{said}");
        let line = "name_prefix = \"\"";
        assert!(said.contains(line), "the line of the filter is shown: {said}");

        query("  include_resource = true\n");
        sandbox.succeed(&["query", "-no-color", "-generate-config-out=found.tf"]);
        let found = std::fs::read_to_string(sandbox.terraform.path().join("found.tf")).expect("it was written");
        assert_eq!(found.matches("import {").count(), 3, "{found}");
        // Of three sizes one is the default.
        assert_eq!(found.matches(" size ").count(), 2, "{found}");
        assert!(!found.contains("revision"), "{found}");
        let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
        assert!(said.contains("3 imported, 0 added, 0 changed, 0 destroyed"), "{said}");
        sandbox.plan_is_empty();
        std::fs::remove_file(sandbox.terraform.path().join("all.tfquery.hcl")).expect("it was written");
        sandbox.destroy();
    }

    /// A bell, and a thing that rings it at these moments.
    fn ringing(config: &str, events: &str) -> String {
        format!(
            "action \"toy_ring\" \"a\" {{\n  config {{\n    {config}\n  }}\n}}\n\n\
             resource \"toy_thing\" \"a\" {{\n  name = \"one\"\n  lifecycle {{\n    action_trigger {{\n      \
             events  = [{events}]\n      actions = [action.toy_ring.a]\n    }}\n  }}\n}}\n"
        )
    }

    #[test]
    #[ignore = "needs Terraform 1.14 or newer"]
    fn an_action_is_triggered_and_invoked_by_name_and_shows_how_far_it_is() {
        let sandbox = Sandbox::new();
        let said = sandbox.apply(&ringing("bell = \"small\"\n    times = 2", "after_create"));
        assert!(
            said.contains("ringing small, 1 of 2") && said.contains("ringing small, 2 of 2"),
            "{said}"
        );
        assert_eq!(sandbox.toy().memory().count("ring"), 1);
        sandbox.plan_is_empty();
        assert_eq!(sandbox.toy().memory().count("ring"), 1, "nothing triggers it again");
        let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color", "-invoke=action.toy_ring.a"]);
        assert!(said.contains("ringing small, 2 of 2"), "{said}");
        assert_eq!(sandbox.toy().memory().count("ring"), 2);
        // What the resource makes is unknown while it is planned.
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        sandbox.toy().memory().calls.clear();
        sandbox.apply(&ringing("bell = toy_thing.a.id", "after_create"));
        let calls = sandbox.toy().memory().calls.clone();
        assert!(calls.contains(&"plan-ring (unknown)".to_owned()), "{calls:?}");
        assert!(calls.iter().any(|call| call.starts_with("ring thing-")), "{calls:?}");
        sandbox.destroy();
    }

    #[test]
    #[ignore = "needs Terraform 1.14 or newer"]
    fn an_action_that_fails_is_one_error_and_the_resource_is_kept() {
        let sandbox = Sandbox::new();
        for (fault, reason) in [
            (Fault::RingRefused, "The rope tore"),
            (Fault::RingPanics, "panicked at"),
        ] {
            sandbox.toy().break_it(fault);
            sandbox.configure(&ringing("bell = \"small\"", "after_create"));
            let output = sandbox
                .terraform
                .run(&["apply", "-auto-approve", "-no-color"])
                .expect("terraform starts");
            assert_eq!(output.code, 1, "{}", output.text());
            let said = output.unwrapped();
            assert_eq!(said.matches("Error:").count(), 1, "{said}");
            assert!(said.contains(reason), "{said}");
            sandbox.toy().mend();
            assert!(sandbox.find("toy_thing.a").is_some(), "{fault:?}");
            sandbox.plan_is_empty();
            sandbox.destroy();
        }
    }

    #[test]
    #[ignore = "needs Terraform 1.14 or newer"]
    fn what_is_wrong_with_an_action_is_shown_at_its_line() {
        let sandbox = Sandbox::new();
        for (config, reason) in [
            ("bell = \"cracked\"", "The bell is cracked"),
            ("bell = \"small\"\n    times = 0", "times"),
            ("times = 2", "bell"),
        ] {
            sandbox.configure(&ringing(config, "after_create"));
            let said = sandbox.fail(&["validate", "-no-color"]);
            assert!(said.contains(reason), "{said}");
            let line = config.lines().last().unwrap_or_default().trim();
            assert!(!config.contains("cracked") || said.contains(line), "{said}");
        }
    }

    #[test]
    #[ignore = "needs Terraform 1.14 or newer"]
    fn a_write_only_value_of_an_action_is_in_no_plan_file() {
        let sandbox = Sandbox::new();
        let body = ringing("bell = \"small\"\n    word = var.word", "after_create");
        sandbox.configure(&format!("variable \"word\" {{\n  ephemeral = true\n}}\n{body}"));
        sandbox.succeed(&["plan", "-no-color", "-var=word=open-sesame", "-out=plan.bin"]);
        let shown = sandbox.succeed(&["show", "-json", "plan.bin"]);
        assert!(!shown.contains("open-sesame"), "{shown}");
        sandbox.succeed(&["apply", "-no-color", "-var=word=open-sesame", "plan.bin"]);
        assert_eq!(sandbox.toy().memory().secrets, ["open-sesame"]);
        assert!(!sandbox.state_file().contains("open-sesame"));
    }
}
