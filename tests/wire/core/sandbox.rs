//! A toy provider and a folder in which the real Terraform uses it.

use serde_json::Value as Json;
use xtask::terraform::{Output, Workspace};

use super::server::Served;
use super::toy::Toy;

const REQUIRED: &str = r#"terraform {
  required_providers {
    toy = {
      source = "test/toy"
    }
  }
}
"#;

/// Both. Everything ends with it.
pub struct Sandbox {
    /// Terraform.
    pub terraform: Workspace,
    served: Served,
}

impl Sandbox {
    /// A fresh one. Where there is no Terraform nothing was tested, which is a failure.
    pub fn new() -> Self {
        if let Err(reason) = xtask::terraform::find() {
            panic!("this test is about the real Terraform: {reason}");
        }
        let served = Served::start();
        let terraform = Workspace::attached(&served.reattach()).expect("a workspace can be made");
        Self { terraform, served }
    }

    /// The provider.
    pub fn toy(&self) -> &Toy {
        &self.served.toy
    }

    /// The server around the provider.
    pub fn served(&self) -> &Served {
        &self.served
    }

    /// Writes `main.tf`: `body` behind what every configuration has.
    pub fn configure(&self, body: &str) {
        self.terraform
            .write("main.tf", &format!("{REQUIRED}{body}"))
            .expect("main.tf can be written");
    }

    /// Runs Terraform, whatever comes of it. It must not blame the provider for breaking the protocol.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let output = self.terraform.run(arguments).expect("terraform starts");
        let text = output.unwrapped();
        for blame in ["bug in the provider", "did not respond", "panicked at"] {
            assert!(!text.contains(blame), "{blame}:\n{}", output.text());
        }
        output
    }

    /// Runs Terraform, which must succeed. Returns what it said.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.code,
            0,
            "terraform {} failed:\n{}",
            arguments.join(" "),
            output.text()
        );
        output.unwrapped()
    }

    /// Runs Terraform, which must fail. Returns what it said.
    pub fn fail(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.code,
            1,
            "terraform {} did not fail:\n{}",
            arguments.join(" "),
            output.text()
        );
        output.unwrapped()
    }

    /// Configures and applies, which must succeed and leave nothing to do.
    pub fn apply(&self, body: &str) -> String {
        self.configure(body);
        let said = self.succeed(&["apply", "-auto-approve", "-no-color"]);
        self.plan_is_empty();
        said
    }

    /// Configures and applies, which must fail.
    pub fn apply_fails(&self, body: &str) -> String {
        self.configure(body);
        self.fail(&["apply", "-auto-approve", "-no-color"])
    }

    /// Configures and plans, which must succeed. Returns what Terraform said.
    pub fn plan(&self, body: &str) -> String {
        self.configure(body);
        self.succeed(&["plan", "-no-color"])
    }

    /// Plans, which must find nothing to do.
    pub fn plan_is_empty(&self) {
        let output = self.run(&["plan", "-detailed-exitcode", "-no-color"]);
        assert_eq!(output.code, 0, "the plan is not empty:\n{}", output.text());
    }

    /// Destroys everything, and looks whether it is gone.
    pub fn destroy(&self) {
        self.succeed(&["destroy", "-auto-approve", "-no-color"]);
        let left = &self.toy().memory().objects;
        assert!(left.is_empty(), "left: {left:?}");
    }

    /// The stored attributes of a resource at the root.
    pub fn resource(&self, address: &str) -> Json {
        let found = self.find(address);
        found.unwrap_or_else(|| panic!("{address} is not in the state"))
    }

    /// As [`Sandbox::resource`], if it is in the state.
    pub fn find(&self, address: &str) -> Option<Json> {
        let state = self.terraform.state_json().expect("the state can be shown");
        let resources = state["values"]["root_module"]["resources"].as_array()?;
        let found = resources.iter().find(|resource| resource["address"] == address)?;
        Some(found["values"].clone())
    }

    /// An output.
    pub fn output(&self, name: &str) -> Json {
        let state = self.terraform.state_json().expect("the state can be shown");
        state["values"]["outputs"][name]["value"].clone()
    }

    /// The state file.
    pub fn state_file(&self) -> String {
        std::fs::read_to_string(self.terraform.path().join("terraform.tfstate")).expect("there is a state")
    }
}
