//! The URLs that Twilio requests, wherever they stand in an object: what a policy about webhooks is about.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::engine::facts::{Check, Field, Kind};
use crate::framework::path::AttributePath;
use crate::framework::value::Value;

/// A webhook of an object: where it stands, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    /// The attribute in which it stands.
    pub path: AttributePath,
    /// Where it stands within that, where the attribute is JSON: `.states[0].properties.url`.
    pub inside: String,
    /// The URL.
    pub url: String,
}

impl Webhook {
    /// What makes it another one: not where in a text of JSON it stands, which changes with all that is put before it.
    fn key(&self) -> (String, &str) {
        (self.path.to_string(), &self.url)
    }
}

/// Those that `now` has and `before` has not at the same place. What is not known yet is left out.
pub(crate) fn changed(fields: &[Field], before: &Value, now: &Value) -> Vec<Webhook> {
    let old = all(fields, before);
    let mut new = all(fields, now);
    new.retain(|webhook| !old.iter().any(|old| old.key() == webhook.key()));
    new
}

/// Those of `now` that are not wholly known yet, by what they begin with: as far as that is all of a part of a URL, which nothing that
/// follows changes. What `before` has at the same place begins with it, too, is left out.
pub(crate) fn begun(fields: &[Field], before: &Value, now: &Value) -> Vec<Webhook> {
    let old = all(fields, before);
    let mut found = Vec::new();
    collect(fields, now, &AttributePath::root(), &mut |field, path, value| {
        let Value::Unknown(Some(promised)) = value else { return };
        if matches!(field.kind, Kind::Json) {
            return;
        }
        let prefix = promised.string_prefix.as_deref().unwrap_or_default();
        let Some((scheme, rest)) = prefix.split_once("://") else {
            return;
        };
        let end = rest.find(['/', '?', '#']);
        let url = match end {
            Some(_) => prefix.to_owned(),
            None => format!("{scheme}://{{{{}}}}/"),
        };
        if !old.iter().any(|old| old.path == path && old.url.starts_with(prefix)) {
            found.push(Webhook {
                path,
                inside: String::new(),
                url,
            });
        }
    });
    found
}

/// Whether what `before` has is taken off, replaced, or may be.
pub(crate) fn is_touched(fields: &[Field], before: &Value, now: &Value) -> bool {
    let (old, new) = (all(fields, before), all(fields, now));
    let keys = |webhooks: &[Webhook]| {
        let keys = webhooks.iter().map(|webhook| {
            let (path, url) = webhook.key();
            (path, url.to_owned())
        });
        BTreeSet::from_iter(keys)
    };
    keys(&old) != keys(&new) || has_unknown(fields, now)
}

/// All that are known, in the order of the table.
pub(crate) fn all(fields: &[Field], object: &Value) -> Vec<Webhook> {
    let mut found = Vec::new();
    collect(fields, object, &AttributePath::root(), &mut |field, path, value| {
        let Some(text) = value.as_str().filter(|text| !text.is_empty()) else {
            return;
        };
        if !matches!(field.kind, Kind::Json) {
            found.push(Webhook {
                path,
                inside: String::new(),
                url: text.to_owned(),
            });
            return;
        }
        let json = serde_json::from_str(text).unwrap_or(Json::Null);
        in_json(&json, &mut |inside, url, _| {
            found.push(Webhook {
                path: path.clone(),
                inside: inside.to_owned(),
                url: url.to_owned(),
            });
        });
    });
    found
}

/// Every text in JSON that is an address, with where it stands, as `.states[0].properties.url`, and the method beside it: there is no
/// list of what in a Studio flow Twilio requests.
pub(crate) fn in_json(json: &Json, found: &mut dyn FnMut(&str, &str, Option<&str>)) {
    json_at(json, "", "", None, found);
}

