//! From an answer to the state that Terraform keeps: the table's attributes, and the three that every resource has.

use serde_json::Value as Json;

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::AccountSid;

use super::flatten::{Deviation, Object, Occasion, flatten};
use super::paths;
use super::schema::default_value;
use super::shown::described;
use super::table::{AccountRule, Attribute, Kind, Resource};

/// The state after `answer`, and a warning for each configured value that Twilio stored otherwise.
///
/// `base` is the plan after a write and the earlier state on a read.
pub fn store(
    resource: &'static Resource,
    account: &AccountSid,
    mut answer: Object,
    base: &Value,
    occasion: Occasion,
) -> (Value, Diagnostics) {
    if let Some(decode) = resource.hooks.decode {
        decode(&mut answer, base);
    }
    let (mut state, deviations) = flatten(resource.attributes, &answer, base, occasion);
    fill_in_defaults(resource.attributes, &mut state);

    let sid = answer.get("sid").and_then(Json::as_str).map(str::to_owned);
    let sid = sid.or_else(|| base.attr("sid").as_str().map(str::to_owned));
    state.set_attr("sid", sid.into());
    let owner_field = if resource.account == AccountRule::Owned {
        "owner_account_sid"
    } else {
        "account_sid"
    };
    let told_account = answer
        .get(owner_field)
        .and_then(Json::as_str)
        .filter(|text| !text.is_empty());
    state.set_attr("account_sid", Value::string(told_account.unwrap_or(account.as_str())));
    state.set_attr("id", id_of(resource, &state).into());
    (
        state,
        deviations
            .into_iter()
            .map(|deviation| deviation_warning(resource, deviation))
            .collect(),
    )
}

/// What the answer has no value for, and the state neither, has its default: what tells the provider what to do, which is in no
/// answer at all, and what Twilio leaves out of its answers, as it does with settings that are younger than the object. An
/// import would otherwise plan to set what is so already.
fn fill_in_defaults(attributes: &[Attribute], state: &mut Value) {
    for attribute in attributes {
        let (default, stored) = (default_value(attribute), state.attr(attribute.name));
        match (default, attribute.kind) {
            (Some(default), _) if stored.is_null() => state.set_attr(attribute.name, default),
            (_, Kind::Object(inner)) if stored.is_known() => {
                let mut stored = stored.clone();
                fill_in_defaults(inner, &mut stored);
                state.set_attr(attribute.name, stored);
            }
            _ => {}
        }
    }
}

/// The `id` of the object of `state`: its SID, or the shortest key below its account; `None` while a part is missing.
pub fn id_of(resource: &Resource, state: &Value) -> Option<String> {
    let parts = paths::attributes(resource.import).into_iter();
    let parts = parts.map(|name| state.attr(name).as_str().map(str::to_owned));
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

fn deviation_warning(resource: &Resource, deviation: Deviation) -> Diagnostic {
    let show = |value: &Value| match deviation.sensitive {
        true => "a secret".to_owned(),
        false => described(value),
    };
    let (asked, stored) = (show(&deviation.asked), show(&deviation.stored));
    let stored = match asked == stored {
        true => "another".to_owned(),
        false => stored,
    };
    Diagnostic::warning(
        format!("Twilio stored another value for {} than planned", deviation.path),
        format!(
            "{} was planned as {asked} and Twilio answered {stored}. The {} is otherwise as planned; the next plan shows the \
             difference. Write the value as Twilio does, or leave the attribute out.",
            deviation.path, resource.noun
        ),
    )
    .within(&deviation.path)
}
