//! Where an account may send messages to: read and written for many countries at one path, each with an outcome of its own.
//! <https://www.twilio.com/docs/usage/api/messaging-geopermissions>

use serde_json::{Map, Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours::api::numbers::plan::COUNTRIES;
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

const TEMPLATE: &str = "/v1/Messaging/GeoPermissions";

/// Countries whose permission only the Console changes, and those that no message reaches:
/// <https://www.twilio.com/docs/api/errors/30649>.
const CONSOLE_ONLY: [&str; 11] = ["BD", "IL", "NG", "PK", "PS", "LK", "AZ", "TJ", "OM", "TN", "DZ"];
const NOT_SUPPORTED: [&str; 3] = ["IR", "SY", "CU"];

/// Code of a country that was not changed; 0 is success.
const NOT_CHANGED: u32 = 30649;

/// The permissions.
pub struct GeoPermissions;

impl Behaviour for GeoPermissions {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let permissions: Vec<Value> = match ctx.operation().kind {
            OperationKind::Update => update(ctx, params)?,
            _ => match ctx.query.text("CountryCode").filter(|code| !code.is_empty()) {
                Some(country) => vec![shown(country, is_enabled(ctx, country), None)],
                None => every(ctx),
            },
        };
        let status = ctx.operation().success();
        Ok(Some(Answer::json(status, json!({"permissions": permissions}))))
    }
}

/// Writes the permissions of some countries. What cannot be written is said beside the others, in a success.
fn update(ctx: &mut Ctx<'_>, params: &Params) -> Outcome<Vec<Value>> {
    let refuse = |why: &str| ApiError::invalid_parameter("Permissions", why);
    let items = params.value("Permissions").and_then(Value::as_array);
    let mut wanted = Vec::new();
    for item in items.into_iter().flatten() {
        let item: Option<Map<String, Value>> = match item {
            Value::String(text) => serde_json::from_str(text).ok(),
            Value::Object(members) => Some(members.clone()),
            _ => None,
        };
        let item = item.ok_or_else(|| refuse("an item is no JSON object"))?;
        let known = |name: &&String| ["country_code", "type", "enabled"].contains(&name.as_str());
        if item.keys().any(|name| !known(&name)) {
            return Err(refuse("an item has an unknown member"));
        }
        if item.get("type").and_then(Value::as_str) != Some("country") {
            return Err(refuse("the type of an item is not country"));
        }
        let country = item.get("country_code").and_then(Value::as_str);
        let country = country.filter(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
        let country = country.ok_or_else(|| refuse("an item has no country_code"))?;
        let enabled = item.get("enabled");
        let enabled = enabled.and_then(|flag| flag.as_bool().or_else(|| flag.as_str()?.parse().ok()));
        let enabled = enabled.ok_or_else(|| refuse("enabled of an item is neither true nor false"))?;
        wanted.push((country.to_owned(), enabled));
    }
    if wanted.is_empty() {
        return Err(refuse("it names no country"));
    }
    let written = wanted.into_iter().map(|(country, enabled)| {
        let why = match country.as_str() {
            code if CONSOLE_ONLY.contains(&code) => Some("High risk country permission cannot be updated"),
            code if NOT_SUPPORTED.contains(&code) => Some("Non-supported country permission cannot be updated"),
            _ => None,
        };
        if why.is_some() {
            let enabled = is_enabled(ctx, &country);
            return shown(&country, enabled, why);
        }
        write(ctx, &country, enabled);
        shown(&country, enabled, None)
    });
    Ok(written.collect())
}

fn shown(country: &str, enabled: bool, why: Option<&str>) -> Value {
    json!({
        "country_code": country,
        "type": "country",
        "enabled": enabled,
        "error_code": why.map_or(0, |_| NOT_CHANGED),
        "error_messages": why.into_iter().collect::<Vec<_>>(),
    })
}

/// Every country that the numbering plan knows, and those that were written.
fn every(ctx: &Ctx<'_>) -> Vec<Value> {
    let mut codes: Vec<String> = COUNTRIES.iter().map(|country| country.iso.to_owned()).collect();
    codes.extend(
        ctx.state
            .store
            .members(HOST, ctx.account, TEMPLATE)
            .map(|object| object.key.clone()),
    );
    codes.sort();
    codes.dedup();
    codes
        .iter()
        .map(|country| shown(country, is_enabled(ctx, country), None))
        .collect()
}

/// Whether the account may send messages to a country.
pub(crate) fn is_enabled(ctx: &Ctx<'_>, country: &str) -> bool {
    let stored = ctx.state.store.find(HOST, ctx.account, &path(country));
    // A fresh account sends where it is at home.
    let enabled = stored
        .and_then(|object| object.body.get("enabled"))
        .and_then(Value::as_bool);
    enabled.unwrap_or(country == "US")
}

fn write(ctx: &mut Ctx<'_>, country: &str, enabled: bool) {
    if let Some(object) = ctx.state.store.find_mut(HOST, ctx.account, &path(country)) {
        object.set("enabled", enabled);
        object.updated_ms = ctx.now.as_millisecond();
        return;
    }
    let Some(mut object): Option<Object> = ctx.new_object(HOST, ctx.account, TEMPLATE, Body::new()) else {
        return;
    };
    object.path = path(country);
    country.clone_into(&mut object.key);
    object.body.clear();
    object.set("country_code", country);
    object.set("enabled", enabled);
    ctx.state.store.insert(object);
}

fn path(country: &str) -> String {
    format!("{TEMPLATE}/{country}")
}
