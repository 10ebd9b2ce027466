//! `cargo xtask clients`: Twilio's own client libraries and its command line drive the simulator. If they are served as by
//! Twilio, so is the provider.
//!
//! What they do is said once, for all of them, in `simulator/clients/products`; each has a small program that does it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use twilio_simulator::{Handle, Options, Simulator};

use crate::output::Printer;
use crate::process::{root, runs, succeed};

mod calls;
mod lies;
mod lifecycles;
mod refusals;
mod seeds;

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
    /// `twilio-cli`.
    Cli,
}

impl Client {
    const ALL: [Self; 5] = [Self::Python, Self::Node, Self::Go, Self::Java, Self::Cli];

    /// The folder of its program.
    fn folder(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Node => "node",
            Self::Go => "go",
            Self::Java => "java",
            Self::Cli => "cli",
        }
    }

    /// What must be installed for it, and how to find out.
    fn needs(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Python => &[("python3", "--version")],
            Self::Node | Self::Cli => &[("node", "--version"), ("npm", "--version")],
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
        let start = || {
            runtime
                .block_on(Simulator::start(Options::default()))
                .context("the simulator does not start")
        };
        let folder = folder.join(name);
        let honest = start()?;
        let seeds = runtime.block_on(seeds::add(&honest))?;
        let calls = serde_json::to_string(&calls::of_all_products(name, &seeds)?)?;
        succeed(&mut program(name, &honest, &folder, &calls)?)
            .with_context(|| format!("the client for {name} does not find in the simulator what it must"))?;
        let liar = start()?;
        runtime.block_on(alter(&liar))?;
        let (calls, wrong) = lies::calls(name)?;
        let mut program = program(name, &liar, &folder, &serde_json::to_string(&calls)?)?;
        lies::noticed(program.env("INSTALLED", "yes"), &wrong).with_context(|| name.to_owned())?;
        Printer::new().say(&format!("{name}: {} answers that are wrong were noticed", wrong.len()));
    }
    Ok(())
}

/// Makes a simulator give wrong answers.
async fn alter(simulator: &Handle) -> Result<()> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let faults = client.put(format!("{}/_simulator/faults", simulator.url));
    let answer = faults.body(lies::faults()).send().await?;
    let status = answer.status();
    anyhow::ensure!(status.is_success(), "the faults are refused: {}", answer.text().await?);
    Ok(())
}

/// The program of one client, which makes these calls of a simulator.
fn program(name: &str, simulator: &Handle, folder: &Path, calls: &str) -> Result<Command> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join("calls.json");
    std::fs::write(&file, calls)?;
    let script = root().join("simulator/clients").join(name).join("run.sh");
    let mut command = Command::new("bash");
    command.arg(&script).arg(folder);
    command.env("TWILIO_BASE_URL", &simulator.url);
    command.env("TWILIO_ACCOUNT_SID", &simulator.account_sid);
    command.env("TWILIO_AUTH_TOKEN", &simulator.auth_token);
    command.env("CALLS", &file);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Lines without the spaces around them.
    fn lines(text: &str) -> Vec<&str> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn what_the_readme_shows_is_what_runs() {
        let readme = std::fs::read_to_string(root().join("simulator/README.md")).expect("a README");
        let (_, section) = readme.split_once("## Twilio's own clients").expect("the section");
        let (section, _) = section.split_once("\n## ").expect("another section");
        let (mut file, mut shown) = (None, BTreeMap::<String, String>::new());
        for line in section.lines() {
            if let Some(name) = line.strip_suffix("`:").and_then(|line| line.rsplit('`').next()) {
                file = Some(name.to_owned());
            }
            if let (Some(file), true) = (&file, line.starts_with("    ")) {
                let block = shown.entry(file.clone()).or_default();
                block.push_str(line);
                block.push('\n');
            }
        }
        let folders: BTreeSet<_> = shown.keys().filter_map(|file| file.split('/').nth(1)).collect();
        assert_eq!(folders, Client::ALL.map(Client::folder).into_iter().collect());
        for (file, block) in shown {
            let text = std::fs::read_to_string(root().join("simulator").join(&file)).expect("a file");
            let (text, block) = (lines(&text), lines(&block));
            assert!(
                text.windows(block.len()).any(|window| window == block),
                "simulator/README.md shows what is not in {file}"
            );
        }
    }
}
