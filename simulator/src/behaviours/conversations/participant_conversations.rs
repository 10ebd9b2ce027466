//! The conversations that a participant is in, found by identity or address.
//! <https://www.twilio.com/docs/conversations/api/participant-conversation-resource>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::generic::alias;
use crate::params::Params;
use crate::store::Object;

/// A list of what other collections hold.
pub struct ParticipantConversations;

impl Behaviour for ParticipantConversations {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let asked = |name: &str| params.text(name).filter(|text| !text.is_empty());
        let (identity, address) = (asked("Identity"), asked("Address"));
        if identity.is_none() && address.is_none() {
            return Err(ApiError::invalid_parameter("Identity", "it or Address must be sent"));
        }
        let (above, _) = ctx.route.path.rsplit_once('/').unwrap_or_default();
        // The shortened path means the default service.
        let above = match alias::default_service(&ctx.state.store, ctx.account) {
            Some(service) if above == "/v1" => format!("/v1/Services/{service}"),
            _ => above.to_owned(),
        };
        if ctx.state.store.find(HOST, ctx.account, &above).is_none() {
            return Err(ApiError::not_found(&ctx.request.path));
        }
        let conversations = format!("{above}/Conversations");
        let mut items = Vec::new();
        for conversation in ctx.state.store.members(HOST, ctx.account, &conversations).rev() {
            let participants = format!("{}/Participants", conversation.path);
            let mut participants = ctx.state.store.members(HOST, ctx.account, &participants);
            let found = participants.find(|participant| {
                let own = participant
                    .body
                    .get("messaging_binding")
                    .and_then(|binding| binding.get("address"));
                identity.is_none_or(|identity| participant.text("identity") == Some(identity))
                    && address.is_none_or(|address| own.and_then(Value::as_str) == Some(address))
            });
            items.extend(found.map(|participant| item(conversation, participant)));
        }
        ctx.list_items(items).map(Some)
    }
}

fn item(conversation: &Object, participant: &Object) -> Value {
    let of = |object: &Object, name: &str| object.body.get(name).cloned().unwrap_or_default();
    json!({
        "account_sid": conversation.account,
        "chat_service_sid": of(conversation, "chat_service_sid"),
        "participant_sid": participant.key,
        "participant_user_sid": null,
        "participant_identity": of(participant, "identity"),
        "participant_messaging_binding": of(participant, "messaging_binding"),
        "conversation_sid": conversation.key,
        "conversation_unique_name": of(conversation, "unique_name"),
        "conversation_friendly_name": of(conversation, "friendly_name"),
        "conversation_attributes": of(conversation, "attributes"),
        "conversation_date_created": of(conversation, "date_created"),
        "conversation_date_updated": of(conversation, "date_updated"),
        "conversation_created_by": null,
        "conversation_state": of(conversation, "state"),
        "conversation_timers": of(conversation, "timers"),
        "links": {
            "participant": format!("https://{HOST}{}", participant.path),
            "conversation": format!("https://{HOST}{}", conversation.path),
        },
    })
}
