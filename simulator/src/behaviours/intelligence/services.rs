//! Services, which take personal data out of the sound only where they take it out of the text.
//! <https://www.twilio.com/docs/voice/intelligence/api/service-resource>

use serde_json::Value;

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Services.
pub struct Services;

impl Behaviour for Services {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        text_is_redacted_too(ctx, object)
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        text_is_redacted_too(ctx, object)
    }
}

/// Twilio names no code for it: "results in error otherwise", says the page.
fn text_is_redacted_too(ctx: &Ctx<'_>, object: &Object) -> Outcome {
    let is_on = |field| object.body.get(field).and_then(Value::as_bool) == Some(true);
    if ctx.strict && is_on("media_redaction") && !is_on("auto_redaction") {
        return Err(ApiError::new(
            400,
            20001,
            "Invalid parameter MediaRedaction: AutoRedaction must be enabled",
        ));
    }
    Ok(())
}
