//! Numbers of a Proxy service: an entry has the SID and the data of the number that it stands for.
//! <https://www.twilio.com/docs/proxy/api/phone-number>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::api::numbers::inventory;
use crate::behaviours::api::{self, accounts};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Numbers, named by SID or as they are dialled. What else they show is in [`crate::facts::references`].
pub struct PhoneNumbers;

impl Behaviour for PhoneNumbers {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let sent = |params: &Params, name: &str| params.text(name).is_some_and(|text| !text.is_empty());
        if sent(params, "Sid") {
            return in_one_service(ctx, params.text("Sid").unwrap_or_default());
        }
        if !sent(params, "PhoneNumber") {
            return Err(ApiError::invalid_parameter(
                "Sid",
                "either Sid or PhoneNumber is needed",
            ));
        }
        let e164 = params.text("PhoneNumber").unwrap_or_default();
        let collection = format!("{}/{}/IncomingPhoneNumbers", accounts::COLLECTION, ctx.account);
        let store = &ctx.state.store;
        let mut numbers = store.members_with(api::HOST, ctx.account, &collection, "phone_number", e164);
        let sid = numbers.next().map(|number| number.key.clone());
        drop(numbers);
        // https://www.twilio.com/docs/api/errors/80606
        let sid = sid.ok_or_else(|| ApiError::new(400, 80606, "Proxy Identifier Not Owned By Account"))?;
        in_one_service(ctx, &sid)?;
        params.set("Sid", sid);
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let path = format!(
            "{}/{}/IncomingPhoneNumbers/{}",
            accounts::COLLECTION,
            ctx.account,
            object.key
        );
        let number = ctx.state.store.find(api::HOST, ctx.account, &path);
        let has = |name: &str| {
            number
                .and_then(|number| number.body.get("capabilities")?.get(name))
                .and_then(Value::as_bool)
                .unwrap_or(false)
        };
        let e164 = object.text("phone_number").unwrap_or_default();
        let country = inventory::find(e164).map(|found| found.area.country.iso);
        object.set("iso_country", country);
        object.set("capabilities", capabilities(has("voice"), has("sms"), has("mms")));
        Ok(())
    }
}

/// <https://www.twilio.com/docs/api/errors/80601>: a number is in the pool of one service at a time.
fn in_one_service(ctx: &Ctx<'_>, sid: &str) -> Outcome {
    let template = "/v1/Services/{ServiceSid}/PhoneNumbers";
    let mut entries = ctx.state.store.kind_with(HOST, template, "sid", sid);
    let is_elsewhere = |entry: &Object| entry.account == ctx.account && entry.collection != ctx.route.path;
    match entries.any(is_elsewhere) {
        true => Err(ApiError::new(400, 80601, "Phone Number Not Available")),
        false => Ok(()),
    }
}

/// The thirteen things that Proxy tells of a number, as the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (proxy) list them. Which of them a number has is derived from its own
/// three, and nothing is restricted to its country; that is an open question.
fn capabilities(voice: bool, sms: bool, mms: bool) -> Value {
    json!({
        "fax_inbound": false,
        "fax_outbound": false,
        "mms_inbound": mms,
        "mms_outbound": mms,
        "restriction_fax_domestic": false,
        "restriction_mms_domestic": false,
        "restriction_sms_domestic": false,
        "restriction_voice_domestic": false,
        "sip_trunking": voice,
        "sms_inbound": sms,
        "sms_outbound": sms,
        "voice_inbound": voice,
        "voice_outbound": voice,
    })
}

/// Short codes, which send and receive messages and nothing else.
pub struct ShortCodes;

impl Behaviour for ShortCodes {
    fn after_create(&self, _: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        object.set("capabilities", capabilities(false, true, false));
        Ok(())
    }
}
