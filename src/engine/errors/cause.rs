//! Why a request was refused, where the refusal is about the place that it was sent to: an account or a parent that is not
//! there, or that the credentials do not reach. Twilio answers 401 or 404 to all of these, and its words name none.

use crate::engine::errors::at_fault::Configuration;
use crate::engine::facts::Role;
use crate::engine::values::shown::harmless;
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Error, ErrorKind, Means, Sid, kind};

/// What is behind a refusal.
pub(super) struct Cause {
    /// In one line, where the refusal has no better summary.
    pub summary: Option<String>,
    /// In a sentence or two, with what to do; it stands before everything else.
    pub says: String,
    /// The attribute that names the place.
    pub path: Option<AttributePath>,
}

/// The account is closed, or suspended, or its parent is.
const NOT_ACTIVE: &[u32] = &[10001, 20005];

/// Why a request about a `noun` was refused, if it is the place. `makes`: it was to make or change something, so that a missing
/// object is a missing parent.
pub(super) fn cause(error: &Error, noun: &str, makes: bool, configuration: Configuration<'_>) -> Option<Cause> {
    let at_account = || {
        configuration
            .has("account_sid")
            .then(|| AttributePath::attribute("account_sid"))
    };
    match error.kind {
        ErrorKind::Unauthenticated | ErrorKind::Forbidden if is_not_active(error) => Some(Cause {
            summary: Some(format!("The account of the {noun} is not active")),
            says: format!(
                "Account {} is suspended or closed, or its parent account is, and then Twilio refuses everything in it. For a \
                 subaccount, set status = \"active\" in its twilio_subaccount and apply that first; what Twilio itself \
                 suspended, its support activates.",
                error.attempt.account
            ),
            path: at_account(),
        }),
        ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::CredentialsUnavailable
            if error.attempt.account != error.attempt.signed_in_as =>
        {
            Some(Cause {
                summary: Some(format!("The provider does not reach the account of the {noun}")),
                says: another_account(error, noun),
                path: at_account(),
            })
        }
        ErrorKind::Unauthenticated | ErrorKind::NotFound if another_account_asked_for(error).is_some() => {
            no_subaccount(error, another_account_asked_for(error)?, configuration)
        }
        ErrorKind::Unauthenticated
            if error.attempt.means == Means::ApiKey && is_about_accounts_or_keys(&error.attempt.path) =>
        {
            Some(Cause {
                summary: None,
                says: format!(
                    "The provider is signed in with an API key, and a standard key may not manage accounts and keys. Sign in \
                     with the auth_token of account {}, or with a main key.",
                    error.attempt.signed_in_as
                ),
                path: None,
            })
        }
        ErrorKind::NotFound if makes => missing_parent(error, noun, configuration),
        _ => None,
    }
}

/// By the code, or by what the response says where Twilio has none of its own for it.
fn is_not_active(error: &Error) -> bool {
    let says = |text: &str| error.message.as_deref().is_some_and(|message| message.contains(text));
    error.twilio_code.is_some_and(|code| NOT_ACTIVE.contains(&code))
        || (error.twilio_code == Some(20003) && (says("not active") || says("suspended")))
}

fn another_account(error: &Error, noun: &str) -> String {
    let (account, own) = (&error.attempt.account, &error.attempt.signed_in_as);
    if error.attempt.means != Means::AuthToken {
        let (means, short) = match error.attempt.means {
            Means::OauthApp => ("an OAuth app", "An app"),
            Means::ApiKey | Means::AuthToken => ("an API key", "A key"),
        };
        return format!(
            "The provider is signed in to account {own} with {means}, and the account of the {noun} is {account}. {short} does \
             not reach into another account: if {account} is a subaccount of {own}, sign in with the auth_token of {own}, \
             otherwise to {account} itself."
        );
    }
    format!(
        "The provider is signed in to account {own}, and the account of the {noun} is {account}, which is not one of its \
         subaccounts, or is closed. Sign in to {account} or to its parent (account_sid of the provider block, \
         TWILIO_ACCOUNT_SID), or correct account_sid, or the provider's subaccount_sid where that names it."
    )
}

/// The account that a request is about, as an object and not as the place of one, where it is none that the provider signed in to.
fn another_account_asked_for(error: &Error) -> Option<AccountSid> {
    let (before, last) = error.attempt.path.rsplit_once('/')?;
    let account: AccountSid = last.trim_end_matches(".json").parse().ok()?;
    (before.ends_with("/Accounts") && account != error.attempt.signed_in_as).then_some(account)
}

/// Twilio answers the SID of an account that is nobody's, or somebody else's, as it answers wrong credentials. Those were good, or
/// another error would say so.
fn no_subaccount(error: &Error, requested: AccountSid, configuration: Configuration<'_>) -> Option<Cause> {
    let own = &error.attempt.signed_in_as;
    let or_the_key = match error.attempt.means {
        Means::ApiKey => {
            " The provider is signed in with an API key, and only a main key or the auth token may see subaccounts at all."
        }
        Means::OauthApp => {
            " The provider is signed in with an OAuth app, and only a main key or the auth token may see subaccounts at all."
        }
        Means::AuthToken => "",
    };
    Some(Cause {
        summary: Some("There is no such subaccount".to_owned()),
        says: format!(
            "Account {requested} is not one of the subaccounts of {own}, which the provider is signed in to; or it was closed so long \
             ago that Twilio does not show it any more.{or_the_key} Correct the SID, or sign in to the account that owns it."
        ),
        path: configuration.has("sid").then(|| AttributePath::attribute("sid")),
    })
}

fn is_about_accounts_or_keys(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_account = last.starts_with("Accounts") || (path.contains("/Accounts/AC") && path.matches('/').count() == 3);
    is_account || path.contains("/Keys")
}

