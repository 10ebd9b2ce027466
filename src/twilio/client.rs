//! The client that everything shares: from a request to its answer.
//!
//! ```text
//! create (lost) ──┐
//! member (coalesce) ── send ── whose credentials (accounts) ── repeat ── permit (limits, pace) ── one try (transport) ── judge (outcome)
//! list (paging) ──┘                                              └────── decide (retry) ── wait (clock, stop) ──┘
//! ```

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::accounts::{Accounts, Child, Route, SignIn, Unavailable, is_refusal, token_of};
use super::audit::{Audit, AuditError};
use super::clock::{Clock, SystemClock};
use super::coalesce::Lists;
use super::config::{ClientConfig, ConfigError};
use super::credentials::Credentials;
use super::error::{Attempt, Error, ErrorKind};
use super::limits::{Limits, Permit, Verdict};
use super::log;
use super::lost::Lookup;
use super::outcome::{Failed, judge};
use super::own::Own;
use super::pace::Pace;
use super::paging::{self, ListRequest, PageError};
use super::product::Product;
use super::redact::Redactor;
use super::request::{Effect, Method, Request};
use super::response::{JsonObject, Response};
use super::retry::{Budget, Decision, decide};
use super::sid::AccountSid;
use super::stop::Stop;
use super::transport::Transport;

/// A Twilio client. Cheap to clone; all clones share connections, limits and credentials.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    /// Put on every request that is sent through this handle.
    caller: Option<&'static str>,
}

/// What all clones of a client share. The modules that add a way to ask ([`super::lost`], [`super::coalesce`]) do so as
/// methods of this.
pub(super) struct Inner {
    accounts: Accounts,
    transport: Transport,
    limits: Limits,
    pace: Pace,
    pub(super) budget: Budget,
    pub(super) stop: Stop,
    redactor: Redactor,
    audit: Option<Audit>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) own: Own,
    pub(super) lists: Lists,
    pub(super) batch_reads: bool,
    /// Seconds that Twilio's clock is ahead of ours, from the latest `Date` header.
    ahead: AtomicI64,
}

