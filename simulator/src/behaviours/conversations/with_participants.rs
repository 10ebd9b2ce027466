//! A conversation and those who take part in it, made by one request.
//! <https://www.twilio.com/docs/conversations/api/conversation-with-participants-resource>

use serde_json::{Map, Value};

use super::{HOST, participants};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::{Contract, snake_case};
use crate::error::ApiError;
use crate::generic::alias;
use crate::generic::serve;
use crate::params::Params;

/// Most participants of one request: the contract's text on the parameter.
const MOST: usize = 10;

const CONVERSATIONS: &str = "/v1/Services/{ChatServiceSid}/Conversations";
const PARTICIPANTS: &str = "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants";

/// The path that makes both.
pub struct WithParticipants;

impl Behaviour for WithParticipants {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let mut given = Vec::new();
        for text in params.texts("Participant") {
            given.push(participant(text)?);
        }
        if given.len() > MOST {
            return Err(ApiError::invalid_parameter(
                "Participant",
                format_args!("more than {MOST}"),
            ));
        }
        let service = ctx.path_param("ChatServiceSid");
        let service = service.or_else(|| alias::default_service(&ctx.state.store, ctx.account));
        let above = format!("/v1/Services/{}", service.unwrap_or_default());
        if ctx.state.store.find(HOST, ctx.account, &above).is_none() {
            return Err(ApiError::not_found(&ctx.request.path));
        }
        params.take("Participant");
        let path = format!("{above}/Conversations");
        let Some(resource) = Contract::published().resource(HOST, CONVERSATIONS) else {
            return Ok(None);
        };
        let (sequence, answer) = serve::create_at(ctx, resource, &path, params.clone())?;
        let made = ctx.state.store.numbered_mut(sequence).map(|made| made.path.clone());
        let (Some(made), Some(resource)) = (made, Contract::published().resource(HOST, PARTICIPANTS)) else {
            return Ok(Some(answer));
        };
        let users = format!("{above}/Users");
        let account = ctx.account.to_owned();
        let youngest = ctx.state.store.members(HOST, &account, &users).next_back();
        let youngest = youngest.map_or(0, |user| user.sequence);
        for given in given {
            let added = serve::create_at(ctx, resource, &format!("{made}/Participants"), given);
            if let Err(refusal) = added {
                // All or nothing, users that came with the first participants too.
                let new = ctx.state.store.members_after(HOST, &account, &users, youngest);
                let new: Vec<String> = new.map(|user| user.path.clone()).collect();
                for path in new.iter().chain([&made]) {
                    ctx.state.store.remove(HOST, &account, path);
                }
                return Err(match refusal.code {
                    // https://www.twilio.com/docs/api/errors/50425
                    participants::PAIR_TAKEN => ApiError::new(
                        refusal.status,
                        50425,
                        "Participant and proxy address pairs for one or more participants already in use",
                    ),
                    _ => refusal,
                });
            }
        }
        Ok(Some(answer))
    }
}

/// A participant as its own create takes it: `{"identity": "ada"}`, `{"messaging_binding": {"address": "+1…"}}`.
fn participant(text: &str) -> Outcome<Params> {
    // https://www.twilio.com/docs/api/errors/50424; the page names no status.
    let invalid = || {
        ApiError::new(
            400,
            50424,
            "One of the JSON requests for participant creation is invalid",
        )
    };
    let Ok(Value::Object(members)) = serde_json::from_str::<Value>(text) else {
        return Err(invalid());
    };
    let mut params = Map::new();
    for (name, value) in members {
        match value {
            Value::Object(inner) if name != "attributes" => {
                for (inner, value) in inner {
                    params.insert(format!("{}.{}", pascal(&name), pascal(&inner)), value);
                }
            }
            value => drop(params.insert(pascal(&name), value)),
        }
    }
    if params.is_empty() {
        Err(invalid())
    } else {
        Ok(Params::new(params))
    }
}

/// `messaging_binding` and `MessagingBinding` as forms have it.
fn pascal(name: &str) -> String {
    let parts = snake_case(name);
    let capitals = parts.split('_').map(|part| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_ascii_uppercase().to_string() + letters.as_str()
        })
    });
    capitals.collect()
}
