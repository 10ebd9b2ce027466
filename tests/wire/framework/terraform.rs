//! The toy under the real Terraform: what core makes of our answers.

use std::path::Path;

use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::value::Value;
use xtask::terraform::{Installation, Output, Workspace};

use super::host::Host;

const HEAD: &str = r#"
terraform {
  required_providers {
    toy = { source = "example.com/test/toy" }
  }
}
"#;

/// Terraform with a served toy.
struct Run {
    host: Host,
    terraform: Workspace,
}

impl Run {
    fn new() -> Self {
        let host = Host::start();
        let provider = Path::new(env!("CARGO_BIN_EXE_terraform-provider-twilio"));
        let mut terraform = Workspace::new(provider, Installation::Override).expect("a workspace");
        terraform.set_env("TF_REATTACH_PROVIDERS", host.reattach());
        Self { host, terraform }
    }

    fn write(&self, body: &str) {
        self.terraform
            .write("main.tf", &format!("{HEAD}{body}"))
            .expect("main.tf");
        self.terraform
            .succeed(&["init", "-no-color"])
            .expect("init works without a registry");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.terraform.run(arguments).expect("terraform starts");
        let text = output.unwrapped();
        assert!(
            !text.contains("bug in the provider, which") && !text.contains("did not respond"),
            "{text}"
        );
        output
    }

    fn apply(&self, body: &str) -> Output {
        self.write(body);
        let output = self.run(&["apply", "-auto-approve", "-no-color"]);
        assert_eq!(output.code, 0, "{}", output.text());
        output
    }

    fn apply_fails(&self, body: &str) -> String {
        self.write(body);
        let output = self.run(&["apply", "-auto-approve", "-no-color"]);
        assert_eq!(output.code, 1, "{}", output.text());
        output.unwrapped()
    }

    fn plan_is_empty(&self) {
        let output = self.run(&["plan", "-detailed-exitcode", "-no-color"]);
        assert_eq!(output.code, 0, "{}", output.text());
    }

    /// The change that a plan makes to `toy_thing.a`.
    fn planned(&self, body: &str) -> Json {
        self.write(body);
        let plan = self.terraform.plan_json(&[]).expect("it plans");
        let changes = plan["resource_changes"].as_array().cloned().unwrap_or_default();
        changes
            .into_iter()
            .find(|change| change["address"] == "toy_thing.a")
            .map_or(Json::Null, |change| change["change"].clone())
    }

    fn stored(&self) -> Json {
        let state = self.terraform.state_json().expect("a state");
        state["values"]["root_module"]["resources"][0]["values"].clone()
    }
}

#[test]
fn nested_attributes_blocks_and_dynamic_values_live_from_create_to_destroy() {
    let run = Run::new();
    let config = r#"
        resource "toy_thing" "a" {
          name     = "a"
          tags     = { b = "2", a = "1" }
          anything = { list = [1, "two", true] }
          items    = [{ key = "x" }, { key = "y" }]
          rule { port = 80 }
          rule { port = 443 }
        }
    "#;
    run.apply(config);
    run.plan_is_empty();
    let stored = run.stored();
    assert_eq!(stored["items"][1], json!({"key": "y", "id": "id-a-item-1"}));
    assert_eq!(stored["rule"][1], json!({"port": 443, "id": "id-a-rule-1"}));
    assert_eq!(stored["anything"], json!({"list": [1, "two", true]}));
    assert_eq!(stored["size"], 1, "a default");

    let change = run.planned(&config.replace("\"y\"", "\"z\""));
    assert_eq!(change["actions"], json!(["update"]));
    assert_eq!(
        change["after"]["items"][1],
        json!({"key": "z", "id": "id-a-item-1"}),
        "what stays stays known"
    );
    assert_eq!(change["after_unknown"]["revision"], true);
    run.apply(&config.replace("\"y\"", "\"z\""));
    run.plan_is_empty();

    assert_eq!(run.run(&["destroy", "-auto-approve", "-no-color"]).code, 0);
    assert_eq!(run.host.world.len(), 0);
}

#[test]
fn a_forcing_change_replaces_and_says_where() {
    let run = Run::new();
    run.apply("resource \"toy_thing\" \"a\" {\n name = \"a\"\n zone = \"1\"\n}");
    let change = run.planned("resource \"toy_thing\" \"a\" {\n name = \"a\"\n zone = \"2\"\n}");
    assert_eq!(change["actions"], json!(["delete", "create"]));
    assert_eq!(change["replace_paths"], json!([["zone"]]));
    let output = run.run(&["plan", "-no-color"]);
    assert!(output.text().contains("forces replacement"), "{}", output.text());
    assert_eq!(run.run(&["apply", "-auto-approve", "-replace=toy_thing.a"]).code, 0);
    run.plan_is_empty();
}

