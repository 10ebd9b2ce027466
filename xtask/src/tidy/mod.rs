//! `cargo xtask tidy`: each layer uses only what stands below it.
//!
//! And each room of the engine, each file that a document names is there, comments, pages and names are in the field's words
//! ([`vocabulary`]), nothing generated is left unread ([`drafts`]), and what the simulator says of Twilio has a source
//! ([`crate::coverage`]).
//!
//! The check reads the syntax of the sources, and follows what a path stands for: through `super`, through other names, stars and
//! re-exports, and inside macros. `ARCHITECTURE.md` has the same tables in words.

mod crates;
pub mod drafts;
mod ignored;
mod syntax;
mod vocabulary;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use regex::Regex;

use self::crates::Crate;
use self::vocabulary::Vocabulary;
use crate::ci::{SINCE, UNTIL};
use crate::coverage;
use crate::output::Printer;
use crate::process::root;

/// A folder of the provider, and the layers that it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("plugin", &[]),
    ("framework", &["plugin"]),
    ("twilio", &[]),
    ("engine", &["framework", "twilio"]),
    ("resources", &["engine", "framework", "twilio"]),
    ("functions", &["engine", "framework", "twilio", "resources"]),
    ("provider", &["engine", "framework", "twilio", "resources", "functions"]),
    ("command_line", &["plugin", "framework", "provider"]),
];

/// A crate of its own that stands beside the layers: it may name only the crate's one door.
const BINARY: &str = "main";

/// The rooms of a layer that has some, each of which may use those before it.
const ROOMS: &[(&str, &[&str])] = &[(
    "engine",
    &["facts", "values", "errors", "sharing", "operations", "older", "serve"],
)];

/// Words that a folder must not have in its code, as patterns: what the layer must not know. Those without bounds are found inside
/// longer names, too.
const FORBIDDEN_WORDS: &[(&str, &[&str])] = &[
    ("framework", &["(?i:twilio)"]),
    ("twilio", &["tonic", "prost", "tfplugin6"]),
    ("engine", &["tonic", "prost", "reqwest", r"\brmp(?:v|s|_serde)?\b"]),
    ("resources", &["tonic", "prost", "reqwest", r"\brmp(?:v|s|_serde)?\b"]),
    ("functions", &["tonic", "prost", "reqwest", r"\brmp(?:v|s|_serde)?\b"]),
];

/// What the simulator must not know.
const PROVIDER: &[&str] = &["terraform_provider_twilio"];

/// Documents that name files of the project.
const DOCUMENTS: &[&str] = &["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "simulator/README.md"];

/// What they name that is yet to be made: by the reader of CONTRIBUTING.md, and by the fuzzer.
const NOT_YET: &[&str] = &[
    ".changes/queue.md",
    "examples/functions/NAME/function.tf",
    "examples/resources/twilio_queue/",
    "examples/resources/twilio_queue/resource.tf",
    "examples/resources/twilio_x/",
    "fuzz/artifacts/",
    "src/resources/voice/queue.rs",
];

/// Runs the check over the sources.
///
/// # Errors
/// One line for each forbidden edge or word, with its place.
pub fn run() -> Result<()> {
    let groups: Vec<_> = groups(&root())?
        .into_iter()
        .filter(|(_, findings)| !findings.is_empty())
        .map(|(heading, findings)| format!("{heading}:\n  {}", findings.join("\n  ")))
        .collect();
    if !groups.is_empty() {
        bail!("not tidy\n{}", groups.join("\n"));
    }
    Printer::new().good("each layer knows only what stands below it");
    Ok(())
}

/// Findings of a kind, below the words that head them.
type Group = (&'static str, Vec<String>);

/// All findings in the checkout at `root`.
fn groups(root: &Path) -> Result<Vec<Group>> {
    let files = texts(&root.join("src"))?;
    let mut layers = check(&files)?;
    for (file, text) in texts(&root.join("simulator"))? {
        let known = words::found(&text, PROVIDER)?;
        let known = known
            .into_iter()
            .map(|(line, _)| format!("simulator/{file}:{line}: the simulator must not know the provider"));
        layers.extend(known);
    }
    let manifest = fs::read_to_string(root.join("simulator/Cargo.toml"))?;
    if manifest.contains("terraform-provider-twilio") {
        layers.push("simulator/Cargo.toml: the simulator must not know the provider".to_owned());
    }
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let path = root.join(document);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {document}"))?;
        let folder = path.parent().unwrap_or(&path);
        let named = named_and_missing(root, folder, &text)?.into_iter();
        missing.extend(named.map(|path| format!("{document}: there is no {path}")));
    }
    let mut tests = Vec::new();
    for folder in ["tests", "simulator", "xtask", "src"] {
        let files = texts(&root.join(folder))?.into_iter();
        tests.extend(files.map(|(file, text)| (format!("{folder}/{file}"), text)));
    }
    Ok(vec![
        ("layers know what they must not know", layers),
        ("documents name files that are not there", missing),
        (
            "tests that are never run",
            ignored::findings(&tests, &[SINCE, UNTIL].concat())?,
        ),
        (
            "the simulator says something of Twilio without a source",
            coverage::findings()?,
        ),
        ("words that the field has others for", retired_words(root, &files)?),
        (
            "generated texts that nobody has read: put your own words in place of each",
            unread(root)?,
        ),
    ])
}

/// What `cargo xtask new` wrote and nobody has read, in tables and in samples.
pub(crate) fn unread(root: &Path) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for folder in ["src/resources", "examples"] {
        for (file, text) in texts_of(&root.join(folder), &["rs", "tf", "hcl"])? {
            findings.extend(drafts::found(&format!("{folder}/{file}"), &text));
        }
    }
    Ok(findings)
}

