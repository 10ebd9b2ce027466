//! ImportResourceState: from an id to a state that a read can start from.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::ImportAnswer;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Sid};
use std::str::FromStr;

use super::diagnose::{Attempt, Verb};
use super::hooks::{Call, Notes};
use super::paths;
use super::session::{Session, refuse_an_account_in_a_subaccount};
use super::shown::{harmless, is_harmless};
use super::table::{AccountRule, Check, Resource, Source};

/// Takes `ID` for an object in the account that resources go into by default, or `ACCOUNT_SID/ID` for any, where ID has the shape of [`Resource::import`]; for
/// resources with a `find` hook also the text that people know the object by.
///
/// # Errors
/// A diagnostic that says what an id of this type looks like.
pub async fn import(resource: &'static Resource, session: &Session, id: &str) -> Result<ImportAnswer, Diagnostics> {
    let client = session
        .require(&format!("import {}", resource.name))?
        .on_behalf_of(resource.name);
    refuse_an_account_in_a_subaccount(resource, &client, "Nothing was imported.")?;
    let (account, own) = split_account(resource, &client, id)?;
    let mut state = Value::object([("account_sid", Value::string(account.as_str()))]);
    let found = match resource.hooks.find {
        Some(hook) if (hook.recognises)(own) => find(resource, &client, &account, own).await?,
        _ => None,
    };
    // Whatever attribute carries the SID in this resource's ids: mostly `sid` itself.
    let own = found.as_deref().unwrap_or(own);
    parts(resource, own, &mut state).map_err(|reason| wrong_shape(resource, id, &reason))?;
    Ok(ImportAnswer {
        state,
        private: Vec::new(),
        diagnostics: not_shown_again(resource),
    })
}

/// What an import id of a resource looks like, for documentation and errors.
pub fn shape(resource: &Resource) -> String {
    let own = resource.import.replace('{', "<").replace('}', ">");
    let mut shape = match resource.account {
        AccountRule::Owned => format!("`{own}`"),
        AccountRule::Fixed | AccountRule::Movable => {
            format!("`{own}`, or `<account_sid>/{own}` for one in another account than the provider's")
        }
    };
    if let Some(hook) = resource.hooks.find {
        shape.push_str(&format!(", or its {} such as `{}`", hook.what, hook.example));
    }
    shape
}

/// The import id of an object that exists, or may, and is not in the state: parts that only Twilio knows are in capitals.
/// It names the account even where that is the provider's own, because whoever copies it may run it beside another alias.
pub fn likely_id(resource: &Resource, account: &AccountSid, planned: &Value) -> String {
    let own: Vec<_> = paths::attributes(resource.import)
        .into_iter()
        .map(|name| match planned.attr(name).as_str() {
            Some(text) if is_harmless(text) => text.to_owned(),
            _ => name.to_uppercase(),
        })
        .collect();
    match resource.account {
        AccountRule::Owned => own.join("/"),
        AccountRule::Fixed | AccountRule::Movable => format!("{account}/{}", own.join("/")),
    }
}

/// The account that an id names, or the provider's, and the rest of the id.
fn split_account<'a>(resource: &Resource, client: &Client, id: &'a str) -> Result<(AccountSid, &'a str), Diagnostic> {
    let default_account = || client.default_account().clone();
    if resource.account == AccountRule::Owned {
        return Ok((client.account().clone(), id));
    }
    let expected_parts = resource.import.split('/').count();
    match id.split_once('/') {
        Some((account, rest)) if id.split('/').count() == expected_parts + 1 => AccountSid::from_str(account)
            .map(|account| (account, rest))
            .map_err(|error| wrong_shape(resource, id, &error.to_string())),
        _ => Ok((default_account(), id)),
    }
}

