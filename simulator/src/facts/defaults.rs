//! Values that Twilio gives when a create does not say, where the contract does not publish them but the documentation does.
//!
//! The lists stand by product in the folder of this file, each line with the value as the response shows it. What is in no list
//! starts as null, false, 0 or empty, and a state in the first word that the contract has for it.

mod conversations;
mod messaging;
mod others;
mod voice;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::{At, is_at};
use crate::contract::{Resource, anonymous};

/// A response field, and what it reads.
pub(crate) type Default = (&'static str, fn() -> Value);

/// Collections and what their objects start with.
type Lines = &'static [(At, &'static [Default])];

/// All lists.
const LISTS: [Lines; 4] = [
    conversations::DEFAULTS,
    messaging::DEFAULTS,
    others::DEFAULTS,
    voice::DEFAULTS,
];

/// The documented defaults of a resource.
pub(crate) fn of(resource: &Resource) -> &'static [Default] {
    type ByPlace = HashMap<(&'static str, String), &'static [Default]>;
    static BY_PLACE: LazyLock<ByPlace> = LazyLock::new(|| {
        let lines = LISTS.iter().copied().flatten();
        lines
            .map(|((host, template), defaults)| ((*host, anonymous(template)), *defaults))
            .collect()
    });
    let place = (resource.host.as_str(), anonymous(&resource.template));
    BY_PLACE.get(&place).copied().unwrap_or_default()
}

/// Fields whose default an empty text does not bring back: it is a value of its own.
/// <https://www.twilio.com/docs/taskrouter/api/task-queue>: in a queue for no worker tasks wait for ever.
const EMPTY_IS_A_VALUE: &[(At, &str)] = &[(
    ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
    "target_workers",
)];

/// The default that an empty text brings back: that of the field, where it is a text.
pub(crate) fn brought_back(resource: &Resource, field: &str) -> Option<(&'static str, Value)> {
    let mut values = EMPTY_IS_A_VALUE.iter();
    if values.any(|(at, known)| *known == field && is_at(*at, resource)) {
        return None;
    }
    let (known, default) = of(resource).iter().find(|(known, _)| *known == field)?;
    let default = default();
    let is_text = default.as_str().is_some_and(|text| !text.is_empty());
    is_text.then_some((known, default))
}

/// The field in which resources of the 2010 API tell their version.
pub(crate) const VERSION: &str = "api_version";

/// What it reads, wherever the contract has it: there is one version. <https://www.twilio.com/docs/usage/twilios-response>, and the
/// contract's own examples of messages, calls, conferences, recordings and short codes.
pub(crate) fn version(resource: &Resource) -> Option<&'static str> {
    let is_there = || resource.object_fields().iter().any(|field| field.name == VERSION);
    (resource.host == "api.twilio.com" && is_there()).then_some("2010-04-01")
}

/// SIDs that settings name from the start, of things that Twilio made itself: host, path, field, prefix.
const SIDS: &[(At, &str, &str)] = &[
    // https://www.twilio.com/docs/sync/api/stream-message-resource
    (
        (
            "sync.twilio.com",
            "/v1/Services/{ServiceSid}/Streams/{StreamSid}/Messages",
        ),
        "sid",
        "TZ",
    ),
    // https://www.twilio.com/docs/verify/api/entity: it is found by its identity, and has a SID beside it.
    (("verify.twilio.com", "/v2/Services/{ServiceSid}/Entities"), "sid", "YE"),
    // https://www.twilio.com/docs/messaging/features/link-shortening
    (
        (
            "messaging.twilio.com",
            "/v1/LinkShortening/Domains/{DomainSid}/Certificate",
        ),
        "certificate_sid",
        "CW",
    ),
    (
        ("messaging.twilio.com", "/v1/LinkShortening/Domains/{DomainSid}/Config"),
        "config_sid",
        "ZK",
    ),
];

/// Fields that name something which Twilio made itself, and its prefix.
pub(crate) fn sids(resource: &Resource) -> impl Iterator<Item = (&'static str, &'static str)> {
    SIDS.iter()
        .filter(|(at, ..)| is_at(*at, resource))
        .map(|(_, field, prefix)| (*field, *prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_default_is_of_a_published_field() {
        let mut places = Vec::new();
        for (at, defaults) in LISTS.iter().copied().flatten() {
            let resource = assert_published(*at);
            for (name, _) in *defaults {
                let mut fields = resource.object_fields().iter();
                assert!(fields.any(|field| field.name == *name), "{at:?} {name}");
            }
            assert!(!places.contains(at), "{at:?} stands in two lists");
            places.push(*at);
        }
        for (at, name) in EMPTY_IS_A_VALUE {
            assert!(
                of(assert_published(*at)).iter().any(|(known, _)| known == name),
                "{name}"
            );
        }
        for (at, name, _) in SIDS {
            let mut fields = assert_published(*at).object_fields().iter();
            assert!(fields.any(|field| field.name == *name), "{name}");
        }
    }
}
