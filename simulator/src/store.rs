//! Everything that exists in the simulated Twilio: objects by host, account and path, in order of creation.
//!
//! An object is stored under the path at which it is read. Deleting one deletes what stands below its path.
//!
//! No request may cost more because of what is there already, but for those that show it. So what a rule looks for is found by
//! path ([`Store::find`]) or by value ([`Store::members_with`], [`Store::kind_with`]) and not by looking at all, a count is
//! [`Store::count`], and a page of a list starts where it starts ([`Store::members_after`]). [`Store::visited`] counts the objects
//! that were looked at; tests watch it.

mod fields;
mod group;
mod object;
#[cfg(test)]
mod tests;

pub(crate) use fields::Names;
pub use fields::{Body, Fields};
pub(crate) use group::FOLDED;
pub use object::Object;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use serde_json::Value;

use self::group::Group;
use crate::contract::anonymous;

/// The objects.
#[derive(Debug, Default)]
pub struct Store {
    objects: BTreeMap<u64, Box<Object>>,
    /// By host and account.
    owned: HashMap<String, HashMap<String, Owned>>,
    /// By host and template with nameless parameters, of all accounts.
    kinds: HashMap<String, HashMap<String, Group>>,
    names: Names,
    next: u64,
    /// Objects that were handed out since [`Store::pack`] and may be open.
    handed_out: RefCell<Vec<u64>>,
    /// Objects that were handed out to be changed: their values are in no index until somebody asks.
    lent: RefCell<BTreeSet<u64>>,
    visited: Cell<u64>,
    watches: Vec<Watch>,
}

/// Somebody who wants to know which objects of some kinds have changed.
#[derive(Debug)]
struct Watch {
    by: &'static str,
    kinds: &'static [(&'static str, &'static str)],
    changed: BTreeSet<Changed>,
}

/// Place of an object that came, changed or went.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Changed {
    /// Template of its collection.
    pub(crate) template: &'static str,
    /// The account that it is or was of.
    pub(crate) account: String,
    /// Its path.
    pub(crate) path: String,
}

/// What an account has at a host.
#[derive(Debug, Default)]
struct Owned {
    by_path: BTreeMap<String, u64>,
    collections: HashMap<String, Group>,
}

impl Store {
    /// Stores an object, replacing one at the same path.
    pub fn insert(&mut self, mut object: Object) -> u64 {
        let old = self.owned(&object.host, &object.account);
        if let Some(old) = old.and_then(|owned| owned.by_path.get(&object.path).copied()) {
            self.forget(old);
        }
        self.next += 1;
        object.sequence = self.next;
        self.enter(object);
        self.next
    }

    /// Puts an object back that was changed outside; its path and owner must be as before.
    pub fn replace(&mut self, object: Object) {
        let sequence = object.sequence;
        if self.lend(sequence) {
            self.objects.insert(sequence, Box::new(object));
        }
    }

    /// The object at a path.
    pub fn find(&self, host: &str, account: &str, path: &str) -> Option<&Object> {
        let sequence = self.owned(host, account)?.by_path.get(path)?;
        self.hand_out(*sequence)
    }

    /// Objects at a path, whoever owns them, oldest first.
    pub fn find_anywhere(&self, host: &str, path: &str) -> impl Iterator<Item = &Object> {
        let accounts = self.owned.get(host).into_iter().flat_map(HashMap::values);
        let numbers: BTreeSet<u64> = accounts.filter_map(|owned| owned.by_path.get(path)).copied().collect();
        self.objects(numbers.into_iter())
    }

    /// The object at a path, to be changed in its fields.
    pub fn find_mut(&mut self, host: &str, account: &str, path: &str) -> Option<&mut Object> {
        let sequence = *self.owned(host, account)?.by_path.get(path)?;
        self.numbered_mut(sequence)
    }

    /// The object with this number.
    pub fn numbered(&self, sequence: u64) -> Option<&Object> {
        self.hand_out(sequence)
    }

    /// The object with this number, to be changed in its fields.
    pub fn numbered_mut(&mut self, sequence: u64) -> Option<&mut Object> {
        self.lend(sequence);
        self.objects.get_mut(&sequence).map(Box::as_mut)
    }

    /// Members of a collection, oldest first.
    pub fn members(&self, host: &str, account: &str, collection: &str) -> impl DoubleEndedIterator<Item = &Object> {
        let group = self.collection(host, account, collection);
        self.objects(group.into_iter().flat_map(Group::members).copied())
    }

