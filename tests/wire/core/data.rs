//! Data sources, ephemeral resources and functions.

use serde_json::json;

use super::world::World;

const THING: &str = "resource \"toy_thing\" \"a\" {\n  name = \"one\"\n}\n";

#[test]
fn a_data_source_is_read_when_its_configuration_is_known() {
    let world = World::new();
    let body = format!(
        "{THING}data \"toy_lookup\" \"a\" {{\n  id = toy_thing.a.id\n  filter = {{ note = \"mine\" }}\n}}\n\
         output \"found\" {{\n  value = data.toy_lookup.a\n}}"
    );
    world.apply(&body);
    // The toy answers with other spellings of what was configured; computed parts are its own.
    let expected = json!({"id": "thing-1", "name": "one", "filter": {"note": "mine", "matched": "yes"}});
    assert_eq!(world.output("found"), expected);
}

#[test]
fn finding_nothing_is_an_error_that_says_what_was_looked_for() {
    let world = World::new();
    let lookup = "data \"toy_lookup\" \"a\" {\n  id = \"thing-404\"\n}";
    world.configure(lookup);
    let said = world.fail(&["plan", "-no-color"]);
    assert!(said.contains("Nothing found") && said.contains("thing-404"), "{said}");
    // In a check block it is a warning.
    world.configure(&format!(
        "check \"c\" {{\n  {lookup}\n  assert {{\n    condition = data.toy_lookup.a.name != \"\"\n    error_message = \"no\"\n  }}\n}}"
    ));
    let said = world.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("Warning: Nothing found"), "{said}");
}

#[test]
fn ephemeral_resources_are_opened_in_plan_and_apply_and_closed_each_time() {
    let world = World::new();
    let body = "ephemeral \"toy_lease\" \"a\" {\n  owner = \"me\"\n}\n";
    world.configure(body);
    world.succeed(&["plan", "-no-color"]);
    assert_eq!(world.toy().memory().count("open"), 1);
    world.apply(&format!("{body}{THING}"));
    {
        let memory = world.toy().memory();
        assert_eq!(memory.count("open"), memory.count("close"));
        assert!(memory.leases.is_empty());
    }
    // An owner that is not known in the plan: opened in the apply only.
    world.destroy();
    let before = world.toy().memory().count("open");
    world.configure(&format!(
        "{THING}ephemeral \"toy_lease\" \"a\" {{\n  owner = toy_thing.a.revision\n}}"
    ));
    world.succeed(&["plan", "-no-color"]);
    assert_eq!(world.toy().memory().count("open"), before);
    world.succeed(&["apply", "-auto-approve", "-no-color"]);
    let memory = world.toy().memory();
    assert_eq!(memory.count("open"), before + 1);
    assert!(memory.leases.is_empty());
}

#[test]
fn functions_take_what_their_parameters_say() {
    let world = World::new();
    world.apply(&format!(
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
    assert_eq!(world.output("joined"), "a-b-c");
    assert_eq!(world.output("alone"), "");
    assert_eq!(world.output("late"), "a-thing-1");
    assert_eq!(world.output("null"), json!([true, false]));
}

#[test]
fn an_error_of_a_function_names_the_parameter() {
    let world = World::new();
    let said = |call: &str| {
        world.configure(&format!("output \"o\" {{\n  value = provider::toy::{call}\n}}"));
        world.fail(&["plan", "-no-color"])
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
