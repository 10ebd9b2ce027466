//! Who lets go of a protected object that was replaced and still stands: what replaced it, and nobody else.
//!
//! Terraform plans a deposed object and what replaced it in any order, and applies a change of what replaced it before the
//! destroy of the deposed one (seen with 1.11). What is planned without a change it does not apply at all. So an object that
//! asks is noted when it is read and when it is planned to go, and whoever comes second, it or its successor, sees the other.

use super::{Book, Conflict, Entry, Key, Known, Ledger};
use crate::engine::values::private::Wish;

/// A protected object that may only go when what replaced it lifts the protection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The object.
    pub key: Key,
    /// What stands for it in a message.
    pub label: String,
    /// When it was made, as Twilio says.
    pub born: Option<String>,
    /// The ids of what may have replaced it. Empty where nobody knows: then it may be anything of the type.
    pub successors: Vec<String>,
    /// Whether it is planned to go, and not just read.
    pub is_going: bool,
    /// Whether a configuration that was applied has lifted the protection before.
    pub is_let_go: bool,
}

/// Who keeps a protected object from going.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The protected one.
    pub asking: Asking,
    /// What may have replaced it.
    pub by: String,
    /// Whether that is planned to go itself.
    pub goes_too: bool,
}

impl Ledger {
    /// Warnings that an object asks whether it may go, and tells who is known to be against that.
    pub fn ask(&self, asking: &Asking) -> Option<Held> {
        let mut book = self.book();
        let held = book.held_by(asking);
        book.asking.retain(|other| other.key != asking.key);
        book.asking.push(asking.clone());
        held
    }

    /// Whether anything is known of the type that may have replaced the object.
    pub fn has_candidates(&self, asking: &Asking) -> bool {
        let book = self.book();
        let is_made = |entry: &Entry| entry.type_name == asking.key.0 && entry.is_made;
        book.candidates(asking).next().is_some() || book.planned.iter().any(is_made)
    }

    /// Whether something of the type was made in this run.
    pub fn has_made(&self, type_name: &str) -> bool {
        self.book().made.iter().any(|(key, _)| key.0 == type_name)
    }

    /// Whether what replaced the object has lifted its protection in this run, as far as was planned by now; where nobody
    /// knows what did, everything that was planned or made and may have.
    pub fn is_lifted(&self, asking: &Asking) -> bool {
        let book = self.book();
        let said: Vec<_> = book.candidates(asking).filter_map(|(_, known)| known.wish).collect();
        let made = book.made.iter().filter(|(key, _)| key.0 == asking.key.0);
        let made: Vec<_> = made.map(|(_, wish)| *wish).collect();
        // What replaces a tainted object is made in the same run. What replaced one that is known is that and no other.
        let words = match asking.successors.is_empty() {
            true if !made.is_empty() => made,
            false if said.is_empty() => made,
            _ => said,
        };
        !words.is_empty() && words.iter().all(|wish| *wish == Wish::Lift)
    }

    /// What was made of the type in this run and does not lift protection.
    pub fn protecting(&self, type_name: &str) -> Vec<String> {
        let book = self.book();
        let made = book.made.iter();
        made.filter(|(key, wish)| key.0 == type_name && *wish != Wish::Lift)
            .map(|(key, _)| key.1.clone())
            .collect()
    }

    /// Whether an object was planned to go in this run. The apply plans only deposed objects again.
    pub fn is_leaving(&self, key: &Key) -> bool {
        self.book().leaving.iter().any(|leaving| leaving.key == *key)
    }
}

impl Book {
    /// What exists, is known, and may have replaced the object.
    fn candidates<'a>(&'a self, asking: &'a Asking) -> impl Iterator<Item = (&'a Key, &'a Known)> {
        let of_type = self.known.iter();
        of_type.filter(|(key, known)| key.0 == asking.key.0 && !known.is_missing && asking.may_be(&key.1, known))
    }

    /// Whether a protected object asks this.
    pub(super) fn is_asked(&self, entry: &Entry) -> bool {
        let Some((id, _)) = &entry.owner else { return false };
        let known = self.known.get(&(entry.type_name, id.clone()));
        known.is_some_and(|known| {
            let mut asking = self.asking.iter().filter(|asking| asking.key.0 == entry.type_name);
            asking.any(|asking| asking.may_be(id, known))
        })
    }

    /// The objects that ask and that something is known to be against.
    pub(super) fn held(&self) -> Vec<Held> {
        let going = self.asking.iter().filter(|asking| asking.is_going);
        going.filter_map(|asking| self.held_by(asking)).collect()
    }

    /// What has come to be against one of the objects that ask.
    pub(super) fn protects(&self, before: &[Held]) -> Option<Conflict> {
        let is_new = |held: &Held| before.iter().all(|other| other.asking.key != held.asking.key);
        self.held().into_iter().find(is_new).map(Conflict::Protects)
    }

    fn held_by(&self, asking: &Asking) -> Option<Held> {
        let held = |by: &str, goes_too: bool| {
            Some(Held {
                asking: asking.clone(),
                by: by.to_owned(),
                goes_too,
            })
        };
        let unwilling = |wish: Option<Wish>| wish.is_some_and(|wish| wish != Wish::Lift);
        if let Some((_, known)) = self.candidates(asking).find(|(_, known)| unwilling(known.wish)) {
            return held(&known.label, false);
        }
        let goes = |id: &String| {
            self.leaving
                .iter()
                .find(|leaving| leaving.key == (asking.key.0, id.clone()))
        };
        if let (false, Some(leaving)) = (asking.is_let_go, asking.successors.iter().find_map(goes)) {
            return held(&leaving.label, true);
        }
        let is_new = |entry: &&Entry| entry.type_name == asking.key.0 && entry.owner.is_none() && entry.is_made;
        if asking.successors.is_empty() && !self.planned.iter().any(|entry| is_new(&entry)) {
            let stays = |key: &Key| self.leaving.iter().all(|leaving| leaving.key != *key);
            let mut candidates = self.candidates(asking);
            match (candidates.next(), candidates.all(|(key, _)| !stays(key))) {
                (Some((first, known)), true) if !stays(first) => return held(&known.label, true),
                _ => {}
            }
        }
        // Something new counts where what replaced the object is not there any more, or was never known.
        let is_absent = |id: &String| match self.known.get(&(asking.key.0, id.clone())) {
            Some(known) => known.is_missing,
            None => !asking.is_let_go,
        };
        let mut new = self
            .planned
            .iter()
            .filter(is_new)
            .filter(|entry| entry.wish != Wish::Lift);
        match asking.successors.iter().all(is_absent) && !(asking.successors.is_empty() && asking.is_let_go) {
            true => new.next().and_then(|entry| held(&entry.label, false)),
            false => None,
        }
    }
}

impl Asking {
    /// Whether this may have replaced the object: it is known to, or nobody knows and it was made or adopted later.
    fn may_be(&self, id: &str, known: &Known) -> bool {
        let is_younger = match (&known.born, &self.born) {
            (Some(born), Some(own)) => born >= own || known.is_adopted,
            _ => true,
        };
        let may_be = match self.successors.is_empty() {
            true => is_younger,
            false => self.successors.iter().any(|successor| successor == id),
        };
        may_be && id != self.key.1
    }
}
