//! Terraform with states that the older providers wrote: under their addresses, and under this one's, as `terraform state
//! replace-provider` leaves them.

mod deposed;
mod not_found;
mod rjpearson94;
mod vendor;
mod versions;

use std::path::Path;

use serde_json::{Value as Json, json};
use xtask::terraform::Workspace;

use crate::sandbox::{Sandbox, assert_healthy, configure, resource_in};

const RJPEARSON94: &str = "registry.terraform.io/rjpearson94/twilio";
const VENDOR: &str = "registry.terraform.io/twilio/twilio";

/// A sandbox whose objects another state made.
struct Past {
    sandbox: Sandbox,
    maker: Workspace,
}

impl Past {
    fn new(config: &str) -> Self {
        Self::of(Sandbox::standing(), config)
    }

    fn of(sandbox: Sandbox, config: &str) -> Self {
        let maker = sandbox.another_workspace();
        configure(&maker, config);
        maker
            .succeed(&["apply", "-auto-approve", "-no-color"])
            .expect("it applies");
        Self { sandbox, maker }
    }

    fn made(&self, address: &str) -> Json {
        let state = self.maker.state_json().expect("a state");
        resource_in(&state, address).unwrap_or_else(|| panic!("{address} was made"))
    }

    /// What RJPearson94/twilio stored for an object that the maker made: the fixture, with what is this object's own.
    fn stored(&self, fixture: &str, address: &str, own: &[&str]) -> Json {
        let mut stored = fixture_of("rjpearson94", fixture);
        self.fill_in(&mut stored, address, own);
        stored["attributes"]["account_sid"] = self.made(address)["account_sid"].clone();
        stored
    }

    /// What twilio/twilio stored for it. It says the account of hardly anything.
    fn vendors(&self, fixture: &str, address: &str, own: &[&str]) -> Json {
        let mut stored = fixture_of("vendor", fixture);
        self.fill_in(&mut stored, address, own);
        stored
    }

    fn fill_in(&self, stored: &mut Json, address: &str, own: &[&str]) {
        let made = self.made(address);
        for name in ["sid"].iter().chain(own) {
            stored["attributes"][*name] = made[*name].clone();
        }
        stored["attributes"]["id"] = made["sid"].clone();
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
        let mut merged: Vec<Json> = Vec::new();
        for mut resource in resources {
            // Several instances of one resource, as with a deposed object, stand in one entry.
            let same = merged.iter_mut().find(|other| {
                ["type", "name", "provider"]
                    .iter()
                    .all(|part| other[*part] == resource[*part])
            });
            match (same, resource["instances"].as_array_mut()) {
                (Some(other), Some(instances)) => {
                    other["instances"].as_array_mut().expect("instances").append(instances);
                }
                _ => merged.push(resource),
            }
        }
        state["resources"] = merged.into();
        state["lineage"] = "2a1b0c9d-0000-4000-8000-000000000001".into();
        self.sandbox
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
        self.sandbox.terraform.attach_as(&[RJPEARSON94, VENDOR]);
    }

    /// Runs Terraform, which must fail with all of these in the text and without a change.
    fn refused(&self, arguments: &[&str], needles: &[&str]) -> String {
        self.sandbox.twilio.forget_requests().expect("the simulator answers");
        let output = self.sandbox.terraform.run(arguments).expect("terraform starts");
        assert_healthy(&output);
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        for needle in needles {
            assert!(said.contains(needle), "{needle}: {said}");
        }
        let writes = self.writes();
        // What is to be destroyed unseen may be asked to go; that Twilio does not know it is the point.
        let harmed = writes
            .iter()
            .find(|request| request["method"] != "DELETE" || request["status"] != 404);
        assert_eq!(harmed, None, "{said}");
        said
    }

    /// The objects that a state file has, as `type.name`, deposed ones with a mark.
    fn in_state(&self) -> Vec<String> {
        let path = self.sandbox.terraform.path().join("terraform.tfstate");
        let state: Json = serde_json::from_str(&std::fs::read_to_string(path).expect("a state")).expect("JSON");
        let mut found = Vec::new();
        for resource in state["resources"].as_array().expect("resources") {
            for instance in resource["instances"].as_array().expect("instances") {
                let deposed = if instance["deposed"].is_string() {
                    " deposed"
                } else {
                    ""
                };
                let text = |name: &str| resource[name].as_str().unwrap_or_default().to_owned();
                found.push(format!("{}.{}{deposed}", text("type"), text("name")));
            }
        }
        found
    }

    fn writes(&self) -> Vec<Json> {
        let requests = self.sandbox.twilio.requests().expect("the simulator answers");
        requests
            .into_iter()
            .filter(|request| request["method"] != "GET")
            .collect()
    }
}

/// One instance of a state file, as an older provider wrote it.
fn fixture_of(folder: &str, name: &str) -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/older_states")
        .join(folder)
        .join(format!("{name}.json"));
    let text = std::fs::read_to_string(path).expect("the fixture can be read");
    serde_json::from_str(&text).expect("the fixture is JSON")
}

/// A `moved` block for each pair of addresses.
fn moved_blocks<'a>(moves: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let block = |(from, to): (&str, &str)| format!("moved {{\n  from = {from}\n  to = {to}\n}}\n");
    moves.into_iter().map(block).collect()
}