fn json_at(value: &Json, at: &str, name: &str, method: Option<&str>, found: &mut dyn FnMut(&str, &str, Option<&str>)) {
    match value {
        Json::String(text) if is_address(name, text) => found(at, text, method),
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                json_at(item, &format!("{at}[{index}]"), name, None, found);
            }
        }
        Json::Object(members) => {
            let method = members.get("method").and_then(Json::as_str);
            for (name, member) in members {
                json_at(member, &format!("{at}.{name}"), name, method, found);
            }
        }
        _ => {}
    }
}

/// Whether a text under this name is an address: by its scheme, or by its name where all of it is filled in later.
fn is_address(name: &str, text: &str) -> bool {
    let begins = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let name = name.to_ascii_lowercase();
    let is_called_so = name == "url" || name.ends_with("_url") || name.ends_with("callback");
    begins("https://") || begins("http://") || (is_called_so && text.trim_start().starts_with("{{"))
}

/// The host of an address, in small letters; none where part of it is filled in later, as by a Studio flow, and where those who read
/// it disagree on what the host is.
pub(crate) fn host_of(address: &str) -> Option<String> {
    let host = match sip_host(address) {
        Some(host) => url::Host::parse(host).ok()?.to_string(),
        None => {
            let (_, rest) = address.split_once("://")?;
            let before_query = rest.split(['?', '#']).next().unwrap_or_default();
            let authority = before_query.split('/').next().unwrap_or_default();
            let is_unclear = |part: &str, of: &[char]| part.contains(of) || part.contains(char::is_whitespace);
            if before_query.contains('\\') || is_unclear(authority, &['{', '}', '<', '>', '"', '^', '|', '`']) {
                return None;
            }
            url::Url::parse(address).ok()?.host_str()?.to_owned()
        }
    };
    (!host.is_empty() && !host.contains(['{', '}', '%'])).then_some(host)
}

/// Whether this is a SIP address, which has no https.
pub(crate) fn is_sip(address: &str) -> bool {
    sip_host(address).is_some()
}

/// What stands for the host in `sip:user@host:5060;transport=tls`.
fn sip_host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("sip") && !scheme.eq_ignore_ascii_case("sips") {
        return None;
    }
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let end = match rest.strip_prefix('[') {
        Some(inner) => inner.find(']').map_or(rest.len(), |end| end + 2),
        None => rest.find([':', ';', '?', '/']).unwrap_or(rest.len()),
    };
    rest.get(..end)
}

/// Whether there may be any in an object of these fields.
#[cfg(test)]
pub(crate) fn are_in(fields: &[Field]) -> bool {
    fields.iter().filter(|field| field.is_configurable()).any(|field| {
        let is_url = matches!(field.kind, Kind::Text) && field.checks.iter().any(|check| matches!(check, Check::Url));
        is_url || are_in(field.kind.inner())
    })
}

fn has_unknown(fields: &[Field], object: &Value) -> bool {
    let mut is_unknown = false;
    collect(fields, object, &AttributePath::root(), &mut |_, _, value| {
        is_unknown |= value.is_unknown();
    });
    is_unknown
}

