//! `cargo xtask coverage`: what the local Twilio knows of each operation and where from, as `simulator/COVERAGE.md`.
//!
//! Everything in that page is read off the simulator's own tables: the contract, the lists of `simulator/src/facts/`, the
//! registrations of its behaviours, and `simulator/OPEN-QUESTIONS.md`. A line of a list, or a behaviour, that names no source is an
//! error.

mod behaviours;
mod facts;
mod page;
mod source;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::output::Printer;
use crate::process::root;
use crate::tidy::texts;

/// The page, from the root of the project.
const PAGE: &str = "simulator/COVERAGE.md";

/// What `cargo xtask coverage` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Write nothing; say whether the page is as it would be written.
    #[arg(long)]
    check: bool,
}

/// Writes the page, or checks it.
///
/// # Errors
/// When something has no source, or the page is not as it would be written.
pub fn run(arguments: &Arguments) -> Result<()> {
    let found = Found::read(&root().join("simulator"))?;
    let unsourced = found.unsourced();
    if !unsourced.is_empty() {
        bail!(
            "what the simulator says of Twilio needs a source: a page, \"the contract\", or a question in OPEN-QUESTIONS.md\n  {}",
            unsourced.join("\n  ")
        );
    }
    let text = page::page(&found);
    let path = root().join(PAGE);
    if arguments.check {
        let current = fs::read_to_string(&path).unwrap_or_default();
        if current != text {
            bail!("{PAGE} is not what the simulator's tables say: run `cargo xtask coverage`");
        }
        Printer::new().good("simulator/COVERAGE.md is what the simulator's tables say");
        return Ok(());
    }
    fs::write(&path, text).with_context(|| format!("cannot write {PAGE}"))?;
    Printer::new().good("wrote simulator/COVERAGE.md");
    Ok(())
}

/// What is wrong, a line each, for `cargo xtask tidy`.
pub(crate) fn findings() -> Result<Vec<String>> {
    let found = Found::read(&root().join("simulator"))?;
    let mut findings = found.unsourced();
    let current = fs::read_to_string(root().join(PAGE)).unwrap_or_default();
    if findings.is_empty() && current != page::page(&found) {
        findings.push(format!(
            "{PAGE}: it is not what the simulator's tables say: run `cargo xtask coverage`"
        ));
    }
    Ok(findings)
}

/// What the simulator says of Twilio.
struct Found {
    /// Lines of its lists.
    facts: Vec<facts::Fact>,
    /// Where its behaviours stand.
    registrations: Vec<facts::Fact>,
    behaviours: Vec<behaviours::Behaviour>,
    /// Filters that are refused: host and list, a colon, their names.
    refused_filters: Vec<String>,
    /// Text of `OPEN-QUESTIONS.md`.
    questions: String,
}

impl Found {
    fn read(simulator: &Path) -> Result<Self> {
        let all = texts(&simulator.join("src"))?;
        let below = |start: &'static str| all.iter().filter(move |(file, _)| file.starts_with(start)).cloned();
        let of_facts: Vec<_> = below("facts").chain(below("generic")).collect();
        let of_behaviours: Vec<_> = below("behaviours").collect();
        let questions = simulator.join("OPEN-QUESTIONS.md");
        let mut facts = facts::read(&of_facts)?;
        facts.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
        Ok(Self {
            facts,
            registrations: facts::read(&of_behaviours)?
                .into_iter()
                .filter(|fact| fact.list == "REGISTRATIONS")
                .collect(),
            behaviours: behaviours::read(&of_behaviours)?,
            refused_filters: facts::texts(&of_facts, "NOT_MODELLED")?,
            questions: fs::read_to_string(&questions).context("cannot read OPEN-QUESTIONS.md")?,
        })
    }

    /// The behaviour that is registered at a place.
    fn behaviour(&self, registration: &facts::Fact) -> Option<&behaviours::Behaviour> {
        let name = registration.name.as_deref()?;
        let host = registration.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut named: Vec<_> = self.behaviours.iter().filter(|one| one.name == name).collect();
        named.sort_by_key(|one| !one.file.starts_with(host));
        named.first().copied()
    }

    /// Lines and behaviours without a source.
    fn unsourced(&self) -> Vec<String> {
        let facts = self.facts.iter().filter(|fact| fact.sources.is_empty()).map(|fact| {
            let (host, template) = &fact.place;
            format!(
                "simulator/src/{}:{}: {} has no source for {host}{template}",
                fact.file, fact.line, fact.list
            )
        });
        let behaviours = self.behaviours.iter().filter(|one| one.sources.is_empty());
        let behaviours =
            behaviours.map(|one| format!("simulator/src/{}:{}: {} has no source", one.file, one.line, one.name));
        let lost = self.registrations.iter().filter(|line| self.behaviour(line).is_none());
        let lost = lost.map(|line| {
            format!(
                "simulator/src/{}:{}: no behaviour is found for it",
                line.file, line.line
            )
        });
        facts.chain(behaviours).chain(lost).collect()
    }
}

#[cfg(test)]
mod tests;
