//! Where a resource stands in the contract, and what follows from the place: paths, parents, key, lifecycle.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use terraform_provider_twilio::twilio::Product;
use twilio_simulator::contract::{
    Content, Contract, Location, Operation, OperationKind, Resource, Spec, snake_case, split_instance,
};

use super::words::singular;

/// The operations at a place, and what follows from them.
pub struct Place {
    /// The file that the shapes are in.
    pub spec: &'static Spec,
    /// The host.
    pub product: Product,
    /// Path of the collection as a table says it; empty where there is none.
    pub collection: String,
    /// Path of one object.
    pub instance: String,
    /// What it stands below, beside the account.
    pub parents: Vec<Parent>,
    /// What addresses it below its parents.
    pub key: Key,
    /// What the first apply does.
    pub begin: Begin,
    /// POST to the collection.
    pub create: Option<&'static Operation>,
    /// GET of one object.
    pub read: Option<&'static Operation>,
    /// What changes one; for an upsert what makes it, too.
    pub update: Option<&'static Operation>,
    /// DELETE of one.
    pub delete: Option<&'static Operation>,
    /// GET of the collection.
    pub list: Option<&'static Operation>,
}

impl Place {
    /// What its collection calls one of it, in snake case: `phone_number` at `…/PhoneNumbers`.
    pub fn noun(&self) -> String {
        let path = match self.collection.as_str() {
            "" => &self.instance,
            collection => collection,
        };
        let path = path.trim_end_matches(".json");
        singular(&snake_case(path.rsplit('/').next().unwrap_or_default()))
    }
}

/// A part of the path above the object.
pub struct Parent {
    /// The field that has it.
    pub field: String,
    /// Letters of its SID, as far as it is one.
    pub prefix: Option<String>,
    /// Path of the collection that it is in, as the contract has it.
    pub collection: String,
}

/// What addresses an object below its parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A SID that Twilio makes.
    Sid(String),
    /// The SID of another object.
    Borrowed {
        /// The field that has it.
        field: String,
        /// Its letters.
        prefix: String,
    },
    /// A text that the configuration chooses.
    Field(String),
    /// Nothing: there is one of it.
    None,
}

/// What the first apply does: the lifecycles of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// A POST to the collection.
    Made,
    /// A write to the object's own path.
    Upserted,
    /// Likewise, which says it all: nothing changes it.
    Attached,
    /// An update of what is always there.
    Settings,
    /// An update of what something else makes.
    Adopted,
}

/// The contract of the checkout at `root`, as its files have it now: not the one that this program was built with.
///
/// # Errors
/// When a file cannot be read.
pub fn contract(root: &Path) -> Result<&'static Contract> {
    let mut files = Vec::new();
    for (folder, start) in [("simulator/contract", "twilio_"), ("simulator/contract/by_hand", "")] {
        let entries = std::fs::read_dir(root.join(folder)).with_context(|| format!("{folder} cannot be read"))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if let (true, Some(stem)) = (name.starts_with(start), name.strip_suffix(".json")) {
                let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
                let spec: Spec =
                    serde_json::from_str(&text).with_context(|| format!("{} is no contract", path.display()))?;
                files.push((stem.to_owned(), spec));
            }
        }
    }
    files.sort_by_key(|(name, _)| crate::contract::order(name));
    // One for the life of the process: what is found in it refers to it.
    Ok(Box::leak(Box::new(Contract::new(files))))
}

/// What the contract has at `at`: host and path, of the collection or of one object, with whatever names of parameters.
///
/// # Errors
/// When there is nothing, or nothing that a table can say.
pub fn find(contract: &'static Contract, at: &str) -> Result<Place> {
    let at = at.strip_prefix("https://").unwrap_or(at);
    let (host, path) = at
        .split_once('/')
        .with_context(|| format!("{at:?} is no place: write HOST/PATH, as sync.twilio.com/v1/Services"))?;
    let path = format!("/{}", path.trim_end_matches('/'));
    let template = path.strip_suffix(".json").unwrap_or(&path);
    let resource = contract
        .resource(host, template)
        .or_else(|| contract.resource(host, split_instance(template)?.0))
        .with_context(|| nothing_there(contract, host, &path))?;
    let product = Product::all()
        .find(|product| product.host() == host)
        .with_context(|| format!("{host} is no product of src/twilio/product.rs"))?;
    refuse_uploads(contract, resource)?;
    of(contract, product, resource)
}

/// What is said of a place that is not in the contract: what it may have been meant as.
fn nothing_there(contract: &'static Contract, host: &str, path: &str) -> String {
    let paths: BTreeSet<&str> = contract
        .operations()
        .filter(|(spec, _)| spec.home() == host)
        .map(|(_, operation)| operation.path.as_str())
        .collect();
    if paths.is_empty() {
        let missing = if host.is_empty() { "no host" } else { host };
        return format!(
            "the contract has no {path} at {host:?}: {missing} is no host of it. Write HOST/PATH, as sync.twilio.com/v1/Services"
        );
    }
    let mut near: Vec<(usize, &str)> = paths
        .into_iter()
        .map(|known| (strsim::levenshtein(known, path), known))
        .collect();
    near.sort_unstable();
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, known)| known).collect();
    format!("the contract has no {path} at {host}. Near it are {}", near.join(", "))
}

