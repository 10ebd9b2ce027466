//! Numbers of a messaging service. A number is in one service at most, and stays its account's when it leaves.
//! <https://www.twilio.com/docs/messaging/api/phonenumber-resource>

use serde_json::Value;

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::api::numbers::inventory;
use crate::behaviours::api::{self, accounts};
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// Host of messaging services.
/// Collection, as the contract writes it.
const TEMPLATE: &str = "/v1/Services/{ServiceSid}/PhoneNumbers";

/// Most senders of a service. <https://www.twilio.com/docs/api/errors/21714>
const MOST_SENDERS: usize = 400;

/// See the module.
pub struct SenderPool;

impl Behaviour for SenderPool {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let sid = params.text("PhoneNumberSid").unwrap_or_default();
        // https://www.twilio.com/docs/api/errors/21421 names this case too.
        let number = number(ctx.state, ctx.account, sid)
            .ok_or_else(|| ApiError::new(404, 21421, format!("{sid} is not a phone number of this account")))?;
        let service = ctx.path_param("ServiceSid").unwrap_or_default();
        if let Some(entry) = entries(ctx.state, ctx.account, sid).next() {
            return Err(if entry.collection == collection(service) {
                ApiError::new(409, 21710, "The phone number is already in this messaging service")
            } else {
                ApiError::new(409, 21712, "The phone number is in another messaging service")
            });
        }
        // https://www.twilio.com/docs/api/errors/21715
        if !can(number, "sms") && !can(number, "mms") {
            return Err(ApiError::new(
                400,
                21715,
                "The phone number can send neither SMS nor MMS",
            ));
        }
        if senders(ctx.state, ctx.account, service) >= MOST_SENDERS {
            // The status that users see: https://github.com/mozilla/fx-private-relay/issues/2709
            return Err(ApiError::new(
                412,
                21714,
                format!("The messaging service has {MOST_SENDERS} senders already"),
            ));
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let Some(number) = number(ctx.state, ctx.account, &object.key) else {
            return Ok(());
        };
        let e164 = number.text("phone_number").unwrap_or_default();
        let country = inventory::find(e164).map(|found| found.area.country.iso);
        let capabilities: Vec<&str> = [("sms", "SMS"), ("mms", "MMS"), ("voice", "Voice")]
            .into_iter()
            .filter(|(field, _)| can(number, field))
            .map(|(_, shown)| shown)
            .collect();
        object.set("phone_number", e164);
        object.set("country_code", country);
        object.set("capabilities", capabilities);
        Ok(())
    }
}

/// Takes a number out of the pool that it is in, if any.
pub(crate) fn remove_number(state: &mut State, account: &str, sid: &str) {
    let paths: Vec<String> = entries(state, account, sid).map(|entry| entry.path.clone()).collect();
    for path in paths {
        state.store.remove(HOST, account, &path);
    }
}

fn number<'s>(state: &'s State, account: &str, sid: &str) -> Option<&'s Object> {
    let path = format!("{}/{account}/IncomingPhoneNumbers/{sid}", accounts::COLLECTION);
    state.store.find(api::HOST, account, &path)
}

/// Where a number is in a pool.
fn entries<'s>(state: &'s State, account: &str, sid: &str) -> impl Iterator<Item = &'s Object> {
    let entries = state.store.kind_with(HOST, TEMPLATE, "sid", sid);
    entries.filter(move |entry| entry.account == account && entry.key == sid)
}

fn collection(service: &str) -> String {
    format!("/v1/Services/{service}/PhoneNumbers")
}

/// Numbers and short codes of a service, which share one limit.
fn senders(state: &State, account: &str, service: &str) -> usize {
    let short_codes = format!("/v1/Services/{service}/ShortCodes");
    [collection(service), short_codes]
        .iter()
        .map(|collection| state.store.count(HOST, account, collection))
        .sum()
}

fn can(number: &Object, capability: &str) -> bool {
    number
        .body
        .get("capabilities")
        .and_then(|capabilities| capabilities.get(capability))
        .and_then(Value::as_bool)
        .unwrap_or(false)
}
