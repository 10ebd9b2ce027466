//! Everything that exists in the simulated Twilio: objects by host, account and path, in order of creation.
//!
//! An object is stored under the path at which it is read. Deleting one deletes what stands below its path.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

/// Fields of an object by their answer names.
pub type Body = Map<String, Value>;

/// One stored object.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// Order of creation; set by [`Store::insert`].
    pub sequence: u64,
    /// Canonical host, for example `messaging.twilio.com`.
    pub host: String,
    /// Account that owns the object.
    pub account: String,
    /// Concrete path of its collection without `.json`, for example `/v1/Services/MG…/PhoneNumbers`.
    pub collection: String,
    /// Concrete path of the object without `.json`.
    pub path: String,
    /// Contract template of the collection, for example `/v1/Services/{ServiceSid}/PhoneNumbers`.
    pub template: String,
    /// Last segment of `path`: the SID, or the natural key where a product has no SID.
    pub key: String,
    /// Answer fields.
    pub body: Body,
    /// What was written but is never shown: write-only parameters by their parameter name, and a behaviour's own notes.
    pub hidden: Body,
    /// Answer fields before the last change, for reads that lag behind.
    pub previous: Option<Box<Body>>,
    /// Milliseconds since 1970 at creation.
    pub created_ms: i64,
    /// Milliseconds since 1970 at the last change.
    pub updated_ms: i64,
}

impl Object {
    /// A field of the answer as text.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.body.get(field).and_then(Value::as_str)
    }

    /// Sets a field of the answer.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.body.insert(field.to_owned(), value.into());
    }
}

type CollectionKey = (String, String, String);

/// The objects.
#[derive(Debug, Default)]
pub struct Store {
    objects: BTreeMap<u64, Object>,
    by_path: BTreeMap<CollectionKey, u64>,
    by_collection: HashMap<CollectionKey, BTreeSet<u64>>,
    next: u64,
}

impl Store {
    /// Stores an object, replacing one at the same path.
    pub fn insert(&mut self, mut object: Object) -> u64 {
        let path = key(&object.host, &object.account, &object.path);
        if let Some(old) = self.by_path.get(&path).copied() {
            self.forget(old);
        }
        self.next += 1;
        let sequence = self.next;
        object.sequence = sequence;
        self.by_path.insert(path, sequence);
        self.by_collection
            .entry(key(&object.host, &object.account, &object.collection))
            .or_default()
            .insert(sequence);
        self.objects.insert(sequence, object);
        sequence
    }

    /// Puts an object back that was changed outside; its path and owner must be as before.
    pub fn replace(&mut self, object: Object) {
        self.objects.insert(object.sequence, object);
    }

    /// The object at a path.
    pub fn find(&self, host: &str, account: &str, path: &str) -> Option<&Object> {
        self.by_path
            .get(&key(host, account, path))
            .and_then(|sequence| self.objects.get(sequence))
    }

    /// The object at a path, to be changed.
    pub fn find_mut(&mut self, host: &str, account: &str, path: &str) -> Option<&mut Object> {
        let sequence = self.by_path.get(&key(host, account, path))?;
        self.objects.get_mut(sequence)
    }

    /// The object with this number, to be changed in its fields.
    pub fn numbered_mut(&mut self, sequence: u64) -> Option<&mut Object> {
        self.objects.get_mut(&sequence)
    }

    /// Members of a collection, oldest first.
    pub fn members(&self, host: &str, account: &str, collection: &str) -> impl DoubleEndedIterator<Item = &Object> {
        self.by_collection
            .get(&key(host, account, collection))
            .into_iter()
            .flatten()
            .filter_map(|sequence| self.objects.get(sequence))
    }

