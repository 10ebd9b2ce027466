//! What somebody changes at Twilio, and by what an object is imported.

use serde_json::{Map, Value as Json};

use super::Sample;

/// A change behind Terraform's back.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Twilio's fields, with what they are set to.
    pub fields: Map<String, Json>,
    /// The attributes in which a plan shows it.
    pub shows: Vec<String>,
}

impl Sample {
    /// What somebody changes: what the sample says, else of what its change changed that which Twilio has as the configuration
    /// does, put back to what it was `first`. `None` where there is nothing of the kind.
    pub fn drift(&self, first: &Json, body: &Json) -> Option<Drift> {
        let special = &self.special;
        let fields: Map<String, Json> = match special.drift.is_empty() {
            true => self.put_back(first, body),
            false => special.drift.clone().into_iter().collect(),
        };
        let shows = match special.drift_shows.is_empty() {
            true => fields.keys().cloned().collect(),
            false => special.drift_shows.clone(),
        };
        (!fields.is_empty()).then_some(Drift { fields, shows })
    }

    fn put_back(&self, first: &Json, body: &Json) -> Map<String, Json> {
        let back = self.changes().filter_map(|name| {
            let (now, was) = (&body[name], &first[name]);
            let was = match (now, was) {
                (Json::String(_), Json::String(_))
                | (Json::Number(_), Json::Number(_))
                | (Json::Bool(_), Json::Bool(_)) => was.clone(),
                // JSON in a text.
                (Json::Object(_) | Json::Array(_), Json::String(text)) => serde_json::from_str(text).ok()?,
                _ => return None,
            };
            (was != *now).then(|| (name.to_owned(), was))
        });
        back.collect()
    }

    /// The ids that import what `stored` is about: below its account, alone in the provider's own, and what the sample says.
    pub fn import_ids(&self, stored: &Json, own_account: &str) -> Vec<String> {
        let text = |name: &str| stored[name].as_str().unwrap_or_default().to_owned();
        let (id, account) = (text("id"), text("account_sid"));
        let is_an_account = id.starts_with("AC");
        let mut ids = Vec::new();
        if !is_an_account {
            ids.push(format!("{account}/{id}"));
        }
        if !is_an_account && account != own_account {
            return ids;
        }
        ids.push(id);
        let further = self.special.imports.iter();
        ids.extend(further.map(|template| {
            let fields = stored.as_object().into_iter().flatten();
            fields.fold(template.clone(), |id, (name, value)| {
                id.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
            })
        }));
        ids
    }
}
