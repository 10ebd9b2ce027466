//! Control endpoints under `/_simulator/`, on any Host, without authentication.

use http::request::Parts;
use serde_json::{Value, json};

use crate::behaviour::Answer;
use crate::behaviours;
use crate::behaviours::api::accounts;
use crate::behaviours::trunking::trunks;
use crate::contract::{Contract, Kind, Resource, canonical_host};
use crate::facts::{existence, references};
use crate::faults::Faults;
use crate::generic::serve::Implicit;
use crate::generic::{build, match_template};
use crate::params::Params;
use crate::processes;
use crate::regions;
use crate::request::pairs;
use crate::simulation::{Inner, Simulation};
use crate::state::Account;
use crate::store::{Body, Object};
use crate::test_credentials;
use crate::validate::is_sid;

/// Everything under this path is control.
pub(crate) const PREFIX: &str = "/_simulator/";

/// Answers a control request.
pub(crate) fn answer(simulation: &Simulation, parts: &Parts, body: &[u8]) -> Answer {
    let path = parts.uri.path();
    let endpoint = path.strip_prefix(PREFIX).unwrap_or_default();
    let query = pairs(parts.uri.query().unwrap_or_default().as_bytes());
    if let Some(unknown) = query
        .iter()
        .find(|(name, _)| !takes(parts.method.as_str(), endpoint, name))
    {
        let why = format!("{PREFIX}{endpoint} takes no {} in its query", unknown.0);
        return Answer::json(400, json!({"error": why}));
    }
    let mut inner = simulation.lock();
    let now = inner.state.clock.now();
    processes::settle(&mut inner.state, now);
    if let Some(region) = elsewhere(endpoint, &query, body) {
        return match region {
            Ok(region) => inner.in_region(region, |inner| {
                let now = inner.state.clock.now();
                processes::settle(&mut inner.state, now);
                done(simulation, inner, parts.method.as_str(), endpoint, &query, body)
            }),
            Err(why) => Answer::json(400, json!({"error": why})),
        };
    }
    done(simulation, &mut inner, parts.method.as_str(), endpoint, &query, body)
}

/// Whether an endpoint has a query parameter of this name. One that does nothing would make a test that cannot fail.
fn takes(method: &str, endpoint: &str, name: &str) -> bool {
    let known: &[&str] = match (method, endpoint) {
        ("GET", "objects") => &["host", "account", "collection", "path", "region"],
        ("PATCH" | "DELETE", "objects") => &["host", "account", "path", "region"],
        (_, "objects" | "outcomes") => &["host", "region"],
        _ => &[],
    };
    known.contains(&name)
}

/// The region that a request about objects or outcomes means, if it names one: by `region`, or by a host.
fn elsewhere(endpoint: &str, query: &[(String, String)], body: &[u8]) -> Option<Result<&'static str, String>> {
    if !["objects", "outcomes"].contains(&endpoint) {
        return None;
    }
    let asked = |name: &str| {
        query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    let of_body = || {
        let new: Value = serde_json::from_slice(body).ok()?;
        new.get("host")?.as_str().map(str::to_owned)
    };
    let region = match asked("region") {
        Some(name) => regions::named(&name).ok_or(name),
        None => {
            let host = asked("host").or_else(of_body)?;
            regions::of_host(&host).ok_or(host)
        }
    };
    Some(region.map_err(|named| format!("there is no region {named}")))
}

/// What an account signs in with in each region, as the Console shows it.
fn credentials(inner: &mut Inner) -> Value {
    let mut lines = Vec::new();
    for region in regions::ALL {
        let of_region = inner.in_region(region, |inner| {
            let accounts = inner.state.accounts.all();
            let line = |account: &Account| {
                json!({
                    "region": region,
                    "account_sid": account.sid,
                    "auth_token": account.auth_token,
                    "secondary_auth_token": account.secondary_auth_token,
                    "status": account.status.as_str(),
                })
            };
            accounts.map(line).collect::<Vec<_>>()
        });
        lines.extend(of_region);
    }
    lines.into()
}

