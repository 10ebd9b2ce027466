//! Activities of workers: since when a worker is in its activity, and for how long it was in those that it has left.
//! <https://www.twilio.com/docs/taskrouter/api/worker>, <https://www.twilio.com/docs/taskrouter/api/worker/statistics>

use jiff::Timestamp;
use serde_json::{Value, json};

use super::HOST;
use super::assignment::{note_worker, put};
use super::workspaces::workspace_of;
use crate::clock;
use crate::state::State;
use crate::store::Object;

/// Note of a worker: milliseconds since 1970 at which it came into its activity.
const SINCE: &str = "_since";
/// Note of a worker: the activities that it has left, each with the milliseconds at which it came and went.
const LEFT: &str = "_left";

/// Note of a worker: milliseconds since 1970 at which anything last happened to a reservation of it.
const OCCUPIED: &str = "_occupied";

/// Notes that something happens to a reservation of the worker at a path: it is not idle.
pub(super) fn occupied(state: &mut State, account: &str, worker: &str, now: Timestamp) {
    if let Some(worker) = state.store.find_mut(HOST, account, worker) {
        worker.hidden.insert(OCCUPIED.to_owned(), now.as_millisecond().into());
    }
}

/// Milliseconds since 1970 at which a worker came into its activity, or was done with its last task.
pub(super) fn idle_since(worker: &Object) -> i64 {
    let occupied = worker.hidden.get(OCCUPIED).and_then(Value::as_i64);
    since(worker).max(occupied.unwrap_or_default())
}

/// Milliseconds since 1970 at which a worker came into its activity.
pub(super) fn since(worker: &Object) -> i64 {
    let noted = worker.hidden.get(SINCE).and_then(Value::as_i64);
    noted.unwrap_or(worker.created_ms)
}

/// Notes that a worker has left an activity for another one.
pub(super) fn left(worker: &mut Object, activity: Option<&str>, now: Timestamp) {
    let now_ms = now.as_millisecond();
    let line = json!([activity, since(worker), now_ms]);
    match worker.hidden.get_mut(LEFT).and_then(Value::as_array_mut) {
        Some(lines) => lines.push(line),
        None => {
            worker.hidden.insert(LEFT.to_owned(), json!([line]));
        }
    }
    worker.hidden.insert(SINCE.to_owned(), now_ms.into());
    worker.set("date_status_changed", clock::iso8601(now));
}

/// Seconds that a worker was in an activity within an interval; `None` if it was not.
pub(super) fn seconds_in(worker: &Object, activity: &str, start: Timestamp, end: Timestamp) -> Option<i64> {
    let (start, end) = (start.as_millisecond(), end.as_millisecond());
    let part = |from: i64, to: i64| (from <= end && to >= start).then(|| (to.min(end) - from.max(start)).max(0));
    let left = worker.hidden.get(LEFT).and_then(Value::as_array);
    let earlier = left.into_iter().flatten().filter(|line| line[0] == activity);
    let earlier = earlier.filter_map(|line| part(line[1].as_i64()?, line[2].as_i64()?));
    let is_here = worker.text("activity_sid") == Some(activity);
    let now = is_here.then(|| part(since(worker), i64::MAX)).flatten();
    let parts: Vec<i64> = earlier.chain(now).collect();
    (!parts.is_empty()).then(|| parts.iter().sum::<i64>() / 1000)
}

/// Puts a worker into an activity of its workspace; one that is not there changes nothing.
pub(super) fn enter(state: &mut State, account: &str, worker: &str, activity: &str, now: Timestamp) {
    let path = format!("{}/Activities/{activity}", workspace_of(worker));
    let Some(activity) = state.store.find(HOST, account, &path).cloned() else {
        return;
    };
    put(state, account, worker, now, |worker| {
        let before = worker.text("activity_sid").map(str::to_owned);
        if before.as_deref() == Some(activity.key.as_str()) {
            return;
        }
        left(worker, before.as_deref(), now);
        worker.set("activity_sid", activity.key.as_str());
        for (field, from) in [("activity_name", "friendly_name"), ("available", "available")] {
            worker.set(field, activity.body.get(from).cloned().unwrap_or_default());
        }
    });
    note_worker(state, account, worker, now);
}

/// Puts a worker into the activity that the queue of a task names in a field. In a workspace with many tasks for each worker nothing
/// does that (<https://www.twilio.com/docs/api/errors/14240>).
pub(super) fn enter_by_queue(state: &mut State, task: &Object, worker: &Object, field: &str, now: Timestamp) {
    let queue = task.text("task_queue_sid").unwrap_or_default();
    let queue = format!("{}/TaskQueues/{queue}", workspace_of(&task.path));
    let queue = state.store.find(HOST, &task.account, &queue);
    let activity = queue.and_then(|queue| queue.text(field)).map(str::to_owned);
    if let Some(activity) = activity.filter(|activity| !activity.is_empty()) {
        enter(state, &task.account, &worker.path, &activity, now);
    }
}
