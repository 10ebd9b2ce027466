//! `cargo xtask schemas`: what the last release offered, and whether those who have it can go on.
//!
//! `tests/schemas` has a file for each type as it was released, and the version. The command writes them anew, for a release;
//! `--check` compares what is offered now with them: nothing that configurations and stored states depend on may go, and what may
//! be added must not be needed.

mod changes;
mod snapshot;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use terraform_provider_twilio::provider::TwilioProvider;

use self::changes::broken;
use self::snapshot::{Snapshot, of_provider};
use crate::output::Printer;
use crate::process::root;

/// Options of `cargo xtask schemas`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Compare what is offered with the last release, and write nothing.
    #[arg(long)]
    check: bool,
    /// Write what breaks configurations or states, too: a release that says so.
    #[arg(long, conflicts_with = "check")]
    breaking: bool,
}

impl Arguments {
    /// Compares.
    pub fn check() -> Self {
        Self {
            check: true,
            breaking: false,
        }
    }
}

/// What to do when something is broken.
const ADVICE: &str = "Keep what was there, deprecated, beside what is new; or give the resource a new version of its state with a \
                      step from the old one (`versions` of its table). Data sources, searches and the provider block have no version.";

/// The file with the version that the others are of, and how many they are: a file that is taken away would be a type less.
const VERSION: &str = "VERSION";

fn folder() -> PathBuf {
    root().join("tests/schemas")
}

/// Compares, or writes.
///
/// # Errors
/// What a change breaks, a line each.
pub fn run(arguments: &Arguments) -> Result<()> {
    let current = of_provider(&TwilioProvider::default())?;
    let (version, released) = match read(&folder()) {
        Ok(released) => released,
        Err(error) if arguments.check => return Err(error),
        Err(_) => (String::new(), Vec::new()),
    };
    ensure!(
        !arguments.check || is_no_newer(&version, env!("CARGO_PKG_VERSION")),
        "tests/schemas is of version {version}, and this is {}",
        env!("CARGO_PKG_VERSION")
    );
    let broken = broken(&released, &current);
    if !broken.is_empty() && !arguments.breaking {
        bail!(
            "what version {version} offered is broken:\n  {}\n{ADVICE}",
            broken.join("\n  ")
        );
    }
    let printer = Printer::new();
    if arguments.check {
        printer.good(&format!(
            "whoever has version {version} can go on ({} types)",
            released.len()
        ));
    } else {
        write(&folder(), env!("CARGO_PKG_VERSION"), &current)?;
        printer.good(&format!(
            "{} types of version {} written",
            current.len(),
            env!("CARGO_PKG_VERSION")
        ));
    }
    Ok(())
}

/// The version of the last release, and its types.
fn read(folder: &Path) -> Result<(String, Vec<Snapshot>)> {
    let mut snapshots = Vec::new();
    let mut files = BTreeMap::new();
    let list = |folder: &Path| -> Result<Vec<PathBuf>> {
        let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        entries.map(|entry| Ok(entry?.path())).collect()
    };
    for kind in list(folder)?.into_iter().filter(|path| path.is_dir()) {
        for file in list(&kind)? {
            let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            files.insert(file, text);
        }
    }
    for (file, text) in files {
        let snapshot = Snapshot::read(&text).with_context(|| format!("{} is no schema", file.display()))?;
        ensure!(
            folder.join(snapshot.file()) == file,
            "{} has another type: {}",
            file.display(),
            snapshot.name
        );
        snapshots.push(snapshot);
    }
    let released = fs::read_to_string(folder.join(VERSION)).context("cannot read tests/schemas/VERSION")?;
    let (version, types) = parsed(&released)
        .with_context(|| format!("tests/schemas/VERSION is no version with its number of types: {released:?}"))?;
    ensure!(
        types == snapshots.len(),
        "version {version} had {types} types, and tests/schemas has {}: what was released stays there until the next release",
        snapshots.len()
    );
    Ok((version, snapshots))
}

/// `0.1.0 51`: a version, and how many types it had.
fn parsed(released: &str) -> Option<(String, usize)> {
    let (version, types) = released.trim().split_once(' ')?;
    Some((version.to_owned(), types.parse().ok()?))
}

/// Whether a version is `other` or one before it.
fn is_no_newer(version: &str, other: &str) -> bool {
    let numbers = |version: &str| -> Option<Vec<u64>> { version.split('.').map(|part| part.parse().ok()).collect() };
    matches!((numbers(version), numbers(other)), (Some(version), Some(other)) if version <= other)
}

/// Writes all types, and takes away what is of none of them.
fn write(folder: &Path, version: &str, snapshots: &[Snapshot]) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for snapshot in snapshots {
        let file = folder.join(snapshot.file());
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(&file, snapshot.write()).with_context(|| format!("cannot write {}", file.display()))?;
    }
    fs::write(folder.join(VERSION), format!("{version} {}\n", snapshots.len()))?;
    Ok(())
}

#[cfg(test)]
mod tests;
