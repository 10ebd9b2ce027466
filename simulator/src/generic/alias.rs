//! Collections that show the same objects under more than one path.

use crate::contract::{Contract, Resource, anonymous};

/// Host, collection template, template of the collection that holds the objects.
const ALIASES: &[(&str, &str, &str)] = &[
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
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SigningKeys",
        "/2010-04-01/Accounts/{AccountSid}/Keys",
    ),
    ("content.twilio.com", "/v1/ContentAndApprovals", "/v1/Content"),
    ("content.twilio.com", "/v2/Content", "/v1/Content"),
    ("content.twilio.com", "/v2/ContentAndApprovals", "/v1/Content"),
    ("studio.twilio.com", "/v1/Flows", "/v2/Flows"),
];

/// The resource that holds the objects of a resource: mostly itself.
pub(crate) fn holder(resource: &'static Resource) -> &'static Resource {
    ALIASES
        .iter()
        .find(|(host, alias, _)| *host == resource.host && anonymous(alias) == anonymous(&resource.template))
        .and_then(|(host, _, holder)| Contract::published().resource(host, holder))
        .unwrap_or(resource)
}

/// A concrete path with the aliased part replaced by the holder's.
pub(crate) fn holder_path(resource: &Resource, holder: &Resource, path: &str) -> String {
    if std::ptr::eq(resource, holder) {
        return path.to_owned();
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
                "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers/Local"
            ),
            "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers"
        );
        let flows = contract.resource("studio.twilio.com", "/v1/Flows").expect("published");
        assert_eq!(holder_path(flows, holder(flows), "/v1/Flows/FW1"), "/v2/Flows/FW1");
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
