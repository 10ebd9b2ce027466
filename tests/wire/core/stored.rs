//! States from elsewhere: imported, moved, written by an older version.

use serde_json::{Value as Json, json};

use super::sandbox::Sandbox;
use super::toy::PRIVATE;

const THING: &str = "resource \"toy_thing\" \"a\" {\n  name = \"one\"\n}\n";

/// A sandbox in which `thing-1` exists and the state is empty.
fn with_forgotten_thing() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    sandbox.succeed(&["state", "rm", "toy_thing.a"]);
    sandbox
}

#[test]
fn the_command_imports_by_id() {
    let sandbox = with_forgotten_thing();
    sandbox.succeed(&["import", "-no-color", "toy_thing.a", "thing-1"]);
    sandbox.plan_is_empty();
    assert!(!sandbox.state_file().contains("careless"));
    sandbox.destroy();
}

#[test]
fn a_block_imports_by_id_and_its_generated_configuration_plans_nothing() {
    let sandbox = with_forgotten_thing();
    let import = "import {\n  to = toy_thing.b\n  id = \"thing-1\"\n}\n";
    sandbox.configure(import);
    sandbox.succeed(&["plan", "-no-color", "-generate-config-out=generated.tf"]);
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("1 imported, 0 added, 0 changed, 0 destroyed"), "{said}");
    sandbox.plan_is_empty();
    sandbox.destroy();
}

#[test]
fn ids_that_are_malformed_or_unknown_are_distinguished() {
    let sandbox = Sandbox::new();
    sandbox.configure(THING);
    let malformed = sandbox.fail(&["import", "-no-color", "toy_thing.a", "x"]);
    assert!(malformed.contains("which looks like thing-1"), "{malformed}");
    let unknown = sandbox.fail(&["import", "-no-color", "toy_thing.a", "thing-404"]);
    assert!(
        unknown.contains("Cannot import non-existent remote object"),
        "{unknown}"
    );
}

#[test]
fn an_object_moves_to_another_type_with_its_private_bytes() {
    let sandbox = Sandbox::new();
    sandbox.apply("resource \"toy_old\" \"a\" {\n  title = \"one\"\n}");
    {
        // The service has one kind of object for both types.
        let mut memory = sandbox.toy().memory();
        let object = memory.objects.get_mut("old-1").expect("it was made");
        *object = json_object(&json!({"id": "old-1", "name": "one", "size": 5, "revision": "r", "color": "made"}));
    }
    sandbox.configure(&format!("{THING}moved {{\n  from = toy_old.a\n  to = toy_thing.a\n}}"));
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("0 added, 0 changed, 0 destroyed"), "{said}");
    assert_eq!(sandbox.resource("toy_thing.a")["id"], "old-1");
    assert!(!sandbox.state_file().contains("careless"));
    sandbox.destroy();
    assert_eq!(sandbox.toy().memory().deleted_with, [PRIVATE]);
}

#[test]
fn a_move_that_is_not_supported_is_an_error_and_loses_nothing() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    sandbox.configure(
        "resource \"toy_old\" \"a\" {\n  title = \"one\"\n}\nmoved {\n  from = toy_thing.a\n  to = toy_old.a\n}",
    );
    let said = sandbox.fail(&["plan", "-no-color"]);
    assert!(said.contains("toy_old cannot take over toy_thing"), "{said}");
    sandbox.configure(THING);
    sandbox.plan_is_empty();
}

#[test]
fn the_state_of_an_older_version_is_upgraded() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    let edit = |change: &dyn Fn(&mut Json)| {
        let mut state: Json = serde_json::from_str(&sandbox.state_file()).expect("JSON");
        change(&mut state["resources"][0]["instances"][0]);
        sandbox
            .terraform
            .write("terraform.tfstate", &state.to_string())
            .expect("a file");
    };
    edit(&|instance| {
        instance["schema_version"] = json!(0);
        let attributes = instance["attributes"].as_object_mut().expect("attributes");
        let name = attributes.remove("name").expect("a name");
        attributes.insert("title".to_owned(), name);
        attributes.insert("long_gone".to_owned(), json!([1]));
    });
    sandbox.plan_is_empty();
    sandbox.apply(&THING.replace("one", "two"));
    assert!(!sandbox.state_file().contains("careless"));
    // What is no longer in the schema is dropped without a version, too, and numbers keep their digits.
    edit(&|instance| {
        instance["attributes"]["long_gone"] = json!({"a": 1});
        instance["attributes"]["note"] = Json::Null;
    });
    sandbox.plan_is_empty();
    edit(&|instance| instance["attributes"] = json!({"name": ["not", "a", "text"]}));
    let said = sandbox.fail(&["plan", "-no-color"]);
    assert!(said.contains("State of toy_thing does not fit the schema"), "{said}");
}

fn json_object(json: &Json) -> terraform_provider_twilio::framework::value::Value {
    let ty = super::toy::thing().block.value_type();
    terraform_provider_twilio::framework::codec::decode_json(json, &ty).expect("it fits the schema")
}