impl Client {
    /// Sets a client up. Sends nothing and reads nothing.
    ///
    /// # Errors
    /// When a setting cannot work.
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        Self::with_clock(config, Arc::new(SystemClock::new()))
    }

    /// As [`Client::new`], with time and chance of the caller's choice.
    ///
    /// # Errors
    /// When a setting cannot work.
    pub fn with_clock(config: ClientConfig, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        config.check()?;
        let transport = Transport::new(&config)?;
        if transport.hosts().is_exposed() {
            tracing::warn!("credentials are sent without encryption to the base URL, which is not on this machine");
        }
        let redactor = Redactor::default();
        redactor.learn(config.credentials.secret());
        Ok(Self {
            inner: Arc::new(Inner {
                accounts: Accounts::new(config.credentials),
                transport,
                limits: Limits::new(config.max_concurrency),
                pace: Pace::default(),
                budget: Budget {
                    max_retries: config.max_retries,
                    max_elapsed: config.max_elapsed,
                },
                stop: Stop::new(),
                redactor,
                audit: config.audit,
                clock,
                own: Own::default(),
                lists: Lists::default(),
                batch_reads: config.batch_reads,
                ahead: AtomicI64::new(0),
            }),
            caller: None,
        })
    }

    /// The same client for a caller whose name is put into records and errors. It means nothing else here.
    #[must_use]
    pub fn on_behalf_of(&self, caller: &'static str) -> Self {
        Self {
            caller: Some(caller),
            ..self.clone()
        }
    }

    /// The audit log, if there is one.
    pub fn audit(&self) -> Option<&Audit> {
        self.inner.audit.as_ref()
    }

    /// The account that signs in.
    pub fn account(&self) -> &AccountSid {
        self.inner.accounts.own().account()
    }

    /// Uses these credentials for requests about their account from now on. For other accounts than [`Client::account`],
    /// where fetching a token is impossible or, as after creating a child, unnecessary.
    pub fn add_credentials(&self, credentials: Credentials) {
        self.inner.redactor.learn(credentials.secret());
        self.inner.accounts.add(credentials);
    }

    /// Sends a request, and repeats it where that is safe. Costs one request, plus one for the token the first time that
    /// a child account is met outside the API of 2010, plus repetitions.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        self.inner.send(&self.labelled(request)).await
    }

    fn labelled(&self, mut request: Request) -> Request {
        request.caller = self.caller;
        request
    }

    /// Sends a create. When its answer is lost the object is looked for, and the answer is what it made: nothing is made
    /// twice. Costs one request; after a lost answer a list for each look, and one request for the object.
    ///
    /// # Errors
    /// As [`Client::send`]. [`ErrorKind::Ambiguous`] with [`Error::search`] when it could not be found out.
    pub async fn create(&self, request: Request, lookup: Lookup<'_>) -> Result<Response, Error> {
        self.inner.create(&self.labelled(request), &lookup).await
    }

    /// Claims an object of the collection that `create` posts to, as if that had made it: nothing else of this process is
    /// taken for it from now on. False when something has claimed it before.
    #[must_use = "an object belongs to one"]
    pub fn claim(&self, create: &Request, sid: &str) -> bool {
        self.inner.own.collection(create).claim(sid)
    }

    /// Reads one object of a collection whose list items tell everything about it. Reads that arrive together are answered
    /// from one list; an object that the list does not have is asked for with `direct` before it is believed gone. What
    /// a list told is forgotten after half a minute and with each write.
    ///
    /// # Errors
    /// As [`Client::send`] of `direct`.
    pub async fn member(&self, direct: Request, collection: ListRequest, sid: &str) -> Result<Response, Error> {
        self.inner.member(&direct, &collection, sid).await
    }

    /// All items of a collection, page after page: one request for each page.
    ///
    /// # Errors
    /// As [`Client::send`]. [`ErrorKind::UnexpectedAnswer`] when the items cannot be found, when a link leads to another
    /// host, and when the pages go round in a circle.
    pub async fn list(&self, list: ListRequest) -> Result<Vec<JsonObject>, Error> {
        self.inner.list(&list).await
    }

    /// Whether the credentials reach this account: their own, one with [`Client::add_credentials`], or a subaccount that
    /// they may read. Tells an object that is gone from an account that is out of sight, when [`ErrorKind::NotFound`]
    /// comes from an account other than [`Attempt::signed_in_as`]. Costs one request the first time for a subaccount.
    ///
    /// # Errors
    /// When Twilio gave no clear answer.
    pub async fn can_see(&self, account: &AccountSid) -> Result<bool, Error> {
        self.inner.can_see(account).await
    }

    /// Ends all waits and sends nothing from now on; what is in flight is finished. Requests that were waiting, and
    /// later ones, fail as [`ErrorKind::Stopped`].
    pub fn stop(&self) {
        self.inner.stop.set(true);
    }

    /// Accepts requests again after [`Client::stop`].
    pub fn resume(&self) {
        self.inner.stop.set(false);
    }

    /// Waits, for what Twilio does in its own time. Whether the whole time passed: false when the client was stopped.
    #[must_use = "a client that was stopped sends nothing more"]
    pub async fn pause(&self, duration: Duration) -> bool {
        self.inner.stop.or(self.inner.clock.sleep(duration)).await.is_ok()
    }

    /// Time of day on Twilio's clock, as far as its `Date` headers have told. Accurate to about a second.
    pub fn server_time(&self) -> Timestamp {
        self.inner.server_time()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("account", &self.account().as_str())
            .finish_non_exhaustive()
    }
}

