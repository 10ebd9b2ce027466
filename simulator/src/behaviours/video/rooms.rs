//! Rooms, which a client may only complete, and only once. <https://www.twilio.com/docs/video/api/rooms-resource>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::clock;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Types that new accounts do not have.
const LEGACY: [&str; 3] = ["peer-to-peer", "group-small", "go"];

/// Where media may go: <https://www.twilio.com/docs/video/ip-addresses>.
const REGIONS: [&str; 10] = ["au1", "br1", "de1", "gll", "ie1", "in1", "jp1", "sg1", "us1", "us2"];

/// Rooms.
pub struct Rooms;

impl Behaviour for Rooms {
    /// What new accounts are refused: <https://github.com/wittyreference/twilio-claude-plugin>
    /// (skills/video/references/assertion-audit.md), each with its page.
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if !ctx.strict {
            return Ok(());
        }
        if params.text("Type").is_some_and(|kind| LEGACY.contains(&kind)) {
            // https://www.twilio.com/docs/api/errors/53126
            return Err(ApiError::new(400, 53126, "Room type is no longer supported"));
        }
        if params.flag("AudioOnly") == Some(true) {
            // https://www.twilio.com/docs/api/errors/53127
            return Err(ApiError::new(400, 53127, "audioOnly is no longer supported"));
        }
        if params.flag("LargeRoom") == Some(true) {
            // https://www.twilio.com/docs/api/errors/53103
            return Err(ApiError::new(400, 53103, "Unable to create Room"));
        }
        let is_out = |name: &str, least: i64, most: i64| {
            params
                .integer(name)
                .is_some_and(|number| !(least..=most).contains(&number))
        };
        if is_out("MaxParticipants", 1, 50) {
            // https://www.twilio.com/docs/api/errors/53107
            return Err(ApiError::new(400, 53107, "MaxParticipants is out of range"));
        }
        if is_out("MaxParticipantDuration", 600, 86_400) {
            // https://www.twilio.com/docs/api/errors/53123
            return Err(ApiError::new(400, 53123, "MaxParticipantDuration is out of range"));
        }
        if params
            .text("MediaRegion")
            .is_some_and(|region| !region.is_empty() && !REGIONS.contains(&region))
        {
            // https://www.twilio.com/docs/api/errors/53113
            return Err(ApiError::new(400, 53113, "Room creation failed"));
        }
        Ok(())
    }

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
