//! One operation from the contract: create, read, update, delete, list, action, with behaviours at their fixed points.

use serde_json::Value;

use super::build::{self, Place};
use super::listing;
use super::resolve::{self, Target};
use super::{fill, shape};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours;
use crate::contract::{Contract, OperationKind, Resource};
use crate::error::ApiError;
use crate::facts::{
    self, companions, emptying, existence, is_at, lifetimes, limits, merging, moves, parents, references, spelling,
    timers, uniqueness, versions,
};
use crate::ids::Ids;
use crate::params::Params;
use crate::processes;
use crate::store::{Body, Object};

/// How much of the truth reads may see; set by faults.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct View {
    /// Reads answer 404 for objects younger than this, in milliseconds.
    pub missing_read: Option<i64>,
    /// Reads show objects as they were before a change younger than this.
    pub stale_read: Option<i64>,
    /// Lists leave out objects younger than this.
    pub missing_in_list: Option<i64>,
}

/// Answers one authenticated, validated request.
///
/// # Errors
/// What Twilio refuses.
pub(crate) fn serve(ctx: &mut Ctx<'_>, body: Params, view: View) -> Outcome<Answer> {
    let operation = ctx.operation();
    let own = Contract::published()
        .resource_of(&ctx.route.host, operation)
        .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    let reads = matches!(operation.kind, OperationKind::Read | OperationKind::List);
    let mut params = if reads && body.is_empty() {
        ctx.query.clone()
    } else {
        body
    };
    for behaviour in behaviours::at(&own.host, &own.template) {
        if let Some(answer) = behaviour.handle(ctx, &mut params)? {
            return Ok(answer);
        }
    }
    let target = resolve::target(&ctx.state.store, ctx.account, ctx.route, &ctx.request.path)?;
    if !std::ptr::eq(own, target.resource) {
        for behaviour in behaviours::at(&target.resource.host, &target.resource.template) {
            if let Some(answer) = behaviour.handle(ctx, &mut params)? {
                return Ok(answer);
            }
        }
    }
    match operation.kind {
        OperationKind::Create => create(ctx, &target, params),
        OperationKind::Read => read(ctx, &target, view),
        OperationKind::Update => update(ctx, &target, params),
        OperationKind::Delete => delete(ctx, &target),
        OperationKind::List => list(ctx, &target, view),
        OperationKind::Action => action(ctx, &target, &params),
    }
}

