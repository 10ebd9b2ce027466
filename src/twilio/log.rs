//! The lines that the client logs: one at DEBUG for each request and answer, bodies at TRACE, waits at INFO.
//!
//! Nothing is logged that has not passed the [`Redactor`]; accounts are not logged at all, since each holds a token.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;
use tracing::Level;

use super::accounts::answers_accounts;
use super::error::Attempt;
use super::expected::Expects;
use super::outcome::Failed;
use super::redact::Redactor;
use super::request::Request;
use super::response::Response;
use super::sensitive::Names;

pub(super) fn sending(attempt: &Attempt, request: &Request, redactor: &Redactor) {
    let Attempt {
        method,
        host,
        path,
        account,
        tries,
        ..
    } = attempt;
    if !tracing::enabled!(Level::DEBUG) {
        return;
    }
    let path = redactor.recorded(redactor.text(path));
    tracing::debug!(%method, host, path, %account, try = tries, "request");
    if tracing::enabled!(Level::TRACE) {
        let parameters = redactor.recorded(redactor.request(request));
        tracing::trace!(%method, host, path, parameters, "request parameters");
    }
}

pub(super) fn answered(
    attempt: &Attempt,
    request: &Request,
    outcome: &Result<Response, Box<Failed>>,
    took: Duration,
    concurrent: Option<u32>,
    redactor: &Redactor,
) {
    if !tracing::enabled!(Level::DEBUG) {
        return;
    }
    let Attempt { method, host, path, .. } = attempt;
    let path = redactor.recorded(redactor.text(path));
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match outcome {
        Ok(Response {
            status,
            body,
            request_id,
            ..
        }) => {
            tracing::debug!(%method, host, path, status, ms, request_id, concurrent, "answer");
            if tracing::enabled!(Level::TRACE) {
                let body = if answers_accounts(request) {
                    "(account, not shown)".into()
                } else {
                    redactor.recorded(redactor.json(Names::of(request), &shown(request, body)))
                };
                tracing::trace!(%method, host, path, body, "response body");
            }
        }
        Err(failed) => {
            let Failed { status, request_id, .. } = failed.as_ref();
            let reason = redactor.recorded(failed.reason());
            tracing::debug!(%method, host, path, status, ms, request_id, reason, "no success");
        }
    }
}

/// The body of a response as JSON: a page of a list is kept as text.
fn shown<'a>(request: &Request, body: &'a Value) -> Cow<'a, Value> {
    match (&request.expects, body) {
        (Expects::Page, Value::String(text)) => Cow::Owned(serde_json::from_str(text).unwrap_or_default()),
        _ => Cow::Borrowed(body),
    }
}

pub(super) fn waiting(attempt: &Attempt, reason: &str, wait: Duration, redactor: &Redactor) {
    let Attempt {
        method,
        host,
        path,
        account,
        tries,
        ..
    } = attempt;
    let seconds = wait.as_secs_f64();
    let path = redactor.recorded(redactor.text(path));
    let reason = redactor.recorded(reason.to_owned());
    tracing::info!(%method, host, path, %account, try = tries, seconds, reason, "waiting before the next try");
}
