//! Messages. <https://www.twilio.com/docs/messaging/api/message-resource>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// Messages that are sent by REST.
pub struct Messages;

impl Behaviour for Messages {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if !ctx.strict {
            return Ok(());
        }
        let sent = |name: &str| params.texts(name).iter().any(|text| !text.is_empty());
        if !sent("From") && !sent("MessagingServiceSid") {
            // https://www.twilio.com/docs/api/errors/21603
            return Err(ApiError::new(400, 21603, "A 'From' phone number is required."));
        }
        if !["Body", "MediaUrl", "ContentSid"].into_iter().any(sent) {
            // https://www.twilio.com/docs/api/errors/21619
            return Err(ApiError::new(
                400,
                21619,
                "A Message Body, Media URL or Content SID is required",
            ));
        }
        Ok(())
    }
}
