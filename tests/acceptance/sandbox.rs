//! A Twilio of one's own, a Terraform workspace, and questions to both.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};
use twilio_simulator::{Handle, Options, Simulator};
use xtask::samples::Before;
use xtask::simulator::Control;
use xtask::terraform::{Installation, Output, REQUIRED_PROVIDERS, Workspace};

/// The binary under test.
pub fn provider_binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_terraform-provider-twilio"))
}

/// The same with the test tables added.
fn provider_with_test_tables() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_provider-with-test-tables"))
}

/// A local Twilio and a folder in which Terraform talks to it. Everything ends with it.
pub struct Sandbox {
    /// Terraform.
    pub terraform: Workspace,
    /// The control endpoints of the local Twilio.
    pub twilio: Control,
    /// Where it listens, and the main account.
    pub handle: Handle,
    provider: (&'static Path, Installation),
    baseline: Vec<String>,
    _runtime: tokio::runtime::Runtime,
}

impl Sandbox {
    /// A fresh one.
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    /// A fresh one whose provider is one process for all runs of Terraform: for tests of what tables do with Twilio's responses, which
    /// it makes three times quicker. How the provider starts, ends and logs is seen by those that use [`Sandbox::new`].
    pub fn standing() -> Self {
        Self::of((provider_binary(), Installation::Attached), Options::default())
    }

    /// As [`Sandbox::new`], with the test tables, too.
    pub fn new_with_test_tables() -> Self {
        Self::of(
            (provider_with_test_tables(), Installation::Override),
            Options::default(),
        )
    }

    /// As [`Sandbox::standing`], with the test tables, too.
    pub fn with_test_tables() -> Self {
        Self::of(
            (provider_with_test_tables(), Installation::Attached),
            Options::default(),
        )
    }

    /// One whose Twilio takes so many milliseconds for each answer.
    pub fn slow(latency_ms: u64) -> Self {
        Self::with(Options {
            latency: std::time::Duration::from_millis(latency_ms),
            ..Options::default()
        })
    }

    fn with(options: Options) -> Self {
        Self::of((provider_binary(), Installation::Override), options)
    }

    fn of(provider: (&'static Path, Installation), options: Options) -> Self {
        // Twilio ignores parameters that it does not know; the provider shall send none.
        let options = Options {
            known_only: true,
            ..options
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let handle = runtime
            .block_on(Simulator::start(options))
            .expect("the simulator starts");
        let twilio = Control::new(&handle.url).expect("a client can be made");
        let terraform = workspace(provider, &handle);
        let mut sandbox = Self {
            provider,
            terraform,
            twilio,
            handle,
            baseline: Vec::new(),
            _runtime: runtime,
        };
        sandbox.baseline = sandbox.living();
        sandbox
    }

    /// Another folder with the same Twilio: an empty state.
    pub fn another_workspace(&self) -> Workspace {
        workspace(self.provider, &self.handle)
    }

    /// Writes `main.tf` with `body` behind the blocks that every configuration has.
    pub fn configure(&self, body: &str) {
        configure(&self.terraform, body);
    }

    /// Puts arguments into the provider block of the configuration that was just written.
    pub fn provider_block(&self, arguments: &str) {
        let path = self.terraform.path().join("main.tf");
        let text = std::fs::read_to_string(&path).expect("main.tf was written");
        let block = format!("provider \"twilio\" {{\n  {arguments}\n}}");
        self.terraform
            .write("main.tf", &text.replacen("provider \"twilio\" {}", &block, 1))
            .expect("main.tf can be written");
    }

    /// Copies what a folder has, with the folders in it, to where Terraform runs.
    pub fn copy(&self, from: &Path) {
        fn copied(from: &Path, to: &Path) {
            std::fs::create_dir_all(to).expect("a folder can be made");
            for entry in std::fs::read_dir(from).expect("the folder can be read").flatten() {
                let (path, to) = (entry.path(), to.join(entry.file_name()));
                match path.is_dir() {
                    true => copied(&path, &to),
                    false => std::fs::copy(&path, &to).map(drop).expect("a file can be copied"),
                }
            }
        }
        copied(from, &self.terraform.path());
    }

    /// The text of a file where Terraform runs.
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.terraform.path().join(name)).expect("a file that is there")
    }

