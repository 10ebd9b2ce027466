//! A phone number that the account owns. <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>
//!
//! What surprised us: creating buys, and there is no idempotency key, so a purchase whose answer was lost is looked up by
//! the number before anything else. `AreaCode` is never answered, so it must not force anything after the purchase.
//! `EmergencyStatus` has been ignored since October 2021. A registered emergency address must be taken off, and its
//! unregistration awaited, before the number can be released. A released number is off the market for a while (21422).

use std::time::Duration;

use serde_json::Value as Json;

use crate::engine::call::{fetch, instance_path, send_update};
use crate::engine::create::post;
use crate::engine::expand::{Intent, Parameters};
use crate::engine::flatten::Object;
use crate::engine::hooks::{Call, Fault, Hooks, Planning, Step};
use crate::engine::protection::DELETION_PROTECTION;
use crate::engine::table::{
    AccountRule, Attribute, Check, Destroy, Kind, Literal, Resource, Rule, boolean, map, object, sid, text, timestamp,
};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, Product};

use super::lookup::{BY_PHONE_NUMBER, owned};
use super::search::{SEARCH, available};
use super::webhooks;

/// `twilio_phone_number`.
pub const PHONE_NUMBER: Resource = Resource {
    name: "twilio_phone_number",
    noun: "phone number",
    doc: "A phone number. It is bought when it is created (never by a plan) and released when it is destroyed. Say which one \
          with one of `phone_number`, `area_code` and `search`; the last two matter only while it is bought, and changing \
          them later does nothing. A plan that releases or replaces a number warns and names it.",
    category: "Phone Numbers",
    api_page: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
    product: Product::Api,
    collection: "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
    instance: "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/{sid}.json",
    sid_prefix: "PN",
    account: AccountRule::Movable,
    natural_key: &["phone_number"],
    destroy: Destroy::Hook,
    attributes: ATTRIBUTES,
    omitted: &[webhooks::DEAD_EMERGENCY_STATUS],
    rules: &[
        Rule::AtMostOneOf(&["phone_number", "area_code", "search"]),
        Rule::AtMostOneOf(&["trunk_sid", "voice_application_sid"]),
    ],
    hooks: Hooks {
        validate: Some(rate_center_needs_lata),
        plan: Some(plan),
        create: Some(buy),
        delete: Some(release),
        find: Some(BY_PHONE_NUMBER),
        ..Hooks::NONE
    },
    ..Resource::FORM
};

const ATTRIBUTES: &[Attribute] = &[
    text("phone_number").optional_computed().create_only().checks(&[Check::E164]).doc(
        "The number in E.164 form, for example `+14155550100`. Another number replaces this one.",
    ),
    text("area_code").create_hint().checks(&[Check::Length(3, 3)]).doc(
        "Buy any number with this area code (US and Canada). Read while the number is bought and never after.",
    ),
    object("search", SEARCH).create_hint().not_sent().doc(
        "Search for numbers and buy the first that is still for sale. Read while the number is bought and never after.",
    ),
    boolean("adopt_existing").local().default(Literal::Bool(false)).doc(
        "If the account already owns `phone_number`, take it over and bring it to this configuration instead of failing. \
         Default: `false`.",
    ),
    text("on_destroy")
        .local()
        .default(Literal::Text("release"))
        .checks(&[Check::OneOf(&["release", "retain"])])
        .doc("What destroying does: `release` gives the number back, and somebody else may get it; `retain` leaves it in the \
              account. Default: `release`."),
    DELETION_PROTECTION,
    text("friendly_name").optional_computed().doc(
        "Name shown in the Console, up to 64 characters. Default: the number as it is written in its country.",
    ),
    webhooks::VOICE_URL,
    webhooks::VOICE_METHOD,
    webhooks::VOICE_FALLBACK_URL,
    webhooks::VOICE_FALLBACK_METHOD,
    webhooks::VOICE_APPLICATION_SID,
    webhooks::TRUNK_SID,
    webhooks::VOICE_CALLER_ID_LOOKUP,
    webhooks::VOICE_RECEIVE_MODE,
    webhooks::STATUS_CALLBACK,
    webhooks::STATUS_CALLBACK_METHOD,
    webhooks::SMS_URL,
    webhooks::SMS_METHOD,
    webhooks::SMS_FALLBACK_URL,
    webhooks::SMS_FALLBACK_METHOD,
    webhooks::SMS_APPLICATION_SID,
    sid("address_sid", &[Check::Sid("AD")]).doc(
        "SID of the address that the number's country demands (`AD…`). See `address_requirements`.",
    ),
    sid("bundle_sid", &[Check::Sid("BU")]).doc("SID of the regulatory bundle that the number's country demands (`BU…`)."),
    sid("identity_sid", &[Check::Sid("RI")]).doc("SID of the identity that the number's country demands (`RI…`)."),
    sid("emergency_address_sid", &[Check::Sid("AD")]).doc("SID of the address sent to emergency services (`AD…`)."),
    text("api_version").optional_computed().doc(
        "API version in which Twilio's requests to the webhooks are made. Default: `2010-04-01`.",
    ),
    text("emergency_address_status").computed().doc(
        "State of the emergency address: `registered`, `unregistered`, or on the way to either.",
    ),
    text("address_requirements").computed().doc("Which address the number needs: `none`, `any`, `local` or `foreign`."),
    map("capabilities", &Kind::Bool).computed().doc("What the number can do: `voice`, `sms`, `mms`, `fax`."),
    boolean("beta").computed().doc("Whether the number is new to Twilio."),
    text("origin").computed().doc("`twilio`, or `hosted` for a number that belongs to another carrier."),
    text("status").computed().doc("State of the number, for example `in-use`."),
    text("type").computed().doc("Kind of number, for example `local`."),
    timestamp("date_created").doc("When it was bought (RFC 3339, UTC)."),
];

