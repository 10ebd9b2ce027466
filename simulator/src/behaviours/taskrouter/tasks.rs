//! Tasks. In which states they may be put stands in [`crate::facts::moves`].
//! <https://www.twilio.com/docs/taskrouter/api/task>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;

/// Tasks: by the contract's text on `WorkflowSid` it may be left out where the workspace has one workflow, which is meant then.
pub struct Tasks;

impl Behaviour for Tasks {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if params.text("WorkflowSid").is_some_and(|sid| !sid.is_empty()) {
            return Ok(());
        }
        let workspace = ctx.path_param("WorkspaceSid").unwrap_or_default();
        let workflows = format!("/v1/Workspaces/{workspace}/Workflows");
        let store = &ctx.state.store;
        if store.count(HOST, ctx.account, &workflows) == 1
            && let Some(only) = store.members(HOST, ctx.account, &workflows).next()
        {
            params.set("WorkflowSid", only.key.as_str());
        }
        Ok(())
    }
}
