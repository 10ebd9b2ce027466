//! Who has what in this run: which objects this process made, adopted, changed or is destroying, and which it has planned.
//!
//! Terraform plans and applies each resource by itself and never says its address. Two resources of a configuration may be
//! about one object nevertheless: one adopts what another has, the same thing was imported twice, or a replacement that is
//! made before its predecessor goes adopts the predecessor. What one process can see of that is noted here: for one run,
//! which begins with each ConfigureProvider. A provider block with an alias has a process, and a ledger, of its own.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::engine::facts::Properties;
use crate::engine::values::private::ProtectionSetting;

mod lifting;

pub use lifting::{Held, Hindrance, ReleaseRequest};

/// An object: a type's name and the id of the object in it.
pub type Key = (&'static str, String);

/// What one process knows of the run.
#[derive(Debug, Default)]
pub struct Ledger {
    records: Mutex<Records>,
}

#[derive(Debug, Default)]
struct Records {
    /// Objects that were made, adopted or changed, each with the word of who holds it.
    held: HashMap<Key, String>,
    /// Objects that were destroyed, and not made again.
    gone: HashSet<Key>,
    /// One at a time may adopt or destroy an object.
    turns: HashMap<Key, Arc<tokio::sync::Mutex<()>>>,
    /// What is planned to be there.
    planned: Vec<Entry>,
    /// What is planned to go.
    leaving: Vec<PlannedDestroy>,
    /// What was made in this run, with what its configuration says of protection.
    made: Vec<(Key, ProtectionSetting)>,
    /// What was read or planned in this run.
    known: HashMap<Key, Known>,
    /// Protected objects that may only go when what replaced them says so.
    release: Vec<ReleaseRequest>,
    /// Those of them whose destroy was refused in a plan already.
    refused: HashSet<Key>,
    /// What to store with objects that still stand.
    remaining: HashMap<Key, Remaining>,
    /// What a hook noted of the parts of objects that were to be destroyed and still stand.
    notes: HashMap<Key, Properties>,
}

/// What a run has come to know of an object that exists.
#[derive(Debug, Clone, Default)]
struct Known {
    /// Under which holders the state has it.
    holders: HashSet<Option<String>>,
    /// What stands for it in a message.
    label: String,
    /// What its configuration says of protection, once that was planned.
    setting: Option<ProtectionSetting>,
    /// Whether Twilio says that it is gone.
    is_missing: bool,
}

/// What was found about an object that was to be destroyed and still stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remaining {
    /// What may have replaced it.
    pub successors: Vec<String>,
    /// Whether its protection was lifted, and only something else kept it.
    pub is_let_go: bool,
}

/// Something that is planned to go.
#[derive(Debug, Clone)]
pub struct PlannedDestroy {
    /// The object.
    pub key: Key,
    /// Its holder.
    pub holder: Option<String>,
    /// What stands for it in a message.
    pub label: String,
    /// What it goes by in its collection.
    pub names: Vec<String>,
    /// Whether its read has seen that another resource keeps it.
    pub is_kept_elsewhere: bool,
}

/// Whether something may be planned to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DestroyCheck {
    /// Nothing is against it.
    Free,
    /// Another resource keeps the object, and the apply will know that.
    Kept,
    /// The state has the object twice, and the other one was not planned yet.
    Twice,
    /// Something is against it.
    Refused(Conflict),
}

/// What came of a plan.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What stands in its way.
    pub conflict: Option<Conflict>,
    /// What another type manages of the same object.
    pub partner: Option<Entry>,
    /// Whether the apply has to hear of this plan, also where nothing changes: something that goes is about the same object,
    /// or asks whether it may go.
    pub needs_apply: bool,
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
    /// Whether an object that exists came into the state by adoption.
    pub is_adopted: bool,
    /// Another type that manages the same objects.
    pub part_of: Option<&'static str>,
    /// What the configuration says of protection.
    pub setting: ProtectionSetting,
    /// Whether this is a plan, and no read.
    pub is_planned: bool,
    /// Whether the apply hears of it, also where nothing changes.
    pub reaches_apply: bool,
}

/// What stands in the way of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Another resource has this very object.
    SameObject(String),
    /// Another resource goes by the same name, and one of the two would adopt the other's object.
    SameName(NameConflict),
    /// The same plan destroys what goes by this name, or is this very object.
    Leaves(String),
    /// Another resource keeps what is to go.
    KeptByAnother,
    /// It may have replaced one that is protected, and does not lift the protection.
    Protects(Held),
}

/// Another resource that goes by the same name, as the one that is planned sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameConflict {
    /// What stands for it in a message.
    pub label: String,
    /// Which of the two would take over what the other has.
    pub taker: Adopter,
}

