//! What goes out in a request and what comes back in a response, as tables and hooks see them.

use serde_json::{Map, Value as Json};

use super::{BodyStyle, Managed};
use crate::framework::value::Value;
use crate::twilio::{Body, FilePart, Multipart, Product};

/// An object as Twilio returns it.
pub type Properties = Map<String, Json>;

/// Parameters of one request, in table order. Names are Twilio's, with dots for nested ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parameters {
    named: Vec<(String, Json)>,
    /// They are all that the object is to have, so that also none at all say something.
    replaces: bool,
    /// A file that goes with them, and the host that takes it.
    file: Option<Attached>,
}

/// A file of a request.
#[derive(Debug, Clone, PartialEq)]
struct Attached {
    host: Product,
    part: FilePart,
}

/// What Terraform asks for, step by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// The plan.
    Plan,
    /// The object is made.
    Create,
    /// The update that completes a create, with what create does not take.
    Complete,
    /// The object is read.
    Read,
    /// The object is changed.
    Update,
    /// A later step of a change, which was done in part.
    Continue,
    /// The object is destroyed.
    Delete,
    /// The object is looked up for an import.
    Import,
    /// The objects of its kind are searched for.
    List,
    /// It is made or fetched for one run.
    Open,
    /// What was opened for one run is taken back.
    Close,
}

/// The values that parameters are made from.
#[derive(Clone, Copy)]
pub struct Intent<'a> {
    /// The table.
    pub resource: &'static Managed,
    /// Which call: [`Operation::Create`], [`Operation::Complete`] or [`Operation::Update`].
    pub operation: Operation,
    /// The object as stored; null for a create.
    pub prior: &'a Value,
    /// The object as planned.
    pub planned: &'a Value,
    /// The configuration, which alone holds write-only values.
    pub config: &'a Value,
}

impl Parameters {
    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && !self.replaces && self.file.is_none()
    }

    /// Says that they are all that the object is to have: what is left out is cleared.
    pub fn replace_all(&mut self) {
        self.replaces = true;
    }

    /// Sends a file with them, to the host that takes it.
    pub fn attach(&mut self, host: Product, part: FilePart) {
        self.file = Some(Attached { host, part });
    }

    /// The host that takes the file that goes with them, if one does.
    pub fn host(&self) -> Option<Product> {
        self.file.as_ref().map(|file| file.host)
    }

    /// Sets a parameter, in place of one with the same name.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let name = name.into();
        self.named.retain(|(existing, _)| *existing != name);
        self.named.push((name, value.into()));
    }

    /// Takes a parameter out.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let position = self.named.iter().position(|(existing, _)| existing == name)?;
        Some(self.named.remove(position).1)
    }

    /// The value of a parameter.
    pub fn value(&self, name: &str) -> Option<&Json> {
        self.named
            .iter()
            .find(|(existing, _)| existing == name)
            .map(|(_, value)| value)
    }

    /// Names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(|(name, _)| name.as_str())
    }

    /// The body of a request in the resource's style.
    pub fn into_body(self, style: BodyStyle) -> Body {
        let form = |named: Vec<(String, Json)>| {
            let pairs = named.into_iter();
            pairs.flat_map(|(name, value)| form_pairs(name, value)).collect()
        };
        if self.is_empty() {
            return Body::None;
        }
        if let Some(Attached { part, .. }) = self.file {
            return Body::Multipart(Multipart {
                fields: form(self.named),
                file: part,
            });
        }
        match style {
            BodyStyle::Form => Body::Form(form(self.named)),
            BodyStyle::Json => {
                let mut body = Map::new();
                for (name, value) in self.named {
                    insert_nested(&mut body, &name, value);
                }
                Body::Json(Json::Object(body))
            }
        }
    }
}

/// An array repeats its name; null clears, which a form can only say with an empty text, and so does an array of nothing.
fn form_pairs(name: String, value: Json) -> Vec<(String, String)> {
    match value {
        Json::Array(items) if items.is_empty() => vec![(name, String::new())],
        Json::Array(items) => items.into_iter().map(|item| (name.clone(), form_text(&item))).collect(),
        other => vec![(name, form_text(&other))],
    }
}

fn form_text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn insert_nested(body: &mut Map<String, Json>, dotted: &str, value: Json) {
    match dotted.split_once('.') {
        None => {
            body.insert(dotted.to_owned(), value);
        }
        Some((outer, rest)) => {
            let inner = body.entry(outer).or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inner) = inner {
                insert_nested(inner, rest, value);
            }
        }
    }
}
