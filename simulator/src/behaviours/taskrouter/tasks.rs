//! Tasks. In which states they may be put stands in [`crate::facts::moves`], into which queue they come in [`super::routing`].
//! <https://www.twilio.com/docs/taskrouter/api/task>

use jiff::Timestamp;
use serde_json::Value;

use super::assignment::{note_queue, note_task};
use super::reservations::follow_task;
use super::workspaces::workspace_of;
use super::{HOST, ends, past, routing};
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::processes;
use crate::state::State;
use crate::store::{Body, Object};

/// Tasks: by the contract's text on `WorkflowSid` it may be left out where the workspace has one workflow, which is meant then. Beside others it
/// was seen to be refused: <https://github.com/wittyreference/twilio-claude-plugin> (skills/taskrouter/references/assertion-audit.md, A21).
pub struct Tasks;

impl Behaviour for Tasks {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        began(ctx, params)?;
        if params.text("WorkflowSid").is_some_and(|sid| !sid.is_empty()) {
            return Ok(());
        }
        let workspace = ctx.path_param("WorkspaceSid").unwrap_or_default();
        let workflows = format!("/v1/Workspaces/{workspace}/Workflows");
        let store = &ctx.state.store;
        let is_direct = ["RoutingTarget", "TaskQueueSid"]
            .iter()
            .any(|name| params.text(name).is_some_and(|sid| !sid.is_empty()));
        match store.count(HOST, ctx.account, &workflows) {
            1 => {
                if let Some(only) = store.members(HOST, ctx.account, &workflows).next() {
                    params.set("WorkflowSid", only.key.as_str());
                }
                Ok(())
            }
            count if count > 1 && ctx.strict && !is_direct => {
                Err(ApiError::new(400, 20001, "WorkflowSid field is required"))
            }
            _ => Ok(()),
        }
    }

    /// The contract's text on `Reason` calls it required where a task is canceled or completed. Code in production ends tasks without
    /// one, so it is not refused: OPEN-QUESTIONS.md asks.
    fn before_update(&self, ctx: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        began(ctx, params)
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        routing::start(&ctx.state.store, params, object, ctx.now);
        note_task(ctx.state, object, ctx.now);
        Ok(())
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        if before.text("assignment_status") != object.text("assignment_status") {
            ends::note_end(object, ctx.now);
            follow_task(ctx.state, object, ctx.now);
        }
        note_task(ctx.state, object, ctx.now);
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        past::keep_task(ctx.state, object, true, ctx.now);
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        let now = state.clock.now();
        past::keep_task(state, object, false, now);
    }

    /// Its time in its step is over.
    fn came_due(&self, state: &mut State, object: &Object, at: Timestamp) {
        ends::go_on(state, &object.account, &object.path, at);
    }

    fn added_outside(&self, state: &mut State, object: &Object) {
        let now = state.clock.now();
        note_task(state, object, now);
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let now = Timestamp::from_millisecond(object.updated_ms).unwrap_or_default();
        let was = object
            .previous
            .as_ref()
            .and_then(|before| before.get("assignment_status"));
        if was != object.body.get("assignment_status")
            && let Some(stored) = state.store.numbered_mut(object.sequence)
        {
            ends::note_end(stored, now);
        }
        follow_task(state, object, now);
        note_task(state, object, now);
    }

    /// The contract's text on `age`: seconds since the task was made.
    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let age = (ctx.now.as_millisecond() - object.created_ms).max(0) / 1000;
        body.insert("age".to_owned(), age.into());
    }
}

/// The contract's text on `VirtualStartTime`: neither in the future nor before 1900.
fn began(ctx: &Ctx<'_>, params: &mut Params) -> Outcome {
    let Some(text) = params.text("VirtualStartTime") else {
        return Ok(());
    };
    if text.is_empty() {
        // As if it was not sent.
        params.take("VirtualStartTime");
        return Ok(());
    }
    let start = text.parse::<Timestamp>().ok();
    match start {
        None if ctx.strict => Err(ApiError::invalid_parameter(
            "VirtualStartTime",
            "it is no date and time",
        )),
        Some(start) if ctx.strict && (start > ctx.now || start.as_second() < YEAR_1900) => {
            let why = "it may not be in the future or before the year 1900";
            Err(ApiError::invalid_parameter("VirtualStartTime", why))
        }
        _ => Ok(()),
    }
}

/// Seconds from 1970 back to 1900.
const YEAR_1900: i64 = -2_208_988_800;

/// Workflows: tasks that wait go through a changed one again on request.
/// <https://www.twilio.com/docs/taskrouter/api/workflow>
pub struct Workflows;

impl Behaviour for Workflows {
    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, params: &Params, object: &mut Object) -> Outcome {
        let again = params.value("ReEvaluateTasks").is_some_and(|asked| match asked {
            Value::String(text) => text.eq_ignore_ascii_case("true"),
            asked => *asked == true,
        });
        if !again {
            return Ok(());
        }
        // The way of a task is read from the stored workflow.
        ctx.state.store.replace(object.clone());
        let tasks = format!("{}/Tasks", workspace_of(&object.path));
        let store = &ctx.state.store;
        let tasks = store.members_with(HOST, &object.account, &tasks, "workflow_sid", object.key.as_str());
        let waiting: Vec<Object> = tasks
            .filter(|task| task.text("assignment_status") == Some("pending"))
            .cloned()
            .collect();
        let mut seen = routing::Seen::default();
        for mut task in waiting {
            routing::route_with(&mut seen, &ctx.state.store, &mut task, ctx.now);
            note_task(ctx.state, &task, ctx.now);
            let sequence = task.sequence;
            ctx.state.store.replace(task);
            processes::watch(ctx.state, sequence, ctx.now);
        }
        Ok(())
    }
}

/// Queues: a task shows the name that its queue has now.
pub struct TaskQueues;

impl Behaviour for TaskQueues {
    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        note_queue(ctx.state, object, ctx.now);
        if before.text("friendly_name") != object.text("friendly_name") {
            rename(ctx.state, object);
        }
        Ok(())
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let now = Timestamp::from_millisecond(object.updated_ms).unwrap_or_default();
        note_queue(state, object, now);
        rename(state, object);
    }
}

fn rename(state: &mut State, queue: &Object) {
    let tasks = format!("{}/Tasks", workspace_of(&queue.path));
    let tasks = state
        .store
        .members_with(HOST, &queue.account, &tasks, "task_queue_sid", queue.key.as_str());
    let paths: Vec<String> = tasks.map(|task| task.path.clone()).collect();
    for path in paths {
        if let Some(task) = state.store.find_mut(HOST, &queue.account, &path) {
            let name = queue.body.get("friendly_name").cloned().unwrap_or_default();
            task.set("task_queue_friendly_name", name);
        }
    }
}
