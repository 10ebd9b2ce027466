//! ImportResourceState: from an id to a state that a read can start from.

use std::str::FromStr;

use crate::engine::errors::diagnose::{Attempt, heading};
use crate::engine::facts::hooks::{Call, Warnings};
use crate::engine::facts::{AccountRule, Key, Managed, Operation, Source};
use crate::engine::operations::session::{Session, refuse_an_account_in_a_subaccount};
use crate::engine::sharing::claims::named;
use crate::engine::values::checks::validator;
use crate::engine::values::identity::ACCOUNT_SID;
use crate::engine::values::import_id::{expected_prefix, shape};
use crate::engine::values::shown::harmless;
use crate::engine::values::{paths, secrets};
use crate::framework::check::refusal;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::ImportAnswer;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Sid};

/// Takes `ID` for an object in the account that resources go into by default, or `ACCOUNT_SID/ID` for any, where ID has the shape of [`Managed::import`]; for
/// resources with a `find` hook also the text that people know the object by.
///
/// # Errors
/// A diagnostic that says what an id of this type looks like.
pub async fn import(resource: &'static Managed, session: &Session, id: &str) -> Result<ImportAnswer, Diagnostics> {
    let client = session
        .require(&format!("import {}", resource.object.name))?
        .on_behalf_of(resource.object.name)
        .hiding(secrets::names(resource.object.fields));
    refuse_an_account_in_a_subaccount(resource, &client, "Nothing was imported.")?;
    let (account, own) = split_account(resource, &client, id)?;
    let mut state = Value::object([("account_sid", Value::string(account.as_str()))]);
    let found = match resource.object.read.find {
        Some(hook) if (hook.recognises)(own) => find(resource, &client, &account, own).await?,
        _ => None,
    };
    // Whatever attribute carries the SID in this resource's ids: mostly `sid` itself.
    let own = found.as_deref().unwrap_or(own);
    parts(resource, own, &mut state).map_err(|reason| wrong_shape(resource, id, &reason))?;
    let place = resource.object.place;
    // What no request could name is no id.
    paths::expand(place.read_path().unwrap_or(place.instance), &account, &state)
        .map_err(|missing| wrong_shape(resource, id, &missing.to_string()))?;
    Ok(ImportAnswer {
        diagnostics: not_shown_again(resource, &state),
        state,
        private: Vec::new(),
    })
}

/// As [`import`], out of an identity: each part in a value of its own, and the account where it is not the provider's.
///
/// # Errors
/// A diagnostic that says which part is wrong.
pub fn import_by_identity(
    resource: &'static Managed,
    session: &Session,
    identity: &Value,
) -> Result<ImportAnswer, Diagnostics> {
    let client = session.require(&format!("import {}", resource.object.name))?;
    refuse_an_account_in_a_subaccount(resource, &client, "Nothing was imported.")?;
    let wrong = |name: &str, reason: &str| {
        // What is wrong with a part that is called otherwise than it stands in an id is said with its name.
        let named = match reason.contains(&format!("the part for {name}")) {
            true => String::new(),
            false => format!("{name}: "),
        };
        Diagnostic::error(
            format!("This is not an identity of {}", resource.object.name),
            format!("It cannot be imported: {named}{reason}. Nothing was imported."),
        )
    };
    let account = match (resource.object.account, identity.attr(ACCOUNT_SID).as_str()) {
        (AccountRule::Owned, _) => client.account().clone(),
        (_, None) => client.default_account().clone(),
        (_, Some(text)) => AccountSid::from_str(text).map_err(|error| wrong(ACCOUNT_SID, &error.to_string()))?,
    };
    let mut state = Value::object([(ACCOUNT_SID, Value::string(account.as_str()))]);
    for name in resource.object.id_parts() {
        let text = identity.attr(name).as_str().unwrap_or_default();
        put_part(resource, name, text, &mut state).map_err(|reason| wrong(name, &reason))?;
    }
    Ok(ImportAnswer {
        diagnostics: not_shown_again(resource, &state),
        state,
        private: Vec::new(),
    })
}

/// The account that an id names, or the provider's, and the rest of the id.
fn split_account<'a>(resource: &Managed, client: &Client, id: &'a str) -> Result<(AccountSid, &'a str), Diagnostic> {
    let default_account = || client.default_account().clone();
    if resource.object.account == AccountRule::Owned {
        return Ok((client.account().clone(), id));
    }
    if resource.object.is_of_the_account() {
        let account = AccountSid::from_str(id).map_err(|error| wrong_shape(resource, id, &error.to_string()))?;
        return Ok((account, ""));
    }
    let more = id.split('/').count().checked_sub(resource.object.id_parts().count());
    let may_have_slashes = matches!(resource.object.key, Key::Field(_));
    match (id.split_once('/'), more) {
        // A key with slashes need not follow an account.
        (Some((account, rest)), Some(1..)) if may_have_slashes => {
            Ok(AccountSid::from_str(account).map_or_else(|_| (default_account(), id), |account| (account, rest)))
        }
        (Some((account, rest)), Some(1)) => AccountSid::from_str(account)
            .map(|account| (account, rest))
            .map_err(|error| wrong_shape(resource, id, &error.to_string())),
        _ => Ok((default_account(), id)),
    }
}

