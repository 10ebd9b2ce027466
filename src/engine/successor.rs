//! What a plan knows of the object that it makes, for the destroy of the one that it takes the place of.
//!
//! Terraform tells a plan nothing of a tainted object, and destroys it with the private data of the plan for what replaces
//! it, before that is made. So the plan leaves there what must not be found out too late.

use serde_json::{Value as Json, json};

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

use super::claims;
use super::private::Stored;
use super::table::{AccountRule, Resource};

const MEMBER: &str = "makes";

/// With what is known of the object that is planned as new.
pub fn note(stored: Stored, resource: &Resource, config: &Value, planned: &Value) -> Stored {
    let name = unique_name(resource, planned);
    // An account that the configuration names is meant.
    let account = planned.attr("account_sid").as_str();
    let account = account.filter(|_| config.attr("account_sid").is_null() && resource.account != AccountRule::Owned);
    let adopts = planned.attr("adopt_existing").as_bool() == Some(true);
    stored.with(Stored::of(
        json!({ MEMBER: { "name": name, "account": account, "adopts": adopts } }),
    ))
}

/// Refuses to destroy what the planned object would not bring back: a number that Twilio does not sell again at once, or
/// anything at all while its replacement would land in another account that nobody named.
///
/// # Errors
/// A diagnostic; nothing was changed.
pub fn refuse_to_lose(resource: &Resource, stored: &Stored, prior: &Value) -> Result<(), Diagnostic> {
    let Some(made) = stored.get(MEMBER) else { return Ok(()) };
    let text = |member: &str| made.get(member).and_then(Json::as_str);
    let what = claims::named(resource, prior);
    let (from, to) = (prior.attr("account_sid").as_str(), text("account"));
    if let (Some(from), Some(to)) = (from, to)
        && from != to
    {
        return Err(Diagnostic::error(
            format!("{} would be made again in another account", resource.name),
            format!(
                "The {what} is in account {from}, and what replaces it would go into account {to}, which the provider block \
                 names and this block does not. Nothing was changed. Set account_sid of this block to the account that is \
                 meant, or keep what there is with terraform untaint.",
            ),
        )
        .at_attribute("account_sid"));
    }
    let is_retained = prior.attr("on_destroy").as_str() == Some("retain");
    let is_taken_over = is_retained && made.get("adopts") == Some(&Json::Bool(true));
    match text("name") {
        Some(name) if unique_name(resource, prior) == Some(name) && !is_taken_over => Err(Diagnostic::error(
            format!("The {what} would not come back"),
            "This replacement would destroy it first and then make the same one again, and Twilio does not sell a number that \
             was just released. Nothing was changed. Leave out -replace, or keep it with terraform untaint: every attribute \
             but the number itself changes in place. If it should go, take the block out or set another number.",
        )),
        _ => Ok(()),
    }
}

/// What the object alone goes by, where its type has such a name.
fn unique_name<'a>(resource: &Resource, object: &'a Value) -> Option<&'a str> {
    match resource.natural_key {
        [name] if resource.key_is_unique => object.attr(name).as_str(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::table::text;

    const NUMBER: Resource = Resource {
        name: "twilio_thing",
        noun: "thing",
        natural_key: &["number"],
        key_is_unique: true,
        attributes: &[text("number"), text("on_destroy").local()],
        ..Resource::FORM
    };

    fn object(fields: &[(&str, Value)]) -> Value {
        Value::object(fields.iter().map(|(name, value)| (*name, value.clone())))
    }

    fn refusal(planned: &[(&str, Value)], prior: &[(&str, Value)]) -> Option<String> {
        let stored = note(Stored::default(), &NUMBER, &Value::Null, &object(planned));
        let stored = Stored::decode(&stored.encode());
        refuse_to_lose(&NUMBER, &stored, &object(prior))
            .err()
            .map(|refused| refused.summary)
    }

    #[test]
    fn a_number_is_not_released_to_be_bought_again() {
        let same = ("number", Value::from("+1"));
        let refused = refusal(&[same.clone()], &[same.clone()]);
        assert!(refused.is_some_and(|said| said.contains("would not come back")));
        assert_eq!(refusal(&[("number", "+2".into())], &[same.clone()]), None);
        assert_eq!(refusal(&[("number", Value::UNKNOWN)], &[same.clone()]), None);
        let retained = [same.clone(), ("on_destroy", "retain".into())];
        assert!(refusal(&[same.clone()], &retained).is_some());
        assert_eq!(refusal(&[same, ("adopt_existing", true.into())], &retained), None);
    }

    #[test]
    fn what_would_land_in_another_account_is_not_destroyed() {
        let at = |account: &str| [("account_sid", Value::from(account))];
        assert!(refusal(&at("AC2"), &at("AC1")).is_some_and(|said| said.contains("another account")));
        assert_eq!(refusal(&at("AC1"), &at("AC1")), None);
        let configured = object(&at("AC2"));
        let stored = note(Stored::default(), &NUMBER, &configured, &configured);
        assert!(refuse_to_lose(&NUMBER, &stored, &object(&at("AC1"))).is_ok());
    }

    #[test]
    fn an_ordinary_destroy_knows_of_nothing() {
        assert!(refuse_to_lose(&NUMBER, &Stored::default(), &object(&[("number", "+1".into())])).is_ok());
    }
}
