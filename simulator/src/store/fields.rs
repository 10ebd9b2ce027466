//! Fields of a stored object: a map while a request looks at it, a line of JSON otherwise.
//!
//! A map of forty fields takes some six kilobytes, its values as a JSON array a few hundred bytes. The names are the same for all
//! objects of a kind, so they are kept once. Whoever reads or writes sees the map and nothing of this.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Fields of an object by their answer names.
pub type Body = Map<String, Value>;

/// The fields of a stored object; reads and writes as a [`Body`].
#[derive(Clone, Default)]
pub struct Fields {
    /// The line, unless the map was written since.
    packed: Option<Packed>,
    /// The map, from the first read of it until [`Fields::pack`].
    open: OnceCell<Box<Body>>,
}

/// Values in the order of their names, both as JSON arrays.
#[derive(Clone)]
struct Packed {
    names: Arc<str>,
    values: Box<str>,
}

/// Lists of names that objects have, each kept once.
#[derive(Debug, Default)]
pub(crate) struct Names(HashSet<Arc<str>>);

impl Names {
    fn shared(&mut self, names: &str) -> Arc<str> {
        if let Some(known) = self.0.get(names) {
            return Arc::clone(known);
        }
        let names: Arc<str> = names.into();
        self.0.insert(Arc::clone(&names));
        names
    }
}

impl Packed {
    fn of(body: &Body, names: &mut Names) -> Option<Self> {
        if body.is_empty() {
            return None;
        }
        let values: Vec<&Value> = body.values().collect();
        let values = serde_json::to_string(&values).ok()?.into_boxed_str();
        let keys: Vec<&String> = body.keys().collect();
        let names = names.shared(&serde_json::to_string(&keys).ok()?);
        Some(Self { names, values })
    }

    fn body(&self) -> Body {
        let names: Vec<String> = serde_json::from_str(&self.names).unwrap_or_default();
        let values: Vec<Value> = serde_json::from_str(&self.values).unwrap_or_default();
        names.into_iter().zip(values).collect()
    }
}

impl Fields {
    fn unpacked(&self) -> Body {
        self.packed.as_ref().map(Packed::body).unwrap_or_default()
    }

    /// Looks at the map without keeping it.
    pub(crate) fn peek<T>(&self, look: impl FnOnce(&Body) -> T) -> T {
        match self.open.get() {
            Some(open) => look(open),
            None => look(&self.unpacked()),
        }
    }

    /// Puts the map away.
    pub(crate) fn pack(&mut self, names: &mut Names) {
        let Some(open) = self.open.get() else { return };
        if self.packed.is_none() {
            self.packed = Packed::of(open, names);
            if self.packed.is_none() && !open.is_empty() {
                return;
            }
        }
        self.open = OnceCell::new();
    }

    /// Whether the map is there as such.
    #[cfg(test)]
    pub(crate) fn is_open(&self) -> bool {
        self.open.get().is_some()
    }
}

impl Deref for Fields {
    type Target = Body;

    fn deref(&self) -> &Body {
        self.open.get_or_init(|| Box::new(self.unpacked()))
    }
}

impl DerefMut for Fields {
    fn deref_mut(&mut self) -> &mut Body {
        if self.open.get().is_none() {
            self.open = OnceCell::from(Box::new(self.unpacked()));
        }
        self.packed = None;
        self.open.get_mut().expect("it was opened above")
    }
}

impl From<Body> for Fields {
    fn from(body: Body) -> Self {
        Self {
            packed: None,
            open: OnceCell::from(Box::new(body)),
        }
    }
}

impl<'f> IntoIterator for &'f Fields {
    type Item = (&'f String, &'f Value);
    type IntoIter = serde_json::map::Iter<'f>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.peek(|body| body.fmt(f))
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.peek(|body| body.serialize(serializer))
    }
}