/// Numbers that a search may come up with and lose to somebody else before one is bought.
const TRIES: usize = 5;

/// Twilio's code for a number that is not for sale. <https://www.twilio.com/docs/api/errors/21422>
const NOT_FOR_SALE: u32 = 21422;

fn rate_center_needs_lata(config: &Value, diagnostics: &mut Diagnostics) {
    let search = config.attr("search");
    if search.is_known() && search.attr("in_rate_center").is_known() && search.attr("in_lata").is_null() {
        diagnostics.push(
            Diagnostic::error(
                "Arguments do not fit together",
                "search.in_rate_center needs search.in_lata.",
            )
            .at_attribute("search"),
        );
    }
}

fn plan(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let (prior, config) = (planning.prior, planning.config);
        if prior.is_null() {
            let chosen = ["phone_number", "area_code", "search"]
                .iter()
                .any(|name| !config.attr(name).is_null());
            return if chosen { Ok(()) } else { Err(nothing_chosen().into()) };
        }
        if planning.destroys {
            warn_of_loss(&planning);
        }
        Ok(())
    })
}

fn nothing_chosen() -> Diagnostic {
    Diagnostic::error(
        "No phone number is chosen",
        "A new number needs one of phone_number, area_code and search, so that it is clear what is bought. Nothing was \
         bought. To take over a number that the account owns, import it, or set phone_number with adopt_existing = true.",
    )
    .at_attribute("phone_number")
}

fn warn_of_loss(planning: &Planning<'_>) {
    let number = planning.prior.attr("phone_number").as_str().unwrap_or("(unknown)");
    let retained = planning.prior.attr("on_destroy").as_str() == Some("retain");
    let (summary, detail) = match (planning.planned.is_null(), retained) {
        (true, false) => (
            format!("Phone number {number} will be released"),
            "Whoever calls it will no longer reach you, and somebody else may get it. Set on_destroy = \"retain\" and apply \
             first to keep it in the account, or deletion_protection = true to refuse.",
        ),
        (true, true) => (
            format!("Phone number {number} will stay in the account, without Terraform"),
            "on_destroy = \"retain\": it is only taken out of the state, and is still paid for.",
        ),
        (false, false) => (
            format!("Phone number {number} will be released, and another bought in its place"),
            "The configuration asks for another number. To keep this one put its number back into phone_number.",
        ),
        (false, true) => (
            format!("Phone number {number} will stay in the account, and another be bought"),
            "The configuration asks for another number, and on_destroy = \"retain\" keeps this one, which is still paid for.",
        ),
    };
    planning.notes.add(Diagnostic::warning(summary, detail));
}

/// Adopts, or buys the number, or one with the area code, or the first of a search that is still there.
fn buy<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Object> {
    Box::pin(async move {
        let planned = intent.planned;
        if let Some(number) = planned.attr("phone_number").as_str() {
            if let Some(existing) = owned(call.client, call.account, number).await? {
                return adopt(call, planned, number, existing, parameters).await;
            }
            return buy_number(call, number, parameters).await;
        }
        if planned.attr("search").is_known() {
            return buy_from_search(call, planned.attr("search"), parameters).await;
        }
        post(call, parameters).await
    })
}

