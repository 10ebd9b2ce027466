//! Values of each type, through Terraform and back.

use std::fmt::Write as _;

use serde_json::json;

use super::sandbox::Sandbox;

#[test]
fn every_value_comes_back_from_a_function_as_it_was_sent() {
    let sandbox = Sandbox::new();
    let values = [
        "null",
        "true",
        "\"text\"",
        "\"\"",
        "\"caf\u{e9} \u{1f600}\"",
        "0",
        "-1",
        "9223372036854775808",
        "1e30",
        "1 / 3",
        "0.1",
        "1.5",
        "-128",
        "65536",
        "[]",
        "[1, \"a\", null]",
        "tolist([\"a\", \"b\"])",
        "toset([\"b\", \"a\"])",
        "tomap({ k = \"v\" })",
        "{}",
        "{ a = [1], b = { c = null } }",
    ];
    // Terraform compares: no rounding of its own JSON comes in between.
    let mut body = "locals {\n  values = [\n".to_owned();
    for value in values {
        let _ = writeln!(body, "    provider::toy::echo({value}) == {value},");
    }
    body.push_str("  ]\n}\noutput \"same\" {\n  value = local.values\n}");
    // A null argument is refused where the parameter does not take it.
    let body = body.replace("    provider::toy::echo(null) == null,\n", "");
    sandbox.apply(&body);
    assert_eq!(sandbox.output("same"), json!(vec![true; values.len() - 1]));
}

#[test]
fn collections_and_values_of_any_type_are_stored_as_configured() {
    let sandbox = Sandbox::new();
    let body = |anything: &str| {
        format!(
            r#"resource "toy_thing" "a" {{
  name     = "one"
  tags     = ["b", "a", "b"]
  labels   = {{ k = "v", empty = "" }}
  groups   = ["y", "x", "y"]
  anything = {anything}
}}"#
        )
    };
    for (anything, stored) in [
        ("\"text\"", json!("text")),
        ("[1, true, null]", json!([1, true, null])),
        ("{ a = { b = 1.5 } }", json!({"a": {"b": 1.5}})),
        ("null", json!(null)),
    ] {
        sandbox.apply(&body(anything));
        let made = sandbox.resource("toy_thing.a");
        assert_eq!(made["anything"], stored);
        assert_eq!(made["tags"], json!(["b", "a", "b"]));
        assert_eq!(made["groups"], json!(["x", "y"]));
    }
    sandbox.apply("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  tags = []\n  labels = {}\n}");
    let made = sandbox.resource("toy_thing.a");
    assert_eq!(
        (&made["tags"], &made["labels"], &made["groups"]),
        (&json!([]), &json!({}), &json!(null))
    );
    sandbox.destroy();
}

/// tonic's own limit would be 4 MiB.
#[test]
fn an_attribute_of_six_megabytes_passes() {
    let sandbox = Sandbox::new();
    sandbox
        .terraform
        .write("big.txt", &"x".repeat(6 << 20))
        .expect("a file");
    sandbox.apply("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n  note = file(\"big.txt\")\n}");
    sandbox.destroy();
}
