//! Which permission of a restricted key an operation needs: `/twilio/<product>/<resource[.part…]>/<action>`.
//!
//! Twilio's lists of them are PDFs for each product, linked from
//! <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>. The names here are those that public code and Twilio's own
//! answers show. They follow neither hosts nor paths, so each collection is listed; what is in no list, no key can be allowed.

use crate::contract::{Operation, OperationKind, Route};

/// Host, template of the collection (`{}` for each parameter), product and resource in the names of its permissions.
const COLLECTIONS: &[(&str, &str, &str)] = &[
    ("accounts", "/v1/Credentials/PublicKeys", "iam/public-keys"),
    ("api", "/Accounts", "iam/accounts"),
    ("api", "/Accounts/{}/Addresses", "phone-numbers/address-service"),
    ("api", "/Accounts/{}/Applications", "voice/twiml.apps"),
    (
        "api",
        "/Accounts/{}/AvailablePhoneNumbers/{}/Local",
        "phone-numbers/available-numbers",
    ),
    (
        "api",
        "/Accounts/{}/AvailablePhoneNumbers/{}/Mobile",
        "phone-numbers/available-numbers",
    ),
    (
        "api",
        "/Accounts/{}/AvailablePhoneNumbers/{}/TollFree",
        "phone-numbers/available-numbers",
    ),
    ("api", "/Accounts/{}/Calls", "voice/calls"),
    (
        "api",
        "/Accounts/{}/Calls/{}/Notifications",
        "voice/calls.notifications",
    ),
    ("api", "/Accounts/{}/Calls/{}/Recordings", "voice/calls.recordings"),
    ("api", "/Accounts/{}/Conferences", "voice/conferences"),
    (
        "api",
        "/Accounts/{}/Conferences/{}/Participants",
        "voice/conferences.participants",
    ),
    (
        "api",
        "/Accounts/{}/Conferences/{}/Recordings",
        "voice/conferences.recordings",
    ),
    (
        "api",
        "/Accounts/{}/IncomingPhoneNumbers",
        "phone-numbers/active-numbers",
    ),
    (
        "api",
        "/Accounts/{}/IncomingPhoneNumbers/Local",
        "phone-numbers/active-numbers",
    ),
    (
        "api",
        "/Accounts/{}/IncomingPhoneNumbers/Mobile",
        "phone-numbers/active-numbers",
    ),
    (
        "api",
        "/Accounts/{}/IncomingPhoneNumbers/TollFree",
        "phone-numbers/active-numbers",
    ),
    ("api", "/Accounts/{}/Keys", "iam/api-keys"),
    ("api", "/Accounts/{}/Messages", "messaging/messages"),
    (
        "api",
        "/Accounts/{}/Messages/{}/Feedback",
        "messaging/messages.feedback",
    ),
    ("api", "/Accounts/{}/Messages/{}/Media", "messaging/messages.media"),
    ("api", "/Accounts/{}/OutgoingCallerIds", "voice/outgoing-caller-ids"),
    ("api", "/Accounts/{}/Queues", "voice/queues"),
    ("api", "/Accounts/{}/Queues/{}/Members", "voice/queues.member"),
    ("api", "/Accounts/{}/Recordings", "voice/recordings"),
    ("api", "/Accounts/{}/SIP/CredentialLists", "voice/sip.credential-lists"),
    (
        "api",
        "/Accounts/{}/SIP/CredentialLists/{}/Credentials",
        "voice/sip.credential-lists.credentials",
    ),
    ("api", "/Accounts/{}/SIP/Domains", "voice/sip.domains"),
    ("api", "/Accounts/{}/SIP/IpAccessControlLists", "voice/sip.ip-acls"),
    (
        "api",
        "/Accounts/{}/SIP/IpAccessControlLists/{}/IpAddresses",
        "voice/sip.ip-acls.ip-addresses",
    ),
    ("api", "/Accounts/{}/SigningKeys", "iam/api-keys"),
    ("api", "/Accounts/{}/Transcriptions", "voice/transcriptions"),
    ("events", "/v1/Schemas", "event-streams/schema"),
    ("events", "/v1/Schemas/{}/Versions", "event-streams/schema.version"),
    ("events", "/v1/Sinks", "event-streams/sink"),
    ("events", "/v1/Sinks/{}/Test", "event-streams/sink.test"),
    ("events", "/v1/Subscriptions", "event-streams/subscription"),
    (
        "events",
        "/v1/Subscriptions/{}/SubscribedEvents",
        "event-streams/subscription.subscribed-event",
    ),
    ("events", "/v1/Types", "event-streams/event-type"),
    ("iam", "/v1/Keys", "iam/api-keys"),
    ("lookups", "/v1/PhoneNumbers", "lookup/phone-numbers"),
    ("lookups", "/v2/PhoneNumbers", "lookup/phone-numbers"),
    ("messaging", "/v1/Services", "messaging/services"),
    (
        "messaging",
        "/v1/Services/{}/AlphaSenders",
        "messaging/services.alphasenders",
    ),
    (
        "messaging",
        "/v1/Services/{}/ChannelSenders",
        "messaging/services.channelsenders",
    ),
    (
        "messaging",
        "/v1/Services/{}/Compliance/Usa2p",
        "messaging/services.usa2p-campaign",
    ),
    (
        "messaging",
        "/v1/Services/{}/PhoneNumbers",
        "messaging/services.phonenumbers",
    ),
    (
        "messaging",
        "/v1/Services/{}/ShortCodes",
        "messaging/services.shortcodes",
    ),
    ("monitor", "/v1/Alerts", "monitor/alerts"),
    ("monitor", "/v1/Events", "monitor/events"),
    (
        "numbers",
        "/v2/RegulatoryCompliance/Bundles",
        "phone-numbers/regulatory-compliance.bundles",
    ),
    (
        "numbers",
        "/v2/RegulatoryCompliance/EndUsers",
        "phone-numbers/regulatory-compliance.end-users",
    ),
    ("studio", "/v2/Flows", "studio/flows"),
    ("studio", "/v2/Flows/Validate", "studio/flows.validate"),
    ("studio", "/v2/Flows/{}/Executions", "studio/executions"),
    ("studio", "/v2/Flows/{}/Revisions", "studio/flows.revisions"),
    ("taskrouter", "/v1/Workspaces", "taskrouter/workspaces"),
    (
        "taskrouter",
        "/v1/Workspaces/{}/Activities",
        "taskrouter/workspaces.activities",
    ),
    (
        "taskrouter",
        "/v1/Workspaces/{}/TaskQueues",
        "taskrouter/workspaces.task-queues",
    ),
    ("taskrouter", "/v1/Workspaces/{}/Tasks", "taskrouter/workspaces.tasks"),
    (
        "taskrouter",
        "/v1/Workspaces/{}/Workers",
        "taskrouter/workspaces.workers",
    ),
    (
        "taskrouter",
        "/v1/Workspaces/{}/Workflows",
        "taskrouter/workspaces.workflows",
    ),
    ("trunking", "/v1/Trunks", "voice/sip.trunks"),
    (
        "trunking",
        "/v1/Trunks/{}/OriginationUrls",
        "voice/sip.trunks.origination-urls",
    ),
    ("verify", "/v2/Services", "verify/service"),
    ("verify", "/v2/Services/{}/Entities", "verify/entity"),
    ("verify", "/v2/Services/{}/Entities/{}/Factors", "verify/factor"),
    ("verify", "/v2/Services/{}/RateLimits", "verify/rate-limit"),
    ("verify", "/v2/Services/{}/RateLimits/{}/Buckets", "verify/bucket"),
    ("verify", "/v2/Services/{}/Verifications", "verify/verification"),
    ("verify", "/v2/Services/{}/Webhooks", "verify/webhook"),
];

