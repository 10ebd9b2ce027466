//! What a plan says of webhooks that Twilio will not reach, or that others can read: of those that are new or get another URL. One
//! that stays as it is was said once, and somebody decided.
//!
//! A host is the configuration's own text, which may be secret, and a URL with a password more so: no text of one is repeated, and a
//! warning about a password points at the resource and not at the line, which Terraform would show.

use std::collections::BTreeMap;

use url::Host;

use super::webhooks::{Webhook, changed, host_of};
use crate::engine::facts::Field;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::is_public_address;

/// Webhooks that a line of a warning names.
const NAMED: usize = 5;

/// What may be wrong with the URL of a webhook; those first that matter most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    /// A user name or a password is in it.
    Credentials,
    /// It names the machine that reads it.
    Loopback,
    /// An address of a private network, or of the metadata service of a cloud.
    Private,
    /// A name that only a private network knows.
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
];

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
    "loclx.io",
    "bore.pub",
    "pagekite.me",
    "telebit.cloud",
    "tunnelmole.net",
    "zrok.io",
    "packetriot.net",
    "app.github.dev",
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
    for webhook in changed(fields, before, now) {
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
    let named = webhooks.iter().take(NAMED);
    let named = named.map(|webhook| format!("{}{}", webhook.path, webhook.inside));
    let text = named.collect::<Vec<_>>().join(", ");
    match webhooks.len().saturating_sub(NAMED) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
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
    fn explained(self) -> String {
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
            Self::PrivateName => format!("its name is one that only a private network knows. {UNREACHED}."),
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
fn doubts(url: &str) -> Vec<Doubt> {
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
    let by_host = host.as_ref().and_then(of_host);
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
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').is_some_and(|(user, _)| !user.is_empty())
}

fn of_host(host: &Host) -> Option<Doubt> {
    let of_address = |is_loopback: bool, is_public: bool| match (is_loopback, is_public) {
        (true, _) => Some(Doubt::Loopback),
        (false, false) => Some(Doubt::Private),
        (false, true) => None,
    };
    match host {
        Host::Ipv4(address) => of_address(address.is_loopback(), is_public_address((*address).into())),
        Host::Ipv6(address) => {
            let is_loopback = match address.to_ipv4_mapped() {
                Some(inner) => inner.is_loopback(),
                None => address.is_loopback(),
            };
            of_address(is_loopback, is_public_address((*address).into()))
        }
        Host::Domain(name) => of_name(name.strip_suffix('.').unwrap_or(name)),
    }
}

fn of_name(name: &str) -> Option<Doubt> {
    let is_below = |suffix: &str| {
        name.strip_suffix(suffix)
            .is_some_and(|above| above.is_empty() || above.ends_with('.'))
    };
    let service = |known: &'static [&'static str]| known.iter().copied().find(|suffix| is_below(suffix));
    if is_below("localhost") {
        return Some(Doubt::Loopback);
    }
    if !name.contains('.') || PRIVATE_NAMES.iter().any(|suffix| is_below(suffix)) {
        return Some(Doubt::PrivateName);
    }
    service(TUNNELS)
        .map(Doubt::Tunnel)
        .or_else(|| service(INSPECTORS).map(Doubt::Inspector))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::Setting;
    use crate::engine::facts::{json, url};

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
