//! The emergency address of a number. <https://www.twilio.com/docs/voice/sip/api/emergency-calling-api>
//!
//! # Quirks
//! - A purchase takes the address and forgets it.
//! - One address is exchanged for another in three steps: take it off, wait until it is unregistered, set the other.
//! - Unregistering takes Twilio a while, and nothing says how long.

use std::time::Duration;

use serde_json::Value as Json;

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Intent, Managed, Operation, Parameters, Properties};
use crate::engine::operations::requests::{instance_path, send_update};
use crate::engine::operations::wait::{End, Goal, poll};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// The parameter.
const PARAMETER: &str = "EmergencyAddressSid";

/// An emergency address that is off. Twilio gives no figure of how long that takes.
const UNREGISTERED: Goal<'_> = Goal {
    what: "without an emergency address",
    field: "emergency_address_status",
    until: &["", "unregistered"],
    fails_on: &["unregistration-failure"],
    pause: Duration::from_secs(5),
    at_most: Duration::from_secs(5 * 60),
};

/// Takes the step that comes first: an address in place of another is not set before that one is off. [`register`] does the
/// rest.
pub fn first_step(intent: &Intent<'_>, parameters: &mut Parameters) {
    let is_on_its_way_out = intent.prior.attr("emergency_address_status").as_str() == Some("pending-unregistration");
    let sets_one = parameters
        .value(PARAMETER)
        .and_then(Json::as_str)
        .is_some_and(|sid| !sid.is_empty());
    match intent.operation {
        Operation::Complete => {
            parameters.remove(PARAMETER);
        }
        Operation::Update if sets_one && sid(intent.prior).is_some() => parameters.set(PARAMETER, Json::Null),
        Operation::Update if sets_one && is_on_its_way_out => {
            parameters.remove(PARAMETER);
        }
        _ => {}
    }
}

/// Sets the planned address where the number does not have it yet: after a purchase, which forgets it, and after another one
/// was taken off.
///
/// # Errors
/// What Twilio or the way to it answered, or a diagnostic when the other address does not go. `number` is as it was last seen.
pub async fn register(call: Call<'_>, intent: Intent<'_>, number: &mut Properties) -> Result<(), Fault> {
    let Some(wanted) = sid(intent.planned) else {
        return Ok(());
    };
    if text(number, "emergency_address_sid") == Some(wanted) {
        return Ok(());
    }
    if let Err(why) = wait_until_unregistered(call, number).await? {
        return Err(not_exchanged(intent.planned, wanted, why).into());
    }
    let mut parameters = Parameters::default();
    parameters.set(PARAMETER, wanted);
    let path = instance_path(call.object, call.account, call.state)?;
    *number = send_update(call, intent.resource, path, parameters).await?;
    Ok(())
}

/// Takes the address off and waits until that is done. `Err` inside says why it is not.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn unregister(call: Call<'_>, resource: &'static Managed) -> Result<Result<(), &'static str>, Fault> {
    let mut parameters = Parameters::default();
    parameters.set(PARAMETER, "");
    let path = instance_path(call.object, call.account, call.state)?;
    let mut number = send_update(call, resource, path, parameters).await?;
    wait_until_unregistered(call, &mut number).await
}

async fn wait_until_unregistered(call: Call<'_>, number: &mut Properties) -> Result<Result<(), &'static str>, Fault> {
    Ok(match poll(call, number, UNREGISTERED).await? {
        End::Reached => Ok(()),
        End::Failed => Err("Twilio failed to unregister it"),
        End::Stopped => Err("the run was interrupted while Twilio unregistered it"),
        End::TooLong => Err("Twilio has not finished unregistering it"),
    })
}

fn not_exchanged(planned: &Value, wanted: &str, why: &str) -> Diagnostic {
    let number = planned.attr("phone_number").as_str().unwrap_or("(unknown)");
    Diagnostic::error(
        "The emergency address was not exchanged",
        format!(
            "The emergency address of phone number {number} was taken off, and {why}. {wanted} was not set, so the number has \
             no emergency address now; everything else was changed. Apply again in a few minutes; if that fails too, ask \
             Twilio's support to unregister the emergency address of {number}."
        ),
    )
    .at_attribute("emergency_address_sid")
}

fn sid(number: &Value) -> Option<&str> {
    number
        .attr("emergency_address_sid")
        .as_str()
        .filter(|sid| !sid.is_empty())
}

fn text<'n>(number: &'n Properties, field: &str) -> Option<&'n str> {
    number.get(field).and_then(Json::as_str).filter(|text| !text.is_empty())
}
