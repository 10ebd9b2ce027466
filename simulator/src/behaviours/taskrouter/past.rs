//! Tasks that are deleted, with their reservations: cumulative statistics count them still, and nothing else shows them.
//! <https://www.twilio.com/docs/taskrouter/lifecycle-task-state>,
//! <https://www.twilio.com/docs/taskrouter/api/workspace-statistics>

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::HOST;
use super::reservations::ACCEPTED;
use super::workspaces::workspace_of;
use crate::state::State;
use crate::store::Object;

/// A task that is no more.
#[derive(Debug, Clone)]
pub(super) struct Gone {
    /// The task.
    pub(super) task: Object,
    /// Its reservations.
    pub(super) reservations: Vec<Object>,
    /// Whether a client deleted it.
    pub(super) deleted: bool,
    /// When it went.
    pub(super) when: Timestamp,
}

/// Tasks that are no more, by account and workspace and then by path.
#[derive(Debug, Default)]
pub(super) struct Past(HashMap<(String, String), BTreeMap<String, Gone>>);

/// How long statistics look back at most: <https://www.twilio.com/docs/api/errors/14241>.
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Keeps a task that goes, while its workspace stays.
pub(super) fn keep_task(state: &mut State, task: &Object, deleted: bool, now: Timestamp) {
    let place = (task.account.clone(), workspace_of(&task.path).to_owned());
    if state.store.find(HOST, &place.0, &place.1).is_none() {
        state.own::<Past>().0.remove(&place);
        return;
    }
    let all = state.own::<Past>().0.entry(place).or_default();
    all.retain(|_, gone| now.duration_since(gone.when) <= LONGEST);
    let gone = Gone {
        task: kept(task),
        reservations: Vec::new(),
        deleted,
        when: now,
    };
    all.insert(task.path.clone(), gone);
}

/// Keeps a reservation whose task has gone.
pub(super) fn keep_reservation(state: &mut State, reservation: &Object) {
    let place = (reservation.account.clone(), workspace_of(&reservation.path).to_owned());
    let task = reservation.collection.trim_end_matches("/Reservations");
    let all = state.own::<Past>().0.get_mut(&place);
    if let Some(gone) = all.and_then(|all| all.get_mut(task)) {
        gone.reservations.push(kept(reservation));
    }
}

/// What statistics read of it.
fn kept(object: &Object) -> Object {
    const READ: &[&str] = &[
        "assignment_status",
        "reason",
        "reservation_status",
        "task_channel_sid",
        "task_channel_unique_name",
        "task_queue_sid",
        "worker_sid",
        "workflow_sid",
    ];
    let mut object = object.clone();
    object.previous = None;
    object.body.retain(|name, _| READ.contains(&name.as_str()));
    object.hidden.retain(|name, _| name == ACCEPTED);
    object
}

/// The tasks of a workspace that are no more.
pub(super) fn of(state: &mut State, account: &str, workspace: &str) -> Vec<Gone> {
    let place = (account.to_owned(), workspace.to_owned());
    let all = state.own::<Past>().0.get(&place);
    all.into_iter().flat_map(BTreeMap::values).cloned().collect()
}
