//! Whose credentials a request needs.
//!
//! In the API of 2010 a parent acts on a child through the child's SID in the path. Everywhere else a request acts on the
//! account that signs in, whatever the path says, so objects of a child need the child's own token. The parent may read
//! it; it is fetched once, kept in memory only, and fetched again when it stops working.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::credentials::{Credentials, Means};
use super::error::{Attempt, Error, ErrorKind};
use super::product::Product;
use super::request::Request;
use super::response::Response;
use super::secret::Secret;
use super::sid::AccountSid;

/// Why there are no credentials for an account.
#[derive(Debug, Clone)]
pub(super) enum Unavailable {
    /// The account could be read, and Twilio showed no token.
    TokenWithheld,
    /// The account could not be read.
    Unreadable(Error),
}

impl Unavailable {
    /// Whether whoever fetched was stopped, which says nothing to those who began later.
    fn is_stop(&self) -> bool {
        matches!(self, Self::Unreadable(error) if error.kind == ErrorKind::Stopped)
    }
}

/// Credentials for one request.
#[derive(Debug, Clone)]
pub(super) struct SignIn {
    pub(super) credentials: Credentials,
    /// Which fetch they came from.
    pub(super) fetched: u64,
}

/// Where the credentials for a request come from.
pub(super) enum Route {
    /// They are here.
    Ready(Credentials),
    /// They must have been fetched.
    Child(Arc<Child>),
}

/// Whether an account is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// It is.
    Active,
    /// Its parent, or Twilio, has suspended it: it may be activated again.
    Suspended,
    /// For good, with all that was in it.
    Closed,
}

impl AccountStatus {
    /// As a response about the account has it.
    pub(super) fn of(answer: &Response) -> Option<Self> {
        match answer.member("status").and_then(Value::as_str)? {
            "active" => Some(Self::Active),
            "suspended" => Some(Self::Suspended),
            "closed" => Some(Self::Closed),
            _ => None,
        }
    }
}

/// All credentials of a client.
pub(super) struct Accounts {
    own: Credentials,
    children: Mutex<HashMap<AccountSid, Arc<Child>>>,
    /// Accounts that are known to be closed, which they stay.
    closed: Mutex<HashSet<AccountSid>>,
}

impl Accounts {
    pub(super) fn new(own: Credentials) -> Self {
        Self {
            own,
            children: Mutex::default(),
            closed: Mutex::default(),
        }
    }

    pub(super) fn own(&self) -> &Credentials {
        &self.own
    }

    pub(super) fn route(&self, account: &AccountSid, product: Product) -> Route {
        if account == self.own.account() || product == Product::Api {
            return Route::Ready(self.own.clone());
        }
        Route::Child(self.fetched(account))
    }

    /// Notes that an account is closed.
    pub(super) fn closed(&self, account: &AccountSid) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.insert(account.clone());
    }

    pub(super) fn is_closed(&self, account: &AccountSid) -> bool {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.contains(account)
    }

    fn fetched(&self, account: &AccountSid) -> Arc<Child> {
        let mut children = self.children.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(children.entry(account.clone()).or_default())
    }

    /// The request that reads a child's token with the parent's credentials.
    pub(super) fn token_request(&self, child: &AccountSid) -> Request {
        // Owned by the parent for the purpose of signing in: the response is about the child, the right to see it is not.
        Request::get(
            Product::Api,
            self.own.account(),
            format!("/2010-04-01/Accounts/{child}.json"),
        )
    }

    /// The error for a request that nobody can sign.
    pub(super) fn unavailable(&self, why: Unavailable, request: &Request, mut attempt: Attempt) -> Error {
        let (account, product) = (&request.account, request.product);
        let own = self.own.account();
        attempt.tries = 0;
        let remedy = format!(
            "objects of subaccount {account} on {product} need the auth token of the parent account, not an API key or OAuth app, or \
             credentials of {account} itself"
        );
        match why {
            Unavailable::TokenWithheld if self.own.means() != Means::AuthToken => {
                Error::new(ErrorKind::CredentialsUnavailable, attempt).with_message(format!(
                    "{own} signed in with {}, and to that twilio does not show the token of a subaccount; {remedy}",
                    match self.own.means() {
                        Means::OauthApp => "an OAuth app",
                        Means::ApiKey | Means::AuthToken => "an API key",
                    }
                ))
            }
            Unavailable::TokenWithheld => Error::new(ErrorKind::CredentialsUnavailable, attempt)
                .with_message(format!("twilio showed {own} no auth token of {account}; {remedy}")),
            Unavailable::Unreadable(error) if is_refusal(error.kind) => {
                let said = match error.kind {
                    ErrorKind::NotFound => format!("{account} is neither {own} nor one of its subaccounts"),
                    _ => format!("{own} may not read account {account}"),
                };
                let message = if self.own.means() != Means::AuthToken {
                    format!("{said}; {remedy}")
                } else {
                    said
                };
                let mut refused = Error::new(ErrorKind::CredentialsUnavailable, attempt).with_message(message);
                (refused.status, refused.twilio_code) = (error.status, error.twilio_code);
                refused.request_id.clone_from(&error.request_id);
                refused.with_source(Arc::new(error))
            }
            Unavailable::Unreadable(error) if matches!(error.kind, ErrorKind::NotAccepted | ErrorKind::NotReached) => {
                Error {
                    attempt: Box::new(attempt),
                    ..error
                }
            }
            // Unreachable, throttled, stopped: says what happened, and that it happened on the way to the token.
            Unavailable::Unreadable(mut error) => {
                error.add_hint(&format!("while reading the credentials of {account}"));
                error
            }
        }
    }
}

