//! How a phone number leaves the account.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#delete-an-incomingphonenumber-resource>
//!
//! # Quirks
//! - A number with an emergency address cannot be released before the address is taken off and Twilio has unregistered it with the
//!   emergency services, which takes a while.

use super::emergency;
use crate::engine::facts::Managed;
use crate::engine::facts::hooks::{Call, Step};
use crate::engine::operations::requests::delete;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// Releases the number, or leaves it where `on_destroy` says so.
pub(super) fn release<'a>(call: Call<'a>, resource: &'static Managed) -> Step<'a> {
    Box::pin(async move {
        let prior = call.state;
        if prior.attr("on_destroy").as_str() == Some("retain") {
            return Ok(());
        }
        let on_its_way_out = prior.attr("emergency_address_status").as_str() == Some("pending-unregistration");
        if (prior.attr("emergency_address_sid").is_known() || on_its_way_out)
            && let Err(why) = emergency::unregister(call, resource).await?
        {
            return Err(not_released(prior, why).into());
        }
        let number = prior.attr("phone_number").as_str().unwrap_or("(unknown)");
        // By its SID alone: a log may be where numbers are not to be (`mask_phone_numbers`).
        tracing::warn!(sid = prior.attr("sid").as_str(), "releasing a phone number");
        delete(call).await?;
        // Where the number was replaced by request, or tainted, Terraform has shown no warning of this.
        call.warnings.add(Diagnostic::warning(
            format!("Phone number {number} was released"),
            "Whoever calls it no longer reaches this account, and somebody else may get it.",
        ));
        Ok(())
    })
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
