//! The conversations of a user, as the user sees them: those that have a participant with the user's identity.
//! <https://www.twilio.com/docs/conversations/api/user-conversation-resource>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::generic::alias;
use crate::params::Params;
use crate::store::Object;

/// Note of a participant: how the user is told of messages.
const LEVEL: &str = "_notification_level";

/// A view of what participants say.
pub struct UserConversations;

impl Behaviour for UserConversations {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let gone = || ApiError::not_found(&ctx.request.path);
        let (user, found) = of_user(ctx).ok_or_else(gone)?;
        if ctx.operation().kind == OperationKind::List {
            let items = found
                .iter()
                .map(|(conversation, own)| item(ctx, &user, conversation, own));
            let items = items.collect();
            return ctx.list_items(items).map(Some);
        }
        let wanted = ctx.path_param("ConversationSid").unwrap_or_default();
        let is_it = |one: &Object| one.key == wanted || one.text("unique_name") == Some(wanted);
        let mut found = found.into_iter();
        let (conversation, mut own) = found.find(|(conversation, _)| is_it(conversation)).ok_or_else(gone)?;
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
                    ("LastReadMessageIndex", "last_read_message_index"),
                    ("LastReadTimestamp", "last_read_timestamp"),
                ] {
                    if let Some(value) = params.value(parameter) {
                        own.set(field, value.clone());
                    }
                }
                ctx.state.store.replace(own.clone());
            }
            _ => {}
        }
        Ok(Some(Answer::json(200, item(ctx, &user, &conversation, &own))))
    }
}

/// The user that is requested, and the conversations that the user is in, newest first, each with the participant.
fn of_user(ctx: &Ctx<'_>) -> Option<(Object, Vec<(Object, Object)>)> {
    let store = &ctx.state.store;
    let asked = ctx.path_param("UserSid")?;
    let service = ctx.path_param("ChatServiceSid");
    let service = service.or_else(|| alias::default_service(store, ctx.account))?;
    let (users, conversations) = (
        format!("/v1/Services/{service}/Users"),
        format!("/v1/Services/{service}/Conversations"),
    );
    let mut users = store.members(HOST, ctx.account, &users);
    let user = users.find(|user| user.key == asked || user.text("identity") == Some(asked))?;
    let with_user = |conversation: &Object| {
        let participants = format!("{}/Participants", conversation.path);
        let mut participants = store.members(HOST, ctx.account, &participants);
        let own = participants.find(|one| one.text("identity") == user.text("identity"))?;
        Some((conversation.clone(), own.clone()))
    };
    let conversations = store.members(HOST, ctx.account, &conversations).rev();
    Some((user.clone(), conversations.filter_map(with_user).collect()))
}

fn item(ctx: &Ctx<'_>, user: &Object, conversation: &Object, own: &Object) -> Value {
    let of = |object: &Object, name: &str| object.body.get(name).cloned().unwrap_or_default();
    let is_short = ctx.path_param("ChatServiceSid").is_none();
    let shown = |path: &str| match path.strip_prefix("/v1/Services/").and_then(|rest| rest.split_once('/')) {
        Some((_, rest)) if is_short => format!("{}/v1/{rest}", ctx.base_url),
        _ => format!("{}{path}", ctx.base_url),
    };
    let messages = format!("{}/Messages", conversation.path);
    let count = ctx.state.store.members(HOST, ctx.account, &messages).count();
    let read = own.body.get("last_read_message_index").and_then(Value::as_u64);
    // Nothing is counted for who has never read anything.
    let unread = read.map(|index| count.saturating_sub(usize::try_from(index).unwrap_or(usize::MAX).saturating_add(1)));
    json!({
        "account_sid": conversation.account,
        "chat_service_sid": of(conversation, "chat_service_sid"),
        "conversation_sid": conversation.key,
        "unread_messages_count": unread,
        "last_read_message_index": of(own, "last_read_message_index"),
        "participant_sid": own.key,
        "user_sid": user.key,
        "friendly_name": of(conversation, "friendly_name"),
        "conversation_state": of(conversation, "state"),
        "timers": of(conversation, "timers"),
        "attributes": of(conversation, "attributes"),
        "date_created": of(conversation, "date_created"),
        "date_updated": of(conversation, "date_updated"),
        "created_by": "system",
        "notification_level": own.hidden.get(LEVEL).cloned().unwrap_or_else(|| "default".into()),
        "unique_name": of(conversation, "unique_name"),
        "url": shown(&format!("{}/Conversations/{}", user.path, conversation.key)),
        "links": {"conversation": shown(&conversation.path), "participant": shown(&own.path)},
    })
}
