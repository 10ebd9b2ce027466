//! Moving a number to another account of the same family.
//! <https://www.twilio.com/docs/iam/api/subaccounts#exchanging-numbers>

use super::plan::Address;
use super::{address, inventory, purchase};
use crate::behaviour::{Ctx, Outcome};
use crate::behaviours::api::accounts;
use crate::behaviours::numbers as regulatory;
use crate::error::ApiError;
use crate::params::Params;
use crate::state::AccountStatus;
use crate::store::Object;

/// Whether a number may go to an account.
pub(super) fn check(ctx: &Ctx<'_>, object: &Object, target: &str, params: &Params) -> Outcome {
    let accounts = &ctx.state.accounts;
    if accounts.main().sid != ctx.caller.account {
        return Err(ApiError::new(
            400,
            21474,
            "Only the parent account can move phone numbers between accounts",
        ));
    }
    if !accounts.related(&object.account, target) {
        return Err(ApiError::new(
            400,
            21473,
            format!("Account {target} is not related to the owner of the phone number"),
        ));
    }
    // https://www.twilio.com/docs/api/errors/21472
    if accounts.effective_status(target) != Some(AccountStatus::Active) {
        return Err(ApiError::new(400, 21472, format!("Account {target} is not active")));
    }
    let Some(number) = object.text("phone_number").and_then(inventory::find) else {
        return Ok(());
    };
    let required = number.area.offer.address;
    let fits = required == Address::None
        || params
            .text("AddressSid")
            .and_then(|sid| address(ctx.state, target, sid))
            .is_some_and(|address| purchase::satisfies(required, address, &number));
    if !fits {
        return Err(ApiError::new(
            400,
            21613,
            format!(
                "Account {target} needs a valid address for phone number {}",
                number.e164
            ),
        ));
    }
    Ok(())
}

/// Puts the number under its new owner. What hung on it in the old account stays behind: it leaves its sender pool, its Proxy
/// service and its trunk, the addresses of conversations forget it (<https://www.twilio.com/docs/api/errors/50610>), loses its
/// add-ons, and its emergency address, its bundle and its applications, which were the old account's, no longer count.
pub(super) fn hand_over(ctx: &mut Ctx<'_>, before: &Object, object: &mut Object, target: &str) {
    super::leave(ctx.state, before);
    let below: Vec<String> = ctx
        .state
        .store
        .below(&before.host, &before.account, &before.path)
        .map(|other| other.path.clone())
        .collect();
    for path in below {
        ctx.state.store.remove(&before.host, &before.account, &path);
    }
    object.set("trunk_sid", serde_json::Value::Null);
    for field in ["address_sid", "emergency_address_sid"] {
        let own = object
            .text(field)
            .is_some_and(|sid| address(ctx.state, target, sid).is_some());
        if !own {
            object.set(field, serde_json::Value::Null);
        }
    }
    // https://www.twilio.com/docs/api/errors/21649: a bundle is of one account. The new owner's own may be named with the move.
    let bundle = object.text("bundle_sid").unwrap_or_default();
    let bundle = format!("/v2/RegulatoryCompliance/Bundles/{bundle}");
    if ctx.state.store.find(regulatory::HOST, target, &bundle).is_none() {
        object.set("bundle_sid", serde_json::Value::Null);
    }
    // The same of applications: https://www.twilio.com/docs/api/errors/21420
    for field in ["voice_application_sid", "sms_application_sid"] {
        let sid = object.text(field).unwrap_or_default();
        let path = format!("{}/{target}/Applications/{sid}", accounts::COLLECTION);
        if ctx.state.store.find(&before.host, target, &path).is_none() {
            object.set(field, "");
        }
    }
    if object.text("emergency_address_sid").is_none() {
        object.set("emergency_address_status", "unregistered");
    }
    let collection = format!("{}/{target}/IncomingPhoneNumbers", accounts::COLLECTION);
    object.account = target.to_owned();
    object.path = format!("{collection}/{}", object.key);
    object.collection = collection;
    object.set("account_sid", target);
}