impl Inner {
    /// Every request enters here, once.
    pub(super) async fn send(&self, request: &Request) -> Result<Response, Error> {
        if request.effect == Effect::Read {
            return self.authorize(request).await;
        }
        self.lists.drop_all();
        let result = self.authorize(request).await;
        self.lists.drop_all();
        if let Ok(response) = &result {
            match (
                request.effect,
                request.method,
                response.member("sid").and_then(Value::as_str),
            ) {
                (Effect::Create, _, Some(sid)) => self.own.made(sid, self.clock.elapsed()),
                (_, Method::Delete, _) => self.own.deleted(request),
                _ => {}
            }
        }
        result
    }

    async fn authorize(&self, request: &Request) -> Result<Response, Error> {
        let child = match self.accounts.route(&request.account, request.product) {
            Route::Ready(credentials) => {
                return self
                    .repeat(request, &credentials)
                    .await
                    .map_err(|error| self.explain(request, error));
            }
            Route::Child(child) => child,
        };
        let sign_in = self.sign_in(&child, request).await?;
        match (self.repeat(request, &sign_in.credentials).await, sign_in.fetched) {
            // A token that was promoted away since it was read looks like this. Twilio did nothing, so even a create may
            // be sent again.
            (Err(error), Some(version)) if error.kind == ErrorKind::Unauthenticated => {
                child.forget(version).await;
                let again = self.sign_in(&child, request).await?;
                if again.credentials == sign_in.credentials {
                    return Err(self.explain(request, error));
                }
                self.repeat(request, &again.credentials)
                    .await
                    .map_err(|error| self.explain(request, error))
            }
            (result, _) => result,
        }
    }

    async fn sign_in(&self, child: &Child, request: &Request) -> Result<SignIn, Error> {
        child
            .sign_in(|| self.fetch_token(&request.account))
            .await
            .map_err(|why| {
                let attempt = self.attempt(request, self.accounts.own());
                self.accounts.unavailable(why, request, attempt)
            })
    }

    async fn fetch_token(&self, account: &AccountSid) -> Result<Credentials, Unavailable> {
        tracing::debug!(%account, "reading the credentials of a subaccount");
        let read = self.accounts.token_request(account);
        let answer = self
            .repeat(&read, self.accounts.own())
            .await
            .map_err(Unavailable::Unreadable)?;
        let credentials = token_of(account, &answer)?;
        self.redactor.learn(credentials.secret());
        Ok(credentials)
    }

    async fn can_see(&self, account: &AccountSid) -> Result<bool, Error> {
        let Some(child) = self.accounts.child(account) else {
            return Ok(true);
        };
        match child.sign_in(|| self.fetch_token(account)).await {
            Ok(_) | Err(Unavailable::TokenWithheld) => Ok(true),
            Err(Unavailable::Unreadable(error)) if is_refusal(error.kind) => Ok(false),
            Err(Unavailable::Unreadable(error)) => Err(error),
        }
    }

    /// Adds what only this layer knows to a refusal that concerns another account.
    fn explain(&self, request: &Request, mut error: Error) -> Error {
        let own = self.accounts.own();
        if error.kind != ErrorKind::Unauthenticated || request.account == *own.account() {
            return error;
        }
        if error.attempt.signed_in_as != request.account {
            let account = &request.account;
            error.add_hint(&match own.is_api_key() {
                true => format!(
                    "{} signed in with an API key, which does not always reach subaccount {account}; use the auth token \
                     of the parent account, or credentials of {account}",
                    own.account()
                ),
                false => format!("{account} must be a subaccount of {}", own.account()),
            });
        } else {
            error.add_hint("the subaccount may be suspended or closed");
        }
        error
    }

