//! Which worker is offered a task: one that its queue takes, in an available activity, with room in the task's channel.
//! <https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment>,
//! <https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks>, <https://www.twilio.com/docs/taskrouter/multitasking>
//!
//! A request that may make a match possible leaves a note ([`note`]), and the match is made before the next request is answered
//! ([`settle`]): the response to the create of a task shows it pending, as Twilio's does.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::HOST;
use super::presence;
use super::reservations::{CHANNEL, LIVE, RESERVATIONS, TIMES_OUT};
use super::routing::{eligible, is_available};
use super::workspaces::workspace_of;
use crate::contract::Contract;
use crate::facts::filters::taskrouter::{at, attributes, of_worker};
use crate::facts::{references, versions};
use crate::generic::build;
use crate::processes;
use crate::state::State;
use crate::store::{Body, Object, Store};

/// Note of a task: the expression of its step, which a worker has to fulfil beside that of the queue.
pub(super) const EXPRESSION: &str = "_expression";

/// Workspaces in which something happened that tasks may have waited for.
#[derive(Debug, Default)]
struct Waiting(Vec<Note>);

#[derive(Debug, PartialEq)]
struct Note {
    account: String,
    workspace: String,
    /// The one task that it is about; `None` for all that wait.
    task: Option<String>,
    when: Timestamp,
}

/// Notes that a task, or any task of the workspace in which `near` is, may find a worker now.
pub(super) fn note(state: &mut State, near: &Object, task: Option<&Object>, when: Timestamp) {
    let note = Note {
        account: near.account.clone(),
        workspace: workspace_of(&near.path).to_owned(),
        task: task.map(|task| task.path.clone()),
        when,
    };
    let notes = &mut state.own::<Waiting>().0;
    let is_known =
        |known: &Note| known.account == note.account && known.workspace == note.workspace && known.task == note.task;
    if !notes.iter().any(is_known) {
        notes.push(note);
    }
}

/// Makes the matches that are possible since the last time.
pub(crate) fn settle(state: &mut State) {
    for note in std::mem::take(&mut state.own::<Waiting>().0) {
        assign(state, &note);
    }
}

fn assign(state: &mut State, note: &Note) {
    let store = &state.store;
    let Some(workspace) = store.find(HOST, &note.account, &note.workspace) else {
        return;
    };
    // The contract's text on the field: without it a worker gets the next task when the one before is completed.
    let many = workspace.body.get("multi_task_enabled").and_then(Value::as_bool) != Some(false);
    let mut tasks: Vec<Object> = match &note.task {
        Some(path) => store.find(HOST, &note.account, path).into_iter().cloned().collect(),
        None => {
            let tasks = format!("{}/Tasks", note.workspace);
            let waiting = store.members_with(HOST, &note.account, &tasks, "assignment_status", "pending");
            waiting.cloned().collect()
        }
    };
    tasks.retain(|task| task.text("assignment_status") == Some("pending") && queue_of(store, task).is_some());
    tasks.sort_by_cached_key(|task| turn(store, task));
    for task in tasks {
        let chosen = chosen(&state.store, &task, many, note.when);
        if !chosen.is_empty() {
            reserve(state, &task, &chosen, many, note.when);
        }
    }
}

fn queue_of<'s>(store: &'s Store, task: &Object) -> Option<&'s Object> {
    let queue = task.text("task_queue_sid")?;
    let path = format!("{}/TaskQueues/{queue}", workspace_of(&task.path));
    store.find(HOST, &task.account, &path)
}

/// The contract's texts on `priority`, `virtual_start_time` and `TaskOrder`: the highest priority first, then the oldest task,
/// or the newest one where its queue says so.
fn turn(store: &Store, task: &Object) -> (i64, i64, i64) {
    let priority = task.body.get("priority").and_then(Value::as_i64).unwrap_or_default();
    let start = task
        .text("virtual_start_time")
        .and_then(|text| text.parse::<Timestamp>().ok());
    let start = start.map_or(task.created_ms, Timestamp::as_millisecond);
    let sequence = i64::try_from(task.sequence).unwrap_or(i64::MAX);
    match queue_of(store, task).and_then(|queue| queue.text("task_order")) {
        Some("LIFO") => (-priority, -start, -sequence),
        _ => (-priority, start, sequence),
    }
}

/// The workers that are offered a task, as many as its queue reserves at once: who has been idle longest first.
/// <https://www.twilio.com/docs/taskrouter/api/task-queue>
fn chosen(store: &Store, task: &Object, many: bool, now: Timestamp) -> Vec<Object> {
    let Some(queue) = queue_of(store, task) else {
        return Vec::new();
    };
    let most = queue
        .body
        .get("max_reserved_workers")
        .and_then(Value::as_u64)
        .unwrap_or(1);
    let mut workers = eligible(store, queue, now);
    workers.retain(|worker| is_available(worker) && fits(task, worker, now) && has_room(store, worker, task, many));
    workers.sort_by_cached_key(|worker| {
        (
            has_declined(store, worker, task),
            idle_since(store, worker),
            worker.sequence,
        )
    });
    workers.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    workers.into_iter().cloned().collect()
}

