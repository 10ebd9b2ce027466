//! What exists without having been created, and what a first write brings into being.
//!
//! Settings (a path without instances that is read and updated) exist from the start, and so does what Twilio only shows
//! (countries, prices). What is updated at its own name and created nowhere is one of the three below, or it does not exist
//! until a test adds it (`POST /_simulator/objects`): short codes, connect apps, members of a call.

use super::{At, is_at};
use crate::contract::{OperationKind, Resource};

/// Updated at their own name, and there before anybody did: Twilio has one for each number, domain or trunk.
const THERE_FROM_THE_START: &[At] = &[
    // https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api
    ("routes.twilio.com", "/v2/PhoneNumbers"),
    // https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api
    ("routes.twilio.com", "/v2/SipDomains"),
    // https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api
    ("routes.twilio.com", "/v2/Trunks"),
    // https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api
    ("routes.twilio.com", "/v3/PhoneNumbers"),
];

/// The first update creates, at the path of the instance.
const MADE_BY_UPDATE: &[At] = &[
    // https://www.twilio.com/docs/sync/api/document-permission-resource
    (
        "sync.twilio.com",
        "/v1/Services/{ServiceSid}/Documents/{DocumentSid}/Permissions",
    ),
    // https://www.twilio.com/docs/sync/api/sync-list-permission-resource
    (
        "sync.twilio.com",
        "/v1/Services/{ServiceSid}/Lists/{ListSid}/Permissions",
    ),
    // https://www.twilio.com/docs/sync/api/sync-map-permission-resource
    ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Permissions"),
    // https://www.twilio.com/docs/lookup/v2-api/rate-limits
    ("lookups.twilio.com", "/v2/RateLimits/Fields/{Field}/Bucket"),
    // https://www.twilio.com/docs/messaging/features/link-shortening: a domain has none until one was uploaded.
    (
        "messaging.twilio.com",
        "/v1/LinkShortening/Domains/{DomainSid}/Certificate",
    ),
];

/// Whether the objects of a resource exist without having been made.
pub(crate) fn by_itself(resource: &Resource) -> bool {
    if by_update(resource) {
        return false;
    }
    if is_single(resource) {
        return true;
    }
    if THERE_FROM_THE_START.iter().any(|at| is_at(*at, resource)) {
        return true;
    }
    // What Twilio only shows, selected by nothing but its name.
    !resource.has_create()
        && resource.operation(OperationKind::Update).is_none()
        && resource
            .key_field()
            .is_none_or(|field| field.sid.is_empty() && field.pattern.is_none())
}

/// Whether an update of what is not there creates it.
pub(crate) fn by_update(resource: &Resource) -> bool {
    MADE_BY_UPDATE.iter().any(|at| is_at(*at, resource))
}

/// A path of its own that nothing creates, or that is created by the same write that changes it.
fn is_single(resource: &Resource) -> bool {
    resource.is_single() && (!resource.has_create() || WRITTEN_BY_CREATE.iter().any(|at| is_at(*at, resource)))
}

/// Settings whose write the contract calls a create, as it has no other word for it.
const WRITTEN_BY_CREATE: &[At] = &[
    // https://www.twilio.com/docs/video/api/encrypted-compositions
    ("video.twilio.com", "/v1/CompositionSettings/Default"),
    // https://www.twilio.com/docs/video/api/encrypted-recordings
    ("video.twilio.com", "/v1/RecordingSettings/Default"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_published_as_what_it_is() {
        for at in THERE_FROM_THE_START.iter().chain(MADE_BY_UPDATE) {
            let resource = assert_published(*at);
            assert!(!resource.has_create(), "{at:?} is created as everything is");
            assert!(resource.operation(OperationKind::Update).is_some(), "{at:?}");
        }
        for at in WRITTEN_BY_CREATE {
            let resource = assert_published(*at);
            assert!(resource.is_single() && resource.has_create(), "{at:?}");
        }
    }
}
