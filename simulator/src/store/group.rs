//! Objects that belong together, the members of a collection or all objects of a kind, and which of them have a value in a field.
//!
//! An index is made when a field is first asked for, and kept from then on, so whatever rule looks for a value finds it without
//! looking at the others.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::{Body, Object};

/// Objects that belong together, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Group {
    members: BTreeSet<u64>,
    by_field: RefCell<HashMap<String, Index>>,
}

/// Numbers of objects by the value of one field, in the order of the values.
type Index = BTreeSet<(Key, u64)>;

/// Stands between the names of fields that are searched for together, and between their values; no name has it.
pub(super) const TOGETHER: char = '\n';

/// Stands before the name of a field whose text is searched for in small letters.
pub(crate) const FOLDED: char = '~';

/// A value by which objects are found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A text.
    Text(Box<str>),
    /// Another value, as JSON.
    Other(Box<str>),
}

impl Key {
    /// The value of a field, or of several together: their names with [`TOGETHER`] between them, of which all have to be texts.
    fn at(body: &Body, fields: &str) -> Option<Self> {
        if let Some(field) = fields.strip_prefix(FOLDED) {
            let text = body.get(field)?.as_str()?;
            return Some(Self::Text(text.to_ascii_lowercase().into()));
        }
        let Some((first, rest)) = fields.split_once(TOGETHER) else {
            return Self::of(body.get(fields));
        };
        let mut joined = body.get(first)?.as_str()?.to_owned();
        for field in rest.split(TOGETHER) {
            joined.push(TOGETHER);
            joined.push_str(body.get(field)?.as_str()?);
        }
        Some(Self::Text(joined.into()))
    }

    /// `None` for what is not there: it is no value to be found by.
    fn of(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::Null => None,
            Value::String(text) => Some(Self::Text(text.as_str().into())),
            other => Some(Self::Other(other.to_string().into())),
        }
    }
}

impl Group {
    /// The members, oldest first.
    pub(super) fn members(&self) -> &BTreeSet<u64> {
        &self.members
    }

    pub(super) fn add(&mut self, object: &Object) {
        self.members.insert(object.sequence);
        self.enter(object);
    }

    /// Takes out a member whose values are not, or no longer, in the indexes.
    pub(super) fn remove(&mut self, sequence: u64) {
        self.members.remove(&sequence);
    }

    /// Enters the values of a member.
    pub(super) fn enter(&self, object: &Object) {
        self.each(object, |index, entry| {
            index.insert(entry);
        });
    }

    /// Takes the values of a member out again; it must have the same values as when they were entered.
    pub(super) fn leave(&self, object: &Object) {
        self.each(object, |index, entry| {
            index.remove(&entry);
        });
    }

    fn each(&self, object: &Object, change: impl Fn(&mut Index, (Key, u64))) {
        let mut by_field = self.by_field.borrow_mut();
        if by_field.is_empty() {
            return;
        }
        object.body.peek(|body: &Body| {
            for (field, index) in by_field.iter_mut() {
                if let Some(key) = Key::at(body, field) {
                    change(index, (key, object.sequence));
                }
            }
        });
    }

    /// Makes the indexes of fields that have none; says how many objects were looked at for that.
    pub(super) fn know<'o>(&self, fields: &[&str], objects: impl Iterator<Item = &'o Object>) -> u64 {
        let mut by_field = self.by_field.borrow_mut();
        let unknown = fields.iter().filter(|field| !by_field.contains_key(**field));
        let mut indexes: Vec<(&str, Index)> = unknown.map(|field| (*field, Index::new())).collect();
        if indexes.is_empty() {
            return 0;
        }
        let mut seen = 0;
        for object in objects {
            seen += 1;
            object.body.peek(|body| {
                for (field, index) in &mut indexes {
                    index.extend(Key::at(body, field).map(|key| (key, object.sequence)));
                }
            });
        }
        by_field.extend(indexes.into_iter().map(|(field, index)| (field.to_owned(), index)));
        seen
    }

    /// Members with this value in a field that is known, oldest first.
    pub(super) fn with(&self, field: &str, value: &Value) -> Vec<u64> {
        let by_field = self.by_field.borrow();
        let (Some(index), Some(key)) = (by_field.get(field), Key::of(Some(value))) else {
            return Vec::new();
        };
        let found = index.range((key.clone(), 0)..=(key, u64::MAX));
        found.map(|(_, sequence)| *sequence).collect()
    }

    /// Members with something in a field that is known that is no text.
    pub(super) fn without_text(&self, field: &str) -> Vec<u64> {
        let by_field = self.by_field.borrow();
        let Some(index) = by_field.get(field) else {
            return Vec::new();
        };
        // They come after all texts.
        let found = index.range((Key::Other("".into()), 0)..);
        found.map(|(_, sequence)| *sequence).collect()
    }

    /// Members that have a value in a field that is known, in the order of the values, then of age, or the other way round: `count` of
    /// them after `skip`.
    pub(super) fn along(&self, field: &str, down: bool, skip: usize, count: usize) -> Vec<u64> {
        let by_field = self.by_field.borrow();
        let Some(index) = by_field.get(field) else {
            return Vec::new();
        };
        let page = |entries: &mut dyn Iterator<Item = &(Key, u64)>| {
            let entries = entries.skip(skip).take(count);
            entries.map(|(_, sequence)| *sequence).collect()
        };
        match down {
            true => page(&mut index.iter().rev()),
            false => page(&mut index.iter()),
        }
    }
}