    /// Tries until it succeeds, must not be repeated, or the budget is spent.
    async fn repeat(&self, request: &Request, credentials: &Credentials) -> Result<Response, Error> {
        let mut attempt = self.attempt(request, credentials);
        let mut last: Option<Error> = None;
        let mut began: Option<Duration> = None;
        loop {
            let permit = self.stop.or(self.permit(request, &attempt)).await;
            // Checked again: the permit and the stop may have come at the same moment.
            let Ok(permit) = permit.and_then(|permit| self.stop.check().map(|()| permit)) else {
                return Err(stopped(attempt, last));
            };
            // Waiting for the first permit is not counted: a long queue is no reason to give up.
            let began = *began.get_or_insert_with(|| {
                attempt.started = self.server_time();
                self.clock.elapsed()
            });
            if let Some(audit) = &self.audit
                && let Err(why) = audit.admits(request).await
            {
                return Err(not_audited(attempt, &why, last));
            }
            attempt.tries += 1;
            let (tried, concurrent) = self.try_once(request, credentials, &attempt).await;
            permit.learn(verdict(&tried), concurrent, self.clock.elapsed());
            attempt.elapsed = self.clock.elapsed().saturating_sub(began);
            let mut failed = match tried {
                Ok(response) => return Ok(response),
                Err(failed) => failed,
            };
            if failed.kind == ErrorKind::NotFound && self.may_appear(request, &attempt) {
                failed.passes = true;
            }
            let random = self.clock.random();
            match decide(
                self.budget,
                request.effect,
                &failed,
                attempt.tries,
                attempt.elapsed,
                random,
            ) {
                Decision::GiveUp(kind) => return Err(failed.into_error(kind, attempt)),
                Decision::Wait(wait) => {
                    log::waiting(&attempt, &failed.reason(), wait);
                    let kind = failed.kind;
                    let failed = failed.into_error(kind, attempt.clone());
                    if self.stop.or(self.clock.sleep(wait)).await.is_err() {
                        return Err(stopped(attempt, Some(failed)));
                    }
                    last = Some(failed);
                }
            }
        }
    }

    /// Leave to send: within the rate that Twilio told, and the limit that it was found to allow.
    async fn permit(&self, request: &Request, attempt: &Attempt) -> Permit {
        while let Some(wait) = self.pace.wait(request, self.clock.elapsed()) {
            log::waiting(
                attempt,
                "Twilio serves no more requests of this kind in this second",
                wait,
            );
            self.clock.sleep(wait).await;
        }
        self.limits
            .acquire(&request.account, &attempt.host, || self.clock.elapsed())
            .await
    }

    /// Whether "not found" may only mean "not yet": the request names what this process has just made. Not so for a delete
    /// that is repeated because its answer was lost.
    fn may_appear(&self, request: &Request, attempt: &Attempt) -> bool {
        let repeated_delete = request.method == Method::Delete && attempt.tries > 1;
        !repeated_delete && self.own.names_something_new(request, self.clock.elapsed())
    }

    /// Every request that leaves passes here, once for each try. Also answers `Twilio-Concurrent-Requests`.
    async fn try_once(
        &self,
        request: &Request,
        credentials: &Credentials,
        attempt: &Attempt,
    ) -> (Result<Response, Box<Failed>>, Option<u32>) {
        self.redactor.learn_from(request);
        log::sending(attempt, request, &self.redactor);
        let audit = self.audit.as_ref();
        let entry = audit.and_then(|audit| audit.begin(attempt, request, &self.redactor, self.clock.now()));
        let before = self.clock.elapsed();
        let tried = self.transport.exchange(request, credentials, self.clock.now()).await;
        if let Ok(answer) = &tried
            && let Some(date) = answer.date
        {
            self.ahead
                .store(date.duration_since(self.clock.now()).as_secs(), Ordering::Relaxed);
        }
        let took = self.clock.elapsed().saturating_sub(before);
        let (concurrent, remaining) = match &tried {
            Ok(answer) => (answer.concurrent, answer.remaining),
            Err(_) => (None, None),
        };
        self.pace.learn(request, remaining, self.clock.elapsed());
        let outcome = judge(tried, request, &self.redactor);
        log::answered(attempt, request, &outcome, took, concurrent, &self.redactor);
        if let Some(entry) = entry {
            entry.end(&outcome, took).await;
        }
        (outcome, concurrent)
    }

