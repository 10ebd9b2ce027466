//! Arguments of the providers that were there before, accepted in the provider block as deprecated ones: Terraform itself
//! refuses what a schema does not have, and then nobody learns the new name.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::schema::{Attribute, Validator};
use crate::framework::types::Type;
use crate::framework::value::Value;

use super::settings::{Pieces, wrong};

/// An older argument and those that do what it did, of which none may stand beside it.
const REPLACED_BY: &[(&str, &[&str])] = &[
    ("username", &["api_key", "auth_token"]),
    ("password", &["api_secret", "auth_token"]),
    ("retry_attempts", &["max_retries"]),
    ("skip_credential_validation", &["skip_credentials_validation"]),
];

/// Their schema.
pub(super) fn attributes() -> Vec<Attribute> {
    let older = |name: &'static str, ty: Type, description: &'static str, instead: &'static str| {
        let mut attribute = Attribute::new(name, ty).optional().described(description);
        attribute.deprecated = Some(instead.into());
        attribute
    };
    let mut backoff = older(
        "backoff_interval_in_ms",
        Type::Number,
        "Accepted and ignored.",
        "it does nothing. Waits between tries follow Twilio's Retry-After, or grow from half a second, and `max_elapsed` bounds them \
         all.",
    );
    backoff.validators = vec![
        Validator::Whole,
        Validator::Range {
            min: 0,
            max: i64::from(u32::MAX),
        },
    ];
    let mut retries = older(
        "retry_attempts",
        Type::Number,
        "Older name of `max_retries`.",
        "use `max_retries`.",
    );
    retries.validators = vec![Validator::Whole, Validator::Range { min: 0, max: 100 }];
    vec![
        backoff,
        older(
            "password",
            Type::String,
            "Secret that belongs to `username`.",
            "use `api_secret` where `username` is an API key, and `auth_token` where it is an account.",
        )
        .sensitive(),
        retries,
        older(
            "skip_credential_validation",
            Type::Bool,
            "Older name of `skip_credentials_validation`.",
            "use `skip_credentials_validation`.",
        ),
        older(
            "username",
            Type::String,
            "SID of an API key (`SK…`), or of the account (`AC…`).",
            "use `api_key` with `api_secret`, or `account_sid` with `auth_token`.",
        ),
    ]
}

/// What stands beside the argument that replaced it.
pub(super) fn conflicts(config: &Value) -> Diagnostics {
    let is_set = |name: &str| !config.attr(name).is_null();
    let mut diagnostics = Diagnostics::new();
    for (older, newer) in REPLACED_BY {
        if let Some(newer) = newer.iter().find(|name| is_set(older) && is_set(name)) {
            diagnostics.push(
                Diagnostic::error(
                    format!("{older} and {newer} are both set"),
                    format!(
                        "{older} is an argument of older providers, and {newer} says the same here, or signs in another way. \
                         Nothing was changed. Take {older} out."
                    ),
                )
                .at_attribute(older),
            );
        }
    }
    let (username, account) = (config.attr("username").as_str(), config.attr("account_sid").as_str());
    if let (Some(username), Some(account)) = (username, account)
        && username.starts_with("AC")
        && !account.is_empty()
        && username != account
    {
        diagnostics.push(
            Diagnostic::error(
                "username and account_sid are two accounts",
                "username is the account that signs in, and account_sid is another. Nothing was changed. To sign in with a \
                 parent account and put resources into its subaccount, set account_sid and auth_token to the parent's, and \
                 subaccount_sid to the subaccount.",
            )
            .at_attribute("username"),
        );
    }
    diagnostics
}

/// What `username` and `password` say.
#[derive(Default)]
pub(super) struct SignIn {
    /// The account, where `username` is one.
    pub account: Option<String>,
    /// The rest.
    pub pieces: Pieces,
}

/// Reads `username` and `password`; empty counts as absent.
///
/// # Errors
/// A diagnostic when they do not say how to sign in.
pub(super) fn sign_in(username: Option<String>, password: Option<String>) -> Result<SignIn, Box<Diagnostic>> {
    match (username, password) {
        (None, None) => Ok(SignIn::default()),
        (None, Some(_)) => Err(wrong(
            "password",
            "The password has no user name",
            "password is set and username is not, so it is not clear whose it is. Set auth_token instead for an account's \
             token, or api_key with api_secret.",
        )),
        (Some(key), secret) if key.starts_with("SK") => Ok(SignIn {
            account: None,
            pieces: Pieces {
                api_key: Some(key),
                api_secret: secret,
                ..Pieces::default()
            },
        }),
        (Some(account), token) if account.starts_with("AC") => Ok(SignIn {
            account: Some(account),
            pieces: Pieces {
                auth_token: token,
                ..Pieces::default()
            },
        }),
        (Some(_), _) => Err(wrong(
            "username",
            "Invalid user name",
            "username is the SID of an API key (SK…) or of the account (AC…). Set api_key with api_secret, or account_sid \
             with auth_token, instead.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conflicting(fields: &[(&'static str, Value)]) -> Vec<String> {
        let config = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
        conflicts(&config)
            .into_iter()
            .map(|diagnostic| diagnostic.path.to_string())
            .collect()
    }

    #[test]
    fn an_older_argument_beside_the_newer_one_is_refused() {
        for (older, newer) in REPLACED_BY {
            for newer in *newer {
                let found = conflicting(&[(older, Value::UNKNOWN), (newer, "x".into())]);
                assert_eq!(found, [*older], "{newer}");
            }
            assert!(conflicting(&[(older, "x".into())]).is_empty(), "{older}");
        }
    }

    #[test]
    fn a_user_name_that_is_another_account_is_refused() {
        let fields = |account: &str| [("username", "AC1".into()), ("account_sid", account.into())];
        assert_eq!(conflicting(&fields("AC2")), ["username"]);
        assert!(conflicting(&fields("AC1")).is_empty() && conflicting(&fields("")).is_empty());
    }

    #[test]
    fn every_older_argument_names_what_to_use_instead() {
        let attributes = attributes();
        for (older, newer) in REPLACED_BY {
            let attribute = attributes.iter().find(|attribute| attribute.name == *older);
            let instead = attribute
                .and_then(|attribute| attribute.deprecated.clone())
                .unwrap_or_default();
            assert!(newer.iter().all(|name| instead.contains(name)), "{older}: {instead}");
        }
    }
}