/// Products that occur in permissions.
const PRODUCTS: &[&str] = &[
    "billing",
    "event-streams",
    "flex",
    "iam",
    "lookup",
    "messaging",
    "microvisor",
    "monitor",
    "phone-numbers",
    "studio",
    "taskrouter",
    "verify",
    "video",
    "voice",
];

/// What permissions allow, `*` being how Twilio shows that a key has all of them.
const ACTIONS: &[&str] = &["read", "list", "create", "update", "delete", "*"];

/// The permission that an operation needs; `None` if no list has one for it.
pub(crate) fn needed(route: &Route) -> Option<String> {
    of(&route.host, route.operation)
}

/// The permission that an operation on objects of a host needs.
pub(crate) fn of(host: &str, operation: &Operation) -> Option<String> {
    let host = host.split('.').next().unwrap_or_default();
    let template = operation.template();
    let template = template.strip_prefix("/2010-04-01").unwrap_or(template);
    if host == "api" && template.starts_with("/Accounts/{AccountSid}/Usage/Records") {
        // One permission for the list and all its periods.
        return Some("/twilio/billing/usage/read".to_owned());
    }
    let path: Vec<&str> = template.split('/').map(anonymous).collect();
    let on_one_thing = path.last() == Some(&"{}");
    let collection = if on_one_thing {
        &path[..path.len() - 1]
    } else {
        &path[..]
    };
    let collection = collection.join("/");
    let (.., resource) = COLLECTIONS
        .iter()
        .find(|(product, template, _)| *product == host && *template == collection)?;
    let action = match operation.kind {
        OperationKind::Create => "create",
        OperationKind::Read => "read",
        // Validating a flow is called an update of the validation.
        OperationKind::Update | OperationKind::Action => "update",
        OperationKind::Delete => "delete",
        OperationKind::List => "list",
    };
    Some(format!("/twilio/{resource}/{action}"))
}

