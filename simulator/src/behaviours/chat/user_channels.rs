//! The channels of a user: those that have a member, or an invite, with the user's identity.
//! <https://www.twilio.com/docs/chat/rest/user-channel-resource>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::facts::parents;
use crate::generic::resolve;
use crate::params::Params;
use crate::store::Object;

/// Note of a member: how the user is told of messages.
const LEVEL: &str = "_notification_level";

/// A view of what members and invites say.
pub struct UserChannels;

impl Behaviour for UserChannels {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        // Refuses what is requested of a service or a user that is not there, with the product's own words.
        let target = resolve::target(&ctx.state.store, ctx.account, ctx.route, &ctx.request.path)?;
        let gone = || parents::gone(target.resource, &ctx.request.path);
        let (user, found) = of_user(ctx).ok_or_else(gone)?;
        if ctx.operation().kind == OperationKind::List {
            let items = found.iter().map(|(channel, own)| item(ctx, &user, channel, own));
            return ctx.list_items(items.collect()).map(Some);
        }
        let wanted = ctx.path_param("ChannelSid").unwrap_or_default();
        let is_it = |one: &Object| one.key == wanted || one.text("unique_name") == Some(wanted);
        let mut found = found.into_iter();
        let (channel, mut own) = found.find(|(channel, _)| is_it(channel)).ok_or_else(gone)?;
        match ctx.operation().kind {
            OperationKind::Delete => {
                let account = ctx.account.to_owned();
                ctx.state.store.remove(HOST, &account, &own.path);
                return Ok(Some(Answer::empty(204)));
            }
            OperationKind::Update => {
                if let Some(level) = params.value("NotificationLevel") {
                    own.hidden.insert(LEVEL.to_owned(), level.clone());
                }
                for (parameter, field) in [
                    ("LastConsumedMessageIndex", "last_consumed_message_index"),
                    ("LastConsumptionTimestamp", "last_consumption_timestamp"),
                ] {
                    if let Some(value) = params.value(parameter) {
                        own.set(field, value.clone());
                    }
                }
                ctx.state.store.replace(own.clone());
            }
            _ => {}
        }
        Ok(Some(Answer::json(200, item(ctx, &user, &channel, &own))))
    }
}

/// The user that is requested, and the channels that the user is in or invited to, newest first, each with the member or invite.
fn of_user(ctx: &Ctx<'_>) -> Option<(Object, Vec<(Object, Object)>)> {
    let store = &ctx.state.store;
    let (service, asked) = (ctx.path_param("ServiceSid")?, ctx.path_param("UserSid")?);
    let (users, channels) = (
        format!("/v2/Services/{service}/Users"),
        format!("/v2/Services/{service}/Channels"),
    );
    let mut users = store.members(HOST, ctx.account, &users);
    let user = users.find(|user| user.key == asked || user.text("identity") == Some(asked))?;
    let with_user = |channel: &Object| {
        let own = ["Members", "Invites"].iter().find_map(|part| {
            let part = format!("{}/{part}", channel.path);
            let mut there = store.members(HOST, ctx.account, &part);
            there.find(|one| one.text("identity") == user.text("identity")).cloned()
        })?;
        Some((channel.clone(), own))
    };
    let channels = store.members(HOST, ctx.account, &channels);
    Some((user.clone(), channels.rev().filter_map(with_user).collect()))
}

fn item(ctx: &Ctx<'_>, user: &Object, channel: &Object, own: &Object) -> Value {
    let of = |object: &Object, name: &str| object.body.get(name).cloned().unwrap_or_default();
    let is_member = own.path.contains("/Members/");
    let messages = format!("{}/Messages", channel.path);
    let count = ctx.state.store.members(HOST, ctx.account, &messages).count();
    let read = own.body.get("last_consumed_message_index").and_then(Value::as_u64);
    // Nothing is counted for who has never read anything.
    let unread = read.map(|index| count.saturating_sub(usize::try_from(index).unwrap_or(usize::MAX).saturating_add(1)));
    json!({
        "account_sid": channel.account,
        "service_sid": of(channel, "service_sid"),
        "channel_sid": channel.key,
        "user_sid": user.key,
        "member_sid": is_member.then_some(own.key.as_str()),
        "status": if is_member { "joined" } else { "invited" },
        "last_consumed_message_index": of(own, "last_consumed_message_index"),
        "unread_messages_count": unread,
        "notification_level": own.hidden.get(LEVEL).cloned().unwrap_or_else(|| "default".into()),
        "url": format!("{}{}/Channels/{}", ctx.base_url, user.path, channel.key),
        "links": {
            "channel": format!("{}{}", ctx.base_url, channel.path),
            "member": is_member.then(|| format!("{}{}", ctx.base_url, own.path)),
        },
    })
}
