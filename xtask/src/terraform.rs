//! The real `terraform` (or `tofu`), run in a folder of its own against the provider that was just built.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::attached::{self, Attached};
use crate::mirror::{Mirror, SOURCE, put, quoted};
use crate::state_file::StateFile;

/// The `terraform` block that every configuration needs.
pub const REQUIRED_PROVIDERS: &str = r#"terraform {
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}
"#;

/// Finds the program: the environment variable `TERRAFORM`, else `terraform` or `tofu` on the path.
///
/// # Errors
/// One sentence that says where to get one.
pub fn find() -> Result<PathBuf> {
    if let Some(named) = env::var_os("TERRAFORM").filter(|name| !name.is_empty()) {
        let named = PathBuf::from(named);
        return on_path(&named).with_context(|| {
            format!(
                "TERRAFORM names {}, which is no program that can be run",
                named.display()
            )
        });
    }
    ["terraform", "tofu"].iter().find_map(|name| on_path(Path::new(name))).context(
        "neither terraform nor tofu is on the PATH. Install Terraform 1.6 or newer (developer.hashicorp.com/terraform) \
         or OpenTofu (opentofu.org), or set TERRAFORM to the program",
    )
}

fn on_path(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return program.is_file().then(|| program.to_path_buf());
    }
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(program).with_extension(env::consts::EXE_EXTENSION))
        .find(|candidate| candidate.is_file())
}

/// How Terraform finds the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installation {
    /// `dev_overrides`: no `init`, and a warning with each command. Quick, for tests.
    Override,
    /// A filesystem mirror and `init`, as a user has it.
    Mirror,
    /// A process of the provider that stays ([`Attached`]), for tests of what the tables do: how a process begins and ends, and what it
    /// logs, is not seen.
    Attached,
}

/// A folder with configurations and state, in which Terraform runs.
pub struct Workspace {
    program: PathBuf,
    folder: TempDir,
    environment: Vec<(OsString, OsString)>,
    provider: Option<Attached>,
}

