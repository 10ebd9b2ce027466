//! Chat channels that a Flex flow opens. <https://www.twilio.com/docs/flex/developer/messaging/chat-channel>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::chat;
use crate::contract::Contract;
use crate::error::ApiError;
use crate::generic::build::CHOSEN_KEY;
use crate::generic::serve;
use crate::params::Params;
use crate::store::Object;

const CHANNELS: &str = "/v2/Services/{ServiceSid}/Channels";
const MEMBERS: &str = "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members";

/// Channels, and those of a web page (`WebChannels`): each is a channel in the chat service of its flow, in which
/// the named one is a member and becomes a user.
pub struct Channels;

impl Behaviour for Channels {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let Some(service) = chat_service(ctx, params)? else {
            return Ok(());
        };
        let channels = format!("{service}/Channels");
        let mut channel = Params::default();
        for (sent, as_what) in [("ChatFriendlyName", "FriendlyName"), ("ChatUniqueName", "UniqueName")] {
            if let Some(text) = params.text(sent).filter(|text| !text.is_empty()) {
                channel.set(as_what, text);
            }
        }
        let sid = made(ctx, CHANNELS, &channels, channel)?;
        let mut member = Params::default();
        member.set("Identity", params.text("Identity").unwrap_or_default());
        made(ctx, MEMBERS, &format!("{channels}/{sid}/Members"), member)?;
        params.set(CHOSEN_KEY, sid);
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        object.hidden.shift_remove(CHOSEN_KEY);
        if !object.body.contains_key("user_sid") {
            return Ok(());
        }
        let identity = params.text("Identity").unwrap_or_default();
        let users = chat_service(ctx, params)?.map(|service| format!("{service}/Users"));
        let store = &ctx.state.store;
        let user = users.and_then(|users| {
            let mut users = store.members_with(chat::HOST, ctx.account, &users, "identity", identity);
            users.next().map(|user| user.key.clone())
        });
        let user = user.unwrap_or_else(|| ctx.sid("US"));
        object.set("user_sid", user);
        Ok(())
    }
}

/// The path of the chat service of the flow, if that service is there.
///
/// # Errors
/// 404/45205 if there is no such flow: <https://www.twilio.com/docs/api/errors/45205>. The page names no status.
fn chat_service(ctx: &Ctx<'_>, params: &Params) -> Outcome<Option<String>> {
    let flow = format!("/v1/FlexFlows/{}", params.text("FlexFlowSid").unwrap_or_default());
    let store = &ctx.state.store;
    let Some(flow) = store.find(HOST, ctx.account, &flow) else {
        return match ctx.strict {
            true => Err(ApiError::new(404, 45205, "Requested Flex Flow is not found")),
            false => Ok(None),
        };
    };
    let service = format!("/v2/Services/{}", flow.text("chat_service_sid").unwrap_or_default());
    let is_there = store.find(chat::HOST, ctx.account, &service).is_some();
    Ok(is_there.then_some(service))
}

/// Makes something in the chat service and answers its SID.
fn made(ctx: &mut Ctx<'_>, template: &str, path: &str, params: Params) -> Outcome<String> {
    let resource = Contract::published().resource(chat::HOST, template);
    let resource = resource.ok_or_else(|| ApiError::not_found(path))?;
    let (sequence, _) = serve::create_at(ctx, resource, path, params)?;
    let made = ctx.state.store.numbered_mut(sequence);
    Ok(made.map(|made| made.key.clone()).unwrap_or_default())
}