fn hooks(resource: &'static Resource) -> impl Iterator<Item = &'static dyn Behaviour> {
    behaviours::at(&resource.host, &resource.template)
}

fn create(ctx: &mut Ctx<'_>, target: &Target, params: Params) -> Outcome<Answer> {
    made(ctx, target, params).map(|(_, answer)| answer)
}

/// Makes an object in another collection than the requested one, at a concrete path, and returns it as the requested operation does. Also
/// gives its number in the store.
///
/// # Errors
/// What a create there refuses.
pub(crate) fn create_at(
    ctx: &mut Ctx<'_>,
    resource: &'static Resource,
    path: &str,
    params: Params,
) -> Outcome<(u64, Answer)> {
    let target = Target {
        resource,
        path: path.to_owned(),
        above: super::match_template(&resource.template, path).unwrap_or_default(),
    };
    made(ctx, &target, params)
}

fn made(ctx: &mut Ctx<'_>, target: &Target, mut params: Params) -> Outcome<(u64, Answer)> {
    let resource = target.resource;
    limits::cut(resource, &mut params);
    for behaviour in hooks(resource) {
        behaviour.before_create(ctx, &mut params)?;
    }
    if ctx.strict {
        facts::needed::refuse_missing(resource, &params)?;
        limits::refuse(resource, true, &params)?;
        limits::refuse_worded(ctx, resource, &params)?;
        limits::refuse_more(&ctx.state.store, ctx.account, resource, &target.path, &params)?;
        facts::named::refuse_unknown(ctx, resource, &params, &target.path)?;
    }
    let place = Place {
        resource,
        account: ctx.account,
        collection: &target.path,
        path_params: &target.above,
        now: ctx.now,
    };
    let mut object = build::object(&mut ctx.state.ids, &place, &params);
    timers::start(ctx.state, resource, &mut object, &params, true, ctx.now);
    lifetimes::start(resource, &mut object, &params, ctx.now);
    facts::names::give(resource, &mut object);
    facts::inherited::take_over(ctx.state, resource, &params, &mut object);
    facts::first_answers::undate(resource, &mut object);
    references::resolve(ctx, resource, &params, &mut object, true)?;
    uniqueness::refuse_taken(ctx.state, resource, &object)?;
    facts::dependants::refuse_name(ctx.state, resource, None, &object)?;
    for behaviour in hooks(resource) {
        behaviour.after_create(ctx, &params, &mut object)?;
    }
    facts::numbering::number(ctx.state, resource, &mut object);
    let mut companions = companions::of(ctx.state, ctx.now, resource, &params, &mut object);
    companions.extend(companions::users::of(ctx, resource, &object));
    let mut answer = answer(ctx, resource, &object);
    if let Some(Value::Object(body)) = &mut answer.body {
        facts::first_answers::shorten(resource, body);
    }
    let above = object.collection.clone();
    let sequence = ctx.state.store.insert(object);
    processes::watch(ctx.state, sequence, ctx.now);
    expire_holder(ctx, resource, &above, &params);
    for companion in companions {
        ctx.state.store.insert(companion);
    }
    Ok((sequence, answer))
}

fn read(ctx: &mut Ctx<'_>, target: &Target, view: View) -> Outcome<Answer> {
    let object = existing(ctx, target)?;
    let age = ctx.now.as_millisecond() - object.created_ms;
    if view.missing_read.is_some_and(|within| age < within) {
        return Err(ApiError::not_found(&ctx.request.path));
    }
    let object = as_seen(ctx, object, view);
    Ok(answer(ctx, target.resource, &object))
}

/// The object as it was, if a fault lets reads lag behind.
pub(super) fn as_seen(ctx: &Ctx<'_>, mut object: Object, view: View) -> Object {
    let since_change = ctx.now.as_millisecond() - object.updated_ms;
    if view.stale_read.is_some_and(|within| since_change < within)
        && let Some(previous) = object.previous.take()
    {
        object.body = *previous;
    }
    object
}

/// The stored object, or one that exists without having been made: settings, and things named by a natural key.
fn existing(ctx: &Ctx<'_>, target: &Target) -> Outcome<Object> {
    let found = resolve::find(&ctx.state.store, ctx.account, target.resource, &target.path);
    match found {
        Some(object) => Ok(object.clone()),
        None if ctx.strict && facts::catalogues::is_one(target.resource) => {
            // A single thing has no collection: what stands beside it says nothing of it.
            let filled = match target.resource.instance.is_some() {
                true => target.path.rsplit_once('/').map_or("", |(collection, _)| collection),
                false => &target.path,
            };
            facts::catalogues::refuse_unknown(ctx, target.resource, filled)?;
            Err(parents::gone(target.resource, &ctx.request.path))
        }
        None if existence::by_itself(target.resource) => Ok(implicit(ctx, target, &target.path)),
        None => Err(parents::gone(target.resource, &ctx.request.path)),
    }
}

/// The object at a path as it is when nobody has written it.
fn implicit(ctx: &Ctx<'_>, target: &Target, path: &str) -> Object {
    let place = Implicit {
        resource: target.resource,
        account: ctx.account,
        path,
        above: &target.above,
    };
    place.object(ctx.state.seed, ctx.now)
}

/// Where something is that exists without having been made.
pub(crate) struct Implicit<'a> {
    /// The resource.
    pub resource: &'static Resource,
    /// Owner.
    pub account: &'a str,
    /// Concrete path of the object.
    pub path: &'a str,
    /// Path parameters above it.
    pub above: &'a [(String, String)],
}

impl Implicit<'_> {
    /// The object as it is from the start.
    pub(crate) fn object(&self, seed: u64, now: jiff::Timestamp) -> Object {
        unwritten(self, seed, now)
    }
}

fn unwritten(target: &Implicit<'_>, seed: u64, now: jiff::Timestamp) -> Object {
    // The same settings must read the same each time, so their identifiers come from their address.
    let mut ids = Ids::new(fingerprint(seed, target.account, target.path));
    let (collection, key) = match target.resource.is_single() {
        true => (target.path, None),
        false => {
            let (collection, key) = target.path.rsplit_once('/').unwrap_or((target.path, ""));
            (
                collection,
                Some(
                    percent_encoding::percent_decode_str(key)
                        .decode_utf8_lossy()
                        .into_owned(),
                ),
            )
        }
    };
    let mut params = Params::default();
    if let Some(key) = key {
        params.set(build::CHOSEN_KEY, key);
    }
    let place = Place {
        resource: target.resource,
        account: target.account,
        collection,
        path_params: target.above,
        now,
    };
    let mut object = build::object(&mut ids, &place, &params);
    object.hidden.shift_remove(build::CHOSEN_KEY);
    object
}

