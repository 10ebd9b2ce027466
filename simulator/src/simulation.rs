//! One simulator's insides behind one lock: state, request log, faults.

use std::collections::HashMap;
use std::mem;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::auth;
use crate::behaviour::{Answer, Ctx};
use crate::behaviours;
use crate::contract::{Contract, Route, RouteError, canonical_host};
use crate::error::ApiError;
use crate::facts::{companions, old_paths, wrong_values};
use crate::faults::Faults;
use crate::generic::serve::{self, View};
use crate::ids::Ids;
use crate::processes;
use crate::regions;
use crate::request::{Request, as_object};
use crate::state::State;
use crate::store::{Fields, Names};
use crate::test_credentials;
use crate::validate::{self, Rules};

/// Everything behind the lock.
pub(crate) struct Inner {
    /// The state of the region that is looked at: the home one, but while [`Inner::in_region`] works.
    pub(crate) state: State,
    elsewhere: HashMap<&'static str, State>,
    pub(crate) log: Vec<Entry>,
    log_names: Names,
    pub(crate) faults: Faults,
    pub(crate) in_flight: usize,
    request_ids: Ids,
    next_entry: u64,
}

/// One simulator.
pub(crate) struct Simulation {
    inner: Mutex<Inner>,
    pub(crate) seed: u64,
    pub(crate) rules: Rules,
    pub(crate) latency: Duration,
    /// Set when the handle is gone; connections that are still open end with their next request.
    pub(crate) stopped: AtomicBool,
}

/// One line of the request log.
pub(crate) struct Entry {
    id: u64,
    line: Fields,
}

impl Simulation {
    pub(crate) fn new(seed: u64, rules: Rules, latency: Duration) -> Self {
        Self {
            inner: Mutex::new(Inner::new(seed)),
            seed,
            rules,
            latency,
            stopped: AtomicBool::new(false),
        }
    }

    /// The state. A panic elsewhere does not make a test tool unusable.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Executes a request and notes in the log who asked and what was answered.
    pub(crate) fn execute(&self, request: &Request, entry: u64, view: View) -> Answer {
        let mut inner = self.lock();
        let mut noted = Noted::default();
        let outcome = match regions::of_host(&request.host) {
            Some(region) => inner.in_region(region, |inner| {
                if test_credentials::sign(&inner.state, request) {
                    let mut own = test_credentials::state(&inner.state, request);
                    return try_answer(&mut own, request, view, self.rules, true, &mut noted);
                }
                let outcome = try_answer(&mut inner.state, request, view, self.rules, false, &mut noted);
                inner.state.store.pack();
                outcome
            }),
            None => Err(no_route(request, &request.host, "there is no such region")),
        };
        let answer = outcome.unwrap_or_else(|error| Answer::json(error.status, error.body()));
        inner.note(entry, "authorized_as", noted.authorized_as.into());
        if !noted.ignored.is_empty() {
            inner.note(entry, "ignored", noted.ignored.into());
        }
        answer
    }
}

impl Inner {
    fn new(seed: u64) -> Self {
        let mut state = State::new(seed);
        for registration in behaviours::all() {
            registration.behaviour.seed(&mut state);
        }
        Self {
            state,
            elsewhere: HashMap::new(),
            log: Vec::new(),
            log_names: Names::default(),
            faults: Faults::default(),
            in_flight: 0,
            // Not the generator of the objects: reads must not change which SIDs are drawn.
            request_ids: Ids::new(seed ^ 0x5251),
            next_entry: 0,
        }
    }

    /// Back to the beginning; what is in flight stays counted.
    pub(crate) fn reset(&mut self, seed: u64) {
        *self = Self {
            in_flight: self.in_flight,
            next_entry: self.next_entry,
            ..Self::new(seed)
        };
    }

    /// Works on the state of a region.
    pub(crate) fn in_region<T>(&mut self, region: &'static str, work: impl FnOnce(&mut Self) -> T) -> T {
        if region == regions::HOME {
            return work(self);
        }
        let known = self.elsewhere.remove(region);
        let mut other = known.unwrap_or_else(|| regions::fresh(&self.state, region));
        regions::watch(&mut self.state, &mut other, region);
        regions::share(&mut self.state, &mut other, region);
        mem::swap(&mut self.state, &mut other);
        let result = work(self);
        mem::swap(&mut self.state, &mut other);
        regions::share(&mut other, &mut self.state, regions::HOME);
        for state in [&mut self.state, &mut other] {
            state.store.pack();
        }
        self.elsewhere.insert(region, other);
        result
    }

