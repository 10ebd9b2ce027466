//! Terraform with a state that RJPearson94/twilio wrote: under that provider's address, and under this one's, as
//! `terraform state replace-provider` leaves it.

use std::path::Path;

use serde_json::{Value as Json, json};
use xtask::terraform::Workspace;

use crate::lifecycle::active_changes;
use crate::world::{World, assert_healthy, configure, resource_in};

const RJPEARSON94: &str = "registry.terraform.io/rjpearson94/twilio";
const VENDOR: &str = "registry.terraform.io/twilio/twilio";

/// Objects of the five types that have the same name there, as its users configure them here.
const CONFIG: &str = r#"
    resource "twilio_phone_number" "a" { phone_number = "+14155550142" }
    resource "twilio_messaging_service" "a" {
      friendly_name   = "min"
      validity_period = 14400
    }
    resource "twilio_studio_flow" "a" {
      friendly_name  = "min"
      status         = "draft"
      commit_message = "Updated via Terraform"
      definition     = jsonencode({
        description   = "f"
        flags         = { allow_concurrent_calls = true }
        initial_state = "Trigger"
        states        = [{ name = "Trigger", properties = { offset = { x = 0, y = 0 } }, transitions = [], type = "trigger" }]
      })
    }
    resource "twilio_twiml_app" "a" { friendly_name = "App" }
    resource "twilio_verify_service" "a" { friendly_name = "Shop" }
"#;

/// Fixture of each type, and what of it is this object's own.
const FIXTURES: &[(&str, &str, &[&str])] = &[
    ("twilio_phone_number", "plain", &["phone_number", "friendly_name"]),
    ("twilio_messaging_service", "min", &[]),
    ("twilio_studio_flow", "min", &[]),
    ("twilio_twiml_app", "min", &["friendly_name"]),
    ("twilio_verify_service", "min", &[]),
];

/// A world whose objects another state made.
struct Past {
    world: World,
    maker: Workspace,
}

impl Past {
    fn new(config: &str) -> Self {
        let world = World::new();
        let maker = world.another_workspace();
        configure(&maker, config);
        maker
            .succeed(&["apply", "-auto-approve", "-no-color"])
            .expect("it applies");
        Self { world, maker }
    }

    fn made(&self, address: &str) -> Json {
        let state = self.maker.state_json().expect("a state");
        resource_in(&state, address).unwrap_or_else(|| panic!("{address} was made"))
    }

    /// What the older provider stored for an object that the maker made.
    fn stored(&self, fixture: &str, address: &str, own: &[&str]) -> Json {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/older_states/rjpearson94")
            .join(format!("{fixture}.json"));
        let text = std::fs::read_to_string(path).expect("the fixture can be read");
        let mut stored: Json = serde_json::from_str(&text).expect("the fixture is JSON");
        let made = self.made(address);
        for name in ["sid", "account_sid"].iter().chain(own) {
            stored["attributes"][*name] = made[*name].clone();
        }
        stored["attributes"]["id"] = made["sid"].clone();
        stored
    }

    /// Writes a state with these instances: type, name, provider's address, instance.
    fn write_state(&self, objects: &[(&str, &str, &str, Json)]) {
        let text = std::fs::read_to_string(self.maker.path().join("terraform.tfstate")).expect("the maker's state");
        let mut state: Json = serde_json::from_str(&text).expect("JSON");
        let resources = objects.iter().map(|(type_name, name, provider, instance)| {
            json!({
                "mode": "managed",
                "type": type_name,
                "name": name,
                "provider": format!("provider[\"{provider}\"]"),
                "instances": [instance],
            })
        });
        state["resources"] = resources.collect();
        state["lineage"] = "2a1b0c9d-0000-4000-8000-000000000001".into();
        self.world
            .terraform
            .write("terraform.tfstate", &state.to_string())
            .expect("a file");
    }

    /// This provider's address, as its own state has it.
    fn address(&self) -> String {
        let text = std::fs::read_to_string(self.maker.path().join("terraform.tfstate")).expect("the maker's state");
        let state: Json = serde_json::from_str(&text).expect("JSON");
        let provider = state["resources"][0]["provider"].as_str().expect("an address");
        provider.split('"').nth(1).expect("an address in quotes").to_owned()
    }

