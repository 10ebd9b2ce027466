//! Who has what in this run: which objects this process made, adopted, changed or is destroying, and which it has planned.
//!
//! Terraform plans and applies each resource by itself and never says its address. Two resources of a configuration may be
//! about one object nevertheless: one adopts what another has, the same thing was imported twice, or a replacement that is
//! made before its predecessor goes adopts the predecessor. What one process can see of that is noted here: for one run,
//! which begins with each ConfigureProvider. A provider block with an alias has a process, and a ledger, of its own.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::framework::value::Value;

use super::private::Wish;

/// An object: a type's name and the id of the object in it.
pub type Key = (&'static str, String);

/// What one process knows of the run.
#[derive(Debug, Default)]
pub struct Ledger {
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    /// Objects that were made, adopted or changed, each with the word of who holds it.
    held: HashMap<Key, String>,
    /// Objects that were destroyed, and not made again.
    gone: HashSet<Key>,
    /// One at a time may adopt or destroy an object.
    turns: HashMap<Key, Arc<tokio::sync::Mutex<()>>>,
    /// What is planned to be there.
    planned: Vec<Entry>,
    /// What is planned to go, with its holder.
    leaving: Vec<(Key, Option<String>)>,
    /// What was made in this run.
    made: Vec<Made>,
    /// Protected objects that were replaced and may only go when these say so.
    waiting: Vec<Waiting>,
    /// What was noted to have replaced objects that still stand.
    succeeded: HashMap<Key, Vec<String>>,
}

/// Something planned.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The type.
    pub type_name: &'static str,
    /// What stands for it in a message.
    pub label: String,
    /// Its id, where that is known.
    pub id: Option<String>,
    /// Whose it is: the id and the holder of an object that exists, or nothing for a new one.
    pub owner: Option<(String, Option<String>)>,
    /// What it goes by in its collection, before and after.
    pub names: Vec<String>,
    /// Whether it is to be made.
    pub is_made: bool,
    /// Whether that may adopt what goes by the same name.
    pub adopts: bool,
    /// Whether nothing else in Twilio can have the name.
    pub is_unique: bool,
    /// Another type that manages the same objects.
    pub part_of: Option<&'static str>,
    /// What the configuration says of protection.
    pub wish: Wish,
}

/// What stands in the way of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Another resource has this very object.
    SameObject(String),
    /// Another resource goes by the same name, and one of the two would adopt the other's object.
    SameName(String),
    /// The object replaced one that is protected, and its configuration does not lift the protection.
    Protects(String),
}

#[derive(Debug, Clone)]
struct Made {
    key: Key,
    wish: Wish,
    config: Value,
}

#[derive(Debug, Clone)]
struct Waiting {
    key: Key,
    label: String,
    successors: Vec<String>,
}

/// Whether an object may be destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destroying {
    /// Nobody else has it.
    Free,
    /// Another resource made, adopted or changed it in this run.
    Taken,
}

impl Ledger {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else adopts or destroys the object.
    pub async fn turn(&self, key: &Key) -> OwnedMutexGuard<()> {
        let turn = Arc::clone(self.book().turns.entry(key.clone()).or_default());
        turn.lock_owned().await
    }

    /// Takes an object for `holder`. False when another has it.
    #[must_use = "an object belongs to one"]
    pub fn hold(&self, key: &Key, holder: &str) -> bool {
        let mut book = self.book();
        match book.held.get(key) {
            Some(other) if other != holder => false,
            _ => {
                book.gone.remove(key);
                book.held.insert(key.clone(), holder.to_owned());
                true
            }
        }
    }

    /// Gives up what `holder` took, after what it was taken for failed.
    pub fn release(&self, key: &Key, holder: &str) {
        let mut book = self.book();
        if book.held.get(key).is_some_and(|word| word == holder) {
            book.held.remove(key);
        }
    }

    /// Whether an object was destroyed in this run.
    pub fn is_gone(&self, key: &Key) -> bool {
        self.book().gone.contains(key)
    }

    /// Whether anybody has the object.
    pub fn is_held(&self, key: &Key) -> bool {
        self.book().held.contains_key(key)
    }

    /// Whether the one of this holder may be destroyed.
    pub fn destroying(&self, key: &Key, holder: Option<&str>) -> Destroying {
        match self.book().held.get(key) {
            Some(word) if Some(word.as_str()) != holder => Destroying::Taken,
            _ => Destroying::Free,
        }
    }

