//! All samples, and which of them need which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use super::{Address, Block, Sample};

/// The samples of some folders, by the names of their resources.
#[derive(Debug)]
pub struct Samples {
    samples: BTreeMap<String, Sample>,
}

impl Samples {
    /// Reads all samples in these folders.
    ///
    /// # Errors
    /// When one is not as a sample is, an address is in two, or something refers to what is in none.
    pub fn read(folders: &[&Path]) -> Result<Self> {
        let mut samples = BTreeMap::new();
        for folder in folders {
            let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
            for entry in entries {
                let path = entry?.path();
                if path.is_dir() {
                    let sample = Sample::read(&path)?;
                    samples.insert(sample.type_name.clone(), sample);
                }
            }
        }
        let all = Self { samples };
        for sample in all.iter() {
            all.needed_by(sample)?;
        }
        Ok(all)
    }

    /// All of them, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &Sample> {
        self.samples.values()
    }

    /// The sample of a resource.
    pub fn of(&self, type_name: &str) -> Option<&Sample> {
        self.samples.get(type_name)
    }

    /// The block at an address, and the sample that has it. A data source is the concern of the sample that reads it.
    ///
    /// # Errors
    /// When no sample has it.
    pub fn block<'a>(&'a self, reader: &'a Sample, address: &Address) -> Result<(&'a Sample, &'a Block)> {
        let sample = match address.is_data {
            true => Some(reader),
            false => self.of(&address.type_name),
        };
        let found = sample.and_then(|sample| {
            let mut blocks = sample.blocks().iter();
            Some((sample, blocks.find(|block| block.address == *address)?))
        });
        found.with_context(|| format!("{} refers to {address}, which no sample has", reader.type_name))
    }

    /// The blocks that some blocks of a sample refer to, at any remove, each after those that it refers to itself.
    ///
    /// # Errors
    /// When no sample has one of them, or they go round in a circle.
    pub fn before<'a>(&'a self, sample: &'a Sample, blocks: &[&Block]) -> Result<Vec<(&'a Sample, &'a Block)>> {
        let mut order = Vec::new();
        for block in blocks {
            let mut above = vec![block.address.clone()];
            self.collect(sample, block, &mut above, &mut order)?;
        }
        Ok(order)
    }

    fn collect<'a>(
        &'a self,
        sample: &'a Sample,
        block: &Block,
        above: &mut Vec<Address>,
        order: &mut Vec<(&'a Sample, &'a Block)>,
    ) -> Result<()> {
        let references = block.references();
        for address in references.with_context(|| block.address.to_string())? {
            if order.iter().any(|(_, known)| known.address == address) {
                continue;
            }
            ensure!(
                !above.contains(&address),
                "{} and {address} refer to each other",
                block.address
            );
            let (owner, found) = self.block(sample, &address)?;
            above.push(address);
            self.collect(owner, found, above, order)?;
            above.pop();
            order.push((owner, found));
        }
        Ok(())
    }

    /// The samples whose files a sample needs beside its own, at any remove.
    ///
    /// # Errors
    /// As [`Self::before`].
    pub fn needed_by<'a>(&'a self, sample: &'a Sample) -> Result<BTreeSet<&'a str>> {
        let mut needed = BTreeSet::new();
        let mut waiting = vec![sample];
        while let Some(sample) = waiting.pop() {
            let overridden = [Some(sample.changed()), sample.removed(), sample.another()];
            let overridden: Vec<_> = overridden.into_iter().flatten().collect();
            let blocks: Vec<_> = sample.blocks().iter().chain(&overridden).collect();
            for (owner, block) in self.before(sample, &blocks)? {
                if !block.address.is_data && owner.type_name != sample.type_name && needed.insert(&*owner.type_name) {
                    waiting.push(owner);
                }
            }
        }
        if needed.contains(&*sample.type_name) {
            bail!("the sample of {} needs itself", sample.type_name);
        }
        Ok(needed)
    }
}