/// What a run of Terraform said.
#[derive(Debug, Clone)]
pub struct Output {
    /// Exit code; -1 when it was ended by a signal.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Output {
    /// Both outputs, for looking for a text.
    pub fn text(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    /// Both outputs on one line without the frame that Terraform draws around diagnostics, so that a sentence which it
    /// wrapped can be found.
    pub fn unwrapped(&self) -> String {
        self.text()
            .replace(['│', '╷', '╵'], " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Workspace {
    /// An empty workspace in which `provider`, a built provider binary, is installed.
    ///
    /// # Errors
    /// Those of the file system; no Terraform.
    pub fn new(provider: &Path, installation: Installation) -> Result<Self> {
        let program = find()?;
        let folder = temporary_folder()?;
        let installed = folder.path().join("provider");
        let text = match installation {
            Installation::Override => {
                put(
                    provider,
                    &installed,
                    &format!("terraform-provider-twilio{}", env::consts::EXE_SUFFIX),
                )?;
                format!(
                    "provider_installation {{\n  dev_overrides {{\n    \"{SOURCE}\" = {}\n  }}\n  direct {{}}\n}}\n",
                    quoted(&installed)
                )
            }
            Installation::Mirror => Mirror::write(provider, &installed)?.alone(),
            Installation::Attached => String::new(),
        };
        let mut workspace = Self::configured(program, folder, &text)?;
        workspace.provider = (installation == Installation::Attached).then(|| Attached::of(provider));
        Ok(workspace)
    }

    /// An empty workspace in which nothing is installed: `providers`, the value of TF_REATTACH_PROVIDERS, says where the
    /// providers run already.
    ///
    /// # Errors
    /// Those of the file system; no Terraform.
    pub fn attached(providers: &str) -> Result<Self> {
        let mut workspace = Self::configured(find()?, temporary_folder()?, "")?;
        workspace.set_env(attached::VARIABLE, providers);
        Ok(workspace)
    }

    /// An empty workspace with this CLI configuration.
    ///
    /// # Errors
    /// Those of the file system; no Terraform.
    pub fn with_cli_config(text: &str) -> Result<Self> {
        Self::configured(find()?, temporary_folder()?, text)
    }

    fn configured(program: PathBuf, folder: TempDir, cli_config: &str) -> Result<Self> {
        let path = folder.path().join("cli.tfrc");
        fs::write(&path, cli_config)?;
        fs::create_dir(folder.path().join("work"))?;
        let mut workspace = Self {
            program,
            folder,
            environment: Vec::new(),
            provider: None,
        };
        workspace.set_env("TF_CLI_CONFIG_FILE", path);
        for (name, value) in [
            ("CHECKPOINT_DISABLE", "1"),
            ("TF_IN_AUTOMATION", "1"),
            ("TF_INPUT", "0"),
            // It lives for a tenth of a second, a quarter of which went into collecting garbage. Up to here it may keep all.
            ("GOGC", "off"),
            ("GOMEMLIMIT", "768MiB"),
        ] {
            workspace.set_env(name, value);
        }
        Ok(workspace)
    }

    /// Sets an environment variable for all that runs from now on.
    pub fn set_env(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        let name = name.into();
        self.environment.retain(|(existing, _)| *existing != name);
        self.environment.push((name, value.into()));
    }

    /// Lets the provider stand for these addresses too, as the state of another provider names them.
    ///
    /// # Panics
    /// Where the provider is not [`Installation::Attached`].
    pub fn attach_as(&mut self, addresses: &[&str]) {
        let provider = self.provider.as_mut().expect("the provider is attached");
        provider.aliases = addresses.iter().map(|&address| address.to_owned()).collect();
    }

    /// The program that runs.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The folder that everything of this workspace is in; [`Workspace::path`] is a part of it.
    pub fn whole(&self) -> &Path {
        self.folder.path()
    }

    /// The version that the program says it has.
    ///
    /// # Errors
    /// When it does not say.
    pub fn version(&self) -> Result<String> {
        let shown = self.succeed(&["version", "-json"])?;
        let version: Json = serde_json::from_str(&shown.stdout).context("version -json did not print JSON")?;
        let text = version["terraform_version"].as_str().context("it names no version")?;
        Ok(text.to_owned())
    }

    /// Whether the program is OpenTofu.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn is_opentofu(&self) -> Result<bool> {
        Ok(self.run(&["version"])?.stdout.starts_with("OpenTofu"))
    }

    /// The folder in which Terraform runs.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// Leaves everything when this is gone, and says where [`Workspace::whole`] is.
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }

    /// Writes a file there.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path().join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Removes a file there.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn remove(&self, name: &str) -> Result<()> {
        let path = self.path().join(name);
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))
    }

    /// The command, ready to run: no inherited settings of Terraform, Twilio or the way to the network, and nothing on
    /// standard input.
    ///
    /// # Panics
    /// Where an attached provider does not start.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.another_command(&self.program, arguments)
    }

    /// As [`Workspace::command`], for another program.
    ///
    /// # Panics
    /// Where an attached provider does not start.
    pub fn another_command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        without_inherited(&mut command);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        if let Some(provider) = &self.provider {
            let variable = provider.reattach(&self.path(), &self.environment);
            command.env(attached::VARIABLE, variable.unwrap_or_else(|error| panic!("{error:#}")));
        }
        command
    }

    /// Runs Terraform to its end.
    ///
    /// # Errors
    /// When it cannot be started. A failure of Terraform itself is in the output.
    pub fn run(&self, arguments: &[&str]) -> Result<Output> {
        let output = self
            .command(arguments)
            .output()
            .with_context(|| format!("{} cannot be started", self.program.display()))?;
        Ok(Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs Terraform to its end, which must be a good one.
    ///
    /// # Errors
    /// When it fails; the text holds all that it said.
    pub fn succeed(&self, arguments: &[&str]) -> Result<Output> {
        let output = self.run(arguments)?;
        if output.code != 0 {
            let program = self.program.display();
            let mut text = format!("{program} {} ended with {}", arguments.join(" "), output.code);
            let _ = write!(text, "\n{}{}", output.stdout, output.stderr);
            bail!(text);
        }
        Ok(output)
    }

    /// Plans, and returns the plan as Terraform's JSON (`terraform show -json`).
    ///
    /// # Errors
    /// When Terraform fails.
    pub fn plan_json(&self, extra: &[&str]) -> Result<Json> {
        let mut arguments = vec!["plan", "-no-color", "-out=plan.bin"];
        arguments.extend(extra);
        self.succeed(&arguments)?;
        let shown = self.succeed(&["show", "-json", "plan.bin"])?;
        serde_json::from_str(&shown.stdout).context("terraform show did not print JSON")
    }

    /// The state as it is stored.
    ///
    /// # Errors
    /// As [`StateFile::read`].
    pub fn state(&self) -> Result<StateFile> {
        StateFile::read(&self.path())
    }

    /// The state as Terraform's JSON.
    ///
    /// # Errors
    /// When Terraform fails.
    pub fn state_json(&self) -> Result<Json> {
        let shown = self.succeed(&["show", "-json"])?;
        serde_json::from_str(&shown.stdout).context("terraform show did not print JSON")
    }
}

/// Takes settings of Terraform, Twilio and the way to the network out of what a program inherits.
pub(crate) fn without_inherited(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let is_of_the_network = text.to_ascii_uppercase().ends_with("_PROXY") || text.starts_with("SSL_CERT_");
        if text.starts_with("TF_") || text.starts_with("TWILIO_") || is_of_the_network {
            command.env_remove(&name);
        }
    }
}

fn temporary_folder() -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix("twilio-terraform-")
        .tempdir()
        .context("no temporary folder")
}
