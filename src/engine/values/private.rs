//! What is stored with an object beside its state, and what a plan leaves for the calls that follow it.
//!
//! Terraform hands these bytes back and never looks at them. They hold:
//! - the mark of the last write ([`crate::engine::values::last_write`]);
//! - `holder`: a word made up when the object came into a state. Two objects of the state with the same SID have different
//!   words, and nothing else tells them apart: Terraform never says an address;
//! - `plan`: what the plan of an object that exists knows and the plan of its replacement does not. Terraform hands it from
//!   the first to the second, and to the destroy that comes before the create, but not to a create;
//! - `unfinished`: that a step after the create failed, so that the state has values which Twilio may never have heard of;
//! - `succeeded_by`: the objects that may have replaced one which was not destroyed, being protected. Noted by an apply that
//!   saw it to be deposed, and the only proof of that. Empty where nobody knows;
//! - `let_go`: its protection was lifted by what replaced it, and the destroy is still to come;
//! - `adopted`: it came into the state by adoption, so that the state may have its predecessor as a deposed object;
//! - `without_file`: its create had no file to upload, so that it has none;
//! - `configured`: of settings that a destroy resets, what the configuration set at the last write;
//! - `twice`: the plan that read this has seen the same object under another holder;
//! - `remembered`: what Twilio returned to our writes of fields that it normalises, as hashes;
//! - `notes`: what hooks know of the object's parts ([`crate::engine::facts::hooks::Warnings`]);
//! - `kept_elsewhere`: the plan that read this has seen another resource keep the same object.

use serde_json::{Map, Value as Json, json};

use crate::engine::values::remembered::Remembered;

/// The private data of one object, decoded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stored(Map<String, Json>);

/// What a plan knows of the object that may be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Its id.
    pub id: String,
    /// The account that it is in.
    pub account: Option<String>,
    /// The holder's word, if it has one.
    pub holder: Option<String>,
    /// How people know it.
    pub label: String,
    /// Whether the state protects it.
    pub is_protected: bool,
    /// What it goes by, where nothing else in Twilio can have that.
    pub key: Option<String>,
    /// What its state says of destroying it.
    pub on_destroy: Option<String>,
}

/// What a plan makes: what the destroy that comes before it has to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedCreate {
    /// The account that it goes into, where no configuration names one.
    pub account: Option<String>,
    /// What it goes by, where nothing else in Twilio can have that.
    pub key: Option<String>,
    /// Whether it may adopt what is there.
    pub adopts: bool,
}

/// What the configuration says of `deletion_protection`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectionSetting {
    /// True, or not known yet.
    Protect,
    /// Nothing.
    Nothing,
    /// False, in so many words.
    Lift,
}

impl Stored {
    /// From what Terraform handed back, whoever wrote it.
    pub fn decode(private: &[u8]) -> Self {
        match serde_json::from_slice(private) {
            Ok(Json::Object(members)) => Self(members),
            _ => Self::default(),
        }
    }

    /// As Terraform keeps it.
    pub fn encode(&self) -> Vec<u8> {
        match self.0.is_empty() {
            true => Vec::new(),
            false => Json::Object(self.0.clone()).to_string().into_bytes(),
        }
    }

    /// Whether a flag is set.
    fn is(&self, name: &str) -> bool {
        self.get(name).and_then(Json::as_bool) == Some(true)
    }

    fn flagged(mut self, name: &str, is_set: bool) -> Self {
        match is_set {
            true => self.0.insert(name.to_owned(), true.into()),
            false => self.0.remove(name),
        };
        self
    }

    /// Whether its protection was lifted already.
    pub fn is_let_go(&self) -> bool {
        self.is("let_go")
    }

    /// With its protection lifted.
    #[must_use]
    pub fn let_go(self) -> Self {
        self.flagged("let_go", true)
    }

    /// Whether it came into the state by adoption.
    pub fn is_adopted(&self) -> bool {
        self.is("adopted")
    }

    /// As one that came into the state by adoption, or not.
    #[must_use]
    pub fn adopted(self, is_adopted: bool) -> Self {
        self.flagged("adopted", is_adopted)
    }

    /// Whether it was made here without a file, so that it has none; of what came otherwise nobody knows.
    pub fn is_without_file(&self) -> bool {
        self.is("without_file")
    }

    /// As one that was made without a file, or not.
    #[must_use]
    pub fn without_file(self, is_without: bool) -> Self {
        self.flagged("without_file", is_without)
    }

    /// What the configuration set at the last write; `None` where nothing was written here, as after an import.
    pub fn configured(&self) -> Option<Vec<String>> {
        let names = self.get("configured")?.as_array()?.iter();
        Some(names.filter_map(|name| name.as_str().map(str::to_owned)).collect())
    }

