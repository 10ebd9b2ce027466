//! Reservations: what becomes of one, and of its task, its worker and the others of the task.
//! <https://www.twilio.com/docs/taskrouter/api/reservations>, <https://www.twilio.com/docs/taskrouter/lifecycle-task-state>
//!
//! Which state a client may write stands in [`crate::facts::moves`], when one times out in [`crate::facts::lifetimes`]. Who gets one is
//! in [`super::assignment`].

use jiff::Timestamp;
use serde_json::{Value, json};

use super::assignment::{is, note_task, note_worker, put};
use super::workspaces::workspace_of;
use super::{HOST, ends, past, presence};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::{Contract, OperationKind};
use crate::error::ApiError;
use crate::facts::parents;
use crate::generic::{resolve, serve};
use crate::params::Params;
use crate::state::State;
use crate::store::{Object, Store};

/// Where reservations are kept, as the contract writes it.
pub(super) const RESERVATIONS: &str = "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations";
/// Note of a reservation: when it times out.
pub(crate) const TIMES_OUT: &str = "_times_out";
/// Note of a reservation: SID of the channel of its task.
pub(super) const CHANNEL: &str = "_channel";
/// Note of a reservation: milliseconds since 1970 at which it was accepted.
pub(super) const ACCEPTED: &str = "_accepted";
/// States in which a reservation takes room.
pub(super) const LIVE: &[&str] = &["pending", "accepted", "wrapping"];
/// States of a reservation whose task is its worker's.
const TAKEN: &[&str] = &["accepted", "wrapping"];

/// Reservations of a task.
pub struct Reservations;

impl Behaviour for Reservations {
    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        let Some(activity) = params.text("WorkerActivitySid").filter(|sid| !sid.is_empty()) else {
            return Ok(());
        };
        let path = format!("{}/Activities/{activity}", workspace_of(&object.path));
        match ctx.state.store.find(HOST, &object.account, &path) {
            Some(_) => Ok(()),
            None => Err(ApiError::invalid_parameter(
                "WorkerActivitySid",
                format_args!("{activity} is not one of the Activities"),
            )),
        }
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, params: &Params, object: &mut Object) -> Outcome {
        if before.text("reservation_status") == object.text("reservation_status") {
            return Ok(());
        }
        // The contract's text on the parameter: the new activity of a worker that rejects.
        let activity = params.text("WorkerActivitySid").filter(|sid| !sid.is_empty());
        if let Some(activity) = activity.filter(|_| is(object, &["rejected"])) {
            presence::enter(ctx.state, &object.account, &worker_of(object), activity, ctx.now);
        }
        if is(object, &["accepted"]) {
            object
                .hidden
                .insert(ACCEPTED.to_owned(), ctx.now.as_millisecond().into());
        }
        follow(ctx.state, object, ctx.now);
        Ok(())
    }

    /// The contract's text on a workspace's timeout activity: its workers are put there who did not respond in time.
    fn changed_outside(&self, state: &mut State, object: &Object) {
        let was = object
            .previous
            .as_ref()
            .and_then(|before| before.get("reservation_status"));
        if was == object.body.get("reservation_status") {
            return;
        }
        let now = Timestamp::from_millisecond(object.updated_ms).unwrap_or_default();
        if is(object, &["timeout"]) {
            let workspace = state.store.find(HOST, &object.account, workspace_of(&object.path));
            let activity = workspace.and_then(|workspace| workspace.text("timeout_activity_sid"));
            if let Some(activity) = activity.map(str::to_owned) {
                presence::enter(state, &object.account, &worker_of(object), &activity, now);
            }
        }
        follow(state, object, now);
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        past::keep_reservation(ctx.state, object);
        freed(ctx.state, object, ctx.now);
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        past::keep_reservation(state, object);
        let now = state.clock.now();
        freed(state, object, now);
    }
}

/// Path of the worker of a reservation.
fn worker_of(reservation: &Object) -> String {
    let worker = reservation.text("worker_sid").unwrap_or_default();
    format!("{}/Workers/{worker}", workspace_of(&reservation.path))
}

/// What follows from the new state of a reservation, which may not be stored yet.
fn follow(state: &mut State, reservation: &Object, now: Timestamp) {
    let account = reservation.account.as_str();
    let task = reservation.collection.trim_end_matches("/Reservations").to_owned();
    // By their states: a task may have been offered a thousand times.
    let others = |store: &Store, states: &[&str]| {
        let of_state = |state: &&str| {
            let all = store.members_with(HOST, account, &reservation.collection, "reservation_status", *state);
            all.filter(|other| other.key != reservation.key)
                .cloned()
                .collect::<Vec<_>>()
        };
        states.iter().flat_map(of_state).collect::<Vec<Object>>()
    };
    let is_any = |store: &Store, states: &[&str]| !others(store, states).is_empty();
    match reservation.text("reservation_status") {
        Some("accepted") => {
            // Whoever accepts first has the task: https://www.twilio.com/docs/taskrouter/api/reservations
            for other in others(&state.store, &["pending"]) {
                set(state, &other, "rescinded", now);
            }
            ends::enter(state, account, &task, "assigned", None, now);
            assigned(state, reservation, &task, now);
        }
        // https://www.twilio.com/docs/taskrouter/lifecycle-task-state: pending again when all that were made have come to nothing.
        Some("rejected" | "timeout") if !is_any(&state.store, LIVE) => {
            ends::enter(state, account, &task, "pending", None, now);
            // The workflow looks at the task again: https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment
            ends::go_on(state, account, &task, now);
        }
        Some("wrapping") if !is_any(&state.store, &["accepted"]) => {
            ends::enter(state, account, &task, "wrapping", None, now);
        }
        // The reason is the one in https://www.twilio.com/docs/events/event-types/taskrouter/reservation.
        Some("completed") if !is_any(&state.store, TAKEN) => {
            let reason = Some("All reservations were completed");
            ends::enter(state, account, &task, "completed", reason, now);
        }
        _ => {}
    }
    freed(state, reservation, now);
    if let Some(task) = state.store.find(HOST, account, &task).cloned() {
        note_task(state, &task, now);
    }
}