    /// Notes that an object is gone.
    pub fn destroyed(&self, key: &Key) {
        let mut book = self.book();
        book.held.remove(key);
        book.made.retain(|made| made.key != *key);
        book.planned.retain(|entry| !entry.is_of(key));
        book.leaving.retain(|(left, _)| left != key);
        book.gone.insert(key.clone());
    }

    /// Notes that an object was made, or adopted in place of that.
    pub fn made(&self, key: &Key, wish: Wish, config: &Value) {
        self.book().made.push(Made {
            key: key.clone(),
            wish,
            config: config.clone(),
        });
    }

    /// What was made of a type in this run and does not lift the protection of what it may have replaced: what was configured
    /// as the earlier object was, or if there is no such thing, all. `None` where nothing was made.
    pub fn successors(&self, type_name: &str, is_alike: impl Fn(&Value) -> bool) -> Option<Vec<String>> {
        let book = self.book();
        let of_type: Vec<_> = book.made.iter().filter(|made| made.key.0 == type_name).collect();
        let alike: Vec<_> = of_type.iter().copied().filter(|made| is_alike(&made.config)).collect();
        let candidates = if alike.is_empty() { of_type } else { alike };
        if candidates.is_empty() {
            return None;
        }
        let protects = candidates.into_iter().filter(|made| made.wish != Wish::Lift);
        Some(protects.map(|made| made.key.1.clone()).collect())
    }

    /// Notes a plan, and tells what stands in its way; and whether another type manages the same object.
    pub fn plan(&self, entry: Entry) -> (Option<Conflict>, Option<Entry>) {
        let mut book = self.book();
        let key = entry.id.as_ref().map(|id| (entry.type_name, id.clone()));
        let leaves = key.as_ref().is_some_and(|key| {
            let holder = entry.owner.as_ref().and_then(|(_, holder)| holder.as_ref());
            entry.owner.is_some()
                && book
                    .leaving
                    .iter()
                    .any(|(left, whose)| left == key && whose.as_ref() != holder)
        });
        let conflict = if leaves {
            Some(Conflict::SameObject(entry.label.clone()))
        } else {
            let other = book.planned.iter().find_map(|other| other.conflict(&entry));
            other.or_else(|| book.protects(&entry))
        };
        let partner = book.planned.iter().find(|other| other.is_partner(&entry)).cloned();
        book.planned.retain(|other| !other.is_same(&entry));
        book.planned.push(entry);
        (conflict, partner)
    }

    /// Notes that an object is planned to go. False when another resource keeps it.
    #[must_use = "what another resource keeps must not go"]
    pub fn plan_to_go(&self, key: &Key, holder: Option<&str>) -> bool {
        let mut book = self.book();
        let is_kept = book.planned.iter().any(|entry| {
            let owner = entry.owner.as_ref();
            entry.is_of(key) && owner.is_some_and(|(_, other)| other.as_deref() != holder)
        });
        book.leaving.push((key.clone(), holder.map(str::to_owned)));
        !is_kept
    }

    /// Notes that a protected object was replaced and waits for its successors to lift the protection. The label of one that
    /// is known not to.
    pub fn wait(&self, key: &Key, label: &str, successors: &[String]) -> Option<String> {
        let mut book = self.book();
        let waiting = Waiting {
            key: key.clone(),
            label: label.to_owned(),
            successors: successors.to_vec(),
        };
        let holds = book.planned.iter().find(|entry| waiting.is_held_by(entry, &book));
        let holds = holds.map(|entry| entry.label.clone());
        book.waiting.retain(|other| other.key != waiting.key);
        book.waiting.push(waiting);
        holds
    }

    /// Notes what may have replaced an object that still stands.
    pub fn note_successors(&self, key: &Key, ids: &[String]) {
        self.book().succeeded.insert(key.clone(), ids.to_vec());
    }

    /// What was noted of an object that still stands.
    pub fn noted_successors(&self, key: &Key) -> Option<Vec<String>> {
        self.book().succeeded.get(key).cloned()
    }