    /// Terraform wants a provider for each address in the state, also for one whose objects it hands to another.
    fn install_all(&mut self) {
        let installed = self.world.terraform.path().with_file_name("provider");
        let installed = installed.display();
        let overrides: String = ["twilio-community/twilio", RJPEARSON94, VENDOR]
            .iter()
            .map(|address| format!("    \"{address}\" = \"{installed}\"\n"))
            .collect();
        let config = format!("provider_installation {{\n  dev_overrides {{\n{overrides}  }}\n  direct {{}}\n}}\n");
        self.world.terraform.write("all.tfrc", &config).expect("a file");
        let path = self.world.terraform.path().join("all.tfrc");
        self.world.terraform.set_env("TF_CLI_CONFIG_FILE", path);
    }

    fn writes(&self) -> Vec<Json> {
        let requests = self.world.twilio.requests().expect("the simulator answers");
        requests
            .into_iter()
            .filter(|request| request["method"] != "GET")
            .collect()
    }
}

#[test]
fn the_same_types_are_taken_over_without_a_change_and_without_a_write() {
    let mut past = Past::new(CONFIG);
    past.install_all();
    let ours = past.address();
    for provider in [RJPEARSON94, ours.as_str()] {
        let objects: Vec<_> = FIXTURES
            .iter()
            .map(|(type_name, variant, own)| {
                let stored = past.stored(&format!("{type_name}.{variant}"), &format!("{type_name}.a"), own);
                (*type_name, "a", provider, stored)
            })
            .collect();
        past.write_state(&objects);
        past.world.twilio.forget_requests().expect("the simulator answers");
        past.world.configure(CONFIG);
        past.world.plan_is_empty(&format!("with the state of {provider}"));
        past.world.succeed(&["apply", "-auto-approve", "-no-color"]);
        for (type_name, _, _) in FIXTURES {
            let address = format!("{type_name}.a");
            assert_eq!(
                past.world.resource(&address),
                past.made(&address),
                "{address} from {provider}"
            );
        }
        assert_eq!(past.writes(), Vec::<Json>::new());
    }
}

#[test]
fn what_differs_is_shown_by_name_and_nothing_else() {
    let past = Past::new(CONFIG);
    let stored = past.stored("twilio_messaging_service.min", "twilio_messaging_service.a", &[]);
    past.write_state(&[("twilio_messaging_service", "a", &past.address(), stored)]);
    past.world
        .configure(r#"resource "twilio_messaging_service" "a" { friendly_name = "min" }"#);
    let plan = past.world.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    let (before, after) = (&changes[0]["change"]["before"], &changes[0]["change"]["after"]);
    let differs = before
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, value)| after[name.as_str()] != **value);
    let differs: Vec<_> = differs.map(|(name, _)| name.as_str()).collect();
    assert_eq!(differs, ["validity_period"], "the default there is 14400");
}

