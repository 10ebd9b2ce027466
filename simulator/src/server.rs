//! HTTP on a loopback socket: routing by Host, control endpoints apart, faults where they belong.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State as Shared};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::behaviour::Answer;
use crate::connection::Breaker;
use crate::control;
use crate::error::ApiError;
use crate::faults::{Fault, StatusFault};
use crate::generic::serve::View;
use crate::mixed;
use crate::request::Request;
use crate::simulation::Simulation;

/// Larger bodies than any operation takes are refused.
const MOST_BODY_BYTES: usize = crate::multipart::MOST_BYTES;

/// The service: every path of every host.
pub(crate) fn router(simulation: Arc<Simulation>) -> axum::Router {
    axum::Router::new().fallback(answer).with_state(simulation)
}

async fn answer(
    Shared(simulation): Shared<Arc<Simulation>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: http::Request<Body>,
) -> Response {
    if simulation.stopped.load(Ordering::Acquire) {
        breaker.reset();
        return Response::default();
    }
    let (parts, body) = request.into_parts();
    if parts.uri.path().starts_with(control::PREFIX.trim_end_matches('/')) {
        let body = to_bytes(body, MOST_BODY_BYTES).await.unwrap_or_default();
        return rendered(control::answer(&simulation, &parts, &body));
    }
    let started = Instant::now();
    let mut request = Request::new(&parts, Vec::new());
    let flight = Flight::begin(&simulation);
    let (entry, body_first) = {
        let mut inner = simulation.lock();
        (inner.record(&request), inner.faults.ask_for_the_body(&request))
    };
    let mut body = Some(body);
    if body_first && let Some(body) = body.take() {
        match whole(body).await {
            Ok(body) => request.body = body,
            Err(too_large) => return too_large,
        }
    }
    let fault = {
        let mut inner = simulation.lock();
        let fault = inner.faults.next(&request, flight.at_once);
        if let Some(fault) = &fault {
            inner.note(entry, "fault", fault.name().into());
        }
        fault
    };
    let refused = fault == Some(Fault::Refuse);
    if !refused && let Some(body) = body {
        match whole(body).await {
            Ok(body) => request.body = body,
            Err(too_large) => return too_large,
        }
    }
    request.read_parts().await;
    simulation.lock().note_body(entry, &request);
    if refused {
        breaker.reset();
        return Response::default();
    }
    let outcome = run(&simulation, &breaker, &request, entry, fault).await;
    // A connection that is to be broken has no status; whatever is returned is not sent.
    let Some(mut response) = outcome else {
        return Response::default();
    };
    let mut inner = simulation.lock();
    inner.answered(entry, response.status().as_u16());
    let request_id = inner.request_id();
    let now = inner.state.clock.now();
    drop(inner);
    let headers = response.headers_mut();
    // The clock that writes `date_created` writes this too; whoever sends the response would take the machine's.
    if !headers.contains_key("date") {
        insert(headers, "date", mixed::date(now, Some(0)));
    }
    insert(headers, "twilio-request-id", request_id);
    insert(headers, "twilio-concurrent-requests", flight.at_once.to_string());
    insert(
        headers,
        "twilio-request-duration",
        format!("{:.3}", started.elapsed().as_secs_f64()),
    );
    response
}

/// The whole body, or the refusal of one that does not end.
async fn whole(body: Body) -> Result<Vec<u8>, Response> {
    match to_bytes(body, MOST_BODY_BYTES).await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_) => {
            let error = ApiError::new(413, 20413, "The body is too large or broke off");
            Err(rendered(Answer::json(error.status, error.body())))
        }
    }
}

