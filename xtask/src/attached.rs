//! A process of the provider that serves one Terraform after another, as `--debug` has it. Terraform starts a provider three times for a
//! plan, and asks for all schemas each time; where that is not what is tested, it is half of what a test costs.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json};

use crate::terraform::without_inherited;

/// A provider that is started when it is first needed, and again where its environment is another: each run of Terraform finds what a
/// process of its own would have had.
pub(crate) struct Attached {
    provider: PathBuf,
    process: Mutex<Option<Process>>,
    /// What else it stands for: addresses of providers, as a state may have them.
    pub(crate) aliases: Vec<String>,
}

/// Where Terraform looks for providers that run already.
pub(crate) const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

impl Attached {
    /// Of this binary.
    pub(crate) fn of(provider: &Path) -> Self {
        Self {
            provider: provider.to_owned(),
            process: Mutex::default(),
            aliases: Vec::new(),
        }
    }

    /// What [`VARIABLE`] must be for Terraform to find it, and whatever providers the environment names there already.
    ///
    /// # Errors
    /// When it cannot be started, or the environment's value is no JSON.
    pub(crate) fn reattach(&self, folder: &Path, environment: &[(OsString, OsString)]) -> Result<String> {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let stands = process.as_mut().is_some_and(|process| process.is_of(environment));
        if !stands {
            *process = None;
            *process = Some(Process::start(&self.provider, folder, environment)?);
        }
        let own = &process.as_ref().context("the provider was just started")?.variable;
        let others = environment.iter().find(|(name, _)| name == VARIABLE);
        let mut providers = match others {
            Some((_, others)) => providers_of(&others.to_string_lossy())?,
            None => Map::new(),
        };
        for (address, place) in providers_of(own)? {
            providers.extend(self.aliases.iter().map(|alias| (alias.clone(), place.clone())));
            providers.insert(address, place);
        }
        Ok(Json::Object(providers).to_string())
    }
}

/// The providers of a value of [`VARIABLE`], by address.
fn providers_of(value: &str) -> Result<Map<String, Json>> {
    serde_json::from_str(value).with_context(|| format!("{VARIABLE} is not JSON: {value}"))
}

struct Process {
    child: Child,
    environment: Vec<(OsString, OsString)>,
    variable: String,
}

impl Process {
    fn start(provider: &Path, folder: &Path, environment: &[(OsString, OsString)]) -> Result<Self> {
        let mut command = Command::new(provider);
        without_inherited(&mut command);
        let mut child = command
            .arg("--debug")
            .current_dir(folder)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", provider.display()))?;
        let stdout = child.stdout.take().context("its output is not caught")?;
        let said = BufReader::new(stdout).lines().map_while(Result::ok).find_map(|line| {
            Some(
                line.split_once("TF_REATTACH_PROVIDERS='")?
                    .1
                    .strip_suffix('\'')?
                    .to_owned(),
            )
        });
        let variable = said.context("the provider does not say where it is")?;
        Ok(Self {
            child,
            environment: environment.to_vec(),
            variable,
        })
    }

    /// Whether it lives, and was started with this.
    fn is_of(&mut self, environment: &[(OsString, OsString)]) -> bool {
        self.environment == environment && matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself. The folder of its socket is removed by the next one.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
