//! Nested attributes and nested blocks of each kind.

use serde_json::json;

use super::sandbox::Sandbox;

const NEST: &str = r#"resource "toy_nest" "a" {
  single = { name = "s" }
  list   = [{ name = "l1" }, { name = "l2", note = "n", weight = 3 }]
  set    = [{ name = "e1" }, { name = "e2", note = "n" }]
  map    = { k1 = { name = "m1" }, k2 = { name = "m2", weight = 2 } }
  kept   = { name = "k", note = "n" }
  core {
    name = "c"
  }
  part {
    name = "p1"
  }
  part {
    name   = "p2"
    weight = 4
  }
  unit {
    name = "u1"
  }
  unit {
    name = "u2"
    note = "n"
  }
}"#;

#[test]
fn every_kind_is_made_with_its_defaults_and_computed_parts() {
    let sandbox = Sandbox::new();
    sandbox.apply(NEST);
    let made = sandbox.resource("toy_nest.a");
    let item = |name: &str, note: Option<&str>, weight: i64| json!({"name": name, "note": note, "weight": weight, "seen": "made"});
    assert_eq!(made["single"], item("s", None, 1));
    assert_eq!(made["list"], json!([item("l1", None, 1), item("l2", Some("n"), 3)]));
    assert_eq!(made["set"], json!([item("e1", None, 1), item("e2", Some("n"), 1)]));
    assert_eq!(
        made["map"],
        json!({"k1": item("m1", None, 1), "k2": item("m2", None, 2)})
    );
    assert_eq!(made["unit"], json!([item("u1", None, 1), item("u2", Some("n"), 1)]));
    assert_eq!(made["part"][1]["weight"], 4);
    assert_eq!(made["core"], json!({"name": "c", "secret": null}));
    sandbox.destroy();
}

#[test]
fn changes_inside_show_only_what_changes() {
    let sandbox = Sandbox::new();
    sandbox.apply(NEST);
    let steps = [
        // (from, to, what stays known in the plan)
        (r#"{ name = "s" }"#, r#"{ name = "s", note = "new" }"#),
        (r#"note = "n", weight = 3"#, r#"weight = 3"#),
        (r#"{ name = "e1" }"#, r#"{ name = "e1", weight = 8 }"#),
        (r#"{ name = "e2", note = "n" }"#, r#"{ name = "e2" }, { name = "e3" }"#),
        (r#"k2 = { name = "m2", weight = 2 }"#, r#"k3 = { name = "m3" }"#),
        ("name   = \"p2\"\n    weight = 4", "name = \"p2\""),
        ("name = \"u2\"\n    note = \"n\"", "name = \"u2\""),
    ];
    let mut body = NEST.to_owned();
    for (from, to) in steps {
        assert!(body.contains(from), "{from}");
        body = body.replace(from, to);
        let said = sandbox.plan(&body);
        assert!(said.contains("1 to change, 0 to destroy"), "{to}: {said}");
        sandbox.apply(&body);
    }
    let made = sandbox.resource("toy_nest.a");
    assert_eq!(made["list"][1]["note"], json!(null));
    assert_eq!(made["part"][1]["weight"], 1, "back to the default");
    assert_eq!(made["set"].as_array().map(Vec::len), Some(3));
    sandbox.destroy();
}

#[test]
fn all_of_it_can_be_taken_out_but_what_the_service_keeps() {
    let sandbox = Sandbox::new();
    sandbox.apply(NEST);
    sandbox.apply("resource \"toy_nest\" \"a\" {\n}");
    let bare = sandbox.resource("toy_nest.a");
    for name in ["single", "list", "set", "map", "core"] {
        assert_eq!(bare[name], json!(null), "{name}");
    }
    assert_eq!((&bare["part"], &bare["unit"]), (&json!([]), &json!([])));
    assert_eq!(bare["kept"]["name"], "k", "optional and computed: it stays");
    // A change elsewhere leaves it alone, too.
    sandbox.apply("resource \"toy_nest\" \"a\" {\n  note = \"n\"\n}");
    assert_eq!(sandbox.resource("toy_nest.a")["kept"]["name"], "k");
    sandbox.destroy();
}

#[test]
fn empty_collections_are_not_null() {
    let sandbox = Sandbox::new();
    sandbox.apply("resource \"toy_nest\" \"a\" {\n  list = []\n  set = []\n  map = {}\n}");
    let made = sandbox.resource("toy_nest.a");
    assert_eq!(
        (&made["list"], &made["set"], &made["map"]),
        (&json!([]), &json!([]), &json!({}))
    );
    let said = sandbox.plan("resource \"toy_nest\" \"a\" {\n}");
    assert!(said.contains("1 to change"), "{said}");
    sandbox.apply("resource \"toy_nest\" \"a\" {\n}");
    sandbox.destroy();
}

#[test]
fn parts_that_are_not_known_yet_are_accepted_wherever_they_stand() {
    let sandbox = Sandbox::new();
    sandbox.apply(
        r#"resource "toy_thing" "a" {
  name = "one"
}
locals {
  late = toy_thing.a.revision
  whole = toy_thing.a.revision == "" ? null : { name = "whole", note = null, weight = null }
  some = toy_thing.a.revision == "" ? ["a"] : ["a", "b"]
}
resource "toy_nest" "a" {
  single = { name = local.late }
  list   = [{ name = "l" }, local.whole]
  set    = [{ name = local.late }, { name = "e" }, local.whole]
  map    = { k = { name = "m", note = local.late }, l = local.whole }
  dynamic "part" {
    for_each = local.some
    content {
      name = part.value
    }
  }
  dynamic "unit" {
    for_each = local.some
    content {
      name = unit.value
    }
  }
}
resource "toy_nest" "b" {
  list = [for name in local.some : { name = name }]
  map  = { for name in local.some : name => { name = name } }
}"#,
    );
    let made = sandbox.resource("toy_nest.a");
    assert_eq!(made["list"][1]["weight"], 1, "the default, once it was known");
    assert_eq!(made["part"].as_array().map(Vec::len), Some(2));
    sandbox.destroy();
}

#[test]
fn a_null_element_of_a_list_is_refused_and_of_a_map_accepted() {
    let sandbox = Sandbox::new();
    sandbox.configure("resource \"toy_nest\" \"a\" {\n  list = [null, { name = \"l\" }]\n}");
    let said = sandbox.fail(&["validate", "-no-color"]);
    assert!(
        said.contains("An element is null") && said.contains("list[0]"),
        "{said}"
    );
    sandbox.apply("resource \"toy_nest\" \"a\" {\n  map = { k = null }\n}");
    assert_eq!(sandbox.resource("toy_nest.a")["map"], json!({"k": null}));
    sandbox.destroy();
}
