//! The ways to sign in to Twilio. An auth token and an API key are HTTP basic authentication; with what an OAuth app has, an access
//! token is fetched, which is sent ([`super::oauth`]).

use super::secret::Secret;
use super::sid::{AccountSid, Sid};

/// Length of an auth token, which is hexadecimal, and of the secret of a key.
const LENGTH: usize = 32;

/// Who signs in, and for which account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// The account itself with its auth token. Reaches child accounts, too.
    AuthToken {
        /// The account.
        account: AccountSid,
        /// Its token.
        token: Secret,
    },
    /// An API key of the account.
    ApiKey {
        /// The account that the key belongs to.
        account: AccountSid,
        /// SID of the key, `SK…`.
        key: Sid,
        /// Its secret.
        secret: Secret,
    },
    /// An OAuth app of the account.
    OauthApp {
        /// The account that the app belongs to.
        account: AccountSid,
        /// SID of the app, `OQ…`.
        client_id: String,
        /// Its secret.
        client_secret: Secret,
    },
}

/// Which of them, for what is said about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The account's auth token.
    AuthToken,
    /// An API key.
    ApiKey,
    /// An OAuth app.
    OauthApp,
}

impl Credentials {
    /// Credentials with an API key.
    ///
    /// # Errors
    /// When `key` is not the SID of an API key.
    #[cfg(feature = "internals")]
    pub fn api_key(account: AccountSid, key: &str, secret: Secret) -> Result<Self, super::sid::SidError> {
        let key = Sid::with_prefix(key, "SK", "an API key SID")?;
        Ok(Self::ApiKey { account, key, secret })
    }

    /// The account that these credentials act on where the path does not name another.
    pub fn account(&self) -> &AccountSid {
        match self {
            Self::AuthToken { account, .. } | Self::ApiKey { account, .. } | Self::OauthApp { account, .. } => account,
        }
    }

    /// What signs in, for logs and messages: the account, the key or the app.
    pub fn user(&self) -> &str {
        match self {
            Self::AuthToken { account, .. } => account.as_str(),
            Self::ApiKey { key, .. } => key.as_str(),
            Self::OauthApp { client_id, .. } => client_id,
        }
    }

    /// What this is.
    pub fn means(&self) -> Means {
        match self {
            Self::AuthToken { .. } => Means::AuthToken,
            Self::ApiKey { .. } => Means::ApiKey,
            Self::OauthApp { .. } => Means::OauthApp,
        }
    }

    /// What is unusual about the secret, in a sentence without it: where Twilio does not accept one, it says no more than
    /// "Authenticate".
    pub(super) fn oddity(&self) -> Option<String> {
        let (name, is_usual, usual) = match self {
            Self::AuthToken { token, .. } => (
                "auth token",
                token
                    .expose()
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
                "hexadecimal digits in small letters",
            ),
            Self::ApiKey { secret, .. } => (
                "secret of the key",
                secret.expose().bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "letters and digits",
            ),
            // How long those are nobody says.
            Self::OauthApp { .. } => return None,
        };
        let length = self.secret().expose().chars().count();
        if length == LENGTH && is_usual {
            return None;
        }
        let other = if is_usual { "" } else { ", not all of which are such" };
        let unit = if length == 1 { "character" } else { "characters" };
        Some(format!(
            "The {name} has {length} {unit}{other}; Twilio's have {LENGTH} {usual}. It may have been cut off or taken from \
             another place."
        ))
    }

    /// The password half.
    pub(super) fn secret(&self) -> &Secret {
        match self {
            Self::AuthToken { token, .. } => token,
            Self::ApiKey { secret, .. } => secret,
            Self::OauthApp { client_secret, .. } => client_secret,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(secret: &str) -> Credentials {
        Credentials::AuthToken {
            account: "AC0123456789abcdef0123456789abcdef".parse().expect("valid"),
            token: Secret::from(secret),
        }
    }

    #[test]
    fn a_token_of_another_shape_is_reported_without_it() {
        assert_eq!(token("0123456789abcdef0123456789abcdef").oddity(), None);
        let said = token("0123456789abcdef0123456789abcde")
            .oddity()
            .expect("one digit is missing");
        assert!(said.contains("has 31 characters;"), "{said}");
        let said = token("hush").oddity().expect("it is none");
        assert!(said.contains("not all") && !said.contains("hush"), "{said}");
    }

    #[test]
    fn a_key_signs_in_with_its_own_sid_for_its_account() {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let key = "SK0123456789abcdef0123456789abcdef";
        let credentials = Credentials::api_key(account.clone(), key, Secret::new("s3cr3t-v4lue")).expect("valid");
        assert_eq!((credentials.user(), credentials.account()), (key, &account));
        assert!(!format!("{credentials:?}").contains("s3cr3t"));
        assert!(Credentials::api_key(account.clone(), account.as_str(), Secret::new("x")).is_err());
    }
}
