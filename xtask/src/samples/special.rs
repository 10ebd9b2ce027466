//! `sample.hcl`: what a sample has that is not Terraform configuration. Most need none.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use hcl::{Body, Structure};
use serde::Deserialize;
use serde_json::Value as Json;

/// What is not configuration. Each part can be left out.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Special {
    /// What must be in Twilio before anything is applied, in order. Written as blocks `before "name"`.
    #[serde(skip)]
    pub before: Vec<Before>,
    /// What somebody sets at Twilio, by Twilio's names. Otherwise what the change changed is put back.
    pub drift: BTreeMap<String, Json>,
    /// The attributes in which a plan shows that. Otherwise those of the change.
    pub drift_shows: Vec<String>,
    /// The attribute that shows the change, by the name that Twilio has for it too. Otherwise the first that changes.
    pub witness: Option<String>,
    /// `false` where Twilio cannot have two that are the same in everything, and its table does not say so.
    pub twins: Option<bool>,
    /// Further ids that import it, `{attribute}` in place of what the state has, beside those that follow from its table.
    pub imports: Vec<String>,
}

/// Something that must be in Twilio before, and that no resource makes (yet). Its SID is the variable of its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// The name of the variable.
    #[serde(skip)]
    pub name: String,
    /// Twilio's host.
    pub host: String,
    /// Path of the collection: `{account_sid}`, and `{name}` for the SID of one before.
    pub path: String,
    /// Twilio's names and values.
    #[serde(default)]
    pub form: BTreeMap<String, String>,
    /// Whether nobody can make it by a request, so that it is put there by the local Twilio itself.
    #[serde(default)]
    pub put_there: bool,
}

impl Special {
    /// Out of the text of the file.
    ///
    /// # Errors
    /// When it has something that means nothing here.
    pub fn read(text: &str) -> Result<Self> {
        let body: Body = hcl::parse(text)?;
        let (mut before, mut rest) = (Vec::new(), Vec::new());
        for structure in body.into_inner() {
            let block = match structure {
                Structure::Attribute(attribute) => {
                    rest.push(Structure::Attribute(attribute));
                    continue;
                }
                Structure::Block(block) => block,
            };
            let ("before", [name]) = (block.identifier(), block.labels()) else {
                bail!("a block {} means nothing in a sample", block.identifier());
            };
            let name = name.as_str().to_owned();
            let made: Before = hcl::from_body(block.body().clone()).with_context(|| format!("before {name:?}"))?;
            before.push(Before { name, ..made });
        }
        let special: Self = hcl::from_body(Body::from(rest))?;
        Ok(Self { before, ..special })
    }
}

impl Before {
    /// Its path with what the variables have.
    pub fn path(&self, variables: &BTreeMap<String, Json>) -> String {
        let variables = variables.iter();
        variables.fold(self.path.clone(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
        })
    }
}