/// Something has happened to a reservation: its worker may have room now.
fn freed(state: &mut State, reservation: &Object, now: Timestamp) {
    let worker = worker_of(reservation);
    presence::occupied(state, &reservation.account, &worker, now);
    note_worker(state, &reservation.account, &worker, now);
}

fn set(state: &mut State, reservation: &Object, to: &str, now: Timestamp) {
    put(state, &reservation.account, &reservation.path, now, |stored| {
        stored.set("reservation_status", to);
    });
    freed(state, reservation, now);
}

/// Without many tasks for each worker, its queue says what a worker does that has one.
fn assigned(state: &mut State, reservation: &Object, task: &str, now: Timestamp) {
    let find = |path: &str| state.store.find(HOST, &reservation.account, path).cloned();
    let workspace = find(workspace_of(&reservation.path));
    let many = workspace.and_then(|workspace| workspace.body.get("multi_task_enabled")?.as_bool());
    if let (Some(false), Some(task), Some(worker)) = (many, find(task), find(&worker_of(reservation))) {
        presence::enter_by_queue(state, &task, &worker, "assignment_activity_sid", now);
    }
}

/// The reservations of a task follow its own new state: canceled with it
/// (<https://www.twilio.com/docs/taskrouter/api/reservations>), wrapped up and completed with it.
pub(super) fn follow_task(state: &mut State, task: &Object, now: Timestamp) {
    let (from, to): (&[&str], &str) = match task.text("assignment_status") {
        Some("canceled") => (&["pending"], "canceled"),
        Some("wrapping") => (&["accepted"], "wrapping"),
        Some("completed") => (TAKEN, "completed"),
        _ => return,
    };
    let collection = format!("{}/Reservations", task.path);
    set_all(state, &task.account, &collection, from, to, now);
}

/// Rejects what a worker is offered, where a request says so that makes it unavailable.
pub(super) fn reject_pending(state: &mut State, worker: &Object, now: Timestamp) {
    let pending = super::assignment::live(&state.store, worker);
    let pending = pending.into_iter().filter(|reservation| is(reservation, &["pending"]));
    let pending: Vec<Object> = pending.cloned().collect();
    for mut reservation in pending {
        set(state, &reservation, "rejected", now);
        reservation.set("reservation_status", "rejected");
        follow(state, &reservation, now);
    }
}

fn set_all(state: &mut State, account: &str, collection: &str, from: &[&str], to: &str, now: Timestamp) {
    let all = state.store.members(HOST, account, collection);
    let all: Vec<Object> = all.filter(|one| is(one, from)).cloned().collect();
    for one in all {
        set(state, &one, to, now);
    }
}

/// Reservations of a worker: those of tasks that are offered to it. <https://www.twilio.com/docs/taskrouter/api/worker-reservation>
pub struct WorkerReservations;

impl Behaviour for WorkerReservations {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let target = resolve::target(&ctx.state.store, ctx.account, ctx.route, &ctx.request.path)?;
        let worker = ctx.path_param("WorkerSid").unwrap_or_default();
        let all = ctx.state.store.kind_with(HOST, RESERVATIONS, "worker_sid", worker);
        let own = all.filter(|reservation| reservation.account == ctx.account);
        let own: Vec<Object> = own.cloned().collect();
        let path = |one: &Object| {
            let workspace = workspace_of(&one.path);
            format!("{workspace}/Workers/{worker}/Reservations/{}", one.key)
        };
        if ctx.operation().kind == OperationKind::List {
            let named = own.into_iter().map(|mut one| {
                one.path = path(&one);
                one
            });
            return ctx.list(named.collect()).map(Some);
        }
        let wanted = ctx.path_param("Sid").unwrap_or_default();
        let found = own.into_iter().find(|one| one.key == wanted);
        let found = found.ok_or_else(|| parents::gone(target.resource, &ctx.request.path))?;
        let url = format!("{}{}", ctx.base_url, path(&found));
        let resource = Contract::published().resource(HOST, RESERVATIONS);
        let resource = resource.ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        let mut answer = match ctx.operation().kind {
            OperationKind::Update => {
                crate::facts::versions::refuse(resource, ctx.operation(), ctx.request.if_match.as_deref(), &found)?;
                serve::change(ctx, resource, &found, params.clone())?
            }
            _ => serve::answer(ctx, resource, &found),
        };
        if let Some(Value::Object(body)) = &mut answer.body {
            body.insert("url".to_owned(), json!(url));
        }
        Ok(Some(answer))
    }
}