    /// With what the configuration sets.
    #[must_use]
    pub fn configuring(mut self, names: Option<Vec<String>>) -> Self {
        match names {
            Some(names) => self.0.insert("configured".to_owned(), json!(names)),
            None => self.0.remove("configured"),
        };
        self
    }

    /// Whether the same object was read under another holder.
    pub fn is_twice(&self) -> bool {
        self.is("twice")
    }

    /// With what was seen of the same object under another holder.
    #[must_use]
    pub fn twice(self, is_twice: bool) -> Self {
        self.flagged("twice", is_twice)
    }

    /// Whether another resource was seen to keep the same object.
    pub fn is_kept_elsewhere(&self) -> bool {
        self.is("kept_elsewhere")
    }

    /// With what was seen of others that keep the same object.
    #[must_use]
    pub fn kept_elsewhere(self, is_kept: bool) -> Self {
        self.flagged("kept_elsewhere", is_kept)
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.get(name)
    }

    /// The holder's word.
    pub fn holder(&self) -> Option<&str> {
        self.get("holder")?.as_str()
    }

    /// With this holder.
    #[must_use]
    pub fn held_by(mut self, holder: &str) -> Self {
        self.0.insert("holder".to_owned(), holder.into());
        self
    }

    /// What Twilio returned to our writes.
    pub fn remembered(&self) -> Remembered {
        Remembered::from_json(self.get("remembered"))
    }

    /// With this remembered, and nothing else.
    #[must_use]
    pub fn remembering(mut self, remembered: &Remembered) -> Self {
        match remembered.to_json() {
            Some(members) => self.0.insert("remembered".to_owned(), members),
            None => self.0.remove("remembered"),
        };
        self
    }

    /// What hooks noted.
    pub fn notes(&self) -> Map<String, Json> {
        let notes = self.get("notes").and_then(Json::as_object);
        notes.cloned().unwrap_or_default()
    }

    /// With what hooks note.
    #[must_use]
    pub fn noting(mut self, notes: Map<String, Json>) -> Self {
        match notes.is_empty() {
            true => self.0.remove("notes"),
            false => self.0.insert("notes".to_owned(), Json::Object(notes)),
        };
        self
    }

    /// What the first plan of a replacement left.
    pub fn replaced(&self) -> Option<Replaced> {
        let replaced = self.get("plan")?.get("replaces")?;
        let text = |name: &str| replaced.get(name).and_then(Json::as_str).map(str::to_owned);
        Some(Replaced {
            id: text("id")?,
            account: text("account"),
            holder: text("holder"),
            label: text("label")?,
            is_protected: replaced.get("protected").and_then(Json::as_bool).unwrap_or(true),
            key: text("key"),
            on_destroy: text("on_destroy"),
        })
    }

    /// What the configuration said of protection when this was planned.
    pub fn setting(&self) -> Option<ProtectionSetting> {
        match self.get("plan")?.get("protection")?.as_str()? {
            "lift" => Some(ProtectionSetting::Lift),
            "nothing" => Some(ProtectionSetting::Nothing),
            _ => Some(ProtectionSetting::Protect),
        }
    }

    /// With what a plan leaves for the calls that follow.
    #[must_use]
    pub fn planned(mut self, replaced: Option<&Replaced>, setting: ProtectionSetting) -> Self {
        let setting = match setting {
            ProtectionSetting::Protect => "protect",
            ProtectionSetting::Nothing => "nothing",
            ProtectionSetting::Lift => "lift",
        };
        let mut plan = json!({ "protection": setting });
        if let Some(replaced) = replaced {
            plan["replaces"] = json!({
                "id": replaced.id,
                "account": replaced.account,
                "holder": replaced.holder,
                "label": replaced.label,
                "protected": replaced.is_protected,
                "key": replaced.key,
                "on_destroy": replaced.on_destroy,
            });
        }
        self.0.insert("plan".to_owned(), plan);
        self
    }

    /// With what a plan makes, for the destroy that comes before.
    #[must_use]
    pub fn making(mut self, makes: &PlannedCreate) -> Self {
        if let Some(plan) = self.0.get_mut("plan") {
            plan["makes"] = json!({"account": makes.account, "key": makes.key, "adopts": makes.adopts});
        }
        self
    }

    /// With what the block says of a destroy that something is in the way of ([`crate::engine::facts::Managed::forced_by`]).
    #[must_use]
    pub fn forcing(mut self, is_forced: Option<bool>) -> Self {
        if let (Some(plan), Some(is_forced)) = (self.0.get_mut("plan"), is_forced) {
            plan["forced"] = is_forced.into();
        }
        self
    }

    /// What the block of what replaces it says of that; `None` where nothing replaces it.
    pub fn is_forced(&self) -> Option<bool> {
        self.get("plan")?.get("forced")?.as_bool()
    }