/// A request that makes something answers "not found" when what it is to be made in is not there: something that the path names,
/// and Twilio does not say which.
fn missing_parent(error: &Error, noun: &str, configuration: Configuration<'_>) -> Option<Cause> {
    let account = &error.attempt.account;
    let parts = error.attempt.path.split('/').map(|part| part.trim_end_matches(".json"));
    let sids: Vec<Sid> = parts.filter_map(|part| part.parse().ok()).collect();
    let Some(last) = sids.last() else {
        return unknown_key(error, noun, configuration);
    };
    if last.as_str() == account.as_str() {
        let known = configuration.known(error);
        // A code of its own says more, for example that no such number is for sale.
        if known.is_some_and(|known| known.code != 20404) || !configuration.has("account_sid") {
            return None;
        }
        return Some(Cause {
            summary: Some("There is no such account".to_owned()),
            says: format!(
                "Account {account} is neither {}, which the provider is signed in to, nor one of its subaccounts. Correct \
                 account_sid.",
                error.attempt.signed_in_as
            ),
            path: Some(AttributePath::attribute("account_sid")),
        });
    }
    // The last one is the most likely: what comes before it was often made with it.
    let in_path: Vec<_> = sids
        .iter()
        .rev()
        .filter_map(|sid| Some((sid.clone(), named_by(sid, configuration)?)))
        .collect();
    if in_path.first().is_none_or(|(sid, _)| sid != last) {
        return None;
    }
    let named = with_what_was_sent(error, in_path, configuration);
    // What the request was about is called as here: the kind of a SID may be another, as a caller ID has the letters of a number.
    let is_itself = |sid: &Sid| sid == last && error.attempt.path.trim_end_matches(".json").ends_with(sid.as_str());
    let what = |sid: &Sid, attribute: &str| {
        let kind = what_it_is(sid, attribute);
        // The webhooks of a phone number are part of it, and it is the number that is not there.
        match is_itself(sid) && !noun.contains(&kind) {
            true => noun.to_owned(),
            false => kind,
        }
    };
    let (first, attribute) = named.first()?;
    let missing = named
        .iter()
        .map(|(sid, attribute)| format!("no {} {sid}, which {attribute} names", what(sid, attribute)));
    let correct = match named.len() {
        1 => "it".to_owned(),
        _ => named
            .iter()
            .map(|(_, attribute)| *attribute)
            .collect::<Vec<_>>()
            .join(" or "),
    };
    Some(Cause {
        summary: Some(format!("There is no such {}", what(first, attribute))),
        says: format!(
            "Account {account} has {}. Correct {correct}, or account_sid if it is in another account.",
            missing.collect::<Vec<_>>().join(", or ")
        ),
        path: Some(AttributePath::attribute(*attribute)),
    })
}

/// With what the request named beside its path, which may be what is missing: alone, where the response says so.
fn with_what_was_sent(
    error: &Error,
    in_path: Vec<(Sid, &'static str)>,
    configuration: Configuration<'_>,
) -> Vec<(Sid, &'static str)> {
    let fields = configuration.attributes.iter().filter(|field| field.is_configurable());
    let sent = fields.filter_map(|field| {
        let sid: Sid = configuration.object.attr(field.name).as_str()?.parse().ok()?;
        (!in_path.iter().any(|(other, _)| *other == sid)).then_some((sid, field))
    });
    let message = error.message.as_deref().unwrap_or_default();
    let sent = Vec::from_iter(sent);
    if let Some((sid, field)) = sent.iter().find(|(sid, _)| message.contains(sid.as_str())) {
        return vec![(sid.clone(), field.name)];
    }
    // The SID that the object itself goes by is that of something else, which has to be there.
    let borrowed = sent.into_iter().filter(|(_, field)| field.read_as == Some("sid"));
    in_path
        .into_iter()
        .chain(borrowed.map(|(sid, field)| (sid, field.name)))
        .collect()
}

/// What Twilio always has under a key that is no SID, such as the permissions of a country, is not there: the key is wrong.
fn unknown_key(error: &Error, noun: &str, configuration: Configuration<'_>) -> Option<Cause> {
    let mut fields = configuration
        .attributes
        .iter()
        .filter(|field| matches!(field.role, Role::PathPart | Role::EitherKey));
    let last = error.attempt.path.rsplit('/').next()?.trim_end_matches(".json");
    let field = fields.find(|field| configuration.object.attr(field.name).as_str() == Some(last))?;
    let shown = harmless(last).map(|key| format!(" {key}")).unwrap_or_default();
    Some(Cause {
        summary: Some(format!("There is no such {noun}")),
        says: format!("Twilio has no {noun}{shown}, which {} names. Correct it.", field.name),
        path: Some(AttributePath::attribute(field.name)),
    })
}

/// The attribute that is configured with this SID.
fn named_by(sid: &Sid, configuration: Configuration<'_>) -> Option<&'static str> {
    let mut attributes = configuration
        .attributes
        .iter()
        .filter(|attribute| attribute.is_configurable());
    let named =
        attributes.find(|attribute| configuration.object.attr(attribute.name) == &Value::string(sid.as_str()))?;
    Some(named.name)
}

/// What has this SID: by its letters, or by the attribute that names it.
fn what_it_is(sid: &Sid, attribute: &str) -> String {
    let Some(what) = kind(sid.prefix()) else {
        return attribute
            .trim_end_matches("_sid")
            .replace('_', " ")
            .replace("add on", "add-on");
    };
    what.trim_start_matches("an ")
        .trim_start_matches("a ")
        .trim_end_matches(" SID")
        .to_owned()
}