    pub(crate) fn request_id(&mut self) -> String {
        self.request_ids.sid("RQ")
    }

    /// Starts a line of the request log; [`Inner::note`] completes it.
    pub(crate) fn record(&mut self, request: &Request) -> u64 {
        let mut line = Map::new();
        line.insert("method".into(), request.method.as_str().into());
        line.insert("host".into(), request.host.as_str().into());
        line.insert("path".into(), request.path_as_sent.as_str().into());
        line.insert("query".into(), Value::Object(as_object(&request.query)));
        self.next_entry += 1;
        line.insert("authorized_as".into(), Value::Null);
        line.insert("status".into(), Value::Null);
        self.log.push(Entry {
            id: self.next_entry,
            line: line.into(),
        });
        self.next_entry
    }

    /// Adds the body of a request to its line.
    pub(crate) fn note_body(&mut self, entry: u64, request: &Request) {
        if request.body.is_empty() {
            return;
        }
        if request.is_form() {
            self.note(entry, "form", Value::Object(as_object(&request.form())));
        } else if let (true, Ok(parts)) = (request.is_multipart(), &request.parts) {
            let parts = parts.iter().map(|part| {
                let mut line = Map::from_iter([("name".to_owned(), Value::from(part.name.as_str()))]);
                line.extend(part.described());
                Value::Object(line)
            });
            self.note(entry, "multipart", parts.collect());
        } else if let Ok(json) = serde_json::from_slice(&request.body) {
            self.note(entry, "json", json);
        } else {
            self.note(entry, "body", String::from_utf8_lossy(&request.body).into());
        }
    }

    /// Sets a member of a line, if the log was not emptied meanwhile.
    pub(crate) fn note(&mut self, entry: u64, member: &str, value: Value) {
        if let Ok(index) = self.log.binary_search_by_key(&entry, |known| known.id) {
            self.log[index].line.insert(member.to_owned(), value);
        }
    }

    /// Completes a line.
    pub(crate) fn answered(&mut self, entry: u64, status: u16) {
        self.note(entry, "status", status.into());
        if let Ok(index) = self.log.binary_search_by_key(&entry, |known| known.id) {
            self.log[index].line.pack(&mut self.log_names);
        }
    }

    pub(crate) fn log_as_json(&self) -> Value {
        let lines = self.log.iter().map(|entry| entry.line.peek(Map::clone));
        lines.map(Value::Object).collect()
    }
}

/// What the log says of a request beside its answer.
#[derive(Default)]
struct Noted {
    authorized_as: Option<String>,
    /// Names of parameters that Twilio does not know.
    ignored: Vec<String>,
}

fn try_answer(
    state: &mut State,
    request: &Request,
    view: View,
    rules: Rules,
    with_test_credentials: bool,
    noted: &mut Noted,
) -> Result<Answer, ApiError> {
    let now = state.clock.now();
    processes::settle(state, now);
    let contract = Contract::published();
    let path = old_paths::today(&canonical_host(&request.host), &request.path);
    let route = contract.route(&request.host, &request.method, path);
    if let Err(RouteError::UnknownHost) = route {
        return Err(no_product(request));
    }
    let caller = match &route {
        Ok(route) if auth::issues_tokens(route) => auth::app(&state.accounts, &request.form())?,
        _ => auth::caller(&state.accounts, request.authorization.as_deref(), now)?,
    };
    noted.authorized_as = Some(caller.user.clone());
    let route = match route {
        Ok(route) => route,
        Err(RouteError::WrongMethod) => {
            return Err(ApiError::method_not_allowed(&request.method, &request.path));
        }
        Err(_) => return Err(no_path(contract, request, path)),
    };
    let account = auth::account(&state.accounts, &caller, &route)?;
    if with_test_credentials {
        test_credentials::may(&route)?;
    }
    let mut checked =
        validate::request(&route, request, rules).map_err(|error| in_its_words(&route, request, error))?;
    if with_test_credentials {
        test_credentials::use_magic(&route, &mut checked.body)?;
    }
    companions::accounts::settle(state, &account, &route.host, now);
    noted.ignored = checked.ignored;
    // What an upload made is at home elsewhere, and so are its links.
    let host = match canonical_host(&request.host) == route.host {
        true => request.host.as_str(),
        false if route.spec.serves.is_some() => route.host.as_str(),
        false => request.host.as_str(),
    };
    let base_url = format!("https://{host}");
    let mut ctx = Ctx {
        state,
        caller: &caller,
        request,
        route: &route,
        query: &checked.query,
        account: &account,
        base_url: &base_url,
        now,
        strict: rules.strict,
    };
    serve::serve(&mut ctx, checked.body, view)
}

