//! Where the links in answers lead, from the published examples: OpenAPI only says that there is a map of addresses.
//!
//! An example shows one object with its own address and its links. What stands below the object's address is written relative
//! to it; elsewhere, what repeats a field of the object is replaced by the field's name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::schema::object;

/// Literal segments of a document's paths, which are never the value of a field.
pub struct Literals<'a>(BTreeSet<&'a str>);

impl<'a> Literals<'a> {
    /// The literals of these paths.
    pub fn new(paths: impl IntoIterator<Item = &'a String>) -> Self {
        let segments = paths.into_iter().flat_map(|path| without_suffix(path).split('/'));
        Self(segments.filter(|segment| !segment.starts_with('{')).collect())
    }
}

/// Names under `links` or `subresource_uris` in the example answers of an operation, and where they lead:
/// `Statistics` (below the object), `/v1/Workspaces/{workspace_sid}` (on the same host), `https://…` (elsewhere), or an empty
/// text where the example does not tell.
pub fn of(operation: &Value, host: &str, literals: &Literals<'_>) -> BTreeMap<String, String> {
    let mut links = BTreeMap::<String, String>::new();
    for (_, response) in object(operation, "responses").into_iter().flatten() {
        for (_, content) in object(response, "content").into_iter().flatten() {
            for (_, example) in object(content, "examples").into_iter().flatten() {
                let Some(shown) = example.get("value").and_then(Value::as_object) else {
                    continue;
                };
                for member in ["links", "subresource_uris"] {
                    let addresses = shown.get(member).and_then(Value::as_object);
                    for (name, address) in addresses.into_iter().flatten() {
                        let known = links.entry(name.clone()).or_default();
                        if known.is_empty() {
                            *known = address
                                .as_str()
                                .and_then(|address| template(shown, name, address, host, literals))
                                .unwrap_or_default();
                        }
                    }
                }
            }
        }
    }
    links
}

fn template(
    shown: &Map<String, Value>,
    name: &str,
    address: &str,
    host: &str,
    literals: &Literals<'_>,
) -> Option<String> {
    let (other_host, path) = split(address, host);
    let own = ["url", "uri"].iter().find_map(|name| shown.get(*name)?.as_str());
    if let Some(own) = own
        && other_host.is_none()
        && let Some(rest) = path.strip_prefix(split(own, host).1)
        && let Some(rest) = rest.strip_prefix('/')
        && rest.split('/').all(|segment| !is_sid(segment))
    {
        return Some(rest.to_owned());
    }
    let mut previous = "";
    let mut written = Vec::new();
    for segment in path.split('/') {
        if literals.0.contains(segment) || other_host.is_some() && !is_sid(segment) {
            written.push(segment.to_owned());
        } else {
            written.push(format!("{{{}}}", field(shown, segment, name, previous)?));
        }
        previous = segment;
    }
    let origin = other_host.map(|host| format!("https://{host}")).unwrap_or_default();
    Some(format!("{origin}{}", written.join("/")))
}

/// Host, if it is another one, and path without suffix and query.
fn split<'a>(address: &'a str, host: &str) -> (Option<&'a str>, &'a str) {
    let (other, path) = match address.strip_prefix("https://") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => (host, address),
    };
    let path = path.split('?').next().unwrap_or_default();
    let elsewhere = match address.starts_with("https://") && other != host {
        true => Some(&address["https://".len().."https://".len() + other.len()]),
        false => None,
    };
    (elsewhere, without_suffix(path))
}

fn without_suffix(path: &str) -> &str {
    path.strip_suffix(".json").unwrap_or(path)
}

fn is_sid(segment: &str) -> bool {
    segment.len() == 34
        && segment.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
        && segment.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit())
}

/// The field of the example that a segment repeats: of several the one that is called after the link, then after the collection
/// before it, then the one with the shortest name.
fn field<'a>(shown: &'a Map<String, Value>, segment: &str, link: &str, collection: &str) -> Option<&'a str> {
    let after_link = |name: &str| name.strip_suffix("_sid") == Some(link);
    let after_collection = |name: &str| {
        let wanted: String = name
            .strip_suffix("_sid")
            .unwrap_or(name)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        collection.to_ascii_lowercase().starts_with(&wanted)
    };
    shown
        .iter()
        .filter(|(_, value)| value.as_str() == Some(segment))
        .map(|(name, _)| name.as_str())
        .min_by_key(|name| (!after_link(name), !after_collection(name), name.len()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const WORKSPACE: &str = "WSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const ACTIVITY: &str = "WAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    fn check(shown: &Value, link: &str, address: &str) -> Option<String> {
        let paths = [
            "/v1/Workspaces/{Sid}/Activities/{Sid}",
            "/v1/Workspaces/{Sid}/Workers/{Sid}/Statistics",
            "/v1/Accounts/{AccountSid}.json",
        ]
        .map(str::to_owned);
        let shown = shown.as_object().expect("an object");
        template(shown, link, address, "things.twilio.com", &Literals::new(&paths))
    }

    #[test]
    fn what_stands_below_the_object_is_relative_to_it() {
        let own =
            json!({"url": format!("https://things.twilio.com/v1/Workspaces/{WORKSPACE}/Workers/WK1"), "sid": "WK1"});
        let below = format!("https://things.twilio.com/v1/Workspaces/{WORKSPACE}/Workers/WK1/Statistics");
        assert_eq!(check(&own, "worker_statistics", &below).as_deref(), Some("Statistics"));
    }

    #[test]
    fn elsewhere_repeated_fields_are_replaced() {
        let shown = json!({"url": "https://things.twilio.com/v1/Other", "workspace_sid": WORKSPACE,
            "default_activity_sid": ACTIVITY, "activity_sid": ACTIVITY});
        let address = format!("https://things.twilio.com/v1/Workspaces/{WORKSPACE}/Activities/{ACTIVITY}");
        assert_eq!(
            check(&shown, "current", &address).as_deref(),
            Some("/v1/Workspaces/{workspace_sid}/Activities/{activity_sid}")
        );
        assert_eq!(
            check(&shown, "default_activity", &address).as_deref(),
            Some("/v1/Workspaces/{workspace_sid}/Activities/{default_activity_sid}")
        );
        let unknown = "https://things.twilio.com/v1/Workspaces/WSbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
        assert_eq!(check(&shown, "workspace", unknown), None);
    }

    #[test]
    fn another_host_and_a_relative_address_with_a_suffix_are_understood() {
        let shown = json!({"uri": "/v1/Other.json", "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"});
        let elsewhere = "https://api.twilio.com/2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        assert_eq!(
            check(&shown, "account", elsewhere).as_deref(),
            Some("https://api.twilio.com/2010-04-01/Accounts/{account_sid}")
        );
        let relative = "/v1/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.json?Page=0";
        assert_eq!(
            check(&shown, "account", relative).as_deref(),
            Some("/v1/Accounts/{account_sid}")
        );
    }
}
