//! From a response to the state that Terraform keeps: the table's attributes, and those that follow from its key and
//! account.

use serde_json::Value as Json;

use crate::engine::facts::{AccountRule, Field, Kind, Object, Operation, Properties};
use crate::engine::values::import_id::id_of;
use crate::engine::values::properties::{Mismatch, flatten};
use crate::engine::values::remembered::{Known, Remembered, in_configured_words};
use crate::engine::values::schema::default_value;
use crate::engine::values::shown::described;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::AccountSid;

/// The state after `answer`, and a warning for each configured value that Twilio stored otherwise.
///
/// `base` is the plan after a write and the earlier state on a read.
pub fn store(
    object: &'static Object,
    account: &AccountSid,
    answer: Properties,
    base: &Value,
    operation: Operation,
) -> (Value, Diagnostics) {
    let (state, mismatches, _) = store_with(object, account, answer, base, operation, Known::NOTHING);
    (state, mismatches)
}

/// As [`store`], with what is known of what Twilio returned before; and what of it is to be remembered from now on.
pub fn store_with(
    object: &'static Object,
    account: &AccountSid,
    mut answer: Properties,
    base: &Value,
    operation: Operation,
    known: Known<'_>,
) -> (Value, Diagnostics, Remembered) {
    if let Some(decode) = object.read.decode {
        decode(&mut answer, base);
    }
    let remembered = in_configured_words(object, &mut answer, base, operation, known);
    let (mut state, mismatches) = flatten(object.fields, object.spelling, &answer, base, operation);
    fill_in_defaults(object.fields, &mut state);

    if object.has_sid() {
        let sid = answer.get("sid").and_then(Json::as_str).map(str::to_owned);
        let sid = sid.or_else(|| base.attr("sid").as_str().map(str::to_owned));
        state.set_attr("sid", sid.into());
    }
    let owner_field = object.spelling.of(if object.account == AccountRule::Owned {
        "owner_account_sid"
    } else {
        "account_sid"
    });
    let account_in_it = answer
        .get(owner_field.as_ref())
        .and_then(Json::as_str)
        .filter(|text| !text.is_empty());
    state.set_attr("account_sid", Value::string(account_in_it.unwrap_or(account.as_str())));
    state.set_attr("id", id_of(object, &state).into());
    (
        state,
        mismatches
            .into_iter()
            .map(|mismatch| mismatch_warning(object, mismatch))
            .collect(),
        remembered,
    )
}

/// What the response has no value for, and the state neither, has its default: what tells the provider what to do, which is in no
/// answer at all, and what Twilio leaves out of its responses, as it does with settings that are younger than the object. An
/// import would otherwise plan to set what is so already.
fn fill_in_defaults(attributes: &[Field], state: &mut Value) {
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

fn mismatch_warning(object: &Object, mismatch: Mismatch) -> Diagnostic {
    let show = |value: &Value| match mismatch.sensitive {
        true => "a secret".to_owned(),
        false => described(value),
    };
    let (planned, stored) = (show(&mismatch.planned), show(&mismatch.stored));
    let stored = match planned == stored {
        true => "another".to_owned(),
        false => stored,
    };
    Diagnostic::warning(
        format!("Twilio stored another value for {} than planned", mismatch.path),
        format!(
            "{} was planned as {planned} and Twilio returned {stored}. The {} is otherwise as planned; the next plan shows \
             the difference. Write the value as Twilio does, or leave the attribute out.",
            mismatch.path, object.noun
        ),
    )
    .within(&mismatch.path)
}