    /// What is made after this is destroyed.
    pub fn makes(&self) -> PlannedCreate {
        let makes = self.get("plan").and_then(|plan| plan.get("makes"));
        let text = |name: &str| makes?.get(name)?.as_str().map(str::to_owned);
        PlannedCreate {
            account: text("account"),
            key: text("key"),
            adopts: makes.and_then(|makes| makes.get("adopts")?.as_bool()).unwrap_or(false),
        }
    }

    /// With what the hook of a plan that makes something notes: the destroy that comes before it hears of that, and nothing after it.
    #[must_use]
    pub fn foreseeing(mut self, notes: Map<String, Json>) -> Self {
        if let Some(plan) = self.0.get_mut("plan").filter(|_| !notes.is_empty()) {
            plan["notes"] = Json::Object(notes);
        }
        self
    }

    /// What [`Self::foreseeing`] left.
    pub fn foreseen(&self) -> Map<String, Json> {
        let notes = self.get("plan").and_then(|plan| plan.get("notes")?.as_object());
        notes.cloned().unwrap_or_default()
    }

    /// Without what a plan left.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.0.remove("plan");
        self
    }

    /// With the note that a step after the create failed. The next write leaves it out.
    #[must_use]
    pub fn unfinished(mut self) -> Self {
        self.0.insert("unfinished".to_owned(), true.into());
        self
    }

    /// Whether a step after the create failed, and nothing was written since.
    pub fn is_unfinished(&self) -> bool {
        self.get("unfinished") == Some(&Json::Bool(true))
    }

    /// Whether an apply has seen it to be a deposed object.
    pub fn is_deposed(&self) -> bool {
        self.get("succeeded_by").is_some()
    }

    /// The ids of what may have replaced this object; empty where that is not known.
    pub fn successors(&self) -> Vec<String> {
        let ids = self.get("succeeded_by").and_then(Json::as_array).into_iter().flatten();
        ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }

    /// With the ids of what may have replaced this object.
    #[must_use]
    pub fn succeeded_by(mut self, ids: &[String]) -> Self {
        self.0.insert("succeeded_by".to_owned(), json!(ids));
        self
    }
}

/// A new holder's word.
pub(crate) fn new_holder() -> String {
    format!("{:016x}", fastrand::u64(..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_is_read_again_and_foreign_bytes_are_nothing() {
        let replaced = Replaced {
            id: "PN1".to_owned(),
            account: Some("AC1".to_owned()),
            holder: Some("h".to_owned()),
            label: "+1".to_owned(),
            is_protected: true,
            key: Some("+1".to_owned()),
            on_destroy: Some("retain".to_owned()),
        };
        let makes = PlannedCreate {
            account: Some("AC2".to_owned()),
            key: Some("+1".to_owned()),
            adopts: true,
        };
        let stored = Stored::default()
            .held_by("h")
            .planned(Some(&replaced), ProtectionSetting::Lift)
            .making(&makes)
            .foreseeing(Map::from_iter([("foreseen".to_owned(), json!(1))]))
            .forcing(Some(true))
            .succeeded_by(&["PN2".to_owned()]);
        let again = Stored::decode(&stored.encode());
        assert_eq!(again, stored);
        assert_eq!(again.replaced(), Some(replaced));
        assert_eq!(
            (again.holder(), again.setting()),
            (Some("h"), Some(ProtectionSetting::Lift))
        );
        assert_eq!(again.successors(), ["PN2"]);
        assert_eq!(again.foreseen(), Map::from_iter([("foreseen".to_owned(), json!(1))]));
        assert!(again.clone().settled().foreseen().is_empty());
        assert_eq!((again.makes(), again.is_forced()), (makes, Some(true)));
        assert_eq!(again.clone().settled().is_forced(), None);
        assert_eq!(Stored::default().makes(), PlannedCreate::default());
        assert!(again.is_deposed() && !again.is_let_go() && again.clone().let_go().is_let_go());
        let kept = again.clone().kept_elsewhere(true);
        assert!(kept.is_kept_elsewhere() && !kept.kept_elsewhere(false).is_kept_elsewhere());
        let made = Map::from_iter([("made".to_owned(), json!({"/a": "ZH1"}))]);
        let noted = Stored::decode(&again.clone().noting(made.clone()).settled().encode());
        assert_eq!(noted.notes(), made);
        assert!(noted.noting(Map::new()).notes().is_empty() && again.notes().is_empty());
        assert_eq!(again.settled().replaced(), None);
        for foreign in [&b""[..], b"[1]", b"\xff", b"null"] {
            assert_eq!(Stored::decode(foreign), Stored::default());
        }
        assert!(Stored::default().encode().is_empty());
    }
}
