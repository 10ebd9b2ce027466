//! `cargo xtask install`: makes the provider that was built here available to `terraform init` and `tofu init`.
//!
//! It writes below `target/` only. A CLI configuration of the person at the terminal is left alone: this one is used where a
//! shell says so.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xtask::mirror::Mirror;
use xtask::terraform::{REQUIRED_PROVIDERS, Workspace};

use crate::output::Printer;
use crate::process::{build, build_as_in_tests, root};

/// The package and its binary.
const PROVIDER: &str = "terraform-provider-twilio";

/// Options of `cargo xtask install`.
#[derive(clap::Args)]
pub struct Arguments {
    /// How to build it: `release` is small and quick to start, `dev` is quick to build.
    #[arg(long, default_value = "release")]
    profile: String,
    /// Also let the program install it from there, with a module, in a folder that is thrown away.
    #[arg(long)]
    check: bool,
    /// Whether to take what the tests have built.
    #[arg(skip)]
    as_in_tests: bool,
}

impl Arguments {
    /// `--check`, of what the tests have built.
    pub fn check() -> Self {
        Self {
            profile: "dev".to_owned(),
            check: true,
            as_in_tests: true,
        }
    }
}

/// Builds, writes the mirror and the CLI configuration, and says how to use them.
///
/// # Errors
/// When the build fails, a file cannot be written, or the check does not find the provider.
pub fn run(arguments: &Arguments) -> Result<()> {
    let printer = Printer::new();
    printer.step("Building the provider");
    let provider = match arguments.as_in_tests {
        true => build_as_in_tests(PROVIDER)?,
        false => build(PROVIDER, PROVIDER, &arguments.profile)?,
    };
    let mirror = Mirror::write(&provider, &place().join("mirror"))?;
    let cli_config = cli_config();
    let text = mirror.beside_registries();
    fs::write(&cli_config, &text).with_context(|| format!("cannot write {}", cli_config.display()))?;
    if arguments.check {
        check(&text)?;
        printer.good("init installs it, beside a module, and the configuration is valid");
    }
    say(printer, &cli_config, &text);
    Ok(())
}

/// Where everything goes.
fn place() -> PathBuf {
    root().join("target").join("terraform")
}

/// The CLI configuration that a shell is to use.
pub fn cli_config() -> PathBuf {
    place().join("cli.tfrc")
}

fn say(printer: Printer, cli_config: &Path, text: &str) {
    printer.step("Installed. In each shell that is to use it:");
    printer.say(&format!("export TF_CLI_CONFIG_FILE={}", cli_config.display()));
    printer.line("");
    printer.say(
        "Then init, plan and apply as always. The variable takes the place of your own CLI configuration, which was not touched.\n\
         To keep what is in yours, add this to it instead:",
    );
    printer.line("");
    printer.say(text);
    printer.line("");
    printer.say(
        "After another build run this again. The lock file has the checksum of this one: remove .terraform.lock.hcl, and init again.",
    );
}

/// What a person does next, in a folder of its own.
fn check(cli_config: &str) -> Result<()> {
    let workspace = Workspace::with_cli_config(cli_config)?;
    workspace.write("main.tf", "module \"alerts\" {\n  source = \"./alerts\"\n}\n")?;
    fs::create_dir(workspace.path().join("alerts"))?;
    workspace.write(
        "alerts/main.tf",
        &format!("{REQUIRED_PROVIDERS}resource \"twilio_messaging_service\" \"alerts\" {{\n  friendly_name = \"Alerts\"\n}}\n"),
    )?;
    workspace.succeed(&["init", "-no-color"])?;
    workspace.succeed(&["validate", "-no-color"])?;
    Ok(())
}