fn anonymous(segment: &str) -> &str {
    if segment.starts_with('{') { "{}" } else { segment }
}

/// Whether an allowed permission covers a needed one. Reading one and listing many are two permissions.
pub(crate) fn covers(allowed: &str, needed: &str) -> bool {
    let all_of = |allowed: &str| allowed.strip_suffix('*').map(str::to_owned);
    let resource = needed.rsplit_once('/').map_or(needed, |(head, _)| head);
    allowed == needed || all_of(allowed).is_some_and(|allowed| allowed == format!("{resource}/"))
}

/// Whether a text can be the name of a permission. Not every resource of every product is known here.
pub(crate) fn is_name(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let ["", "twilio", product, resource, action] = parts.as_slice() else {
        return false;
    };
    let words = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    PRODUCTS.contains(product) && ACTIONS.contains(action) && !resource.is_empty() && resource.chars().all(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[track_caller]
    fn check(host: &str, method: &str, path: &str, expected: Option<&str>) {
        let route = Contract::published().route(host, method, path).expect("published");
        assert_eq!(needed(&route).as_deref(), expected, "{method} {path}");
    }

    #[test]
    fn permissions_are_named_as_twilio_names_them() {
        let account = "/2010-04-01/Accounts/AC1";
        let api =
            |method, path: &str, expected| check("api.twilio.com", method, &format!("{account}{path}.json"), expected);
        api("POST", "/Messages", Some("/twilio/messaging/messages/create"));
        api(
            "GET",
            "/IncomingPhoneNumbers",
            Some("/twilio/phone-numbers/active-numbers/list"),
        );
        api(
            "GET",
            "/IncomingPhoneNumbers/PN1",
            Some("/twilio/phone-numbers/active-numbers/read"),
        );
        api(
            "POST",
            "/IncomingPhoneNumbers/PN1",
            Some("/twilio/phone-numbers/active-numbers/update"),
        );
        api(
            "GET",
            "/AvailablePhoneNumbers/US/Local",
            Some("/twilio/phone-numbers/available-numbers/list"),
        );
        api("GET", "/Applications", Some("/twilio/voice/twiml.apps/list"));
        api("GET", "/Usage/Records/Daily", Some("/twilio/billing/usage/read"));
        api("GET", "", Some("/twilio/iam/accounts/read"));
        api("GET", "/Balance", None);
        check(
            "verify.twilio.com",
            "GET",
            "/v2/Services/VA1",
            Some("/twilio/verify/service/read"),
        );
        check(
            "messaging.twilio.com",
            "POST",
            "/v1/Services/MG1/PhoneNumbers",
            Some("/twilio/messaging/services.phonenumbers/create"),
        );
        check(
            "iam.twilio.com",
            "DELETE",
            "/v1/Keys/SK1",
            Some("/twilio/iam/api-keys/delete"),
        );
        check(
            "studio.twilio.com",
            "POST",
            "/v2/Flows/Validate",
            Some("/twilio/studio/flows.validate/update"),
        );
        check("chat.twilio.com", "GET", "/v2/Services", None);
    }

    #[test]
    fn each_collection_is_published() {
        for (host, template, _) in COLLECTIONS {
            let found = Contract::published().resources().any(|resource| {
                let own = resource
                    .template
                    .strip_prefix("/2010-04-01")
                    .unwrap_or(&resource.template);
                let own: Vec<&str> = own.split('/').map(anonymous).collect();
                resource.host == format!("{host}.twilio.com") && own.join("/") == *template
            });
            assert!(found, "{host} {template}");
        }
    }

    #[test]
    fn all_of_a_resource_is_not_all_of_what_is_below_it() {
        let read = "/twilio/messaging/messages/read";
        assert!(covers(read, read) && covers("/twilio/messaging/messages/*", read));
        for (allowed, needed) in [
            (read, "/twilio/messaging/messages/list"),
            (
                "/twilio/messaging/services/*",
                "/twilio/messaging/services.phonenumbers/list",
            ),
            ("/twilio/messaging/message/*", read),
        ] {
            assert!(!covers(allowed, needed), "{allowed} {needed}");
        }
    }

    #[test]
    fn names_have_a_product_a_resource_and_an_action() {
        for good in [
            "/twilio/voice/sip.trunks/read",
            "/twilio/billing/usage/read",
            "/twilio/verify/service/*",
        ] {
            assert!(is_name(good), "{good}");
        }
        for wrong in [
            "x",
            "/twilio/api//read",
            "/twilio/messages/read",
            "/twilio/nothing/messages/read",
            "/twilio/messaging/messages/write",
            "/twilio/messaging/messages/media/read",
        ] {
            assert!(!is_name(wrong), "{wrong}");
        }
    }
}
