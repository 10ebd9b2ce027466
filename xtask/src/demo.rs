//! `cargo xtask demo`: the provider at work, in five minutes of reading and one of running.

use std::fs::File;

use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};
use xtask::local_twilio::{Lifetime, LocalTwilio};
use xtask::simulator::Control;
use xtask::terraform::{Installation, Output, REQUIRED_PROVIDERS, Workspace, find};

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
    printer.say(
        "The first time this takes two to ten minutes and 3 GB below target/; afterwards seconds. It needs a C compiler, and\n\
         the network for the dependencies.",
    );
    let provider = build("terraform-provider-twilio", "terraform-provider-twilio", "dev")?;
    let simulator = build("twilio-simulator", "twilio-simulator", "dev")?;
    let mut workspace = Workspace::new(&provider, Installation::Mirror)?;
    let lifetime = match arguments.keep {
        true => Lifetime::Kept(File::create(workspace.whole().join("twilio.log"))?),
        false => Lifetime::Ours,
    };
    let simulator = LocalTwilio::start(&simulator, lifetime)?;
    printer.good(&format!(
        "a Twilio of our own listens at {}; it costs nothing and calls nobody",
        simulator.url
    ));

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
    stage.succeed(&["init", "-no-color"])?;
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

    /// Runs the program, after a line with the command as a person would type it.
    fn run(&self, arguments: &[&str]) -> Result<Output> {
        let program = self.workspace.program().file_stem().unwrap_or_default();
        self.printer
            .say(&format!("$ {} {}", program.display(), arguments.join(" ")));
        self.workspace.run(arguments)
    }

    /// As [`Stage::run`], for what must end well.
    fn succeed(&self, arguments: &[&str]) -> Result<Output> {
        let output = self.run(arguments)?;
        if output.code != 0 {
            bail!("{} ended with {}:\n{}", arguments.join(" "), output.code, output.text());
        }
        Ok(output)
    }

    fn apply(&self) -> Result<()> {
        self.printer
            .step("Creating a subaccount, and in it a phone number, a messaging service and an API key");
        let output = self.succeed(&["apply", "-auto-approve", self.colour()])?;
        self.printer.say(tail(&output.stdout, "Apply complete!"));
        Ok(())
    }

    fn plan_is_empty(&self) -> Result<()> {
        self.printer.step("Planning again: nothing to do");
        let output = self.run(&["plan", "-detailed-exitcode", self.colour()])?;
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
        let output = self.run(&["plan", "-detailed-exitcode", self.colour()])?;
        if output.code != 2 {
            bail!("the plan does not see the change:\n{}{}", output.stdout, output.stderr);
        }
        self.printer.say(tail(&output.stdout, "Terraform will perform"));
        self.printer.good("the plan sees the change, and nothing else");
        self.printer.step("Applying puts it right");
        let output = self.succeed(&["apply", "-auto-approve", self.colour()])?;
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
        let output = self.succeed(&["destroy", "-auto-approve", self.colour()])?;
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
    let program = workspace.program().display().to_string();
    let work = workspace.path();
    let (whole, kept) = (workspace.keep(), simulator.keep());
    printer.step("Everything is left as it is. To go on by hand:");
    printer.say(&format!("cd {}", work.display()));
    printer.say(&format!(
        "export TF_CLI_CONFIG_FILE={}",
        whole.join("cli.tfrc").display()
    ));
    for (name, value) in kept.variables {
        printer.say(&format!("export {name}={value}"));
    }
    printer.say(&format!("{program} plan"));
    printer.step("When you are done, this ends the local Twilio and removes all that the demo left:");
    printer.say(&format!("kill {} && rm -r {}", kept.id, whole.display()));
    Ok(())
}
