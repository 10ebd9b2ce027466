//! How an object that Twilio has, or may have, comes into the state: after a create that was refused because the object is
//! there, or whose answer was lost.

use crate::framework::value::Value;
use crate::twilio::{Candidate, Error, ErrorKind, Search};

use super::codes::{self, Exists};
use super::import;
use super::table::Resource;

/// What to do about a create of `planned` that ended in `error`; `None` where there is nothing to recover.
pub fn recovery(resource: &Resource, planned: &Value, error: &Error) -> Option<String> {
    let noun = resource.noun;
    let command = |sid: Option<&str>| {
        let mut object = planned.clone();
        if let Some(sid) = sid {
            object.set_attr("sid", Value::string(sid));
        }
        let id = import::likely_id(resource, &error.attempt.account, &object);
        // Terraform breaks long lines unless they start with a space, and these are there to be copied.
        format!("\n  terraform import {}.NAME {id}", resource.name)
    };
    let look = || {
        format!(
            "Look for it in the Twilio Console. If it is not there, apply again. If it is, bring it into the state with its \
             SID:\n{}",
            command(None)
        )
    };
    match (error.search.as_deref(), error.kind) {
        (Some(Search::Nothing), _) => {
            return Some(format!(
                "The {noun} was looked for after each try and is not in Twilio's list, so apply again when Twilio answers."
            ));
        }
        (Some(Search::Failed(why)), _) => {
            return Some(format!("Looking for the {noun} failed too: {why}. {}", look()));
        }
        (Some(Search::Found(candidates)), _) => return Some(choice(candidates, command)),
        (None, ErrorKind::Ambiguous) => return Some(look()),
        (None, _) => {}
    }
    let unique_name = planned.attr("unique_name").as_str().filter(|name| !name.is_empty());
    match (error.twilio_code.and_then(codes::lookup)?.exists, unique_name) {
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

fn choice(candidates: &[Candidate], command: impl Fn(Option<&str>) -> String) -> String {
    let mut text = format!(
        "In the same collection there {} that may be what was made, and nothing here can tell. If one is, import it; if none \
         is, apply again in two minutes, when they are too old to be meant.\n",
        if candidates.len() == 1 {
            "is an object"
        } else {
            "are objects"
        }
    );
    for candidate in candidates {
        text.push_str(&command(Some(&candidate.sid)));
        if let Some(created) = candidate.created {
            text.push_str(&format!("   # created {created}"));
        }
    }
    text
}
