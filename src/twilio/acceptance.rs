//! Whether Twilio accepts the credentials that a client signs in with.
//!
//! The first responses tell: a success settles it. Where one is a refusal (401), which may be about one object or one account
//! alone, a cheap request of its own decides. A response to that may be wrong as well, so it is sent twice, a moment apart, before
//! a refusal counts: once both are refused, nothing more is sent. Neither is after a first request
//! that did not even reach Twilio, however often it was repeated: hundreds that come after it would each take as long. Whoever
//! has nothing to send asks with [`Client::sign_in`]. Nothing of this outlives the client, and none of it happens unless
//! [`ClientConfig::checks_credentials`](super::ClientConfig::checks_credentials) says so.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use super::accounts::AccountStatus;
use super::client::{Client, Inner};
use super::credentials::{Credentials, Means};
use super::error::{Attempt, Error, ErrorKind};
use super::expected::Expects;
use super::product::Product;
use super::request::Request;
use super::response::Response;
use super::stop::Epoch;

/// How long before what would end a run is asked once more.
const PAUSE: Duration = Duration::from_millis(500);

/// What is known of it.
#[derive(Default)]
pub(super) struct Acceptance {
    /// Whether anybody wants to know.
    is_asked_for: bool,
    /// Whether anything was ever answered, be it an error.
    is_answered: AtomicBool,
    /// What Twilio has said, for good.
    verdict: OnceLock<Result<(), Error>>,
    /// What came of asking, also where it showed nothing of the credentials.
    checked: Mutex<Option<Result<(), Error>>>,
    /// What came of asking for the default account.
    default_account: Mutex<Option<Result<Option<AccountStatus>, Error>>>,
}

impl Acceptance {
    pub(super) fn new(is_asked_for: bool) -> Self {
        Self {
            is_asked_for,
            ..Self::default()
        }
    }

    /// A response came, whatever it says.
    pub(super) fn was_answered(&self) {
        self.is_answered.store(true, Ordering::Relaxed);
    }

    /// Whether this is about to be the first that anybody hears: a first request that reached nobody.
    fn is_first_word(&self, error: &Error) -> bool {
        error.kind == ErrorKind::Unreachable && self.is_asked_for && !self.is_answered.load(Ordering::Relaxed)
    }

    /// Why nothing is sent any more.
    fn refusal(&self) -> Option<&Error> {
        self.verdict.get().and_then(|verdict| verdict.as_ref().err())
    }

    /// What is said first stays.
    fn settle(&self, verdict: Result<(), Error>) {
        let _ = self.verdict.set(verdict.map_err(Error::found_once));
    }
}

impl Inner {
    /// Sends a request that the client's own credentials sign, unless they are known to be refused.
    pub(super) async fn repeat_as_own(&self, request: &Request) -> Result<Response, Error> {
        let own = self.accounts.own();
        if let Some(refusal) = self.acceptance.refusal() {
            return Err(refused(self.attempt(request, own), refusal));
        }
        let result = self.repeat(request, own).await;
        match result {
            Ok(_) => self.acceptance.settle(Ok(())),
            Err(ref error) if self.acceptance.is_first_word(error) => {
                self.acceptance.settle(Err(not_reached(error)));
                if let Some(refusal) = self.acceptance.refusal() {
                    return Err(refused((*error.attempt).clone(), refusal));
                }
            }
            // What was sent at the same time may have settled it meanwhile.
            Err(ref error) if error.kind == ErrorKind::Unauthenticated && self.acceptance.is_asked_for => {
                if let Err(refusal) = self.check_account_once(self.began(request)).await
                    && refusal.kind == ErrorKind::NotAccepted
                {
                    return Err(refused((*error.attempt).clone(), &refusal));
                }
            }
            Err(_) => {}
        }
        result
    }

    /// However many need it at once, one request runs, and all get its result. What a stop ended is sent again by whoever
    /// began later.
    async fn check_account_once(&self, began: Epoch) -> Result<(), Error> {
        let checked = async {
            let mut checked = self.acceptance.checked.lock().await;
            if let Some(verdict) = self.acceptance.verdict.get() {
                return verdict.clone();
            }
            if let Some(known) = checked.as_ref() {
                return known.clone();
            }
            let outcome = self.check_account(began).await.map_err(Error::found_once);
            if !is_stop(&outcome) {
                *checked = Some(outcome.clone());
            }
            outcome
        };
        match self.stop.or(began, checked).await {
            Ok(outcome) => outcome,
            Err(_) => Err(self.stopped_before(&question(self.accounts.own(), began))),
        }
    }

    async fn check_account(&self, began: Epoch) -> Result<(), Error> {
        let own = self.accounts.own();
        let question = question(own, began);
        // A good key that may not see numbers is forbidden to.
        let answer = |answer: Result<Response, Error>| match answer {
            Err(error) if error.kind == ErrorKind::Forbidden && own.means() != Means::AuthToken => Ok(()),
            answer => answer.map(drop),
        };
        let mut answered = answer(self.repeat(&question, own).await);
        if is_to_be_confirmed(&answered) {
            self.clock.sleep(PAUSE).await;
            // What was sent at the same time may have settled it meanwhile.
            if let Some(verdict) = self.acceptance.verdict.get() {
                return verdict.clone();
            }
            answered = answer(self.repeat(&question, own).await);
        }
        let Err(mut error) = answered else {
            self.acceptance.settle(Ok(()));
            return Ok(());
        };
        match error.kind {
            ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::NotFound => {
                (error.kind, error.message, error.own_words) = (ErrorKind::NotAccepted, own.oddity(), usize::MAX);
                let error = error.found_once();
                self.acceptance.settle(Err(error.clone()));
                Err(error)
            }
            _ if self.acceptance.is_first_word(&error) => {
                let error = not_reached(&error).found_once();
                self.acceptance.settle(Err(error.clone()));
                Err(error)
            }
            ErrorKind::Unreachable | ErrorKind::UnexpectedAnswer | ErrorKind::Stopped => Err(error),
            // Limits, and failures of Twilio's: whoever needs something of it tells of them.
            _ => Ok(()),
        }
    }
}

