//! `cargo xtask docs`: the registry's pages and README's tables, from the tables, the schemas and the examples.
//!
//! What holds for all pages of a kind stands in its template in `xtask/templates`, what holds for one in its table and example;
//! The guides are written by hand and left alone, but for those to errors (`errors.rs`) and to coverage (`surface.rs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::output::Printer;
use crate::process::root;

mod errors;
mod pages;
mod readme;
mod schema;
mod surface;
pub mod templates;

use pages::KINDS;
use templates::Templates;

/// Options of `cargo xtask docs`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Write nothing; fail when a page is not as it would be written.
    #[arg(long)]
    check: bool,
}

impl Arguments {
    /// `--check`.
    pub fn check() -> Self {
        Self { check: true }
    }
}

/// Writes or checks the pages.
///
/// # Errors
/// With `--check`, when a page differs, is missing, or belongs to nothing; a missing example.
pub fn run(arguments: &Arguments) -> Result<()> {
    let pages = pages()?;
    let stale = stale_pages(&pages)?;
    if arguments.check {
        let different: Vec<_> = pages
            .iter()
            .filter(|(path, text)| fs::read_to_string(root().join(path)).ok().as_ref() != Some(text))
            .map(|(path, _)| path.display().to_string())
            .chain(
                stale
                    .iter()
                    .map(|path| format!("{} (belongs to nothing)", path.display())),
            )
            .collect();
        if !different.is_empty() {
            bail!(
                "these pages are not as the tables have them; run `cargo xtask docs`:\n  {}",
                different.join("\n  ")
            );
        }
        Printer::new().good(&format!("{} pages are as the tables have them", pages.len()));
        return Ok(());
    }
    for (path, text) in &pages {
        let path = root().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    for path in stale {
        fs::remove_file(root().join(path))?;
    }
    Printer::new().good(&format!("{} pages written", pages.len()));
    Ok(())
}

fn pages() -> Result<BTreeMap<PathBuf, String>> {
    let templates = Templates::read()?;
    let mut pages = pages::pages(&templates)?;
    pages.insert(readme::FILE.into(), readme::readme(&templates)?);
    pages.insert(errors::FILE.into(), errors::page(&templates)?);
    let contract = crate::new::contract(&root())?;
    pages.insert(surface::FILE.into(), surface::page(&templates, contract)?);
    pages.insert(surface::REASONS.into(), surface::reasons_in_use(contract)?);
    pages.insert("examples/testing/twilio.tfmock.hcl".into(), crate::mocks::file()?);
    Ok(pages)
}

fn stale_pages(pages: &BTreeMap<PathBuf, String>) -> Result<Vec<PathBuf>> {
    let mut stale = Vec::new();
    for kind in KINDS {
        let folder = Path::new("docs").join(kind.folder);
        let Ok(entries) = fs::read_dir(root().join(&folder)) else {
            continue;
        };
        for entry in entries {
            let path = folder.join(entry?.file_name());
            if !pages.contains_key(&path) {
                stale.push(path);
            }
        }
    }
    Ok(stale)
}
