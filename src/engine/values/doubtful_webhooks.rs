//! What a plan says of webhooks that Twilio will not reach, or that others can read: of those that are new or get another URL. One
//! that stays as it is was said once, and somebody decided.
//!
//! A host is the configuration's own text, which may be secret, and a URL with a password more so: no text of one is repeated, and a
//! warning about a password points at the resource and not at the line, which Terraform would show.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::Value as Json;
use url::Host;

use super::counted_names::some_of;
use super::webhooks::{Webhook, begun, changed, host_of};
use crate::engine::facts::Field;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::is_public_address;

/// Webhooks that a line of a warning names.
const NAMED: usize = 5;

/// What may be wrong with the URL of a webhook; those first that matter most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doubt {
    /// A user name or a password is in it.
    Credentials,
    /// It names the machine that reads it.
    Loopback,
    /// An address of a private network, or of the metadata service of a cloud.
    Private,
    /// A name that the public internet does not have.
    PrivateName,
    /// A way to somebody's own machine, by this service.
    Tunnel(&'static str),
    /// It shows what it receives to whoever knows its address.
    Inspector(&'static str),
    /// It is `http`.
    NotEncrypted,
}

/// Names that end in these are of no public network: by RFC 6761, 6762 and 8375, by what ICANN keeps free, or by custom.
const PRIVATE_NAMES: &[&str] = &[
    "internal",
    "local",
    "localdomain",
    "lan",
    "intranet",
    "corp",
    "home",
    "home.arpa",
    "test",
    "invalid",
    // Tor, RFC 7686.
    "onion",
];

/// Names whose owners let them, and all below them, name the machine that reads them.
const LOOPBACK_NAMES: &[&str] = &["localhost", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com"];

/// Services whose names have an address in them, which they name: <https://sslip.io>.
const NAMES_OF_ADDRESSES: &[&str] = &["nip.io", "sslip.io"];

/// Services that lead the internet to a machine which has no address there, by the names that they give.
const TUNNELS: &[&str] = &[
    "ngrok.io",
    "ngrok.app",
    "ngrok.dev",
    "ngrok.pizza",
    "ngrok-free.app",
    "ngrok-free.dev",
    "ngrok-free.pizza",
    "trycloudflare.com",
    "loca.lt",
    "localtunnel.me",
    "localhost.run",
    "lhr.life",
    "lhr.rocks",
    "serveo.net",
    "serveousercontent.com",
    "devtunnels.ms",
    "pinggy.link",
    "pinggy.online",
    "pinggy.io",
    "loclx.io",
    "localxpose.io",
    "sharedwithexpose.com",
    "bore.pub",
    "pagekite.me",
    "telebit.cloud",
    "telebit.io",
    // Tailscale Funnel; without it such a name leads into a private network.
    "ts.net",
    "tunnelmole.net",
    "zrok.io",
    "packetriot.net",
    "app.github.dev",
    "gitpod.io",
];

/// Services that keep what they receive for anybody who has the link.
const INSPECTORS: &[&str] = &[
    "webhook.site",
    "smee.io",
    "requestbin.com",
    "pipedream.net",
    "requestcatcher.com",
    "beeceptor.com",
    "hookbin.com",
    "ptsv3.com",
];

/// The warning about what is new or gets another URL in `now`; `heading` is what it is about, as summaries begin.
pub(crate) fn warning(fields: &[Field], before: &Value, now: &Value, heading: &str) -> Option<Diagnostic> {
    let mut by_doubt: BTreeMap<Doubt, Vec<Webhook>> = BTreeMap::new();
    // Of one that is not wholly known yet, what is known of it: the rest is often a SID in its path.
    let not_whole = begun(fields, before, now);
    for webhook in changed(fields, before, now).into_iter().chain(not_whole) {
        for doubt in doubts(&webhook.url) {
            by_doubt.entry(doubt).or_default().push(webhook.clone());
        }
    }
    let doubts = Vec::from_iter(by_doubt.keys().copied());
    let summary = match doubts.as_slice() {
        [] => return None,
        [doubt] => format!("{heading} has a webhook {}", doubt.in_short()),
        _ => format!("{heading} has webhooks that are not fit for production"),
    };
    let lines = by_doubt
        .iter()
        .map(|(doubt, webhooks)| format!("- {}: {}", places(webhooks), doubt.explained()));
    let mut lines = Vec::from_iter(lines);
    lines.push(
        "This is said where a URL is new or changes. To refuse it, a policy has require_https and allowed_webhook_hosts."
            .to_owned(),
    );
    let said = Diagnostic::warning(summary, lines.join("\n"));
    let mut paths = by_doubt.values().flatten().map(|webhook| &webhook.path);
    let first = paths.next()?;
    let is_one = paths.all(|path| path == first);
    Some(match is_one && !doubts.contains(&Doubt::Credentials) {
        true => said.within(first),
        false => said,
    })
}

/// `voice_url, sms_url`.
fn places(webhooks: &[Webhook]) -> String {
    let named = webhooks
        .iter()
        .map(|webhook| format!("{}{}", webhook.path, webhook.inside));
    some_of(&Vec::from_iter(named), NAMED)
}

impl Doubt {
    /// After "has a webhook".
    const fn in_short(self) -> &'static str {
        match self {
            Self::Credentials => "with a user name or password in its URL",
            Self::Loopback | Self::Private | Self::PrivateName => "that Twilio cannot reach",
            Self::Tunnel(_) => "on a tunnel to somebody's machine",
            Self::Inspector(_) => "that shows others what it receives",
            Self::NotEncrypted => "without https",
        }
    }

    /// What it means, and what to do.
    pub(crate) fn explained(self) -> String {
        // Where Twilio cannot connect: <https://www.twilio.com/docs/api/errors/11205>, <https://www.twilio.com/docs/api/errors/11210>.
        const UNREACHED: &str =
            "Twilio does not reach it, so calls and messages go to the fallback URL, or fail with 11205 or 11210";
        match self {
            // Twilio takes them for basic authentication: <https://www.twilio.com/docs/usage/webhooks/webhooks-security>.
            Self::Credentials => "the URL has a user name or password in it, which the state, saved plans and Twilio's Console show as \
                                  they are. Let the server check Twilio's signature in place of it (see the guide to webhooks), or \
                                  change the password where others have seen it."
                .to_owned(),
            Self::Loopback => format!("it names the machine that reads it (localhost). {UNREACHED}."),
            Self::Private => format!(
                "its address is a private or link-local one, or otherwise none of the public internet. {UNREACHED}."
            ),
            Self::PrivateName => {
                format!("its name is none of the public internet: only a private network, or Tor, knows such a one. {UNREACHED}.")
            }
            Self::Tunnel(service) => format!(
                "{service} is a tunnel to somebody's machine. It ends with that person's session, and where names are given anew, the \
                 next one gets the calls and messages."
            ),
            Self::Inspector(service) => format!(
                "{service} keeps what it receives and shows it to whoever knows the link: phone numbers and texts of messages, too."
            ),
            Self::NotEncrypted => "it is http, so phone numbers and texts of messages cross the internet in the clear, and what the \
                                   server responds can be changed on its way. Use https."
                .to_owned(),
        }
    }
}

/// What may be wrong with a URL.
pub(crate) fn doubts(url: &str) -> Vec<Doubt> {
    let starts = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let is_plain = starts("http://");
    let mut found = Vec::new();
    if (is_plain || starts("https://")) && has_user(url) {
        found.push(Doubt::Credentials);
    }
    let host = host_of(url).and_then(|host| Host::parse(&host).ok());
    let by_host = match &host {
        Some(host) => of_host(host),
        None => of_name(&end_of_host(url).to_ascii_lowercase()),
    };
    found.extend(by_host);
    let is_unreached = matches!(by_host, Some(Doubt::Loopback | Doubt::Private | Doubt::PrivateName));
    if is_plain && !is_unreached {
        found.push(Doubt::NotEncrypted);
    }
    found
}

/// Whether a URL has a user name or a password in it.
pub(crate) fn has_user(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (authority, path) = match rest.find(['/', '\\', '?', '#']) {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    // A slash in a password ends the host, which then looks like a name of no network: `https://user/1:hush@hooks.example.com/`.
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let begins_with_one =
        !authority.contains(['.', '[']) && (authority.contains(':') || path.contains(':')) && path.contains('@');
    begins_with_one || authority.rsplit_once('@').is_some_and(|(user, _)| !user.is_empty())
}

/// Whether a user name or a password of a URL is somewhere in a value, JSON or not: Terraform shows the lines of what a diagnostic
/// points at.
pub(crate) fn shows_user(value: &Value) -> bool {
    match value {
        Value::String(text) => match serde_json::from_str(text) {
            Ok(json @ (Json::Object(_) | Json::Array(_))) => shows_user_in_json(&json),
            _ => has_user(text),
        },
        Value::List(items) | Value::Set(items) | Value::Tuple(items) => items.iter().any(shows_user),
        Value::Map(fields) | Value::Object(fields) => fields.values().any(shows_user),
        _ => false,
    }
}

fn shows_user_in_json(json: &Json) -> bool {
    match json {
        Json::String(text) => has_user(text),
        Json::Array(items) => items.iter().any(shows_user_in_json),
        Json::Object(members) => members.values().any(shows_user_in_json),
        _ => false,
    }
}

/// The end of a host of which a part is filled in later, as by a Studio flow: `.ngrok.io` of `https://{{flow.data.x}}.ngrok.io/voice`.
/// Empty where the end is not known either.
fn end_of_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let Some((_, rest)) = rest
        .rsplit_once("}}")
        .filter(|(filled, _)| !filled.contains(['/', '?', '#']))
    else {
        return "";
    };
    let end = rest.find(['/', ':', '?', '#']).unwrap_or(rest.len());
    rest.get(..end).filter(|end| end.starts_with('.')).unwrap_or_default()
}

fn of_host(host: &Host) -> Option<Doubt> {
    match host {
        Host::Ipv4(address) => of_address((*address).into()),
        Host::Ipv6(address) => of_address((*address).into()),
        Host::Domain(name) => of_name(name.strip_suffix('.').unwrap_or(name)),
    }
}

fn of_address(address: IpAddr) -> Option<Doubt> {
    if address.to_canonical().is_loopback() {
        return Some(Doubt::Loopback);
    }
    (!is_public_address(address)).then_some(Doubt::Private)
}

fn of_name(name: &str) -> Option<Doubt> {
    if name.is_empty() {
        return None;
    }
    let above = |suffix: &str| {
        name.strip_suffix(suffix)
            .filter(|above| above.is_empty() || above.ends_with('.'))
    };
    let is_below = |suffix: &str| above(suffix).is_some();
    let service = |known: &'static [&'static str]| known.iter().copied().find(|suffix| is_below(suffix));
    if service(LOOPBACK_NAMES).is_some() {
        return Some(Doubt::Loopback);
    }
    if let Some(above) = NAMES_OF_ADDRESSES.iter().find_map(|suffix| above(suffix)) {
        return address_in(above.trim_end_matches('.')).and_then(of_address);
    }
    if !name.contains('.') || PRIVATE_NAMES.iter().any(|suffix| is_below(suffix)) {
        return Some(Doubt::PrivateName);
    }
    service(TUNNELS)
        .map(Doubt::Tunnel)
        .or_else(|| service(INSPECTORS).map(Doubt::Inspector))
}

