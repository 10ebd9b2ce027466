//! Access tokens of an OAuth app: fetched with its client credentials, kept in memory, and fetched again before they expire and
//! when they are refused. <https://www.twilio.com/docs/iam/oauth-apps/oauth-access-token>
//!
//! A request for a token changes nothing: earlier tokens stay good until they expire. So it is repeated as a read is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::Mutex;

use super::client::{Client, Inner};
use super::credentials::Credentials;
use super::error::{Error, ErrorKind};
use super::expected::Expects;
use super::lenient;
use super::product::Product;
use super::request::Request;
use super::response::Response;
use super::secret::Secret;
use super::sid::AccountSid;
use super::stop::Epoch;

/// How long before it expires a token is exchanged.
const BEFORE_IT_EXPIRES: Duration = Duration::from_secs(30);

/// How long a token is used that does not say how long it is good. It is good until it is refused; this only says when another
/// is fetched without that.
const UNTOLD: Duration = Duration::from_secs(300);

/// Longest life that is believed: <https://www.twilio.com/docs/iam/oauth-apps/account-oauth-apps> has 30 days.
const LONGEST: u64 = 30 * 86_400;

/// What an OAuth app signs in with.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    /// SID of the app, `OQ…`.
    pub client_id: &'a str,
    /// Its secret.
    pub client_secret: &'a Secret,
    /// What the token shall be good for; `None` for all that the app is.
    pub scope: Option<&'a str>,
}

/// A token that was just issued.
#[derive(Debug)]
pub struct Issued {
    /// The token.
    pub token: Secret,
    /// How long it is good, if Twilio said so.
    pub lasts: Option<Duration>,
    /// Until when, on Twilio's clock.
    pub expires: Option<Timestamp>,
}

/// A token in use.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) token: Secret,
    /// Which fetch it came from.
    pub(super) fetched: u64,
    /// From when another is fetched, on the clock that nobody sets.
    until: Duration,
}

/// The token that a client signs in with. However many need one at once, one fetch runs, and all get what it brought, failure
/// included.
#[derive(Default)]
pub(super) struct Tokens {
    /// Counts finished fetches.
    fetches: AtomicU64,
    outcome: Mutex<Option<Result<Held, Error>>>,
}

impl Tokens {
    /// Drops a token that is refused, unless another has been fetched since.
    pub(super) async fn forget(&self, fetched: u64) {
        let mut outcome = self.outcome.lock().await;
        if matches!(outcome.as_ref(), Some(Ok(held)) if held.fetched == fetched) {
            *outcome = None;
        }
    }
}

impl Inner {
    /// The token that goes with `credentials`, where those are an OAuth app's.
    ///
    /// # Errors
    /// Why there is none: [`ErrorKind::Unauthenticated`] where Twilio does not accept the app's credentials.
    pub(super) async fn bearer(
        &self,
        request: &Request,
        credentials: &Credentials,
        began: Epoch,
    ) -> Result<Option<Held>, Error> {
        let Credentials::OauthApp {
            client_id,
            client_secret,
            ..
        } = credentials
        else {
            return Ok(None);
        };
        if request.is_unsigned {
            return Ok(None);
        }
        let grant = Grant {
            client_id,
            client_secret,
            scope: None,
        };
        let held = async {
            let seen = self.tokens.fetches.load(Ordering::Acquire);
            let mut outcome = self.tokens.outcome.lock().await;
            let fetches = self.tokens.fetches.load(Ordering::Acquire);
            match outcome.as_ref() {
                Some(Ok(held)) if self.clock.elapsed() < held.until => return Ok(held.clone()),
                // What a stop ended says nothing to those who began later.
                Some(Err(error)) if fetches != seen && error.kind != ErrorKind::Stopped => return Err(error.clone()),
                _ => {}
            }
            let asked = self.clock.elapsed();
            let issued = self.issue(grant, request.caller, began).await;
            let fetched = self.tokens.fetches.fetch_add(1, Ordering::AcqRel) + 1;
            let held = issued.map(|issued| {
                let lasts = issued.lasts.unwrap_or(UNTOLD);
                let early = BEFORE_IT_EXPIRES.min(lasts / 2);
                Held {
                    token: issued.token,
                    fetched,
                    until: asked + lasts - early,
                }
            });
            *outcome = Some(held.clone());
            held
        };
        match self.stop.or(began, held).await {
            Ok(Ok(held)) => Ok(Some(held)),
            Ok(Err(why)) => Err(self.without_token(request, credentials, why)),
            Err(_) => Err(self.stopped_before(request)),
        }
    }