    /// Forgets the plan of what is applied now: of the object, or of a new one with these names.
    pub fn applied(&self, type_name: &str, id: Option<&str>, names: &[String]) {
        let mut book = self.book();
        let position = book.planned.iter().position(|entry| {
            entry.type_name == type_name
                && match id {
                    Some(id) => entry.owner.as_ref().is_some_and(|(own, _)| own == id),
                    None => entry.owner.is_none() && entry.names == names,
                }
        });
        if let Some(position) = position {
            book.planned.remove(position);
        }
    }
}

impl Book {
    fn protects(&self, entry: &Entry) -> Option<Conflict> {
        let waiting = self.waiting.iter().find(|waiting| waiting.is_held_by(entry, self))?;
        Some(Conflict::Protects(waiting.label.clone()))
    }

    /// Whether every one of these is planned with its protection lifted.
    fn all_lift(&self, type_name: &str, ids: &[String]) -> bool {
        ids.iter().all(|id| {
            let own = self.planned.iter().filter(|entry| entry.type_name == type_name);
            let mut own = own.filter(|entry| entry.owner.as_ref().is_some_and(|(own, _)| own == id));
            own.next().is_some_and(|entry| entry.wish == Wish::Lift)
        })
    }
}

impl Waiting {
    /// Whether this plan keeps the object from being destroyed: that of a successor which does not lift the protection, or
    /// that of something protected which may be the successor made again.
    fn is_held_by(&self, entry: &Entry, book: &Book) -> bool {
        if entry.type_name != self.key.0 {
            return false;
        }
        match &entry.owner {
            Some((id, _)) => self.successors.contains(id) && entry.wish != Wish::Lift,
            None => entry.wish == Wish::Protect && !book.all_lift(self.key.0, &self.successors),
        }
    }
}

impl Entry {
    fn is_of(&self, key: &Key) -> bool {
        self.type_name == key.0 && self.owner.as_ref().is_some_and(|(id, _)| *id == key.1)
    }

    /// Whether this is an earlier plan of the same resource.
    fn is_same(&self, other: &Self) -> bool {
        self.type_name == other.type_name
            && self.owner.is_some()
            && self.owner == other.owner
            && self.is_made == other.is_made
    }

    fn conflict(&self, other: &Self) -> Option<Conflict> {
        if self.type_name != other.type_name {
            return None;
        }
        let owners_differ = self.owner.is_none() || self.owner != other.owner;
        if !owners_differ {
            return None;
        }
        if self.id.is_some() && self.id == other.id {
            return Some(Conflict::SameObject(self.label.clone()));
        }
        let same_name = self.names.iter().any(|name| other.names.contains(name));
        let takes = |entry: &Self| entry.is_made && (entry.adopts || entry.is_unique);
        (same_name && (takes(self) || takes(other))).then(|| Conflict::SameName(self.label.clone()))
    }

