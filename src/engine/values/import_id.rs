//! Ids: what `id` is, and what `terraform import` takes.

use crate::engine::facts::{AccountRule, Check, Key, Object};
use crate::engine::values::shown::is_harmless;
use crate::framework::value::Value;
use crate::twilio::AccountSid;

/// The `id` of the object of `state`: its SID, the shortest key below its account, or for settings of an account the account's
/// SID; `None` while a part is missing.
pub fn id_of(object: &Object, state: &Value) -> Option<String> {
    if object.is_of_the_account() {
        return state.attr("account_sid").as_str().map(str::to_owned);
    }
    let parts = object
        .id_parts()
        .map(|name| state.attr(name).as_str().map(str::to_owned));
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

/// What an import id of a resource looks like, for documentation and errors.
pub fn shape(object: &Object) -> String {
    let own = object.id_shape();
    let mut shape = match object.account {
        _ if object.is_of_the_account() => format!("the SID of the account: `{own}`"),
        AccountRule::Owned => format!("`{own}`"),
        AccountRule::Fixed | AccountRule::Movable => {
            format!("`{own}`, or `<account_sid>/{own}` for one in another account than the provider's")
        }
    };
    if let (Key::Field(name), false) = (object.key, object.parents.is_empty()) {
        shape.push_str(&format!(
            "; everything behind the last of these slashes is the `{name}`"
        ));
    }
    if let Some(hook) = object.read.find {
        shape.push_str(&format!(", or its {} such as `{}`", hook.what, hook.example));
    }
    shape
}

/// The import id of an object that exists, or may, and is not in the state: parts that only Twilio knows are in capitals.
/// It names the account even where that is the provider's own, because whoever copies it may run it beside another alias.
pub fn likely_id(object: &Object, account: &AccountSid, planned: &Value) -> String {
    let own: Vec<_> = object
        .id_parts()
        .map(|name| match planned.attr(name).as_str() {
            Some(text) if is_harmless(text) || is_listed(object, name, text) => text.to_owned(),
            _ => name.to_uppercase(),
        })
        .collect();
    match object.account {
        _ if object.is_of_the_account() => account.to_string(),
        AccountRule::Owned => own.join("/"),
        AccountRule::Fixed | AccountRule::Movable => format!("{account}/{}", own.join("/")),
    }
}

/// Whether a text is one of those that the table lists for an attribute, and so nobody's own.
fn is_listed(object: &Object, name: &str, text: &str) -> bool {
    let checks = object.field(name).map_or(&[][..], |field| field.checks);
    checks
        .iter()
        .any(|check| matches!(check, Check::Known(listed) | Check::OneOf(listed) if listed.contains(&text)))
}

/// The letters that the SID in an attribute starts with, as its checks say.
pub fn expected_prefix(object: &Object, name: &str) -> Option<&'static str> {
    object.field(name)?.checks.iter().find_map(|check| match check {
        Check::Sid(prefix) => Some(*prefix),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Role::PathPart;
    use crate::engine::facts::{Field, text};

    #[test]
    fn what_the_table_lists_may_be_said_and_what_somebody_made_up_may_not() {
        const FIELDS: &[Field] = &[text("kind", PathPart).checks(&[Check::Known(&["Calls"])])];
        const OBJECT: Object = Object {
            key: Key::Field("kind"),
            fields: FIELDS,
            ..Object::NEW
        };
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("is one");
        let id = |kind: &str| likely_id(&OBJECT, &account, &Value::object([("kind", kind.into())]));
        assert_eq!(id("Calls"), format!("{account}/Calls"));
        assert_eq!(id("hush"), format!("{account}/KIND"));
    }
}
