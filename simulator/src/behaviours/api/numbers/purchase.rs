//! Buying a number: which one, whether it is to be had, and what it looks like once it is owned.

use serde_json::Value;

use super::inventory::{self, Number};
use super::pattern::Pattern;
use super::plan::{self, Address, Area, Kind};
use super::{address, stock};
use crate::behaviour::{Ctx, Outcome};
use crate::behaviours::api::{self, accounts};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;
use crate::test_credentials;

/// Statuses of a regulatory bundle with which numbers can be bought.
const APPROVED: &[&str] = &["twilio-approved", "provisionally-approved"];

/// The number that a request asks for: exactly one of `PhoneNumber` and `AreaCode`.
pub(super) fn chosen(ctx: &mut Ctx<'_>, params: &Params) -> Outcome<Number> {
    let text = |name: &str| params.text(name).filter(|text| !text.is_empty());
    match (text("PhoneNumber"), text("AreaCode")) {
        (Some(number), None) => by_number(ctx, number),
        (None, Some(code)) => by_area_code(ctx, code),
        (Some(_), Some(_)) => Err(ApiError::new(400, 20001, "PhoneNumber and AreaCode exclude each other")),
        (None, None) => Err(ApiError::new(400, 20001, "PhoneNumber or AreaCode is required")),
    }
}

fn by_number(ctx: &mut Ctx<'_>, number: &str) -> Outcome<Number> {
    if !inventory::is_well_formed(number) {
        return Err(ApiError::new(
            400,
            21421,
            format!("{number} is not a valid phone number"),
        ));
    }
    if let Some(area) = test_credentials::sell(ctx.state, number).and_then(inventory::find) {
        return Ok(Number {
            e164: number.to_owned(),
            ..area
        });
    }
    let kind = Kind::of_path(&ctx.route.path);
    inventory::find(number)
        .filter(|found| kind.is_none_or(|kind| kind == found.area.offer.kind))
        .filter(|found| stock::has(ctx.state, ctx.now, &found.e164))
        .ok_or_else(|| ApiError::new(400, 21422, format!("{number} is not available")))
}

/// A number that the account has already. Asking to buy it is no error but an update of it, answered with 201 and the SID
/// that it has: Twilio's support calls that a feature. <https://github.com/danielberkompas/ex_twilio/issues/116>
pub(super) fn owned_already(ctx: &Ctx<'_>, params: &Params) -> Option<Object> {
    let number = params.text("PhoneNumber")?;
    let collection = format!("{}/{}/IncomingPhoneNumbers", accounts::COLLECTION, ctx.account);
    let kind = Kind::of_path(&ctx.route.path);
    ctx.state
        .store
        .members_with(api::HOST, ctx.account, &collection, "phone_number", number)
        .next()
        .filter(|owned| kind.is_none_or(|kind| owned.text("type") == Some(kind.name())))
        .cloned()
}

/// Area codes exist in the US and Canada only. <https://www.twilio.com/docs/api/errors/21451>
fn by_area_code(ctx: &mut Ctx<'_>, code: &str) -> Outcome<Number> {
    let is_code = code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit()) && code.as_bytes()[0] >= b'2';
    if !is_code {
        return Err(ApiError::new(
            400,
            21451,
            format!("{code} is not a North American area code"),
        ));
    }
    let in_country = |area: &&Area| area.prefix == code && ["US", "CA"].contains(&area.country.iso);
    let areas = plan::areas().iter().filter(in_country).collect();
    stock::first(ctx.state, ctx.now, areas, &Pattern::default(), 1)
        .pop()
        .ok_or_else(|| ApiError::new(400, 21452, format!("There are no phone numbers in area code {code}")))
}

/// Whether the request names the address and the bundle that the number needs.
pub(super) fn check_rules(ctx: &Ctx<'_>, params: &Params, number: &Number) -> Outcome {
    let offer = number.area.offer;
    let sent = |name: &str| params.text(name).filter(|sid| !sid.is_empty());
    if offer.address != Address::None {
        let fits = sent("AddressSid")
            .and_then(|sid| address(ctx.state, ctx.account, sid))
            .is_some_and(|address| satisfies(offer.address, address, number));
        if !fits {
            return Err(ApiError::new(
                400,
                21631,
                format!(
                    "Phone number {} requires an address ({})",
                    number.e164,
                    offer.address.as_str()
                ),
            ));
        }
    }
    if offer.bundle {
        let approved = sent("BundleSid").is_some_and(|sid| is_approved(ctx, sid));
        if !approved {
            return Err(ApiError::new(
                400,
                21649,
                format!("Phone number {} requires an approved regulatory bundle", number.e164),
            ));
        }
    }
    Ok(())
}

/// Whether an address fulfils what numbers of an area ask for.
pub(super) fn satisfies(required: Address, address: &Object, number: &Number) -> bool {
    let same_country = address.text("iso_country") == Some(number.area.country.iso);
    match required {
        Address::None | Address::Any => true,
        Address::Local => same_country,
        Address::Foreign => !same_country,
    }
}

fn is_approved(ctx: &Ctx<'_>, sid: &str) -> bool {
    ctx.state
        .store
        .find(
            "numbers.twilio.com",
            ctx.account,
            &format!("/v2/RegulatoryCompliance/Bundles/{sid}"),
        )
        .and_then(|bundle| bundle.text("status"))
        .is_some_and(|status| APPROVED.contains(&status))
}

/// Fills in what only the number itself decides.
pub(super) fn complete(object: &mut Object) {
    let Some(number) = object.text("phone_number").and_then(inventory::find) else {
        return;
    };
    let offer = number.area.offer;
    let named = object.text("friendly_name").is_some_and(|name| !name.is_empty());
    if !named {
        object.set("friendly_name", number.friendly_name());
    }
    object.set("capabilities", offer.can.as_owned());
    object.set("address_requirements", offer.address.as_str());
    object.set("beta", offer.beta);
    object.set("type", offer.kind.name());
    object.set("origin", "twilio");
    object.set("status", "in-use");
    // Of no meaning since October 2021, and `Active` on numbers without an emergency address, as recorded in 2022.
    object.set("emergency_status", "Active");
    object.set("voice_receive_mode", Value::Null);
}