/// A file is more than parameters: what it is called, where its content comes from, what is made of it.
fn refuse_uploads(contract: &'static Contract, resource: &Resource) -> Result<()> {
    for (spec, operation) in contract.operations() {
        let template = operation.template();
        // Where it is made, or in versions of it.
        let below = template.strip_prefix(resource.template.as_str());
        let is_here = spec.home() == resource.host
            && below.is_some_and(|below| {
                below.split('/').count() <= 3 && below.split('/').nth(1).is_none_or(|key| key.starts_with('{'))
            });
        ensure!(
            !(is_here && operation.content == Content::Multipart),
            "files go there: POST {} at {} takes multipart/form-data. Which of them is content, path and hash is no fact of \
             the contract; tests/tables/tables/serverless_function.rs and supporting_document.rs are tables with an upload",
            operation.path,
            spec.host
        );
    }
    Ok(())
}

fn of(contract: &'static Contract, product: Product, resource: &'static Resource) -> Result<Place> {
    let (alone, nothing) = (resource.is_single(), Vec::new());
    let (above, own) = match alone {
        true => (&nothing, &resource.on_collection),
        false => (&resource.on_collection, &resource.on_instance),
    };
    let first = |operations: &[&'static Operation], kind| operations.iter().copied().find(|found| found.kind == kind);
    let create = match alone {
        true => first(own, OperationKind::Create),
        false => first(above, OperationKind::Create),
    };
    // A write to its own path that is called a create, and no update.
    let attach = first(own, OperationKind::Create).filter(|_| !alone && create.is_none());
    let list = first(above, OperationKind::List).filter(|found| found.list.is_some());
    let (read, delete) = (first(own, OperationKind::Read), first(own, OperationKind::Delete));
    let update = ["POST", "PATCH", "PUT"].iter().find_map(|method| {
        let mut own = own.iter().copied();
        own.find(|found| found.kind == OperationKind::Update && found.method == *method)
    });
    // What is read where it is written, and goes by nothing, is there once, even where the contract says that a POST creates it.
    let is_there_once = alone && update.is_none() && read.is_some() && query_key(create, read).is_none();
    let (create, update) = match create {
        Some(_) if is_there_once => (None, create),
        _ => (create, update),
    };
    let (host, template) = (&resource.host, &resource.template);
    let begin = match (create, update, delete) {
        (Some(_), ..) => Begin::Made,
        (None, None, _) if attach.is_some() => Begin::Attached,
        (None, None, _) => bail!("nothing at {host}{template} makes or changes an object: there is nothing to manage"),
        (None, Some(_), Some(_)) => Begin::Upserted,
        (None, Some(_), None) if alone => Begin::Settings,
        (None, Some(_), None) => Begin::Adopted,
    };
    let create = create.or(attach);
    ensure!(
        begin != Begin::Upserted || update.is_some_and(|update| update.method != "PATCH"),
        "a PATCH makes and changes it, which no table can say"
    );
    for operation in create.into_iter().chain(update) {
        ensure!(
            operation.content != Content::Multipart,
            "{} takes files, which no contract says enough of for a table",
            operation.id
        );
        ensure!(
            operation.body.is_none() || !operation.params.is_empty(),
            "{} takes one of several bodies, which no table can say",
            operation.id
        );
    }
    ensure!(
        create.is_none_or(|create| update.is_none_or(|update| update.content == create.content)),
        "a form makes it and JSON changes it, or the other way round, which no table can say"
    );
    let shown = create
        .or(read)
        .or(update)
        .map_or(template.as_str(), |found| found.path.as_str());
    let parents = parents(contract, resource, template)?;
    let key = key(resource, begin, create, read)?;
    let key_name = match &key {
        Key::Sid(_) => "sid",
        Key::Borrowed { field, .. } | Key::Field(field) => field,
        Key::None => "",
    };
    let in_query = alone && create.is_some();
    let (collection, instance) = match (alone, in_query) {
        (true, false) => (String::new(), spelt(shown, &parents, "")),
        (true, true) => {
            let parameter = query_key(create, read).unwrap_or_default();
            (
                spelt(shown, &parents, ""),
                format!("{}?{parameter}={{{key_name}}}", spelt(shown, &parents, "")),
            )
        }
        (false, _) => {
            let of_list = create
                .filter(|_| begin == Begin::Made)
                .or(list)
                .map_or(template.as_str(), |found| found.path.as_str());
            let of_one = read
                .or(update)
                .or(delete)
                .or(attach)
                .map_or(template.as_str(), |found| found.path.as_str());
            (spelt(of_list, &parents, ""), spelt(of_one, &parents, key_name))
        }
    };
    Ok(Place {
        spec: resource.spec,
        product,
        collection,
        instance,
        parents,
        key,
        begin,
        create,
        read,
        update,
        delete,
        list,
    })
}

/// Names in braces, each with the path up to it.
fn parameters(template: &str) -> impl Iterator<Item = (&str, &str)> {
    template.match_indices('{').filter_map(move |(start, _)| {
        let end = start + template[start..].find('}')?;
        Some((&template[start + 1..end], template[..start].trim_end_matches('/')))
    })
}

/// The field that stands in a path for a parameter of the contract.
fn field_of(parameter: &str, before: &str) -> String {
    match snake_case(parameter).as_str() {
        "sid" | "id" => {
            let collection = before.rsplit('/').next().unwrap_or_default();
            format!("{}_sid", singular(&snake_case(collection)))
        }
        name => name.to_owned(),
    }
}

fn parents(contract: &'static Contract, resource: &'static Resource, template: &str) -> Result<Vec<Parent>> {
    let mut parents = Vec::new();
    for (parameter, before) in parameters(template) {
        let field = field_of(parameter, before);
        if field == "account_sid" {
            continue;
        }
        ensure!(
            !parents.iter().any(|parent: &Parent| parent.field == field),
            "the path names {field} twice"
        );
        // The response of the object itself knows best, then the parent's own operations.
        let answered = resource
            .object_fields()
            .iter()
            .find(|answered| answered.name == field)
            .and_then(|answered| answered.sid.first())
            .filter(|prefix| *prefix != "**");
        let prefix = answered
            .cloned()
            .or_else(|| contract.resource(&resource.host, before)?.key_prefix.clone());
        parents.push(Parent {
            field,
            prefix,
            collection: before.to_owned(),
        });
    }
    Ok(parents)
}

/// The parameter of the query that a read takes and a create has in its body: a key that stands in no path.
fn query_key(create: Option<&'static Operation>, read: Option<&'static Operation>) -> Option<&'static str> {
    let taken =
        |name: &str| create.is_some_and(|create| create.params_in(Location::Body).any(|field| field.name == name));
    let mut requested = read?.params_in(Location::Query).map(|field| field.name.as_str());
    requested.find(|name| taken(name))
}