fn done(
    simulation: &Simulation,
    inner: &mut Inner,
    method: &str,
    endpoint: &str,
    query: &[(String, String)],
    body: &[u8],
) -> Answer {
    let outcome = match (method, endpoint) {
        ("GET", "credentials") => Ok(Answer::json(200, credentials(inner))),
        ("GET", "test-credentials") => {
            let (account_sid, auth_token) = test_credentials::of(&inner.state);
            let shown = json!({"account_sid": account_sid, "auth_token": auth_token});
            Ok(Answer::json(200, shown))
        }
        ("GET", "requests") => Ok(Answer::json(200, inner.log_as_json())),
        ("DELETE", "requests") => {
            inner.log.clear();
            Ok(Answer::empty(204))
        }
        ("GET", "faults") => Ok(Answer::json(200, inner.faults.listed())),
        ("PUT", "faults") => Faults::parse(body).map(|faults| {
            inner.faults = faults;
            Answer::empty(204)
        }),
        ("POST", "reset") => {
            inner.reset(simulation.seed);
            Ok(Answer::empty(204))
        }
        ("GET", "clock") => Ok(Answer::json(200, clock(inner))),
        ("POST", "clock") => advance(inner, body),
        ("GET", "processes") => Ok(Answer::json(200, processes::listed())),
        ("GET", "outcomes") => Ok(Answer::json(200, inner.state.processes.orders())),
        ("PUT", "outcomes") => inner.state.processes.order(body).map(|()| Answer::empty(204)),
        ("GET", "visited") => Ok(Answer::json(200, json!({"objects": inner.state.store.visited()}))),
        ("GET", "objects") => Ok(Answer::json(200, objects(inner, query))),
        ("POST", "objects") => add(inner, body),
        ("PATCH", "objects") => change(inner, query, body),
        ("DELETE", "objects") => remove(inner, query),
        (method, endpoint) => {
            let why = format!("there is no control endpoint {method} {PREFIX}{endpoint}");
            return Answer::json(404, json!({"error": why}));
        }
    };
    inner.state.store.pack();
    outcome.unwrap_or_else(|why| Answer::json(400, json!({"error": why})))
}

fn objects(inner: &Inner, query: &[(String, String)]) -> Value {
    let query: Vec<(String, String)> = query
        .iter()
        .map(|(name, value)| match name.as_str() {
            "host" => (name.clone(), canonical_host(value)),
            _ => (name.clone(), value.clone()),
        })
        .collect();
    let wanted = |name: &str, actual: &str| {
        query
            .iter()
            .filter(|(filter, _)| filter == name)
            .all(|(_, value)| value == actual)
    };
    // What a test looks at is no cost of a request.
    inner.state.store.uncounted(|store| {
        let asked = |name: &str| {
            query
                .iter()
                .find(|(filter, _)| filter == name)
                .map(|(_, value)| value.as_str())
        };
        let candidates: Box<dyn Iterator<Item = &Object>> = match (asked("host"), asked("path"), asked("collection")) {
            (Some(host), Some(path), _) => Box::new(store.find_anywhere(host, path)),
            (Some(host), None, Some(collection)) => Box::new(store.members_anywhere(host, collection)),
            _ => Box::new(store.all()),
        };
        let stored = candidates
            .filter(|object| {
                wanted("host", &object.host)
                    && wanted("account", &object.account)
                    && wanted("collection", &object.collection)
                    && wanted("path", &object.path)
            })
            // A copy, as nobody else needs it open.
            .map(|object| shown(&object.clone()));
        let on_trunks = trunks::entries(store).filter(|(number, entry)| {
            wanted("host", trunks::TRUNKING)
                && wanted("account", &number.account)
                && wanted("collection", &entry.collection)
                && wanted("path", &entry.path)
        });
        let on_trunks = on_trunks.map(|(number, entry)| {
            let mut line = shown(&number.clone());
            line["host"] = trunks::TRUNKING.into();
            line["collection"] = entry.collection.into();
            line["path"] = entry.path.into();
            line
        });
        stored.chain(on_trunks).collect()
    })
}

fn shown(object: &Object) -> Value {
    json!({
        "host": object.host,
        "collection": object.collection,
        "path": object.path,
        "account": object.account,
        "key": Some(object.key.as_str()).filter(|key| !key.is_empty()),
        "sid": sid(object),
        "body": object.body,
        "hidden": object.hidden,
    })
}

/// The SID of an object that has one: its key, or a field beside another key. What settings show is their parent's.
fn sid(object: &Object) -> Option<&str> {
    if object.key.is_empty() {
        return None;
    }
    let any = ["**".to_owned()];
    let found = [Some(object.key.as_str()), object.text("sid")];
    found.into_iter().flatten().find(|text| is_sid(&any, text))
}

fn clock(inner: &Inner) -> Value {
    let clock = inner.state.clock;
    json!({"now": crate::clock::iso8601(clock.now()), "ahead_s": clock.ahead().as_secs()})
}

/// Puts the clock ahead and lets everything happen that is due by then.
fn advance(inner: &mut Inner, body: &[u8]) -> Result<Answer, String> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Ahead {
        advance_s: u64,
    }
    let ahead: Ahead = serde_json::from_slice(body).map_err(|error| format!("not a time to advance by: {error}"))?;
    let seconds = i64::try_from(ahead.advance_s).map_err(|_| "that is too far ahead")?;
    inner.state.clock.advance(jiff::SignedDuration::from_secs(seconds))?;
    let now = inner.state.clock.now();
    processes::settle(&mut inner.state, now);
    Ok(Answer::json(200, clock(inner)))
}

