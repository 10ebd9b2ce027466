//! How many objects a collection takes.

use crate::behaviour::{Ctx, Outcome};
use crate::contract::Resource;
use crate::facts::{At, Refusal, is_at};

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
];

/// Refuses one object more than a collection takes.
///
/// # Errors
/// With the code of the limit.
pub(crate) fn refuse_more(ctx: &Ctx<'_>, resource: &Resource, collection: &str) -> Outcome {
    for (_, most, refusal) in COUNTS.iter().filter(|(at, ..)| is_at(*at, resource)) {
        let here = ctx.state.store.members(&resource.host, ctx.account, collection);
        if here.take(*most).count() >= *most {
            return Err(refusal.error());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_count_is_about_a_published_collection() {
        for (at, most, _) in COUNTS {
            assert!(assert_published(*at).has_create() && *most > 0, "{at:?}");
        }
    }
}