/// Which of two resources that go by one name would take over what the other has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adopter {
    /// The one that is planned is new and adopts.
    Own,
    /// The other is new and adopts.
    Other,
    /// Nothing else can have the name.
    Either,
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
    fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else adopts or destroys the object.
    pub async fn turn(&self, key: &Key) -> OwnedMutexGuard<()> {
        let turn = Arc::clone(self.records().turns.entry(key.clone()).or_default());
        turn.lock_owned().await
    }

    /// Takes an object for `holder`. False when another has it.
    #[must_use = "an object belongs to one"]
    pub fn hold(&self, key: &Key, holder: &str) -> bool {
        let mut records = self.records();
        match records.held.get(key) {
            Some(other) if other != holder => false,
            _ => {
                records.gone.remove(key);
                records.held.insert(key.clone(), holder.to_owned());
                true
            }
        }
    }

    /// Gives up what `holder` took, after what it was taken for failed.
    pub fn release(&self, key: &Key, holder: &str) {
        let mut records = self.records();
        if records.held.get(key).is_some_and(|word| word == holder) {
            records.held.remove(key);
        }
    }

    /// Whether an object was destroyed in this run.
    pub fn is_gone(&self, key: &Key) -> bool {
        self.records().gone.contains(key)
    }

    /// Whether anybody has the object.
    #[cfg(test)]
    pub fn is_held(&self, key: &Key) -> bool {
        self.records().held.contains_key(key)
    }

    /// Whether the one of this holder may be destroyed.
    pub fn destroying(&self, key: &Key, holder: Option<&str>) -> Destroying {
        match self.records().held.get(key) {
            Some(word) if Some(word.as_str()) != holder => Destroying::Taken,
            _ => Destroying::Free,
        }
    }

    /// Warnings that an object is gone.
    pub fn destroyed(&self, key: &Key) {
        self.left(key);
        self.records().gone.insert(key.clone());
    }

    /// Warnings that an object left the state and stays in Twilio, where whoever adopts it may have it.
    pub fn left(&self, key: &Key) {
        let mut records = self.records();
        records.held.remove(key);
        records.made.retain(|(made, _)| made != key);
        records.known.remove(key);
        records.planned.retain(|entry| !entry.is_of(key));
        records.leaving.retain(|leaving| leaving.key != *key);
    }

    /// Warnings that an object was made, or adopted in place of that.
    pub fn made(&self, key: &Key, setting: ProtectionSetting) {
        self.records().made.push((key.clone(), setting));
    }

    /// Warnings that an object is read for this holder.
    pub fn reads(&self, entry: &Entry) {
        self.records().know(entry);
    }

    /// Warnings that an object is gone, by Twilio's own word.
    pub fn is_missing(&self, key: &Key) {
        if let Some(known) = self.records().known.get_mut(key) {
            known.is_missing = true;
        }
    }

    /// Whether the state has an object under another holder too, as far as was read.
    pub fn is_had_twice(&self, key: &Key, holder: Option<&str>) -> bool {
        let owner = Some((key.1.clone(), holder.map(str::to_owned)));
        self.records().is_had_twice(key.0, owner.as_ref())
    }

    /// Whether another resource is planned to keep the object of this holder.
    pub fn is_kept_by_another(&self, key: &Key, holder: Option<&str>) -> bool {
        self.records().keeper(key, holder).is_some()
    }

    /// Warnings a plan, and tells what stands in its way; and whether another type manages the same object.
    pub fn plan(&self, mut entry: Entry) -> Verdict {
        let mut records = self.records();
        if entry.is_kept() {
            records.know(&entry);
            entry.reaches_apply = entry.is_adopted
                && (entry.reaches_apply || records.is_had_twice(entry.type_name, entry.owner.as_ref()));
        }
        let leaves = records.leaving.iter().find_map(|leaving| leaving.conflict(&entry));
        let other = || records.planned.iter().find_map(|other| other.conflict(&entry));
        let conflict = leaves.or_else(other);
        let partner = records.planned.iter().find(|other| other.is_partner(&entry)).cloned();
        let needs_apply = entry.reaches_apply || (entry.is_kept() && records.needs_apply(&entry));
        let type_name = entry.type_name;
        records.planned.retain(|other| !other.is_same(&entry));
        records.planned.push(entry);
        Verdict {
            conflict: conflict.or_else(|| records.protects(type_name)),
            partner,
            needs_apply,
        }
    }

    /// Warnings that an object is planned to go, and tells what is against that.
    pub fn plan_destroy(&self, leaving: PlannedDestroy) -> DestroyCheck {
        let mut records = self.records();
        let (key, holder) = (leaving.key.clone(), leaving.holder.clone());
        let keeper = records
            .keeper(&key, holder.as_deref())
            .map(|keeper| keeper.reaches_apply);
        if leaving.is_kept_elsewhere || keeper == Some(true) {
            return DestroyCheck::Kept;
        }
        let remade = records.planned.iter().find(|entry| leaving.conflict(entry).is_some());
        let remade = remade.map(|entry| Conflict::Leaves(entry.label.clone()));
        let goes_too = records
            .leaving
            .iter()
            .any(|other| other.key == key && other.holder != holder);
        let others = records.known.get(&key).filter(|known| !known.is_missing);
        let is_twice = others.is_some_and(|known| known.holders.iter().any(|other| *other != holder));
        records.leaving.push(leaving);
        if keeper == Some(false) {
            return DestroyCheck::Refused(Conflict::KeptByAnother);
        }
        match remade.or_else(|| records.protects(key.0)) {
            Some(conflict) => DestroyCheck::Refused(conflict),
            None if is_twice && !goes_too => DestroyCheck::Twice,
            None => DestroyCheck::Free,
        }
    }

    /// Warnings what to store with an object that still stands.
    pub fn keep_remaining(&self, key: &Key, remaining: Remaining) {
        self.records().remaining.insert(key.clone(), remaining);
    }

    /// What to store with an object that still stands.
    pub fn remaining(&self, key: &Key) -> Option<Remaining> {
        self.records().remaining.get(key).cloned()
    }

    /// Keeps what is noted of an object that was to be destroyed and still stands.
    pub fn keep_notes(&self, key: &Key, notes: Properties) {
        self.records().notes.insert(key.clone(), notes);
    }

    /// What is noted of an object that still stands, if its destroy began.
    pub fn notes(&self, key: &Key) -> Option<Properties> {
        self.records().notes.get(key).cloned()
    }

    /// Forgets the plan of what is applied now: of the object, or of a new one with these names.
    pub fn applied(&self, type_name: &str, id: Option<&str>, names: &[String]) {
        let mut records = self.records();
        let position = records.planned.iter().position(|entry| {
            entry.type_name == type_name
                && match id {
                    Some(id) => entry.owner.as_ref().is_some_and(|(own, _)| own == id),
                    None => entry.owner.is_none() && entry.names == names,
                }
        });
        if let Some(position) = position {
            records.planned.remove(position);
        }
    }
}