/// Makes an object as if it had been there before: `{"host", "collection", "account"?, "fields"}`.
fn add(inner: &mut Inner, body: &[u8]) -> Result<Answer, String> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct New {
        host: String,
        collection: String,
        account: Option<String>,
        #[serde(default)]
        fields: Body,
    }
    let new: New = serde_json::from_slice(body).map_err(|error| format!("not an object to add: {error}"))?;
    let host = canonical_host(&new.host);
    let collection = bare(&new.collection);
    let account = new.account.unwrap_or_else(|| inner.state.accounts.main().sid.clone());
    if inner.state.accounts.find(&account).is_none() {
        return Err(format!("there is no account {account}"));
    }
    in_its_place(&account, collection, &new.fields)?;
    let now = inner.state.clock.now();
    let contract = Contract::published();
    let resource = contract
        .resources_of(&host)
        .find(|resource| match_template(&resource.template, collection).is_some());
    if let Some(resource) = resource {
        for (name, value) in &new.fields {
            match published(resource, name) {
                Some(kind) => judge(name, kind, value)?,
                None => return Err(format!("{collection} has no field {name}")),
            }
        }
        let named = build::key_field_name(resource).and_then(|name| new.fields.get(&name)?.as_str());
        let patterns = resource
            .key_field()
            .map(|field| field.sid.as_slice())
            .unwrap_or_default();
        if let Some(sid) = named.filter(|sid| !patterns.is_empty() && !is_sid(patterns, sid)) {
            return Err(format!("{sid} is no SID of {collection}: nobody could read it"));
        }
    }
    let object = build::object_at(&mut inner.state, contract, &host, &account, collection, new.fields, now)
        .ok_or_else(|| format!("the contract has no collection {collection} at {host}"))?;
    if object.path != collection && inner.state.store.find(&host, &account, &object.path).is_some() {
        return Err(format!("{} is there already; PATCH changes it", object.path));
    }
    let answer = Answer::json(201, shown(&object));
    let sequence = inner.state.store.insert(object);
    if let Some(object) = inner.state.store.numbered(sequence).cloned() {
        for behaviour in behaviours::at(&object.host, &object.template) {
            behaviour.added_outside(&mut inner.state, &object);
        }
    }
    processes::watch(&mut inner.state, sequence, now);
    Ok(answer)
}

/// Whether a new object is of the account that its path and its fields name: nobody could read it otherwise. What it stands below need not be
/// there, as tests put what no operation makes.
fn in_its_place(account: &str, collection: &str, fields: &Body) -> Result<(), String> {
    let named = fields.get("account_sid").filter(|sid| !sid.is_null());
    let in_path = collection.strip_prefix("/2010-04-01/Accounts/");
    let in_path = in_path.and_then(|rest| rest.split('/').next()).map(Value::from);
    if let Some(other) = named.into_iter().chain(&in_path).find(|sid| **sid != account) {
        return Err(format!("{collection} of {account} has nothing of account {other}"));
    }
    Ok(())
}

/// The type of a field in the responses of a resource.
fn published(resource: &Resource, name: &str) -> Option<Kind> {
    let mut fields = resource
        .operations()
        .flat_map(|operation| resource.spec.answer_fields(operation));
    let field = fields.find(|field| field.name == name)?;
    Some(resource.spec.resolve(field).kind)
}

/// Whether a value is of the type of its field, or null: what no client's decoder takes is no drift.
fn judge(name: &str, kind: Kind, value: &Value) -> Result<(), String> {
    let fits = match kind {
        Kind::String => value.is_string(),
        Kind::Integer | Kind::Number => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Array => value.is_array(),
        Kind::Object | Kind::Any => true,
    };
    match fits || value.is_null() {
        true => Ok(()),
        false => Err(format!("{name} is not of the type of {value}")),
    }
}

