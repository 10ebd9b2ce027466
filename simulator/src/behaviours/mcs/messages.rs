//! Messages that name a file: they show what it is, and the file shows which message it is in.
//! <https://www.twilio.com/docs/conversations/api/conversation-message-resource>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Messages of conversations, which show a list of files.
pub struct OfConversation;

impl Behaviour for OfConversation {
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        if let Some(media) = attached(ctx, params, object)? {
            object.set("media", vec![media]);
        }
        Ok(())
    }
}

/// Messages of channels, which show one.
pub struct OfChannel;

impl Behaviour for OfChannel {
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        if let Some(media) = attached(ctx, params, object)? {
            object.set("media", media);
        }
        Ok(())
    }
}

/// The file that a message names. The pages on the codes name no status.
fn attached(ctx: &mut Ctx<'_>, params: &Params, message: &Object) -> Outcome<Option<Value>> {
    let Some(sid) = params.text("MediaSid").filter(|sid| !sid.is_empty()) else {
        return Ok(None);
    };
    let parts: Vec<&str> = message.path.split('/').collect();
    let (service, channel) = (parts.get(3).copied(), parts.get(5).copied());
    let path = format!("/v1/Services/{}/Media/{sid}", service.unwrap_or_default());
    let Some(file) = ctx.state.store.find_mut(HOST, &message.account, &path) else {
        // https://www.twilio.com/docs/api/errors/50507
        return Err(ApiError::new(400, 50507, "Media not found"));
    };
    if file.text("message_sid").is_some() {
        // https://www.twilio.com/docs/api/errors/50508
        return Err(ApiError::new(400, 50508, "Media already sent with another message"));
    }
    file.set("message_sid", message.key.as_str());
    file.set("channel_sid", channel.unwrap_or_default());
    let of = |name: &str| file.body.get(name).cloned().unwrap_or_default();
    Ok(Some(json!({
        "sid": sid,
        "size": of("size"),
        "content_type": of("content_type"),
        "filename": of("filename"),
        "category": of("category"),
    })))
}
