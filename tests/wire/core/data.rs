//! Data sources, ephemeral resources and functions.

use serde_json::json;

use super::sandbox::Sandbox;

const THING: &str = "resource \"toy_thing\" \"a\" {\n  name = \"one\"\n}\n";

#[test]
fn a_data_source_is_read_when_its_configuration_is_known() {
    let sandbox = Sandbox::new();
    let body = format!(
        "{THING}data \"toy_lookup\" \"a\" {{\n  id = toy_thing.a.id\n  filter = {{ note = \"mine\" }}\n}}\n\
         output \"found\" {{\n  value = data.toy_lookup.a\n}}"
    );
    sandbox.apply(&body);
    // The toy answers with other spellings of what was configured; computed parts are its own.
    let expected = json!({"id": "thing-1", "name": "one", "filter": {"note": "mine", "matched": "yes"}});
    assert_eq!(sandbox.output("found"), expected);
}

#[test]
fn finding_nothing_is_an_error_that_says_what_was_searched_for() {
    let sandbox = Sandbox::new();
    let lookup = "data \"toy_lookup\" \"a\" {\n  id = \"thing-404\"\n}";
    sandbox.configure(lookup);
    let said = sandbox.fail(&["plan", "-no-color"]);
    assert!(said.contains("Nothing found") && said.contains("thing-404"), "{said}");
    // In a check block it is a warning.
    sandbox.configure(&format!(
        "check \"c\" {{\n  {lookup}\n  assert {{\n    condition = data.toy_lookup.a.name != \"\"\n    error_message = \"no\"\n  }}\n}}"
    ));
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("Warning: Nothing found"), "{said}");
}

#[test]
fn ephemeral_resources_are_opened_in_plan_and_apply_and_closed_each_time() {
    let sandbox = Sandbox::new();
    let body = "ephemeral \"toy_lease\" \"a\" {\n  owner = \"me\"\n}\n";
    sandbox.configure(body);
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(sandbox.toy().memory().count("open"), 1);
    sandbox.apply(&format!("{body}{THING}"));
    {
        let memory = sandbox.toy().memory();
        assert_eq!(memory.count("open"), memory.count("close"));
        assert!(memory.leases.is_empty());
    }
    // An owner that is not known in the plan: opened in the apply only.
    sandbox.destroy();
    let before = sandbox.toy().memory().count("open");
    sandbox.configure(&format!(
        "{THING}ephemeral \"toy_lease\" \"a\" {{\n  owner = toy_thing.a.revision\n}}"
    ));
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(sandbox.toy().memory().count("open"), before);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    let memory = sandbox.toy().memory();
    assert_eq!(memory.count("open"), before + 1);
    assert!(memory.leases.is_empty());
}

#[test]
fn functions_take_what_their_parameters_say() {
    let sandbox = Sandbox::new();
    sandbox.apply(&format!(
        r#"{THING}output "joined" {{
  value = provider::toy::join("-", "a", "b", "c")
}}
output "alone" {{
  value = provider::toy::join("-")
}}
output "late" {{
  value = provider::toy::join("-", "a", toy_thing.a.id)
}}
output "null" {{
  value = [provider::toy::is_null(null), provider::toy::is_null("x")]
}}"#
    ));
    assert_eq!(sandbox.output("joined"), "a-b-c");
    assert_eq!(sandbox.output("alone"), "");
    assert_eq!(sandbox.output("late"), "a-thing-1");
    assert_eq!(sandbox.output("null"), json!([true, false]));
}

#[test]
fn an_error_of_a_function_names_the_parameter() {
    let sandbox = Sandbox::new();
    let said = |call: &str| {
        sandbox.configure(&format!("output \"o\" {{\n  value = provider::toy::{call}\n}}"));
        sandbox.fail(&["plan", "-no-color"])
    };
    let half = said("half(3)");
    assert!(
        half.contains("Invalid value for \"number\" parameter: It must be an even"),
        "{half}"
    );
    let join = said("join(\"-\", \"a\", \"b!\")");
    assert!(
        join.contains("Invalid value for \"parts\" parameter: It must not shout"),
        "{join}"
    );
    let null = said("half(null)");
    assert!(null.contains("argument must not be null"), "{null}");
}
