//! Which of the objects that the local Twilio holds a table and a state are about.

use serde_json::Value as Json;
use terraform_provider_twilio::engine::facts::{Key, Managed, Read};

/// An object, as the control endpoints show it.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// Twilio's host.
    pub host: &'a str,
    /// The collection in which it is.
    pub collection: &'a str,
    /// Its own path.
    pub path: &'a str,
    /// Its SID; empty where it has none.
    pub sid: &'a str,
    /// What addresses it in its collection: its SID, a name, a number. Empty for settings.
    pub key: &'a str,
    /// Its fields.
    pub body: &'a Json,
}

impl<'a> Held<'a> {
    /// Out of the list of the control endpoints.
    pub fn of(object: &'a Json) -> Self {
        let text = |field: &str| object[field].as_str().unwrap_or_default();
        Self {
            host: text("host"),
            collection: text("collection"),
            path: text("path"),
            sid: text("sid"),
            key: text("key"),
            body: &object["body"],
        }
    }

    /// Whether it is one of the objects that a table describes, and not closed.
    pub fn is_a(&self, resource: &Managed) -> bool {
        let place = resource.object.place;
        let above = |path: &'static str| match path.rsplit_once('/') {
            Some((above, last)) if last.contains('{') => above,
            // Settings are alone at their path.
            _ => path,
        };
        // A key of either generation is stored once, where the older API has it.
        let collection = match (place.older, place.read) {
            (Some(older), _) => above(older.instance),
            (None, Read::Elsewhere { path, .. }) => above(path),
            (None, _) if place.has_collection() => place.collection,
            (None, _) => above(place.instance),
        };
        let collection = collection.strip_suffix(".json").unwrap_or(collection);
        // What a POST to its own path makes.
        let own = match place.has_collection() && place.collection == place.instance {
            true => self.path,
            false => self.collection,
        };
        let wanted = collection.split('/');
        let same = wanted.clone().count() == own.split('/').count();
        let fits = |(wanted, actual): (&str, &str)| wanted.starts_with('{') || wanted == actual;
        let product = place.older.map_or(place.product, |older| older.product);
        same && self.host == product.host()
            && wanted.zip(own.split('/')).all(fits)
            && self.body["status"] != "closed"
            && self.body["archived"] != true
    }

    /// Whether a state is about it. `attribute` is what the state has under a name.
    pub fn is_of<'s>(&self, resource: &Managed, attribute: impl Fn(&str) -> Option<&'s str>) -> bool {
        let object = &resource.object;
        let is_it = match object.key {
            Key::Sid(_) | Key::Borrowed(..) => return attribute("sid") == Some(self.sid),
            Key::Field(name) => {
                let key = attribute(name).unwrap_or_default();
                // Twilio may take another of its names in place of its SID.
                let shown = object.field(name).map(|field| field.read_path(object.spelling));
                self.key == key || shown.is_some_and(|name| self.body[&*name] == key)
            }
            // Settings that are a part of another object are found where that is.
            Key::None => match object.parents.last() {
                Some(parent)
                    if object
                        .place
                        .read_path()
                        .is_some_and(|path| path.ends_with(&format!("/{{{parent}}}"))) =>
                {
                    attribute(parent) == Some(self.key)
                }
                _ => self.key.is_empty(),
            },
        };
        let mut parents = object.parents.iter().filter_map(|name| attribute(name));
        is_it && parents.all(|parent| self.path.contains(parent))
    }
}
