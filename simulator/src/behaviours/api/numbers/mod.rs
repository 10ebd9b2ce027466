//! Phone numbers: searching, buying, moving between accounts, releasing.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>

mod emergency;
pub mod inventory;
mod pattern;
pub mod plan;
mod purchase;
pub mod search;
mod stock;
mod transfer;

use jiff::Timestamp;
use serde_json::Value;

use self::pattern::Pattern;
use self::plan::Kind;
use self::stock::Stock;
pub(crate) use super::HOST;
use super::accounts;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours::conversations;
use crate::behaviours::messaging::sender_pool;
use crate::behaviours::numbers as regulatory;
use crate::contract::{Contract, OperationKind};
use crate::error::ApiError;
use crate::facts::references;
use crate::generic::{build, serve};
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Object};

/// Collection of owned numbers, as the contract writes it.
pub(crate) const TEMPLATE: &str = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers";

/// Parameters that a purchase takes and forgets; an update of the number keeps them.
/// <https://github.com/twilio/twilio-node/issues/706>, <https://github.com/twilio/twilio-php/issues/462>
const IGNORED_WHILE_BUYING: [&str; 2] = ["EmergencyAddressSid", "VoiceReceiveMode"];

/// See the module.
pub struct IncomingNumbers;

impl Behaviour for IncomingNumbers {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind != OperationKind::Create || params.text("AreaCode").is_some_and(|code| !code.is_empty())
        {
            return Ok(None);
        }
        let Some(owned) = purchase::owned_already(ctx, params) else {
            return Ok(None);
        };
        let resource = Contract::published()
            .resource(HOST, TEMPLATE)
            .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        params.take("PhoneNumber");
        params.take("AreaCode");
        serve::change(ctx, resource, &owned, params.clone()).map(Some)
    }

    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        ignore_emergency_status(params);
        for name in IGNORED_WHILE_BUYING {
            params.take(name);
        }
        let number = purchase::chosen(ctx, params)?;
        purchase::check_rules(ctx, params, &number)?;
        check_addresses(ctx, params, ctx.account)?;
        check_applications(ctx, params, ctx.account)?;
        check_bundle(ctx, params, ctx.account)?;
        params.take("AreaCode");
        params.set("PhoneNumber", number.e164);
        Ok(())
    }

    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        purchase::complete(object);
        settle(object, params);
        Ok(())
    }

    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        ignore_emergency_status(params);
        emergency::check(object, params)?;
        let owner = match params.text("AccountSid").filter(|sid| *sid != object.account) {
            Some(target) => {
                transfer::check(ctx, object, target, params)?;
                target
            }
            None => &object.account,
        };
        check_addresses(ctx, params, owner)?;
        check_applications(ctx, params, owner)?;
        check_bundle(ctx, params, owner)
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, params: &Params, object: &mut Object) -> Outcome {
        settle(object, params);
        if let Some(target) = params.text("AccountSid").filter(|sid| *sid != before.account) {
            transfer::hand_over(ctx, before, object, target);
        }
        Ok(())
    }

    fn before_delete(&self, _: &mut Ctx<'_>, object: &Object) -> Outcome {
        // https://help.twilio.com/articles/223183008: the address must be unregistered first. Twilio publishes no code of its own.
        if object.text("emergency_address_status") == Some("registered") {
            return Err(ApiError::new(
                400,
                20001,
                "The phone number has an emergency address. Remove it and wait until it is unregistered, then release the number",
            ));
        }
        Ok(())
    }

    fn shape_read(&self, _: &Ctx<'_>, _: &Object, body: &mut Body) {
        // Answers of accounts that cannot take faxes do not mention it; as recorded in 2022.
        if body.get("voice_receive_mode").is_some_and(Value::is_null) {
            body.shift_remove("voice_receive_mode");
        }
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        released(ctx.state, object, Some(ctx.now));
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let before = object
            .previous
            .as_ref()
            .and_then(|before| before.get("phone_number")?.as_str());
        if let Some(before) = before.filter(|before| object.text("phone_number") != Some(before)) {
            state.own::<Stock>().given_up(before);
        }
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        released(state, object, None);
    }

    fn shows(&self, ctx: &Ctx<'_>, object: &Object) -> bool {
        Kind::of_path(&ctx.route.path).is_none_or(|kind| object.text("type") == Some(kind.name()))
    }

    fn passes(&self, object: &Object, filter: &str, wanted: &Value) -> Option<bool> {
        match filter {
            "PhoneNumber" => {
                let number = object.text("phone_number").unwrap_or_default();
                let pattern = wanted.as_str().map(Pattern::parse);
                Some(pattern.is_some_and(|pattern| pattern.is_ok_and(|pattern| pattern.fits(number))))
            }
            // Beta numbers are included unless that is turned off.
            "Beta" => Some(wanted.as_bool() != Some(false) || object.body.get("beta") != Some(&Value::Bool(true))),
            _ => None,
        }
    }
}

/// Writing it has had no effect since October 2021.
/// <https://www.twilio.com/en-us/changelog/changes-to-the-emergency-calling-api>
fn ignore_emergency_status(params: &mut Params) {
    params.take("EmergencyStatus");
}

/// Addresses that are named must be the account's own.
fn check_addresses(ctx: &Ctx<'_>, params: &Params, account: &str) -> Outcome {
    for name in ["AddressSid", "EmergencyAddressSid"] {
        let Some(sid) = params.text(name).filter(|sid| !sid.is_empty()) else {
            continue;
        };
        if address(ctx.state, account, sid).is_none() {
            return Err(ApiError::new(
                400,
                21651,
                format!("{name} {sid} is not an address of account {account}"),
            ));
        }
    }
    Ok(())
}

