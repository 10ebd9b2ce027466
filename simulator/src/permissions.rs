//! Which permission of a restricted key an operation needs: `/twilio/<product>/<resource[.part…]>/<action>`.
//!
//! Twilio's lists of them are PDFs for each product, linked from
//! <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>. The names here are those that public code and Twilio's own
//! answers show. They follow neither hosts nor paths, so each operation is listed in `permissions/names.tsv`; an operation that is not
//! there no key can be allowed.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::contract::{Operation, Route};

/// The known permissions: name, method, product's host without `.twilio.com` and path (`{}` for each parameter) of what it allows.
const NAMES: &str = include_str!("permissions/names.tsv");

/// Permissions of what Twilio does not publish as an operation: they may be in a policy and open nothing here.
const OTHERS: &str = include_str!("permissions/others.txt");

/// By host, path and method.
type Names = HashMap<(&'static str, &'static str, &'static str), &'static str>;

fn names() -> &'static Names {
    static READ: OnceLock<Names> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = NAMES.lines().filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, method) = (columns.next()?, columns.next()?);
            Some(((columns.next()?, columns.next()?, method), name))
        });
        lines.collect()
    })
}

/// All permissions, without their actions and with them.
fn all() -> &'static HashSet<&'static str> {
    static ALL: OnceLock<HashSet<&'static str>> = OnceLock::new();
    ALL.get_or_init(|| {
        let own = NAMES.lines().filter_map(|line| line.split('\t').next());
        let names = own.chain(OTHERS.lines());
        let with_resources = names.flat_map(|name| [Some(name), name.rsplit_once('/').map(|(resource, _)| resource)]);
        with_resources.flatten().collect()
    })
}

/// The permission that an operation needs; `None` if the list has none for it.
pub(crate) fn needed(route: &Route) -> Option<String> {
    of(&route.host, route.operation)
}

/// The permission that an operation on objects of a host needs; `None` if the list has none for it.
pub(crate) fn of(host: &str, operation: &Operation) -> Option<String> {
    let host = host.split('.').next().unwrap_or_default();
    let path: Vec<&str> = operation.template().split('/').map(anonymous).collect();
    let path = path.join("/");
    let name = names().get(&(host, path.as_str(), operation.method.as_str()))?;
    Some((*name).to_owned())
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

/// Products whose names nobody has published but in a list that cannot be read by a program. What they are called is not known here,
/// so no name of theirs is refused; none opens anything either. <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>,
/// <https://www.twilio.com/en-us/changelog>
const NOT_LISTED: &[&str] = &["/twilio/serverless/", "/twilio/conversations/"];

/// Whether a text is the name of a permission: one that Twilio's lists have, or all that a resource has (`*`), as Twilio shows it.
pub(crate) fn is_name(text: &str) -> bool {
    let is_known = |name: &str| all().contains(name) || NOT_LISTED.iter().any(|product| text.starts_with(product));
    match text.strip_suffix("/*") {
        // Product and resource: no permission is for a whole product.
        Some(resource) => resource.matches('/').count() == 3 && is_known(resource),
        None => text.matches('/').count() == 4 && is_known(text),
    }
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
    fn each_permission_is_of_an_operation_that_is_published() {
        let mut count = 0;
        for line in NAMES.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [name, method, host, path] = columns[..] else {
                panic!("{line}");
            };
            assert!(is_name(name), "{line}");
            let host = format!("{host}.twilio.com");
            let path = path.replace("{}", "x");
            let suffix = if path.starts_with("/2010-04-01") { ".json" } else { "" };
            let route = Contract::published().route(&host, method, &format!("{path}{suffix}"));
            assert_eq!(
                needed(&route.unwrap_or_else(|_| panic!("{line}"))).as_deref(),
                Some(name)
            );
            count += 1;
        }
        assert_eq!(count, names().len(), "each operation is listed once");
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
    fn names_are_those_of_the_lists() {
        for good in [
            "/twilio/voice/queues/read",
            "/twilio/flex/insights.historical-reports/read",
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
            "/twilio/voice/queue/read",
            "/twilio/voice/nothing/read",
            "/twilio/voice/nothing/*",
            "/twilio/voice/queues",
            "/twilio/voice/*",
            "/twilio/messaging/messages/write",
            "/twilio/messaging/messages/media/read",
        ] {
            assert!(!is_name(wrong), "{wrong}");
        }
    }
}