impl Client {
    /// Finds out whether Twilio accepts the credentials, unless that is known. Costs one request in the life of a client, and
    /// another where the first was refused.
    ///
    /// # Errors
    /// [`ErrorKind::NotAccepted`] when they are refused, [`ErrorKind::NotReached`] when Twilio cannot be reached; other kinds
    /// when the response cannot be Twilio's, or there was a stop.
    pub async fn sign_in(&self) -> Result<(), Error> {
        let acceptance = &self.inner.acceptance;
        if !acceptance.is_asked_for {
            return Ok(());
        }
        match acceptance.verdict.get() {
            Some(verdict) => verdict.clone(),
            None => self.inner.check_account_once(self.began()).await,
        }
    }

    /// As [`Client::sign_in`], and whether the account that signs in reaches the default account and what that is like, where
    /// the credentials show it. Costs one request in the life of a client, another where the first was refused, and none where the two are one account.
    ///
    /// # Errors
    /// As [`Client::sign_in`]; [`ErrorKind::Unauthenticated`], [`ErrorKind::Forbidden`] and [`ErrorKind::NotFound`] when the
    /// credentials are good, and not for the default account.
    pub async fn sign_in_for_default_account(&self) -> Result<Option<AccountStatus>, Error> {
        let (inner, began) = (&self.inner, self.began());
        if !inner.acceptance.is_asked_for || self.account() == self.default_account() {
            return self.sign_in().await.map(|()| None);
        }
        let checked = async {
            let mut checked = inner.acceptance.default_account.lock().await;
            if let Some(known) = checked.as_ref() {
                return known.clone();
            }
            let outcome = inner.check_default_account(self, began).await;
            let outcome = outcome.map_err(Error::found_once);
            if !is_stop(&outcome) {
                *checked = Some(outcome.clone());
            }
            outcome
        };
        match inner.stop.or(began, checked).await {
            Ok(outcome) => outcome,
            Err(_) => Err(inner.stopped_before(&question(inner.accounts.own(), began))),
        }
    }
}

impl Inner {
    async fn check_default_account(&self, client: &Client, began: Epoch) -> Result<Option<AccountStatus>, Error> {
        let (own, account) = (self.accounts.own(), client.default_account());
        let mut request = if own.means() != Means::AuthToken {
            first_number(account)
        } else {
            self.accounts.token_request(account)
        };
        request.began = Some(began);
        let mut answer = self.repeat_as_own(&request).await;
        if is_to_be_confirmed(&answer) {
            self.clock.sleep(PAUSE).await;
            answer = self.repeat_as_own(&request).await;
        }
        match answer {
            Ok(answer) => Ok(AccountStatus::of(&answer)),
            Err(error) => match error.kind {
                ErrorKind::NotAccepted
                | ErrorKind::NotReached
                | ErrorKind::Unauthenticated
                | ErrorKind::Forbidden
                | ErrorKind::NotFound
                | ErrorKind::Unreachable
                | ErrorKind::UnexpectedAnswer
                | ErrorKind::Stopped => Err(error),
                _ => Ok(None),
            },
        }
    }
}

/// Asks for the account itself with an auth token. A standard key may not see its account, so with a key, or an OAuth app, one
/// phone number is asked for: a good one that may not see numbers either is refused with 70051, which is forbidden ([`super::outcome`]), a bad one is not.
fn question(own: &Credentials, began: Epoch) -> Request {
    let account = own.account();
    let mut request = if own.means() != Means::AuthToken {
        first_number(account).expects(Expects::Object)
    } else {
        Request::get(Product::Api, account, format!("/2010-04-01/Accounts/{account}.json"))
    };
    request.began = Some(began);
    request
}

fn first_number(account: &super::sid::AccountSid) -> Request {
    let path = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json");
    Request::get(Product::Api, account, path).query("PageSize", "1")
}

/// Whether this would end a run, if it is true: a single answer may be wrong.
fn is_to_be_confirmed<T>(answer: &Result<T, Error>) -> bool {
    answer.as_ref().is_err_and(|error| {
        matches!(
            error.kind,
            ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::NotFound | ErrorKind::UnexpectedAnswer
        )
    })
}

fn is_stop<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(error) if error.kind == ErrorKind::Stopped)
}

/// The first request, and what came of it.
fn not_reached(error: &Error) -> Error {
    let mut first = error.clone();
    let why = first.message.take().unwrap_or_else(|| first.kind.to_string());
    first.message = Some(format!("{}: {why}", first.attempt));
    // What was said is cleaned already, and about another request than those that repeat it.
    first.own_words = usize::MAX;
    first.kind = ErrorKind::NotReached;
    first
}

/// The error of a request that is not sent any more. Why is as it was found out; what was tried is the request.
fn refused(attempt: Attempt, refusal: &Error) -> Error {
    Error {
        attempt: Box::new(attempt),
        ..refusal.clone()
    }
}
