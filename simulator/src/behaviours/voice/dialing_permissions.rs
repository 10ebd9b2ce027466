//! Where an account may call to: written for many countries at once, read for each.
//! <https://www.twilio.com/docs/voice/api/dialingpermissions-bulkcountryupdate-resource>

use serde_json::{Map, Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::Contract;
use crate::error::ApiError;
use crate::generic::serve::Implicit;
use crate::params::Params;
use crate::store::Object;

const COUNTRIES: &str = "/v1/DialingPermissions/Countries";

/// What may be turned on and off.
const FLAGS: [&str; 3] = [
    "low_risk_numbers_enabled",
    "high_risk_special_numbers_enabled",
    "high_risk_tollfraud_numbers_enabled",
];

/// The update of many countries.
pub struct BulkCountryUpdates;

impl Behaviour for BulkCountryUpdates {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let request = params.text("UpdateRequest").unwrap_or_default().to_owned();
        let refuse = |why: &str| ApiError::invalid_parameter("UpdateRequest", why);
        let updates: Vec<Map<String, Value>> =
            serde_json::from_str(&request).map_err(|_| refuse("it is no JSON array of objects"))?;
        let mut changed = Vec::new();
        for update in &updates {
            let country = update.get("iso_code").and_then(Value::as_str);
            let country = country.filter(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
            let country = country.ok_or_else(|| refuse("an item has no iso_code"))?;
            let mut object = stored(ctx, country).ok_or_else(|| refuse("it names no country"))?;
            for (name, value) in update.iter().filter(|(name, _)| *name != "iso_code") {
                // The documentation writes them as texts.
                let flag = value
                    .as_bool()
                    .or_else(|| value.as_str().and_then(|text| text.parse().ok()));
                match flag {
                    Some(flag) if FLAGS.contains(&name.as_str()) => object.set(name, flag),
                    _ => {
                        return Err(refuse(
                            "an item has an unknown member, or one that is neither true nor false",
                        ));
                    }
                }
            }
            object.updated_ms = ctx.now.as_millisecond();
            changed.push(object);
        }
        let count = changed.len();
        for object in changed {
            match object.sequence {
                0 => {
                    ctx.state.store.insert(object);
                }
                _ => ctx.state.store.replace(object),
            }
        }
        let answer = json!({"update_count": count, "update_request": request});
        Ok(Some(Answer::json(ctx.operation().success(), answer)))
    }
}

/// A country as it is stored, or as it is from the start.
fn stored(ctx: &Ctx<'_>, country: &str) -> Option<Object> {
    let path = format!("{COUNTRIES}/{country}");
    if let Some(object) = ctx.state.store.find(HOST, ctx.account, &path) {
        return Some(object.clone());
    }
    let place = Implicit {
        resource: Contract::published().resource(HOST, COUNTRIES)?,
        account: ctx.account,
        path: &path,
        above: &[],
    };
    Some(place.object(ctx.state.seed, ctx.now))
}
