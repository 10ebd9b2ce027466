//! What may not go, or be renamed, while something depends on it: lists that are mapped, and domains with subdomains.

use serde_json::Value;

use super::{At, Refusal, is_at};
use crate::behaviour::Outcome;
use crate::contract::Resource;
use crate::state::State;
use crate::store::Object;

/// A collection whose objects stay while entries elsewhere have their SID.
struct Held {
    of: At,
    by: &'static [At],
    refusal: Refusal,
}

/// The pages say which code refuses, not which status; it is 400 as for the other refusals of SIP.
const HELD: &[Held] = &[
    // https://www.twilio.com/docs/api/errors/21241: a list that is mapped has to be unmapped first.
    Held {
        of: (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists",
        ),
        by: &[
            (
                "api.twilio.com",
                "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings",
            ),
            (
                "api.twilio.com",
                "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings",
            ),
            (
                "api.twilio.com",
                "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/CredentialListMappings",
            ),
        ],
        refusal: Refusal::new(400, 21241, "Credential List Dependencies Violation"),
    },
    // https://www.twilio.com/docs/api/errors/21236
    Held {
        of: (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists",
        ),
        by: &[
            (
                "api.twilio.com",
                "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings",
            ),
            (
                "api.twilio.com",
                "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/IpAccessControlListMappings",
            ),
        ],
        refusal: Refusal::new(400, 21236, "IP Access Control List Dependencies Violation"),
    },
];

/// A collection of domains, each below its parent's domain or directly below Twilio's.
struct Domains {
    at: At,
    /// The label before which an account's own labels stand: `own.sip.twilio.com`.
    product: &'static str,
    /// Refusal of a domain whose parent is not the account's, or its parent account's.
    no_parent: Refusal,
    /// Refusal of a delete or a new name while there are subdomains.
    has_subdomains: Refusal,
}

const DOMAINS: &[Domains] = &[
    // https://www.twilio.com/docs/api/errors/21232, https://www.twilio.com/docs/api/errors/21233
    Domains {
        at: ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/SIP/Domains"),
        product: "sip",
        no_parent: Refusal::new(400, 21232, "Invalid Domain"),
        has_subdomains: Refusal::new(400, 21233, "Domain still has subdomains"),
    },
    // https://www.twilio.com/docs/api/errors/21247
    Domains {
        at: ("trunking.twilio.com", "/v1/Trunks"),
        product: "pstn",
        no_parent: Refusal::new(400, 21247, "Trunk Dependencies"),
        has_subdomains: Refusal::new(400, 21247, "Trunk Dependencies"),
    },
];

const NAME: &str = "domain_name";

/// Refuses a delete while something depends on the object.
///
/// # Errors
/// With the code of the product.
pub(crate) fn refuse_delete(state: &State, resource: &Resource, object: &Object) -> Outcome {
    for held in HELD.iter().filter(|held| is_at(held.of, resource)) {
        let mut entries = held.by.iter().flat_map(|(host, template)| {
            let entries = state.store.kind_with(host, template, "sid", object.key.as_str());
            entries.filter(|entry| entry.account == object.account)
        });
        if entries.next().is_some() {
            return Err(held.refusal.error());
        }
    }
    for domains in DOMAINS.iter().filter(|domains| is_at(domains.at, resource)) {
        if domains.has_subdomains(state, object, object.text(NAME)) {
            return Err(domains.has_subdomains.error());
        }
    }
    Ok(())
}

/// Refuses a new name without its parent, or in place of one that has subdomains. `before` is the object of an update as it was.
///
/// # Errors
/// With the code of the product.
pub(crate) fn refuse_name(state: &State, resource: &Resource, before: Option<&Object>, object: &Object) -> Outcome {
    for domains in DOMAINS.iter().filter(|domains| is_at(domains.at, resource)) {
        let old = before.and_then(|before| before.text(NAME));
        let new = object.text(NAME).filter(|name| !name.is_empty());
        if old == new {
            continue;
        }
        if domains.has_subdomains(state, object, old) {
            return Err(domains.has_subdomains.error());
        }
        let parent = new.and_then(|name| domains.parent(name));
        if parent.is_some_and(|parent| !domains.owns(state, &object.account, &parent)) {
            return Err(domains.no_parent.error());
        }
    }
    Ok(())
}

impl Domains {
    /// The domain above: `a.b.sip.twilio.com` is below `b.sip.twilio.com`, which is below nobody's.
    fn parent(&self, name: &str) -> Option<String> {
        let (own, _) = name.split_once(&format!(".{}.", self.product))?;
        own.contains('.')
            .then(|| name.split_once('.').map(|(_, parent)| parent.to_owned()))?
    }

    /// Whether the account or its parent account has a domain of this name.
    fn owns(&self, state: &State, account: &str, name: &str) -> bool {
        let above = state
            .accounts
            .find(account)
            .and_then(|account| account.parent.as_deref());
        let (host, template) = self.at;
        let mut named = state.store.kind_with(host, template, NAME, Value::from(name));
        named.any(|domain| domain.account == account || Some(domain.account.as_str()) == above)
    }

    /// Whether any domain is below the one of this name.
    fn has_subdomains(&self, state: &State, object: &Object, name: Option<&str>) -> bool {
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return false;
        };
        let (host, template) = self.at;
        let mut all = state.store.kind(host, template);
        all.any(|domain| {
            let is_below = |other: &str| self.parent(other).is_some_and(|parent| parent == name);
            domain.key != object.key && domain.text(NAME).is_some_and(is_below)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_published_places() {
        for held in HELD {
            assert_published(held.of);
            for by in held.by {
                assert_published(*by);
            }
        }
        for domains in DOMAINS {
            let resource = assert_published(domains.at);
            let mut fields = resource.object_fields().iter();
            assert!(fields.any(|field| field.name == NAME), "{:?}", domains.at);
        }
    }

    #[test]
    fn the_parent_of_a_domain_is_one_label_shorter() {
        let sip = &DOMAINS[0];
        for (name, parent) in [
            ("a.sip.twilio.com", None),
            ("b.a.sip.twilio.com", Some("a.sip.twilio.com")),
            ("c.b.a.sip.twilio.com", Some("b.a.sip.twilio.com")),
            ("b.a.sip.ie1.twilio.com", Some("a.sip.ie1.twilio.com")),
            ("twilio.com", None),
        ] {
            assert_eq!(sip.parent(name).as_deref(), parent, "{name}");
        }
    }
}
