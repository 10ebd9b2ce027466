//! Rooms, which a client may only complete, and only once. <https://www.twilio.com/docs/video/api/rooms-resource>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::clock;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Rooms.
pub struct Rooms;

impl Behaviour for Rooms {
    fn before_update(&self, ctx: &mut Ctx<'_>, before: &Object, params: &mut Params) -> Outcome {
        let completes = params.text("Status") == Some("completed") && before.text("status") == Some("in-progress");
        if ctx.strict && !completes {
            // https://www.twilio.com/docs/api/errors/53112
            return Err(ApiError::new(400, 53112, "Status is invalid"));
        }
        Ok(())
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        let seconds = (ctx.now.as_millisecond() - before.created_ms) / 1000;
        object.set("end_time", clock::iso8601(ctx.now));
        object.set("duration", seconds);
        Ok(())
    }
}
