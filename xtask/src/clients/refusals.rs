//! What must be refused: what nobody has made, and values that cannot be.

use anyhow::Result;
use serde_json::{Map, Value, json};
use twilio_simulator::contract::{Field, Kind, Location};

use super::calls::Writer;
use super::lifecycles::Lifecycle;

impl Writer<'_> {
    /// Nobody has made the object that is requested.
    pub(super) fn unknown(&mut self, lifecycle: &Lifecycle, ids: &[String]) -> Result<()> {
        if !self.named(&lifecycle.on)?.operations.contains_key("fetch") || lifecycle.unknown.is_some() {
            return Ok(());
        }
        let (_, operation) = self.operation(&lifecycle.on, "fetch")?;
        let Some(last) = operation.params_in(Location::Path).last() else {
            return Ok(());
        };
        let id = match last.sid.first().map(String::as_str) {
            None => "unknown".to_owned(),
            // Any prefix is allowed.
            Some("**") => format!("PN{}", "0".repeat(32)),
            Some(prefix) => format!("{prefix}{}", "0".repeat(32)),
        };
        let ids = [ids, &[id]].concat();
        let mut fetch = self.call("fetch", &lifecycle.on, &ids, &Map::new())?;
        fetch.refused = Some((lifecycle.gone.0, Some(lifecycle.gone.1)));
        self.calls.push(fetch);
        Ok(())
    }

    /// The same again with a value that cannot be, where the contract has one.
    pub(super) fn wrong(
        &mut self,
        lifecycle: &Lifecycle,
        verb: &'static str,
        ids: &[String],
        sent: &Map<String, Value>,
    ) -> Result<()> {
        if lifecycle.takes_all.is_some() {
            return Ok(());
        }
        let wrong = match &lifecycle.refuses {
            Some(refuses) => Some(refuses.clone()),
            None => {
                let (_, operation) = self.operation(&lifecycle.on, verb)?;
                // The command line takes a flag for the account for the one who signs in.
                let is_account = |field: &Field| self.client == "cli" && field.name == "AccountSid";
                let fields = operation.params_in(Location::Body).filter(|field| !is_account(field));
                let fields: Vec<&Field> = fields.collect();
                let kinds: &[fn(&Field) -> Option<Value>] = match self.client {
                    // Its enums have no other words.
                    "java" => &[misfit_sid, beyond],
                    // It has fewer parameters, and all words.
                    "cli" => &[another_word, misfit_sid, beyond],
                    _ => &[misfit_sid, beyond, another_word],
                };
                let found = kinds
                    .iter()
                    .find_map(|kind| fields.iter().find_map(|field| Some((field.name.clone(), kind(field)?))));
                found.map(|found| Map::from_iter([found]))
            }
        };
        let Some(wrong) = wrong else { return Ok(()) };
        let mut parameters = sent.clone();
        parameters.extend(wrong);
        let mut call = self.call(verb, &lifecycle.on, ids, &parameters)?;
        call.refused = Some((400, None));
        self.calls.push(call);
        Ok(())
    }
}

/// What is no SID.
fn misfit_sid(field: &Field) -> Option<Value> {
    (field.kind == Kind::String && !field.sid.is_empty()).then(|| json!("nonsense"))
}

/// A word that is none of the allowed ones.
fn another_word(field: &Field) -> Option<Value> {
    (field.kind == Kind::String && !field.allowed.is_empty()).then(|| json!("nonsense"))
}

/// More than is allowed.
fn beyond(field: &Field) -> Option<Value> {
    match field.kind {
        Kind::String if field.allowed.is_empty() => {
            let most = usize::try_from(field.max_length?).ok()?;
            Some(json!("x".repeat(most + 1)))
        }
        Kind::Integer => Some(json!(field.maximum.as_ref()?.as_i64()? + 1)),
        _ => None,
    }
}
