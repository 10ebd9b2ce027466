//! The tables against Twilio's published contract (`simulator/contract/*.json`): paths and methods, parameters, answers.
//!
//! The simulator is built from the same facts and has never seen a table, so that a parameter which is misspelt here is
//! told by both.

mod actions;
mod answers;
mod data_sources;
mod lists;
mod parameters;
mod paths;
mod types;

use terraform_provider_twilio::engine::facts::{Begin, Destroy, Managed, Read, UpdateStyle, Upload};
use twilio_simulator::contract::{Contract, Field as PublishedField, Location, Operation, Route, RouteError, Spec};

use crate::walk::tables;

/// The operations that a resource uses.
pub struct Surface {
    /// What makes the object: POST to the collection, or a write to its own path.
    pub create: Option<Found>,
    /// GET of the object, or of the list that has it.
    pub read: Option<Found>,
    /// The update in the resource's style.
    pub update: Option<Found>,
    /// GET of the collection.
    pub list: Option<Found>,
    /// What destroys the object: DELETE, or the POST that puts it away.
    pub delete: Option<Found>,
    /// The upload of a file, at the host that takes it.
    pub upload: Option<Found>,
    /// GET of what an upload made, where that is a version of the object.
    pub version: Option<Found>,
}

/// An operation with the file that its shapes are in.
#[derive(Clone, Copy)]
pub struct Found {
    /// The file.
    pub spec: &'static Spec,
    /// The operation.
    pub operation: &'static Operation,
}

impl Found {
    /// Parameters of the body, by name, with references followed.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, &'static PublishedField)> + use<> {
        let spec = self.spec;
        self.operation
            .params_in(Location::Body)
            .map(move |field| (field.name.as_str(), spec.resolve(field)))
    }

    /// One parameter of the body, with references followed.
    pub fn parameter(&self, name: &str) -> Option<&'static PublishedField> {
        self.parameters()
            .find(|(known, _)| *known == name)
            .map(|(_, field)| field)
    }

    /// Whether a parameter of the body must be sent.
    pub fn demands(&self, name: &str) -> bool {
        self.operation
            .params_in(Location::Body)
            .any(|field| field.name == name && field.required)
    }
}

impl Surface {
    /// What the contract has at the paths of `resource`.
    pub fn of(resource: &Managed) -> Self {
        let place = resource.object.place;
        let host = place.product.host();
        let at = |method: &str, template: &str| route(&host, method, template).ok();
        let begin = resource.lifecycle.begin();
        let verb = match resource.lifecycle.update() {
            UpdateStyle::Put => "PUT",
            UpdateStyle::Patch | UpdateStyle::Merge => "PATCH",
            UpdateStyle::Post | UpdateStyle::Whole | UpdateStyle::Never => "POST",
        };
        let upload_path = |upload: Upload| {
            let path = resource
                .object
                .content
                .map_or(resource.object.place.collection, |content| content.collection);
            route(&upload.host.host(), "POST", path).ok()
        };
        Self {
            upload: resource.upload.and_then(upload_path),
            version: resource.object.content.and_then(|content| at("GET", content.instance)),
            create: match begin {
                Begin::Made => at("POST", place.collection),
                Begin::Upserted => at(verb, place.instance),
                Begin::Settings | Begin::Adopted => None,
            },
            read: match place.read {
                Read::Instance => at("GET", place.instance),
                Read::Elsewhere { path, .. } | Read::Member(path) | Read::Among { path, .. } => at("GET", path),
                Read::Nowhere => None,
            },
            update: match (begin, resource.lifecycle.update()) {
                (Begin::Upserted, UpdateStyle::Never) => None,
                // One path for both: the write that makes it.
                (Begin::Made, _) if verb == "POST" && filled(place.instance) == filled(place.collection) => None,
                _ => at(verb, place.instance),
            },
            // Where a key is a parameter, what is read at the collection is one object.
            list: at("GET", resource.object.list_path()).filter(|found| found.operation.list.is_some()),
            delete: match resource.lifecycle.destroy() {
                Destroy::Archive(path) => at("POST", path),
                _ => at("DELETE", place.instance),
            },
        }
    }

    /// The calls that take parameters: create, and update where the table uses it.
    pub fn writes(&self, resource: &Managed) -> Vec<Found> {
        let update = self
            .update
            .filter(|_| resource.lifecycle.update() != UpdateStyle::Never);
        self.create.into_iter().chain(update).collect()
    }
}

/// The operation at a path template of a table, whatever stands for its parts.
pub fn route(host: &str, method: &str, template: &str) -> Result<Found, RouteError> {
    let path = filled(template);
    let Route { spec, operation, .. } = Contract::published().route(host, method, &path)?;
    Ok(Found { spec, operation })
}

/// Puts something into every part of a template, whose query is no part of the path.
fn filled(template: &str) -> String {
    let (template, _) = template.split_once('?').unwrap_or((template, ""));
    let mut pieces = template.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |path, piece| {
        path + "something" + piece.split_once('}').map_or("", |(_, rest)| rest)
    })
}

#[test]
fn every_resource_has_something_to_be_compared_with() {
    for resource in tables() {
        let surface = Surface::of(resource);
        let is_read = resource.object.place.read != Read::Nowhere;
        assert_eq!(surface.read.is_some(), is_read, "{} has no read", resource.object.name);
        assert!(
            !surface.writes(resource).is_empty(),
            "{} has no writes",
            resource.object.name
        );
    }
}
