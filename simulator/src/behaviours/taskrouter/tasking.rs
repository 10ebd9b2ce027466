//! Workspaces whose workers can have several tasks at once.

use super::HOST;
use super::assignment::note_all;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Workspaces: what is multi-tasking does not become single-tasking again, unless the account has another one that is
/// (<https://www.twilio.com/docs/taskrouter/api/workspace>, and the contract's text on `MultiTaskEnabled` of the update). With which code
/// it is refused nobody says: OPEN-QUESTIONS.md asks.
pub struct Tasking;

impl Behaviour for Tasking {
    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        let is_single = |workspace: &Object| workspace.body.get("multi_task_enabled") == Some(&false.into());
        if params.flag("MultiTaskEnabled") != Some(false) || is_single(object) {
            return Ok(());
        }
        let mut all = ctx.state.store.members(HOST, &object.account, "/v1/Workspaces");
        if all.any(is_single) {
            return Ok(());
        }
        let text = "A multi-tasking workspace cannot become single-tasking";
        Err(ApiError::new(400, 20001, text))
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        if before.body.get("multi_task_enabled") != object.body.get("multi_task_enabled") {
            note_all(ctx.state, object, ctx.now);
        }
        Ok(())
    }
}
