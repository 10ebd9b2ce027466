//! `cargo xtask contract`: facts from Twilio's OpenAPI files into `simulator/contract/`.
//!
//! The files come from the npm package that `simulator/contract/package.json` pins; its lock file fixes the bytes. One
//! operation or named shape per line, so a new release of the package shows as a reviewable diff.

mod limits;
mod links;
mod newest;
mod openapi;
mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;
use twilio_simulator::contract::{Source, Spec};

use crate::process::root;

const PACKAGE: &str = "@twilio/cli-core";
/// What the descriptions say in words.
const LIMITS: &str = "limits.json";
const SERVICES: &str = "src/services/twilio-api";

/// Arguments of `cargo xtask contract`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Write nothing; fail if the committed files differ from what would be written
    #[arg(long)]
    check: bool,
    /// First follow the newest published package; with --check, fail if the pinned one is older
    #[arg(long)]
    newest: bool,
}

impl Arguments {
    /// `--check`.
    pub fn check() -> Self {
        Self {
            check: true,
            newest: false,
        }
    }
}

/// Writes or checks the contract files.
///
/// # Errors
/// When npm fails, an OpenAPI file has a form that is not understood, or `--check` finds a difference.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = folder();
    let mut pinned = None;
    if arguments.newest {
        pinned = newest::follow(&folder, arguments.check)?;
    }
    install(&folder)?;
    let wanted = generate(&folder.join("node_modules").join(PACKAGE));
    if let (Err(_), Some(pinned)) = (&wanted, pinned) {
        // What was refused is not pinned.
        newest::pin(&folder, &pinned)?;
    }
    let wanted = wanted?;
    let present = committed(&folder)?;
    let changes = differences(&wanted, &present);
    let mut out = std::io::stdout().lock();
    if arguments.check {
        if changes.is_empty() {
            writeln!(out, "simulator/contract: {} files agree with {PACKAGE}", wanted.len())?;
            return Ok(());
        }
        bail!(
            "simulator/contract differs from {PACKAGE}; run `cargo xtask contract`:\n  {}",
            changes.join("\n  ")
        );
    }
    for name in present.keys().filter(|name| !wanted.contains_key(*name)) {
        fs::remove_file(folder.join(name)).with_context(|| format!("removing {name}"))?;
    }
    for (name, text) in &wanted {
        fs::write(folder.join(name), text).with_context(|| format!("writing {name}"))?;
    }
    let bytes: usize = wanted.values().map(String::len).sum();
    writeln!(
        out,
        "simulator/contract: {} files, {} KiB, {} changed",
        wanted.len(),
        bytes / 1024,
        changes.len()
    )?;
    for change in changes {
        writeln!(out, "  {change}")?;
    }
    Ok(())
}

/// A sentence, if a newer package is published than the pinned one. Silent where the registry cannot be asked.
pub fn newer() -> Option<String> {
    newest::follow(&folder(), true)
        .err()
        .map(|why| why.to_string())
        .filter(|why| why.contains("is published"))
}

fn folder() -> PathBuf {
    root().join("simulator").join("contract")
}

fn install(folder: &Path) -> anyhow::Result<()> {
    let output = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .output()
        .context("running npm; `cargo xtask contract` needs Node.js with npm on PATH")?;
    ensure!(
        output.status.success(),
        "npm ci failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn generate(package: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let version = read_json(&package.join("package.json"))?["version"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let mut wanted = BTreeMap::new();
    let mut hosts = BTreeMap::new();
    let mut worded = BTreeMap::new();
    for entry in fs::read_dir(package.join(SERVICES)).context("looking for the OpenAPI files")? {
        let path = entry?.path();
        let Some(file) = path
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|name| name.ends_with(".json"))
        else {
            continue;
        };
        let source = Source {
            package: PACKAGE.to_owned(),
            version: version.clone(),
            file: file.to_owned(),
        };
        let document = read_json(&path)?;
        let spec = openapi::facts(source, &document).with_context(|| format!("extracting {file}"))?;
        worded.insert(file.to_owned(), limits::worded(&spec.host, &document));
        newest::is_public(&spec).with_context(|| format!("{file} of {PACKAGE} {version}"))?;
        hosts.insert(file.to_owned(), spec.host.clone());
        wanted.insert(file.to_owned(), render(&spec)?);
    }
    ensure!(
        !wanted.is_empty(),
        "{PACKAGE} {version} holds no OpenAPI files in {SERVICES}"
    );
    let list = file_list(&hosts);
    wanted.insert("files.rs".to_owned(), list);
    let lines = worded.values().flatten().map(serde_json::to_string);
    let lines = lines.collect::<Result<Vec<_>, _>>()?.join(",\n");
    wanted.insert(LIMITS.to_owned(), format!("[\n{lines}\n]\n"));
    Ok(wanted)
}

