//! The states of a conversation and the timers that move it.
//! <https://www.twilio.com/docs/conversations/states-timers>
//!
//! A value of `State` that is none of the three is refused by [`crate::facts::wrong_values`].

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::facts::timers;
use crate::params::Params;
use crate::store::Object;

/// Conversations: the state in which nothing changes any more.
pub struct Conversations;

impl Behaviour for Conversations {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if !ctx.strict {
            return Ok(());
        }
        if params.text("State") == Some(CLOSED) {
            // https://www.twilio.com/docs/api/errors/50384; the page names no status.
            return Err(ApiError::new(400, 50384, "Initial state can't be 'closed'"));
        }
        timers::refuse(params)
    }

    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        if object.text("state") == Some(CLOSED) {
            // https://www.twilio.com/docs/api/errors/50377; the page names no status.
            let message = "Can't update conversation as it's in final closed state";
            return Err(ApiError::new(400, 50377, message));
        }
        if ctx.strict { timers::refuse(params) } else { Ok(()) }
    }
}

const CLOSED: &str = "closed";

/// The account's settings, which hold the timers that new conversations have.
pub struct Configuration;

impl Behaviour for Configuration {
    fn before_update(&self, ctx: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        if ctx.strict { timers::refuse(params) } else { Ok(()) }
    }
}
