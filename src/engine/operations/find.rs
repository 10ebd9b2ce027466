//! One object by what people call it: its natural key, looked up in the list.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;

use crate::engine::errors::diagnose::Attempt;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{AccountRule, Object, Operation, Properties};
use crate::engine::operations::list::{Depth, ListError, Search, objects, state_of, whole_of};
use crate::engine::values::counted_names::and_more;
use crate::engine::values::lookup_schema::key_name;
use crate::engine::values::matching::has_values_of;
use crate::engine::values::shown::{harmless, is_harmless};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// The most objects of one name that an error names.
const MOST_NAMED: usize = 20;

/// The one object that goes by the natural key of the state of `call`, letter by letter, with all that a read of it has.
///
/// # Errors
/// What Twilio or the way to it answered. Diagnostics when there is none, and when there are several.
pub(crate) async fn by_natural_key(call: Call<'_>) -> Result<Properties, Fault> {
    let names = call.object.lookup_fields();
    let narrowing = Value::object(names.iter().filter_map(|name| {
        let filter = call.object.narrowed_by(name)?;
        Some((filter.field.name, call.state.attr(name).clone()))
    }));
    let search = Search {
        filters: &narrowing,
        depth: Depth::Item,
        at_most: None,
    };
    let items = objects(call, search)?;
    let namesakes = items.try_filter(|item| std::future::ready(has_values_of(call.object, names, call.state, item)));
    // A list that changes while it is read may have an item on two pages.
    let found: BTreeMap<String, Properties> = namesakes
        .map_ok(|item| {
            (
                state_of(call, item.clone())
                    .attr("id")
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                item,
            )
        })
        .try_collect()
        .await
        .map_err(|list_error: ListError| list_error.fault)?;
    let ids: Vec<_> = found.keys().map(String::as_str).collect();
    match ids.as_slice() {
        [] => Err(none(call).into()),
        [_] => {
            let item = found.into_values().next().unwrap_or_default();
            let whole = whole_of(call, item).await.map_err(|list_error| list_error.fault)?;
            whole.ok_or_else(|| none(call).into())
        }
        several => Err(too_many(call, several).into()),
    }
}

fn none(call: Call<'_>) -> Diagnostic {
    let names = call.object.lookup_fields();
    let shown = values(call.state, names);
    let has_letters = |name: &&str| {
        let text = call.state.attr(name).as_str().unwrap_or_default();
        text.contains(char::is_alphabetic)
    };
    let spelling = match shown.is_empty() && names.iter().any(has_letters) {
        true => " Capital letters and spaces count.",
        // A number or a SID, which is spelt in one way.
        false => "",
    };
    Diagnostic::error(
        format!("There is no such {}", call.object.noun),
        format!(
            "Account {} has no {}{} with this {}{shown}.{spelling} {}",
            call.account,
            call.object.noun,
            below(call.object, call.state),
            names.join(", "),
            correct("it", call.object),
        ),
    )
    .at_attribute(names.first().copied().unwrap_or("id"))
}

fn too_many(call: Call<'_>, ids: &[&str]) -> Diagnostic {
    let (object, names) = (call.object, call.object.lookup_fields());
    let named: Vec<_> = ids
        .iter()
        .copied()
        .filter(|id| is_harmless(id))
        .take(MOST_NAMED)
        .collect();
    let all = and_more(&named.join(", "), ids.len() - named.len());
    Diagnostic::error(
        format!("Several objects have the same {}", names.join(", ")),
        format!(
            "Account {} has {} of type {}{} with this {}{}: {all}. Set {} to the one that is meant.",
            call.account,
            ids.len(),
            object.name,
            below(object, call.state),
            names.join(", "),
            values(call.state, names),
            key_name(object),
        ),
    )
    .at_attribute(names.first().copied().unwrap_or("id"))
}

/// There is no object with the key that the state of `call` has.
pub(crate) fn not_there(call: Call<'_>) -> Diagnostic {
    let key = key_name(call.object);
    let known = call
        .state
        .attr(key)
        .as_str()
        .and_then(harmless)
        .unwrap_or("of this key");
    Diagnostic::error(
        format!("There is no such {}", call.object.noun),
        format!(
            "Account {} has no {} {known}{}, or no longer has it. {}",
            call.account,
            call.object.noun,
            below(call.object, call.state),
            correct(key, call.object),
        ),
    )
    .at_attribute(key)
}

/// There is an object with that key, and it counts as gone.
pub(crate) fn ended(call: Call<'_>) -> Diagnostic {
    let (noun, word) = (call.object.noun, call.object.read.gone_is);
    let key = key_name(call.object);
    let known = call
        .state
        .attr(key)
        .as_str()
        .and_then(harmless)
        .unwrap_or("of this key");
    Diagnostic::error(
        format!("The {noun} is {word}"),
        format!(
            "Account {} has the {noun} {known}{}, and it is {word}, which counts as gone here. Nothing was changed. Correct {key}, or \
             take it out of the configuration.",
            call.account,
            below(call.object, call.state),
        ),
    )
    .at_attribute(key)
}

/// ` below MG…`, where the objects have parents.
pub(crate) fn below(object: &Object, state: &Value) -> String {
    let parents = object
        .parents
        .iter()
        .filter_map(|name| harmless(state.attr(name).as_str()?));
    let parents = parents.collect::<Vec<_>>().join("/");
    if parents.is_empty() {
        parents
    } else {
        format!(" below {parents}")
    }
}

/// What to do about what is not there.
fn correct(what: &str, object: &Object) -> String {
    let parents = or_parents(object);
    match object.account {
        // Accounts are those of whoever signs in; there is no account_sid to set.
        AccountRule::Owned => {
            format!("Correct {what}{parents}, or give the provider block the credentials of the account that owns it.")
        }
        AccountRule::Fixed | AccountRule::Movable => {
            format!("Correct {what}{parents}, or set account_sid if it is in another account.")
        }
    }
}

/// ` or service_sid`, where the objects have parents: one that is not there has nothing below it, and Twilio does not say which
/// of both is missing.
fn or_parents(object: &Object) -> String {
    let parents = object.parents.iter().filter(|name| **name != key_name(object));
    parents.map(|name| format!(" or {name}")).collect()
}

/// What was searched for, as far as it can be shown: phone numbers and SIDs.
fn values(state: &Value, names: &[&str]) -> String {
    let shown = names.iter().filter_map(|name| harmless(state.attr(name).as_str()?));
    let shown = shown.collect::<Vec<_>>().join(", ");
    if shown.is_empty() { shown } else { format!(" {shown}") }
}

/// Why an object of a list could not be read, or the list not go on.
pub(crate) fn diagnose(call: Call<'_>, list_error: ListError) -> Diagnostic {
    let state = match list_error.item {
        Some(item) => state_of(call, *item),
        None => call.state.clone(),
    };
    let attempt = Attempt {
        object: call.object,
        operation: Operation::Read,
        state: &state,
    };
    attempt.diagnose(list_error.fault)
}