/// Executes the request as the fault has it; `None` if the connection is to be broken instead of answered.
async fn run(
    simulation: &Simulation,
    breaker: &Breaker,
    request: &Request,
    entry: u64,
    fault: Option<Fault>,
) -> Option<Response> {
    if let Some(Fault::Limit { retry_after, .. }) = &fault {
        let error = ApiError::new(429, 20429, "Too Many Requests");
        let mut answer = Answer::json(error.status, error.body());
        answer
            .headers
            .extend(retry_after.map(|seconds| ("retry-after", seconds.to_string())));
        return Some(rendered(answer));
    }
    let delay = match &fault {
        Some(Fault::Delay(delay)) => simulation.latency + *delay,
        _ => simulation.latency,
    };
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let execute = |view| simulation.execute(request, entry, view);
    match fault {
        Some(Fault::ResetBefore) => {
            breaker.reset();
            None
        }
        Some(Fault::ResetAfter) => {
            execute(View::default());
            breaker.reset();
            None
        }
        Some(Fault::DelayAfter(delay)) => {
            let answer = rendered(execute(View::default()));
            tokio::time::sleep(delay).await;
            Some(answer)
        }
        Some(Fault::TimeoutAfter) => {
            execute(View::default());
            // Dropped when the client gives up and closes its connection, or when the simulator ends.
            std::future::pending().await
        }
        Some(Fault::Status(fault)) => {
            if fault.executed {
                execute(View::default());
            }
            Some(replaced(&fault))
        }
        Some(Fault::Html502After) => {
            execute(View::default());
            Some(plain(
                StatusCode::BAD_GATEWAY,
                "text/html",
                "<html><body><h1>502 Bad Gateway</h1></body></html>",
            ))
        }
        Some(Fault::Garbage) => {
            execute(View::default());
            Some(plain(
                StatusCode::OK,
                "application/json",
                "{\"sid\": \u{fffd}<<not json",
            ))
        }
        Some(Fault::TruncateAfter) => {
            let answer = execute(View::default());
            // The head says how long the body is; half of the body goes out, then the connection ends.
            let body = answer.body.as_ref().map(Value::to_string).unwrap_or_default();
            let response = rendered(answer);
            let head = 400 + body.len() as u64 / 2;
            breaker.reset_after_bytes(head.min(body.len() as u64));
            Some(response)
        }
        Some(Fault::Swap) => {
            let answer = execute(View::default());
            let list = |path| execute_list(simulation, request, entry, path);
            Some(rendered(mixed::swapped(answer, &request.path, list)))
        }
        Some(Fault::Altered(set)) => Some(rendered(mixed::altered(execute(View::default()), set))),
        Some(Fault::Date(ahead)) => {
            let mut response = rendered(execute(View::default()));
            let now = simulation.lock().state.clock.now();
            insert(response.headers_mut(), "date", mixed::date(now, ahead));
            Some(response)
        }
        Some(fault) => Some(rendered(execute(fault.view()))),
        None => Some(rendered(execute(View::default()))),
    }
}

/// What the caller would be answered to a list at this path.
fn execute_list(simulation: &Simulation, request: &Request, entry: u64, path: String) -> Answer {
    let list = Request {
        method: "GET".to_owned(),
        path,
        query: Vec::new(),
        content_type: String::new(),
        parts: Ok(Vec::new()),
        body: Vec::new(),
        ..request.clone()
    };
    simulation.execute(&list, entry, View::default())
}

fn replaced(fault: &StatusFault) -> Response {
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match &fault.body {
        Some(Value::String(text)) => plain(status, "text/plain", text),
        Some(body) => plain(status, "application/json", &body.to_string()),
        None => {
            let code = fault.code.unwrap_or(20000 + u32::from(fault.status));
            let reason = status.canonical_reason().unwrap_or("Injected fault");
            plain(
                status,
                "application/json",
                &ApiError::new(fault.status, code, reason).body().to_string(),
            )
        }
    };
    for (name, value) in &fault.headers {
        insert(response.headers_mut(), name, value.clone());
    }
    response
}

fn plain(status: StatusCode, content_type: &'static str, body: &str) -> Response {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn rendered(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match answer.body {
        None if answer.file.is_some() => {
            let (content_type, bytes) = answer.file.unwrap_or_default();
            let mut response = Response::new(Body::from(bytes));
            *response.status_mut() = status;
            insert(response.headers_mut(), "content-type", content_type);
            response
        }
        Some(body) => plain(status, "application/json; charset=utf-8", &body.to_string()),
        None => {
            let mut response = Response::default();
            *response.status_mut() = status;
            response
        }
    };
    for (name, value) in answer.headers {
        insert(response.headers_mut(), name, value);
    }
    response
}

fn insert(headers: &mut http::HeaderMap, name: &str, value: String) {
    if let (Ok(name), Ok(value)) = (header::HeaderName::try_from(name), HeaderValue::try_from(value)) {
        headers.insert(name, value);
    }
}

/// Counts a request as in flight as long as it lives.
struct Flight<'a> {
    simulation: &'a Simulation,
    /// Requests in flight when this one came, itself included.
    at_once: usize,
}

impl<'a> Flight<'a> {
    fn begin(simulation: &'a Simulation) -> Self {
        let mut inner = simulation.lock();
        inner.in_flight += 1;
        Self {
            simulation,
            at_once: inner.in_flight,
        }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut inner = self.simulation.lock();
        inner.in_flight = inner.in_flight.saturating_sub(1);
    }
}
