//! What `simulator/clients` says about products: the lifecycle of an object of each resource, and how the clients name the resource.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Map, Value};
use twilio_simulator::contract::{Contract, Location, Operation};

use crate::process::root;

/// What happens to the objects of one resource. Two are made, read, listed, changed and deleted, unless it says otherwise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    /// The resource, as `resources.json` names it.
    pub on: String,
    /// Parameters of the create. `{n}` is another number for each object, `$account` the account, `$number.sid` a member of what
    /// `needs` made.
    #[serde(default)]
    pub make: Map<String, Value>,
    /// Objects of other resources that each object needs one of.
    #[serde(default)]
    pub needs: BTreeMap<String, Need>,
    /// What a new object reads where that is not what was sent, and further members.
    #[serde(default)]
    pub shows: Map<String, Value>,
    /// Parameters of the update.
    #[serde(default)]
    pub change: Map<String, Value>,
    /// What it reads after that where that is not what was sent.
    #[serde(default)]
    pub changed: Map<String, Value>,
    /// How many there may be, where it is one.
    #[serde(default = "two")]
    pub count: usize,
    /// The member that is the last part of its path, where that is not `sid`.
    #[serde(default = "sid")]
    pub key: String,
    /// Status and code after it was deleted, where they are not 404 and 20404.
    #[serde(default = "not_found")]
    pub gone: (u16, u32),
    /// It cannot be deleted, or not at once.
    #[serde(default)]
    pub stays: bool,
    /// It is there from the start, is read, and changed where `change` says how.
    #[serde(default)]
    pub settings: bool,
    /// What Twilio only shows: it is listed.
    #[serde(default)]
    pub reads: bool,
    /// Parts of the path above it that are no object's of these files.
    #[serde(default)]
    pub below_ids: Vec<String>,
    /// Lists with these parameters show the first object alone.
    #[serde(default)]
    pub found_by: Vec<Map<String, Value>>,
    /// Parameters that its list cannot do without.
    #[serde(default)]
    pub listed_with: Map<String, Value>,
    /// Parameters that say which one is fetched or deleted, where the path does not.
    #[serde(default)]
    pub asked_with: Option<Map<String, Value>>,
    /// Parameters that cannot be; where nothing is said the contract has some.
    #[serde(default)]
    pub refuses: Option<Map<String, Value>>,
    /// Why there is nothing that is refused.
    #[serde(default)]
    pub takes_all: Option<String>,
    /// Why it cannot be asked for one that nobody has made.
    #[serde(default)]
    pub unknown: Option<String>,
    /// Why no client lists it although there is a list.
    #[serde(default)]
    pub unlisted: Option<String>,
    /// Why a client does not make these calls, by client: `python`, `node` and so on, or `all`; `go.fetch` is one call alone. They are
    /// tried all the same, and must fail.
    #[serde(default)]
    pub left_out: BTreeMap<String, String>,
    /// What stands below the first object.
    #[serde(default)]
    pub below: Vec<Lifecycle>,
}

/// An object that another one needs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Its resource.
    pub on: String,
    /// Parameters of its create.
    #[serde(default)]
    pub make: Map<String, Value>,
}

/// How the clients name a resource.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Where Python has it, with the parts of the path that it is called with; Node writes the same in camel case.
    pub at: String,
    /// The host that serves it.
    pub host: String,
    /// Class of the Java client, without the packages that all have.
    pub java: String,
    /// Member of the Go client that has its operations.
    pub go: String,
    /// Operations of the contract by what they do: `create`, `fetch`, `update`, `list`, `delete`.
    pub operations: BTreeMap<String, String>,
}

impl Names {
    /// Host and path of the list, where objects of it are fetched by their SID and it stands below nothing but the account.
    pub fn collection(&self) -> Option<(&str, &'static str)> {
        let fetch = self.operation("fetch")?;
        let is_sid = fetch
            .params_in(Location::Path)
            .last()
            .is_some_and(|last| !last.sid.is_empty());
        self.listed().filter(|_| is_sid)
    }

    /// Host and path of the list, where it stands below nothing but the account.
    pub fn listed(&self) -> Option<(&str, &'static str)> {
        let path = self.operation("list")?.path.as_str();
        let is_top = !path.replace("{AccountSid}", "").contains('{');
        is_top.then_some((self.host.as_str(), path))
    }

    fn operation(&self, verb: &str) -> Option<&'static Operation> {
        let id = self.operations.get(verb)?;
        let version = self.at.split('.').nth(1).unwrap_or_default();
        Contract::published()
            .operations()
            .filter(|(spec, operation)| spec.host == self.host && operation.id == *id)
            .map(|(_, operation)| operation)
            .find(|operation| operation.is_v2010() || operation.path.starts_with(&format!("/{version}/")))
    }
}

fn two() -> usize {
    2
}

fn sid() -> String {
    "sid".to_owned()
}

fn not_found() -> (u16, u32) {
    (404, 20404)
}

/// The resources by name.
///
/// # Errors
/// When the file is not readable.
pub fn resources() -> Result<BTreeMap<String, Names>> {
    let path = root().join("simulator/clients/resources.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// The products with what happens to their objects.
///
/// # Errors
/// When a file is not readable.
pub fn products() -> Result<BTreeMap<String, Vec<Lifecycle>>> {
    let mut products = BTreeMap::new();
    for file in std::fs::read_dir(root().join("simulator/clients/products"))? {
        let path = file?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path)?;
        products.insert(
            name,
            serde_json::from_str(&text).with_context(|| path.display().to_string())?,
        );
    }
    Ok(products)
}