fn committed(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut present = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if (name.starts_with("twilio_") && name.ends_with(".json")) || name == "files.rs" || name == LIMITS {
            present.insert(
                name.to_owned(),
                fs::read_to_string(&path).with_context(|| format!("reading {name}"))?,
            );
        }
    }
    Ok(present)
}

fn differences(wanted: &BTreeMap<String, String>, present: &BTreeMap<String, String>) -> Vec<String> {
    let mut changes = Vec::new();
    for (name, text) in wanted {
        match present.get(name) {
            None => changes.push(format!("{name}: missing")),
            Some(old) if old != text => {
                let old: Vec<&str> = old.lines().collect();
                let new: Vec<&str> = text.lines().collect();
                let added = new.iter().filter(|line| !old.contains(line)).count();
                let removed = old.iter().filter(|line| !new.contains(line)).count();
                changes.push(format!("{name}: {added} lines to add, {removed} lines to remove"));
            }
            Some(_) => {}
        }
    }
    changes.extend(
        present
            .keys()
            .filter(|name| !wanted.contains_key(*name))
            .map(|name| format!("{name}: not published")),
    );
    changes
}

/// One line per operation and per named shape.
fn render(spec: &Spec) -> anyhow::Result<String> {
    let lines = |items: Vec<String>| items.join(",\n");
    let operations = spec
        .operations
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<Vec<_>, _>>()?;
    let schemas = spec
        .schemas
        .iter()
        .map(|(name, shape)| {
            Ok(format!(
                "{}: {}",
                serde_json::to_string(name)?,
                serde_json::to_string(shape)?
            ))
        })
        .collect::<serde_json::Result<Vec<_>>>()?;
    Ok(format!(
        "{{\n\"source\": {},\n\"host\": {},\n\"operations\": [\n{}\n],\n\"schemas\": {{\n{}\n}}\n}}\n",
        serde_json::to_string(&spec.source)?,
        serde_json::to_string(&spec.host)?,
        lines(operations),
        lines(schemas),
    ))
}

/// The order of the files: where two describe one operation the first one counts. `twilio_content_sdk` repeats paths of
/// `twilio_content_v1` in a form for code generators.
pub fn order(name: &str) -> (bool, String) {
    (name.contains("_sdk"), name.to_owned())
}

/// The list of the files with their hosts, by which the simulator finds those of a product without reading them.
fn file_list(hosts: &BTreeMap<String, String>) -> String {
    let mut hosts: Vec<(&String, &String)> = hosts.iter().collect();
    hosts.sort_by_key(|(name, _)| order(name));
    let mut text =
        String::from("// Written by `cargo xtask contract`.\npub(super) const FILES: &[(&str, &str, &str)] = &[\n");
    for (name, host) in hosts {
        let stem = name.trim_end_matches(".json");
        let path = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/contract/{name}\")");
        text.push_str(&format!("    (\"{stem}\", \"{host}\", include_str!({path})),\n"));
    }
    text.push_str("];\n");
    text
}

fn read_json(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("parsing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn differences_name_the_file_and_what_happened_to_it() {
        let wanted = files(&[("a.json", "1\n2\n3"), ("b.json", "same"), ("c.json", "new")]);
        let present = files(&[("a.json", "1\n2"), ("b.json", "same"), ("d.json", "old")]);
        assert_eq!(
            differences(&wanted, &present),
            [
                "a.json: 1 lines to add, 0 lines to remove",
                "c.json: missing",
                "d.json: not published"
            ]
        );
        assert!(differences(&wanted, &wanted).is_empty());
    }
}
