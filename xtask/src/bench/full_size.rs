//! A provider as large as the whole of Twilio, to measure what that costs: the shipped one with copies of its tables, each a
//! crate with names and texts of its own, so that neither compiler nor linker finds two alike.
//!
//! It is written below `target/` and never shipped. A copy is the source text of the tables, whatever they are made of; all
//! that is taken for granted is that `provider::offered` lists them as `RESOURCES` and `DATA_SOURCES`, and that names begin
//! with `twilio_`. Hooks are copied with their tables, so the binary has more code than tables without hooks would make.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};

use super::texts::with_each_text;
use crate::process::{build_manifest, root};

/// How many there are to be, in all.
const WANTED_RESOURCES: usize = 144;
const WANTED_DATA_SOURCES: usize = 300;

/// The name of the package and its binary.
const NAME: &str = "full-size-provider";

/// Writes the package and builds it with the release profile.
///
/// # Errors
/// When a file cannot be read or written, or the build fails.
pub fn build() -> Result<PathBuf> {
    let place = root().join("target/full-size");
    write(&place)?;
    build_manifest(&place.join("Cargo.toml"), NAME)
}

/// How often a list must be there, the shipped one counted, to have `wanted` entries.
fn times(wanted: usize, shipped: usize) -> usize {
    wanted.div_ceil(shipped.max(1))
}

fn write(place: &Path) -> Result<()> {
    let manifest = read(&root().join("Cargo.toml"))?;
    let with_resources = times(WANTED_RESOURCES, RESOURCES.len());
    // The others follow from the tables of the resources.
    let wanted_data_sources = WANTED_DATA_SOURCES.saturating_sub(with_resources * followed());
    let copies = with_resources.max(times(wanted_data_sources, DATA_SOURCES.len()));
    let mut offering = String::new();
    let mut crates = String::new();
    for copy in 1..copies {
        let name = format!("copy{copy:02}");
        crates.push_str(&format!("{name} = {{ path = \"{name}\" }}\n"));
        let resources = if copy < with_resources {
            first(
                WANTED_RESOURCES,
                copy,
                RESOURCES.len(),
                &format!("{name}::offered::RESOURCES"),
            )
        } else {
            "&[]".to_owned()
        };
        let data_sources = first(
            wanted_data_sources,
            copy,
            DATA_SOURCES.len(),
            &format!("{name}::offered::DATA_SOURCES"),
        );
        offering.push_str(&format!("        .offering({resources}, {data_sources})\n"));
        write_copy(&place.join(&name), &name, &manifest)?;
    }
    let binary = format!(
        "[package]\nname = \"{NAME}\"\nversion.workspace = true\nedition.workspace = true\nrepository.workspace = true\n\n\
         [dependencies]\n{}tokio.workspace = true\n{crates}\n",
        shipped()
    );
    let workspace = ["[workspace.package]", "[workspace.dependencies]", "[profile.release]"]
        .map(|heading| section(&manifest, heading))
        .into_iter()
        .collect::<Result<String>>()?;
    write_changed(
        &place.join("Cargo.toml"),
        &format!("{binary}[workspace]\nresolver = \"3\"\n\n{workspace}"),
    )?;
    // The same versions as are shipped.
    write_changed(&place.join("Cargo.lock"), &read(&root().join("Cargo.lock"))?)?;
    write_changed(
        &place.join("src/main.rs"),
        &format!(
            "use std::process::ExitCode;\n\nuse terraform_provider_twilio::command_line;\n\
             use terraform_provider_twilio::provider::TwilioProvider;\n\nfn main() -> ExitCode {{\n    \
             let provider = TwilioProvider::default()\n{offering};\n    command_line::run(provider)\n}}\n"
        ),
    )
}

/// The line of a manifest that brings the shipped provider in, with its layers open.
fn shipped() -> String {
    format!(
        "terraform-provider-twilio = {{ path = {:?}, features = [\"internals\"] }}\n",
        root()
    )
}

/// How many data sources follow from the shipped resources.
fn followed() -> usize {
    let lists = RESOURCES.iter().filter(|table| table.object.plural.is_some()).count();
    RESOURCES.len() + lists
}

