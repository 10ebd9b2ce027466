//! Activities that a workspace falls back on stay.

use jiff::Timestamp;

use super::HOST;
use super::assignment::note_all;
use super::workspaces::workspace_of;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// Activities.
pub struct Activities;

impl Behaviour for Activities {
    /// Expressions may be about the name of a worker's activity.
    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        if before.text("friendly_name") != object.text("friendly_name") {
            renamed(ctx.state, object, ctx.now);
        }
        Ok(())
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let now = Timestamp::from_millisecond(object.updated_ms).unwrap_or_default();
        renamed(state, object, now);
    }

    /// The pages of <https://github.com/RJPearson94/terraform-provider-twilio> (taskrouter_activity) say that neither the default nor
    /// the timeout activity can be deleted. With which code nobody says: it is asked in OPEN-QUESTIONS.md.
    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        let (workspace, _) = object.path.rsplit_once("/Activities/").unwrap_or_default();
        let workspace = ctx.state.store.find(HOST, &object.account, workspace);
        let is_used = workspace.is_some_and(|workspace| {
            ["default_activity_sid", "timeout_activity_sid"]
                .iter()
                .any(|field| workspace.text(field) == Some(&object.key))
        });
        if !is_used {
            return Ok(());
        }
        let message = "Activity is the default or the timeout activity of its workspace and cannot be deleted";
        Err(ApiError::new(400, 20001, message))
    }
}

fn renamed(state: &mut State, activity: &Object, now: Timestamp) {
    let workspace = workspace_of(&activity.path);
    if let Some(workspace) = state.store.find(HOST, &activity.account, workspace).cloned() {
        note_all(state, &workspace, now);
    }
}
