//! What an object shows of what stands below it, reckoned when it is read.

use serde_json::Value;

use super::{At, is_at};
use crate::contract::Resource;
use crate::state::State;
use crate::store::{Body, Object};

/// One field.
struct Tally {
    /// Collection of the object.
    at: At,
    field: &'static str,
    shows: Shows,
}

/// What a field shows.
enum Shows {
    /// How many there are in a collection below.
    Count(&'static str),
    /// A word for each collection below that is not empty: one text with commas, and the text where all are.
    Words(&'static [Word], &'static str),
    /// The same words as a list.
    List(&'static [Word]),
}

/// Collections below, any of which gives the word.
type Word = (&'static [&'static str], &'static str);

/// <https://www.twilio.com/docs/voice/sip/api/sip-domain-resource>,
/// <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>: the kinds of authentication that are mapped, both with a comma
/// between them.
///
/// Of a domain in another order than of a trunk: <https://github.com/wittyreference/twilio-claude-plugin> (skills/sip-interface,
/// test T4; skills/elastic-sip-trunking/references/test-results.md, test 29).
const OF_A_DOMAIN: &[Word] = &[
    (
        &["CredentialListMappings", "Auth/Calls/CredentialListMappings"],
        "CREDENTIAL_LIST",
    ),
    (
        &["IpAccessControlListMappings", "Auth/Calls/IpAccessControlListMappings"],
        "IP_ACL",
    ),
];
/// <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>
const OF_A_TRUNK: &[Word] = &[
    (&["IpAccessControlLists"], "IP_ACL"),
    (&["CredentialLists"], "CREDENTIAL_LIST"),
];

const TRUNKS: At = ("trunking.twilio.com", "/v1/Trunks");

/// A count in a channel of chat. <https://www.twilio.com/docs/chat/rest/channel-resource>
const fn of_a_channel(host: &'static str, field: &'static str, below: &'static str) -> Tally {
    Tally {
        at: (host, "/v2/Services/{ServiceSid}/Channels"),
        field,
        shows: Shows::Count(below),
    }
}

const TALLIES: &[Tally] = &[
    Tally {
        at: ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/SIP/Domains"),
        field: "auth_type",
        shows: Shows::Words(OF_A_DOMAIN, ""),
    },
    Tally {
        at: TRUNKS,
        field: "auth_type",
        shows: Shows::Words(OF_A_TRUNK, ""),
    },
    Tally {
        at: TRUNKS,
        field: "auth_type_set",
        shows: Shows::List(OF_A_TRUNK),
    },
    of_a_channel("chat.twilio.com", "members_count", "Members"),
    of_a_channel("chat.twilio.com", "messages_count", "Messages"),
    of_a_channel("ip-messaging.twilio.com", "members_count", "Members"),
    of_a_channel("ip-messaging.twilio.com", "messages_count", "Messages"),
];

/// Puts into a response what is reckoned.
pub(crate) fn reckon(state: &State, resource: &Resource, object: &Object, body: &mut Body) {
    for tally in TALLIES.iter().filter(|tally| is_at(tally.at, resource)) {
        if body.contains_key(tally.field) {
            body.insert(tally.field.to_owned(), tally.value(state, object));
        }
    }
}

impl Tally {
    fn value(&self, state: &State, object: &Object) -> Value {
        let count = |below: &str| {
            let collection = format!("{}/{below}", object.path);
            state.store.count(&object.host, &object.account, &collection)
        };
        let words = |words: &'static [Word]| {
            let there = words
                .iter()
                .filter(|(below, _)| below.iter().any(|below| count(below) > 0));
            there.map(|(_, word)| *word).collect::<Vec<_>>()
        };
        match &self.shows {
            Shows::Count(below) => count(below).into(),
            Shows::Words(known, none) => match words(known) {
                there if there.is_empty() => (*none).into(),
                there => there.join(",").into(),
            },
            Shows::List(known) => words(known).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::facts::assert_published;

    #[test]
    fn each_tally_and_what_it_counts_is_published() {
        for tally in TALLIES {
            let resource = assert_published(tally.at);
            let mut fields = resource.object_fields().iter();
            assert!(fields.any(|field| field.name == tally.field), "{}", tally.field);
            let key = resource.key_param.as_deref().expect("a collection");
            let below: Vec<&str> = match &tally.shows {
                Shows::Count(below) => vec![below],
                Shows::Words(words, _) | Shows::List(words) => {
                    words.iter().flat_map(|(below, _)| below.iter().copied()).collect()
                }
            };
            for below in below {
                let below = format!("{}/{{{key}}}/{below}", resource.template);
                let counted = Contract::published().resource(&resource.host, &below);
                assert!(counted.is_some_and(Resource::has_create), "{below}");
            }
        }
    }
}
