//! How many objects a collection takes.

use crate::behaviour::Outcome;
use crate::contract::{Resource, snake_case};
use crate::facts::{At, Refusal, is_at};
use crate::params::Params;
use crate::store::Store;

const ACCOUNT_DOMAINS: At = ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/SIP/Domains");

/// Host, collection, how many it takes, the refusal of one more.
const COUNTS: &[(At, usize, Refusal)] = &[
    // https://www.twilio.com/docs/errors/21230: not more than 100.
    (
        ACCOUNT_DOMAINS,
        100,
        Refusal::new(400, 21230, "Maximum Domains Reached"),
    ),
    // https://www.twilio.com/docs/sip-trunking/scale-and-limits: 100; https://www.twilio.com/docs/api/errors/21244
    (
        ("trunking.twilio.com", "/v1/Trunks"),
        100,
        Refusal::new(400, 21244, "Maximum Number of Trunks reached"),
    ),
    // https://www.twilio.com/docs/messaging/api/alphasender-resource: one for each service, which is deleted before another is added.
    // No page names the code; OPEN-QUESTIONS.md asks.
    (
        ("messaging.twilio.com", "/v1/Services/{ServiceSid}/AlphaSenders"),
        1,
        Refusal::new(409, 20409, "The messaging service has an alpha sender already"),
    ),
    // https://www.twilio.com/docs/api/errors/50361: five, a sixth is rejected.
    (
        (
            "conversations.twilio.com",
            "/v1/Conversations/{ConversationSid}/Webhooks",
        ),
        5,
        Refusal::new(400, 50361, "Too many conversation webhooks"),
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
        ),
        5,
        Refusal::new(400, 50361, "Too many conversation webhooks"),
    ),
    // https://www.twilio.com/docs/chat/rest/channel-webhook-resource: up to five; https://www.twilio.com/docs/api/errors/50321
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
        ),
        5,
        Refusal::new(400, 50321, "Too many channel webhooks"),
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
        ),
        5,
        Refusal::new(400, 50321, "Too many channel webhooks"),
    ),
];

/// The same for objects of one kind: host, collection, parameter and value, how many, the refusal of one more.
const COUNTS_OF_KIND: &[(At, &str, &str, usize, Refusal)] = &[
    // https://www.twilio.com/docs/api/errors/60315: 20 and 100.
    (FACTORS, "FactorType", "push", 20, TOO_MANY_FACTORS),
    (FACTORS, "FactorType", "totp", 100, TOO_MANY_FACTORS),
];

const FACTORS: At = (
    "verify.twilio.com",
    "/v2/Services/{ServiceSid}/Entities/{Identity}/Factors",
);
const TOO_MANY_FACTORS: Refusal = Refusal::new(400, 60315, "Reached max limit of factors associated per Entity");

/// Refuses one object more than a collection takes.
///
/// # Errors
/// With the code of the limit.
pub(crate) fn refuse_more(
    store: &Store,
    account: &str,
    resource: &Resource,
    collection: &str,
    params: &Params,
) -> Outcome {
    for (_, parameter, kind, most, refusal) in COUNTS_OF_KIND.iter().filter(|(at, ..)| is_at(*at, resource)) {
        if params.text(parameter) != Some(kind) {
            continue;
        }
        let field = snake_case(parameter);
        let same = store.members_with(&resource.host, account, collection, &field, *kind);
        if same.take(*most).count() >= *most {
            return Err(refusal.error());
        }
    }
    for (_, most, refusal) in COUNTS.iter().filter(|(at, ..)| is_at(*at, resource)) {
        if store.count(&resource.host, account, collection) >= *most {
            return Err(refusal.error());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;
    use crate::store::{Body, Fields, Object};

    fn add(store: &mut Store, at: At, field: &str, value: &str, key: usize) {
        store.insert(Object {
            sequence: 0,
            host: at.0.to_owned(),
            account: "AC1".to_owned(),
            collection: "/c".to_owned(),
            path: format!("/c/{key}"),
            template: at.1.to_owned(),
            key: key.to_string(),
            body: Body::from_iter([(field.to_owned(), value.into())]).into(),
            hidden: Fields::default(),
            previous: None,
            created_ms: 0,
            updated_ms: 0,
        });
    }

    #[test]
    fn a_collection_takes_as_many_as_documented_whatever_else_is_there() {
        for (at, most, refusal) in COUNTS {
            let (mut store, resource) = (Store::default(), assert_published(*at));
            let more = |store: &Store| refuse_more(store, "AC1", resource, "/c", &Params::default());
            for key in 1..=*most {
                assert!(more(&store).is_ok(), "{at:?} {key}");
                add(&mut store, *at, "sid", "", key);
            }
            let refused = more(&store).expect_err("one more");
            assert_eq!(refused.body(), refusal.error().body());
            assert_eq!(store.visited(), 0, "{at:?}");
        }
        for (at, parameter, kind, most, refusal) in COUNTS_OF_KIND {
            let (mut store, resource) = (Store::default(), assert_published(*at));
            let field = snake_case(parameter);
            let mut params = Params::default();
            params.set(parameter, *kind);
            let more = |store: &Store| refuse_more(store, "AC1", resource, "/c", &params);
            for key in 0..500 {
                add(&mut store, *at, &field, "another", key);
            }
            assert!(more(&store).is_ok(), "{at:?} {kind}");
            let before = store.visited();
            for key in 1..=*most {
                let before = store.visited();
                assert!(more(&store).is_ok(), "{at:?} {kind} {key}");
                assert_eq!(
                    store.visited() - before,
                    key as u64 - 1,
                    "those of the kind, of which there are few"
                );
                add(&mut store, *at, &field, kind, 1000 + key);
            }
            assert_eq!(more(&store).expect_err("one more").body(), refusal.error().body());
            assert!(store.visited() > before);
        }
    }

    #[test]
    fn each_count_is_about_a_published_collection() {
        for (at, most, _) in COUNTS {
            assert!(assert_published(*at).has_create() && *most > 0, "{at:?}");
        }
        for (at, parameter, ..) in COUNTS_OF_KIND {
            let resource = assert_published(*at);
            let field = snake_case(parameter);
            assert!(
                resource.object_fields().iter().any(|known| known.name == field),
                "{at:?}"
            );
        }
    }
}