fn collect(fields: &[Field], object: &Value, at: &AttributePath, found: &mut dyn FnMut(&Field, AttributePath, &Value)) {
    for field in fields.iter().filter(|field| field.is_configurable()) {
        let (value, path) = (object.attr(field.name), at.and_attribute(field.name));
        match field.kind {
            Kind::Text if field.checks.iter().any(|check| matches!(check, Check::Url)) => found(field, path, value),
            Kind::Text | Kind::Json if field.has_webhooks => found(field, path, value),
            Kind::Object(inner) => collect(inner, value, &path, found),
            Kind::Objects(inner) | Kind::ObjectSet(inner) => {
                let elements = value.as_elements().unwrap_or_default();
                for (index, element) in elements.iter().enumerate() {
                    collect(inner, element, &path.and_index(index), found);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{json, object, objects, text, url};

    const INNER: &[Field] = &[url("url", Setting(Clears)), text("name", Setting(Clears))];
    const FIELDS: &[Field] = &[
        url("voice_url", Setting(Clears)),
        text("friendly_name", Setting(Clears)),
        url("shown_url", Observed),
        object("one", Setting(Clears), INNER),
        objects("many", Setting(Clears), INNER),
    ];

    fn with(voice: Value, one: &str) -> Value {
        let inner = |url: &str| Value::object([("url", Value::string(url)), ("name", Value::string("https://name"))]);
        Value::object([
            ("voice_url", voice),
            ("friendly_name", Value::string("https://name.example")),
            ("shown_url", Value::string("https://shown.example")),
            ("one", inner(one)),
            ("many", Value::List(vec![inner("https://first.example"), inner("")])),
        ])
    }

    #[test]
    fn every_configured_url_is_found_however_deep_and_nothing_else() {
        let urls = |webhooks: Vec<Webhook>| webhooks.into_iter().map(|webhook| webhook.url).collect::<Vec<_>>();
        let before = with(Value::string("https://a.example"), "https://b.example");
        assert_eq!(
            urls(all(FIELDS, &before)),
            ["https://a.example", "https://b.example", "https://first.example"]
        );
        let now = with(Value::string("https://a.example"), "https://c.example");
        assert_eq!(urls(changed(FIELDS, &before, &now)), ["https://c.example"]);
        assert!(is_touched(FIELDS, &before, &now));
        assert!(!is_touched(FIELDS, &before, &before));
        assert!(
            is_touched(FIELDS, &before, &with(Value::Null, "https://b.example")),
            "taken off"
        );
        let unknown = with(Value::UNKNOWN, "https://b.example");
        assert!(is_touched(FIELDS, &unknown, &unknown), "nobody knows yet");
        assert_eq!(urls(changed(FIELDS, &Value::Null, &before)).len(), 3);
    }

    #[test]
    fn addresses_in_json_count_wherever_they_stand_and_stay_the_same_when_they_move() {
        const FLOW: &[Field] = &[json("definition", Setting(Clears)).with_webhooks()];
        let flow = |states: &str| Value::object([("definition", format!("{{\"states\": [{states}]}}").into())]);
        let ask = |url: &str| format!("{{\"properties\": {{\"url\": \"{url}\", \"body\": \"{{{{x}}}}\"}}}}");
        let before = flow(&ask("http://old.example"));
        let found = all(FLOW, &before);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].inside, ".states[0].properties.url");
        let moved = flow(&format!("{}, {}", ask("{{flow.data.x}}"), ask("http://old.example")));
        let new = changed(FLOW, &before, &moved);
        assert_eq!(new.len(), 1, "{new:?}");
        assert_eq!(new[0].url, "{{flow.data.x}}");
        assert!(is_touched(FLOW, &before, &moved) && !is_touched(FLOW, &before, &before));
    }

    #[test]
    fn a_host_is_one_that_all_readers_see() {
        for (address, host) in [
            ("https://Hooks.Example.com:8443/a?b", Some("hooks.example.com")),
            ("https://user:secret@hooks.example.com", Some("hooks.example.com")),
            ("https://hooks.example.com/{{flow.data.x}}", Some("hooks.example.com")),
            ("https://hooks.example.com?x=\\@evil.com", Some("hooks.example.com")),
            ("https://hooks.example.com\\@evil.com/", None),
            ("https://hooks.example.com\\.evil.com/", None),
            ("https:\\\\hooks.example.com/", None),
            ("https://hooks.example.com{{flow.data.x}}", None),
            ("https://{{flow.data.x}}@hooks.example.com/", None),
            ("https://{{flow.variables.host}}/a", None),
            ("{{flow.data.x}}", None),
            ("no address", None),
            ("sip:alice@Pbx.Example.com:5061;transport=tls", Some("pbx.example.com")),
            ("sips:pbx.example.com", Some("pbx.example.com")),
            ("sip:[2001:db8::1]:5060", Some("[2001:db8::1]")),
        ] {
            assert_eq!(host_of(address).as_deref(), host, "{address}");
        }
    }
}