#[test]
fn equivalent_texts_are_no_difference_and_the_practitioners_own_stays() {
    let run = Run::new();
    run.apply("resource \"toy_thing\" \"a\" {\n name = \"a\"\n document = \"  x  \"\n}");
    assert_eq!(run.stored()["document"], "  x  ");
    run.plan_is_empty();
    let change = run.planned("resource \"toy_thing\" \"a\" {\n name = \"a\"\n document = \"x\"\n}");
    assert_eq!(change["actions"], json!(["no-op"]));
    run.host.world.drift("document", &Value::from("y"));
    let change = run.planned("resource \"toy_thing\" \"a\" {\n name = \"a\"\n document = \"x\"\n}");
    assert_eq!(
        (&change["actions"], &change["before"]["document"]),
        (&json!(["update"]), &json!("y"))
    );
}

#[test]
fn write_only_values_reach_the_resource_and_nothing_else() {
    let run = Run::new();
    let config = |secret: &str, version: u32| {
        format!(
            "resource \"toy_thing\" \"a\" {{\n name = \"a\"\n secret = \"{secret}\"\n secret_version = {version}\n}}"
        )
    };
    run.apply(&config("first-secret", 1));
    run.plan_is_empty();
    assert!(run.host.world.log().contains(&"secret first-secret".to_owned()));
    run.write(&config("second-secret", 1));
    run.plan_is_empty();
    run.apply(&config("second-secret", 2));
    assert!(run.host.world.log().contains(&"secret second-secret".to_owned()));
    let state = std::fs::read_to_string(run.terraform.path().join("terraform.tfstate")).expect("a state file");
    assert!(!state.contains("secret\": \"") && !state.contains("leaked"), "{state}");
    run.plan_is_empty();
}

#[test]
fn a_create_that_fails_before_leaves_nothing_and_one_that_fails_after_is_tainted() {
    let run = Run::new();
    let config = |name: &str| format!("resource \"toy_thing\" \"a\" {{ name = \"{name}\" }}");
    let said = run.apply_fails(&config("fail before"));
    assert!(
        said.contains("failed before") && said.contains("name = \"fail before\""),
        "the line is shown: {said}"
    );
    assert_eq!(run.terraform.state_json().expect("a state")["values"], Json::Null);

    run.apply_fails(&config("fail after"));
    let change = run.planned(&config("fail after"));
    assert_eq!(change["actions"], json!(["delete", "create"]), "tainted");
    run.apply(&config("b"));
    run.plan_is_empty();
    assert_eq!(run.host.world.len(), 1, "nothing was orphaned");
}

