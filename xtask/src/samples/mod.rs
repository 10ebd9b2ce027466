//! Samples: for each resource one configuration in plain Terraform, in the folder of its example, with a change of it and what
//! can be taken out. The pages show it, and every test that needs something of each resource takes it from here: the real
//! Terraform reads the files as they are, and tests in this process evaluate them as it would.
//!
//! | File | What |
//! | --- | --- |
//! | `resource.tf` | What the page shows and is applied first. The first block is the one under test. |
//! | `changed.tf` | An override of that block: the attributes that change. |
//! | `removed.tf` | An override on top of it: `null` for what is taken out. |
//! | `another.tf` | An override of `resource.tf`: a second one beside it, where another name does not make one. |
//! | `sample.hcl` | What is not configuration: see [`Special`]. |
//!
//! A reference to a resource of another example brings that example along. What has no resource yet is a variable that
//! `sample.hcl` says how to make.

mod block;
mod catalogue;
mod drift;
mod evaluate;
pub mod fits;
mod references;
mod special;

pub use block::{Address, Block};
pub use catalogue::Samples;
pub use drift::Drift;
pub use evaluate::Scope;
pub use special::{Before, Special};

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use hcl::Expression;

/// The sample of a resource.
#[derive(Debug)]
pub struct Sample {
    /// The type of the resource.
    pub type_name: String,
    /// Where its files are.
    pub folder: PathBuf,
    /// What is not configuration.
    pub special: Special,
    blocks: Vec<Block>,
    changed: Block,
    removed: Option<Block>,
    another: Option<Block>,
}

impl Sample {
    /// Reads the sample in a folder that is named after its resource.
    ///
    /// # Errors
    /// When a file is missing or is not what its name says.
    pub fn read(folder: &Path) -> Result<Self> {
        read(folder).with_context(|| format!("the sample in {}", folder.display()))
    }

    /// What `resource.tf` has: the block under test, others of the same type, and data sources.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block under test, as it is applied first.
    pub fn first(&self) -> &Block {
        &self.blocks[0]
    }

    /// The same with the change.
    pub fn changed(&self) -> Block {
        self.first().overridden(&self.changed)
    }

    /// The attributes that the change changes, in the order of the file.
    pub fn changes(&self) -> impl Iterator<Item = &str> {
        self.changed.attributes.iter().map(|(name, _)| name.as_str())
    }

    /// The changed one with something taken out.
    pub fn removed(&self) -> Option<Block> {
        self.removed.as_ref().map(|removed| self.changed().overridden(removed))
    }

    /// The attributes of which something is taken out.
    pub fn removes(&self) -> impl Iterator<Item = &str> {
        let removed = self.removed.iter().flat_map(|block| &block.attributes);
        removed.map(|(name, _)| name.as_str())
    }

    /// A second one beside the first, where another name does not make one.
    pub fn another(&self) -> Option<Block> {
        self.another.as_ref().map(|another| self.first().overridden(another))
    }

    /// The attribute that shows the change, by the name that Twilio has for it too.
    pub fn witness(&self) -> &str {
        match &self.special.witness {
            Some(name) => name,
            None => &self.changed.attributes[0].0,
        }
    }

    /// Copies what is no configuration, as files and folders of uploads, into a folder.
    ///
    /// # Errors
    /// When something cannot be read or written.
    pub fn copy_other_files(&self, to: &Path) -> Result<()> {
        let is_configuration = |path: &Path| {
            let ending = path.extension().unwrap_or_default();
            ending == "tf" || ending == "hcl" || ending == "sh"
        };
        copy(&self.folder, to, &|path| !is_configuration(path))
    }
}

fn copy(from: &Path, to: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        let copied = to.join(path.file_name().unwrap_or_default());
        match path.is_dir() {
            true => copy(&path, &copied, is_wanted)?,
            false if is_wanted(&path) => drop(fs::copy(&path, copied)?),
            false => {}
        }
    }
    Ok(())
}

/// The files of a sample that mean something, and the commands of the page.
const KNOWN: &[&str] = &[
    "resource.tf",
    "changed.tf",
    "removed.tf",
    "another.tf",
    "sample.hcl",
    "import.sh",
];

/// Refuses what looks as if it meant something: a name that is misspelt would not be read.
fn refuse_unknown(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let ending = path.extension().unwrap_or_default();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        ensure!(
            (ending != "tf" && ending != "hcl" && ending != "sh") || KNOWN.contains(&&*name),
            "nobody reads {name}: the files of a sample are {}",
            KNOWN.join(", ")
        );
    }
    Ok(())
}

fn read(folder: &Path) -> Result<Sample> {
    refuse_unknown(folder)?;
    let type_name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = |file: &str| fs::read_to_string(folder.join(file)).with_context(|| format!("{file} cannot be read"));
    let mut blocks = Block::all(&text("resource.tf")?).context("resource.tf")?;
    // What is only read may stand before what it is read for.
    blocks.sort_by_key(|block| block.address.is_data);
    let Some(first) = blocks.first() else {
        bail!("resource.tf has no resource");
    };
    ensure!(
        first.address.type_name == type_name && !first.address.is_data,
        "the first resource of resource.tf is {}, not the {type_name} under test",
        first.address
    );
    for block in &blocks {
        ensure!(
            block.address.is_data || block.address.type_name == type_name,
            "{} belongs into the example of its own type, which a reference to it brings along",
            block.address
        );
    }
    let address = first.address.clone();
    let of_first = |file: &str| -> Result<Option<Block>> {
        if !folder.join(file).exists() {
            return Ok(None);
        }
        let mut blocks = Block::all(&text(file)?).context(file.to_owned())?;
        match (blocks.pop(), blocks.is_empty()) {
            (Some(block), true) if block.address == address && !block.attributes.is_empty() => Ok(Some(block)),
            _ => bail!("{file} is not one block {address} with the attributes in which it differs"),
        }
    };
    let special = match folder.join("sample.hcl").exists() {
        true => Special::read(&text("sample.hcl")?).context("sample.hcl")?,
        false => Special::default(),
    };
    let sample = Sample {
        changed: of_first("changed.tf")?.context("changed.tf cannot be read")?,
        removed: of_first("removed.tf")?,
        another: of_first("another.tf")?,
        folder: folder.to_owned(),
        type_name,
        special,
        blocks,
    };
    let changed = sample.changed();
    for (name, removed) in sample.removed.iter().flat_map(|block| &block.attributes) {
        let before = changed.attributes.iter().find(|(known, _)| known == name);
        ensure!(
            before.is_some_and(|(_, before)| takes_out(before, removed)),
            "removed.tf takes nothing out of {name}: it is null there, or less of what it was"
        );
    }
    Ok(sample)
}

/// Whether something that was there is not any more: the whole, an element, or something inside one.
fn takes_out(before: &Expression, after: &Expression) -> bool {
    match (before, after) {
        (Expression::Null, Expression::Null) => false,
        (_, Expression::Null) => true,
        (Expression::Array(before), Expression::Array(after)) => {
            after.len() < before.len() || before.iter().zip(after).any(|(before, after)| takes_out(before, after))
        }
        (Expression::Object(before), Expression::Object(after)) => before.iter().any(|(key, before)| {
            let after = after.get(key);
            after.is_none_or(|after| takes_out(before, after))
        }),
        (Expression::FuncCall(before), Expression::FuncCall(after)) => {
            let mut pairs = before.args.iter().zip(&after.args);
            before.name == after.name && pairs.any(|(before, after)| takes_out(before, after))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
