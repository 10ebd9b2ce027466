//! `cargo xtask demo`: the provider at work, in five minutes of reading and one of running.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};
use xtask::simulator::Control;
use xtask::terraform::{Installation, REQUIRED_PROVIDERS, Workspace, find};

use crate::output::Printer;
use crate::process::build;

/// Options of `cargo xtask demo`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Leave the local Twilio and what was created in it, and print what is needed to go on by hand.
    #[arg(long)]
    keep: bool,
}

/// What the demo creates. Everything but the subaccount itself lives in the subaccount, in one apply.
const CONFIGURATION: &str = r#"
provider "twilio" {}

variable "friendly_name" {
  default = "Customer support"
}

resource "twilio_subaccount" "customer" {
  friendly_name = "Demo customer"
  force_close   = true
}

resource "twilio_phone_number" "support" {
  account_sid   = twilio_subaccount.customer.sid
  friendly_name = "Support line"
  voice_url     = "https://example.com/voice"

  search = {
    type        = "local"
    iso_country = "US"
    area_code   = "415"
  }
}

resource "twilio_messaging_service" "support" {
  account_sid         = twilio_subaccount.customer.sid
  friendly_name       = var.friendly_name
  inbound_request_url = "https://example.com/sms"
}

resource "twilio_messaging_service_phone_number" "support" {
  account_sid      = twilio_subaccount.customer.sid
  service_sid      = twilio_messaging_service.support.sid
  phone_number_sid = twilio_phone_number.support.sid
}

resource "twilio_api_key" "application" {
  account_sid   = twilio_subaccount.customer.sid
  friendly_name = "Customer application"
}

output "phone_number" {
  value = twilio_phone_number.support.phone_number
}
"#;

/// Runs the demo.
///
/// # Errors
/// When something is not as it should be; the demo is also a test.
pub fn run(arguments: &Arguments) -> Result<()> {
    let printer = Printer::new();
    let terraform = find()?;
    printer.step("Building the provider and a local Twilio");
    let provider = build("terraform-provider-twilio", "terraform-provider-twilio", "dev")?;
    let simulator = LocalTwilio::start(&build("twilio-simulator", "twilio-simulator", "dev")?)?;
    printer.good(&format!(
        "a Twilio of our own listens at {}; it costs nothing and calls nobody",
        simulator.url
    ));

    let mut workspace = Workspace::new(&provider, Installation::Mirror)?;
    for (name, value) in simulator.variables() {
        workspace.set_env(name, value);
    }
    workspace.write("main.tf", &format!("{REQUIRED_PROVIDERS}{CONFIGURATION}"))?;
    let control = Control::new(&simulator.url)?;
    let before = control.objects()?.len();
    let stage = Stage {
        printer,
        workspace: &workspace,
        control: &control,
    };

    printer.step(&format!("Installing the provider ({} init)", terraform.display()));
    workspace.succeed(&["init", "-no-color"])?;
    printer.good("as from the registry, with a lock file");
    stage.apply()?;
    stage.plan_is_empty()?;
    stage.drift()?;
    if arguments.keep {
        return keep(printer, simulator, workspace);
    }
    stage.destroy(before)
}

struct Stage<'a> {
    printer: Printer,
    workspace: &'a Workspace,
    control: &'a Control,
}