    /// Members of a collection that are younger than the one of this number, oldest first.
    pub fn members_after(
        &self,
        host: &str,
        account: &str,
        collection: &str,
        after: u64,
    ) -> impl Iterator<Item = &Object> {
        let group = self.collection(host, account, collection);
        let range = (Bound::Excluded(after), Bound::Unbounded);
        let members = group.into_iter().flat_map(move |group| group.members().range(range));
        self.objects(members.copied())
    }

    /// Members of a collection that are older than the one of this number, newest first.
    pub fn members_before(
        &self,
        host: &str,
        account: &str,
        collection: &str,
        before: u64,
    ) -> impl Iterator<Item = &Object> {
        let group = self.collection(host, account, collection);
        let members = group.into_iter().flat_map(move |group| group.members().range(..before));
        self.objects(members.rev().copied())
    }

    /// Members of a collection of this path, whoever owns it, oldest first.
    pub fn members_anywhere(&self, host: &str, collection: &str) -> impl Iterator<Item = &Object> {
        let accounts = self.owned.get(host).into_iter().flat_map(HashMap::values);
        let groups = accounts.filter_map(|owned| owned.collections.get(collection));
        let numbers: BTreeSet<u64> = groups.flat_map(Group::members).copied().collect();
        self.objects(numbers.into_iter())
    }

    /// How many members a collection has.
    pub fn count(&self, host: &str, account: &str, collection: &str) -> usize {
        let group = self.collection(host, account, collection);
        group.map_or(0, |group| group.members().len())
    }

    /// Members of a collection with this value in a field, oldest first. Null is no value.
    pub fn members_with(
        &self,
        host: &str,
        account: &str,
        collection: &str,
        field: &str,
        value: impl Into<Value>,
    ) -> impl DoubleEndedIterator<Item = &Object> {
        self.with(self.collection(host, account, collection), field, &value.into())
    }

    /// The oldest member of a collection with this text in one of these fields.
    pub fn first_with_any(
        &self,
        host: &str,
        account: &str,
        collection: &str,
        fields: &[&str],
        text: &str,
    ) -> Option<&Object> {
        let group = self.collection(host, account, collection)?;
        self.know(group, fields);
        let value = Value::from(text);
        let found = fields
            .iter()
            .filter_map(|field| group.with(field, &value).first().copied());
        self.hand_out(found.min()?)
    }

    /// Objects of a kind with this value in a field, of all accounts, oldest first. Null is no value.
    pub fn kind_with(
        &self,
        host: &str,
        template: &str,
        field: &str,
        value: impl Into<Value>,
    ) -> impl DoubleEndedIterator<Item = &Object> {
        self.with(self.group_of_kind(host, template), field, &value.into())
    }

