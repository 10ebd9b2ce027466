//! Facts of Twilio's published API: the types of `simulator/contract/*.json`, and the table of all operations.
//!
//! The files are written by `cargo xtask contract` from Twilio's OpenAPI files and compiled in. They hold names, types,
//! enums, lengths, patterns, success codes and paging; no descriptions. [`Contract::published`] is the whole of it; start at
//! [`Contract::route`] (which operation answers a request) and [`Operation`].

mod files;
mod limits;
mod names;
mod resource;
mod route;
mod shape;

use files::File;
pub use limits::{Worded, WordedLimit, all_worded, worded};
pub use names::snake_case;
pub(crate) use resource::anonymous;
pub use resource::{Resource, split_instance};
pub(crate) use route::canonical_host;
pub use route::{Route, RouteError};
pub use shape::{Discriminator, Field, Kind, Location};

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// One contract file: what Twilio publishes for one version of one product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    /// Where the facts come from.
    pub source: Source,
    /// Host that serves the product, for example `messaging.twilio.com`.
    pub host: String,
    /// Host of the objects that the operations are about, where it is another: hosts for uploads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serves: Option<String>,
    /// Operations, ordered by path and method.
    pub operations: Vec<Operation>,
    /// Named shapes that operations and other shapes refer to.
    pub schemas: BTreeMap<String, Field>,
}

/// Origin of a contract file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// npm package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// OpenAPI file inside the package's folder of services.
    pub file: String,
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Twilio's operation id.
    pub id: String,
    /// HTTP method in capitals.
    pub method: String,
    /// Path template as published, `.json` included where the API has it.
    pub path: String,
    /// What it does.
    pub kind: OperationKind,
    /// Twilio's own classification of the path: `list` or `instance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_type: Option<String>,
    /// Twilio's own name of the parent path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Kind of request body.
    #[serde(default, skip_serializing_if = "Content::is_none")]
    pub content: Content,
    /// Parameters: path, query, header and body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Field>,
    /// Shape of a JSON body that is not a plain object of parameters (alternatives, free members).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Field>,
    /// Success statuses, the one a plain request gets first.
    pub status: Vec<u16>,
    /// Shape of the response, for a list that of one item; absent where it has no body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Field>,
    /// How a list answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<Listing>,
    /// Names under `links` or `subresource_uris` in the responses, and where they lead: below the object (`Statistics`), on the same
    /// host with fields of the object (`/v1/Workspaces/{workspace_sid}`), on another host (`https://…`), or empty if that is
    /// not known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, String>,
    /// Maturity words, for example `Preview`, `Deprecated`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maturity: Vec<String>,
}

/// What an operation does to its resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OperationKind {
    /// Makes a new object.
    Create,
    /// Shows one object.
    Read,
    /// Changes one object.
    Update,
    /// Removes one object.
    Delete,
    /// Shows many objects.
    List,
    /// Does something else (validate, restore, …).
    Action,
}

