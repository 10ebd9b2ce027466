//! How a phone number comes into the account: bought by its number or area code, or found by a search.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#provision-a-phone-number>
//!
//! Money is spent here and Twilio has no documented idempotency key. So: a number that the account has is never asked for again, and a
//! purchase whose answer was lost is looked up by the number, or by what can have come of an area code, before it is sent
//! again. A number that the account did not own before and owns then is what was bought, whatever clocks say.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use super::lookup::owned;
use super::search::{available, explain};
use crate::engine::call::{instance_path, send_update};
use crate::engine::create::{post, post_with};
use crate::engine::expand::{Intent, Parameters, Phase, clear_what_is_left_out};
use crate::engine::flatten::Object;
use crate::engine::hooks::{Call, Fault, Step};
use crate::engine::lookup::Place;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{Proof, lenient};

/// Numbers of a search that are tried, one after the other, when others are quicker. Terraform makes ten objects at a time,
/// and ten numbers with the same search are after the same first ten candidates.
const MOST_CANDIDATES: usize = 30;

/// Twilio's code for a number that is not for sale. <https://www.twilio.com/docs/api/errors/21422>
const NOT_FOR_SALE: u32 = 21422;

/// By how much Twilio's two dates of a number that was just bought may differ, beyond the time that buying took.
const JUST_BOUGHT: SignedDuration = SignedDuration::from_secs(10);

/// Buys the number, or one with the area code, or the first of a search that is still there. Whether there is one to adopt
/// has been looked for before.
pub fn acquire<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Object> {
    Box::pin(async move {
        let planned = intent.planned;
        if let Some(number) = planned.attr("phone_number").as_str() {
            if let Some(existing) = owned(call.client, call.account, number).await? {
                let sid = existing.get("sid").and_then(Json::as_str).unwrap_or_default();
                return Err(owned_already(call, number, sid, Changed::Nothing).into());
            }
            return buy_by_number(call, planned, number, parameters).await;
        }
        if planned.attr("search").is_known() {
            return search_and_buy(call, planned.attr("search"), parameters).await;
        }
        post(call, parameters).await
    })
}

/// Twilio answers the purchase of a number that the account owns with that number, and changes it as a purchase says. The
/// list that was asked before may be behind, so the answer is looked at: a number whose last change is later than its
/// purchase was not bought just now.
async fn buy_by_number(call: Call<'_>, planned: &Value, number: &str, parameters: Parameters) -> Result<Object, Fault> {
    // A search of this run leaves it to this one.
    let _claimed = call.client.claim(&Place::of(call.resource).create(call)?, number);
    let began = call.client.elapsed();
    let bought = post_with(call, parameters, Proof::Unique).await?;
    let took = SignedDuration::try_from(call.client.elapsed().saturating_sub(began)).unwrap_or(SignedDuration::MAX);
    let adopts = planned.attr("adopt_existing").as_bool() == Some(true);
    if adopts || !is_older(&bought, took) {
        return Ok(bought);
    }
    let sid = bought.get("sid").and_then(Json::as_str).unwrap_or_default();
    Err(owned_already(call, number, sid, Changed::AsPlanned).into())
}

/// Whether a number that was answered to a purchase had been bought before that purchase began. Both dates are Twilio's, so
/// no clock of ours matters.
fn is_older(bought: &Object, took: SignedDuration) -> bool {
    let date = |name: &str| lenient::date_time(bought.get(name)?)?.parse::<Timestamp>().ok();
    match (date("date_created"), date("date_updated")) {
        (Some(created), Some(updated)) => updated.duration_since(created) > took.saturating_add(JUST_BOUGHT),
        _ => false,
    }
}

/// A number that was just bought may come with webhooks that nobody configured: Twilio has put a demonstration's there.
/// They are taken off, so that the state tells the truth and a forgotten webhook is a silence rather than a stranger's voice.
pub fn take_off_what_nobody_configured<'a>(call: Call<'a>, intent: Intent<'a>, number: &'a mut Object) -> Step<'a> {
    Box::pin(async move {
        let mut parameters = Parameters::default();
        if intent.phase == Phase::Create {
            clear_what_is_left_out(call.resource, number, intent.planned, &mut parameters);
        }
        if !parameters.is_empty() {
            let path = instance_path(call.resource, call.account, call.object)?;
            *number = send_update(call, path, parameters).await?;
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
pub fn could_be(planned: &Value, number: &Object) -> bool {
    let Some(area_code) = planned.attr("area_code").as_str() else {
        return true;
    };
    // Area codes are those of the US and Canada, whose numbers start with +1.
    let told = number.get("phone_number").and_then(Json::as_str);
    told.and_then(|number| number.strip_prefix("+1"))
        .is_some_and(|number| number.starts_with(area_code))
}

/// Buys one number of a search: as if the configuration had named it.
async fn buy(call: Call<'_>, number: &str, mut parameters: Parameters) -> Result<Object, Fault> {
    parameters.set("PhoneNumber", number);
    let mut named = call.object.clone();
    named.set_attr("phone_number", Value::string(number));
    // What is for sale nobody owns.
    post_with(Call { object: &named, ..call }, parameters, Proof::Unique).await
}

async fn search_and_buy(call: Call<'_>, search: &Value, parameters: Parameters) -> Result<Object, Fault> {
    let found = available(call.client, call.account, search, MOST_CANDIDATES)
        .await
        .map_err(|fault| explain(fault, search, "search"))?;
    let place = Place::of(call.resource).create(call)?;
    let mut lost = 0;
    for number in found
        .iter()
        .filter_map(|found| found.get("phone_number").and_then(Json::as_str))
    {
        // Twilio would answer a purchase of what another create of this run has bought with that very number.
        if !call.client.claim(&place, number) {
            lost += 1;
            continue;
        }
        match buy(call, number, parameters.clone()).await {
            Err(Fault::Api(error)) if error.twilio_code == Some(NOT_FOR_SALE) => {
                tracing::info!(
                    number,
                    "somebody else was quicker; trying the next number of the search"
                );
                lost += 1;
            }
            outcome => return outcome,
        }
    }
    Err(nothing_left(lost).into())
}

fn nothing_left(lost: usize) -> Diagnostic {
    let advice = "Take a filter out of search, or look at what there is with data.twilio_available_phone_numbers.";
    let (summary, detail) = match lost {
        0 => (
            "No phone number matches the search",
            format!("Twilio has no number for sale that matches every filter of search. Nothing was bought. {advice}"),
        ),
        _ => (
            "Every phone number of the search was gone",
            format!(
                "{lost} numbers matched, and each was sold to somebody else before it could be bought (Twilio code \
                 {NOT_FOR_SALE}). Nothing was bought. Apply again. {advice}"
            ),
        ),
    };
    Diagnostic::error(summary, detail).at_attribute("search")
}
