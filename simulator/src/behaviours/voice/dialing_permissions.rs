//! Where an account may call to: written for many countries at once, read for each.
//! <https://www.twilio.com/docs/voice/api/dialingpermissions-bulkcountryupdate-resource>

use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};
use serde_json::{Map, Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours::api::numbers::plan;
use crate::contract::{Contract, OperationKind};
use crate::error::ApiError;
use crate::generic::serve::Implicit;
use crate::params::Params;
use crate::store::{Body, Object};

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
    let mut object = place.object(ctx.state.seed, ctx.now);
    open_at_home(&mut object);
    Some(object)
}

/// An account may call its own country from the start: <https://www.twilio.com/en-us/blog/blog-voice-dialing-geo-permissions-rest-api>.
/// Here all accounts are at home in the US.
fn open_at_home(country: &mut Object) {
    if country.sequence == 0 && country.key == "US" {
        country.set(FLAGS[0], true);
    }
}

/// Whether the account may call a country. A subaccount has its parent's permissions until its settings say otherwise:
/// <https://www.twilio.com/docs/voice/api/dialingpermissions-settings-resource>
pub(crate) fn may_call(ctx: &Ctx<'_>, country: &str) -> bool {
    let parent = ctx
        .state
        .accounts
        .find(ctx.account)
        .and_then(|account| account.parent.as_deref());
    let settings = ctx.state.store.find(HOST, ctx.account, "/v1/Settings");
    let inherits = settings.and_then(|settings| settings.body.get("dialing_permissions_inheritance")?.as_bool());
    let account = parent.filter(|_| inherits != Some(false)).unwrap_or(ctx.account);
    let stored = ctx.state.store.find(HOST, account, &format!("{COUNTRIES}/{country}"));
    let open = stored.and_then(|stored| stored.body.get(FLAGS[0])?.as_bool());
    open.unwrap_or(country == "US")
}

/// The countries: all that have a calling code, each as it is from the start until it is changed.
/// <https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource>
pub struct Countries;

impl Behaviour for Countries {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        match ctx.operation().kind {
            OperationKind::Read => {
                let code = ctx.path_param("IsoCode").unwrap_or_default();
                let is_stored = ctx
                    .state
                    .store
                    .find(HOST, ctx.account, &format!("{COUNTRIES}/{code}"))
                    .is_some();
                match is_stored || calling_code(code).is_some() {
                    true => Ok(None),
                    false => Err(ApiError::not_found(&ctx.request.path)),
                }
            }
            OperationKind::List => {
                if ctx.strict && params.text("Continent").is_some_and(|name| !name.is_empty()) {
                    // In which words Twilio names them is not published.
                    let refused = ApiError::invalid_parameter("Continent", "the simulator knows no continents");
                    return Err(refused.with("simulator", json!({"not_modelled": "Continent"})));
                }
                let mut codes: Vec<String> = PHONE_NUMBER_UTIL
                    .get_supported_regions()
                    .filter(|region| *region != Region::World)
                    .map(|region| region.to_string())
                    .collect();
                codes.sort_unstable();
                let mut countries: Vec<_> = codes.iter().filter_map(|code| stored(ctx, code)).collect();
                for (country, sequence) in countries.iter_mut().zip(1..) {
                    describe(country);
                    // The order of the list, which is that of their names.
                    country.sequence = sequence;
                }
                ctx.list(countries).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn shape_read(&self, _: &Ctx<'_>, object: &Object, body: &mut Body) {
        let mut described = object.clone();
        describe(&mut described);
        open_at_home(&mut described);
        for name in ["name", "country_codes", FLAGS[0]] {
            body.insert(name.to_owned(), described.body.get(name).cloned().unwrap_or_default());
        }
    }
}

/// The calling code of a country, by the numbering plans of libphonenumber.
fn calling_code(country: &str) -> Option<i32> {
    PHONE_NUMBER_UTIL.get_country_code_for_region(country.parse().ok()?)
}

/// Names are known of the countries that have numbers.
fn describe(country: &mut Object) {
    let code = country.key.clone();
    let is_untold = |country: &Object, name: &str| {
        let value = country.body.get(name);
        value.is_none_or(|value| value.is_null() || value.as_array().is_some_and(Vec::is_empty))
    };
    if let Some(known) = plan::COUNTRIES.iter().find(|known| known.iso == code)
        && is_untold(country, "name")
    {
        country.set("name", known.name);
    }
    if let Some(calling) = calling_code(&code)
        && is_untold(country, "country_codes")
    {
        country.set("country_codes", json!([format!("+{calling}")]));
    }
}