/// What the copy with this number offers of a list: nothing beyond what is wanted in all.
fn first(wanted: usize, copy: usize, shipped: usize, list: &str) -> String {
    let left = wanted.saturating_sub(copy * shipped);
    if left >= shipped {
        list.to_owned()
    } else {
        format!("{list}.split_at({left}).0")
    }
}

/// A crate with copies of the tables.
fn write_copy(place: &Path, name: &str, manifest: &str) -> Result<()> {
    let mut dependencies = section(manifest, "[dependencies]")?;
    dependencies.push_str(&shipped());
    copy_folder("resources", place, name)?;
    let offered = copied(&read(&root().join("src/provider/offered.rs"))?, name);
    write_changed(&place.join("src/offered.rs"), &offered)?;
    write_changed(
        &place.join("src/lib.rs"),
        "#![allow(warnings)]\npub use terraform_provider_twilio::{engine, framework, functions, twilio};\npub mod offered;\n\
             pub mod resources;\n",
    )?;
    write_changed(
        &place.join("Cargo.toml"),
        &format!("[package]\nname = \"{name}\"\nversion.workspace = true\nedition.workspace = true\n\n{dependencies}"),
    )
}

/// Copies the Rust files of `src/folder`.
fn copy_folder(folder: &str, place: &Path, name: &str) -> Result<()> {
    let source = root().join("src");
    let mut folders = vec![source.join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let to = place.join("src").join(path.strip_prefix(&source)?);
                write_changed(&to, &copied(&read(&path)?, name))?;
            }
        }
    }
    Ok(())
}

/// Source text with names and sentences that no other copy has.
fn copied(source: &str, copy: &str) -> String {
    with_each_text(source, |text| {
        if is_type_name(text) {
            return Some(format!("{text}_{copy}"));
        }
        let space = between_words(text)?;
        Some(format!("{} {copy}{}", &text[..space], &text[space..]))
    })
}

fn is_type_name(text: &str) -> bool {
    let is_name = |rest: &str| {
        rest.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    text.strip_prefix("twilio_")
        .is_some_and(|rest| !rest.is_empty() && is_name(rest))
}

/// The first space that two words have between them: what has one is for people.
fn between_words(text: &str) -> Option<usize> {
    text.as_bytes()
        .windows(3)
        .position(|bytes| bytes[0].is_ascii_alphabetic() && bytes[1] == b' ' && bytes[2].is_ascii_lowercase())
        .map(|position| position + 1)
}

/// The section of a manifest under `heading`, with it.
fn section(manifest: &str, heading: &str) -> Result<String> {
    let (_, rest) = manifest
        .split_once(&format!("{heading}\n"))
        .with_context(|| format!("Cargo.toml has no {heading}"))?;
    let body = rest.split("\n[").next().unwrap_or(rest).trim_end();
    Ok(format!("{heading}\n{body}\n\n"))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file unless it is like this already: what did not change is not built again.
fn write_changed(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_names_and_sentences_of_its_own() {
        let source = "const NAME: &str = \"twilio_queue\"; // \"not a text\"\nconst DOC: &str = \"A queue of callers.\";\nconst PATH: &str = \"FriendlyName\";";
        assert_eq!(
            copied(source, "copy07"),
            "const NAME: &str = \"twilio_queue_copy07\"; // \"not a text\"\nconst DOC: &str = \"A copy07 queue of callers.\";\n\
             const PATH: &str = \"FriendlyName\";"
        );
    }

    #[test]
    fn the_last_copy_offers_what_is_still_wanted() {
        assert_eq!((times(144, 12), times(300, 7)), (12, 43));
        assert_eq!(first(300, 41, 7, "L"), "L");
        assert_eq!(first(300, 42, 7, "L"), "L.split_at(6).0");
    }

    #[test]
    fn sections_of_a_manifest_end_where_the_next_begins() {
        let manifest = "[a]\nx = 1\n\n[b]\ny = [\"z\"]\nz = 2\n\n[c]\n";
        assert_eq!(
            section(manifest, "[b]").expect("it is there"),
            "[b]\ny = [\"z\"]\nz = 2\n\n"
        );
        assert!(section(manifest, "[d]").is_err());
    }
}
