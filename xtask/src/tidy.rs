//! `cargo xtask tidy`: each layer uses only what stands below it.
//!
//! And each file that a document names is there.
//!
//! The check reads `use` lines and paths of the form `crate::layer` in the sources, so a forbidden edge cannot come in by
//! a full path either. `ARCHITECTURE.md` has the same table in words.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use regex::Regex;

use crate::output::Printer;
use crate::process::root;

/// A folder of the provider, and the layers that it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("plugin", &[]),
    ("framework", &["plugin"]),
    ("twilio", &[]),
    ("engine", &["framework", "twilio"]),
    ("resources", &["engine", "framework", "twilio"]),
    ("provider", &["engine", "framework", "twilio", "resources"]),
];

/// Words that a folder must not have in its code: what the layer must not know.
const FORBIDDEN_WORDS: &[(&str, &[&str])] = &[
    ("framework", &["twilio", "Twilio"]),
    ("twilio", &["tonic", "prost", "tfplugin6"]),
    ("engine", &["tonic", "prost", "reqwest", "rmp"]),
    ("resources", &["tonic", "prost", "reqwest", "rmp"]),
];

/// Documents that name files of the project.
const DOCUMENTS: &[&str] = &["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "simulator/README.md"];

/// What they name that is yet to be made: by the reader of CONTRIBUTING.md, and by the fuzzer.
const NOT_YET: &[&str] = &[
    ".changes/queue.md",
    "examples/resources/twilio_queue/resource.tf",
    "fuzz/artifacts/",
    "src/resources/voice/queue.rs",
];

/// Runs the check over the sources.
///
/// # Errors
/// One line for each forbidden edge or word, with its place.
pub fn run() -> Result<()> {
    let mut findings = Vec::new();
    let source = root().join("src");
    for file in rust_files(&source)? {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let relative = file.strip_prefix(&source).unwrap_or(&file);
        if let Some(layer) = layer_of(relative) {
            findings.extend(
                check(layer, &text)?
                    .into_iter()
                    .map(|finding| format!("src/{}{finding}", relative.display())),
            );
        }
    }
    for file in rust_files(&root().join("simulator"))? {
        let text = fs::read_to_string(&file)?;
        if text.contains("terraform_provider_twilio") {
            findings.push(format!("{}: the simulator must not know the provider", file.display()));
        }
    }
    for document in DOCUMENTS {
        let path = root().join(document);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {document}"))?;
        let folder = path.parent().unwrap_or(&path);
        let missing = named_and_missing(folder, &text)?;
        findings.extend(
            missing
                .into_iter()
                .map(|path| format!("{document}: there is no {path}")),
        );
    }
    if !findings.is_empty() {
        bail!("layers know what they must not know:\n  {}", findings.join("\n  "));
    }
    Printer::new().good("each layer knows only what stands below it");
    Ok(())
}

/// Paths in a document that lead nowhere, neither from its own folder nor from the root. Words with a slash that are no path of
/// the project are left alone.
fn named_and_missing(folder: &Path, text: &str) -> Result<Vec<String>> {
    let path = Regex::new(
        r"`((?:src|tests|xtask|simulator|examples|docs|fuzz|benches|proto|\.changes|\.cargo)/[A-Za-z0-9_./-]*)`",
    )?;
    let named = path
        .captures_iter(text)
        .filter_map(|found| Some(found.get(1)?.as_str()));
    let missing =
        named.filter(|path| !NOT_YET.contains(path) && !root().join(path).exists() && !folder.join(path).exists());
    Ok(missing.map(str::to_owned).collect())
}

fn layer_of(relative: &Path) -> Option<&'static str> {
    let first = relative.components().next()?.as_os_str().to_str()?;
    LAYERS.iter().map(|(layer, _)| *layer).find(|layer| *layer == first)
}

/// The findings in one file: `:line: what`.
fn check(layer: &str, text: &str) -> Result<Vec<String>> {
    let allowed = LAYERS
        .iter()
        .find(|(name, _)| *name == layer)
        .map_or(&[][..], |(_, allowed)| allowed);
    let words = FORBIDDEN_WORDS
        .iter()
        .find(|(name, _)| *name == layer)
        .map_or(&[][..], |(_, words)| words);
    let edge = Regex::new(r"\bcrate::(\{[^;]*;|[a-z_]+)")?;
    let name = Regex::new(r"[a-z_]+")?;
    let code = without_comments(text);
    let line_of = |offset: usize| code[..offset].matches('\n').count() + 1;
    let mut findings = Vec::new();
    for found in edge.captures_iter(&code) {
        let Some(targets) = found.get(1) else { continue };
        for target in name.find_iter(targets.as_str()).map(|target| target.as_str()) {
            let is_layer = LAYERS.iter().any(|(name, _)| *name == target);
            if is_layer && target != layer && !allowed.contains(&target) {
                findings.push(format!(":{}: {layer} must not use {target}", line_of(targets.start())));
            }
        }
    }
    for word in words {
        for found in Regex::new(&format!(r"\b{word}\b"))?.find_iter(&code) {
            findings.push(format!(":{}: {layer} must not know {word}", line_of(found.start())));
        }
    }
    Ok(findings)
}

/// The text with its lines in place and line comments left out. The two slashes of a URL begin no comment.
fn without_comments(text: &str) -> String {
    let code = text.lines().map(|line| {
        let comment = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':'));
        comment.map_or(line, |(at, _)| &line[..at])
    });
    code.collect::<Vec<_>>().join("\n")
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(layer: &str, text: &str) -> usize {
        check(layer, text).expect("the patterns are valid").len()
    }

    #[test]
    fn an_edge_to_a_layer_above_is_found() {
        assert_eq!(findings("twilio", "use crate::engine::facts::table;"), 1);
        assert_eq!(findings("framework", "let x = crate::resources::voice::X;"), 1);
        assert_eq!(findings("engine", "use crate::framework::value::Value;"), 0);
        assert_eq!(findings("engine", "use crate::{framework, resources};"), 1);
        assert_eq!(
            findings(
                "engine",
                "use crate::{\n    framework::value::Value,\n    resources,\n};"
            ),
            1
        );
    }

    #[test]
    fn a_forbidden_word_in_code_is_found_and_in_a_comment_is_not() {
        assert_eq!(findings("framework", "let name = \"Twilio\";"), 1);
        assert_eq!(findings("framework", "// Twilio"), 0);
    }

    #[test]
    fn a_file_that_is_named_and_not_there_is_found() {
        let text = "See `src/engine/facts/mod.rs`, `src/engine/moved.rs`, `text/html` and `fuzz/artifacts/`.";
        assert_eq!(
            named_and_missing(&root(), text).expect("the pattern is valid"),
            ["src/engine/moved.rs"]
        );
    }

    #[test]
    fn the_projects_own_sources_are_tidy() {
        run().expect("the layers are kept");
    }
}
