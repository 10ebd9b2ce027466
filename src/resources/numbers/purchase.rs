//! How a phone number comes into the account: bought by its number or area code; [`super::purchase_by_search`] buys one of
//! a search.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#provision-a-phone-number>
//!
//! Money is spent here and Twilio has no documented idempotency key. So: a number that the account has is never bought again, and a
//! purchase whose response was lost is searched for by the number, or by what can have come of an area code, before it is sent
//! again. A number that the account did not own before and owns then is what was bought, whatever clocks say.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use super::lookup::owned;
use super::purchase_by_search;
use crate::engine::facts::hooks::{Call, Fault, Step};
use crate::engine::facts::{Intent, Operation, Parameters, Properties};
use crate::engine::operations::create::{post, post_with};
use crate::engine::operations::requests::{create_at, instance_path, send_update};
use crate::engine::values::parameters::clear_what_is_left_out;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{Proof, lenient};

/// By how much Twilio's two dates of a number that was just bought may differ, beyond the time that buying took.
const JUST_BOUGHT: SignedDuration = SignedDuration::from_secs(10);

/// Buys the number, or one with the area code, or one of a search. Whether there is one to adopt has been searched for before.
pub(super) fn acquire<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Properties> {
    Box::pin(async move {
        let planned = intent.planned;
        if let Some(number) = planned.attr("phone_number").as_str() {
            if let Some(existing) = owned(call.client, call.account, number).await? {
                let sid = existing.get("sid").and_then(Json::as_str).unwrap_or_default();
                return Err(owned_already(call, number, sid, Changed::Nothing).into());
            }
            return buy_by_number(call, intent, number, parameters).await;
        }
        if planned.attr("search").is_known() {
            return purchase_by_search::buy_one(call, intent.resource, planned.attr("search"), parameters).await;
        }
        let bought = post(call, intent.resource, parameters).await?;
        if let Some(number) = bought.get("phone_number").and_then(Json::as_str) {
            // A search of this run leaves it to this one.
            let _claimed = call.client.claim(&create_at(call, call.object.place)?, number);
        }
        Ok(bought)
    })
}

/// Twilio answers the purchase of a number that the account owns with that number, and changes it as a purchase says. The
/// list that was read before may be behind, so the response is checked: a number whose last change is later than its
/// purchase was not bought just now.
async fn buy_by_number(
    call: Call<'_>,
    intent: Intent<'_>,
    number: &str,
    parameters: Parameters,
) -> Result<Properties, Fault> {
    // A search of this run leaves it to this one.
    let _claimed = call.client.claim(&create_at(call, call.object.place)?, number);
    let began = call.client.elapsed();
    let bought = post_with(call, intent.resource, parameters, Proof::Unique).await?;
    let took = SignedDuration::try_from(call.client.elapsed().saturating_sub(began)).unwrap_or(SignedDuration::MAX);
    let adopts = intent.planned.attr("adopt_existing").as_bool() == Some(true);
    if adopts || !is_older(&bought, took) {
        return Ok(bought);
    }
    let sid = bought.get("sid").and_then(Json::as_str).unwrap_or_default();
    Err(owned_already(call, number, sid, Changed::AsPlanned).into())
}

/// Whether a number that was answered to a purchase had been bought before that purchase began. Both dates are Twilio's, so
/// no clock of ours matters.
fn is_older(bought: &Properties, took: SignedDuration) -> bool {
    let date = |name: &str| lenient::date_time(bought.get(name)?)?.parse::<Timestamp>().ok();
    match (date("date_created"), date("date_updated")) {
        (Some(created), Some(updated)) => updated.duration_since(created) > took.saturating_add(JUST_BOUGHT),
        _ => false,
    }
}

/// A number that was just bought may come with webhooks that nobody configured: Twilio has put a demonstration's there.
/// They are taken off, so that the state tells the truth and a forgotten webhook is a silence rather than a stranger's voice.
pub(super) fn clear_unconfigured<'a>(call: Call<'a>, intent: Intent<'a>, number: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        let mut parameters = Parameters::default();
        if intent.operation == Operation::Create {
            clear_what_is_left_out(intent.resource, number, intent.planned, &mut parameters);
        }
        if !parameters.is_empty() {
            let path = instance_path(call.object, call.account, call.state)?;
            *number = send_update(call, intent.resource, path, parameters).await?;
        }
        Ok(())
    })
}

/// What became of a number that the account owns and that was not to be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    Nothing,
    /// Twilio took the purchase for an update.
    AsPlanned,
}

fn owned_already(call: Call<'_>, number: &str, sid: &str, changed: Changed) -> Diagnostic {
    let changed = match changed {
        Changed::Nothing => "Nothing was bought or changed.",
        Changed::AsPlanned => {
            "Twilio's list did not show it, and Twilio took the purchase for a change of it: nothing was bought, and it has \
             the settings of this configuration now."
        }
    };
    Diagnostic::error(
        format!("The account already owns {number}"),
        format!(
            "{number} is {sid} in account {}. {changed} If another resource of Terraform has it, take one of the two out. \
             Otherwise take it over with `terraform import` and the id {}/{sid}, or set adopt_existing = true.",
            call.account, call.account
        ),
    )
    .at_attribute("phone_number")
}

/// Whether a number can be what an area code bought. Any number of the collection can be what a number names.
pub(super) fn could_be(planned: &Value, number: &Properties) -> bool {
    let Some(area_code) = planned.attr("area_code").as_str() else {
        return true;
    };
    // Area codes are those of the US and Canada, whose numbers start with +1.
    let diagnostic = number.get("phone_number").and_then(Json::as_str);
    diagnostic
        .and_then(|number| number.strip_prefix("+1"))
        .is_some_and(|number| number.starts_with(area_code))
}