    /// Objects of a kind with all of these texts in these fields, of all accounts, oldest first.
    pub fn kind_with_all<'s>(
        &'s self,
        host: &str,
        template: &str,
        wanted: &[(&str, &str)],
    ) -> impl DoubleEndedIterator<Item = &'s Object> + use<'s> {
        let joined = |part: fn(&(&str, &str)) -> String| {
            let parts: Vec<String> = wanted.iter().map(part).collect();
            parts.join(&group::TOGETHER.to_string())
        };
        let fields = joined(|(field, _)| (*field).to_owned());
        let texts = joined(|(_, text)| (*text).to_owned());
        self.with(self.group_of_kind(host, template), &fields, &texts.into())
    }

    /// Objects of a kind, of all accounts, oldest first.
    pub fn kind(&self, host: &str, template: &str) -> impl DoubleEndedIterator<Item = &Object> {
        let group = self.group_of_kind(host, template);
        self.objects(group.into_iter().flat_map(Group::members).copied())
    }

    /// Members of a collection in the order of a field that all of them have, up or down: `count` of them after `skip`.
    pub fn members_along(
        &self,
        host: &str,
        account: &str,
        collection: &str,
        (field, down): (&str, bool),
        (skip, count): (usize, usize),
    ) -> impl Iterator<Item = &Object> {
        let group = self.collection(host, account, collection);
        let along = group.map(|group| {
            self.know(group, &[field]);
            group.along(field, down, skip, count)
        });
        self.objects(along.unwrap_or_default().into_iter())
    }

    /// Members of a collection with this text in a field, and those with something there that is no text, oldest first.
    pub fn members_with_text(
        &self,
        host: &str,
        account: &str,
        collection: &str,
        field: &str,
        text: &str,
    ) -> Vec<&Object> {
        let Some(group) = self.collection(host, account, collection) else {
            return Vec::new();
        };
        self.know(group, &[field]);
        let mut found = group.with(field, &Value::from(text));
        found.extend(group.without_text(field));
        found.sort_unstable();
        self.objects(found.into_iter()).collect()
    }

    /// What stands below a path, in the order of the paths.
    pub fn below(&self, host: &str, account: &str, path: &str) -> impl Iterator<Item = &Object> {
        self.objects(self.numbers_below(host, account, path).into_iter())
    }

    /// Everything of an account.
    pub fn of_account<'s>(&'s self, account: &str) -> impl Iterator<Item = &'s Object> {
        let owned = self.owned.values().filter_map(|accounts| accounts.get(account));
        let numbers: BTreeSet<u64> = owned.flat_map(|owned| owned.by_path.values().copied()).collect();
        self.objects(numbers.into_iter())
    }

    /// Every object, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Object> {
        self.objects(self.objects.keys().copied())
    }

    /// Takes an object and everything below its path out of the store, the object itself first; empty if there is none.
    pub fn remove(&mut self, host: &str, account: &str, path: &str) -> Vec<Object> {
        let first = self.owned(host, account).and_then(|owned| owned.by_path.get(path));
        let Some(first) = first.copied() else {
            return Vec::new();
        };
        let mut sequences = vec![first];
        sequences.extend(self.numbers_below(host, account, path));
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
        self.enter(object);
    }

    /// Looks at objects without their being counted.
    pub(crate) fn uncounted<T>(&self, look: impl FnOnce(&Self) -> T) -> T {
        let before = self.visited.get();
        let seen = look(self);
        self.visited.set(before);
        seen
    }

    /// How many objects were looked at so far.
    pub fn visited(&self) -> u64 {
        self.visited.get()
    }

    /// Notes from now on what changes of some kinds for somebody, who is told of everything that is there too.
    pub(crate) fn watch(&mut self, by: &'static str, kinds: &'static [(&'static str, &'static str)]) {
        if self.watches.iter().any(|watch| watch.by == by) {
            return;
        }
        let all = self.uncounted(|store| {
            let of_kind = |(host, template): &(&'static str, &'static str)| {
                let template = *template;
                let objects = store.kind(host, template);
                objects.map(move |object| Changed {
                    template,
                    account: object.account.clone(),
                    path: object.path.clone(),
                })
            };
            kinds.iter().flat_map(of_kind).collect()
        });
        self.watches.push(Watch {
            by,
            kinds,
            changed: all,
        });
    }

    /// What came, changed or went since this was last asked for somebody who watches.
    pub(crate) fn changed(&mut self, by: &str) -> BTreeSet<Changed> {
        let mut own = self.watches.iter_mut().filter(|watch| watch.by == by);
        own.next()
            .map(|watch| std::mem::take(&mut watch.changed))
            .unwrap_or_default()
    }

    fn tell(watches: &mut [Watch], object: &Object) {
        for watch in watches {
            let mut kinds = watch.kinds.iter();
            let kind = kinds.find(|(host, template)| object.host == *host && object.template == *template);
            if let Some((_, template)) = kind {
                watch.changed.insert(Changed {
                    template,
                    account: object.account.clone(),
                    path: object.path.clone(),
                });
            }
        }
    }

    /// Puts away what was handed out: called when a request is done.
    pub(crate) fn pack(&mut self) {
        self.settle();
        for sequence in self.handed_out.take() {
            if let Some(object) = self.objects.get_mut(&sequence) {
                object.body.pack(&mut self.names);
                object.hidden.pack(&mut self.names);
                if let Some(previous) = &mut object.previous {
                    previous.pack(&mut self.names);
                }
            }
        }
    }

    /// How many objects have a map of fields as such.
    #[cfg(test)]
    pub(crate) fn open(&self) -> usize {
        let is_open = |object: &&Object| {
            let previous = object.previous.as_ref().is_some_and(|previous| previous.is_open());
            object.body.is_open() || object.hidden.is_open() || previous
        };
        self.objects.values().map(Box::as_ref).filter(is_open).count()
    }

    fn owned(&self, host: &str, account: &str) -> Option<&Owned> {
        self.owned.get(host)?.get(account)
    }

    fn collection(&self, host: &str, account: &str, collection: &str) -> Option<&Group> {
        self.owned(host, account)?.collections.get(collection)
    }

    fn numbers_below(&self, host: &str, account: &str, path: &str) -> Vec<u64> {
        let below = format!("{path}/");
        let Some(owned) = self.owned(host, account) else {
            return Vec::new();
        };
        let range = owned
            .by_path
            .range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded));
        range
            .take_while(|(path, _)| path.starts_with(&below))
            .map(|(_, sequence)| *sequence)
            .collect()
    }

    fn objects<'s, N>(&'s self, numbers: N) -> impl DoubleEndedIterator<Item = &'s Object> + use<'s, N>
    where
        N: DoubleEndedIterator<Item = u64>,
    {
        numbers.filter_map(|sequence| self.hand_out(sequence))
    }

    fn with(
        &self,
        group: Option<&Group>,
        field: &str,
        value: &Value,
    ) -> impl DoubleEndedIterator<Item = &Object> + use<'_> {
        let found = group.map(|group| {
            self.know(group, &[field]);
            group.with(field, value)
        });
        self.objects(found.unwrap_or_default().into_iter())
    }

    /// Sees to it that the indexes of fields are there and true.
    fn know(&self, group: &Group, fields: &[&str]) {
        self.settle();
        let members = group.members().iter();
        let seen = group.know(
            fields,
            members.filter_map(|sequence| self.objects.get(sequence).map(Box::as_ref)),
        );
        self.visited.set(self.visited.get() + seen);
    }

    fn hand_out(&self, sequence: u64) -> Option<&Object> {
        let object = self.objects.get(&sequence)?;
        self.visited.set(self.visited.get() + 1);
        self.handed_out.borrow_mut().push(sequence);
        Some(object)
    }

    /// Takes the values of an object out of the indexes until somebody asks for them; false if there is no such object.
    fn lend(&mut self, sequence: u64) -> bool {
        let Some(object) = self.hand_out(sequence) else {
            return false;
        };
        if self.lent.borrow_mut().insert(sequence) {
            self.groups(object).for_each(|group| group.leave(object));
        }
        if let Some(object) = self.objects.get(&sequence) {
            Self::tell(&mut self.watches, object);
        }
        true
    }

    /// Enters the values of what was lent.
    fn settle(&self) {
        for sequence in self.lent.take() {
            if let Some(object) = self.objects.get(&sequence) {
                self.groups(object).for_each(|group| group.enter(object));
            }
        }
    }

    /// The collection and the kind of an object.
    fn groups(&self, object: &Object) -> impl Iterator<Item = &Group> {
        let collection = self.collection(&object.host, &object.account, &object.collection);
        collection
            .into_iter()
            .chain(self.group_of_kind(&object.host, &object.template))
    }

    fn group_of_kind(&self, host: &str, template: &str) -> Option<&Group> {
        self.kinds.get(host)?.get(&anonymous(template))
    }

    fn enter(&mut self, object: Object) {
        Self::tell(&mut self.watches, &object);
        let Object { host, account, .. } = &object;
        let owned = entry(entry(&mut self.owned, host), account);
        owned.by_path.insert(object.path.clone(), object.sequence);
        entry(&mut owned.collections, &object.collection).add(&object);
        entry(entry(&mut self.kinds, host), &anonymous(&object.template)).add(&object);
        self.handed_out.borrow_mut().push(object.sequence);
        self.objects.insert(object.sequence, Box::new(object));
    }

    fn forget(&mut self, sequence: u64) -> Option<Object> {
        if !self.lend(sequence) {
            return None;
        }
        self.lent.borrow_mut().remove(&sequence);
        let object = self.objects.remove(&sequence)?;
        if let Some(owned) = self
            .owned
            .get_mut(&object.host)
            .and_then(|owned| owned.get_mut(&object.account))
        {
            owned.by_path.remove(&object.path);
            leave(&mut owned.collections, &object.collection, sequence);
        }
        if let Some(kinds) = self.kinds.get_mut(&object.host) {
            leave(kinds, &anonymous(&object.template), sequence);
        }
        Some(*object)
    }
}

/// The entry of a name, made if there is none.
fn entry<'m, T: Default>(map: &'m mut HashMap<String, T>, name: &str) -> &'m mut T {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), T::default());
    }
    map.get_mut(name).expect("it was made above")
}

/// Takes a member out of a group, and the group away when it is empty.
fn leave(groups: &mut HashMap<String, Group>, name: &str, sequence: u64) {
    if let Some(group) = groups.get_mut(name) {
        group.remove(sequence);
        if group.members().is_empty() {
            groups.remove(name);
        }
    }
}
