//! What ends a task beside a client: the steps of its workflow run out, it has been offered too often, and what has ended is deleted.
//! <https://www.twilio.com/docs/taskrouter/lifecycle-task-state>, <https://www.twilio.com/docs/taskrouter/limits>

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::assignment::{note_task, put};
use super::reservations::follow_task;
use super::{HOST, routing};
use crate::processes;
use crate::state::State;
use crate::store::Object;

/// Note of a task: when it is deleted.
pub(crate) const GONE_AT: &str = "_gone_at";
/// Note of a task: how often it went from `pending` to `reserved`.
const OFFERS: &str = "_offers";
/// How often a task may do that, by the page on limits.
const MOST_OFFERS: u64 = 1000;

/// `reason` of a task that the steps of its workflow have let pass, as it was read at Twilio:
/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/taskrouter/references/test-results.md, test 5).
pub(super) const WORKFLOW_TIMEOUT: &str = "Task canceled on Workflow timeout";
/// `reason` of a task that was offered too often. Code in production looks for this text beside the one of its time to live; what it says of which is an
/// open question.
const OFFERED_TOO_OFTEN: &str = "Task TTL Exceeded or Max assignment count exceeded";

/// Five minutes after it was completed or canceled a task is deleted.
const ENDED: SignedDuration = SignedDuration::from_mins(5);
/// So is one that is not completed within a day of being assigned.
const ASSIGNED: SignedDuration = SignedDuration::from_hours(24);

/// Counts an offer of a task.
pub(super) fn count_offer(task: &mut Object) {
    let offers = offers(task) + 1;
    task.hidden.insert(OFFERS.to_owned(), offers.into());
}

fn offers(task: &Object) -> u64 {
    task.hidden.get(OFFERS).and_then(Value::as_u64).unwrap_or_default()
}

/// Notes when a task will be deleted, where its state has just become what it is.
pub(super) fn note_end(task: &mut Object, now: Timestamp) {
    let after = match task.text("assignment_status") {
        Some("canceled" | "completed") => ENDED,
        Some("assigned") => ASSIGNED,
        // What is wrapped up was assigned before.
        Some("wrapping") => return,
        _ => {
            task.hidden.shift_remove(GONE_AT);
            return;
        }
    };
    let at = now.saturating_add(after).unwrap_or(Timestamp::MAX);
    task.hidden.insert(GONE_AT.to_owned(), at.to_string().into());
}

/// Puts the task at a path into a state.
pub(super) fn enter(state: &mut State, account: &str, task: &str, to: &str, reason: Option<&str>, now: Timestamp) {
    put(state, account, task, now, |task| {
        task.set("assignment_status", to);
        if let Some(reason) = reason {
            task.set("reason", reason);
        }
        note_end(task, now);
    });
}

/// A task that waits goes on in its workflow if its time in its step is over, and ends where there is no further step, or where it has been
/// offered as often as any may be.
pub(super) fn go_on(state: &mut State, account: &str, path: &str, now: Timestamp) {
    let Some(task) = state.store.find(HOST, account, path).cloned() else {
        return;
    };
    if task.text("assignment_status") != Some("pending") {
        return;
    }
    let mut moved = task.clone();
    let reason = match offers(&task) >= MOST_OFFERS {
        true => Some(OFFERED_TOO_OFTEN),
        false => (!routing::advance(&state.store, &mut moved, now)).then_some(WORKFLOW_TIMEOUT),
    };
    if let Some(reason) = reason {
        enter(state, account, path, "canceled", Some(reason), now);
        if let Some(task) = state.store.find(HOST, account, path).cloned() {
            follow_task(state, &task, now);
            note_task(state, &task, now);
        }
        return;
    }
    if moved.body == task.body {
        // Only when its step ends may be another time.
        state.store.replace(moved);
        return processes::watch(state, task.sequence, now);
    }
    put(state, account, path, now, |task| {
        task.body = moved.body;
        task.hidden = moved.hidden;
    });
    note_task(state, &task, now);
}
