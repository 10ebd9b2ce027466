//! Who lets go of a protected object that was replaced and still stands: what replaced it, and nobody else.
//!
//! While Terraform plans, the destroy of a deposed object looks like that of one whose block was taken out: no address, no
//! mark, and the order of plans is by chance. Only an apply shows the difference, and notes it with the object: it plans
//! what is deposed again before the destroy, and nothing else that goes. So an object without such a note is never let go
//! here, however old it and the others of its type are.
//!
//! Terraform plans a deposed object and what replaced it in any order, and applies a change of what replaced it before the
//! destroy of the deposed one (seen with 1.11). What is planned without a change it does not apply at all. So an object that
//! asks is noted when it is read and when it is planned to go, and whoever comes second, it or its successor, sees the other.

use super::{Conflict, Entry, Key, Ledger, Records};
use crate::engine::values::private::ProtectionSetting;

/// A protected object that may only go when what replaced it lifts the protection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseRequest {
    /// The object.
    pub key: Key,
    /// What stands for it in a message.
    pub label: String,
    /// The ids of what may have replaced it, as the apply that made those has noted: all of them have to lift the protection.
    /// `None` in that apply itself, where everything of the type that it made may be it.
    pub successors: Option<Vec<String>>,
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
    /// Why.
    pub why: Hindrance,
}

/// What keeps a deposed object from going.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// What goes by this label may have replaced it, and does not lift the protection.
    Protects(String),
    /// What goes by this label replaced it, and is planned to go itself.
    GoesToo(String),
    /// What replaced it is not there any more, or was never noted.
    NobodyLeft,
}

impl Ledger {
    /// Notes that an object asks whether it may go, and tells who is known to be against that.
    pub fn request_release(&self, release: &ReleaseRequest) -> Option<Held> {
        let mut records = self.records();
        let held = records.held_by(release);
        records.release.retain(|other| other.key != release.key);
        records.release.push(release.clone());
        if held.is_some() && release.is_going {
            records.refused.insert(release.key.clone());
        }
        held
    }

    /// Whether something of the type was made in this run.
    pub fn has_made(&self, type_name: &str) -> bool {
        self.records().made.iter().any(|(key, _)| key.0 == type_name)
    }

    /// Whether what replaced the object has lifted its protection in this run, as far as was planned and made by now.
    pub fn is_lifted(&self, release: &ReleaseRequest) -> bool {
        let records = self.records();
        let words: Vec<_> = match &release.successors {
            None => records
                .made_of(release.key.0)
                .map(|(_, setting)| Some(*setting))
                .collect(),
            Some(ids) => ids.iter().map(|id| records.word(release.key.0, id)).collect(),
        };
        !words.is_empty() && words.iter().all(|word| *word == Some(ProtectionSetting::Lift))
    }

    /// What was made of the type in this run and may have replaced what is deposed now: where any of that does not lift
    /// protection, only those that do not. If it is another one that replaced the object, that one has lifted it already.
    pub fn made_in_place(&self, type_name: &str) -> Vec<String> {
        let records = self.records();
        let ids = |is_wanted: fn(ProtectionSetting) -> bool| -> Vec<String> {
            let made = records.made_of(type_name).filter(|(_, setting)| is_wanted(*setting));
            made.map(|(key, _)| key.1.clone()).collect()
        };
        match ids(|setting| setting != ProtectionSetting::Lift) {
            protecting if protecting.is_empty() => ids(|_| true),
            protecting => protecting,
        }
    }

    /// Whether an object was planned to go in this run. The apply plans only deposed objects again.
    pub fn is_leaving(&self, key: &Key) -> bool {
        self.records().leaving.iter().any(|leaving| leaving.key == *key)
    }
}

impl Records {
    fn made_of<'a>(&'a self, type_name: &'a str) -> impl Iterator<Item = &'a (Key, ProtectionSetting)> {
        self.made.iter().filter(move |(key, _)| key.0 == type_name)
    }

    /// What the configuration of an object has said of protection in this run.
    fn word(&self, type_name: &'static str, id: &str) -> Option<ProtectionSetting> {
        let made = self.made_of(type_name).find(|(key, _)| key.1 == id);
        let known = || self.known.get(&(type_name, id.to_owned()))?.setting;
        made.map(|(_, setting)| *setting).or_else(known)
    }

    /// Whether a deposed object asks this, which lets it go: the apply does not know of that otherwise.
    pub(super) fn needs_apply(&self, entry: &Entry) -> bool {
        let Some((id, _)) = &entry.owner else { return false };
        let asks = |release: &ReleaseRequest| {
            let is_successor = release.successors.iter().flatten().any(|successor| successor == id);
            release.key.0 == entry.type_name && !release.is_let_go && is_successor
        };
        entry.setting == ProtectionSetting::Lift && self.release.iter().any(asks)
    }

    /// What has come to be against the destroy of one of this type, whose own plan could not know of it. It is said once.
    pub(super) fn protects(&mut self, type_name: &str) -> Option<Conflict> {
        let open = self
            .release
            .iter()
            .filter(|release| release.key.0 == type_name && release.is_going && !self.refused.contains(&release.key));
        let held = open.filter_map(|release| self.held_by(release)).next()?;
        self.refused.insert(held.release.key.clone());
        Some(Conflict::Protects(held))
    }

    fn held_by(&self, release: &ReleaseRequest) -> Option<Held> {
        let ids = release.successors.as_ref()?;
        let key = |id: &String| (release.key.0, id.clone());
        let protects = |id: &String| {
            let known = self.known.get(&key(id)).filter(|known| !known.is_missing)?;
            let is_unwilling = known.setting.is_some_and(|setting| setting != ProtectionSetting::Lift);
            is_unwilling.then(|| Hindrance::Protects(known.label.clone()))
        };
        let goes = |id: &String| {
            let leaving = self.leaving.iter().find(|leaving| leaving.key == key(id))?;
            Some(Hindrance::GoesToo(leaving.label.clone()))
        };
        let is_gone = |id: &String| self.known.get(&key(id)).is_some_and(|known| known.is_missing);
        let nobody = || (ids.is_empty() || ids.iter().any(is_gone)).then_some(Hindrance::NobodyLeft);
        let why = match release.is_let_go {
            true => ids.iter().find_map(protects),
            false => ids
                .iter()
                .find_map(protects)
                .or_else(|| ids.iter().find_map(goes))
                .or_else(nobody),
        };
        why.map(|why| Held {
            release: release.clone(),
            why,
        })
    }
}
