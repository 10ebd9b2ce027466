//! Usage triggers. <https://www.twilio.com/docs/usage/api/usage-trigger>
//!
//! A relative value is made absolute when the trigger is created. A trigger that does not recur shows an empty `recurring`.
//! Callbacks are not sent.

use serde_json::Value;

use super::amount::{MICROS, decimal, micros};
use super::categories;
use super::history::History;
use super::period::Period;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::{Contract, OperationKind};
use crate::error::ApiError;
use crate::generic::serve;
use crate::params::Params;
use crate::store::{Body, Object};

/// Most characters of a name.
const MOST_NAME_CHARACTERS: usize = 64;

/// Usage triggers.
pub struct Triggers;

impl Behaviour for Triggers {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        // "An empty value or a value of alltime reads non-recurring UsageTriggers", which show neither.
        if ctx.operation().kind != OperationKind::List || !matches!(params.text("Recurring"), Some("" | "alltime")) {
            return Ok(None);
        }
        let fits = |object: &Object, field: &str, name: &str| {
            params
                .text(name)
                .is_none_or(|wanted| object.text(field) == Some(wanted))
        };
        let resource = Contract::published()
            .resource_of(&ctx.route.host, ctx.operation())
            .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        let items = ctx
            .state
            .store
            .members(&ctx.route.host, ctx.account, &super::path(ctx.account, "Triggers"))
            .filter(|object| object.text("recurring") == Some(""))
            .filter(|object| fits(object, "usage_category", "UsageCategory") && fits(object, "trigger_by", "TriggerBy"))
            .map(|object| Value::Object(serve::shown(ctx, resource, object)))
            .collect();
        ctx.list_items(items).map(Some)
    }

    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        named(params)?;
        let category = params.text("UsageCategory").unwrap_or_default().to_owned();
        if categories::find(&category).is_none() {
            return Err(ApiError::invalid_parameter(
                "UsageCategory",
                format_args!("'{category}' is not a usage category"),
            ));
        }
        let by = params.text("TriggerBy").unwrap_or("usage").to_owned();
        let recurring = match params.text("Recurring") {
            None | Some("alltime") => "",
            Some(recurring) => recurring,
        }
        .to_owned();
        let value = params.text("TriggerValue").unwrap_or_default();
        let absolute = match value.strip_prefix('+') {
            Some(more) => micros(more).map(|more| decimal(current(ctx, &category, &by, &recurring) + more)),
            None => micros(value).filter(|value| *value > 0).map(|_| value.to_owned()),
        };
        let Some(absolute) = absolute else {
            return Err(ApiError::invalid_parameter(
                "TriggerValue",
                format_args!("'{value}' is not a positive number"),
            ));
        };
        params.set("TriggerValue", absolute);
        params.set("TriggerBy", by);
        params.set("Recurring", recurring);
        if params.text("CallbackMethod").unwrap_or_default().is_empty() {
            params.set("CallbackMethod", "POST");
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let category = object.text("usage_category").unwrap_or_default();
        let uri = format!("{}.json?Category={category}", super::path(ctx.account, "Records"));
        object.set("usage_record_uri", uri);
        object.set("api_version", "2010-04-01");
        object.set("date_fired", Value::Null);
        Ok(())
    }

    fn before_update(&self, _: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        // "The default is POST", which an empty text brings back.
        if params.text("CallbackMethod") == Some("") {
            params.set("CallbackMethod", "POST");
        }
        named(params)
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let text = |field: &str| object.text(field).unwrap_or_default();
        let value = current(ctx, text("usage_category"), text("trigger_by"), text("recurring"));
        body.insert("current_value".into(), decimal(value).into());
    }
}

fn named(params: &Params) -> Outcome {
    match params.text("FriendlyName") {
        Some(name) if name.chars().count() > MOST_NAME_CHARACTERS => Err(ApiError::invalid_parameter(
            "FriendlyName",
            format_args!("more than {MOST_NAME_CHARACTERS} characters"),
        )),
        _ => Ok(()),
    }
}

/// What a trigger sees now, in millionths: of all time, or of the running period of one that recurs.
fn current(ctx: &Ctx<'_>, category: &str, by: &str, recurring: &str) -> u64 {
    let Some(category) = categories::find(category) else {
        return 0;
    };
    let history = History::of(ctx, true);
    let today = super::today(ctx);
    let period = match recurring {
        "daily" => Period::day(today),
        "monthly" => Period::month_to(today),
        "yearly" => Period::year_to(today),
        _ => history.all_time(),
    };
    let amount = history.amount(&category, period);
    match (by, category.traffic) {
        ("count", _) => amount.count * MICROS,
        ("price", _) | (_, categories::Traffic::Total) => amount.price,
        _ => amount.usage * MICROS,
    }
}
