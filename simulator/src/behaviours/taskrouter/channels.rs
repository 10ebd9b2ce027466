//! Channels of workers: how much of their room is taken. <https://www.twilio.com/docs/taskrouter/api/worker-channel>

use serde_json::Value;

use super::HOST;
use super::assignment::{is_on, live, note};
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Object};

/// Channels of a worker.
pub struct WorkerChannels;

impl Behaviour for WorkerChannels {
    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        note(ctx.state, object, None, ctx.now);
        Ok(())
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let now = state.clock.now();
        note(state, object, None, now);
    }

    /// The contract's texts on the two fields.
    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let worker = object.collection.trim_end_matches("/Channels");
        let Some(worker) = ctx.state.store.find(HOST, &object.account, worker) else {
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