    /// Puts one text in place of another in a file where Terraform runs, which must have it.
    pub fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.text(name);
        assert!(text.contains(old), "{name} has no {old:?}");
        self.terraform
            .write(name, &text.replace(old, new))
            .expect("it can be written");
    }

    /// What a plan does, without what it leaves alone: action and address. What is only moved or imported is in it, too.
    pub fn planned(&self) -> Vec<String> {
        let plan = self.terraform.plan_json(&[]).expect("it plans");
        let changes = plan["resource_changes"].as_array().expect("changes");
        let mut done: Vec<_> = changes
            .iter()
            .filter_map(|change| {
                let address = change["address"].as_str().unwrap_or_default();
                let actions = &change["change"]["actions"];
                match (change["previous_address"].as_str(), change["change"].get("importing")) {
                    (Some(before), _) => Some(format!("{actions} {before} -> {address}")),
                    (_, Some(_)) => Some(format!("import, {actions} {address}")),
                    _ if *actions == json!(["no-op"]) => None,
                    _ => Some(format!("{actions} {address}")),
                }
            })
            .collect();
        done.sort();
        done
    }

    /// Configures and applies, which must succeed.
    pub fn apply(&self, body: &str) -> Output {
        self.configure(body);
        self.succeed(&["apply", "-auto-approve", "-no-color"])
    }

    /// Configures and applies, which must fail. Returns everything Terraform said on one line.
    pub fn apply_fails(&self, body: &str) -> String {
        self.configure(body);
        let output = self
            .terraform
            .run(&["apply", "-auto-approve", "-no-color"])
            .expect("terraform starts");
        assert_ne!(output.code, 0, "apply succeeded:\n{}", output.text());
        assert_healthy(&output);
        output.unwrapped()
    }

    /// Runs Terraform, which must succeed and not speak of a bug in the provider.
    pub fn succeed(&self, arguments: &[&str]) -> Output {
        let output = self.terraform.run(arguments).expect("terraform starts");
        assert_healthy(&output);
        assert_eq!(
            output.code,
            0,
            "terraform {} failed:\n{}",
            arguments.join(" "),
            output.text()
        );
        output
    }

    /// Plans, which must find nothing to do.
    pub fn plan_is_empty(&self, when: &str) {
        let output = self
            .terraform
            .run(&["plan", "-detailed-exitcode", "-no-color"])
            .expect("terraform starts");
        assert_healthy(&output);
        assert_eq!(output.code, 0, "the plan {when} is not empty:\n{}", output.text());
    }

    /// Compares the state with Twilio, without reading the configuration, as a job that watches for drift may.
    pub fn refresh_finds_nothing(&self, when: &str) {
        let output = self
            .terraform
            .run(&["plan", "-refresh-only", "-detailed-exitcode", "-no-color"])
            .expect("terraform starts");
        assert_healthy(&output);
        // Terraform 1.11 compares the order in which it has stored sensitive paths, which is by chance, and then calls changed
        // what it says has no changes. The job that watches for drift is told so in the guide. No other version may do so.
        let is_by_chance = output.code == 2
            && output
                .text()
                .contains("Your infrastructure still matches the configuration")
            && self
                .terraform
                .version()
                .is_ok_and(|version| version.starts_with("1.11."));
        assert!(
            output.code == 0 || is_by_chance,
            "the refresh {when} finds changes:\n{}",
            output.text()
        );
    }

    /// The stored attributes of a resource.
    pub fn resource(&self, address: &str) -> Json {
        let state = self.terraform.state().expect("there is a state");
        let found = state.resource(address).cloned();
        found.unwrap_or_else(|| panic!("{address} is not in the state: {state:#?}"))
    }