/// The address that `10.0.0.1`, `app-10-0-0-1`, `0a000001` or `--1` names before one of [`NAMES_OF_ADDRESSES`].
fn address_in(above: &str) -> Option<IpAddr> {
    let dotted = Vec::from_iter(above.split('.'));
    let last_four = dotted.get(dotted.len().checked_sub(4).unwrap_or(usize::MAX)..);
    if let Some(address) = last_four.and_then(|parts| parts.join(".").parse::<Ipv4Addr>().ok()) {
        return Some(address.into());
    }
    let label = dotted.last().copied()?;
    if let Ok(address) = label.replace('-', ":").parse::<Ipv6Addr>() {
        return Some(address.into());
    }
    let dashed = Vec::from_iter(label.split('-'));
    let last_four = dashed.get(dashed.len().checked_sub(4).unwrap_or(usize::MAX)..);
    if let Some(address) = last_four.and_then(|parts| parts.join(".").parse::<Ipv4Addr>().ok()) {
        return Some(address.into());
    }
    let hexadecimal = dashed.last().copied().filter(|digits| digits.len() == 8)?;
    let bits = u32::from_str_radix(hexadecimal, 16).ok()?;
    Some(Ipv4Addr::from_bits(bits).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::Setting;
    use crate::engine::facts::{json, url};
    use crate::framework::value::Refinements;

    #[test]
    fn a_url_is_doubted_for_its_scheme_its_host_and_what_is_in_it() {
        for (url, expected) in [
            ("https://hooks.example.com/voice", &[][..]),
            ("https://demo.twilio.com/welcome/voice/", &[]),
            ("https://1.1.1.1/", &[]),
            ("http://hooks.example.com/voice", &[Doubt::NotEncrypted]),
            ("HTTP://hooks.example.com/voice", &[Doubt::NotEncrypted]),
            ("https://localhost:8080/", &[Doubt::Loopback]),
            ("http://api.localhost./", &[Doubt::Loopback]),
            ("https://127.1/", &[Doubt::Loopback]),
            ("https://2130706433/", &[Doubt::Loopback]),
            ("https://[::1]:8443/", &[Doubt::Loopback]),
            ("https://[::ffff:127.0.0.1]/", &[Doubt::Loopback]),
            ("http://10.0.0.1/", &[Doubt::Private]),
            ("https://192.168.1.2/", &[Doubt::Private]),
            ("https://169.254.169.254/latest/", &[Doubt::Private]),
            ("https://168.63.129.16/", &[Doubt::Private]),
            ("https://168.63.129.17/", &[]),
            ("https://100.100.100.200/", &[Doubt::Private]),
            ("https://[fd00::1]/", &[Doubt::Private]),
            ("https://[fe80::1]/", &[Doubt::Private]),
            ("https://hooks/voice", &[Doubt::PrivateName]),
            ("https://hooks.svc.cluster.local/", &[Doubt::PrivateName]),
            ("https://host.docker.internal/", &[Doubt::PrivateName]),
            ("https://local.example.com/", &[]),
            ("https://a1b2.Ngrok-Free.app/voice", &[Doubt::Tunnel("ngrok-free.app")]),
            ("https://notngrok.io/voice", &[]),
            ("https://ngrok.io.example.com/voice", &[]),
            ("https://webhook.site/1234", &[Doubt::Inspector("webhook.site")]),
            ("https://user:hush@hooks.example.com/", &[Doubt::Credentials]),
            ("https://user@hooks.example.com/", &[Doubt::Credentials]),
            ("https://hooks.example.com/?mail=a@b.example", &[]),
            ("https://hooks.example.com/a@b", &[]),
            (
                "http://user:hush@a.ngrok.app/",
                &[Doubt::Credentials, Doubt::Tunnel("ngrok.app"), Doubt::NotEncrypted],
            ),
            (
                "https://user/1:hush@hooks.example.com/",
                &[Doubt::Credentials, Doubt::PrivateName],
            ),
            ("https://hooks.example.com/a:b@c", &[]),
            ("https://127.0.0.1.nip.io/", &[Doubt::Loopback]),
            ("https://app.127-0-0-1.sslip.io/", &[Doubt::Loopback]),
            ("https://app-10-0-0-1.sslip.io/", &[Doubt::Private]),
            ("https://7f000001.nip.io/", &[Doubt::Loopback]),
            ("https://app-0a000001.nip.io/", &[Doubt::Private]),
            ("https://--1.sslip.io/", &[Doubt::Loopback]),
            ("https://8-8-8-8.sslip.io/", &[]),
            ("https://nip.io/", &[]),
            ("https://localtest.me/", &[Doubt::Loopback]),
            ("https://hooks.lvh.me/", &[Doubt::Loopback]),
            ("https://hooks.example.onion/", &[Doubt::PrivateName]),
            ("https://machine.tail1234.ts.net/", &[Doubt::Tunnel("ts.net")]),
            ("https://a.free.pinggy.io/", &[Doubt::Tunnel("pinggy.io")]),
            ("https://{{flow.data.x}}.ngrok.io/voice", &[Doubt::Tunnel("ngrok.io")]),
            ("https://{{flow.data.x}}.Internal:8080/", &[Doubt::PrivateName]),
            ("https://hooks.example.com/{{flow.data.x}}.ngrok.io", &[]),
            ("sip:alice@10.0.0.1:5060", &[Doubt::Private]),
            ("sip:alice@pbx.example.com", &[]),
            ("{{flow.data.url}}", &[]),
            ("https://{{flow.data.host}}/voice", &[]),
            ("no address", &[]),
            ("", &[]),
        ] {
            assert_eq!(doubts(url), expected, "{url}");
        }
    }

    const FIELDS: &[Field] = &[
        url("voice_url", Setting(Clears)),
        url("sms_url", Setting(Clears)),
        json("definition", Setting(Clears)).with_webhooks(),
    ];

    fn app(voice: impl Into<Value>, sms: &str) -> Value {
        Value::object([
            ("voice_url", voice.into()),
            ("sms_url", sms.into()),
            ("definition", Value::Null),
        ])
    }

    #[test]
    fn one_warning_names_what_is_new_and_never_a_password() {
        let said = |before: &Value, now: &Value| warning(FIELDS, before, now, "twilio_app A");
        let bad = app("https://user:hush@hooks.example.com/", "http://private.example.com/");
        let one = said(&Value::Null, &bad).expect("a warning");
        assert_eq!(one.summary, "twilio_app A has webhooks that are not fit for production");
        assert!(
            one.detail.contains("- voice_url: the URL has a user name"),
            "{}",
            one.detail
        );
        assert!(one.detail.contains("- sms_url: it is http"), "{}", one.detail);
        for secret in ["hush", "user:", "private.example"] {
            assert!(!one.detail.contains(secret), "{}", one.detail);
        }
        assert!(one.path.is_root(), "Terraform shows the line at a path");
        assert_eq!(said(&bad, &bad), None, "it was said");
        let moved = app("https://user:hush@hooks.example.com/", "https://10.1.1.1/");
        let one = said(&bad, &moved).expect("a warning");
        assert_eq!(one.summary, "twilio_app A has a webhook that Twilio cannot reach");
        assert!(!one.detail.contains("voice_url"), "{}", one.detail);
        assert_eq!(one.path.to_string(), "sms_url");
        assert_eq!(said(&bad, &app(Value::UNKNOWN, "https://hooks.example.com")), None);
        assert_eq!(said(&bad, &Value::Null), None, "it goes");
    }

    #[test]
    fn of_a_url_that_is_not_whole_yet_what_is_known_is_judged() {
        let starts = |prefix: &str| {
            Value::Unknown(Some(Box::new(Refinements {
                string_prefix: Some(prefix.to_owned()),
                ..Refinements::default()
            })))
        };
        let said = |prefix: &str| warning(FIELDS, &Value::Null, &app(starts(prefix), ""), "twilio_app A");
        let one = said("http://10.0.0.1/").expect("a warning");
        assert!(
            one.detail.contains("- voice_url: its address is a private"),
            "{}",
            one.detail
        );
        let one = said("https://user:hush@hooks.example.com/").expect("a warning");
        assert!(one.path.is_root() && one.detail.contains("user name"), "{one:?}");
        let one = said("http://").expect("a warning");
        assert!(one.detail.contains("it is http"), "{}", one.detail);
        // A host may go on, and a user may turn out to be a host.
        for prefix in ["https://10.0.0.1", "https://user:hush", "https://", ""] {
            assert_eq!(said(prefix), None, "{prefix}");
        }
    }

    #[test]
    fn a_value_with_a_password_anywhere_is_not_to_be_pointed_at() {
        for (text, is_there) in [
            ("https://user:hush@hooks.example.com", true),
            ("https://user:hush@hooks exa.com/", true),
            ("https://user:hush@hooks.example.com:99999/", true),
            (r#"{"states": [{"url": "https://a:b@c.example"}]}"#, true),
            (r#"{"states": [{"url": "https://c.example"}]}"#, false),
            ("https://hooks.example.com/", false),
        ] {
            let list = Value::List(vec![Value::string(text)]);
            assert_eq!(shows_user(&list), is_there, "{text}");
        }
    }

    #[test]
    fn of_many_places_some_are_named_and_the_rest_counted() {
        let states = (0..9).map(|number| format!("{{\"url\": \"http://example.com/{number}\"}}"));
        let flow = format!("{{\"states\": [{}]}}", states.collect::<Vec<_>>().join(", "));
        let flow = Value::object([("definition", flow.into())]);
        let one = warning(FIELDS, &Value::Null, &flow, "twilio_flow").expect("a warning");
        assert!(
            one.detail.contains("definition.states[4].url and 4 more: it is http"),
            "{}",
            one.detail
        );
        assert_eq!(one.path.to_string(), "definition");
    }
}
