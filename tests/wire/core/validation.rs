//! What Terraform leaves to the provider to check.

use super::sandbox::Sandbox;

/// What `validate` says to these arguments of a `toy_thing`.
fn refused(sandbox: &Sandbox, arguments: &str) -> String {
    sandbox.configure(&format!("resource \"toy_thing\" \"a\" {{\n{arguments}\n}}"));
    sandbox.fail(&["validate", "-no-color"])
}

#[test]
fn every_problem_is_reported_at_once_on_its_own_line() {
    let sandbox = Sandbox::new();
    let said = refused(
        &sandbox,
        "name = null\nid = \"mine\"\nmode = \"medium\"\nleft = \"l\"\nright = \"r\"\nold = \"o\"",
    );
    for (line, summary) in [
        ("name = null", "Missing required argument"),
        ("id = \"mine\"", "Read-only attribute is configured"),
        ("mode = \"medium\"", "Invalid value"),
        ("right = \"r\"", "Arguments do not fit together"),
        ("old = \"o\"", "Deprecated argument"),
    ] {
        let (_, after) = said.split_once(summary).unwrap_or_else(|| panic!("{summary}: {said}"));
        let excerpt = after.split("Error: ").next().unwrap_or_default();
        assert!(excerpt.contains(line), "{line}: {said}");
    }
}

#[test]
fn a_warning_stops_nothing() {
    let sandbox = Sandbox::new();
    sandbox.configure("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  old = \"o\"\n}");
    let said = sandbox.succeed(&["validate", "-no-color"]);
    assert!(said.contains("old is deprecated: use note instead"), "{said}");
}

#[test]
fn rules_wait_for_values_that_are_not_known_yet() {
    let sandbox = Sandbox::new();
    sandbox.configure(
        r#"resource "toy_thing" "a" {
  name = "one"
}
resource "toy_thing" "b" {
  name  = toy_thing.a.revision
  mode  = toy_thing.a.revision
  left  = toy_thing.a.revision
  right = "r"
}"#,
    );
    sandbox.succeed(&["validate", "-no-color"]);
    // In the apply all is known, and the rules speak.
    let said = sandbox.fail(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("Arguments do not fit together"), "{said}");
    assert!(said.contains("must be one of slow, fast"), "{said}");
}

#[test]
fn nested_parts_are_checked_where_they_stand() {
    let sandbox = Sandbox::new();
    sandbox.configure("variable \"none\" {\n  default = null\n}\nresource \"toy_nest\" \"a\" {\n  list = [{ name = var.none }]\n  part {\n    name = var.none\n  }\n}");
    let said = sandbox.fail(&["plan", "-no-color"]);
    assert!(said.contains("list[0].name must have a value"), "{said}");
    assert!(said.contains("part[0].name must have a value"), "{said}");
    sandbox.configure("resource \"toy_nest\" \"a\" {\n  set = [{ name = \"e\", seen = \"x\" }]\n}");
    let said = sandbox.fail(&["validate", "-no-color"]);
    assert!(said.contains("set.seen is set by the provider"), "{said}");
}

#[test]
fn a_type_that_is_deprecated_says_what_to_use_instead() {
    let sandbox = Sandbox::new();
    let said = sandbox.plan("resource \"toy_old\" \"a\" {\n  title = \"one\"\n}");
    assert!(said.contains("Warning: Deprecated resource toy_old"), "{said}");
    assert!(said.contains("toy_old is deprecated: use toy_thing instead"), "{said}");
    let said = sandbox.plan("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n}");
    assert!(!said.contains("eprecated"), "{said}");
}
