//! What lookups say of a number in place of what Twilio finds. <https://www.twilio.com/docs/lookup/v2-api/line-type-override>

use serde_json::Value;

use super::HOST;
use super::phone_numbers::{destination, record};
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// The only package that can be overridden.
const PACKAGE: &str = "line_type_intelligence";

/// Overrides of a number.
pub struct Overrides;

impl Behaviour for Overrides {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let number = number(ctx);
        if ctx.strict {
            // The page has the statuses, and no codes: OPEN-QUESTIONS asks.
            if ctx.path_param("Field") != Some(PACKAGE) || !params.has("line_type") {
                return Err(ApiError::new(422, 20422, "Unsupported field or value"));
            }
            if destination(&number).is_none() {
                return Err(ApiError::new(404, 20404, "Phone number not found"));
            }
        }
        let there = of(ctx, &number).and_then(|there| there.body.get("overridden_line_type"));
        match there.is_some() && there == params.value("line_type") {
            true => Err(ApiError::conflict("Override already exists with the same value")),
            false => Ok(()),
        }
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        object.set("phone_number", number(ctx));
        let line = record(ctx).and_then(|record| record.body.get("line_type_intelligence"));
        if let Some(found) = line.and_then(|line| line.get("type")).cloned() {
            object.set("original_line_type", found);
        }
        signed(ctx, object);
        Ok(())
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        signed(ctx, object);
        Ok(())
    }
}

/// By whom, and when.
fn signed(ctx: &Ctx<'_>, object: &mut Object) {
    object.set("overridden_by_account_sid", ctx.account);
    let now = ctx.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    object.set("override_timestamp", Value::from(now));
}

fn number(ctx: &Ctx<'_>) -> String {
    ctx.path_param("PhoneNumber").unwrap_or_default().to_owned()
}

/// The account's override of a number.
pub(super) fn of<'c>(ctx: &'c Ctx<'_>, number: &str) -> Option<&'c Object> {
    let template = "/v2/PhoneNumbers/{PhoneNumber}/Overrides";
    let mut overrides = ctx.state.store.kind_with(HOST, template, "phone_number", number);
    overrides.find(|one| one.account == ctx.account)
}
