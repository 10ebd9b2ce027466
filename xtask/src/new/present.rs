//! What the checkout has already: resources and data sources of the same name, and resources of the same place.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::place::Place;

/// Refuses a name that a resource or a data source has already, in whatever folder that is: each resource has a data source of
/// its name.
///
/// # Errors
/// When the name is taken, or the sources cannot be read.
pub fn refuse_name(root: &Path, name: &str) -> Result<()> {
    let quoted = format!("name: \"{name}\"");
    if let Some(file) = tables_with(root, &quoted)?.first() {
        anyhow::bail!("{name} is taken: {file} is its table");
    }
    let example = format!("examples/resources/{name}");
    ensure!(
        !root.join(&example).exists(),
        "{name} is taken: it has an example in {example}. Remove the folder if nothing of it is needed"
    );
    Ok(())
}

/// The tables of what is at this place already, by their files. Two resources of one object write over each other.
///
/// # Errors
/// When the sources cannot be read.
pub fn at_place(root: &Path, place: &Place) -> Result<Vec<String>> {
    tables_with(root, &format!("\"{}\"", place.instance))
}

/// The files in `src/resources` that have this text in them.
fn tables_with(root: &Path, text: &str) -> Result<Vec<String>> {
    let folder = root.join("src/resources");
    let mut found = Vec::new();
    for product in entries(&folder)?.into_iter().filter(|path| path.is_dir()) {
        for file in entries(&product)?.into_iter().filter(|path| path.is_file()) {
            let source = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            if source.contains(text) {
                let name = file.strip_prefix(root).unwrap_or(&file);
                found.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}