/// Whether this failure says that the account may not be read, rather than that reading it went wrong.
fn is_refusal(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NotFound
            | ErrorKind::Unauthenticated
            | ErrorKind::Forbidden
            | ErrorKind::Invalid
            | ErrorKind::Conflict
    )
}

/// Takes the token out of an account as Twilio answers it.
pub(super) fn token_of(account: &AccountSid, response: &Response) -> Result<Credentials, Unavailable> {
    match response.member("auth_token").and_then(Value::as_str).map(Secret::from) {
        Some(token) if !token.is_blank() => Ok(Credentials::AuthToken {
            account: account.clone(),
            token,
        }),
        _ => Err(Unavailable::TokenWithheld),
    }
}

/// The token of one child. However many ask at once, one fetch runs, and all get what it brought, failure included.
#[derive(Default)]
pub(super) struct Child {
    /// Counts finished fetches.
    version: AtomicU64,
    outcome: tokio::sync::Mutex<Option<Result<Credentials, Unavailable>>>,
}

impl Child {
    /// The token, fetched if nobody has fetched it yet. A failure is shared with those who waited for it, and not kept
    /// for those who ask later.
    pub(super) async fn sign_in<F>(&self, fetch: impl FnOnce() -> F) -> Result<SignIn, Unavailable>
    where
        F: Future<Output = Result<Credentials, Unavailable>>,
    {
        let seen = self.version.load(Ordering::Acquire);
        let mut outcome = self.outcome.lock().await;
        let version = self.version.load(Ordering::Acquire);
        let known = match outcome.as_ref() {
            Some(Ok(credentials)) => Some(Ok(credentials.clone())),
            Some(Err(failure)) if version != seen && !failure.is_stop() => Some(Err(failure.clone())),
            _ => None,
        };
        if let Some(known) = known {
            return known.map(|credentials| SignIn {
                credentials,
                fetched: version,
            });
        }
        let fetched = fetch().await;
        *outcome = Some(fetched.clone());
        let version = self.version.fetch_add(1, Ordering::AcqRel) + 1;
        fetched.map(|credentials| SignIn {
            credentials,
            fetched: version,
        })
    }

    /// Drops a token that stopped working, unless it has been fetched again since.
    pub(super) async fn forget(&self, version: u64) {
        let mut outcome = self.outcome.lock().await;
        if self.version.load(Ordering::Acquire) == version {
            *outcome = None;
        }
    }
}

/// Whether the response to a request holds whole accounts, tokens included.
pub(super) fn answers_accounts(request: &Request) -> bool {
    let Some(rest) = request.path.strip_prefix("/2010-04-01/Accounts") else {
        return false;
    };
    request.product == Product::Api && !rest.trim_start_matches('/').contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sid(digit: char) -> AccountSid {
        format!("AC{}", digit.to_string().repeat(32)).parse().expect("valid")
    }

    fn token(account: AccountSid) -> Credentials {
        Credentials::AuthToken {
            account,
            token: Secret::new("token"),
        }
    }

    fn is_ready(accounts: &Accounts, account: &AccountSid, product: Product) -> bool {
        matches!(accounts.route(account, product), Route::Ready(_))
    }

    #[test]
    fn a_parent_reaches_a_child_through_the_path_in_the_classic_api_only() {
        let accounts = Accounts::new(token(sid('1')));
        assert!(is_ready(&accounts, &sid('1'), Product::Messaging));
        assert!(is_ready(&accounts, &sid('2'), Product::Api));
        assert!(!is_ready(&accounts, &sid('2'), Product::Messaging));
    }

    #[tokio::test]
    async fn a_failed_fetch_is_not_remembered() {
        let child = Child::default();
        let failed = child.sign_in(|| async { Err(Unavailable::TokenWithheld) }).await;
        assert!(failed.is_err());
        let later = child.sign_in(|| async { Ok(token(sid('2'))) }).await.expect("fetched");
        assert_eq!(later.fetched, 2);
    }

    #[tokio::test]
    async fn those_who_wait_for_a_fetch_share_its_failure() {
        let child = Child::default();
        let fetches = AtomicU64::new(0);
        let fetch = || {
            child.sign_in(|| async {
                fetches.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Err(Unavailable::TokenWithheld)
            })
        };
        let answers = tokio::join!(fetch(), fetch(), fetch());
        assert!(answers.0.is_err() && answers.1.is_err() && answers.2.is_err());
        assert_eq!(fetches.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn forgetting_an_old_token_keeps_the_new_one() {
        let child = Child::default();
        let fetch = || async { Ok(token(sid('2'))) };
        let first = child.sign_in(fetch).await.expect("fetched").fetched;
        child.forget(first).await;
        let second = child.sign_in(fetch).await.expect("fetched").fetched;
        child.forget(first).await;
        let third = child
            .sign_in(|| async { Err(Unavailable::TokenWithheld) })
            .await
            .expect("still known");
        assert_eq!((second, third.fetched), (first + 1, second));
    }
}