/// Words of a vocabulary of one's own: in comments of the provider, whose sources are given, of the simulator and of the commands, in
/// documents, and in names anywhere.
fn retired_words(root: &Path, provider: &[(String, String)]) -> Result<Vec<String>> {
    let vocabulary = Vocabulary::new()?;
    let mut findings = Vec::new();
    for (file, text) in provider {
        let place = format!("src/{file}");
        findings.extend(vocabulary.in_comments(&place, text).with_context(|| place.clone())?);
        findings.extend(vocabulary.in_names(&place, text).with_context(|| place.clone())?);
    }
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).with_context(|| format!("cannot read {document}"))?;
        findings.extend(vocabulary.in_document(document, &text));
    }
    for folder in ["tests", "benches", "simulator", "xtask/src"] {
        for (file, text) in texts(&root.join(folder))? {
            let place = format!("{folder}/{file}");
            findings.extend(vocabulary.in_names(&place, &text).with_context(|| place.clone())?);
            findings.extend(vocabulary.in_comments(&place, &text).with_context(|| place.clone())?);
        }
    }
    Ok(findings)
}

/// The findings in the crate of these files, which are named from `src` on.
fn check(files: &[(String, String)]) -> Result<Vec<String>> {
    let sources = Crate::read(files)?;
    let mut findings = Vec::new();
    for (module, file) in sources.modules() {
        let place = |line: usize| format!("src/{file}:{line}");
        findings.extend(module.moved.iter().map(|line| {
            format!(
                "{}: a module stands in the file of its name, not in another by `#[path]` or `include!`",
                place(*line)
            )
        }));
        findings.extend(module.unscoped.iter().map(|line| {
            format!(
                "{}: a macro is named by its path (`pub(crate) use`), so that it is seen who uses it",
                place(*line)
            )
        }));
        let Some(first) = module.path.first().filter(|first| *first != BINARY) else {
            continue;
        };
        let Some((layer, allowed)) = find(LAYERS, first) else {
            findings.push(format!("{}: {first} is in no layer", place(1)));
            continue;
        };
        if let Some(room) = no_room(&module.path) {
            findings.push(format!("{}: {layer}::{room} is in no room of {layer}", place(1)));
        }
        for (path, line) in &module.named {
            let Some(target) = sources.resolve(module, path) else {
                continue;
            };
            let Some(used) = target.first() else { continue };
            if used != layer && !allowed.contains(&used.as_str()) {
                findings.push(format!("{}: {layer} must not use {used}", place(*line)));
            }
            if let Some((room, above)) = room_above(&module.path, &target) {
                findings.push(format!(
                    "{}: {layer}::{room} must not use {layer}::{above}",
                    place(*line)
                ));
            }
        }
    }
    for (file, text) in files {
        let Some((layer, words)) = file.split('/').next().and_then(|first| find(FORBIDDEN_WORDS, first)) else {
            continue;
        };
        let found = words::found(text, words).with_context(|| format!("src/{file} cannot be read"))?;
        findings.extend(
            found
                .into_iter()
                .map(|(line, word)| format!("src/{file}:{line}: {layer} must not know {word}")),
        );
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// The row of a table with this name.
fn find<'a>(table: &[(&'a str, &'a [&'a str])], name: &str) -> Option<(&'a str, &'a [&'a str])> {
    table.iter().find(|(row, _)| *row == name).copied()
}

/// The folder of a module whose layer has rooms, if it is none of them.
fn no_room(module: &[String]) -> Option<&str> {
    let (_, rooms) = find(ROOMS, module.first()?)?;
    let room = module.get(1)?.as_str();
    (!rooms.contains(&room)).then_some(room)
}

/// The room of a module and what it uses of its layer, where that is above its own room, or stands in none: what is in no room may
/// use all of them.
fn room_above<'a>(module: &'a [String], target: &'a [String]) -> Option<(&'a str, &'a str)> {
    let (own, used) = (module.first()?, target.first()?);
    let (_, rooms) = find(ROOMS, own).filter(|_| own == used)?;
    let (room, other) = (module.get(1)?.as_str(), target.get(1)?.as_str());
    let position = |name: &str| rooms.iter().position(|known| *known == name);
    let is_above = position(other).is_none_or(|other| position(room).is_some_and(|own| other > own));
    is_above.then_some((room, other))
}

/// Paths in a document that lead nowhere, neither from its own folder nor from the root. Words with a slash that are no path of
/// the project are left alone.
fn named_and_missing(root: &Path, folder: &Path, text: &str) -> Result<Vec<String>> {
    let path = Regex::new(
        r"`((?:src|tests|xtask|simulator|examples|docs|fuzz|benches|proto|\.changes|\.cargo)/[A-Za-z0-9_./-]*)`",
    )?;
    let named = path
        .captures_iter(text)
        .filter_map(|found| Some(found.get(1)?.as_str()));
    let missing =
        named.filter(|path| !NOT_YET.contains(path) && !root.join(path).exists() && !folder.join(path).exists());
    Ok(missing.map(str::to_owned).collect())
}

/// The Rust files of a folder, each by its path below it, with its text.
pub(crate) fn texts(folder: &Path) -> Result<Vec<(String, String)>> {
    texts_of(folder, &["rs"])
}

/// The files of a folder whose names end in one of these ways.
fn texts_of(folder: &Path, endings: &[&str]) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for file in files_of(folder, endings)? {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let names = file.strip_prefix(folder).unwrap_or(&file).components();
        let names: Vec<_> = names.map(|name| name.as_os_str().to_string_lossy()).collect();
        texts.push((names.join("/"), text));
    }
    Ok(texts)
}

fn files_of(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_of(&path, endings)?);
        } else if path
            .extension()
            .is_some_and(|extension| endings.iter().any(|ending| extension == *ending))
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests;
