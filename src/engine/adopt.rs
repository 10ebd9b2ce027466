//! `adopt_existing`: taking over an object that is there already instead of making a second one. This is also how the next
//! apply recovers from a process that died between Twilio's answer and the state.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

use super::call::fetch;
use super::claims::{key_before, key_of, taken};
use super::expand::{Intent, Phase};
use super::flatten::{Object, Occasion, json_equivalent};
use super::hooks::{Call, Fault};
use super::import::likely_id;
use super::ledger::Ledger;
use super::lookup::{Place, has_natural_key};
use super::store::store;
use super::table::{Attribute, Kind, Literal, Presence, Resource, Sent, Source, UpdateStyle, boolean};
use super::update::change;

const NAME: &str = "adopt_existing";

/// The most namesakes that an error names.
const MOST_NAMED: usize = 20;

/// The attribute, for tables whose natural key a person chooses.
pub const ADOPT_EXISTING: Attribute = boolean(NAME).local().default(Literal::Bool(false)).doc(
    "Read while the object is created: if the account has exactly one that goes by the same name, take it over and bring it \
     to this configuration instead of making a second. What cannot be changed must be as configured, and what Twilio never \
     tells cannot be compared: then nothing is taken over. Two resources that would share one object are refused as far as \
     one process of the provider sees both; a `provider` block with an alias is a process of its own, and so is each run. With \
     `create_before_destroy` a replacement takes over the very object that it should replace, which then stays. Recovers an \
     object that an interrupted apply made and could not note. Default: `false`.",
);

/// The object as the plan wants it, where the configuration asks for adoption and there is one to adopt; with the state that
/// it was found in. The ledger has it for `holder` then.
///
/// # Errors
/// Diagnostics when there are several, when another resource has it, and when it cannot be brought to the configuration in
/// place.
pub async fn adopt(
    call: Call<'_>,
    ledger: &Ledger,
    holder: &str,
    planned: &Value,
    config: &Value,
) -> Result<Option<(Value, Object)>, Fault> {
    if planned.attr(NAME).as_bool() != Some(true) {
        return Ok(None);
    }
    let Some(sid) = find(call, ledger).await? else {
        return Ok(None);
    };
    let mut object = call.object.clone();
    object.set_attr("sid", Value::string(sid.as_str()));
    let call = Call {
        object: &object,
        ..call
    };
    let key = key_of(call.resource, &object);
    // An object without a SID of its own is held already, and its turn taken.
    let own = key.filter(|_| key_before(call.resource, call.object).is_none());
    let _turn = match &own {
        Some(key) => Some(ledger.turn(key).await),
        None => None,
    };
    if let Some(key) = &own {
        if ledger.is_gone(key) {
            return Ok(None);
        }
        if !ledger.hold(key, holder) {
            return Err(taken(call.resource, &key.1).at_attribute(NAME).into());
        }
    }
    let adopted = take_over(call, planned, config).await;
    if let (Err(_), Some(key)) = (&adopted, &own) {
        ledger.release(key, holder);
    }
    adopted.map(Some)
}