    /// Makes something that no resource makes. Returns what it goes by.
    pub fn make(&self, before: &Before, variables: &BTreeMap<String, Json>) -> String {
        let path = before.path(variables);
        let made = match before.put_there {
            true => {
                let object = json!({"host": before.host, "collection": path, "fields": before.form});
                self.twilio.add(&object).map(|mut object| object["body"].take())
            }
            false => {
                let Handle {
                    account_sid,
                    auth_token,
                    ..
                } = &self.handle;
                self.twilio
                    .make(&before.host, &path, &before.form, (account_sid, auth_token))
            }
        };
        let made = made.unwrap_or_else(|error| panic!("{}: {error:#}", before.name));
        let key = made["sid"].as_str().or(made["id"].as_str());
        key.unwrap_or_else(|| panic!("{} goes by nothing: {made}", before.name))
            .to_owned()
    }

    /// An OAuth app of the main account: its client ID and its secret.
    pub fn oauth_app(&self, allow: &[&str], token_ttl: u32) -> (String, String) {
        let app = json!({
            "type": "Client Credential",
            "friendly_name": "Terraform",
            "policy": {"allow": allow},
            "access_token_ttl": token_ttl,
        });
        let Handle {
            account_sid,
            auth_token,
            ..
        } = &self.handle;
        let path = "/v1/Account/OAuthApps";
        let made = self
            .twilio
            .make_json("iam.twilio.com", path, &app, (account_sid, auth_token));
        let made = made.expect("an OAuth app can be made");
        let text = |name: &str| made[name].as_str().expect("the answer has it").to_owned();
        (text("sid"), text("secret"))
    }

    /// What exists now was there before.
    pub fn remember(&mut self) {
        self.baseline = self.living();
    }

    /// Fails when anything exists that did not when the sandbox began. A closed account stays visible in Twilio.
    pub fn nothing_is_left(&self) {
        let left = self.left();
        assert!(left.is_empty(), "left in Twilio: {left:#?}");
    }

    /// What exists and did not when the sandbox began.
    pub fn left(&self) -> Vec<String> {
        let mut left = self.living();
        left.retain(|object| !self.baseline.contains(object));
        left
    }

    /// Everything that exists and is not closed.
    pub fn living(&self) -> Vec<String> {
        let objects = self.twilio.objects().expect("the simulator answers");
        let alive = objects
            .into_iter()
            .filter(|object| object["body"]["status"] != "closed");
        alive.map(|object| Self::label(&object)).collect()
    }

    /// How an object is named in [`Self::living`].
    pub fn label(object: &Json) -> String {
        format!("{} {} {}", object["host"], object["collection"], object["sid"])
    }
}

/// Writes `main.tf` with `body` behind the blocks that every configuration has.
pub fn configure(workspace: &Workspace, body: &str) {
    let text = format!("{REQUIRED_PROVIDERS}\nprovider \"twilio\" {{}}\n{body}");
    workspace.write("main.tf", &text).expect("main.tf can be written");
}

fn workspace((provider, installation): (&Path, Installation), handle: &Handle) -> Workspace {
    let mut workspace = Workspace::new(provider, installation).expect("a workspace can be made");
    workspace.set_env("TWILIO_BASE_URL", &handle.url);
    workspace.set_env("TWILIO_ACCOUNT_SID", &handle.account_sid);
    workspace.set_env("TWILIO_AUTH_TOKEN", &handle.auth_token);
    workspace
}

/// Whatever comes of a run, Terraform must not blame the provider for breaking the protocol.
pub fn assert_healthy(output: &Output) {
    let text = output.unwrapped();
    for blame in [
        "bug in the provider",
        "Plugin did not respond",
        "panicked at",
        "plugin crashed",
    ] {
        assert!(!text.contains(blame), "{blame}:\n{}", output.text());
    }
}

/// The attributes of a resource in a state, at the root or in any child module.
pub fn resource_in(state: &Json, address: &str) -> Option<Json> {
    fn search(module: &Json, address: &str) -> Option<Json> {
        let own = module["resources"].as_array().into_iter().flatten();
        own.clone()
            .find(|resource| resource["address"] == address)
            .map(|resource| resource["values"].clone())
            .or_else(|| {
                module["child_modules"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .find_map(|child| search(child, address))
            })
    }
    search(&state["values"]["root_module"], address)
}
