//! Verified caller IDs. <https://www.twilio.com/docs/voice/api/outgoing-caller-ids-resource>
//!
//! Twilio calls the number, and keeps it once somebody there has entered the code of the response. Nobody is called here: the number is
//! kept at once, as if the code had been entered.

use serde_json::Value;

use super::HOST;
use super::numbers::inventory;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::lookups::phone_numbers;
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// Note of a caller ID: what the response to its create alone shows.
const CODE: &str = "_validation_code";
/// The same, SID of the call.
const CALL: &str = "_call_sid";

/// Verified caller IDs of an account.
pub struct CallerIds;

impl Behaviour for CallerIds {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let sent = params.text("PhoneNumber").unwrap_or_default();
        let Some(number) = phone_numbers::destination(sent) else {
            // https://www.twilio.com/docs/api/errors/21401
            return Err(ApiError::new(400, 21401, format!("Invalid phone number: {sent}")));
        };
        let collection = format!("/2010-04-01/Accounts/{}/OutgoingCallerIds", ctx.account);
        let store = &ctx.state.store;
        let mut same = store.members_with(HOST, ctx.account, &collection, "phone_number", number.e164.as_str());
        let is_known = same.next().is_some();
        drop(same);
        if is_known {
            // https://www.twilio.com/docs/api/errors/21450
            return Err(ApiError::new(
                400,
                21450,
                "Phone number already validated on your account",
            ));
        }
        params.set("PhoneNumber", number.e164);
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        // The contract's text on FriendlyName: a formatted version of the number.
        if object.text("friendly_name").is_none_or(str::is_empty) {
            let number = object.text("phone_number").unwrap_or_default().to_owned();
            let shown = inventory::find(&number).map_or(number, |number| number.friendly_name());
            object.set("friendly_name", shown);
        }
        // The contract's text on the field: six digits.
        let code = ctx.state.ids.random().u32(0..1_000_000);
        object.hidden.insert(CODE.to_owned(), format!("{code:06}").into());
        let call = ctx.sid("CA");
        object.hidden.insert(CALL.to_owned(), call.into());
        Ok(())
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        if ctx.operation().kind == OperationKind::Create {
            for (field, note) in [("validation_code", CODE), ("call_sid", CALL)] {
                let value = object.hidden.get(note).cloned().unwrap_or(Value::Null);
                body.insert(field.to_owned(), value);
            }
        }
    }
}
