//! `adopt_existing`: taking over an object that is there already instead of making a second one. This is also how the next
//! apply recovers from a process that died between Twilio's answer and the state.

use serde_json::Value as Json;

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Request;

use super::call::{answer_object, path_fault};
use super::expand::{Intent, Phase};
use super::flatten::{Object, Occasion};
use super::hooks::{Call, Fault};
use super::import::likely_id;
use super::lookup::{Place, has_natural_key};
use super::paths;
use super::store::store;
use super::table::{Attribute, Literal, Resource, Sent, Source, boolean};
use super::update::change;

const NAME: &str = "adopt_existing";

/// The attribute, for tables whose natural key a person chooses.
pub const ADOPT_EXISTING: Attribute = boolean(NAME).local().default(Literal::Bool(false)).doc(
    "Read while the object is created: if the account has exactly one that goes by the same name, take it over and bring it \
     to this configuration instead of making a second. Recovers an object that an interrupted apply made and could not \
     note. Default: `false`.",
);

/// The object as the plan wants it, where the configuration asks for adoption and there is one to adopt; with the state that
/// it was found in.
///
/// # Errors
/// Diagnostics when there are several, or when it cannot be brought to the configuration in place.
pub async fn adopt(call: Call<'_>, planned: &Value, config: &Value) -> Result<Option<(Value, Object)>, Fault> {
    let resource = call.resource;
    let handles_it_alone = resource.hooks.create.is_some();
    if planned.attr(NAME).as_bool() != Some(true) || handles_it_alone {
        return Ok(None);
    }
    let Some(found) = find(call).await? else {
        return Ok(None);
    };
    refuse_what_is_fixed(call, planned, &found)?;
    let (there, _) = store(resource, call.account, found, &Value::Null, Occasion::Read);
    let intent = Intent {
        phase: Phase::Update,
        prior: &there,
        planned,
        config,
    };
    call.notes.add(adopted(resource, &there));
    let object = change(Call { object: &there, ..call }, intent).await?;
    Ok(Some((there, object)))
}

/// Whether the configuration says what the object to adopt goes by. What is unknown may say it yet.
///
/// # Errors
/// A diagnostic that names the attribute that is missing.
pub fn refuse_without_a_name(resource: &Resource, config: &Value) -> Result<(), Diagnostic> {
    let is_asked_for = config.attr(NAME).as_bool() == Some(true);
    let nameless = |name: &&&str| {
        let value = config.attr(name);
        !value.is_unknown() && value.as_str().is_none_or(|text| text.trim().is_empty())
    };
    match resource.natural_key.iter().find(nameless) {
        Some(missing) if is_asked_for && resource.hooks.create.is_none() => Err(Diagnostic::error(
            format!("{} can only be adopted by a name", resource.name),
            format!(
                "adopt_existing = true takes over the {} that goes by the same {}, and {missing} is not set. Nothing was \
                 created or changed. Set {missing}, or take adopt_existing out.",
                resource.noun,
                resource.natural_key.join(", ")
            ),
        )
        .at_attribute(NAME)),
        _ => Ok(()),
    }
}

/// The one object that goes by the planned natural key, read whole.
async fn find(call: Call<'_>) -> Result<Option<Object>, Fault> {
    let resource = call.resource;
    refuse_without_a_name(resource, call.object)?;
    let place = Place::of(resource);
    let is_gone = |item: &Object| resource.hooks.is_gone.is_some_and(|is_gone| is_gone(item));
    let is_meant = |item: &Object| has_natural_key(resource, call.object, item) && !is_gone(item);
    let items = call.client.list_where(place.list(call)?, is_meant).await?;
    let namesakes: Vec<&str> = items
        .iter()
        .filter_map(|item| item.get("sid").and_then(Json::as_str))
        .collect();
    let sid = match namesakes.as_slice() {
        [] => return Ok(None),
        [sid] => *sid,
        several => return Err(several_namesakes(call, several).into()),
    };
    let collection = place.create(call)?;
    if !call.client.claim(&collection, sid) {
        return Err(taken(call, sid).into());
    }
    let mut object = call.object.clone();
    object.set_attr("sid", Value::string(sid));
    let path =
        paths::expand(resource.instance, call.account, &object).map_err(|missing| path_fault(resource, &missing))?;
    let whole = call
        .client
        .send(Request::get(resource.product, call.account, path))
        .await?;
    let mut whole = answer_object(whole);
    if let Some(after_read) = resource.hooks.after_read {
        after_read(
            Call {
                object: &object,
                ..call
            },
            &mut whole,
        )
        .await?;
    }
    Ok(Some(whole))
}

/// What only a create can set must be as planned already.
fn refuse_what_is_fixed(call: Call<'_>, planned: &Value, found: &Object) -> Result<(), Diagnostic> {
    let resource = call.resource;
    let (there, _) = store(resource, call.account, found.clone(), &Value::Null, Occasion::Read);
    let fixed = resource.attributes.iter().filter(|attribute| {
        attribute.sent == Sent::OnCreate && attribute.replaces && attribute.source == Source::Answer
    });
    for attribute in fixed {
        let (asked, is) = (planned.attr(attribute.name), there.attr(attribute.name));
        if asked.is_known() && asked != is {
            let sid = there.attr("sid").as_str().unwrap_or_default();
            return Err(Diagnostic::error(
                format!("{} cannot be adopted", resource.name),
                format!(
                    "The {} {sid} goes by the same name, and its {} is another than configured and cannot be changed. Nothing \
                     was created or changed. Configure what it has, or take adopt_existing out to make a second one.",
                    resource.noun, attribute.name
                ),
            )
            .at_attribute(attribute.name));
        }
    }
    Ok(())
}

fn adopted(resource: &Resource, there: &Value) -> Diagnostic {
    Diagnostic::warning(
        format!("{} was adopted", resource.name),
        format!(
            "The account has the {} {} already, by the same name. No second one was made; it was brought to this \
             configuration, and what the configuration does not have was taken off. Destroying this resource destroys it.",
            resource.noun,
            there.attr("sid").as_str().unwrap_or("(no SID)")
        ),
    )
}

fn several_namesakes(call: Call<'_>, sids: &[&str]) -> Diagnostic {
    let resource = call.resource;
    let lines = sids.iter().map(|sid| {
        let mut object = call.object.clone();
        object.set_attr("sid", Value::string(*sid));
        let id = likely_id(resource, call.account, &object);
        format!("\n  terraform import {}.NAME {id}", resource.name)
    });
    Diagnostic::error(
        format!("{} goes by the name of several objects", resource.name),
        format!(
            "adopt_existing = true takes over the one object of the same name, and account {} has {}. Nothing was created or \
             changed. Import the right one, or take adopt_existing out to make another.\n{}",
            call.account,
            sids.len(),
            lines.collect::<String>()
        ),
    )
    .at_attribute(NAME)
}

fn taken(call: Call<'_>, sid: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Another resource has {sid} already"),
        format!(
            "adopt_existing = true found the {} {sid}, which another resource of this configuration has just made or adopted. \
             Nothing was created or changed. Give each {} a name of its own, or take adopt_existing out.",
            call.resource.noun, call.resource.noun
        ),
    )
    .at_attribute(NAME)
}