/// A refusal with the code that the product has for the parameter, where it has one.
fn in_its_words(route: &Route, request: &Request, error: ApiError) -> ApiError {
    let Some(resource) = Contract::published().resource_of(&route.host, route.operation) else {
        return error;
    };
    let form = request.form();
    let is_empty = |parameter: &str| form.iter().any(|(name, text)| name == parameter && text.is_empty());
    wrong_values::in_its_words(resource, error, is_empty)
}

fn no_product(request: &Request) -> ApiError {
    let host = canonical_host(&request.host);
    let why = match host.ends_with(".twilio.com") {
        true => "no product of the contract has this host",
        // What a client asks that knows nothing but the simulator's address.
        false => {
            "Twilio's products are told apart by their host: send it as `Host`, for example `Host: messaging.twilio.com`"
        }
    };
    no_route(request, &host, why)
}

fn no_path(contract: &'static Contract, request: &Request, path: &str) -> ApiError {
    let host = canonical_host(&request.host);
    let bare = path.strip_suffix(".xml").unwrap_or(path);
    let is_known = contract
        .route(&request.host, &request.method, &format!("{bare}.json"))
        .is_ok();
    let why = match is_known && !path.ends_with(".json") {
        true => "here this path is only answered in JSON: end it with .json (Twilio answers XML without)",
        false => "the contract has no such path at this host",
    };
    no_route(request, &host, why)
}

/// Twilio's own 404, and a member that says it is the simulator that does not know the route.
fn no_route(request: &Request, host: &str, why: &str) -> ApiError {
    ApiError::not_found(&request.path).with(
        "simulator",
        json!({
            "no_route": format!("{} {}", request.method, request.path),
            "host": host,
            "why": why,
        }),
    )
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn nothing_that_a_request_looked_at_stays_open() {
        let rules = Rules {
            strict: true,
            known_only: false,
        };
        let simulation = Simulation::new(0, rules, Duration::ZERO);
        let main = simulation.lock().state.accounts.main().clone();
        let credential = STANDARD.encode(format!("{}:{}", main.sid, main.auth_token));
        let send = |method: &str, path: &str, form: &str| {
            let request = http::Request::builder()
                .method(method)
                .uri(path)
                .header("host", "api.twilio.com")
                .header("authorization", format!("Basic {credential}"))
                .header("content-type", "application/x-www-form-urlencoded");
            let (parts, ()) = request.body(()).expect("a request").into_parts();
            let request = Request::new(&parts, form.as_bytes().to_vec());
            let entry = simulation.lock().record(&request);
            simulation.lock().note_body(entry, &request);
            let answer = simulation.execute(&request, entry, View::default());
            simulation.lock().answered(entry, answer.status);
            answer
        };
        let queues = format!("/2010-04-01/Accounts/{}/Queues", main.sid);
        for n in 0..3 {
            let made = send("POST", &format!("{queues}.json"), &format!("FriendlyName=queue-{n}"));
            assert_eq!(made.status, 201, "{made:?}");
            let sid = made.body.expect("a body")["sid"].as_str().expect("a SID").to_owned();
            let one = format!("{queues}/{sid}.json");
            for (method, path, form) in [
                ("GET", format!("{queues}.json?PageSize=2"), ""),
                ("POST", one.clone(), "MaxSize=7"),
                ("GET", one, ""),
                ("GET", format!("{queues}/QU00000000000000000000000000000000.json"), ""),
            ] {
                let answer = send(method, &path, form);
                assert!(matches!(answer.status, 200 | 404), "{answer:?}");
                assert_eq!(simulation.lock().state.store.open(), 0, "{method} {path}");
            }
        }
        let inner = simulation.lock();
        assert!(inner.log.iter().all(|entry| !entry.line.is_open()), "nor does the log");
        let log = inner.log_as_json();
        assert_eq!(log[0]["form"], json!({"FriendlyName": "queue-0"}));
        assert_eq!(log[0]["status"], 201);
    }
}
