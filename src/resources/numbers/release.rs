//! How a phone number leaves the account.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#delete-an-incomingphonenumber-resource>
//!
//! What surprised us: a number with an emergency address cannot go before the address is taken off and Twilio has
//! unregistered it with the emergency services, which happens in its own time.

use std::time::Duration;

use serde_json::Value as Json;

use crate::engine::call::{delete, fetch, instance_path, send_update};
use crate::engine::expand::Parameters;
use crate::engine::hooks::{Call, Fault, Step};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// How often an emergency address is looked at until it is unregistered, and the pause before each look: five minutes in
/// all. Twilio gives no figure.
const LOOKS: u32 = 60;
const PAUSE: Duration = Duration::from_secs(5);

/// Releases the number, or leaves it where `on_destroy` says so.
pub fn release<'a>(call: Call<'a>, prior: &'a Value) -> Step<'a> {
    Box::pin(async move {
        if prior.attr("on_destroy").as_str() == Some("retain") {
            return Ok(());
        }
        let on_its_way_out = prior.attr("emergency_address_status").as_str() == Some("pending-unregistration");
        if prior.attr("emergency_address_sid").is_known() || on_its_way_out {
            unregister_emergency_address(call, prior).await?;
        }
        let number = prior.attr("phone_number").as_str().unwrap_or("(unknown)");
        tracing::warn!(number, sid = prior.attr("sid").as_str(), "releasing a phone number");
        delete(call).await?;
        // Where the number was replaced by request, or tainted, Terraform has shown no warning of this.
        call.notes.add(Diagnostic::warning(
            format!("Phone number {number} was released"),
            "Whoever calls it no longer reaches this account, and somebody else may get it.",
        ));
        Ok(())
    })
}

fn is_unregistered(status: Option<&str>) -> bool {
    status.is_none_or(|status| status.is_empty() || status == "unregistered")
}

async fn unregister_emergency_address(call: Call<'_>, prior: &Value) -> Result<(), Fault> {
    let mut parameters = Parameters::default();
    parameters.set("EmergencyAddressSid", "");
    let path = instance_path(call.resource, call.account, prior)?;
    let mut number = send_update(call, path, parameters).await?;
    for _ in 0..LOOKS {
        let status = number.get("emergency_address_status").and_then(Json::as_str);
        if is_unregistered(status) {
            return Ok(());
        }
        if status == Some("unregistration-failure") {
            return Err(not_released(prior, "Twilio failed to unregister it").into());
        }
        tracing::info!(status, "waiting for the emergency address to be unregistered");
        if !call.client.pause(PAUSE).await {
            return Err(not_released(prior, "the run was interrupted while Twilio unregistered it").into());
        }
        number = fetch(call).await?;
    }
    Err(not_released(prior, "Twilio has not finished unregistering it").into())
}

fn not_released(prior: &Value, why: &str) -> Diagnostic {
    let number = prior.attr("phone_number").as_str().unwrap_or("(unknown)");
    Diagnostic::error(
        "The emergency address is still registered",
        format!(
            "Phone number {number} was not released: its emergency address was taken off, and {why}. The number stays in the \
             account and in the state. Destroy it again in a few minutes; if that fails too, ask Twilio's support to \
             unregister the emergency address of {number}."
        ),
    )
}