    pub(super) async fn list(&self, list: &ListRequest) -> Result<Vec<JsonObject>, Error> {
        let mut request = list.first_page();
        let mut seen = HashSet::new();
        let mut items = Vec::new();
        loop {
            seen.insert(request.path_and_query());
            let (response, page, next) = self.page(&request, list.key.as_deref()).await?;
            items.extend(page);
            if let Some(limit) = list.limit
                && items.len() >= limit
            {
                items.truncate(limit);
                return Ok(items);
            }
            let Some(next) = next else { return Ok(items) };
            let unusable = |why: PageError| self.unusable_page(&request, &response, why);
            if seen.contains(&next.path_and_query()) {
                return Err(unusable(PageError::Loop));
            }
            if seen.len() >= paging::MOST_PAGES {
                return Err(unusable(PageError::TooLong));
            }
            request = next;
        }
    }

    /// One page: the answer without its body, the items, and the request for the next page.
    pub(super) async fn page(
        &self,
        request: &Request,
        key: Option<&str>,
    ) -> Result<(Response, Vec<JsonObject>, Option<Request>), Error> {
        let mut response = self.send(request).await?;
        let body = response.body.take();
        let unusable = |why: PageError| self.unusable_page(request, &response, why);
        let page = paging::page(key, body).map_err(unusable)?;
        let next = page
            .next
            .map(|link| paging::follow(self.transport.hosts(), request, &link))
            .transpose()
            .map_err(unusable)?;
        Ok((response, page.items, next))
    }

    fn unusable_page(&self, request: &Request, response: &Response, why: PageError) -> Error {
        let mut attempt = self.attempt(request, self.accounts.own());
        attempt.tries = 1;
        let mut error = Error::new(ErrorKind::UnexpectedAnswer, attempt).with_message(why.to_string());
        error.status = Some(response.status);
        error.request_id = response.request_id.as_deref().map(Box::from);
        error.with_source(Arc::new(why))
    }

    fn attempt(&self, request: &Request, credentials: &Credentials) -> Attempt {
        let host = self.transport.hosts().host(request.product);
        Attempt::new(request, &host, credentials.account(), self.server_time())
    }

    /// The error for a request that was not sent because of a stop.
    pub(super) fn stopped_before(&self, request: &Request) -> Error {
        stopped(self.attempt(request, self.accounts.own()), None)
    }

    pub(super) fn server_time(&self) -> Timestamp {
        let now = self.clock.now();
        now.checked_add(SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed)))
            .unwrap_or(now)
    }
}

fn verdict(tried: &Result<Response, Box<Failed>>) -> Verdict {
    match tried {
        Err(failed) if failed.kind == ErrorKind::RateLimited => Verdict::Refused,
        Err(failed) if failed.status.is_none() => Verdict::Nothing,
        _ => Verdict::Served,
    }
}

fn not_audited(attempt: Attempt, why: &AuditError, last: Option<Error>) -> Error {
    let error = Error::new(ErrorKind::NotAudited, attempt).with_message(why.reason());
    match last {
        Some(last) => error.with_source(Arc::new(last)),
        None => error,
    }
}

fn stopped(attempt: Attempt, last: Option<Error>) -> Error {
    let error = Error::new(ErrorKind::Stopped, attempt);
    match last {
        Some(last) => error
            .with_message("stopped before it was repeated")
            .with_source(Arc::new(last)),
        None => error.with_message("stopped before it was sent"),
    }
}

/// Whether the answer to a request holds whole accounts, tokens included.
pub(super) fn answers_accounts(request: &Request) -> bool {
    let Some(rest) = request.path.strip_prefix("/2010-04-01/Accounts") else {
        return false;
    };
    request.product == Product::Api && !rest.trim_start_matches('/').contains('/')
}