/// A bundle that is named must be the account's own. <https://www.twilio.com/docs/api/errors/21649>
fn check_bundle(ctx: &Ctx<'_>, params: &Params, account: &str) -> Outcome {
    let Some(sid) = params.text("BundleSid").filter(|sid| !sid.is_empty()) else {
        return Ok(());
    };
    let path = format!("/v2/RegulatoryCompliance/Bundles/{sid}");
    match ctx.state.store.find(regulatory::HOST, account, &path) {
        Some(_) => Ok(()),
        None => Err(ApiError::new(
            400,
            21649,
            format!("BundleSid {sid} is not a bundle of account {account}"),
        )),
    }
}

/// Applications that are named must be the account's own. <https://www.twilio.com/docs/api/errors/21420>
fn check_applications(ctx: &Ctx<'_>, params: &Params, account: &str) -> Outcome {
    for name in ["VoiceApplicationSid", "SmsApplicationSid"] {
        let Some(sid) = params.text(name).filter(|sid| !sid.is_empty()) else {
            continue;
        };
        let path = format!("{}/{account}/Applications/{sid}", accounts::COLLECTION);
        if ctx.state.store.find(HOST, account, &path).is_none() {
            return Err(ApiError::new(
                400,
                21420,
                format!("{name} {sid} is not an application of account {account}"),
            ));
        }
    }
    Ok(())
}

/// Whether a number needs this address, and has no other one of the same account that would do.
pub(super) fn require(state: &State, address: &Object) -> bool {
    let addresses = || state.store.members(HOST, &address.account, &address.collection);
    state
        .store
        .kind_with(HOST, TEMPLATE, "address_sid", address.key.as_str())
        .filter(|object| object.account == address.account)
        .filter_map(|object| inventory::find(object.text("phone_number")?))
        .filter(|number| number.area.offer.address != plan::Address::None)
        .any(|number| {
            !addresses()
                .filter(|other| other.key != address.key)
                .any(|other| purchase::satisfies(number.area.offer.address, other, &number))
        })
}

fn address<'s>(state: &'s State, account: &str, sid: &str) -> Option<&'s Object> {
    state.store.find(
        HOST,
        account,
        &format!("/2010-04-01/Accounts/{account}/Addresses/{sid}"),
    )
}

/// Side effects of written parameters: a trunk and a voice application exclude each other, and an empty SID is none.
fn settle(object: &mut Object, params: &Params) {
    let sent = |name: &str| params.text(name).is_some_and(|sid| !sid.is_empty());
    if sent("TrunkSid") {
        object.set("voice_application_sid", "");
    } else if sent("VoiceApplicationSid") {
        object.set("trunk_sid", Value::Null);
    }
    for field in [
        "trunk_sid",
        "emergency_address_sid",
        "address_sid",
        "identity_sid",
        "bundle_sid",
    ] {
        if object.text(field) == Some("") {
            object.set(field, Value::Null);
        }
    }
    emergency::settle(object);
}

/// Puts a number on a trunk, or takes it off. A trunk displaces the voice application.
pub(crate) fn assign_trunk(number: &mut Object, trunk: Option<&str>, at: Timestamp) {
    number.previous = Some(Box::new(number.body.clone()));
    number.updated_ms = at.as_millisecond();
    number.set("date_updated", crate::clock::rfc2822(at));
    number.set("trunk_sid", trunk);
    if trunk.is_some() {
        number.set("voice_application_sid", "");
    }
}

fn released(state: &mut State, object: &Object, at: Option<Timestamp>) {
    if let Some(number) = object.text("phone_number") {
        state.own::<Stock>().released(number, at);
    }
    leave(state, object);
}

/// Takes a number that leaves its account out of what it stands in there: sender pools, services of Proxy, addresses of conversations.
fn leave(state: &mut State, number: &Object) {
    sender_pool::remove_number(state, &number.account, &number.key);
    for (host, path) in references::entries_of(state, number) {
        state.store.remove(host, &number.account, &path);
    }
    forget_address(state, number);
}

/// A number was released, or given to another account, in another region.
pub(crate) fn released_elsewhere(state: &mut State, account: &str, path: &str) {
    let now = state.clock.now();
    for object in state.store.remove(HOST, account, path) {
        if object.template == TEMPLATE {
            released(state, &object, Some(now));
        }
    }
}

/// A number was bought in another region: here it has a configuration of its own, as of a number that was just bought.
/// <https://www.twilio.com/docs/global-infrastructure/inbound-call-processing>
pub(crate) fn bought_elsewhere(state: &mut State, account: &str, path: &str, sid: &str, e164: &str) {
    let now = state.clock.now();
    let collection = path.rsplit_once('/').map_or(path, |(collection, _)| collection);
    let mut fields = Body::new();
    fields.insert("sid".into(), sid.into());
    fields.insert("phone_number".into(), e164.into());
    let object = build::object_at(state, Contract::published(), HOST, account, collection, fields, now);
    if let Some(mut object) = object {
        purchase::complete(&mut object);
        state.store.insert(object);
    }
}

/// A number that is released takes its address configuration of conversations with it.
/// <https://www.twilio.com/docs/api/errors/50610>
fn forget_address(state: &mut State, number: &Object) {
    let host = conversations::HOST;
    let e164 = number.text("phone_number").unwrap_or_default();
    let (account, collection) = (&number.account, "/v1/Configuration/Addresses");
    let configurations = state.store.members_with(host, account, collection, "address", e164);
    let own: Vec<String> = configurations.map(|configuration| configuration.path.clone()).collect();
    for path in own {
        state.store.remove(host, &number.account, &path);
    }
}
