//! Who lets go of a protected object that was replaced and still stands: what replaced it, and nobody else.
//!
//! Terraform plans a deposed object and what replaced it in any order, and applies a change of what replaced it before the
//! destroy of the deposed one (seen with 1.11). What is planned without a change it does not apply at all. So an object that
//! asks is noted when it is read and when it is planned to go, and whoever comes second, it or its successor, sees the other.

use super::{Conflict, Entry, Key, Known, Ledger, Records};
use crate::engine::values::private::ProtectionSetting;

/// A protected object that may only go when what replaced it lifts the protection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseRequest {
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
    pub release: ReleaseRequest,
    /// What may have replaced it.
    pub by: String,
    /// Whether that is planned to go itself.
    pub goes_too: bool,
}

impl Ledger {
    /// Warnings that an object asks whether it may go, and tells who is known to be against that.
    pub fn request_release(&self, release: &ReleaseRequest) -> Option<Held> {
        let mut records = self.records();
        let held = records.held_by(release);
        records.release.retain(|other| other.key != release.key);
        records.release.push(release.clone());
        held
    }

    /// Whether anything is known of the type that may have replaced the object.
    pub fn has_candidates(&self, release: &ReleaseRequest) -> bool {
        let records = self.records();
        let is_made = |entry: &Entry| entry.type_name == release.key.0 && entry.is_made;
        records.candidates(release).next().is_some() || records.planned.iter().any(is_made)
    }

    /// Whether something of the type was made in this run.
    pub fn has_made(&self, type_name: &str) -> bool {
        self.records().made.iter().any(|(key, _)| key.0 == type_name)
    }

    /// Whether what replaced the object has lifted its protection in this run, as far as was planned by now; where nobody
    /// knows what did, everything that was planned or made and may have.
    pub fn is_lifted(&self, release: &ReleaseRequest) -> bool {
        let records = self.records();
        let said: Vec<_> = records
            .candidates(release)
            .filter_map(|(_, known)| known.setting)
            .collect();
        let made = records.made.iter().filter(|(key, _)| key.0 == release.key.0);
        let made: Vec<_> = made.map(|(_, setting)| *setting).collect();
        // What replaces a tainted object is made in the same run. What replaced one that is known is that and no other.
        let words = match release.successors.is_empty() {
            true if !made.is_empty() => made,
            false if said.is_empty() => made,
            _ => said,
        };
        !words.is_empty() && words.iter().all(|setting| *setting == ProtectionSetting::Lift)
    }

    /// What was made of the type in this run and does not lift protection.
    pub fn protecting(&self, type_name: &str) -> Vec<String> {
        let records = self.records();
        let made = records.made.iter();
        made.filter(|(key, setting)| key.0 == type_name && *setting != ProtectionSetting::Lift)
            .map(|(key, _)| key.1.clone())
            .collect()
    }

    /// Whether an object was planned to go in this run. The apply plans only deposed objects again.
    pub fn is_leaving(&self, key: &Key) -> bool {
        self.records().leaving.iter().any(|leaving| leaving.key == *key)
    }
}

impl Records {
    /// What exists, is known, and may have replaced the object.
    fn candidates<'a>(&'a self, release: &'a ReleaseRequest) -> impl Iterator<Item = (&'a Key, &'a Known)> {
        let of_type = self.known.iter();
        of_type.filter(|(key, known)| key.0 == release.key.0 && !known.is_missing && release.may_be(&key.1, known))
    }

    /// Whether a protected object asks this.
    pub(super) fn needs_apply(&self, entry: &Entry) -> bool {
        let Some((id, _)) = &entry.owner else { return false };
        let known = self.known.get(&(entry.type_name, id.clone()));
        known.is_some_and(|known| {
            let mut release = self.release.iter().filter(|release| release.key.0 == entry.type_name);
            release.any(|release| release.may_be(id, known))
        })
    }

    /// The objects that ask and that something is known to be against.
    pub(super) fn held(&self) -> Vec<Held> {
        let going = self.release.iter().filter(|release| release.is_going);
        going.filter_map(|release| self.held_by(release)).collect()
    }

    /// What has come to be against one of the objects that ask.
    pub(super) fn protects(&self, before: &[Held]) -> Option<Conflict> {
        let is_new = |held: &Held| before.iter().all(|other| other.release.key != held.release.key);
        self.held().into_iter().find(is_new).map(Conflict::Protects)
    }

    fn held_by(&self, release: &ReleaseRequest) -> Option<Held> {
        let held = |by: &str, goes_too: bool| {
            Some(Held {
                release: release.clone(),
                by: by.to_owned(),
                goes_too,
            })
        };
        let unwilling =
            |setting: Option<ProtectionSetting>| setting.is_some_and(|setting| setting != ProtectionSetting::Lift);
        if let Some((_, known)) = self.candidates(release).find(|(_, known)| unwilling(known.setting)) {
            return held(&known.label, false);
        }
        let goes = |id: &String| {
            self.leaving
                .iter()
                .find(|leaving| leaving.key == (release.key.0, id.clone()))
        };
        if let (false, Some(leaving)) = (release.is_let_go, release.successors.iter().find_map(goes)) {
            return held(&leaving.label, true);
        }
        let is_new = |entry: &&Entry| entry.type_name == release.key.0 && entry.owner.is_none() && entry.is_made;
        if release.successors.is_empty() && !self.planned.iter().any(|entry| is_new(&entry)) {
            let stays = |key: &Key| self.leaving.iter().all(|leaving| leaving.key != *key);
            let mut candidates = self.candidates(release);
            match (candidates.next(), candidates.all(|(key, _)| !stays(key))) {
                (Some((first, known)), true) if !stays(first) => return held(&known.label, true),
                _ => {}
            }
        }
        // Something new counts where what replaced the object is not there any more, or was never known.
        let is_absent = |id: &String| match self.known.get(&(release.key.0, id.clone())) {
            Some(known) => known.is_missing,
            None => !release.is_let_go,
        };
        let mut new = self
            .planned
            .iter()
            .filter(is_new)
            .filter(|entry| entry.setting != ProtectionSetting::Lift);
        match release.successors.iter().all(is_absent) && !(release.successors.is_empty() && release.is_let_go) {
            true => new.next().and_then(|entry| held(&entry.label, false)),
            false => None,
        }
    }
}

impl ReleaseRequest {
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