async fn find(
    resource: &'static Managed,
    client: &Client,
    account: &AccountSid,
    text: &str,
) -> Result<Option<String>, Diagnostics> {
    let Some(hook) = resource.object.read.find else {
        return Ok(None);
    };
    let (nothing, warnings) = (Value::Null, Warnings::default());
    let call = Call {
        object: &resource.object,
        client,
        account,
        state: &nothing,
        warnings: &warnings,
    };
    let found = (hook.find)(call, text).await.map_err(|fault| {
        Attempt {
            object: &resource.object,
            operation: Operation::Import,
            state: &nothing,
        }
        .diagnose(fault)
    })?;
    match found.and_then(|object| object.get("sid").and_then(|sid| sid.as_str().map(str::to_owned))) {
        Some(sid) => Ok(Some(sid)),
        None => Err(Diagnostic::error(
            format!("No {} with this {}", resource.object.noun, hook.what),
            format!(
                "Account {} has no such {}. Nothing was imported. Check the spelling, or name the account it belongs to in \
                 front: <account_sid>/{}.",
                account.as_str(),
                resource.object.noun,
                harmless(text).unwrap_or(hook.example)
            ),
        )
        .into()),
    }
}

/// Puts the parts of an id into the attributes that they stand for.
fn parts(resource: &Managed, own: &str, state: &mut Value) -> Result<(), String> {
    let names: Vec<_> = resource.object.id_parts().collect();
    let texts: Vec<_> = match resource.object.key {
        _ if names.is_empty() => Vec::new(),
        // The key is all that is left.
        Key::Field(_) => own.splitn(names.len(), '/').collect(),
        _ => own.split('/').collect(),
    };
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
        put_part(resource, name, text, state)?;
    }
    Ok(())
}

/// Puts a part into the attribute of its name, if it can be one.
fn put_part(resource: &Managed, name: &str, text: &str, state: &mut Value) -> Result<(), String> {
    if text.is_empty() {
        return Err(format!("the part for {name} is empty"));
    }
    if name == "sid" {
        let sid = Sid::from_str(text).map_err(|error| error.to_string())?;
        if sid.prefix() != resource.object.sid_prefix() {
            return Err(format!(
                "it starts with {}, and SIDs of a {} start with {}",
                sid.prefix(),
                resource.object.noun,
                resource.object.sid_prefix()
            ));
        }
    } else if name.ends_with("_sid") {
        let sid = Sid::from_str(text).map_err(|error| format!("the part for {name} is no SID: {error}"))?;
        let prefix = expected_prefix(&resource.object, name).unwrap_or(sid.prefix());
        if sid.prefix() != prefix {
            return Err(format!(
                "the part for {name} starts with {}, and should start with {prefix}",
                sid.prefix()
            ));
        }
    } else {
        let checks = resource.object.field(name).map_or(&[][..], |field| field.checks);
        let refusal = checks
            .iter()
            .find_map(|check| refusal(&validator(check), &Value::string(text)));
        if let Some(reason) = refusal {
            let reason = reason.to_string();
            return Err(format!(
                "the part for {name} is wrong: {}",
                reason.trim_end_matches('.')
            ));
        }
    }
    state.set_attr(name, Value::string(text));
    Ok(())
}

fn wrong_shape(resource: &Managed, id: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(
        format!("This is not an import id of {}", resource.object.name),
        format!(
            "{} cannot be imported: {reason}. Nothing was imported. The id is {}.",
            harmless(id).unwrap_or("What was given"),
            shape(&resource.object)
        ),
    )
}

/// Secrets that Twilio shows once cannot be imported; saying so beats an output that is mysteriously null.
fn not_shown_again(resource: &Managed, state: &Value) -> Diagnostics {
    let secrets: Vec<_> = resource
        .object
        .fields
        .iter()
        .filter(|attribute| attribute.source == Source::CreateResponse)
        .map(|attribute| attribute.name)
        .collect();
    if secrets.is_empty() {
        return Diagnostics::new();
    }
    Diagnostic::warning(
        format!(
            "{} is imported without its {}",
            heading(&resource.object, state),
            secrets.join(" and ")
        ),
        format!(
            "The {}: Twilio shows {} once, in the response to the create, so it stays null in the state. If something needs it, \
             replace the {} (terraform apply -replace) to get a new one.",
            named(&resource.object, state),
            secrets.join(" and "),
            resource.object.noun
        ),
    )
    .into()
}