async fn find(
    resource: &'static Resource,
    client: &Client,
    account: &AccountSid,
    text: &str,
) -> Result<Option<String>, Diagnostics> {
    let Some(hook) = resource.hooks.find else {
        return Ok(None);
    };
    let (nothing, notes) = (Value::Null, Notes::default());
    let call = Call {
        resource,
        client,
        account,
        object: &nothing,
        notes: &notes,
    };
    let found = (hook.find)(call, text).await.map_err(|fault| {
        Attempt {
            resource,
            verb: Verb::Import,
            object: &nothing,
        }
        .diagnose(fault)
    })?;
    match found.and_then(|object| object.get("sid").and_then(|sid| sid.as_str().map(str::to_owned))) {
        Some(sid) => Ok(Some(sid)),
        None => Err(Diagnostic::error(
            format!("No {} with this {}", resource.noun, hook.what),
            format!(
                "Account {} has no such {}. Nothing was imported. Check the spelling, or name the account it belongs to in \
                 front: <account_sid>/{}.",
                account.as_str(),
                resource.noun,
                harmless(text).unwrap_or(hook.example)
            ),
        )
        .into()),
    }
}

/// Puts the parts of an id into the attributes that they stand for.
fn parts(resource: &Resource, own: &str, state: &mut Value) -> Result<(), String> {
    let names = paths::attributes(resource.import);
    let texts: Vec<_> = own.split('/').collect();
    if texts.len() != names.len() {
        return Err(format!(
            "it has {} between slashes, expected {}{}",
            match texts.len() {
                1 => "1 part".to_owned(),
                many => format!("{many} parts"),
            },
            names.len(),
            // As behind a slash at the end.
            if texts.iter().any(|text| text.is_empty()) {
                "; one of them is empty"
            } else {
                ""
            }
        ));
    }
    for (name, text) in names.into_iter().zip(texts) {
        if text.is_empty() {
            return Err(format!("the part for {name} is empty"));
        }
        if name == "sid" {
            let sid = Sid::from_str(text).map_err(|error| error.to_string())?;
            if sid.prefix() != resource.sid_prefix {
                return Err(format!(
                    "{text} starts with {}, and SIDs of a {} start with {}",
                    sid.prefix(),
                    resource.noun,
                    resource.sid_prefix
                ));
            }
        } else if name.ends_with("_sid") {
            let sid = Sid::from_str(text).map_err(|error| format!("the part for {name} is no SID: {error}"))?;
            let prefix = expected_prefix(resource, name).unwrap_or(sid.prefix());
            if sid.prefix() != prefix {
                return Err(format!(
                    "the part for {name} starts with {}, and should start with {prefix}",
                    sid.prefix()
                ));
            }
        }
        state.set_attr(name, Value::string(text));
    }
    Ok(())
}

/// The letters that the SID in an attribute starts with, as its checks say.
pub(super) fn expected_prefix(resource: &Resource, name: &str) -> Option<&'static str> {
    resource.attribute(name)?.checks.iter().find_map(|check| match check {
        Check::Sid(prefix) => Some(*prefix),
        _ => None,
    })
}

fn wrong_shape(resource: &Resource, id: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(
        format!("This is not an import id of {}", resource.name),
        format!(
            "{} cannot be imported: {reason}. Nothing was imported. The id is {}.",
            harmless(id).unwrap_or("What was given"),
            shape(resource)
        ),
    )
}

/// Secrets that Twilio shows once cannot be imported; saying so beats an output that is mysteriously null.
fn not_shown_again(resource: &Resource) -> Diagnostics {
    let secrets: Vec<_> = resource
        .attributes
        .iter()
        .filter(|attribute| attribute.source == Source::CreateAnswer)
        .map(|attribute| attribute.name)
        .collect();
    if secrets.is_empty() {
        return Diagnostics::new();
    }
    Diagnostic::warning(
        format!("{} is imported without its {}", resource.name, secrets.join(" and ")),
        format!(
            "Twilio shows {} once, in the answer to the create, so it stays null in the state. If something needs it, \
             replace the {} (terraform apply -replace) to get a new one.",
            secrets.join(" and "),
            resource.noun
        ),
    )
    .into()
}
