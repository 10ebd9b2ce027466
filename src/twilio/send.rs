//! From a request to its response: whose credentials, when, how often.
//!
//! ```text
//! send ── whose credentials (accounts) ── repeat ── permit (limits, pace) ── one try (transport) ── judge (outcome)
//!                                           └────── decide (retry) ── wait (clock, stop) ──┘
//! ```

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::accounts::{AccountStatus, Child, Route, SignIn, Unavailable, token_of};
use super::age::Moment;
use super::audit::{AuditError, Patience};
use super::client::Inner;
use super::created_objects::place_of;
use super::credentials::{Credentials, Means};
use super::error::{Attempt, Error, ErrorKind};
use super::limits::{Permit, Verdict};
use super::log;
use super::outcome::{Execution, Failed, judge};
use super::request::{Effect, Method, Request};
use super::response::Response;
use super::retry::{Budget, Decision, decide};
use super::sid::{AccountSid, Sid};
use super::stop::Epoch;
use super::transport::Signature;

impl Inner {
    /// Every request enters here, once. What follows is on the heap: operations stand many calls deep, and what each of them
    /// holds while it waits would be as large as what a try holds.
    pub(super) async fn send(&self, request: &Request) -> Result<Response, Error> {
        if request.effect == Effect::Read {
            let read = Box::pin(self.authorize(request)).await;
            if read.as_ref().is_err_and(|error| error.kind == ErrorKind::NotFound) {
                self.created_objects.is_gone(request);
            }
            return read;
        }
        if self.read_only {
            let attempt = self.attempt(request, self.accounts.own());
            return Err(Error::new(ErrorKind::ReadOnly, attempt).with_message("the policy is read_only"));
        }
        self.lists.drop_all();
        let result = Box::pin(self.authorize(request)).await;
        self.lists.drop_all();
        if let Ok(response) = &result {
            let sid = response.member("sid").and_then(Value::as_str);
            match (request.effect, request.method, sid.map(Sid::from_str)) {
                (Effect::Create, _, Some(Ok(sid))) => self.created_objects.made(sid.as_str(), self.clock.elapsed()),
                (Effect::Upsert, ..) => self.created_objects.made(&place_of(request), self.clock.elapsed()),
                (_, Method::Delete, _) => self.created_objects.deleted(request),
                _ => {}
            }
        }
        result
    }

    async fn authorize(&self, request: &Request) -> Result<Response, Error> {
        let child = match self.accounts.route(&request.account, request.product) {
            Route::Ready(credentials) if credentials == *self.accounts.own() => {
                return self
                    .repeat_as_own(request)
                    .await
                    .map_err(|error| self.explain(request, error));
            }
            Route::Ready(credentials) => {
                return self
                    .repeat(request, &credentials)
                    .await
                    .map_err(|error| self.explain(request, error));
            }
            Route::Child(child) => child,
        };
        let sign_in = self.sign_in(&child, request).await?;
        match self.repeat(request, &sign_in.credentials).await {
            // A token that was promoted away since it was read looks like this. Twilio did nothing, so even a create may
            // be sent again.
            Err(error) if error.kind == ErrorKind::Unauthenticated => {
                child.forget(sign_in.fetched).await;
                let again = self.sign_in(&child, request).await?;
                if again.credentials == sign_in.credentials {
                    return Err(self.explain(request, error));
                }
                self.repeat(request, &again.credentials)
                    .await
                    .map_err(|error| self.explain(request, error))
            }
            result => result,
        }
    }

    pub(super) async fn sign_in(&self, child: &Child, request: &Request) -> Result<SignIn, Error> {
        let began = self.began(request);
        // Somebody who began later may be fetching it.
        let signed_in = self
            .stop
            .or(began, child.sign_in(|| self.fetch_token(&request.account, began)));
        let signed_in = signed_in.await.map_err(|_| self.stopped_before(request))?;
        signed_in.map_err(|why| {
            let attempt = self.attempt(request, self.accounts.own());
            self.accounts.unavailable(why, request, attempt)
        })
    }

    async fn fetch_token(&self, account: &AccountSid, began: Epoch) -> Result<Credentials, Unavailable> {
        tracing::debug!(%account, "reading the credentials of a subaccount");
        let mut read = self.accounts.token_request(account);
        read.began = Some(began);
        let answer = self.repeat_as_own(&read).await.map_err(Unavailable::Unreadable)?;
        let credentials = token_of(account, &answer)?;
        self.redactor.learn_credentials(&credentials);
        Ok(credentials)
    }

