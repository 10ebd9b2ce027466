//! Participants: who they are, and that nobody is reached by the same pair of addresses in two conversations.
//! <https://www.twilio.com/docs/conversations/api/conversation-participant-resource>
//!
//! What an address must look like stands in [`crate::facts::limits`].

use serde_json::Value;

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

const ADDRESS: &str = "MessagingBinding.Address";
const PROXY: &str = "MessagingBinding.ProxyAddress";
const BINDING: &str = "messaging_binding";

/// Code of a pair of addresses that is taken. <https://www.twilio.com/docs/api/errors/50416>
pub(super) const PAIR_TAKEN: u32 = 50416;

/// Participants.
pub struct Participants;

impl Behaviour for Participants {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if !ctx.strict {
            return Ok(());
        }
        if params.text("Identity").is_none_or(str::is_empty) && !params.has(ADDRESS) {
            // "Identity not provided", status 400: https://github.com/twilio/twilio-csharp/issues/661,
            // https://www.twilio.com/docs/api/errors/50204
            return Err(ApiError::new(400, 50204, "Identity not provided"));
        }
        let (Some(address), Some(proxy)) = (params.text(ADDRESS), params.text(PROXY)) else {
            return Ok(());
        };
        if address.is_empty() || proxy.is_empty() {
            return Ok(());
        }
        if address == proxy {
            // https://www.twilio.com/docs/api/errors/50409; the page names no status.
            return Err(ApiError::new(400, 50409, "Participant address equals proxy address"));
        }
        if channel(address) != channel(proxy) {
            // https://www.twilio.com/docs/api/errors/50414; the page names no status.
            let text = "Participant address type does not match proxy address type";
            return Err(ApiError::new(400, 50414, text));
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        refuse_taken(ctx, object)
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        refuse_taken(ctx, object)
    }
}

/// What stands before the colon; numbers have none.
fn channel(address: &str) -> &str {
    address.split_once(':').map_or("", |(channel, _)| channel)
}

/// A pair of addresses leads to one active conversation.
fn refuse_taken(ctx: &Ctx<'_>, object: &mut Object) -> Outcome {
    let Some(Value::Object(binding)) = object.body.get(BINDING) else {
        return Ok(());
    };
    let is_there = |name: &str| {
        binding
            .get(name)
            .and_then(Value::as_str)
            .is_some_and(|text| !text.is_empty())
    };
    let both = is_there("address") && is_there("proxy_address");
    // In one order, whatever was sent first: they are found by the whole value.
    let mut members: Vec<(String, Value)> = binding.clone().into_iter().collect();
    members.sort_by(|(one, _), (other, _)| one.cmp(other));
    let binding = Value::Object(members.into_iter().collect());
    object.set(BINDING, binding.clone());
    if !both {
        return Ok(());
    }
    let store = &ctx.state.store;
    let is_active = |other: &Object| {
        let conversation = other.collection.rsplit_once('/').map_or("", |(above, _)| above);
        let conversation = store.find(HOST, &other.account, conversation);
        conversation.is_some_and(|conversation| conversation.text("state") != Some("closed"))
    };
    let mut others = store.kind_with(HOST, &object.template, BINDING, binding);
    let taken = others.any(|other| other.account == object.account && other.path != object.path && is_active(other));
    if taken {
        return Err(ApiError::new(
            409,
            PAIR_TAKEN,
            "Participant and proxy address pair is already in use",
        ));
    }
    Ok(())
}
