//! Channels of workers: how much of their room is taken. <https://www.twilio.com/docs/taskrouter/api/worker-channel>

use serde_json::Value;

use super::HOST;
use super::assignment::{is_on, live, note_worker};
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Object};

/// Path of the worker of a channel.
fn worker_of(channel: &Object) -> &str {
    channel.collection.trim_end_matches("/Channels")
}

/// Channels of a worker.
pub struct WorkerChannels;

impl Behaviour for WorkerChannels {
    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        note_worker(ctx.state, &object.account, worker_of(object), ctx.now);
        Ok(())
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let now = state.clock.now();
        note_worker(state, &object.account, worker_of(object), now);
    }

    /// The contract's texts on the two fields.
    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let Some(worker) = ctx.state.store.find(HOST, &object.account, worker_of(object)) else {
            return;
        };
        let channel = object.text("task_channel_sid").unwrap_or_default();
        let live = live(&ctx.state.store, worker);
        let taken = live.iter().filter(|reservation| is_on(reservation, channel)).count() as u64;
        let capacity = object
            .body
            .get("configured_capacity")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        let free = (capacity.saturating_sub(taken) * 100).checked_div(capacity);
        body.insert("assigned_tasks".to_owned(), taken.into());
        body.insert(
            "available_capacity_percentage".to_owned(),
            free.unwrap_or_default().into(),
        );
    }
}