#[test]
fn moves_across_providers_keep_the_object_and_its_secret() {
    let config = r#"
        resource "twilio_api_key" "a" { friendly_name = "min" }
        resource "twilio_subaccount" "a" { friendly_name = "Sub" }
        resource "twilio_messaging_service" "a" { friendly_name = "min" }
        resource "twilio_phone_number" "a" { phone_number = "+14155550142" }
        resource "twilio_messaging_service_phone_number" "a" {
          service_sid      = twilio_messaging_service.a.sid
          phone_number_sid = twilio_phone_number.a.sid
        }
    "#;
    let mut past = Past::new(config);
    past.install_all();
    let mut key = past.stored("twilio_iam_api_key", "twilio_api_key.a", &["friendly_name"]);
    key["attributes"]["secret"] = "kept-secret".into();
    let mut subaccount = past.stored("twilio_account_sub_account", "twilio_subaccount.a", &["friendly_name"]);
    subaccount["attributes"]["owner_account_sid"] = past.made("twilio_subaccount.a")["account_sid"].clone();
    let entry_address = "twilio_messaging_service_phone_number.a";
    let entry = past.stored(
        "twilio_messaging_phone_number",
        entry_address,
        &["service_sid", "phone_number"],
    );
    let mut service = past.stored("twilio_messaging_service.min", "twilio_messaging_service.a", &[]);
    service["attributes"]["validity_period"] = 36_000.into();
    let number = past.stored(
        "twilio_phone_number.plain",
        "twilio_phone_number.a",
        &["phone_number", "friendly_name"],
    );
    past.write_state(&[
        ("twilio_iam_api_key", "old", RJPEARSON94, key),
        ("twilio_account_sub_account", "old", RJPEARSON94, subaccount),
        ("twilio_messaging_phone_number", "old", RJPEARSON94, entry),
        ("twilio_messaging_service", "old", RJPEARSON94, service),
        ("twilio_phone_number", "a", RJPEARSON94, number),
    ]);
    past.world.twilio.forget_requests().expect("the simulator answers");
    let moves = [
        ("twilio_iam_api_key", "twilio_api_key"),
        ("twilio_account_sub_account", "twilio_subaccount"),
        ("twilio_messaging_phone_number", "twilio_messaging_service_phone_number"),
        ("twilio_messaging_service", "twilio_messaging_service"),
    ];
    let moves: String = moves
        .iter()
        .map(|(from, to)| format!("moved {{\n  from = {from}.old\n  to = {to}.a\n}}\n"))
        .collect();
    let said = {
        past.world.configure(&format!("{config}{moves}"));
        past.world.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped()
    };
    assert!(said.contains("0 added, 0 changed, 0 destroyed"), "{said}");
    for address in [
        "twilio_subaccount.a",
        "twilio_messaging_service.a",
        entry_address,
        "twilio_phone_number.a",
    ] {
        assert_eq!(past.world.resource(address), past.made(address), "{address}");
    }
    let key = past.world.resource("twilio_api_key.a");
    assert_eq!(
        (&key["secret"], &key["sid"]),
        (&json!("kept-secret"), &past.made("twilio_api_key.a")["sid"])
    );
    past.world.plan_is_empty("after the moves");
    assert_eq!(past.writes(), Vec::<Json>::new());
}

#[test]
fn a_state_that_is_refused_names_its_provider_and_a_way_that_works() {
    let past = Past::new(CONFIG);
    let mut stored = past.stored(
        "twilio_phone_number.plain",
        "twilio_phone_number.a",
        &["phone_number", "friendly_name"],
    );
    stored["attributes"]["beta"] = json!(["of", "another", "form"]);
    past.write_state(&[("twilio_phone_number", "a", &past.address(), stored)]);
    past.world
        .configure(r#"resource "twilio_phone_number" "a" { phone_number = "+14155550142" }"#);
    let output = past
        .world
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts");
    assert_healthy(&output);
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    for needle in [
        "written by RJPearson94/twilio",
        "beta",
        "The state was left as it is",
        "guide to migration",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert!(!said.contains("edited by hand"), "{said}");
    // The lines are there to be copied.
    let lines = output.text();
    let id = lines
        .lines()
        .find_map(|line| line.split_once("terraform import ADDRESS "))
        .expect("a line to copy");
    past.world.succeed(&["state", "rm", "twilio_phone_number.a"]);
    past.world
        .succeed(&["import", "-no-color", "twilio_phone_number.a", id.1.trim()]);
    past.world.plan_is_empty("after the import");
    assert_eq!(
        past.world.resource("twilio_phone_number.a"),
        past.made("twilio_phone_number.a")
    );
}

#[test]
fn a_move_that_is_refused_prints_blocks_that_work() {
    let mut past = Past::new(r#"resource "twilio_messaging_service" "a" { friendly_name = "min" }"#);
    past.install_all();
    let sid = past.made("twilio_messaging_service.a")["sid"].clone();
    let vendors = json!({
        "schema_version": 0,
        "attributes": {"id": sid, "sid": sid, "friendly_name": "min", "fallback_url": ""},
    });
    past.write_state(&[("twilio_messaging_services_v1", "a", VENDOR, vendors)]);
    let config = r#"resource "twilio_messaging_service" "a" { friendly_name = "min" }"#;
    past.world.configure(&format!(
        "{config}\nmoved {{\n  from = twilio_messaging_services_v1.a\n  to = twilio_messaging_service.a\n}}"
    ));
    let output = past
        .world
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    for needle in [
        "cannot take over twilio_messaging_services_v1",
        "destroy = false",
        sid.as_str().unwrap_or_default(),
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}
