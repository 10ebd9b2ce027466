//! A parameter that takes a SID names something that is there: which things a SID may name, the contract says by the prefixes of
//! parameters and objects. [`super::references`] knows more of some parameters and goes before this rule.
//!
//! That a product refuses what it does not know is documented for some parameters (their codes are in [`super::wrong_values`]); of the
//! others nothing is known, and a client that names what does not exist is wrong at Twilio sooner or later. Code and status of
//! these are an open question. What is not looked up is listed below.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::{At, beside, is_at, references, wrong_values};
use crate::behaviour::{Ctx, Outcome};
use crate::contract::{Contract, Field, Location, Resource};
use crate::error::ApiError;
use crate::params::Params;

/// Prefixes of things that no request makes, or that stand elsewhere than the contract says: an account has rules of its own, and
/// so has a file of a message, which an upload makes.
const UNCHECKED_KINDS: &[&str] = &["**", "AC", "ME", "RN"];

/// Products that take a SID of nothing: the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio>, which ran against
/// the real Twilio, write a flow into a hook of a conversation and of a channel, and a chat service into a service of Proxy, that
/// there is not. Of what else these products are sent nothing is known.
const UNCHECKED_PRODUCTS: &[&str] = &[
    "chat.twilio.com",
    "conversations.twilio.com",
    "flex-api.twilio.com",
    "ip-messaging.twilio.com",
    "proxy.twilio.com",
];

/// Parameters that name what is not in the account: where, and which.
const UNCHECKED_PARAMETERS: &[(At, &str)] = &[
    // A user of the Console, which no request makes: https://www.twilio.com/docs/studio/rest-api/v2/flow
    (("studio.twilio.com", "/v2/Flows"), "AuthorSid"),
    // A profile that may be the parent account's: https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    (
        ("trusthub.twilio.com", "/v1/ComplianceInquiries/Customers/Initialize"),
        "PrimaryProfileSid",
    ),
];

/// Collections whose behaviour looks up itself what is named, with codes of its own.
const BY_BEHAVIOUR: &[At] = &[
    // https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
    ),
];

/// Where the objects of a kind may be.
type Places = Vec<(&'static str, &'static str)>;

/// Collections by the prefix of the SIDs in them, as far as a request makes any of the kind.
fn kinds() -> &'static HashMap<&'static str, Places> {
    static KINDS: LazyLock<HashMap<&'static str, Places>> = LazyLock::new(|| {
        let mut kinds: HashMap<&'static str, Places> = HashMap::new();
        let mut makes = Vec::new();
        for resource in Contract::published().resources() {
            let Some(prefix) = resource.key_prefix.as_deref().filter(|_| resource.instance.is_some()) else {
                continue;
            };
            let shows_sid = resource.object_fields().iter().any(|field| field.name == "sid");
            if shows_sid {
                kinds
                    .entry(prefix)
                    .or_default()
                    .push((resource.host.as_str(), resource.template.as_str()));
            }
            if resource.has_create() {
                makes.push(prefix);
            }
        }
        kinds.retain(|prefix, _| makes.contains(prefix));
        kinds
    });
    &KINDS
}

/// Refuses a SID that names nothing.
///
/// # Errors
/// 400/20001, or what the product says of a wrong value of the parameter.
pub(crate) fn refuse_unknown(ctx: &Ctx<'_>, resource: &Resource, params: &Params, near: &str) -> Outcome {
    if UNCHECKED_PRODUCTS.contains(&resource.host.as_str()) || BY_BEHAVIOUR.iter().any(|at| is_at(*at, resource)) {
        return Ok(());
    }
    for field in ctx.operation().params_in(Location::Body) {
        let is_unchecked = |(at, name): &(At, &str)| is_at(*at, resource) && field.name == *name;
        if UNCHECKED_PARAMETERS.iter().any(is_unchecked) {
            continue;
        }
        let prefixes = prefixes(resource, field);
        let is_known = |prefix: &String| kinds().contains_key(prefix.as_str());
        let is_exempt = |prefix: &String| UNCHECKED_KINDS.contains(&prefix.as_str());
        if !prefixes.iter().any(is_known) || prefixes.iter().any(is_exempt) || references::has(resource, &field.name) {
            continue;
        }
        for sid in sids(params.value(&field.name)) {
            let places = prefixes.iter().filter(|prefix| sid.starts_with(prefix.as_str()));
            let mut places = places.filter_map(|prefix| kinds().get(prefix.as_str())).flatten();
            if !places.any(|place| is_there(ctx, *place, near, sid)) {
                let why = format_args!("{sid} does not exist in this account");
                let error = ApiError::invalid_parameter(&field.name, why);
                return Err(wrong_values::in_its_words(resource, error, |_| false));
            }
        }
    }
    Ok(())
}

fn prefixes<'f>(resource: &'f Resource, field: &'f Field) -> &'f [String] {
    let shape = resource.spec.resolve(field);
    match shape.items.as_deref() {
        Some(items) => &resource.spec.resolve(items).sid,
        None => &shape.sid,
    }
}

fn sids(sent: Option<&Value>) -> Vec<&str> {
    let sent = match sent {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        one => one.and_then(Value::as_str).into_iter().collect::<Vec<_>>(),
    };
    sent.into_iter().filter(|sid| !sid.is_empty()).collect()
}

/// Whether the account has an object of this SID at a place: at its path, where that is known from the path of the request.
fn is_there(ctx: &Ctx<'_>, (host, template): At, near: &str, sid: &str) -> bool {
    let store = &ctx.state.store;
    let collection = beside(template, ctx.account, near);
    if store.find(host, ctx.account, &format!("{collection}/{sid}")).is_some() {
        return true;
    }
    let mut of_kind = store.kind_with(host, template, "sid", sid);
    of_kind.any(|object| object.account == ctx.account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_exception_is_published() {
        for at in BY_BEHAVIOUR {
            assert!(assert_published(*at).has_create(), "{at:?}");
        }
        for (at, name) in UNCHECKED_PARAMETERS {
            let mut params = assert_published(*at)
                .operations()
                .flat_map(|operation| &operation.params);
            assert!(params.any(|param| param.name == *name), "{at:?} {name}");
        }
        for host in UNCHECKED_PRODUCTS {
            assert!(Contract::published().resources_of(host).next().is_some(), "{host}");
        }
    }

    /// Without a kind nothing would be looked up, and no test of it could fail.
    #[test]
    fn the_kinds_are_those_of_the_contract() {
        for (prefix, place) in [
            ("NY", ("voice.twilio.com", "/v1/ConnectionPolicies")),
            ("CR", ("accounts.twilio.com", "/v1/Credentials/AWS")),
            ("RM", ("video.twilio.com", "/v1/Rooms")),
        ] {
            assert!(kinds()[prefix].contains(&place), "{prefix}: {:?}", kinds()[prefix]);
        }
        assert!(!kinds().contains_key("ZZ"));
    }
}
