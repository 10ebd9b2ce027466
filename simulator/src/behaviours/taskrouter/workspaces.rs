//! TaskRouter: workers have a channel for each task channel of their workspace.
//! <https://www.twilio.com/docs/taskrouter/api/worker>

use jiff::Timestamp;
use serde_json::Value;

use super::HOST;
use super::assignment::{forget_worker, note_worker};
use super::presence;
use super::reservations::reject_pending;
use super::routing::is_available;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::clock;
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Object};

/// Collection of a worker's channels, as the contract writes it.
const WORKER_CHANNELS: &str = "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels";

/// Parameter of an update that makes a worker unavailable.
const REJECT: &str = "RejectPendingReservations";

/// Workers.
pub struct Workers;

impl Behaviour for Workers {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        object.set("date_status_changed", clock::iso8601(ctx.now));
        let workspace = workspace_of(&object.path).to_owned();
        let channels: Vec<Body> = ctx
            .state
            .store
            .members(HOST, &object.account, &format!("{workspace}/TaskChannels"))
            .map(of_channel)
            .collect();
        for fields in channels {
            add_channel(ctx, object, fields);
        }
        note_worker(ctx.state, &object.account, &object.path, ctx.now);
        Ok(())
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, params: &Params, object: &mut Object) -> Outcome {
        // No field: it is about this one update.
        object.hidden.shift_remove(REJECT);
        if before.text("activity_sid") != object.text("activity_sid") {
            presence::left(object, before.text("activity_sid"), ctx.now);
        }
        // The contract's text on the parameter: only where the new activity is one without tasks.
        if params.flag(REJECT) == Some(true) && !is_available(object) {
            reject_pending(ctx.state, object, ctx.now);
        }
        note_worker(ctx.state, &object.account, &object.path, ctx.now);
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        forget_worker(ctx.state, object);
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        forget_worker(state, object);
    }

    fn added_outside(&self, state: &mut State, object: &Object) {
        let now = state.clock.now();
        note_worker(state, &object.account, &object.path, now);
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let now = Timestamp::from_millisecond(object.updated_ms).unwrap_or_default();
        let before = object.previous.as_ref().and_then(|before| before.get("activity_sid"));
        let before = before.filter(|before| object.body.get("activity_sid") != Some(before));
        if let Some(before) = before.map(|before| before.as_str().map(str::to_owned))
            && let Some(worker) = state.store.numbered_mut(object.sequence)
        {
            presence::left(worker, before.as_deref(), now);
        }
        note_worker(state, &object.account, &object.path, now);
    }
}

/// `/v1/Workspaces/WS…` of a path below it.
pub(super) fn workspace_of(path: &str) -> &str {
    let end = path.match_indices('/').nth(3).map_or(path.len(), |(index, _)| index);
    &path[..end]
}

/// What a worker's channel reads of its task channel. A worker takes one task of each channel unless told otherwise
/// (<https://www.twilio.com/docs/taskrouter/api/worker-channel>).
fn of_channel(channel: &Object) -> Body {
    let text = |name: &str| channel.body.get(name).cloned().unwrap_or_default();
    Body::from_iter([
        ("task_channel_sid".to_owned(), text("sid")),
        ("task_channel_unique_name".to_owned(), text("unique_name")),
        ("available".to_owned(), Value::from(true)),
        ("available_capacity_percentage".to_owned(), Value::from(100)),
        ("configured_capacity".to_owned(), Value::from(1)),
    ])
}

fn add_channel(ctx: &mut Ctx<'_>, worker: &Object, fields: Body) {
    let collection = format!("{}/Channels", worker.path);
    if let Some(channel) = ctx.new_object(HOST, &worker.account, &collection, fields) {
        ctx.state.store.insert(channel);
    }
}

/// Task channels: each worker of the workspace gets a channel for a new one, and loses it with it.
pub struct TaskChannels;

impl Behaviour for TaskChannels {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let workers = format!("{}/Workers", workspace_of(&object.path));
        let workers: Vec<Object> = ctx
            .state
            .store
            .members(HOST, &object.account, &workers)
            .cloned()
            .collect();
        for worker in workers {
            add_channel(ctx, &worker, of_channel(object));
        }
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        leave(ctx.state, object);
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        leave(state, object);
    }
}

fn leave(state: &mut State, channel: &Object) {
    let paths: Vec<String> = state
        .store
        .kind_with(HOST, WORKER_CHANNELS, "task_channel_sid", channel.key.as_str())
        .filter(|object| object.account == channel.account)
        .map(|object| object.path.clone())
        .collect();
    for path in paths {
        state.store.remove(HOST, &channel.account, &path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_of_a_path_is_its_beginning() {
        for path in [
            "/v1/Workspaces/WS1",
            "/v1/Workspaces/WS1/Workers",
            "/v1/Workspaces/WS1/Workers/WK1",
        ] {
            assert_eq!(workspace_of(path), "/v1/Workspaces/WS1");
        }
    }
}