/// Reads the object whole, compares what cannot be changed, and changes the rest.
async fn take_over(call: Call<'_>, planned: &Value, config: &Value) -> Result<(Value, Object), Fault> {
    let resource = call.resource;
    let found = whole(call).await?;
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
    Ok((there, object))
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

/// The one object that goes by the planned natural key. What this run destroyed is left out, wherever a list still has it.
async fn find(call: Call<'_>, ledger: &Ledger) -> Result<Option<String>, Fault> {
    let resource = call.resource;
    refuse_without_a_name(resource, call.object)?;
    let is_gone = |item: &Object| {
        resource.hooks.is_gone.is_some_and(|is_gone| is_gone(item)) || {
            let mut object = call.object.clone();
            object.set_attr("sid", item.get("sid").and_then(Json::as_str).map(str::to_owned).into());
            key_of(resource, &object).is_some_and(|key| ledger.is_gone(&key))
        }
    };
    let is_namesake =
        |item: &Object| has_natural_key(resource, call.object, item) && !differs_in_key(call, item) && !is_gone(item);
    let namesakes = Vec::from_iter(candidates(call, is_namesake).await?);
    match namesakes.as_slice() {
        [] => Ok(None),
        [sid] => Ok(Some(sid.clone())),
        several => Err(several_namesakes(call, several).into()),
    }
}

/// The SIDs of the objects that `is_namesake` says, among what Twilio itself finds by the name, where it can, or all. Nothing
/// else is kept of them, however many there are. A list that changes while it is read may have an item on two pages.
async fn candidates(
    call: Call<'_>,
    is_namesake: impl Fn(&Object) -> bool + Send + Sync,
) -> Result<BTreeSet<String>, Fault> {
    let resource = call.resource;
    let mut sids = BTreeSet::new();
    let mut note = |item: &Object| {
        let sid = item.get("sid").and_then(Json::as_str).filter(|_| is_namesake(item));
        sids.extend(sid.map(str::to_owned));
    };
    if let (Some(hook), [name]) = (resource.hooks.find, resource.natural_key)
        && let Some(text) = call.object.attr(name).as_str()
    {
        (hook.find)(call, text).await?.iter().for_each(note);
    } else {
        let take = |item| {
            note(&item);
            ControlFlow::Continue(())
        };
        call.client.each(Place::of(resource).list(call)?, take).await?;
    }
    Ok(sids)
}

/// Whether a part of the natural key that stays as it is configured is surely another.
fn differs_in_key(call: Call<'_>, item: &Object) -> bool {
    let (there, _) = store(call.resource, call.account, item.clone(), &Value::Null, Occasion::Read);
    let parts = call
        .resource
        .natural_key
        .iter()
        .filter_map(|name| call.resource.attribute(name));
    parts
        .filter(|attribute| attribute.source == Source::ConfigurationFirst)
        .any(|attribute| {
            let (asked, told) = (call.object.attr(attribute.name), there.attr(attribute.name));
            told.is_known() && sameness(call.resource, attribute, asked, told) == Some(false)
        })
}

/// The object of `call`, with all that hooks add.
async fn whole(call: Call<'_>) -> Result<Object, Fault> {
    let mut whole = fetch(call).await?;
    if let Some(after_read) = call.resource.hooks.after_read {
        after_read(call, &mut whole).await?;
    }
    Ok(whole)
}

/// What an adoption cannot bring about must be as planned already.
fn refuse_what_is_fixed(call: Call<'_>, planned: &Value, found: &Object) -> Result<(), Diagnostic> {
    let resource = call.resource;
    let (there, _) = store(resource, call.account, found.clone(), &Value::Null, Occasion::Read);
    let is_fixed = |attribute: &&Attribute| {
        let never_changes = resource.update == UpdateStyle::Never && attribute.source != Source::Configuration;
        let only_made = attribute.sent == Sent::OnCreate && (attribute.replaces || attribute.source != Source::Answer);
        attribute.is_configurable() && (only_made || (attribute.sent != Sent::Never && never_changes))
    };
    for attribute in resource.attributes.iter().filter(is_fixed) {
        let (asked, told) = (planned.attr(attribute.name), there.attr(attribute.name));
        compare(call, attribute, attribute.name, asked, told)?;
    }
    Ok(())
}

/// Compares an attribute, and the attributes in it, with what Twilio tells.
fn compare(call: Call<'_>, attribute: &Attribute, path: &str, asked: &Value, told: &Value) -> Result<(), Diagnostic> {
    if let (Kind::Object(inner), true, true) = (attribute.kind, asked.is_known(), told.is_known()) {
        return inner.iter().try_for_each(|child| {
            let path = format!("{path}.{}", child.name);
            compare(call, child, &path, asked.attr(child.name), told.attr(child.name))
        });
    }
    if asked.is_unknown() {
        return Ok(());
    }
    if asked.is_null() {
        return match is_nothing(told) || attribute.presence != Presence::Optional {
            true => Ok(()),
            false => Err(not_adopted(
                call,
                path,
                "is not configured, and it has one that cannot be taken off",
            )),
        };
    }
    let sameness = match attribute.source {
        Source::Configuration | Source::CreateAnswer => None,
        Source::Answer | Source::ConfigurationFirst if told.is_null() => {
            sameness(call.resource, attribute, asked, told).filter(|is_same| *is_same)
        }
        _ => sameness(call.resource, attribute, asked, told),
    };
    match sameness {
        Some(true) => Ok(()),
        Some(false) => Err(not_adopted(
            call,
            path,
            "is another than configured and cannot be changed",
        )),
        None => Err(not_adopted(
            call,
            path,
            "is not told by Twilio and cannot be compared or changed",
        )),
    }
}

/// Whether two values are the same; `None` where nobody can say.
fn sameness(resource: &Resource, attribute: &Attribute, asked: &Value, told: &Value) -> Option<bool> {
    if asked == told {
        return Some(true);
    }
    if attribute.sensitive && told.as_str().is_some_and(is_masked) {
        return None;
    }
    match (resource.hooks.same_as_told, attribute.kind) {
        (Some(same), _) => same(attribute.name, asked, told),
        (None, Kind::Json) => Some(json_equivalent(asked, told)),
        (None, _) => Some(false),
    }
}

/// Whether a text stands for a secret rather than being one.
pub fn is_masked(text: &str) -> bool {
    text.contains("**") || text.contains("••") || text.contains("…") || text.contains("...")
}

fn is_nothing(told: &Value) -> bool {
    match told {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::List(items) | Value::Set(items) => items.is_empty(),
        Value::Map(items) => items.is_empty(),
        _ => false,
    }
}

fn not_adopted(call: Call<'_>, path: &str, why: &str) -> Diagnostic {
    let resource = call.resource;
    let sid = call.object.attr("sid").as_str().unwrap_or_default();
    let name = path.split('.').next().unwrap_or(path).to_owned();
    Diagnostic::error(
        format!("{} cannot be adopted", resource.name),
        format!(
            "The {} {sid} goes by the same name, and its {path} {why}. Nothing was created or changed. Take adopt_existing out \
             to make a second one, or import this one, after which the plan shows what differs:\n\n  terraform import {}.NAME \
             {}\n\nIf it is what this resource has already, and create_before_destroy makes its replacement first, take \
             adopt_existing out for that.",
            resource.noun,
            resource.name,
            likely_id(resource, call.account, call.object)
        ),
    )
    .at_attribute(&name)
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

fn several_namesakes(call: Call<'_>, sids: &[String]) -> Diagnostic {
    let resource = call.resource;
    let lines = sids.iter().take(MOST_NAMED).map(|sid| {
        let mut object = call.object.clone();
        object.set_attr("sid", Value::string(sid.as_str()));
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