    /// Asks for a token.
    async fn issue(&self, grant: Grant<'_>, caller: Option<&'static str>, began: Epoch) -> Result<Issued, Error> {
        self.redactor.learn_credential(grant.client_secret);
        let own = self.accounts.own();
        let mut request = token_request(own.account(), grant);
        (request.caller, request.began) = (caller, Some(began));
        tracing::debug!(client_id = grant.client_id, "asking for an access token");
        let before = self.clock.elapsed();
        let answer = Box::pin(self.repeat(&request, own)).await?;
        let took = self.clock.elapsed().saturating_sub(before);
        let issued = self.issued(&answer, took).map_err(|why| {
            let mut error = Error::new(ErrorKind::UnexpectedAnswer, self.attempt(&request, own)).with_message(why);
            (error.status, error.attempt.tries) = (Some(answer.status), 1);
            error.request_id = answer.request_id.clone().map(String::into_boxed_str);
            error
        })?;
        self.redactor.learn_credential(&issued.token);
        Ok(issued)
    }

    fn issued(&self, answer: &Response, took: Duration) -> Result<Issued, &'static str> {
        let text = |name: &str| answer.member(name).and_then(Value::as_str);
        let is_bearer = text("token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
        if !is_bearer {
            return Err("the response has a token of another type than Bearer");
        }
        let token = text("access_token").filter(|token| is_token(token));
        let token = token.ok_or("the response has no access token that can be sent")?;
        let lasts = answer.member("expires_in").and_then(lenient::integer);
        let lasts = lasts
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map(|seconds| seconds.min(LONGEST));
        let lasts = lasts.map(|seconds| Duration::from_secs(seconds).saturating_sub(took));
        let expires = lasts.and_then(|lasts| {
            let lasts = SignedDuration::try_from(lasts).ok()?;
            self.server_time().checked_add(lasts).ok()
        });
        Ok(Issued {
            token: Secret::from(token),
            lasts,
            expires,
        })
    }

    /// The error of a request that could not be signed: what is requested stands in it, and why is what the token's request was
    /// refused with.
    fn without_token(&self, request: &Request, credentials: &Credentials, why: Error) -> Error {
        let kind = match why.kind {
            ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::Invalid | ErrorKind::Conflict => {
                ErrorKind::Unauthenticated
            }
            ErrorKind::NotFound => ErrorKind::UnexpectedAnswer,
            kind => kind,
        };
        let mut attempt = self.attempt(request, credentials);
        attempt.tries = 0;
        let said = why.message.as_deref().unwrap_or_else(|| why.kind.as_str());
        let message = format!("no access token was issued ({said})");
        let mut error = Error::new(kind, attempt).with_message(message);
        (error.status, error.twilio_code) = (why.status, why.twilio_code);
        error.request_id.clone_from(&why.request_id);
        error.with_source(Arc::new(why))
    }
}

impl Client {
    /// Asks for an access token of an OAuth app, which need not be what signs in.
    ///
    /// # Errors
    /// As [`Client::send`]. [`ErrorKind::UnexpectedAnswer`] when the response has no token.
    pub async fn issue_token(&self, grant: Grant<'_>) -> Result<Issued, Error> {
        self.inner.issue(grant, self.caller(), self.began()).await
    }

    /// The OAuth app that signs in, if one does.
    pub fn own_app(&self) -> Option<Grant<'_>> {
        match self.inner.accounts.own() {
            Credentials::OauthApp {
                client_id,
                client_secret,
                ..
            } => Some(Grant {
                client_id,
                client_secret,
                scope: None,
            }),
            Credentials::AuthToken { .. } | Credentials::ApiKey { .. } => None,
        }
    }
}

fn token_request(account: &AccountSid, grant: Grant<'_>) -> Request {
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_id", grant.client_id),
        ("client_secret", grant.client_secret.expose()),
    ];
    form.extend(grant.scope.map(|scope| ("scope", scope)));
    let mut request = Request::post(Product::Oauth, account, "/v2/token").form(form).reads();
    // Of the kind of grant there is no other choice, so that a message may repeat it.
    request.choices = vec![("grant_type".to_owned(), "client_credentials")];
    request.expects(Expects::Object).unsigned()
}

/// Whether it can stand in a header (RFC 6750, section 2.1).
fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}
