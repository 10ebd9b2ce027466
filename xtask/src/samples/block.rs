//! Blocks of a configuration, and overrides of them.

use std::fmt;

use anyhow::{Result, bail, ensure};
use hcl::{Block as HclBlock, Body, Expression, Structure};

/// Where a resource or a data source is in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Whether it is only read.
    pub is_data: bool,
    /// Its type.
    pub type_name: String,
    /// Its name.
    pub name: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data = if self.is_data { "data." } else { "" };
        write!(f, "{data}{}.{}", self.type_name, self.name)
    }
}

/// A block of a resource or a data source.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it is.
    pub address: Address,
    /// Its arguments, without those that are Terraform's own.
    pub attributes: Vec<(String, Expression)>,
}

/// Arguments and blocks that Terraform itself reads, and that change nothing of the object.
const OF_TERRAFORM: &[&str] = &["depends_on", "lifecycle"];

impl Block {
    /// The blocks of a file.
    ///
    /// # Errors
    /// When it is no HCL, or has something else than resources and data sources.
    pub fn all(text: &str) -> Result<Vec<Self>> {
        let body: Body = hcl::parse(text)?;
        let structures = body.into_inner().into_iter();
        structures
            .map(|structure| match structure {
                Structure::Block(block) => Self::of(&block),
                Structure::Attribute(attribute) => bail!("{} stands outside of a block", attribute.key()),
            })
            .collect()
    }

    fn of(block: &HclBlock) -> Result<Self> {
        let kind = block.identifier();
        let [type_name, name] = block.labels() else {
            bail!("a block {kind} has no place in a sample: resources and data sources have");
        };
        ensure!(
            kind == "resource" || kind == "data",
            "a block {kind} has no place in a sample: resources and data sources have"
        );
        let address = Address {
            is_data: kind == "data",
            type_name: type_name.as_str().to_owned(),
            name: name.as_str().to_owned(),
        };
        let mut attributes = Vec::new();
        for structure in block.body().iter() {
            match structure {
                Structure::Block(inner) if OF_TERRAFORM.contains(&inner.identifier()) => {}
                Structure::Block(inner) => bail!("{address} has a block {}", inner.identifier()),
                Structure::Attribute(attribute) => match attribute.key() {
                    name @ ("count" | "for_each" | "provider") => bail!("{address} has {name}: a sample is one object"),
                    name if OF_TERRAFORM.contains(&name) => {}
                    name => attributes.push((name.to_owned(), attribute.expr().clone())),
                },
            }
        }
        Ok(Self { address, attributes })
    }

    /// As Terraform merges an override: an argument takes the place of the one of its name.
    #[must_use]
    pub fn overridden(&self, by: &Self) -> Self {
        let mut merged = self.clone();
        for (name, expression) in &by.attributes {
            match merged.attributes.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.clone_from(expression),
                None => merged.attributes.push((name.clone(), expression.clone())),
            }
        }
        merged
    }
}
