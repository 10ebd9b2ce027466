//! What is a sample, and what is refused with a word on why.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use super::{Address, Sample, Samples, Scope};

/// Folders with these files.
fn folders(files: &[(&str, &str, &str)]) -> TempDir {
    let all = tempfile::tempdir().expect("a folder");
    for (type_name, file, text) in files {
        let folder = all.path().join(type_name);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(file), text).expect("a file");
    }
    all
}

fn read(files: &[(&str, &str, &str)]) -> Result<Samples, String> {
    let folder = folders(files);
    Samples::read(&[folder.path()]).map_err(|error| format!("{error:#}"))
}

const CHANGED: &str = "resource \"twilio_a\" \"x\" {\n  name = \"B\"\n}\n";

#[test]
fn an_override_replaces_what_has_its_name_and_leaves_the_rest() {
    let all = folders(&[
        (
            "twilio_a",
            "resource.tf",
            "# A comment.\nresource \"twilio_a\" \"x\" {\n  name = \"A\"\n  url = \"https://example.com\"\n  map = { a = 1, b = 2 }\n  lifecycle { \
             create_before_destroy = true }\n}\n",
        ),
        (
            "twilio_a",
            "changed.tf",
            "resource \"twilio_a\" \"x\" {\n  name = \"B\"\n  map = { a = 1 }\n}\n",
        ),
        (
            "twilio_a",
            "removed.tf",
            "resource \"twilio_a\" \"x\" {\n  url = null\n}\n",
        ),
    ]);
    let sample = Sample::read(&all.path().join("twilio_a")).expect("a sample");
    let value = |block: &super::Block| block.evaluate(&Scope::default(), Path::new(".")).expect("a value");
    assert_eq!(
        value(sample.first()),
        json!({"name": "A", "url": "https://example.com", "map": {"a": 1, "b": 2}})
    );
    assert_eq!(
        value(&sample.changed()),
        json!({"name": "B", "url": "https://example.com", "map": {"a": 1}})
    );
    assert_eq!(
        value(&sample.removed().expect("something is taken out")),
        json!({"name": "B", "url": null, "map": {"a": 1}})
    );
    assert_eq!(sample.changes().collect::<Vec<_>>(), ["name", "map"]);
    assert_eq!(sample.witness(), "name");
    assert!(sample.another().is_none());
}

#[test]
fn expressions_are_what_terraform_makes_of_them() {
    let all = folders(&[
        (
            "twilio_a",
            "resource.tf",
            r#"
            resource "twilio_a" "x" {
              parent = twilio_b.y.sid
              number = data.twilio_c.z.numbers[1]
              given  = var.given_sid
              json   = jsonencode({ b = [1, 2.5, true, null], a = "ä \" x" })
              text   = "at ${twilio_b.y.sid} and ${1 + 2}"
              here   = <<-EOT
                first
                  second ${var.given_sid}
              EOT
              code   = file("${path.module}/code.js")
              list   = [for one in data.twilio_c.z.numbers : "+${one}"]
              choice = twilio_b.y.sid == "" ? "none" : "one"
            }
            data "twilio_c" "z" {
              parent = twilio_b.y.sid
            }
            "#,
        ),
        ("twilio_a", "changed.tf", CHANGED),
        ("twilio_a", "code.js", "exports.handler = 1;\n"),
        (
            "twilio_b",
            "resource.tf",
            "resource \"twilio_b\" \"y\" {\n  name = \"Y\"\n}\n",
        ),
        (
            "twilio_b",
            "changed.tf",
            "resource \"twilio_b\" \"y\" {\n  name = \"Z\"\n}\n",
        ),
    ]);
    let samples = Samples::read(&[all.path()]).expect("samples");
    let sample = samples.of("twilio_a").expect("the sample");
    let before = samples.before(sample, &[sample.first()]).expect("an order");
    let order: Vec<_> = before.iter().map(|(_, block)| block.address.to_string()).collect();
    assert_eq!(order, ["twilio_b.y", "data.twilio_c.z"]);
    assert_eq!(samples.needed_by(sample).expect("they are there"), ["twilio_b"].into());
    let address = |is_data, type_name: &str, name: &str| Address {
        is_data,
        type_name: type_name.to_owned(),
        name: name.to_owned(),
    };
    let scope = Scope {
        variables: [("given_sid".to_owned(), json!("GI1"))].into(),
        objects: [
            (address(false, "twilio_b", "y"), json!({"sid": "BY1"})),
            (address(true, "twilio_c", "z"), json!({"numbers": ["1", "2"]})),
        ]
        .into(),
    };
    assert_eq!(
        sample.first().evaluate(&scope, &sample.folder).expect("a value"),
        json!({
            "parent": "BY1", "number": "2", "given": "GI1", "json": r#"{"a":"ä \" x","b":[1,2.5,true,null]}"#,
            "text": "at BY1 and 3", "here": "first\n  second GI1\n", "code": "exports.handler = 1;\n",
            "list": ["+1", "+2"], "choice": "one",
        })
    );
    let nothing = sample.first().evaluate(&Scope::default(), &sample.folder);
    let said = format!("{:#}", nothing.expect_err("nothing is in scope"));
    assert!(said.contains("parent of twilio_a.x"), "{said}");
}