async fn adopt(
    call: Call<'_>,
    planned: &Value,
    number: &str,
    existing: Object,
    mut parameters: Parameters,
) -> Result<Object, Fault> {
    let sid = existing
        .get("sid")
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned();
    if planned.attr("adopt_existing").as_bool() != Some(true) {
        return Err(Diagnostic::error(
            format!("The account already owns {number}"),
            format!(
                "{number} is {sid} in account {}. Nothing was bought or changed. Take it over with `terraform import` and \
                 the id {}/{sid}, or set adopt_existing = true.",
                call.account, call.account
            ),
        )
        .at_attribute("phone_number")
        .into());
    }
    parameters.remove("PhoneNumber");
    parameters.remove("AreaCode");
    call.notes.add(Diagnostic::warning(
        format!("Phone number {number} was adopted"),
        format!("The account owned it already as {sid}. Nothing was bought; it was brought to this configuration."),
    ));
    if parameters.is_empty() {
        return Ok(existing);
    }
    let adopted = with_sid(planned, &sid);
    let path = instance_path(call.resource, call.account, &adopted)?;
    send_update(
        Call {
            object: &adopted,
            ..call
        },
        path,
        parameters,
    )
    .await
}

/// A purchase whose answer was lost has either made the account the owner or not, and the number itself tells.
async fn buy_number(call: Call<'_>, number: &str, parameters: Parameters) -> Result<Object, Fault> {
    match post(call, parameters).await {
        Err(Fault::Api(error)) if error.kind == ErrorKind::Ambiguous => {
            match owned(call.client, call.account, number).await {
                Ok(Some(bought)) => {
                    tracing::info!(number, "the answer to the purchase was lost, and the number is there");
                    Ok(bought)
                }
                _ => Err(Fault::Api(error)),
            }
        }
        bought => bought,
    }
}

async fn buy_from_search(call: Call<'_>, search: &Value, parameters: Parameters) -> Result<Object, Fault> {
    let found = available(call.client, call.account, search, TRIES).await?;
    let numbers: Vec<_> = found
        .iter()
        .filter_map(|found| found.get("phone_number").and_then(Json::as_str))
        .collect();
    let mut lost = None;
    for number in &numbers {
        let mut parameters = parameters.clone();
        parameters.set("PhoneNumber", *number);
        match buy_number(call, number, parameters).await {
            // Somebody else was quicker.
            Err(Fault::Api(error)) if error.twilio_code == Some(NOT_FOR_SALE) => lost = Some(Fault::Api(error)),
            outcome => return outcome,
        }
    }
    Err(lost.unwrap_or_else(|| {
        Diagnostic::error(
            "No phone number matches the search",
            "Twilio has no number for sale that matches every filter of search. Nothing was bought. Take a filter out, or \
             look with data.twilio_available_phone_numbers.",
        )
        .at_attribute("search")
        .into()
    }))
}

/// How often, and for how long, an emergency address is looked at until it is unregistered. Twilio gives no figure; its
/// emergency registrations settle within minutes.
const UNREGISTER_CHECKS: u32 = 30;
const UNREGISTER_PAUSE: Duration = Duration::from_secs(2);

fn release<'a>(call: Call<'a>, prior: &'a Value) -> Step<'a> {
    Box::pin(async move {
        if prior.attr("on_destroy").as_str() == Some("retain") {
            return Ok(());
        }
        if prior.attr("emergency_address_sid").is_known() {
            unregister_emergency_address(call, prior).await?;
        }
        crate::engine::call::delete(call).await
    })
}

async fn unregister_emergency_address(call: Call<'_>, prior: &Value) -> Result<(), Fault> {
    let mut parameters = Parameters::default();
    parameters.set("EmergencyAddressSid", "");
    let path = instance_path(call.resource, call.account, prior)?;
    let mut number = send_update(call, path, parameters).await?;
    for _ in 0..UNREGISTER_CHECKS {
        match number.get("emergency_address_status").and_then(Json::as_str) {
            None | Some("unregistered") => return Ok(()),
            Some("unregistration-failure") => break,
            Some(status) => tracing::info!(status, "waiting for the emergency address to be unregistered"),
        }
        tokio::time::sleep(UNREGISTER_PAUSE).await;
        number = fetch(call).await?;
    }
    Err(Diagnostic::error(
        "The emergency address is still registered",
        format!(
            "Phone number {} was not released: its emergency address was taken off, and Twilio has not finished \
             unregistering it. The number stays in the state. Destroy it again in a few minutes.",
            prior.attr("phone_number").as_str().unwrap_or("(unknown)")
        ),
    )
    .into())
}

fn with_sid(planned: &Value, sid: &str) -> Value {
    let mut object = planned.clone();
    object.set_attr("sid", Value::string(sid));
    object
}
