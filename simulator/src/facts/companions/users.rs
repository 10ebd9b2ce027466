//! Users that come with whoever takes part: who is named for the first time in a service becomes a user of it.

use crate::behaviour::Ctx;
use crate::contract::{Contract, Resource};
use crate::facts::{At, beside, inherited, is_at};
use crate::generic::build;
use crate::params::Params;
use crate::store::{Body, Object};

const IDENTITY: &str = "identity";

/// Where somebody is named by an identity, and the users of that service.
const NAMED: &[(At, &str)] = &[
    // https://www.twilio.com/docs/chat/rest/user-resource: a new identity makes a user, also where REST adds a member.
    (
        (
            "chat.twilio.com",
            "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        "/v1/Services/{ServiceSid}/Users",
    ),
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        "/v2/Services/{ServiceSid}/Users",
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        "/v1/Services/{ServiceSid}/Users",
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        "/v2/Services/{ServiceSid}/Users",
    ),
    // https://www.twilio.com/docs/conversations/api/user-resource
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants",
        ),
        "/v1/Services/{ChatServiceSid}/Users",
    ),
];

/// The user that a new object brings, if its identity is new to the service.
pub(crate) fn of(ctx: &mut Ctx<'_>, resource: &Resource, object: &Object) -> Option<Object> {
    let (_, users) = NAMED.iter().find(|(at, _)| is_at(*at, resource))?;
    let identity = object.text(IDENTITY).filter(|identity| !identity.is_empty())?;
    let Object { host, account, .. } = object;
    let collection = beside(users, account, &object.path);
    let store = &ctx.state.store;
    let is_known = store
        .members_with(host, account, &collection, IDENTITY, identity)
        .next()
        .is_some();
    if is_known {
        return None;
    }
    let fields = Body::from_iter([(IDENTITY.to_owned(), identity.into())]);
    let contract = Contract::published();
    let mut user = build::object_at(ctx.state, contract, host, account, &collection, fields, ctx.now)?;
    let of_users = contract.resource(host, users)?;
    inherited::take_over(ctx.state, of_users, &Params::default(), &mut user);
    Some(user)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn both_ends_are_published_and_have_an_identity() {
        for (at, users) in NAMED {
            for at in [*at, (at.0, *users)] {
                let resource = assert_published(at);
                let mut fields = resource.object_fields().iter();
                assert!(
                    resource.has_create() && fields.any(|field| field.name == IDENTITY),
                    "{at:?}"
                );
            }
        }
    }
}
