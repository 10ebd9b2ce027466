//! `cargo xtask clients`: Twilio's own client libraries drive the simulator. If they are served as by
//! Twilio, so is the provider.
//!
//! What they do is said once, for all of them, in `simulator/clients/products`; each has a small program that does it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use twilio_simulator::{Options, Simulator};

use crate::output::Printer;
use crate::process::{root, runs, succeed};

mod calls;
mod lifecycles;
mod refusals;

/// Options of `cargo xtask clients`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Run this one alone. May be given more than once.
    #[arg(long)]
    only: Vec<Client>,
    /// Where they are installed; installing again into the same folder takes little.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Fail where a language is not installed, and do not pass over it.
    #[arg(long)]
    all: bool,
}

/// A client of Twilio's.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Client {
    Python,
    Node,
    Go,
    Java,
}

impl Client {
    const ALL: [Self; 4] = [Self::Python, Self::Node, Self::Go, Self::Java];

    /// The folder of its program.
    fn folder(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Node => "node",
            Self::Go => "go",
            Self::Java => "java",
        }
    }

    /// What must be installed for it, and how that is asked.
    fn needs(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Python => &[("python3", "--version")],
            Self::Node => &[("node", "--version"), ("npm", "--version")],
            Self::Go => &[("go", "version")],
            Self::Java => &[("java", "-version"), ("javac", "-version"), ("mvn", "--version")],
        }
    }

    /// The first that it needs and that is not there.
    fn missing(self) -> Option<&'static str> {
        let mut needs = self.needs().iter();
        needs
            .find(|(program, question)| !runs(Command::new(program).arg(question)))
            .map(|(program, _)| *program)
    }
}

impl Arguments {
    /// What `cargo xtask ci` asks for: all of them, none passed over.
    pub fn check() -> Self {
        Self {
            only: Vec::new(),
            folder: None,
            all: true,
        }
    }
}

/// Runs them one after the other, each against a simulator of its own.
///
/// # Errors
/// When an installation fails, or a client does not find what it must.
pub fn run(arguments: &Arguments) -> Result<()> {
    let folder = arguments
        .folder
        .clone()
        .unwrap_or_else(|| root().join("target/clients"));
    // The programs run in it.
    let folder = std::path::absolute(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    for client in Client::ALL {
        if !arguments.only.is_empty() && !arguments.only.contains(&client) {
            continue;
        }
        let name = client.folder();
        if let Some(program) = client.missing() {
            anyhow::ensure!(
                !arguments.all && arguments.only.is_empty(),
                "{program} is not installed here, and the client for {name} needs it"
            );
            Printer::new().say(&format!(
                "{name}: skipped, because {program} is not installed here; CI runs it"
            ));
            continue;
        }
        let simulator = runtime
            .block_on(Simulator::start(Options::default()))
            .context("the simulator does not start")?;
        drive(
            name,
            &simulator.url,
            &simulator.account_sid,
            &simulator.auth_token,
            &folder,
        )
        .with_context(|| format!("the client for {name} does not find in the simulator what it must"))?;
    }
    Ok(())
}

/// Lets one client drive the simulator at `url`.
fn drive(name: &str, url: &str, account_sid: &str, auth_token: &str, folder: &Path) -> Result<()> {
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder)?;
    let calls = folder.join("calls.json");
    std::fs::write(&calls, serde_json::to_string(&calls::of_all_products(name)?)?)?;
    let script = root().join("simulator/clients").join(name).join("run.sh");
    let mut command = Command::new("bash");
    command.arg(&script).arg(&folder);
    command.env("TWILIO_BASE_URL", url);
    command.env("TWILIO_ACCOUNT_SID", account_sid);
    command.env("TWILIO_AUTH_TOKEN", auth_token);
    succeed(command.env("CALLS", &calls))
}