    fn is_partner(&self, other: &Self) -> bool {
        let is_part = self.part_of == Some(other.type_name) || other.part_of == Some(self.type_name);
        is_part && self.id.is_some() && self.id == other.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "twilio_thing";

    fn key(id: &str) -> Key {
        (TYPE, id.to_owned())
    }

    fn kept(id: &str, holder: Option<&str>, name: &str) -> Entry {
        Entry {
            type_name: TYPE,
            label: format!("thing {id}"),
            id: Some(id.to_owned()),
            owner: Some((id.to_owned(), holder.map(str::to_owned))),
            names: vec![name.to_owned()],
            is_made: false,
            adopts: false,
            is_unique: false,
            part_of: None,
            wish: Wish::Nothing,
        }
    }

    fn new(name: &str, adopts: bool) -> Entry {
        Entry {
            id: None,
            owner: None,
            is_made: true,
            adopts,
            label: format!("new {name}"),
            ..kept("", None, name)
        }
    }

    fn conflicts(entries: &[Entry]) -> bool {
        let forwards = Ledger::default();
        let backwards = Ledger::default();
        let found = entries.iter().any(|entry| forwards.plan(entry.clone()).0.is_some());
        let found_too = entries
            .iter()
            .rev()
            .any(|entry| backwards.plan(entry.clone()).0.is_some());
        assert_eq!(found, found_too, "the order of plans decides: {entries:?}");
        found
    }

    #[test]
    fn what_one_holder_made_is_destroyed_by_that_holder_only() {
        let ledger = Ledger::default();
        assert!(ledger.hold(&key("1"), "a"));
        assert!(!ledger.hold(&key("1"), "b") && ledger.hold(&key("1"), "a"));
        assert_eq!(ledger.destroying(&key("1"), Some("a")), Destroying::Free);
        for other in [Some("b"), None] {
            assert_eq!(ledger.destroying(&key("1"), other), Destroying::Taken);
        }
        ledger.release(&key("1"), "b");
        assert!(ledger.is_held(&key("1")));
        ledger.destroyed(&key("1"));
        assert!(ledger.is_gone(&key("1")) && !ledger.is_held(&key("1")));
        assert!(ledger.hold(&key("1"), "b") && !ledger.is_gone(&key("1")));
    }

    #[test]
    fn two_resources_for_one_object_conflict_and_one_that_is_planned_again_does_not() {
        assert!(conflicts(&[kept("1", Some("a"), "n"), kept("1", Some("b"), "n")]));
        assert!(conflicts(&[kept("1", Some("a"), "n"), kept("1", None, "n")]));
        assert!(!conflicts(&[kept("1", Some("a"), "n"), kept("1", Some("a"), "n")]));
        assert!(!conflicts(&[kept("1", Some("a"), "n"), kept("2", Some("b"), "n")]));
        let mut part = new("n", false);
        part.id = Some("1".to_owned());
        assert!(conflicts(&[part.clone(), part.clone()]));
        assert!(conflicts(&[part, kept("1", Some("a"), "m")]));
    }

    #[test]
    fn an_adoption_conflicts_with_whoever_has_the_name_but_not_with_its_own_predecessor() {
        assert!(conflicts(&[new("n", true), new("n", true)]));
        assert!(conflicts(&[new("n", true), kept("1", Some("a"), "n")]));
        assert!(!conflicts(&[new("n", true), kept("1", Some("a"), "m")]));
        assert!(!conflicts(&[
            new("n", false),
            new("n", false),
            kept("1", Some("a"), "n")
        ]));
        let replacement = |id: &str, holder: &str| Entry {
            is_made: true,
            adopts: true,
            id: None,
            ..kept(id, Some(holder), "n")
        };
        assert!(!conflicts(&[kept("1", Some("a"), "n"), replacement("1", "a")]));
        assert!(conflicts(&[
            kept("1", Some("a"), "n"),
            kept("2", Some("b"), "n"),
            replacement("1", "a")
        ]));
        let number = |entry: Entry| Entry {
            is_unique: true,
            ..entry
        };
        assert!(conflicts(&[number(new("n", false)), number(kept("1", Some("a"), "n"))]));
    }

    #[test]
    fn what_another_keeps_must_not_go() {
        for goes_first in [true, false] {
            let ledger = Ledger::default();
            let mut refused = false;
            if goes_first {
                refused |= !ledger.plan_to_go(&key("1"), Some("b"));
            }
            refused |= ledger.plan(kept("1", Some("a"), "n")).0.is_some();
            if !goes_first {
                refused |= !ledger.plan_to_go(&key("1"), Some("b"));
            }
            assert!(refused, "{goes_first}");
        }
        let ledger = Ledger::default();
        assert!(ledger.plan(kept("1", Some("a"), "n")).0.is_none());
        assert!(ledger.plan_to_go(&key("1"), Some("a")), "it is the same one");
    }

    #[test]
    fn a_predecessor_waits_for_its_successor_in_whatever_order_they_are_planned() {
        let successor = |wish: Wish| Entry {
            wish,
            ..kept("2", Some("b"), "n")
        };
        for (wish, is_refused) in [(Wish::Protect, true), (Wish::Nothing, true), (Wish::Lift, false)] {
            let ledger = Ledger::default();
            let first = ledger.wait(&key("1"), "thing 1", &["2".to_owned()]);
            let then = ledger.plan(successor(wish)).0;
            assert_eq!((first, then.is_some()), (None, is_refused), "{wish:?}");
            let ledger = Ledger::default();
            let first = ledger.plan(successor(wish)).0;
            let then = ledger.wait(&key("1"), "thing 1", &["2".to_owned()]);
            assert_eq!((first, then.is_some()), (None, is_refused), "{wish:?}");
        }
        let again = Entry {
            wish: Wish::Protect,
            ..new("n", false)
        };
        let ledger = Ledger::default();
        assert_eq!(ledger.wait(&key("1"), "thing 1", &["2".to_owned()]), None);
        assert!(
            ledger.plan(again).0.is_some(),
            "the successor is made again, and is protected"
        );
    }
}