    pub(super) async fn standing(
        &self,
        account: &AccountSid,
        caller: Option<&'static str>,
        began: Epoch,
    ) -> Result<AccountStatus, Error> {
        if self.accounts.is_closed(account) {
            return Ok(AccountStatus::Closed);
        }
        let mut read = self.accounts.token_request(account);
        (read.caller, read.began) = (caller, Some(began));
        let answer = self.repeat_as_own(&read).await?;
        match AccountStatus::of(&answer) {
            Some(standing) => {
                if standing == AccountStatus::Closed {
                    self.accounts.closed(account);
                }
                Ok(standing)
            }
            None => {
                let attempt = self.attempt(&read, self.accounts.own());
                let why = "the response does not say whether the account is active, suspended or closed";
                let mut error = Error::new(ErrorKind::UnexpectedAnswer, attempt).with_message(why);
                (error.status, error.attempt.tries) = (Some(answer.status), 1);
                error.request_id = answer.request_id.map(String::into_boxed_str);
                Err(error)
            }
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
            let (own, means) = (own.account(), own.means());
            error.add_hint(&match means {
                Means::ApiKey => format!(
                    "{own} signed in with an API key, which does not always reach subaccount {account}; use the auth token \
                     of the parent account, or credentials of {account}"
                ),
                Means::OauthApp => format!(
                    "{own} signed in with an OAuth app, which does not reach subaccount {account}; use the auth token of the \
                     parent account, or credentials of {account}"
                ),
                Means::AuthToken => format!("{account} must be a subaccount of {own}"),
            });
        } else {
            error.add_hint("the subaccount may be suspended or closed");
        }
        error
    }

    /// Tries until it succeeds, must not be repeated, or the budget is spent.
    pub(super) async fn repeat(&self, request: &Request, credentials: &Credentials) -> Result<Response, Error> {
        let mut attempt = self.attempt(request, credentials);
        let epoch = self.began(request);
        let mut last: Option<Error> = None;
        let mut began: Option<Duration> = None;
        let (mut is_token_refused, mut may_be_done) = (false, false);
        loop {
            let bearer = Box::pin(self.bearer(request, credentials, epoch)).await?;
            let signature = match &bearer {
                _ if request.is_unsigned => Signature::None,
                Some(held) => Signature::Bearer(&held.token),
                None => Signature::Basic(credentials),
            };
            let permit = self.stop.or(epoch, self.permit(request, &attempt)).await;
            // Checked again: the permit and the stop may have come at the same moment.
            let Ok(permit) = permit.and_then(|permit| self.stop.check(epoch).map(|()| permit)) else {
                return Err(stopped(attempt, last.or_else(|| self.trouble.last())));
            };
            // Waiting for the first permit is not counted: a long queue is no reason to give up.
            let began = *began.get_or_insert_with(|| {
                attempt.started = self.server_time();
                self.clock.elapsed()
            });
            if let Some(audit) = &self.audit {
                match self.stop.or(epoch, audit.admits(request, &self.patience(epoch))).await {
                    Ok(Ok(())) => {}
                    Ok(Err(why)) => return Err(not_audited(attempt, &why, last)),
                    Err(_) => return Err(stopped(attempt, last)),
                }
            }
            attempt.tries += 1;
            let trying = Box::pin(self.try_once(request, signature, &attempt));
            let ended = match request.effect {
                // Nothing is lost when nobody waits for the response.
                Effect::Read => self.stop.or(epoch, trying).await,
                Effect::Create | Effect::Upsert | Effect::Idempotent | Effect::Once => Ok(trying.await),
            };
            let Ok((tried, concurrent)) = ended else {
                attempt.elapsed = self.clock.elapsed().saturating_sub(began);
                return Err(cut(attempt, last.or_else(|| self.trouble.last())));
            };
            permit.learn(verdict(&tried), concurrent, self.clock.elapsed());
            attempt.elapsed = self.clock.elapsed().saturating_sub(began);
            let mut failed = match tried {
                Ok(response) => return Ok(response),
                Err(failed) => failed,
            };
            if failed.kind == ErrorKind::NotFound && self.may_appear(request, may_be_done) {
                failed.passes = true;
            }
            may_be_done |= failed.execution == Execution::Unknown;
            // It may have expired, or been ended, before its time. Twilio did nothing, so even a create may be sent again.
            if let (ErrorKind::Unauthenticated, Some(held), false) = (failed.kind, &bearer, is_token_refused) {
                is_token_refused = true;
                self.tokens.forget(held.fetched).await;
                continue;
            }
            let random = self.clock.random();
            let budget = Budget {
                max_elapsed: request.at_most.unwrap_or(Duration::MAX).min(self.budget.max_elapsed),
                ..self.budget
            };
            match decide(budget, request.effect, &failed, attempt.tries, attempt.elapsed, random) {
                Decision::GiveUp(kind) => return Err(failed.into_error(kind, attempt)),
                Decision::Wait(wait) => {
                    log::waiting(&attempt, &failed.reason(), wait, &self.redactor);
                    let kind = failed.kind;
                    let failed = failed.into_error(kind, attempt.clone());
                    self.trouble.met(&failed);
                    if self.stop.or(epoch, self.clock.sleep(wait)).await.is_err() {
                        return Err(stopped(attempt, Some(failed)));
                    }
                    last = Some(failed);
                }
            }
        }
    }