impl Stage<'_> {
    fn colour(&self) -> &'static str {
        if self.printer.is_coloured() {
            "-compact-warnings"
        } else {
            "-no-color"
        }
    }

    fn apply(&self) -> Result<()> {
        self.printer
            .step("Creating a subaccount, and in it a phone number, a messaging service and an API key");
        let output = self.workspace.succeed(&["apply", "-auto-approve", self.colour()])?;
        self.printer.say(tail(&output.stdout, "Apply complete!"));
        Ok(())
    }

    fn plan_is_empty(&self) -> Result<()> {
        self.printer.step("Planning again: nothing to do");
        let output = self.workspace.run(&["plan", "-detailed-exitcode", self.colour()])?;
        match output.code {
            0 => self.printer.good("the plan is empty"),
            2 => bail!("the plan after the apply is not empty:\n{}", output.stdout),
            _ => bail!("the plan failed:\n{}{}", output.stdout, output.stderr),
        }
        Ok(())
    }

    fn drift(&self) -> Result<()> {
        self.printer
            .step("Someone renames the messaging service in the Console");
        let state = self.workspace.state_json()?;
        let service = resource(&state, "twilio_messaging_service.support")?;
        let path = format!(
            "/v1/Services/{}",
            service["sid"].as_str().context("no SID in the state")?
        );
        self.control
            .change("messaging.twilio.com", &path, &json!({"friendly_name": "Oops"}))?;
        let output = self.workspace.run(&["plan", "-detailed-exitcode", self.colour()])?;
        if output.code != 2 {
            bail!("the plan does not see the change:\n{}{}", output.stdout, output.stderr);
        }
        self.printer.say(tail(&output.stdout, "Terraform will perform"));
        self.printer.good("the plan sees the change, and nothing else");
        self.printer.step("Applying puts it right");
        let output = self.workspace.succeed(&["apply", "-auto-approve", self.colour()])?;
        self.printer.say(
            tail(&output.stdout, "Apply complete!")
                .lines()
                .next()
                .unwrap_or_default(),
        );
        Ok(())
    }

    fn destroy(&self, before: usize) -> Result<()> {
        self.printer.step("Destroying everything");
        let output = self.workspace.succeed(&["destroy", "-auto-approve", self.colour()])?;
        self.printer.say(tail(&output.stdout, "Destroy complete!"));
        let left: Vec<_> = self.control.objects()?.into_iter().filter(is_alive).collect();
        if left.len() > before {
            bail!("something is left in the local Twilio: {left:#?}");
        }
        self.printer.good("nothing is left");
        Ok(())
    }
}

/// A closed account stays visible in Twilio for thirty days; everything else must be gone.
fn is_alive(object: &Json) -> bool {
    object["body"]["status"] != "closed"
}

/// The text from the first line that starts with `from`.
fn tail<'a>(text: &'a str, from: &str) -> &'a str {
    text.find(from).map_or(text, |position| &text[position..])
}

fn resource<'a>(state: &'a Json, address: &str) -> Result<&'a Json> {
    state["values"]["root_module"]["resources"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|resource| resource["address"] == address)
        .map(|resource| &resource["values"])
        .with_context(|| format!("{address} is not in the state"))
}

fn keep(printer: Printer, simulator: LocalTwilio, workspace: Workspace) -> Result<()> {
    let cli_config = workspace.path().with_file_name("cli.tfrc");
    let (folder, pid) = (workspace.keep(), simulator.keep());
    printer.step("Everything is left as it is. To go on by hand:");
    printer.say(&format!("cd {}", folder.display()));
    printer.say(&format!("export TF_CLI_CONFIG_FILE={}", cli_config.display()));
    for (name, value) in pid.variables {
        printer.say(&format!("export {name}={value}"));
    }
    printer.say(&format!(
        "terraform plan\n\nWhen you are done: kill {} && rm -r {}",
        pid.id,
        folder.display()
    ));
    Ok(())
}

/// The simulator in a process of its own, ended when dropped.
struct LocalTwilio {
    process: Option<Child>,
    url: String,
    account_sid: String,
    auth_token: String,
}

/// A simulator that goes on after the demo.
struct Kept {
    id: u32,
    variables: [(&'static str, String); 3],
}

impl LocalTwilio {
    fn start(binary: &Path) -> Result<Self> {
        let mut process = Command::new(binary)
            .args(["--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let mut line = String::new();
        let stdout = process.stdout.take().context("the simulator has no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let hello: Json = serde_json::from_str(&line).context("the simulator did not say where it listens")?;
        let text = |name: &str| {
            hello[name]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("no {name} in {hello}"))
        };
        Ok(Self {
            url: text("url")?,
            account_sid: text("account_sid")?,
            auth_token: text("auth_token")?,
            process: Some(process),
        })
    }

    fn variables(&self) -> [(&'static str, String); 3] {
        [
            ("TWILIO_BASE_URL", self.url.clone()),
            ("TWILIO_ACCOUNT_SID", self.account_sid.clone()),
            ("TWILIO_AUTH_TOKEN", self.auth_token.clone()),
        ]
    }

    fn keep(mut self) -> Kept {
        let variables = self.variables();
        Kept {
            id: self.process.take().map_or(0, |process| process.id()),
            variables,
        }
    }
}

impl Drop for LocalTwilio {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
