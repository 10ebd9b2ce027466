//! What an account has at a product although nobody created it there, and which of its settings name it.
//!
//! It is there from the account's first request to that product on.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{of, settings};
use crate::contract::Contract;
use crate::facts::At;
use crate::generic::build;
use crate::generic::serve::fingerprint;
use crate::ids::Ids;
use crate::params::Params;
use crate::state::State;
use crate::store::Body;

/// One thing that an account has.
struct Belonging {
    /// Product whose first use brings it.
    used: &'static str,
    /// Its collection.
    at: At,
    /// Its name.
    name: &'static str,
    /// Settings of that product that name it: path, field.
    named_by: (&'static str, &'static str),
}

/// <https://www.twilio.com/docs/conversations/api/configuration-resource>: the services that a conversation gets which names none.
/// When the two are made, and how they are called, is an open question.
const BELONGINGS: &[Belonging] = &[
    Belonging {
        used: "conversations.twilio.com",
        at: ("conversations.twilio.com", "/v1/Services"),
        name: "Default Conversations Service",
        named_by: ("/v1/Configuration", "default_chat_service_sid"),
    },
    Belonging {
        used: "conversations.twilio.com",
        at: ("messaging.twilio.com", "/v1/Services"),
        name: "Default Messaging Service for Conversations",
        named_by: ("/v1/Configuration", "default_messaging_service_sid"),
    },
];

/// Accounts and products whose belongings are made.
#[derive(Default)]
struct Settled(HashSet<(String, &'static str)>);

/// Makes what an account has at a product, if this is its first request there.
pub(crate) fn settle(state: &mut State, account: &str, host: &str, now: Timestamp) {
    let Some(belonging) = BELONGINGS.iter().find(|belonging| belonging.used == host) else {
        return;
    };
    if !state.own::<Settled>().0.insert((account.to_owned(), belonging.used)) {
        return;
    }
    // A read must not change which SIDs are drawn after it, so these have a generator of their own.
    let own = Ids::new(fingerprint(state.seed, account, host));
    let others = std::mem::replace(&mut state.ids, own);
    for belonging in BELONGINGS.iter().filter(|belonging| belonging.used == host) {
        make(state, account, belonging, now);
    }
    state.ids = others;
}

fn make(state: &mut State, account: &str, belonging: &Belonging, now: Timestamp) -> Option<()> {
    let (host, collection) = belonging.at;
    let resource = Contract::published().resource(host, collection)?;
    let fields = Body::from_iter([("friendly_name".to_owned(), belonging.name.into())]);
    let mut object = build::object_at(state, Contract::published(), host, account, collection, fields, now)?;
    let companions = of(state, now, resource, &Params::default(), &mut object);
    let (path, field) = belonging.named_by;
    if state.store.find(belonging.used, account, path).is_none() {
        let settings = settings(state.seed, now, belonging.used, account, path)?;
        state.store.insert(settings);
    }
    let named = state.store.find_mut(belonging.used, account, path)?;
    if named.text(field).is_none_or(str::is_empty) {
        named.set(field, object.key.as_str());
    }
    state.store.insert(object);
    for companion in companions {
        state.store.insert(companion);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_belonging_and_what_names_it_is_published() {
        for belonging in BELONGINGS {
            let resource = assert_published(belonging.at);
            assert!(resource.has_create(), "{:?}", belonging.at);
            let (path, field) = belonging.named_by;
            let settings = assert_published((belonging.used, path));
            assert!(settings.is_single(), "{path}");
            assert!(
                settings.object_fields().iter().any(|known| known.name == field),
                "{field}"
            );
        }
    }
}