    /// Leave to send: within the rate that Twilio returned, and the limit that it was found to allow.
    async fn permit(&self, request: &Request, attempt: &Attempt) -> Permit {
        if request.at_once {
            return self
                .limits
                .at_once(&request.account, &attempt.host, self.clock.elapsed());
        }
        while let Some(wait) = self.pace.wait(request, self.clock.elapsed()) {
            log::waiting(
                attempt,
                "Twilio serves no more requests of this kind in this second",
                wait,
                &self.redactor,
            );
            self.clock.sleep(wait).await;
        }
        self.limits
            .acquire(&request.account, &attempt.host, || self.clock.elapsed())
            .await
    }

    /// Whether "not found" may only mean "not yet": the request names what this process has just made. Not so for a delete
    /// that may have been carried out by a try before, whose response was lost.
    fn may_appear(&self, request: &Request, may_be_done: bool) -> bool {
        let is_deleted = request.method == Method::Delete && may_be_done;
        !is_deleted && self.created_objects.names_something_new(request, self.clock.elapsed())
    }

    /// Every request that leaves passes here, once for each try. Also answers `Twilio-Concurrent-Requests`.
    async fn try_once(
        &self,
        request: &Request,
        signature: Signature<'_>,
        attempt: &Attempt,
    ) -> (Result<Response, Box<Failed>>, Option<u32>) {
        self.redactor.learn_from(request);
        log::sending(attempt, request, &self.redactor);
        let audit = self.audit.as_ref();
        let entry = audit.and_then(|audit| audit.begin(attempt, request, &self.redactor, self.clock.now()));
        let (before, sent) = (self.clock.elapsed(), self.clock.now());
        let tried = self.transport.exchange(request, signature, self.clock.now()).await;
        if let Ok(answer) = &tried {
            self.acceptance.was_answered();
            self.trouble.is_over();
            self.dates.learn(answer.date, sent, self.clock.now());
        }
        let took = self.clock.elapsed().saturating_sub(before);
        let (concurrent, remaining) = match &tried {
            Ok(answer) => (answer.concurrent, answer.remaining),
            Err(_) => (None, None),
        };
        self.pace.learn(request, remaining, self.clock.elapsed());
        let outcome = judge(tried, request, &self.redactor);
        if let Ok(response) = &outcome
            && request.effect != Effect::Read
        {
            self.redactor.learn_from_answer(request, &response.body);
        }
        log::answered(attempt, request, &outcome, took, concurrent, &self.redactor);
        if let Some(entry) = entry {
            entry
                .end(&outcome, took, &self.redactor, &self.patience(self.began(request)))
                .await;
        }
        (outcome, concurrent)
    }

    pub(super) fn attempt(&self, request: &Request, credentials: &Credentials) -> Attempt {
        let host = self.transport.hosts().host(request.product);
        Attempt {
            means: credentials.means(),
            ..Attempt::new(request, &host, credentials.account(), self.server_time())
        }
    }

    /// Which stops end a request: those since the operation began that it is a part of, or since now.
    pub(super) fn began(&self, request: &Request) -> Epoch {
        request.began.unwrap_or_else(|| self.stop.epoch())
    }

    pub(super) fn patience(&self, began: Epoch) -> Patience<'_> {
        Patience {
            clock: self.clock.as_ref(),
            stop: &self.stop,
            began,
        }
    }

    /// The error for a request that was not sent because of a stop.
    pub(super) fn stopped_before(&self, request: &Request) -> Error {
        stopped(self.attempt(request, self.accounts.own()), self.trouble.last())
    }

    pub(super) fn server_time(&self) -> Timestamp {
        let now = self.clock.now();
        let offset = self.dates.last_known().map_or(0, |offset| offset.least.as_secs());
        now.checked_add(SignedDuration::from_secs(offset)).unwrap_or(now)
    }

    /// This moment.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            wall: self.clock.now(),
            elapsed: self.clock.elapsed(),
        }
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
    let is_repeated = error.attempt.tries > 0;
    let error = error.with_message(match is_repeated {
        true => "the run was interrupted before it was repeated",
        false => "the run was interrupted",
    });
    match last {
        Some(last) => error.with_source(Arc::new(last)),
        None => error,
    }
}

/// The error for a read that was under way when it was stopped.
fn cut(attempt: Attempt, last: Option<Error>) -> Error {
    let error =
        Error::new(ErrorKind::Stopped, attempt).with_message("it was sent, and given up before the response came");
    match last {
        Some(last) => error.with_source(Arc::new(last)),
        None => error,
    }
}
