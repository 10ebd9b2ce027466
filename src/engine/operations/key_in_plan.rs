//! The key of something that is there before Terraform, where the configuration has in place of it what people know it by: a number for
//! a number's SID.
//!
//! It is looked up while planning, so that the plan says which object it means, and everything behind it asks by the key alone. What is not
//! known before the apply Terraform plans again then.

use crate::engine::errors::diagnose::Attempt;
use crate::engine::facts::hooks::{Call, Warnings};
use crate::engine::facts::{Field, Managed, Object, Operation, Role};
use crate::engine::operations::session::account_of;
use crate::engine::values::shown::harmless;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::provider::PlanRequest;
use crate::framework::value::Value;
use crate::twilio::Client;

/// Puts the key into the plan. Costs a request where the object is another one than before.
///
/// # Errors
/// A diagnostic when there is no such object, or when nobody can say.
pub(super) async fn look_up(
    resource: &'static Managed,
    client: Option<&Client>,
    request: &PlanRequest<'_>,
    planned: &mut Value,
) -> Result<(), Diagnostic> {
    let Some((key, by)) = either_of(&resource.object) else {
        return Ok(());
    };
    let configured = request.config.attr(by.name);
    if planned.is_null() || configured.is_null() {
        return Ok(());
    }
    let configured_key = request.config.attr(key);
    if is_as_before(request.prior, configured, by.name)
        && (configured_key.is_null() || is_as_before(request.prior, configured_key, key))
    {
        return Ok(());
    }
    if configured_key.is_null() {
        planned.set_attr(key, Value::UNKNOWN);
    }
    let (Some(text), Some(client), Some(hook)) = (configured.as_str(), client, resource.object.read.find) else {
        return Ok(());
    };
    if planned.attr("account_sid").is_unknown() {
        return Ok(());
    }
    let account = account_of(planned, client)?;
    let warnings = Warnings::default();
    let call = Call {
        object: &resource.object,
        client,
        account: &account,
        state: request.config,
        warnings: &warnings,
    };
    let found = (hook.find)(call, text).await.map_err(|fault| {
        let attempt = Attempt {
            object: &resource.object,
            operation: Operation::Plan,
            state: request.config,
        };
        attempt.diagnose(fault)
    })?;
    let sid = found.and_then(|object| Some(object.get("sid")?.as_str()?.to_owned()));
    let Some(sid) = sid else {
        return Err(Diagnostic::error(
            format!("The account has no such {}", hook.what),
            format!(
                "Account {account} has no {} {}. Nothing was changed. Check the spelling; where it is in another account, set account_sid, or \
                 sign in to that one.",
                hook.what,
                harmless(text).unwrap_or("of that spelling")
            ),
        )
        .at_attribute(by.name));
    };
    // Both are there in what Terraform generates for an import.
    match configured_key.as_str() {
        Some(other) if other != sid => Err(Diagnostic::error(
            format!("{} and {key} are two objects", by.name),
            format!(
                "{} of account {account} is {sid}, and {key} names another. Nothing was changed. Leave one of them out: either says which \
                 is meant.",
                harmless(text).unwrap_or("What is configured")
            ),
        )
        .at_attribute(key)),
        None if configured_key.is_null() => {
            planned.set_attr(key, Value::string(sid.as_str()));
            Ok(())
        }
        // What is not known yet the plan within the apply compares.
        _ => Ok(()),
    }
}

/// The key, and the field that stands in place of it.
fn either_of(object: &Object) -> Option<(&'static str, &'static Field)> {
    let key = object.key_field()?;
    let mut either = object.fields.iter().filter(|field| field.role == Role::EitherKey);
    Some((key, either.find(|field| field.name != key)?))
}

/// Whether the plan is about the object that is in the state: then its key is, too.
fn is_as_before(prior: &Value, configured: &Value, by: &str) -> bool {
    !prior.is_null() && configured.is_known() && prior.attr(by) == configured
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::{Key, text};

    #[test]
    fn only_an_object_with_two_ways_to_say_which_it_is_has_its_key_looked_up() {
        const EITHER: &[Field] = &[text("number", Role::EitherKey), text("number_sid", Role::EitherKey)];
        const ONE: &[Field] = &[text("number", Role::Observed), text("number_sid", Role::PathPart)];
        let of = |fields| Object {
            key: Key::Borrowed("number_sid", "PN"),
            fields,
            ..Object::NEW
        };
        let found = either_of(&of(EITHER)).map(|(key, by)| (key, by.name));
        assert_eq!(found, Some(("number_sid", "number")));
        assert!(either_of(&of(ONE)).is_none());
    }

    #[test]
    fn what_the_state_has_is_not_looked_up_again() {
        let prior = Value::object([("number", Value::from("+1"))]);
        assert!(is_as_before(&prior, &Value::from("+1"), "number"));
        assert!(!is_as_before(&prior, &Value::from("+2"), "number"));
        assert!(!is_as_before(&prior, &Value::UNKNOWN, "number"));
        assert!(!is_as_before(&Value::Null, &Value::from("+1"), "number"));
    }
}
