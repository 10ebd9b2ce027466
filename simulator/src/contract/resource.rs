//! Operations grouped into resources: a collection with its instances, or a single thing.
//!
//! `POST /Services`, `GET /Services`, `GET|POST|DELETE /Services/{Sid}` are one resource with template `/Services`. A path
//! whose last segment is no parameter and that has no instances below it is a resource of its own: a singleton
//! (`/Configuration`), an action (`/Flows/Validate`) or a plain list.

use std::collections::{BTreeMap, HashSet};

use super::{Field, Location, Operation, OperationKind, Spec, snake_case};

/// One resource of the contract.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Canonical host.
    pub host: String,
    /// Collection template without `.json`, or the own path of a singleton or action.
    pub template: String,
    /// Template of the instances, if there are any.
    pub instance: Option<String>,
    /// Name of the path parameter that selects an instance.
    pub key_param: Option<String>,
    /// File of the operations.
    pub spec: &'static Spec,
    /// Operations on the collection (or the own path).
    pub on_collection: Vec<&'static Operation>,
    /// Operations on an instance.
    pub on_instance: Vec<&'static Operation>,
    /// SID prefix of the instances as far as any operation on them or below them publishes it.
    pub key_prefix: Option<String>,
}

impl Resource {
    /// The operation of a kind; on the instance for everything but create and list, where both exist.
    pub fn operation(&self, kind: OperationKind) -> Option<&'static Operation> {
        let collection_first = matches!(kind, OperationKind::Create | OperationKind::List);
        let (first, second) = if collection_first {
            (&self.on_collection, &self.on_instance)
        } else {
            (&self.on_instance, &self.on_collection)
        };
        first
            .iter()
            .chain(second)
            .copied()
            .find(|operation| operation.kind == kind)
    }

    /// All operations.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> + use<'_> {
        self.on_instance.iter().chain(&self.on_collection).copied()
    }

    /// Names that a response field repeating the instance's key may have, most telling first.
    pub fn key_names(&self) -> Vec<String> {
        let param = self.key_param.as_deref().unwrap_or("sid");
        let mut names = vec![snake_case(param), param.to_owned(), "sid".to_owned(), "id".to_owned()];
        // A trait group goes by its display name: https://www.twilio.com/docs/api/memory/v1/trait-group/create-trait-group
        if param.ends_with("Name") && !param.ends_with("UniqueName") {
            names.push("displayName".to_owned());
        }
        names
    }

    /// The field in which a response has the object, where it does not answer the object itself: what its list has, in a field.
    pub fn wrapper(&self, operation: &Operation) -> Option<&'static Field> {
        let item = self
            .operation(OperationKind::List)?
            .answer
            .as_ref()?
            .reference
            .as_ref()?;
        let own = self.operations().find(|own| std::ptr::eq(*own, operation))?;
        if own.kind == OperationKind::List {
            return None;
        }
        let mut fields = self.spec.answer_fields(own).iter();
        fields.find(|field| field.reference.as_ref() == Some(item))
    }

    /// Whether objects come into being through this resource.
    pub fn has_create(&self) -> bool {
        self.operation(OperationKind::Create).is_some()
    }

    /// Whether it is one thing and no collection.
    pub fn is_single(&self) -> bool {
        self.instance.is_none()
    }

    /// The path parameter that selects an instance, with its SID prefix where published.
    pub fn key_field(&self) -> Option<&'static Field> {
        let name = self.key_param.as_deref()?;
        self.on_instance
            .iter()
            .filter_map(|operation| operation.params_in(Location::Path).find(|field| field.name == name))
            .max_by_key(|field| !field.sid.is_empty())
    }

    /// Fields that describe one object: those of the read, else of the update, create or list item.
    pub fn object_fields(&self) -> &'static [Field] {
        [
            OperationKind::Read,
            OperationKind::Update,
            OperationKind::Create,
            OperationKind::List,
            OperationKind::Action,
        ]
        .into_iter()
        .filter_map(|kind| self.operation(kind))
        .map(|operation| match self.wrapper(operation) {
            Some(field) => &self.spec.resolve(field).fields,
            None => self.spec.answer_fields(operation),
        })
        .find(|fields| !fields.is_empty())
        .unwrap_or_default()
    }
}

/// The one SID prefix of a field; none if any is allowed.
fn single_prefix(field: &Field) -> Option<&str> {
    field.sid.first().map(String::as_str).filter(|prefix| *prefix != "**")
}