#[test]
fn a_panic_is_a_diagnostic_without_its_message_and_others_survive_it() {
    let run = Run::new();
    let said = run.apply_fails(
        "resource \"toy_thing\" \"a\" { name = \"panic\" }\nresource \"toy_thing\" \"b\" { name = \"b\" }",
    );
    assert!(
        said.contains("The provider failed inside") && said.contains("toy.rs:"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
    assert_eq!(run.host.world.len(), 1, "the other one was created");
}

#[test]
fn a_destroy_can_warn_be_refused_and_fail_without_losing_anything() {
    let run = Run::new();
    run.apply("resource \"toy_thing\" \"a\" { name = \"guarded\" }");
    let said = run.apply_fails("");
    assert!(
        said.contains("guarded stays") && said.contains("guarded will go"),
        "{said}"
    );
    assert_eq!(run.host.world.len(), 1);

    let run = Run::new();
    run.apply("resource \"toy_thing\" \"a\" { name = \"stuck\" }");
    assert!(run.apply_fails("").contains("stuck"));
    assert_eq!(run.stored()["id"], "id-stuck", "it is still in the state");
    run.apply("");
    assert_eq!(run.host.world.len(), 0);
}

#[test]
fn imports_by_command_and_by_block_plan_nothing() {
    let run = Run::new();
    run.apply("resource \"toy_thing\" \"a\" { name = \"a\" }");
    run.run(&["state", "rm", "toy_thing.a"]);
    assert_eq!(run.run(&["import", "-no-color", "toy_thing.a", "id-a"]).code, 0);
    run.plan_is_empty();
    let wrong = run.run(&["import", "-no-color", "toy_thing.b", "x"]);
    assert!(wrong.code != 0);
    run.run(&["state", "rm", "toy_thing.a"]);
    run.write("import {\n to = toy_thing.a\n id = \"id-a\"\n}");
    assert_eq!(
        run.run(&["plan", "-no-color", "-generate-config-out=generated.tf"])
            .code,
        0
    );
    let change = run.terraform.plan_json(&[]).expect("it plans")["resource_changes"][0]["change"].clone();
    assert_eq!(change["actions"], json!(["no-op"]));
}

#[test]
fn drift_is_shown_and_what_is_gone_is_planned_anew() {
    let run = Run::new();
    let config = "resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 2\n}";
    run.apply(config);
    run.host.world.drift("size", &Value::int(5));
    let change = run.planned(config);
    assert_eq!(
        (&change["before"]["size"], &change["after"]["size"]),
        (&json!(5), &json!(2))
    );
    run.host.world.clear();
    assert_eq!(run.planned(config)["actions"], json!(["create"]));
}

#[test]
fn what_was_written_by_an_older_schema_is_upgraded() {
    let run = Run::new();
    run.apply("resource \"toy_thing\" \"a\" { name = \"a\" }");
    let path = run.terraform.path().join("terraform.tfstate");
    let mut state: Json = serde_json::from_str(&std::fs::read_to_string(&path).expect("a state file")).expect("JSON");
    let instance = &mut state["resources"][0]["instances"][0];
    instance["schema_version"] = json!(0);
    let fields = instance["attributes"].as_object_mut().expect("attributes");
    let name = fields.remove("name").expect("a name");
    fields.insert("title".to_owned(), name);
    state["serial"] = json!(100);
    std::fs::write(&path, state.to_string()).expect("the state file can be written");
    run.plan_is_empty();
}

#[test]
fn state_moves_in_from_another_type() {
    let run = Run::new();
    run.apply("resource \"terraform_data\" \"old\" { input = \"moved\" }");
    let body =
        "resource \"toy_thing\" \"a\" { name = \"moved\" }\nmoved {\n from = terraform_data.old\n to = toy_thing.a\n}";
    let change = run.planned(body);
    assert_eq!(change["actions"], json!(["no-op"]));
    run.apply(body);
    run.plan_is_empty();
}

#[test]
fn validation_speaks_at_the_line_and_deprecation_warns() {
    let run = Run::new();
    let said =
        run.apply_fails("resource \"toy_thing\" \"a\" {\n name = \"a\"\n size = 11\n revision = 3\n old = \"x\"\n}");
    for needle in [
        "11 is not between 1 and 9",
        "size = 11",
        "revision is set by the provider",
        "old is deprecated: use name",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}

#[test]
fn data_sources_repeat_what_was_configured_and_fail_with_a_place() {
    let run = Run::new();
    run.apply("data \"toy_lookup\" \"a\" { name = \"abc\" }\noutput \"x\" { value = \"${data.toy_lookup.a.name} ${data.toy_lookup.a.backwards}\" }");
    let state = run.terraform.state_json().expect("a state");
    assert_eq!(state["values"]["outputs"]["x"]["value"], "abc cba");
    let said = run.apply_fails("data \"toy_lookup\" \"a\" { name = \"\" }");
    assert!(said.contains("nothing found"), "{said}");
}

#[test]
fn functions_compute_and_blame_the_argument() {
    let run = Run::new();
    run.apply("output \"x\" { value = provider::toy::join(\"-\", \"a\", null, \"c\") }");
    let state = run.terraform.state_json().expect("a state");
    assert_eq!(state["values"]["outputs"]["x"]["value"], "a-nothing-c");
    let said = run.apply_fails("output \"x\" { value = provider::toy::join(\"-\", \"a\", \"b c\") }");
    assert!(
        said.contains("a word has no space in it") && said.contains("words"),
        "{said}"
    );
}

#[test]
fn ephemeral_values_are_opened_renewed_and_closed_and_never_stored() {
    let run = Run::new();
    run.apply(
        "ephemeral \"toy_token\" \"t\" { scope = \"renewed\" }\nresource \"toy_thing\" \"a\" {\n name = \"a\"\n secret = ephemeral.toy_token.t.value\n secret_version = 1\n}",
    );
    let log = run.host.world.log();
    let position = |line: &str| log.iter().position(|entry| entry == line);
    assert!(position("opened renewed") < position("secret token-renewed"), "{log:?}");
    let count = |line: &str| log.iter().filter(|entry| *entry == line).count();
    assert!(count("renewed renewed") > 0, "{log:?}");
    assert_eq!(count("opened renewed"), count("closed renewed"), "{log:?}");
    let state = std::fs::read_to_string(run.terraform.path().join("terraform.tfstate")).expect("a state file");
    assert!(!state.contains("token-renewed"), "{state}");
}

#[test]
fn six_megabytes_pass_in_both_directions() {
    let run = Run::new();
    std::fs::write(run.terraform.path().join("big"), "x".repeat(6 << 20)).expect("a file");
    run.apply("resource \"toy_thing\" \"a\" {\n name = \"a\"\n document = file(\"big\")\n}");
    run.plan_is_empty();
}

#[test]
fn twelve_at_once_do_not_mix_and_a_process_serves_several_runs() {
    let run = Run::new();
    let config = "provider \"toy\" { greeting = \"hello\" }\nresource \"toy_thing\" \"a\" {\n count = 12\n name = \"n${count.index}\"\n}";
    run.apply(config);
    run.plan_is_empty();
    let state = run.terraform.state_json().expect("a state");
    for resource in state["values"]["root_module"]["resources"]
        .as_array()
        .expect("resources")
    {
        let name = resource["values"]["name"].as_str().expect("a name");
        assert_eq!(resource["values"]["id"], format!("id-{name}"));
    }
    assert!(
        run.host
            .world
            .log()
            .iter()
            .filter(|line| *line == "configured hello")
            .count()
            > 1
    );
}

#[test]
fn unknown_values_flow_and_are_settled_in_one_apply() {
    let run = Run::new();
    run.apply(
        "resource \"toy_thing\" \"b\" { name = \"b\" }\nresource \"toy_thing\" \"a\" {\n name = \"a\"\n zone = \"zone-${toy_thing.b.revision}\"\n items = [for i in [toy_thing.b.id] : { key = i }]\n}",
    );
    run.plan_is_empty();
}
