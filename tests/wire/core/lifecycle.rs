//! The lifecycle of an object: created, changed, replaced, deleted, and all that Terraform can order in between.

use super::sandbox::Sandbox;
use super::toy::Fault;

const THING: &str = r#"resource "toy_thing" "a" {
  name = "one"
  note = "first"
  zone = "z1"
}"#;

#[test]
fn an_object_is_created_changed_and_destroyed() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    let made = sandbox.resource("toy_thing.a");
    assert_eq!(
        (&made["size"], &made["color"]),
        (&5.into(), &"made".into()),
        "default and computed"
    );
    let id = made["id"].clone();

    // In place: what stays is known in the plan, what may change is not.
    let changed = THING.replace("first", "second");
    let said = sandbox.plan(&changed);
    assert!(said.contains("will be updated in-place"), "{said}");
    assert!(said.contains(r#"~ revision = "r2" -> (known after apply)"#), "{said}");
    assert!(!said.contains("~ id") && !said.contains("~ color"), "{said}");
    sandbox.apply(&changed);
    assert_eq!(sandbox.resource("toy_thing.a")["id"], id);

    // Taken out: an optional value goes, a computed one stays, one with a default goes back to it.
    sandbox.apply(&changed.replace("}", "size = 9\ncolor = \"blue\"\n}"));
    sandbox.apply("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  zone = \"z1\"\n}");
    let bare = sandbox.resource("toy_thing.a");
    assert_eq!(
        (&bare["note"], &bare["size"], &bare["color"]),
        (&().into(), &5.into(), &"blue".into())
    );
    assert_eq!(sandbox.toy().memory().count("create"), 1);
    sandbox.destroy();
}

#[test]
fn a_forcing_argument_replaces_and_is_named() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    let id = sandbox.resource("toy_thing.a")["id"].clone();
    let moved = THING.replace("z1", "z2");
    let said = sandbox.plan(&moved);
    assert!(said.contains(r#"~ zone = "z1" -> "z2" # forces replacement"#), "{said}");
    sandbox.apply(&moved);
    assert_ne!(sandbox.resource("toy_thing.a")["id"], id);
    sandbox.apply(
        &moved
            .replace("z2", "z3")
            .replace("}", "lifecycle { create_before_destroy = true }\n}"),
    );
    assert_eq!(sandbox.toy().memory().objects.len(), 1);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color", "-replace=toy_thing.a"]);
    sandbox.succeed(&["taint", "toy_thing.a"]);
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("is tainted, so must be replaced"), "{said}");
    sandbox.plan_is_empty();
    sandbox.destroy();
}

#[test]
fn a_stored_plan_is_applied_as_it_was_shown() {
    let sandbox = Sandbox::new();
    sandbox.configure(THING);
    sandbox.succeed(&["plan", "-out=plan.bin"]);
    sandbox.succeed(&["apply", "plan.bin"]);
    sandbox.plan_is_empty();
    sandbox.succeed(&["plan", "-destroy", "-out=plan.bin"]);
    sandbox.succeed(&["apply", "plan.bin"]);
    assert!(sandbox.toy().memory().objects.is_empty());
}

#[test]
fn values_that_are_not_known_yet_flow_from_one_object_to_the_next() {
    let sandbox = Sandbox::new();
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
    sandbox.apply(&body("x"));
    let b = sandbox.resource("toy_thing.b");
    assert_eq!(b["name"], "about thing-1");
    assert_eq!(b["tags"], serde_json::json!(["thing-1", "plain"]));
    // An update of the first opens its revision, and with it an argument of the second; the id stays known, so that
    // nothing is replaced.
    let said = sandbox.plan(&body("y"));
    assert!(said.contains("2 to change, 0 to destroy"), "{said}");
    sandbox.apply(&body("y"));
    sandbox.destroy();
}

#[test]
fn a_dozen_objects_at_once_do_not_get_mixed_up() {
    let sandbox = Sandbox::new();
    let body = "resource \"toy_thing\" \"a\" {\n  count = 12\n  name = \"number ${count.index}\"\n}";
    sandbox.apply(body);
    for index in 0..12 {
        let address = format!("toy_thing.a[{index}]");
        assert_eq!(sandbox.resource(&address)["name"], format!("number {index}"));
    }
    sandbox.configure(&body.replace("12", "13"));
    sandbox.succeed(&["apply", "-auto-approve", "-no-color", "-target=toy_thing.a[12]"]);
    assert_eq!(sandbox.toy().memory().objects.len(), 13);
    sandbox.destroy();
}

#[test]
fn ignored_changes_are_ignored() {
    let sandbox = Sandbox::new();
    let ignoring = |what: &str| THING.replace("}", &format!("lifecycle {{ ignore_changes = {what} }}\n}}"));
    sandbox.apply(&ignoring("[note]"));
    sandbox.configure(&ignoring("[note]").replace("first", "other"));
    sandbox.plan_is_empty();
    sandbox.configure(&ignoring("all").replace("first", "other").replace("z1", "z2"));
    sandbox.plan_is_empty();
}

#[test]
fn drift_is_shown_and_repaired_and_spelling_is_no_drift() {
    let sandbox = Sandbox::new();
    let body = THING.replace("}", "json = \"{ \\\"a\\\": 1 }\"\n}");
    sandbox.apply(&body);
    assert_eq!(
        sandbox.resource("toy_thing.a")["json"],
        "{ \"a\": 1 }",
        "the practitioner's own text"
    );
    // Another spelling of the same in the configuration changes nothing either.
    sandbox.configure(&body.replace("{ \\\"a\\\": 1 }", "{\\\"a\\\":1}"));
    sandbox.plan_is_empty();
    sandbox.configure(&body);
    let drift = |note: &str| {
        let mut memory = sandbox.toy().memory();
        let object = memory.objects.values_mut().next().expect("there is one");
        object.set_attr("note", note.into());
    };
    drift("by hand");
    let said = sandbox.succeed(&["plan", "-no-color"]);
    assert!(said.contains(r#"~ note = "by hand" -> "first""#), "{said}");
    sandbox.apply(&body);
    drift("again");
    sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
    assert_eq!(sandbox.resource("toy_thing.a")["note"], "again");
    let said = sandbox.succeed(&["plan", "-refresh=false", "-no-color"]);
    assert!(said.contains("1 to change"), "{said}");
    sandbox.destroy();
}

#[test]
fn objects_leave_the_configuration_in_each_way() {
    let sandbox = Sandbox::new();
    sandbox.apply(&format!("{THING}\n{}", THING.replace("\"a\"", "\"b\"")));
    sandbox.apply(THING);
    assert_eq!(sandbox.toy().memory().objects.len(), 1, "an orphan is deleted");
    let id = sandbox.resource("toy_thing.a")["id"].clone();
    let id = id.as_str().expect("a text");
    sandbox.apply("removed {\n  from = toy_thing.a\n  lifecycle { destroy = false }\n}");
    assert_eq!(sandbox.toy().memory().objects.len(), 1, "what is only forgotten stays");
    sandbox.configure(THING);
    sandbox.succeed(&["import", "-no-color", "toy_thing.a", id]);
    sandbox.destroy();
}

#[test]
fn an_object_that_is_gone_is_made_again() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    sandbox.toy().memory().objects.clear();
    let said = sandbox.plan(THING);
    assert!(said.contains("1 to add, 0 to change, 0 to destroy"), "{said}");
    sandbox.apply(THING);
    // Gone before the destroy: Terraform forgets it when it reads, and a delete without a read succeeds too.
    sandbox.toy().memory().objects.clear();
    sandbox.succeed(&["destroy", "-refresh=false", "-auto-approve", "-no-color"]);
}

#[test]
fn a_protected_object_refuses_in_the_plan() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    sandbox.toy().break_it(Fault::Protected);
    let said = sandbox.fail(&["plan", "-destroy", "-no-color"]);
    assert!(said.contains("The object is protected"), "{said}");
    assert_eq!(sandbox.toy().memory().count("delete"), 0);
    sandbox.toy().mend();
    sandbox.destroy();
}

#[test]
fn each_run_configures_the_same_process_again() {
    let sandbox = Sandbox::new();
    let with_token = |token: &str| format!("provider \"toy\" {{\n  token = {token}\n}}\n{THING}");
    sandbox.apply(&with_token("\"t1\""));
    sandbox.apply(&with_token("\"\""));
    let memory = sandbox.toy().memory();
    assert_eq!(memory.tokens.first(), Some(&"t1".into()));
    assert_eq!(memory.tokens.last(), Some(&"".into()), "an empty text is not null");
    assert!(memory.calls[0].starts_with("configure 1."), "{:?}", memory.calls);
}

#[test]
fn a_provider_argument_that_is_not_known_yet_does_not_stop_the_plan() {
    let sandbox = Sandbox::new();
    let body = r#"resource "terraform_data" "token" {
  input = "late"
}
provider "toy" {
  token = terraform_data.token.output
}
resource "toy_thing" "a" {
  name = "one"
}"#;
    sandbox.apply(body);
    let memory = sandbox.toy().memory();
    assert!(memory.tokens[0].is_unknown());
    assert!(memory.tokens.contains(&"late".into()));
}