/// SID prefixes of path parameters by the path up to them: a child's path knows its parent's prefix.
fn key_prefixes(operations: impl Iterator<Item = Published>) -> BTreeMap<String, String> {
    let mut votes: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for (_, operation) in operations {
        let segments: Vec<&str> = operation.template().split('/').collect();
        for (index, segment) in segments.iter().enumerate() {
            let Some(name) = segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) else {
                continue;
            };
            let mut fields = operation.params_in(Location::Path).filter(|field| field.name == name);
            if let Some(prefix) = fields.find_map(single_prefix) {
                let path = anonymous(&segments[..=index].join("/"));
                *votes.entry(path).or_default().entry(prefix).or_default() += 1;
            }
        }
    }
    // A few operations publish the prefix of something else; most of them are right.
    let most = |counts: BTreeMap<&str, usize>| {
        counts
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(prefix, _)| prefix.to_owned())
    };
    votes
        .into_iter()
        .filter_map(|(place, counts)| Some((place, most(counts)?)))
        .collect()
}

/// Splits `/a/{x}` into `/a` and `x`; `None` if the last segment is no parameter.
pub fn split_instance(template: &str) -> Option<(&str, &str)> {
    let (collection, last) = template.rsplit_once('/')?;
    let param = last.strip_prefix('{')?.strip_suffix('}')?;
    (!collection.is_empty()).then_some((collection, param))
}

/// An operation and its file.
type Published = (&'static Spec, &'static Operation);

/// The resources of one host by their anonymous templates.
pub(super) fn group<O>(operations: impl Fn() -> O) -> BTreeMap<String, Resource>
where
    O: Iterator<Item = Published>,
{
    let mut collections_with_instances: HashSet<String> = HashSet::new();
    for (_, operation) in operations() {
        if let Some((collection, _)) = split_instance(operation.template()) {
            collections_with_instances.insert(anonymous(collection));
        }
    }
    let mut resources: BTreeMap<String, Resource> = BTreeMap::new();
    for (spec, operation) in operations() {
        let template = operation.template();
        let is_collection =
            operation.kind == OperationKind::Create && collections_with_instances.contains(&anonymous(template));
        let (collection, param) = match split_instance(template).filter(|_| !is_collection) {
            Some((collection, param)) => (collection, Some(param)),
            None => (template, None),
        };
        let id = anonymous(collection);
        let has_instances = collections_with_instances.contains(&id);
        let resource = resources.entry(id).or_insert_with(|| Resource {
            host: spec.home().to_owned(),
            template: collection.to_owned(),
            instance: None,
            key_param: None,
            spec,
            on_collection: Vec::new(),
            on_instance: Vec::new(),
            key_prefix: None,
        });
        debug_assert!(param.is_none() || has_instances);
        match param {
            Some(param) => {
                resource.instance.get_or_insert_with(|| template.to_owned());
                resource.key_param.get_or_insert_with(|| param.to_owned());
                resource.on_instance.push(operation);
            }
            None => resource.on_collection.push(operation),
        }
    }
    let prefixes = key_prefixes(operations());
    for resource in resources.values_mut() {
        let own = resource
            .key_field()
            .and_then(|field| single_prefix(field))
            .map(str::to_owned);
        let instance = resource.instance.as_deref().map(anonymous);
        let answered = || {
            let names = resource.key_names();
            let mut fields = resource
                .operations()
                .flat_map(|operation| resource.spec.answer_fields(operation));
            fields
                .find_map(|field| names.contains(&field.name).then(|| single_prefix(field)).flatten())
                .map(str::to_owned)
        };
        let below = || instance.as_ref().and_then(|instance| prefixes.get(instance).cloned());
        resource.key_prefix = own.or_else(answered).or_else(below);
    }
    resources
}

/// Template with nameless parameters: files name the same place `{Sid}` here and `{ServiceSid}` there.
pub(crate) fn anonymous(template: &str) -> String {
    template
        .split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn the_last_parameter_selects_the_instance() {
        assert_eq!(split_instance("/v1/Services/{Sid}"), Some(("/v1/Services", "Sid")));
        assert_eq!(split_instance("/v1/Services"), None);
        assert_eq!(split_instance("/v1/Services/{Sid}/Webhooks"), None);
    }

    #[test]
    fn a_collection_and_its_instances_are_one_resource() {
        let contract = Contract::published();
        let services = contract
            .resource("messaging.twilio.com", "/v1/Services")
            .expect("published");
        assert_eq!(services.key_param.as_deref(), Some("Sid"));
        assert_eq!(
            services.key_field().map(|field| field.sid.as_slice()),
            Some(&["MG".to_owned()][..])
        );
        assert!(services.has_create());
        assert!(
            services
                .object_fields()
                .iter()
                .any(|field| field.name == "friendly_name")
        );
        for kind in [
            OperationKind::Read,
            OperationKind::Update,
            OperationKind::Delete,
            OperationKind::List,
        ] {
            assert!(services.operation(kind).is_some(), "{kind:?}");
        }
    }
}
