//! What a number loses when a trunk takes it: the plan says so, and takes none from another trunk unasked.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde_json::Value as Json;

use crate::engine::facts::hooks::{Call, Fault, Planning, Step};
use crate::engine::facts::{Intent, Parameters, Properties};
use crate::engine::operations::requests::{fetch, put_into};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::numbers::phone_number::PHONE_NUMBER;
use crate::twilio::ErrorKind;

/// Numbers that a plan of this process takes off a trunk, with the trunk. Terraform plans a replacement twice: with the object that goes,
/// and then as if there were none.
static LEAVING: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());

/// Costs one read while an entry is new. Terraform plans a new one once more when it applies, so that a number which somebody has put on
/// another trunk meanwhile is refused then.
pub(super) fn plan(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let text = |state: &Value, name: &str| state.attr(name).as_str().map(str::to_owned);
        if !planning.prior.is_null() {
            let pair = text(planning.prior, "phone_number_sid").zip(text(planning.prior, "trunk_sid"));
            if let Some(pair) = pair.filter(|_| planning.destroys) {
                leaving().insert(pair);
            }
            return Ok(());
        }
        let Some((client, account)) = planning.connection else {
            return Ok(());
        };
        let Some(number) = text(planning.planned, "phone_number_sid") else {
            return Ok(());
        };
        let named = Value::object([
            ("account_sid", Value::string(account.as_str())),
            ("sid", Value::string(&*number)),
        ]);
        let call = Call {
            object: &PHONE_NUMBER.object,
            client,
            account,
            state: &named,
            warnings: planning.warnings,
        };
        let there = match fetch(call).await {
            Ok(there) => there,
            // Better to hear now than during the apply that there is no such number.
            Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => return Err(Fault::Api(error)),
            // The apply will ask again, and say what is wrong if it still is.
            Err(_) => return Ok(()),
        };
        let own = text(planning.planned, "trunk_sid");
        let other = set(&there, "trunk_sid").filter(|other| Some(*other) != own.as_deref());
        if let Some(other) = other {
            let leaves = leaving().contains(&(number.clone(), other.to_owned()));
            if !leaves && planning.config.attr("adopt_existing").as_bool() != Some(true) {
                return Err(is_elsewhere(&number, other).into());
            }
            if !leaves {
                planning.warnings.add(moves(&number, other));
            }
        }
        // On its own trunk it has lost them already.
        let is_on_a_trunk = set(&there, "trunk_sid").is_some();
        let lost: Vec<&str> = HANDLERS
            .iter()
            .copied()
            .filter(|name| set(&there, name).is_some())
            .collect();
        if !is_on_a_trunk && !lost.is_empty() {
            planning.warnings.add(loses(&number, &lost));
        }
        Ok(())
    })
}

/// A number that is on the trunk is put there again without a change, so that a lost response is no reason to stop. Its date is that of the
/// number, and shows nothing.
pub(super) fn put<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Properties> {
    Box::pin(put_into(call, intent.resource, parameters))
}

/// What takes the calls of a number that is on no trunk.
const HANDLERS: &[&str] = &["voice_application_sid", "voice_url", "voice_fallback_url"];

fn leaving() -> std::sync::MutexGuard<'static, BTreeSet<(String, String)>> {
    LEAVING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a number has under this name.
fn set<'a>(number: &'a Properties, name: &str) -> Option<&'a str> {
    number.get(name).and_then(Json::as_str).filter(|text| !text.is_empty())
}

fn is_elsewhere(number: &str, trunk: &str) -> Diagnostic {
    Diagnostic::error(
        "The phone number is on another trunk",
        format!(
            "Trunk {trunk} takes the calls of phone number {number}, and would not get them any more. Nothing was changed. Remove the number \
             from that trunk first, or set adopt_existing = true to take it from there."
        ),
    )
    .at_attribute("phone_number_sid")
}

fn moves(number: &str, trunk: &str) -> Diagnostic {
    Diagnostic::warning(
        "A phone number is taken from another trunk",
        format!("Trunk {trunk} takes the calls of phone number {number}, and does not get them from this apply on."),
    )
    .at_attribute("phone_number_sid")
}

/// Only the names: a URL may have a secret in it, whoever set it.
fn loses(number: &str, lost: &[&str]) -> Diagnostic {
    Diagnostic::warning(
        "The trunk takes the calls of a phone number that has webhooks",
        format!(
            "Calls of phone number {number} go to the trunk from this apply on. Not used any more: {}. Twilio keeps the URLs for the \
             day on which the number leaves the trunk, and forgets the application.",
            lost.join(", ")
        ),
    )
    .at_attribute("phone_number_sid")
}