#[test]
fn what_is_no_sample_is_refused_with_the_reason() {
    let resource = |body: &str| format!("resource \"twilio_a\" \"x\" {{\n{body}\n}}\n");
    let refused = |more: &[(&str, &str, &str)]| read(more).expect_err("it is no sample");
    let with = |file: &str, text: &str| {
        let whole = resource("name = \"A\"");
        let mut files = vec![
            ("twilio_a", "resource.tf", &*whole),
            ("twilio_a", "changed.tf", CHANGED),
        ];
        files.retain(|(_, known, _)| *known != file);
        files.push(("twilio_a", file, text));
        refused(&files)
    };
    for (file, text, why) in [
        (
            "resource.tf",
            "provider \"twilio\" {\n}\n".to_owned(),
            "a block provider has no place",
        ),
        (
            "resource.tf",
            "resource \"twilio_b\" \"x\" {\n}\n".to_owned(),
            "not the twilio_a under test",
        ),
        (
            "resource.tf",
            resource("") + "resource \"twilio_b\" \"x\" {\n}\n",
            "belongs into the example of its own type",
        ),
        ("resource.tf", resource("count = 2"), "a sample is one object"),
        ("resource.tf", resource("search {\n}"), "has a block search"),
        (
            "resource.tf",
            resource("name = twilio_b.y.sid"),
            "twilio_b.y, which no sample has",
        ),
        (
            "resource.tf",
            resource("name = twilio_a.y.sid"),
            "twilio_a.y, which no sample has",
        ),
        (
            "resource.tf",
            resource("name = local.x"),
            "local.x, which no sample has",
        ),
        ("resource.tf", resource("name = twilio_a.x.sid"), "refer to each other"),
        ("changed.tf", resource(""), "changed.tf is not one block twilio_a.x"),
        (
            "removed.tf",
            CHANGED.replace("\"x\"", "\"y\""),
            "removed.tf is not one block twilio_a.x",
        ),
        (
            "another.tf",
            CHANGED.to_owned() + CHANGED,
            "another.tf is not one block twilio_a.x",
        ),
        // Neither sets another value, nor takes out what was not there.
        ("removed.tf", CHANGED.to_owned(), "takes nothing out of name"),
        (
            "removed.tf",
            CHANGED.replace("name", "other").replace("\"B\"", "null"),
            "takes nothing out of other",
        ),
        ("anoter.tf", CHANGED.to_owned(), "nobody reads anoter.tf"),
        ("samples.hcl", String::new(), "nobody reads samples.hcl"),
        ("sample.hcl", "wittness = \"name\"\n".to_owned(), "wittness"),
        ("sample.hcl", "before \"b\" {\n  hots = \"x\"\n}\n".to_owned(), "hots"),
        (
            "sample.hcl",
            "after \"b\" {\n}\n".to_owned(),
            "a block after means nothing",
        ),
    ] {
        let said = with(file, &text);
        assert!(said.contains(why), "{file} {text}: {said}");
    }
    let said = refused(&[("twilio_a", "resource.tf", &resource("name = \"A\""))]);
    assert!(said.contains("changed.tf cannot be read"), "{said}");
}

#[test]
fn what_is_special_is_read_in_order() {
    let special = super::Special::read(
        r#"
        before "service_sid" {
          host = "chat.twilio.com"
          path = "/v2/Services"
          form = { FriendlyName = "Chat" }
        }
        before "role_sid" {
          host      = "chat.twilio.com"
          path      = "/v2/Services/{service_sid}/Roles"
          put_there = true
        }
        witness = "name"
        drift   = { max = 5, policy = { allow = ["a"] } }
        imports = ["{name}"]
        "#,
    )
    .expect("it is read");
    let [service, role] = special.before.as_slice() else {
        panic!("{special:?}");
    };
    assert_eq!(
        (&*service.name, &*service.form["FriendlyName"]),
        ("service_sid", "Chat")
    );
    let known = [("service_sid".to_owned(), json!("IS1"))].into();
    assert_eq!(
        (role.path(&known), role.put_there),
        ("/v2/Services/IS1/Roles".to_owned(), true)
    );
    assert_eq!(special.drift["policy"], json!({"allow": ["a"]}));
    assert_eq!(special.drift["max"], json!(5));
    assert_eq!(special.witness.as_deref(), Some("name"));
}
