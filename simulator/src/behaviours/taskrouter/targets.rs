//! Tasks that go straight to somebody.
//! <https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;
use crate::validate::is_sid;

/// Tasks with a `RoutingTarget`: one for a worker does not ask whether the worker has capacity, unless it says that it does.
pub struct Targets;

impl Behaviour for Targets {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let target = params.text("RoutingTarget").unwrap_or_default();
        if is_sid(&["WK".to_owned()], target) && !params.has("IgnoreCapacity") {
            params.set("IgnoreCapacity", "true");
        }
        Ok(())
    }
}
