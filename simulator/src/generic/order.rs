//! In which order a list shows its objects. It differs from collection to collection, and Twilio documents none.

use crate::contract::Resource;
use crate::store::Object;

/// Place of an object in its list; lists go from the lowest to the highest.
pub(crate) type Rank = u64;

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    NewestFirst,
    OldestFirst,
    BySid,
}

/// Collections whose order is known not to be [`Order::NewestFirst`]. The first three are read off answers that were recorded in
/// 2022 and 2023 (`expected_records` of the Twilio connector in <https://github.com/airbytehq/airbyte>), the fourth off a
/// recording of 2016.
const KNOWN: &[(&str, &str, Order)] = &[
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Addresses",
        Order::BySid,
    ),
    // Recorded answers: https://github.com/airbytehq/airbyte
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/OutgoingCallerIds",
        Order::OldestFirst,
    ),
    // Recorded answers: https://github.com/airbytehq/airbyte
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Usage/Triggers",
        Order::OldestFirst,
    ),
    // A recording of 2016.
    ("taskrouter.twilio.com", "/v1/Workspaces", Order::OldestFirst),
    // By the contract's text on the parameter that orders them: without it, they go upwards.
    (
        "chat.twilio.com",
        "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        Order::OldestFirst,
    ),
    (
        "chat.twilio.com",
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        Order::OldestFirst,
    ),
    (
        "conversations.twilio.com",
        "/v1/Conversations/{ConversationSid}/Messages",
        Order::OldestFirst,
    ),
    (
        "conversations.twilio.com",
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        Order::OldestFirst,
    ),
    // The contract's text on the parameter that orders them.
    (
        "sync.twilio.com",
        "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items",
        Order::OldestFirst,
    ),
    // The contract's text on the parameter that orders them.
    (
        "taskrouter.twilio.com",
        "/v1/Workspaces/{WorkspaceSid}/Tasks",
        Order::OldestFirst,
    ),
    // The contract's text on the parameter that orders them.
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        Order::OldestFirst,
    ),
];

/// The order of the lists of a resource.
pub(crate) fn of(resource: &Resource) -> Order {
    at(&resource.host, &resource.template)
}

fn at(host: &str, template: &str) -> Order {
    let mut known = KNOWN.iter();
    let known = known.find(|(at, of, _)| *at == host && *of == template);
    known.map_or(Order::NewestFirst, |(.., order)| *order)
}

/// The place of an object in lists.
pub(crate) fn rank(object: &Object) -> Rank {
    match at(&object.host, &object.template) {
        Order::NewestFirst => Rank::MAX - object.sequence,
        Order::OldestFirst => object.sequence,
        // Two letters and 32 hexadecimal digits: half of these tell any two apart.
        Order::BySid => object
            .key
            .get(2..18)
            .and_then(|digits| Rank::from_str_radix(digits, 16).ok())
            .unwrap_or(object.sequence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn each_collection_with_an_order_of_its_own_is_published() {
        for (host, template, _) in KNOWN {
            assert!(
                Contract::published().resource(host, template).is_some(),
                "{host}{template}"
            );
        }
    }
}