    /// Every object, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Object> {
        self.objects.values()
    }

    /// Every object, oldest first, to be changed in its fields (not in path or owner).
    pub fn all_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Object> {
        self.objects.values_mut()
    }

    /// Takes an object and everything below its path out of the store, the object itself first; empty if there is none.
    pub fn remove(&mut self, host: &str, account: &str, path: &str) -> Vec<Object> {
        let Some(first) = self.by_path.get(&key(host, account, path)).copied() else {
            return Vec::new();
        };
        let below = format!("{path}/");
        let mut sequences = vec![first];
        sequences.extend(
            self.by_path
                .range(key(host, account, &below)..)
                .take_while(|((h, a, p), _)| h == host && a == account && p.starts_with(&below))
                .map(|(_, sequence)| *sequence),
        );
        sequences
            .into_iter()
            .filter_map(|sequence| self.forget(sequence))
            .collect()
    }

    /// Gives an object to another account; its path must be rewritten by `rewrite`.
    pub fn relocate(&mut self, sequence: u64, rewrite: impl FnOnce(&mut Object)) {
        let Some(mut object) = self.forget(sequence) else {
            return;
        };
        rewrite(&mut object);
        self.by_path
            .insert(key(&object.host, &object.account, &object.path), sequence);
        self.by_collection
            .entry(key(&object.host, &object.account, &object.collection))
            .or_default()
            .insert(sequence);
        self.objects.insert(sequence, object);
    }

    fn forget(&mut self, sequence: u64) -> Option<Object> {
        let object = self.objects.remove(&sequence)?;
        self.by_path.remove(&key(&object.host, &object.account, &object.path));
        let collection = key(&object.host, &object.account, &object.collection);
        if let Some(members) = self.by_collection.get_mut(&collection) {
            members.remove(&sequence);
            if members.is_empty() {
                self.by_collection.remove(&collection);
            }
        }
        Some(object)
    }
}

fn key(host: &str, account: &str, path: &str) -> CollectionKey {
    (host.to_owned(), account.to_owned(), path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(path: &str) -> Object {
        let (collection, last) = path.rsplit_once('/').expect("test paths have a slash");
        Object {
            sequence: 0,
            host: "messaging.twilio.com".into(),
            account: "AC1".into(),
            collection: collection.into(),
            path: path.into(),
            template: String::new(),
            key: last.into(),
            body: Body::new(),
            hidden: Body::new(),
            previous: None,
            created_ms: 0,
            updated_ms: 0,
        }
    }

    #[test]
    fn removing_takes_what_stands_below_and_nothing_else() {
        let mut store = Store::default();
        for path in [
            "/v1/Services/MG1",
            "/v1/Services/MG1/PhoneNumbers/PN1",
            "/v1/Services/MG10",
        ] {
            store.insert(object(path));
        }
        let gone: Vec<String> = store
            .remove("messaging.twilio.com", "AC1", "/v1/Services/MG1")
            .into_iter()
            .map(|object| object.path)
            .collect();
        assert_eq!(gone, ["/v1/Services/MG1", "/v1/Services/MG1/PhoneNumbers/PN1"]);
        let left: Vec<&str> = store.all().map(|object| object.key.as_str()).collect();
        assert_eq!(left, ["MG10"]);
        assert_eq!(
            store
                .members("messaging.twilio.com", "AC1", "/v1/Services/MG1/PhoneNumbers")
                .count(),
            0
        );
    }

    #[test]
    fn an_object_belongs_to_one_account() {
        let mut store = Store::default();
        store.insert(object("/v1/Services/MG1"));
        assert!(store.find("messaging.twilio.com", "AC2", "/v1/Services/MG1").is_none());
        assert!(store.find("messaging.twilio.com", "AC1", "/v1/Services/MG1").is_some());
    }

    #[test]
    fn members_come_in_order_of_creation() {
        let mut store = Store::default();
        for path in ["/v1/Services/B", "/v1/Services/A", "/v1/Services/C"] {
            store.insert(object(path));
        }
        let keys: Vec<&str> = store
            .members("messaging.twilio.com", "AC1", "/v1/Services")
            .map(|object| object.key.as_str())
            .collect();
        assert_eq!(keys, ["B", "A", "C"]);
    }
}
