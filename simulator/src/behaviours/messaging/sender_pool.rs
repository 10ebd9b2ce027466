//! Numbers and short codes of a messaging service. Each is in one service at most, and stays its account's when it leaves.
//! <https://www.twilio.com/docs/messaging/api/phonenumber-resource>,
//! <https://www.twilio.com/docs/messaging/api/services/shortcodes>

use serde_json::Value;

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::api::numbers::inventory;
use crate::behaviours::api::{self, accounts};
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// Most senders of a service. <https://www.twilio.com/docs/api/errors/21714>
const MOST_SENDERS: usize = 400;

/// One kind of sender that an account has and lends to a service.
struct Pool {
    /// Collection, as the contract writes it.
    template: &'static str,
    /// Its last segment.
    name: &'static str,
    /// Parameter that names the sender.
    parameter: &'static str,
    /// Where the account has it, below its own path.
    owned: &'static str,
    /// What it is called in a refusal.
    noun: &'static str,
}

const NUMBERS: Pool = Pool {
    template: "/v1/Services/{ServiceSid}/PhoneNumbers",
    name: "PhoneNumbers",
    parameter: "PhoneNumberSid",
    owned: "IncomingPhoneNumbers",
    noun: "phone number",
};

const SHORT_CODES: Pool = Pool {
    template: "/v1/Services/{ServiceSid}/ShortCodes",
    name: "ShortCodes",
    parameter: "ShortCodeSid",
    owned: "SMS/ShortCodes",
    noun: "short code",
};

impl Pool {
    /// What the account has under a SID.
    fn owned<'s>(&self, state: &'s State, account: &str, sid: &str) -> Option<&'s Object> {
        let path = format!("{}/{account}/{}/{sid}", accounts::COLLECTION, self.owned);
        state.store.find(api::HOST, account, &path)
    }

    /// Where a sender is in a pool.
    fn entries<'s>(&self, state: &'s State, account: &str, sid: &str) -> impl Iterator<Item = &'s Object> {
        let entries = state.store.kind_with(HOST, self.template, "sid", sid);
        entries.filter(move |entry| entry.account == account && entry.key == sid)
    }

    fn collection(&self, service: &str) -> String {
        format!("/v1/Services/{service}/{}", self.name)
    }

    /// Refuses a sender that is not the account's, that a service has, or that is one too many.
    fn check<'s>(&self, ctx: &'s Ctx<'_>, params: &Params) -> Outcome<&'s Object> {
        let sid = params.text(self.parameter).unwrap_or_default();
        // https://www.twilio.com/docs/api/errors/21421 names this case, of numbers and of short codes.
        let owned = self
            .owned(ctx.state, ctx.account, sid)
            .ok_or_else(|| ApiError::new(404, 21421, format!("{sid} is not a {} of this account", self.noun)))?;
        let service = ctx.path_param("ServiceSid").unwrap_or_default();
        if let Some(entry) = self.entries(ctx.state, ctx.account, sid).next() {
            let is_here = entry.collection == self.collection(service);
            let text = |whose: &str| format!("The {} is {whose} messaging service", self.noun);
            return Err(match is_here {
                // https://www.twilio.com/docs/api/errors/21710
                true => ApiError::new(409, 21710, text("already in this")),
                // https://www.twilio.com/docs/api/errors/21712
                false => ApiError::new(409, 21712, text("in another")),
            });
        }
        if senders(ctx.state, ctx.account, service) >= MOST_SENDERS {
            // The status that users see: https://github.com/mozilla/fx-private-relay/issues/2709
            return Err(ApiError::new(
                412,
                21714,
                format!("The messaging service has {MOST_SENDERS} senders already"),
            ));
        }
        Ok(owned)
    }
}

/// Short codes of a service.
pub struct ShortCodes;

impl Behaviour for ShortCodes {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        SHORT_CODES.check(ctx, params).map(|_| ())
    }
}

/// Numbers of a service.
pub struct SenderPool;

impl Behaviour for SenderPool {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let number = NUMBERS.check(ctx, params)?;
        // https://www.twilio.com/docs/api/errors/21715
        if !can(number, "sms") && !can(number, "mms") {
            return Err(ApiError::new(
                400,
                21715,
                "The phone number can send neither SMS nor MMS",
            ));
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let Some(number) = NUMBERS.owned(ctx.state, ctx.account, &object.key) else {
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

/// The sender that a service chooses, as it is dialled: a number, else a short code, else a name.
pub(crate) fn sender(state: &State, account: &str, service: &str) -> Option<String> {
    let kinds = [
        ("PhoneNumbers", "phone_number"),
        ("ShortCodes", "short_code"),
        ("AlphaSenders", "alpha_sender"),
    ];
    kinds.iter().find_map(|(kind, field)| {
        let collection = format!("/v1/Services/{service}/{kind}");
        let first = state.store.members(HOST, account, &collection).next()?;
        first.text(field).map(str::to_owned)
    })
}

/// Takes a number out of the pool that it is in, if any.
pub(crate) fn remove_number(state: &mut State, account: &str, sid: &str) {
    let paths: Vec<String> = NUMBERS
        .entries(state, account, sid)
        .map(|entry| entry.path.clone())
        .collect();
    for path in paths {
        state.store.remove(HOST, account, &path);
    }
}

/// Numbers and short codes of a service, which share one limit.
fn senders(state: &State, account: &str, service: &str) -> usize {
    [NUMBERS, SHORT_CODES]
        .iter()
        .map(|pool| state.store.count(HOST, account, &pool.collection(service)))
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
