//! Addresses: what is checked, what Twilio corrects, and which numbers depend on one.
//! <https://www.twilio.com/docs/usage/api/address>
//!
//! An address for emergencies is compared with what is known about its country, where emergency addresses are registered
//! (<https://www.twilio.com/docs/voice/tutorials/emergency-calling-for-programmable-voice>). One that is only written
//! differently is stored as it should be written, or suggested if the caller wants no correction. The documentation has the
//! codes but not the HTTP statuses; 400 is answered.

mod lookup;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use self::lookup::{Found, Parts};
use super::{HOST, numbers};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Longest name of an address.
const MOST_NAME_CHARACTERS: usize = 64;
/// Longest name of an address for emergencies.
const MOST_EMERGENCY_NAME_CHARACTERS: usize = 32;

/// Parameters that may be left out of an update but never be empty, and the fields that show them.
const REQUIRED: [(&str, &str); 6] = [
    ("CustomerName", "customer_name"),
    ("Street", "street"),
    ("City", "city"),
    ("Region", "region"),
    ("PostalCode", "postal_code"),
    ("IsoCountry", "iso_country"),
];

/// Whether this is the ISO 3166-1 code of a country.
pub(crate) fn is_country(code: &str) -> bool {
    lookup::is_country(code)
}

/// Addresses of an account.
pub struct Addresses;

impl Behaviour for Addresses {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        check(params, None)
    }

    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        settle(params, object)
    }

    fn before_update(&self, _: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        check(params, Some(object))
    }

    fn after_update(&self, _: &mut Ctx<'_>, _: &Object, params: &Params, object: &mut Object) -> Outcome {
        settle(params, object)
    }

    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        if numbers::require(ctx.state, object) {
            // https://www.twilio.com/docs/api/errors/21625
            return Err(ApiError::new(
                400,
                21625,
                "The address is required for a phone number and cannot be deleted",
            ));
        }
        Ok(())
    }
}

fn check(params: &Params, before: Option<&Object>) -> Outcome {
    for (name, _) in REQUIRED {
        if params.text(name).is_some_and(|text| text.trim().is_empty()) {
            return Err(incorrect(&format!("{name} is empty")));
        }
    }
    if let Some(country) = params.text("IsoCountry")
        && !lookup::is_country(country)
    {
        return Err(incorrect(&format!("{country} is not a country")));
    }
    let emergency = params
        .flag("EmergencyEnabled")
        .or_else(|| before?.body.get("emergency_enabled")?.as_bool())
        .unwrap_or_default();
    let most = if emergency {
        MOST_EMERGENCY_NAME_CHARACTERS
    } else {
        MOST_NAME_CHARACTERS
    };
    if params
        .text("FriendlyName")
        .is_some_and(|name| name.chars().count() > most)
    {
        return Err(incorrect(&format!("FriendlyName is longer than {most} characters")));
    }
    Ok(())
}

/// <https://www.twilio.com/docs/api/errors/21238>
fn incorrect(why: &str) -> ApiError {
    ApiError::new(400, 21238, format!("Address Validation Error: {why}"))
}

/// Looks an address for emergencies up, and corrects or refuses it.
fn settle(params: &Params, object: &mut Object) -> Outcome {
    // How the address was asked for is no part of it.
    object.hidden.shift_remove("AutoCorrectAddress");
    let emergency = object.body.get("emergency_enabled").and_then(Value::as_bool);
    let country = object.text("iso_country").unwrap_or_default();
    if emergency != Some(true) || !lookup::REGISTERED.contains(&country) {
        object.set("validated", false);
        return Ok(());
    }
    let part = |field: &str| object.text(field).unwrap_or_default().to_owned();
    let parts = Parts {
        street: part("street"),
        city: part("city"),
        region: part("region"),
        postal_code: part("postal_code"),
    };
    match lookup::find(country, &parts) {
        // https://www.twilio.com/docs/api/errors/21628
        Found::Nothing => return Err(ApiError::new(400, 21628, "The address cannot be validated")),
        Found::Exact => {}
        // https://www.twilio.com/docs/api/errors/21629
        Found::Similar(right) if params.flag("AutoCorrectAddress") == Some(false) => {
            let suggested = format!(
                "{}, {}, {} {}",
                right.street, right.city, right.region, right.postal_code
            );
            return Err(ApiError::new(
                400,
                21629,
                format!("The address cannot be validated; suggested address: {suggested}"),
            ));
        }
        Found::Similar(right) => {
            object.set("street", right.street);
            object.set("city", right.city);
            object.set("region", right.region);
            object.set("postal_code", right.postal_code);
        }
    }
    object.set("validated", true);
    Ok(())
}

/// Numbers that name an address, for themselves or for emergencies.
pub struct DependentPhoneNumbers;

impl Behaviour for DependentPhoneNumbers {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let address = ctx.path_param("AddressSid").unwrap_or_default();
        let account = format!("/2010-04-01/Accounts/{}", ctx.account);
        let path = format!("{account}/Addresses/{address}");
        if ctx.state.store.find(HOST, ctx.account, &path).is_none() {
            return Err(ApiError::not_found(&ctx.request.path));
        }
        let collection = format!("{account}/IncomingPhoneNumbers");
        let store = &ctx.state.store;
        let of = |field| store.members_with(HOST, ctx.account, &collection, field, address);
        let dependent = of("address_sid").chain(of("emergency_address_sid"));
        let dependent: BTreeMap<u64, &Object> = dependent.map(|number| (number.sequence, number)).collect();
        let newest_first = dependent.into_values().rev();
        let items = newest_first.map(|number| shown(ctx, number)).collect();
        ctx.list_items(items).map(Some)
    }
}

/// A number with the fields that this list has of it.
fn shown(ctx: &Ctx<'_>, number: &Object) -> Value {
    let fields = ctx.route.spec.answer_fields(ctx.operation());
    let mut item = json!({"uri": format!("{}.json", number.path)});
    for field in fields.iter().filter(|field| field.name != "uri") {
        item[&field.name] = number.body.get(&field.name).cloned().unwrap_or_default();
    }
    item
}