/// A number for an address.
pub(crate) fn fingerprint(seed: u64, account: &str, path: &str) -> u64 {
    // FNV-1a: stable over runs and platforms, unlike the standard library's hasher.
    account
        .bytes()
        .chain(path.bytes())
        .fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

fn update(ctx: &mut Ctx<'_>, target: &Target, params: Params) -> Outcome<Answer> {
    let before = match existing(ctx, target) {
        Err(_) if existence::by_update(target.resource) => implicit(ctx, target, &target.path),
        existing => existing?,
    };
    versions::refuse(
        target.resource,
        ctx.operation(),
        ctx.request.if_match.as_deref(),
        &before,
    )?;
    change(ctx, target.resource, &before, params)
}

/// A state that is Twilio's to write is written by a client only as far as [`moves::WRITABLE`] says.
fn refuse_state(resource: &Resource, before: &Object, params: &Params) -> Outcome {
    let Some(writable) = moves::WRITABLE.iter().find(|writable| is_at(writable.at, resource)) else {
        return Ok(());
    };
    let Some(wanted) = params.text(writable.parameter) else {
        return Ok(());
    };
    if let Some(refusal) = writable.alone
        && params.iter().any(|(name, _)| name != writable.parameter)
    {
        return Err(refusal.error());
    }
    let now = before.text(writable.field).unwrap_or_default();
    if (writable.again && now == wanted) || writable.steps.contains(&(now, wanted)) {
        return Ok(());
    }
    Err(ApiError::invalid_parameter(
        writable.parameter,
        format_args!("'{wanted}' cannot be reached from '{now}'"),
    ))
}

/// Changes an object and answers it with the operation's own status.
///
/// # Errors
/// What Twilio refuses.
pub(crate) fn change(
    ctx: &mut Ctx<'_>,
    resource: &'static Resource,
    before: &Object,
    mut params: Params,
) -> Outcome<Answer> {
    limits::cut(resource, &mut params);
    for behaviour in hooks(resource) {
        behaviour.before_update(ctx, before, &mut params)?;
    }
    if ctx.strict {
        limits::refuse(resource, false, &params)?;
        limits::refuse_worded(ctx, resource, &params)?;
        facts::named::refuse_unknown(ctx, resource, &params, &before.path)?;
    }
    refuse_state(resource, before, &params)?;
    let mut object = before.clone();
    if emptying::replaces(resource, &ctx.operation().method) {
        let target = Implicit {
            resource,
            account: &before.account,
            path: &before.path,
            above: &path_params(resource, before),
        };
        let fresh = target.object(ctx.state.seed, ctx.now);
        fill::clear_unsent(resource, ctx.operation(), &mut object, &fresh, &params);
    }
    if ctx.operation().method == "PATCH" {
        merge(resource, before, &mut params);
    }
    fill::apply(resource, &mut object, &params);
    spelling::of_object(resource, &mut object);
    timers::start(ctx.state, resource, &mut object, &params, false, ctx.now);
    lifetimes::start(resource, &mut object, &params, ctx.now);
    for (_, field, state) in moves::STARTED_AGAIN.iter().filter(|(at, ..)| is_at(*at, resource)) {
        object.set(field, *state);
    }
    object.updated_ms = ctx.now.as_millisecond();
    versions::count(resource, &mut object);
    build::touch_unsent(resource, &mut object, &params, ctx.now);
    object.previous = Some(Box::new(before.body.clone()));
    references::resolve(ctx, resource, &params, &mut object, false)?;
    uniqueness::refuse_second(ctx.state, &object)?;
    facts::dependants::refuse_name(ctx.state, resource, Some(before), &object)?;
    for behaviour in hooks(resource) {
        behaviour.after_update(ctx, before, &params, &mut object)?;
    }
    let answer = answer(ctx, resource, &object);
    let above = object.collection.clone();
    // A sequence of zero marks what existed without having been made, and a behaviour may have moved the object.
    let moved = object.account != before.account || object.path != before.path;
    let mut sequence = object.sequence;
    references::changed(ctx.state, &object);
    if sequence == 0 {
        sequence = ctx.state.store.insert(object);
    } else if moved {
        ctx.state.store.relocate(sequence, |stored| *stored = object);
    } else {
        ctx.state.store.replace(object);
    }
    processes::watch(ctx.state, sequence, ctx.now);
    expire_holder(ctx, resource, &above, &params);
    Ok(answer)
}

/// An item may say when the list or map that holds it expires.
fn expire_holder(ctx: &mut Ctx<'_>, resource: &Resource, collection: &str, params: &Params) {
    let Some(seconds) = lifetimes::of_holder(resource, params) else {
        return;
    };
    let path = collection.rsplit_once('/').map_or(collection, |(path, _)| path);
    let Some(holder) = ctx.state.store.find_mut(&resource.host, ctx.account, path) else {
        return;
    };
    lifetimes::expire(holder, seconds, ctx.now);
    let sequence = holder.sequence;
    processes::watch(ctx.state, sequence, ctx.now);
}

/// Puts what a PATCH sends of a map together with what is there, where the product merges it.
fn merge(resource: &Resource, before: &Object, params: &mut Params) {
    let names: Vec<String> = params.iter().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        if let (Some(merge), Some(sent)) = (merging::of(resource, &name), params.value(&name)) {
            let merged = merge.onto(before.body.get(&name), sent);
            params.set(&name, merged);
        }
    }
}

