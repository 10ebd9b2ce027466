//! Collections that show the same objects under more than one path.

use crate::contract::{Contract, Resource, anonymous};
use crate::store::{Object, Store};

/// Host, collection template, template of the collection that holds the objects.
const ALIASES: &[(&str, &str, &str)] = &[
    // https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-local-resource, …/incomingphonenumber-mobile-resource, …/incomingphonenumber-tollfree-resource
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/Local",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
    ),
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/Mobile",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
    ),
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/TollFree",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
    ),
    // https://www.twilio.com/docs/iam/api-keys
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SigningKeys",
        "/2010-04-01/Accounts/{AccountSid}/Keys",
    ),
    // https://www.twilio.com/docs/content/content-api-resources
    ("content.twilio.com", "/v1/ContentAndApprovals", "/v1/Content"),
    // https://www.twilio.com/docs/content/content-api-resources
    ("content.twilio.com", "/v2/Content", "/v1/Content"),
    // https://www.twilio.com/docs/content/content-api-resources
    ("content.twilio.com", "/v2/ContentAndApprovals", "/v1/Content"),
    // https://www.twilio.com/docs/studio/rest-api/flow
    ("studio.twilio.com", "/v1/Flows", "/v2/Flows"),
];

/// Paths of conversations that mean those of the account's default service, and what stands before them there.
/// <https://www.twilio.com/docs/conversations/api/conversation-resource>: the shortened base URL.
const SHORTENED: &[&str] = &[
    "/v1/ConversationWithParticipants",
    "/v1/Conversations",
    "/v1/ParticipantConversations",
    "/v1/Roles",
    "/v1/Users",
];
const CONVERSATIONS: &str = "conversations.twilio.com";
const SERVICE: &str = "/v1/Services/{ChatServiceSid}";

/// What follows `/v1` in the template of a resource that means the default service.
fn shortened(resource: &Resource) -> Option<&str> {
    let is_below = |start: &str| {
        let rest = resource.template.strip_prefix(start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_shortened = resource.host == CONVERSATIONS && SHORTENED.iter().any(|start| is_below(start));
    is_shortened.then(|| resource.template.strip_prefix("/v1")).flatten()
}

/// The SID of the service that shortened paths mean.
pub(crate) fn default_service<'s>(store: &'s Store, account: &str) -> Option<&'s str> {
    store
        .find(CONVERSATIONS, account, "/v1/Configuration")?
        .text("default_chat_service_sid")
}

/// The path of an object as the asked resource spells it.
pub(crate) fn shown_path(asked: &Resource, object: &Object) -> String {
    let whole = object
        .path
        .strip_prefix("/v1/Services/")
        .filter(|_| shortened(asked).is_some());
    match whole.and_then(|path| path.split_once('/')) {
        Some((_, rest)) => format!("/v1/{rest}"),
        None => object.path.clone(),
    }
}

/// The resource that holds the objects of a resource: mostly itself.
pub(crate) fn holder(resource: &'static Resource) -> &'static Resource {
    if let Some(rest) = shortened(resource) {
        let whole = Contract::published().resource(&resource.host, &format!("{SERVICE}{rest}"));
        return whole.unwrap_or(resource);
    }
    ALIASES
        .iter()
        .find(|(host, alias, _)| *host == resource.host && anonymous(alias) == anonymous(&resource.template))
        .and_then(|(host, _, holder)| Contract::published().resource(host, holder))
        .unwrap_or(resource)
}

/// A concrete path with the aliased part replaced by the holder's. `service` is the one that shortened paths mean.
pub(crate) fn holder_path(resource: &Resource, holder: &Resource, path: &str, service: Option<&str>) -> String {
    if std::ptr::eq(resource, holder) {
        return path.to_owned();
    }
    if shortened(resource).is_some() {
        let rest = path.strip_prefix("/v1").unwrap_or(path);
        return format!("/v1/Services/{}{rest}", service.unwrap_or("none"));
    }
    let own: Vec<&str> = resource.template.split('/').collect();
    let mut segments = path.split('/');
    let values: Vec<&str> = segments.by_ref().take(own.len()).collect();
    // Parameters of an alias stand in the same order as those of its holder.
    let mut params = own
        .iter()
        .zip(&values)
        .filter(|(name, _)| name.starts_with('{'))
        .map(|(_, value)| *value);
    let mut replaced: Vec<&str> = holder
        .template
        .split('/')
        .map(|segment| {
            if segment.starts_with('{') {
                params.next().unwrap_or(segment)
            } else {
                segment
            }
        })
        .collect();
    replaced.extend(segments);
    replaced.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_leads_to_the_path_of_its_holder() {
        let contract = Contract::published();
        let local = contract
            .resource(
                "api.twilio.com",
                "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/Local",
            )
            .expect("published");
        assert_eq!(
            holder_path(
                local,
                holder(local),
                "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers/Local",
                None
            ),
            "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers"
        );
        let flows = contract.resource("studio.twilio.com", "/v1/Flows").expect("published");
        assert_eq!(
            holder_path(flows, holder(flows), "/v1/Flows/FW1", None),
            "/v2/Flows/FW1"
        );
    }

    #[test]
    fn a_shortened_path_means_the_default_service() {
        let contract = Contract::published();
        let mut found = 0;
        for short in contract.resources().filter(|resource| shortened(resource).is_some()) {
            let whole = holder(short);
            assert!(!std::ptr::eq(short, whole), "{} has no whole path", short.template);
            found += 1;
        }
        assert!(found > SHORTENED.len(), "only {found}");
        let messages = contract
            .resource(CONVERSATIONS, "/v1/Conversations/{ConversationSid}/Messages")
            .expect("published");
        let path = "/v1/Conversations/CH1/Messages";
        assert_eq!(
            holder_path(messages, holder(messages), path, Some("IS1")),
            "/v1/Services/IS1/Conversations/CH1/Messages"
        );
    }

    #[test]
    fn every_alias_is_published() {
        for (host, alias, holder) in ALIASES {
            for template in [alias, holder] {
                assert!(Contract::published().resource(host, template).is_some(), "{template}");
            }
        }
    }
}
