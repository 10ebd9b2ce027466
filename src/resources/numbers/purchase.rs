//! How a phone number comes into the account: adopted, bought by its number or area code, or found by a search.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#provision-a-phone-number>
//!
//! Money is spent here and Twilio has no idempotency key. So: a number that the account has is never asked for again, a
//! purchase whose answer was lost is looked up by the number before anything else is said, and nothing is sent twice.

use std::time::Duration;

use serde_json::Value as Json;

use crate::engine::call::{instance_path, send_update};
use crate::engine::create::post;
use crate::engine::expand::{Intent, Parameters, Phase, clear_what_is_left_out};
use crate::engine::flatten::Object;
use crate::engine::hooks::{Call, Fault, Step};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::ErrorKind;

use super::lookup::owned;
use super::search::{available, explain};
use super::webhooks;

/// Numbers of a search that are tried, one after the other, when others are quicker. Terraform makes ten objects at a time,
/// and ten numbers with the same search are after the same first ten candidates.
const MOST_CANDIDATES: usize = 30;

/// Twilio's code for a number that is not for sale. <https://www.twilio.com/docs/api/errors/21422>
const NOT_FOR_SALE: u32 = 21422;

/// How often a purchase whose answer was lost is looked up, and the pause before each further look: a list may be a moment
/// behind.
const LOOKS: u32 = 3;
const PAUSE_BETWEEN_LOOKS: Duration = Duration::from_secs(2);

/// Adopts, or buys the number, or one with the area code, or the first of a search that is still there.
pub fn acquire<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Object> {
    Box::pin(async move {
        let planned = intent.planned;
        if let Some(number) = planned.attr("phone_number").as_str() {
            return match owned(call.client, call.account, number).await? {
                Some(existing) => adopt(call, planned, number, existing, parameters).await,
                None => buy(call, number, parameters).await,
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

/// Buys this number. A purchase whose answer was lost has either made the account the owner or not, and the number itself
/// tells: the account did not have it before.
async fn buy(call: Call<'_>, number: &str, parameters: Parameters) -> Result<Object, Fault> {
    match post(call, parameters).await {
        Err(Fault::Api(error)) if error.kind == ErrorKind::Ambiguous => match find_again(call, number).await {
            Some(bought) => {
                tracing::info!(number, "the answer to the purchase was lost, and the number is there");
                Ok(bought)
            }
            None => Err(Fault::Api(error)),
        },
        bought => bought,
    }
}

async fn find_again(call: Call<'_>, number: &str) -> Option<Object> {
    for look in 1..=LOOKS {
        match owned(call.client, call.account, number).await {
            Ok(Some(bought)) => return Some(bought),
            Ok(None) if look < LOOKS && call.client.pause(PAUSE_BETWEEN_LOOKS).await => {}
            Ok(None) | Err(_) => return None,
        }
    }
    None
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
        let mut parameters = parameters.clone();
        parameters.set("PhoneNumber", number);
        match buy(call, number, parameters).await {
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
