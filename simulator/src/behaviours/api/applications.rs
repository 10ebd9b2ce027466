//! TwiML applications. <https://www.twilio.com/docs/usage/api/applications>

use super::{HOST, numbers};
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// Most applications of an account.
const MOST_APPLICATIONS: usize = 1000;

/// Parameters that an empty text does not clear: the application keeps what it has. The last one is cleared by its older name
/// only. As users saw it in 2021, and nobody has said otherwise since:
/// <https://github.com/RJPearson94/terraform-provider-twilio/blob/main/docs/resources/twiml_app.md>
const KEPT_WHEN_EMPTY: [&str; 3] = ["VoiceUrl", "SmsUrl", "MessageStatusCallback"];

/// Two names of one callback: what is written to one is shown under both.
const MESSAGE_CALLBACK: [(&str, &str); 2] = [
    ("MessageStatusCallback", "message_status_callback"),
    ("SmsStatusCallback", "sms_status_callback"),
];

/// URLs, which are null where there is none.
const URLS: [&str; 7] = [
    "voice_url",
    "voice_fallback_url",
    "status_callback",
    "sms_url",
    "sms_fallback_url",
    "message_status_callback",
    "sms_status_callback",
];

/// An application that is deleted is taken off the numbers that it was assigned to.
pub struct Applications;

impl Behaviour for Applications {
    fn before_create(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome {
        let collection = format!("/2010-04-01/Accounts/{}/Applications", ctx.account);
        if ctx.state.store.count(HOST, ctx.account, &collection) >= MOST_APPLICATIONS {
            // https://www.twilio.com/docs/api/errors/21301
            return Err(ApiError::new(
                400,
                21301,
                "Cannot create application: application limit exceeded",
            ));
        }
        Ok(())
    }

    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        settle(params, object);
        Ok(())
    }

    fn before_update(&self, _: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        for name in KEPT_WHEN_EMPTY {
            if params.text(name) == Some("") {
                params.take(name);
            }
        }
        Ok(())
    }

    fn after_update(&self, _: &mut Ctx<'_>, _: &Object, params: &Params, object: &mut Object) -> Outcome {
        settle(params, object);
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        unassign(ctx.state, object);
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        unassign(state, object);
    }
}

/// Shows the message callback under both of its names, and what is empty as null.
fn settle(params: &Params, application: &mut Object) {
    let written = MESSAGE_CALLBACK
        .iter()
        .find(|(name, _)| params.has(name))
        .and_then(|(_, field)| application.body.get(*field).cloned());
    if let Some(callback) = written {
        for (_, field) in MESSAGE_CALLBACK {
            application.set(field, callback.clone());
        }
    }
    for field in URLS {
        if application.text(field) == Some("") {
            application.set(field, serde_json::Value::Null);
        }
    }
}

fn unassign(state: &mut State, application: &Object) {
    for field in ["voice_application_sid", "sms_application_sid"] {
        let key = application.key.as_str();
        let numbers = state.store.kind_with(HOST, numbers::TEMPLATE, field, key);
        let own = numbers.filter(|number| number.account == application.account);
        let own: Vec<u64> = own.map(|number| number.sequence).collect();
        for sequence in own {
            if let Some(number) = state.store.numbered_mut(sequence) {
                number.set(field, "");
            }
        }
    }
}
