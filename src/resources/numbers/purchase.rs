//! How a phone number comes into the account: adopted, bought by its number or area code, or found by a search.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#provision-a-phone-number>
//!
//! Money is spent here and Twilio has no documented idempotency key. So: a number that the account has is never asked for again, and a
//! purchase whose answer was lost is looked up by the number, or by what can have come of an area code, before it is sent
//! again. A number that the account did not own before and owns then is what was bought, whatever clocks say.

use serde_json::Value as Json;

use super::lookup::owned;
use super::search::{available, explain};
use super::{emergency, webhooks};
use crate::engine::call::{instance_path, send_update};
use crate::engine::create::{post, post_with};
use crate::engine::expand::{Intent, Parameters, Phase, clear_what_is_left_out};
use crate::engine::flatten::Object;
use crate::engine::hooks::{Call, Fault, Step};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Proof;

/// Numbers of a search that are tried, one after the other, when others are quicker. Terraform makes ten objects at a time,
/// and ten numbers with the same search are after the same first ten candidates.
const MOST_CANDIDATES: usize = 30;

/// Twilio's code for a number that is not for sale. <https://www.twilio.com/docs/api/errors/21422>
const NOT_FOR_SALE: u32 = 21422;

/// Adopts, or buys the number, or one with the area code, or the first of a search that is still there.
pub fn acquire<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Object> {
    Box::pin(async move {
        let planned = intent.planned;
        if let Some(number) = planned.attr("phone_number").as_str() {
            return match owned(call.client, call.account, number).await? {
                Some(existing) => adopt(call, planned, number, existing, parameters).await,
                None => post_with(call, parameters, Proof::Unique).await,
            };
        }
        if planned.attr("search").is_known() {
            return search_and_buy(call, planned.attr("search"), parameters).await;
        }
        post(call, parameters).await
    })
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

async fn adopt(
    call: Call<'_>,
    planned: &Value,
    number: &str,
    existing: Object,
    mut parameters: Parameters,
) -> Result<Object, Fault> {
    let sid = existing.get("sid").and_then(Json::as_str).unwrap_or_default();
    if planned.attr("adopt_existing").as_bool() != Some(true) {
        return Err(owned_already(call, number, sid).into());
    }
    parameters.remove("PhoneNumber");
    clear_what_is_left_out(call.resource, &existing, planned, &mut parameters);
    webhooks::clear_one_handler_at_most(&mut parameters);
    emergency::first_step_for(&existing, &mut parameters);
    call.notes.add(Diagnostic::warning(
        format!("Phone number {number} was adopted"),
        format!(
            "The account owned it already as {sid}. Nothing was bought; it was brought to this configuration, and webhooks \
             that the configuration does not have were taken off. Destroying this resource now releases the number, unless \
             on_destroy says otherwise."
        ),
    ));
    if parameters.is_empty() {
        return Ok(existing);
    }
    let mut object = planned.clone();
    object.set_attr("sid", Value::string(sid));
    let call = Call {
        object: &object,
        ..call
    };
    let path = instance_path(call.resource, call.account, call.object)?;
    send_update(call, path, parameters).await
}

fn owned_already(call: Call<'_>, number: &str, sid: &str) -> Diagnostic {
    Diagnostic::error(
        format!("The account already owns {number}"),
        format!(
            "{number} is {sid} in account {}. Nothing was bought or changed. Take it over with `terraform import` and the id \
             {}/{sid}, or set adopt_existing = true.",
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
    let mut lost = 0;
    for number in found
        .iter()
        .filter_map(|found| found.get("phone_number").and_then(Json::as_str))
    {
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