/// Whether the expression of the task's step is true of a worker, who is `worker` in it beside the task (`task`).
/// <https://www.twilio.com/docs/taskrouter/workflow-configuration>
fn fits(task: &Object, worker: &Object, now: Timestamp) -> bool {
    let Some(text) = task.hidden.get(EXPRESSION).and_then(Value::as_str) else {
        return true;
    };
    let mut known = at(now, of_worker(worker));
    let mut of_task = attributes(task);
    of_task.entry("sid").or_insert(task.key.as_str().into());
    known.insert("task".to_owned(), of_task.into());
    crate::expression::Expression::parse(text).is_ok_and(|parsed| parsed.is_true_of(&known))
}

/// The reservations of a worker that take room: what is offered, worked on or wrapped up.
pub(super) fn live<'s>(store: &'s Store, worker: &Object) -> Vec<&'s Object> {
    let all = store.kind_with(HOST, RESERVATIONS, "worker_sid", worker.key.as_str());
    let own = all.filter(|reservation| reservation.account == worker.account);
    own.filter(|reservation| is(reservation, LIVE)).collect()
}

/// Whether a reservation is in one of these states.
pub(super) fn is(reservation: &Object, states: &[&str]) -> bool {
    let state = reservation.text("reservation_status");
    state.is_some_and(|state| states.contains(&state))
}

/// Whether a reservation is about a task of this channel.
pub(super) fn is_on(reservation: &Object, channel: &str) -> bool {
    reservation.hidden.get(CHANNEL).and_then(Value::as_str) == Some(channel)
}

/// The contract's texts on `configured_capacity` and `available` of a worker's channel.
fn has_room(store: &Store, worker: &Object, task: &Object, many: bool) -> bool {
    let live = live(store, worker);
    if !many {
        return live.is_empty();
    }
    let asked = task.text("task_channel_sid").unwrap_or_default();
    let channels = format!("{}/Channels", worker.path);
    let mut channels = store.members_with(HOST, &worker.account, &channels, "task_channel_sid", asked);
    let Some(channel) = channels.next() else { return false };
    let taken = live.iter().filter(|reservation| is_on(reservation, asked)).count();
    let capacity = channel
        .body
        .get("configured_capacity")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    is_available(channel) && (taken as u64) < capacity
}

/// Whether a worker has rejected this task before, or let its time pass.
fn has_declined(store: &Store, worker: &Object, task: &Object) -> bool {
    let reservations = format!("{}/Reservations", task.path);
    let mut own = store.members_with(HOST, &task.account, &reservations, "worker_sid", worker.key.as_str());
    own.any(|reservation| is(reservation, &["rejected", "timeout"]))
}

/// When a worker came into its activity, or was done with its last task.
fn idle_since(store: &Store, worker: &Object) -> i64 {
    let all = store.kind_with(HOST, RESERVATIONS, "worker_sid", worker.key.as_str());
    let own = all.filter(|reservation| reservation.account == worker.account);
    let last = own.map(|reservation| reservation.updated_ms).max();
    presence::since(worker).max(last.unwrap_or_default())
}

fn reserve(state: &mut State, task: &Object, workers: &[Object], many: bool, now: Timestamp) {
    let workspace = workspace_of(&task.path).to_owned();
    let workflow = task.text("workflow_sid").unwrap_or_default();
    let workflow = state
        .store
        .find(HOST, &task.account, &format!("{workspace}/Workflows/{workflow}"));
    let seconds = workflow.and_then(|workflow| workflow.body.get("task_reservation_timeout")?.as_i64());
    // The contract's text on `TaskReservationTimeout`.
    let seconds = SignedDuration::from_secs(seconds.unwrap_or(120));
    let until = now.saturating_add(seconds).unwrap_or(Timestamp::MAX);
    let channel = task.body.get("task_channel_sid").cloned().unwrap_or_default();
    let collection = format!("{}/Reservations", task.path);
    for worker in workers {
        let name = worker.body.get("friendly_name").cloned().unwrap_or_default();
        let fields = Body::from_iter([
            ("reservation_status".to_owned(), Value::from("pending")),
            ("worker_sid".to_owned(), worker.key.as_str().into()),
            ("worker_name".to_owned(), name),
        ]);
        let contract = Contract::published();
        let made = build::object_at(state, contract, HOST, &task.account, &collection, fields, now);
        let Some(mut reservation) = made else { return };
        reservation
            .hidden
            .insert(TIMES_OUT.to_owned(), until.to_string().into());
        reservation.hidden.insert(CHANNEL.to_owned(), channel.clone());
        let sequence = state.store.insert(reservation);
        processes::watch(state, sequence, now);
        if !many {
            presence::enter_by_queue(state, task, worker, "reservation_activity_sid", now);
        }
    }
    put(state, &task.account, &task.path, now, |task| {
        task.set("assignment_status", "reserved")
    });
}

/// Changes what nobody's request is about.
pub(super) fn put(state: &mut State, account: &str, path: &str, now: Timestamp, change: impl FnOnce(&mut Object)) {
    let Some(object) = state.store.find_mut(HOST, account, path) else {
        return;
    };
    object.previous = Some(Box::new(object.body.clone()));
    change(object);
    if let Some(resource) = Contract::published().resource(&object.host, &object.template) {
        build::touch(resource, object, now);
        versions::count(resource, object);
    }
    object.updated_ms = now.as_millisecond();
    let object = object.clone();
    references::changed(state, &object);
    processes::watch(state, object.sequence, now);
}
