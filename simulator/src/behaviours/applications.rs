//! TwiML applications. <https://www.twilio.com/docs/usage/api/applications>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;

/// An application without a name is called after the time at which it was made.
pub struct Applications;

impl Behaviour for Applications {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if params.text("FriendlyName").is_none_or(str::is_empty) {
            params.set(
                "FriendlyName",
                format!("Application Created at {}", crate::clock::iso8601(ctx.now)),
            );
        }
        Ok(())
    }
}