fn key(
    resource: &'static Resource,
    begin: Begin,
    create: Option<&'static Operation>,
    read: Option<&'static Operation>,
) -> Result<Key> {
    let Some(parameter) = resource.key_param.as_deref() else {
        return match (create, query_key(create, read)) {
            (None, _) => Ok(Key::None),
            (Some(_), Some(name)) => Ok(Key::Field(snake_case(name))),
            (Some(create), None) => bail!("nothing addresses what {} makes", create.id),
        };
    };
    let name = field_of(parameter, &resource.template);
    let is_sid = parameter == "Sid" || snake_case(parameter).ends_with("_sid");
    let in_body = |operation: &'static Operation| operation.params_in(Location::Body);
    if begin != Begin::Made {
        return Ok(match (&resource.key_prefix, is_sid) {
            (Some(prefix), true) => Key::Borrowed {
                field: name,
                prefix: prefix.clone(),
            },
            _ => Key::Field(snake_case(parameter)),
        });
    }
    // Chosen by whoever makes it.
    if !is_sid
        && create.is_some_and(|create| in_body(create).any(|field| snake_case(&field.name) == snake_case(parameter)))
    {
        return Ok(Key::Field(snake_case(parameter)));
    }
    let Some(prefix) = &resource.key_prefix else {
        bail!(
            "Twilio makes up {{{parameter}}}, and it is no SID that the contract knows: the engine has no word for such a key"
        );
    };
    // What is put somewhere goes by its own SID there.
    let put = create.and_then(|create| {
        in_body(create).find(|field| field.required && field.sid == [prefix.clone()] && field.name != "Sid")
    });
    Ok(match put {
        Some(field) => Key::Borrowed {
            field: snake_case(&field.name),
            prefix: prefix.clone(),
        },
        None => Key::Sid(prefix.clone()),
    })
}

/// A path of the contract with the names that a table has.
fn spelt(path: &str, parents: &[Parent], key: &str) -> String {
    let mut spelt = String::new();
    let mut rest = path;
    let mut index = 0;
    while let Some((literal, parameter, after)) = rest
        .split_once('{')
        .and_then(|(literal, rest)| rest.split_once('}').map(|(name, after)| (literal, name, after)))
    {
        let name = match parameter {
            "AccountSid" => "account_sid",
            _ => {
                index += 1;
                parents.get(index - 1).map_or(key, |parent| &parent.field)
            }
        };
        spelt.push_str(&format!("{literal}{{{name}}}"));
        rest = after;
    }
    spelt + rest
}
