//! The life of an object: created, changed, replaced, deleted, and all that Terraform can order in between.

use super::toy::Fault;
use super::world::World;

const THING: &str = r#"resource "toy_thing" "a" {
  name = "one"
  note = "first"
  zone = "z1"
}"#;

#[test]
fn an_object_is_created_changed_and_destroyed() {
    let world = World::new();
    world.apply(THING);
    let made = world.resource("toy_thing.a");
    assert_eq!(
        (&made["size"], &made["color"]),
        (&5.into(), &"made".into()),
        "default and computed"
    );
    let id = made["id"].clone();

    // In place: what stays is known in the plan, what may change is not.
    let changed = THING.replace("first", "second");
    let said = world.plan(&changed);
    assert!(said.contains("will be updated in-place"), "{said}");
    assert!(said.contains(r#"~ revision = "r2" -> (known after apply)"#), "{said}");
    assert!(!said.contains("~ id") && !said.contains("~ color"), "{said}");
    world.apply(&changed);
    assert_eq!(world.resource("toy_thing.a")["id"], id);

    // Taken out: an optional value goes, a computed one stays, one with a default goes back to it.
    world.apply(&changed.replace("}", "size = 9\ncolor = \"blue\"\n}"));
    world.apply("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  zone = \"z1\"\n}");
    let bare = world.resource("toy_thing.a");
    assert_eq!(
        (&bare["note"], &bare["size"], &bare["color"]),
        (&().into(), &5.into(), &"blue".into())
    );
    assert_eq!(world.toy().memory().count("create"), 1);
    world.destroy();
}

#[test]
fn a_forcing_argument_replaces_and_is_named() {
    let world = World::new();
    world.apply(THING);
    let id = world.resource("toy_thing.a")["id"].clone();
    let moved = THING.replace("z1", "z2");
    let said = world.plan(&moved);
    assert!(said.contains(r#"~ zone = "z1" -> "z2" # forces replacement"#), "{said}");
    world.apply(&moved);
    assert_ne!(world.resource("toy_thing.a")["id"], id);
    world.apply(
        &moved
            .replace("z2", "z3")
            .replace("}", "lifecycle { create_before_destroy = true }\n}"),
    );
    assert_eq!(world.toy().memory().objects.len(), 1);
    world.succeed(&["apply", "-auto-approve", "-no-color", "-replace=toy_thing.a"]);
    world.succeed(&["taint", "toy_thing.a"]);
    let said = world.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("is tainted, so must be replaced"), "{said}");
    world.plan_is_empty();
    world.destroy();
}

#[test]
fn a_stored_plan_is_applied_as_it_was_shown() {
    let world = World::new();
    world.configure(THING);
    world.succeed(&["plan", "-out=plan.bin"]);
    world.succeed(&["apply", "plan.bin"]);
    world.plan_is_empty();
    world.succeed(&["plan", "-destroy", "-out=plan.bin"]);
    world.succeed(&["apply", "plan.bin"]);
    assert!(world.toy().memory().objects.is_empty());
}

#[test]
fn values_that_are_not_known_yet_flow_from_one_object_to_the_next() {
    let world = World::new();
    let body = |note: &str| {
        format!(
            r#"resource "toy_thing" "a" {{
  name = "one"
  note = "{note}"
}}
resource "toy_thing" "b" {{
  name   = "about ${{toy_thing.a.id}}"
  note   = toy_thing.a.revision
  mode   = toy_thing.a.id == "nobody" ? "slow" : "fast"
  size   = length(toy_thing.a.revision)
  tags   = [toy_thing.a.id, "plain"]
  left   = toy_thing.a.revision == "" ? "x" : null
  zone   = toy_thing.a.id
}}"#
        )
    };
    world.apply(&body("x"));
    let b = world.resource("toy_thing.b");
    assert_eq!(b["name"], "about thing-1");
    assert_eq!(b["tags"], serde_json::json!(["thing-1", "plain"]));
    // An update of the first opens its revision, and with it an argument of the second; the id stays known, so that
    // nothing is replaced.
    let said = world.plan(&body("y"));
    assert!(said.contains("2 to change, 0 to destroy"), "{said}");
    world.apply(&body("y"));
    world.destroy();
}

#[test]
fn a_dozen_objects_at_once_do_not_get_mixed_up() {
    let world = World::new();
    let body = "resource \"toy_thing\" \"a\" {\n  count = 12\n  name = \"number ${count.index}\"\n}";
    world.apply(body);
    for index in 0..12 {
        let address = format!("toy_thing.a[{index}]");
        assert_eq!(world.resource(&address)["name"], format!("number {index}"));
    }
    world.configure(&body.replace("12", "13"));
    world.succeed(&["apply", "-auto-approve", "-no-color", "-target=toy_thing.a[12]"]);
    assert_eq!(world.toy().memory().objects.len(), 13);
    world.destroy();
}

#[test]
fn ignored_changes_are_ignored() {
    let world = World::new();
    let ignoring = |what: &str| THING.replace("}", &format!("lifecycle {{ ignore_changes = {what} }}\n}}"));
    world.apply(&ignoring("[note]"));
    world.configure(&ignoring("[note]").replace("first", "other"));
    world.plan_is_empty();
    world.configure(&ignoring("all").replace("first", "other").replace("z1", "z2"));
    world.plan_is_empty();
}

#[test]
fn drift_is_shown_and_repaired_and_spelling_is_no_drift() {
    let world = World::new();
    let body = THING.replace("}", "json = \"{ \\\"a\\\": 1 }\"\n}");
    world.apply(&body);
    assert_eq!(
        world.resource("toy_thing.a")["json"],
        "{ \"a\": 1 }",
        "the practitioner's own text"
    );
    // Another spelling of the same in the configuration changes nothing either.
    world.configure(&body.replace("{ \\\"a\\\": 1 }", "{\\\"a\\\":1}"));
    world.plan_is_empty();
    world.configure(&body);
    let drift = |note: &str| {
        let mut memory = world.toy().memory();
        let object = memory.objects.values_mut().next().expect("there is one");
        object.set_attr("note", note.into());
    };
    drift("by hand");
    let said = world.succeed(&["plan", "-no-color"]);
    assert!(said.contains(r#"~ note = "by hand" -> "first""#), "{said}");
    world.apply(&body);
    drift("again");
    world.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(world.resource("toy_thing.a")["note"], "again");
    let said = world.succeed(&["plan", "-refresh=false", "-no-color"]);
    assert!(said.contains("1 to change"), "{said}");
    world.destroy();
}

#[test]
fn objects_leave_the_configuration_in_each_way() {
    let world = World::new();
    world.apply(&format!("{THING}\n{}", THING.replace("\"a\"", "\"b\"")));
    world.apply(THING);
    assert_eq!(world.toy().memory().objects.len(), 1, "an orphan is deleted");
    let id = world.resource("toy_thing.a")["id"].clone();
    let id = id.as_str().expect("a text");
    world.apply("removed {\n  from = toy_thing.a\n  lifecycle { destroy = false }\n}");
    assert_eq!(world.toy().memory().objects.len(), 1, "what is only forgotten stays");
    world.configure(THING);
    world.succeed(&["import", "-no-color", "toy_thing.a", id]);
    world.destroy();
}

#[test]
fn an_object_that_is_gone_is_made_again() {
    let world = World::new();
    world.apply(THING);
    world.toy().memory().objects.clear();
    let said = world.plan(THING);
    assert!(said.contains("1 to add, 0 to change, 0 to destroy"), "{said}");
    world.apply(THING);
    // Gone before the destroy: Terraform forgets it when it reads, and a delete without a read succeeds too.
    world.toy().memory().objects.clear();
    world.succeed(&["destroy", "-refresh=false", "-auto-approve", "-no-color"]);
}

#[test]
fn a_protected_object_refuses_in_the_plan() {
    let world = World::new();
    world.apply(THING);
    world.toy().break_it(Fault::Protected);
    let said = world.fail(&["plan", "-destroy", "-no-color"]);
    assert!(said.contains("The object is protected"), "{said}");
    assert_eq!(world.toy().memory().count("delete"), 0);
    world.toy().mend();
    world.destroy();
}

#[test]
fn each_run_configures_the_same_process_again() {
    let world = World::new();
    let with_token = |token: &str| format!("provider \"toy\" {{\n  token = {token}\n}}\n{THING}");
    world.apply(&with_token("\"t1\""));
    world.apply(&with_token("\"\""));
    let memory = world.toy().memory();
    assert_eq!(memory.tokens.first(), Some(&"t1".into()));
    assert_eq!(memory.tokens.last(), Some(&"".into()), "an empty text is not null");
    assert!(memory.calls[0].starts_with("configure 1."), "{:?}", memory.calls);
}

#[test]
fn a_provider_argument_that_is_not_known_yet_does_not_stop_the_plan() {
    let world = World::new();
    let body = r#"resource "terraform_data" "token" {
  input = "late"
}
provider "toy" {
  token = terraform_data.token.output
}
resource "toy_thing" "a" {
  name = "one"
}"#;
    world.apply(body);
    let memory = world.toy().memory();
    assert!(memory.tokens[0].is_unknown());
    assert!(memory.tokens.contains(&"late".into()));
}
