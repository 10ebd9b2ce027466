//! How an object that Twilio has, or may have, comes into the state: after a create that was refused because the object is
//! there, or whose response was lost.

use crate::engine::errors::codes;
use crate::engine::facts::{Exists, Object};
use crate::engine::values::import_id::likely_id;
use crate::engine::values::matching::after_loss;
use crate::framework::value::Value;
use crate::twilio::{AfterLoss, Candidate, Effect, Error, ErrorKind, Search};

/// What to do about a create of `planned` that ended in `error`; `None` where there is nothing to recover.
pub(crate) fn recovery(object: &Object, planned: &Value, error: &Error) -> Option<String> {
    let noun = object.noun;
    let command = |sid: Option<&str>| {
        let mut state = planned.clone();
        if let Some(sid) = sid.filter(|_| object.has_sid()) {
            state.set_attr("sid", Value::string(sid));
        }
        let id = likely_id(object, &error.attempt.account, &state);
        // Terraform breaks long lines unless they start with a space, and these are there to be copied.
        format!("\n  terraform import {}.NAME {id}", object.name)
    };
    let manual_check = || {
        let known_by = if object.has_sid() { "SID" } else { "id" };
        format!(
            "Look for it in the Twilio Console. If it is not there, apply again. If it is, bring it into the state with its \
             {known_by}:\n{}",
            command(None)
        )
    };
    match (error.search.as_deref(), error.kind) {
        (Some(Search::Nothing), _) => {
            return Some(format!(
                "The {noun} is not in Twilio's list, which was searched after each try. Apply again once Twilio responds."
            ));
        }
        (Some(Search::Failed(why)), _) => {
            return Some(format!(
                "The search for the {noun} failed too: {why}. {}",
                manual_check()
            ));
        }
        (Some(Search::Found(candidates)), _) => return Some(choice(object, candidates, command)),
        (None, ErrorKind::Ambiguous) => return Some(manual_check()),
        (None, _) if error.attempt.effect == Effect::Upsert && !error.surely_not_executed() => {
            return Some(manual_check());
        }
        (None, ErrorKind::Conflict) if !object.has_sid() => {
            return Some(format!(
                "If there is one under this key already, bring it into the state, or choose another key:\n{}",
                command(None)
            ));
        }
        (None, _) => {}
    }
    let unique_name = planned.attr("unique_name").as_str().filter(|name| !name.is_empty());
    match (codes::find(error.twilio_code?, object.codes)?.exists, unique_name) {
        // The advice says that it is to be imported.
        (Exists::AsPlanned, _) => Some(command(None).trim_start_matches('\n').to_owned()),
        (Exists::ByUniqueName, Some(_)) => Some(format!(
            "If there is one with this unique name already, choose another unique_name, or bring that one into the \
             state with its SID:\n{}",
            command(None)
        )),
        (Exists::ByUniqueName, None) | (Exists::No, _) => None,
    }
}

fn choice(object: &Object, candidates: &[Candidate], command: impl Fn(Option<&str>) -> String) -> String {
    let other_key = format!(
        "choose another {}, or import it if it is to be managed here",
        object.key_field().unwrap_or("key")
    );
    let (several, one) = match candidates {
        [_] => ("This object may be the one that was created", "it is"),
        _ => ("One of these objects may be the one that was created", "one of them is"),
    };
    let otherwise = match object.is_named_by_twilio() || object.has_sid() {
        true => "apply again to create another",
        // Whatever has the key keeps another from being made.
        false => other_key.as_str(),
    };
    let keep = match after_loss(object) {
        AfterLoss::Keep => "import it",
        AfterLoss::Recreate => {
            "delete it, because its secret was in the lost response, and apply again; or import it without the secret"
        }
    };
    let mut text = format!(
        "{several}. The provider cannot tell: names and times are no proof. Nothing was taken over or deleted. Check in the \
         Twilio Console. If {one}, {keep}; if not, {otherwise}.\n"
    );
    for candidate in candidates {
        text.push_str(&command(Some(&candidate.sid)));
        if let Some(created) = candidate.created {
            text.push_str(&format!("   # created {created}"));
        }
    }
    text
}
