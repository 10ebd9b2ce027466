//! The tables against Twilio's published contract (`simulator/contract/*.json`): paths and methods, parameters, answers.
//!
//! The simulator is built from the same facts and has never seen a table, so that a parameter which is misspelt here is
//! told by both.

mod answers;
mod data_sources;
mod lists;
mod parameters;
mod paths;
mod types;

use crate::walk::tables;
use terraform_provider_twilio::engine::facts::{Managed, UpdateStyle};
use twilio_simulator::contract::{Contract, Field as PublishedField, Location, Operation, Route, RouteError, Spec};

/// Resources that are parts of an object which something else makes: their create is an update of it.
const NEVER_CREATES: &[&str] = &["twilio_phone_number_webhooks"];

/// The operations that a resource uses.
pub struct Surface {
    /// POST to the collection.
    pub create: Option<Found>,
    /// GET of the object.
    pub read: Option<Found>,
    /// The update in the resource's style.
    pub update: Option<Found>,
    /// GET of the collection.
    pub list: Option<Found>,
    /// DELETE of the object.
    pub delete: Option<Found>,
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
        let host = resource.object.place.product.host();
        let at = |method: &str, template: &str| route(&host, method, template).ok();
        let verb = match resource.lifecycle.update() {
            UpdateStyle::Put => "PUT",
            UpdateStyle::Patch => "PATCH",
            UpdateStyle::Post | UpdateStyle::Never => "POST",
        };
        Self {
            create: at("POST", resource.object.place.collection)
                .filter(|_| !NEVER_CREATES.contains(&resource.object.name)),
            read: at("GET", resource.object.place.instance),
            update: at(verb, resource.object.place.instance),
            list: at("GET", resource.object.place.collection),
            delete: at("DELETE", resource.object.place.instance),
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

/// Puts something into every part of a template.
fn filled(template: &str) -> String {
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
        assert!(surface.read.is_some(), "{} has no read", resource.object.name);
        assert!(
            !surface.writes(resource).is_empty(),
            "{} has no writes",
            resource.object.name
        );
    }
}