/// Kind of request body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// No body.
    #[default]
    None,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/json`, or a JSON dialect such as SCIM.
    Json,
    /// `multipart/form-data`; parameters of the format `binary` are files.
    Multipart,
    /// The file itself, of whatever content type, or the first file of a `multipart/form-data`: the parameter of the format `binary`.
    File,
}

impl Content {
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// How a list operation answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// Member of the response that holds the items.
    pub key: String,
    /// Paging style.
    pub paging: Paging,
    /// Largest `PageSize`, where published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_page_size: Option<u64>,
    /// Members of `meta` where they are not the usual ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meta: Vec<String>,
    /// Further members of the response beside items and paging.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<Field>,
}

/// Paging style of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paging {
    /// Flat, host-relative `next_page_uri` (2010-04-01).
    V2010,
    /// `meta` with absolute `next_page_url`.
    Meta,
    /// `meta` with `nextToken`.
    Token,
    /// Everything in one answer.
    None,
}

impl Operation {
    /// The path template without `.json`; objects are stored under paths of this form.
    pub fn template(&self) -> &str {
        self.path.strip_suffix(".json").unwrap_or(&self.path)
    }

    /// Parameters at one place.
    pub fn params_in(&self, location: Location) -> impl Iterator<Item = &Field> {
        self.params.iter().filter(move |field| field.location == Some(location))
    }

    /// The status of a plain success.
    pub fn success(&self) -> u16 {
        self.status.first().copied().unwrap_or(200)
    }

    /// Whether the path belongs to the 2010-04-01 API.
    pub fn is_v2010(&self) -> bool {
        self.path.starts_with("/2010-04-01/")
    }
}

/// All published operations. A product's files are read when the product is first asked for.
#[derive(Debug)]
pub struct Contract {
    files: Vec<File>,
    /// By host.
    routes: HashMap<String, OnceLock<route::HostRoutes>>,
    /// By host of the objects.
    resources: BTreeMap<String, OnceLock<BTreeMap<String, Resource>>>,
}

impl Contract {
    /// The contract that is compiled in.
    pub fn published() -> &'static Self {
        static PUBLISHED: OnceLock<Contract> = OnceLock::new();
        PUBLISHED.get_or_init(|| Self::of(files::compiled_in()))
    }

    /// A contract of the given files, by name.
    pub fn new(specs: Vec<(String, Spec)>) -> Self {
        Self::of(specs.into_iter().map(|(name, spec)| File::read(name, spec)).collect())
    }

    fn of(files: Vec<File>) -> Self {
        let hosts = files.iter().map(|file| (file.host().to_owned(), OnceLock::new()));
        let homes = files.iter().map(|file| (file.home().to_owned(), OnceLock::new()));
        Self {
            routes: hosts.collect(),
            resources: homes.collect(),
            files,
        }
    }

    /// The files by name, for example `twilio_messaging_v1`.
    pub fn specs(&self) -> impl Iterator<Item = (&str, &Spec)> {
        self.files.iter().map(|file| (file.name(), file.spec()))
    }

    /// Every operation with its host and file.
    pub fn operations(&self) -> impl Iterator<Item = (&Spec, &Operation)> {
        operations(self.files.iter())
    }

    /// The operation of a host at a published path template (with or without `.json`).
    pub fn operation(&self, host: &str, method: &str, template: &str) -> Option<(&Spec, &Operation)> {
        let template = template.strip_suffix(".json").unwrap_or(template);
        operations(self.files.iter().filter(|file| file.host() == host))
            .find(|(_, operation)| operation.method == method && operation.template() == template)
    }

    /// All resources by host and template.
    pub fn resources(&'static self) -> impl Iterator<Item = &'static Resource> {
        self.resources.keys().flat_map(|host| self.resources_of(host))
    }

    /// The resources of one host by template.
    pub fn resources_of(&'static self, host: &str) -> impl Iterator<Item = &'static Resource> + use<> {
        self.grouped(host).into_iter().flat_map(BTreeMap::values)
    }

    /// The resource of a collection template or own path; names of path parameters do not matter.
    pub fn resource(&'static self, host: &str, template: &str) -> Option<&'static Resource> {
        self.grouped(host)?.get(&anonymous(template))
    }

    /// The resource that an operation belongs to.
    pub fn resource_of(&'static self, host: &str, operation: &Operation) -> Option<&'static Resource> {
        let template = operation.template();
        // A path that ends in a parameter may be a collection too: what is created there has a further key.
        if operation.kind == OperationKind::Create
            && let Some(collection) = self.resource(host, template)
        {
            return Some(collection);
        }
        self.resource(
            host,
            split_instance(template).map_or(template, |(collection, _)| collection),
        )
    }

    fn grouped(&'static self, host: &str) -> Option<&'static BTreeMap<String, Resource>> {
        let (host, resources) = self.resources.get_key_value(host)?;
        let own = || self.files.iter().filter(|file| file.home() == host);
        Some(resources.get_or_init(|| resource::group(|| operations(own()))))
    }
}

/// Every operation of some files.
fn operations<'c>(files: impl Iterator<Item = &'c File>) -> impl Iterator<Item = (&'c Spec, &'c Operation)> {
    files
        .map(File::spec)
        .flat_map(|spec| spec.operations.iter().map(move |operation| (spec, operation)))
}

impl Spec {
    /// Host of the objects.
    pub fn home(&self) -> &str {
        self.serves.as_deref().unwrap_or(&self.host)
    }

    /// Follows a reference; a shape that is no reference is returned as it is.
    pub fn resolve<'a>(&'a self, field: &'a Field) -> &'a Field {
        let mut field = field;
        // References to references are at most a few deep in Twilio's files; the bound only stops a damaged file.
        for _ in 0..16 {
            match field.reference.as_deref().and_then(|name| self.schemas.get(name)) {
                Some(target) => field = target,
                None => break,
            }
        }
        field
    }

    /// Members of an operation's answer; for a list, of its items.
    pub fn answer_fields<'a>(&'a self, operation: &'a Operation) -> &'a [Field] {
        let Some(answer) = &operation.answer else { return &[] };
        let mut shape = self.resolve(answer);
        // Where a response has alternatives (versions of a resource), the first is what a plain request gets.
        while let (true, Some(first)) = (shape.fields.is_empty(), shape.any_of.first()) {
            shape = self.resolve(first);
        }
        &shape.fields
    }
}
