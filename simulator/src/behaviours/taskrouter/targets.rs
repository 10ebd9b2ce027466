//! Tasks that go straight to somebody.
//! <https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::validate::is_sid;

/// What a task may go to: prefix of its SIDs, and where it is in a workspace.
const TARGETS: &[(&str, &str)] = &[("WK", "Workers"), ("WQ", "TaskQueues"), ("WW", "Workflows")];

/// Tasks with a `RoutingTarget`: one for a worker does not ask whether the worker has capacity, unless it says that it does. With which
/// code a target is refused that is none, nobody says: OPEN-QUESTIONS.md asks.
pub struct Targets;

impl Behaviour for Targets {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let target = params.text("RoutingTarget").unwrap_or_default().to_owned();
        if target.is_empty() {
            return Ok(());
        }
        let wrong = |why: &str| ApiError::invalid_parameter("RoutingTarget", format_args!("{target} {why}"));
        let mut kinds = TARGETS.iter();
        let Some((prefix, collection)) = kinds.find(|(prefix, _)| is_sid(&[(*prefix).to_owned()], &target)) else {
            return Err(wrong("is not the SID of a worker, a task queue or a workflow"));
        };
        let workspace = ctx.path_param("WorkspaceSid").unwrap_or_default();
        let path = format!("/v1/Workspaces/{workspace}/{collection}/{target}");
        if ctx.state.store.find(HOST, ctx.account, &path).is_none() {
            return Err(wrong("does not exist in this workspace"));
        }
        match *prefix {
            "WK" if !params.has("IgnoreCapacity") => params.set("IgnoreCapacity", "true"),
            "WW" => params.set("WorkflowSid", target),
            _ => {}
        }
        Ok(())
    }
}