/// Path parameters above an object, from its own path.
fn path_params(resource: &Resource, object: &Object) -> Vec<(String, String)> {
    let template = resource.instance.as_deref().unwrap_or(&resource.template);
    super::match_template(template, &object.path).unwrap_or_default()
}

fn delete(ctx: &mut Ctx<'_>, target: &Target) -> Outcome<Answer> {
    let resource = target.resource;
    let object = existing(ctx, target)?;
    versions::refuse(resource, ctx.operation(), ctx.request.if_match.as_deref(), &object)?;
    for behaviour in hooks(resource) {
        behaviour.before_delete(ctx, &object)?;
    }
    facts::dependants::refuse_delete(ctx.state, resource, &object)?;
    let removed = ctx.state.store.remove(&object.host, &object.account, &object.path);
    let answer = answer(ctx, resource, &object);
    forget(ctx, removed);
    Ok(answer)
}

/// Tells behaviours about objects that are gone.
pub(crate) fn forget(ctx: &mut Ctx<'_>, removed: Vec<Object>) {
    for object in removed {
        for (host, path) in references::entries_of(ctx.state, &object) {
            let gone = ctx.state.store.remove(host, &object.account, &path);
            forget(ctx, gone);
        }
        for behaviour in behaviours::at(&object.host, &object.template) {
            behaviour.after_delete(ctx, &object);
        }
    }
}

fn list(ctx: &mut Ctx<'_>, target: &Target, view: View) -> Outcome<Answer> {
    match ctx.operation().list {
        Some(_) => listing::collection(ctx, target, view),
        None => read(ctx, target, view),
    }
}

fn action(ctx: &mut Ctx<'_>, target: &Target, params: &Params) -> Outcome<Answer> {
    if let Some((field, value)) = facts::subpaths::of(target.resource) {
        return change_above(ctx, target, field, value);
    }
    if ctx.strict {
        limits::refuse(target.resource, true, params)?;
        limits::refuse_worded(ctx, target.resource, params)?;
        facts::named::refuse_unknown(ctx, target.resource, params, &target.path)?;
    }
    let place = Place {
        resource: target.resource,
        account: ctx.account,
        collection: &target.path,
        path_params: &target.above,
        now: ctx.now,
    };
    let object = build::object(&mut ctx.state.ids, &place, params);
    Ok(answer(ctx, target.resource, &object))
}

/// A write below an object that sets one of its fields, and answers it.
fn change_above(ctx: &mut Ctx<'_>, target: &Target, field: &str, value: Value) -> Outcome<Answer> {
    let (above, _) = target.path.rsplit_once('/').unwrap_or_default();
    let object = ctx.state.store.find_mut(&target.resource.host, ctx.account, above);
    let object = object.ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    object.previous = Some(Box::new(object.body.clone()));
    object.set(field, value);
    object.updated_ms = ctx.now.as_millisecond();
    let resource = Contract::published().resource(&object.host, &object.template);
    let resource = resource.ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    build::touch(resource, object, ctx.now);
    let object = object.clone();
    Ok(answer(ctx, resource, &object))
}

/// The response about one object, with the operation's own status.
pub(crate) fn answer(ctx: &Ctx<'_>, resource: &'static Resource, object: &Object) -> Answer {
    let operation = ctx.operation();
    let status = operation.success();
    let mut answer = match operation.answer {
        Some(_) if status != 204 => Answer::json(status, Value::Object(shown(ctx, resource, object))),
        _ => Answer::empty(status),
    };
    if operation.kind != OperationKind::Delete {
        let tag = versions::tag(resource, object);
        answer.headers.extend(tag.map(|tag| ("etag", tag)));
    }
    answer
}

/// What a response shows of an object.
pub(crate) fn shown(ctx: &Ctx<'_>, resource: &'static Resource, object: &Object) -> Body {
    // The asked operation may be an alias's; its own file knows its answer.
    let own = Contract::published()
        .resource_of(&ctx.route.host, ctx.operation())
        .unwrap_or(resource);
    let mut body = shape::body(own, ctx.operation(), object, ctx.base_url);
    facts::tallies::reckon(ctx.state, resource, object, &mut body);
    for behaviour in hooks(resource) {
        behaviour.shape_read(ctx, object, &mut body);
    }
    shape::keep_published(own, ctx.operation(), &mut body);
    spelling::of_answer(own, &mut body);
    body
}