/// Changes fields behind the client's back.
fn change(inner: &mut Inner, query: &[(String, String)], body: &[u8]) -> Result<Answer, String> {
    let fields: Body = serde_json::from_slice(body).map_err(|error| format!("not a JSON object: {error}"))?;
    let (host, account, path) = address(inner, query).or_else(|why| from_the_start(inner, query).ok_or(why))?;
    let object = inner.state.store.find_mut(&host, &account, &path).ok_or("it is gone")?;
    if let Some(unknown) = fields.keys().find(|name| !object.body.contains_key(*name)) {
        return Err(format!("{path} has no field {unknown}"));
    }
    // Another one would be found under the old path, by nobody, or by another account.
    let owner = Value::from(object.account.as_str());
    if fields
        .get("account_sid")
        .is_some_and(|sid| *sid != owner && object.body.get("account_sid") == Some(&owner))
    {
        return Err(format!("{path} stays in its account"));
    }
    if fields.get("sid").is_some_and(|sid| Some(sid) != object.body.get("sid")) {
        return Err(format!("{path} keeps its SID: DELETE it and POST another one"));
    }
    let resource = Contract::published().resource(&object.host, &object.template);
    for (name, value) in &fields {
        let is_as_before = object
            .body
            .get(name)
            .is_some_and(|before| std::mem::discriminant(before) == std::mem::discriminant(value));
        if let Some(kind) = resource
            .and_then(|resource| published(resource, name))
            .filter(|_| !is_as_before)
        {
            judge(name, kind, value)?;
        }
    }
    let now = inner.state.clock.now();
    object.previous = Some(Box::new(object.body.clone()));
    // As a change in the Console would; a date in the request itself counts more.
    if let Some(resource) = Contract::published().resource(&object.host, &object.template) {
        build::touch(resource, object, now);
    }
    object.body.extend(fields);
    object.updated_ms = now.as_millisecond();
    let object = object.clone();
    for behaviour in behaviours::at(&object.host, &object.template) {
        behaviour.changed_outside(&mut inner.state, &object);
    }
    references::changed(&mut inner.state, &object);
    processes::watch(&mut inner.state, object.sequence, now);
    Ok(Answer::json(200, shown(&object)))
}

/// Stores what exists without having been written, so that it can be changed; its address if there is such a thing.
fn from_the_start(inner: &mut Inner, query: &[(String, String)]) -> Option<(String, String, String)> {
    let params = Params::new(crate::request::as_object(query));
    let host = canonical_host(params.text("host")?);
    let path = bare(params.text("path")?).to_owned();
    let account = params
        .text("account")
        .unwrap_or(&inner.state.accounts.main().sid)
        .to_owned();
    let (resource, above) = Contract::published().resources_of(&host).find_map(|resource| {
        let template = resource.instance.as_deref().unwrap_or(&resource.template);
        let fits = existence::by_itself(resource);
        let above = fits.then(|| match_template(template, &path)).flatten()?;
        Some((resource, above))
    })?;
    let place = Implicit {
        resource,
        account: &account,
        path: &path,
        above: &above,
    };
    let object = place.object(inner.state.seed, inner.state.clock.now());
    inner.state.store.insert(object);
    Some((host, account, path))
}

/// Removes an object and what is below it behind the client's back.
fn remove(inner: &mut Inner, query: &[(String, String)]) -> Result<Answer, String> {
    let (host, account, path) = match address(inner, query) {
        Ok(address) => address,
        Err(why) => {
            let params = Params::new(crate::request::as_object(query));
            let (host, path) = (
                params.text("host").unwrap_or_default(),
                params.text("path").unwrap_or_default(),
            );
            return match trunks::take_off(&mut inner.state, &canonical_host(host), params.text("account"), path) {
                true => Ok(Answer::empty(204)),
                false => Err(why),
            };
        }
    };
    if host == accounts::HOST && path == format!("{}/{}", accounts::COLLECTION, inner.state.accounts.main().sid) {
        return Err("the main account cannot be removed: nobody could sign in".to_owned());
    }
    let removed = inner.state.store.remove(&host, &account, &path);
    forget(inner, removed);
    Ok(Answer::empty(204))
}

/// What stands for an object goes with it, as after a request.
fn forget(inner: &mut Inner, removed: Vec<Object>) {
    for object in removed {
        for (host, path) in references::entries_of(&inner.state, &object) {
            let gone = inner.state.store.remove(host, &object.account, &path);
            forget(inner, gone);
        }
        for behaviour in behaviours::at(&object.host, &object.template) {
            behaviour.removed_outside(&mut inner.state, &object);
        }
    }
}

fn address(inner: &Inner, query: &[(String, String)]) -> Result<(String, String, String), String> {
    let params = Params::new(crate::request::as_object(query));
    let host = canonical_host(params.text("host").ok_or("the query needs host")?);
    let path = bare(params.text("path").ok_or("the query needs path")?).to_owned();
    let account = params.text("account");
    let anywhere = inner.state.store.find_anywhere(&host, &path);
    let mut found = anywhere.filter(|object| account.is_none_or(|account| object.account == account));
    let object = found
        .next()
        .ok_or_else(|| format!("there is no object {path} at {host}"))?;
    if found.next().is_some() {
        return Err(format!(
            "several accounts have {path} at {host}; say which with account"
        ));
    }
    let account = object.account.clone();
    drop(found);
    Ok((host, account, path))
}

/// A path as objects are stored under it: those of the 2010 API without `.json`, which elsewhere is a part of a key.
fn bare(path: &str) -> &str {
    match path.starts_with("/2010-04-01/") {
        true => path.strip_suffix(".json").unwrap_or(path),
        false => path,
    }
}