impl Records {
    fn know(&mut self, entry: &Entry) {
        let Some((id, holder)) = &entry.owner else { return };
        let known = self.known.entry((entry.type_name, id.clone())).or_default();
        known.holders.insert(holder.clone());
        known.label.clone_from(&entry.label);
        if entry.is_planned {
            known.setting = Some(entry.setting);
        }
    }

    /// What is planned to keep the object under another holder than this.
    fn keeper(&self, key: &Key, holder: Option<&str>) -> Option<&Entry> {
        self.planned.iter().find(|entry| {
            let owner = entry.owner.as_ref();
            entry.is_of(key) && owner.is_some_and(|(_, other)| other.as_deref() != holder)
        })
    }

    /// Whether the state has this object under another holder too.
    fn is_had_twice(&self, type_name: &'static str, owner: Option<&(String, Option<String>)>) -> bool {
        let Some((id, holder)) = owner else { return false };
        let key = (type_name, id.clone());
        let known = self.known.get(&key);
        let is_known = known.is_some_and(|known| known.holders.iter().any(|other| other != holder));
        let mut leaving = self.leaving.iter();
        is_known || leaving.any(|leaving| leaving.key == key && leaving.holder != *holder)
    }
}

impl PlannedDestroy {
    /// What is against making or keeping this while that goes.
    fn conflict(&self, entry: &Entry) -> Option<Conflict> {
        if entry.type_name != self.key.0 {
            return None;
        }
        let owner = entry.owner.as_ref();
        let is_own = owner.is_some_and(|(id, _)| *id == self.key.1);
        if entry.is_kept() {
            let is_others = is_own && owner.is_some_and(|(_, holder)| *holder != self.holder);
            // What was adopted may be the replacement of a deposed object, which is the same.
            return (is_others && !entry.is_adopted).then(|| Conflict::SameObject(entry.label.clone()));
        }
        let is_same = entry.id.as_ref() == Some(&self.key.1) && entry.part_of.is_none();
        let has_name = self.names.iter().any(|name| entry.names.contains(name));
        let takes = has_name && (entry.adopts || entry.is_unique);
        (!is_own && (is_same || takes)).then(|| Conflict::Leaves(self.label.clone()))
    }
}

impl Entry {
    /// Whether this is what exists and stays.
    fn is_kept(&self) -> bool {
        self.owner.is_some() && !self.is_made
    }

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
        let adopts = |entry: &Self| entry.is_made && entry.adopts;
        let taker = match (adopts(other), adopts(self)) {
            _ if self.is_unique && (self.is_made || other.is_made) => Adopter::Either,
            (true, _) => Adopter::Own,
            (_, true) => Adopter::Other,
            _ => return None,
        };
        same_name.then(|| {
            Conflict::SameName(NameConflict {
                label: self.label.clone(),
                taker,
            })
        })
    }

    fn is_partner(&self, other: &Self) -> bool {
        let is_part = self.part_of == Some(other.type_name) || other.part_of == Some(self.type_name);
        is_part && self.id.is_some() && self.id == other.id
    }
}

#[cfg(test)]
mod tests;
