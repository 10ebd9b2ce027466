//! Webhooks that anybody can read or write on their way, or that lead nowhere. <https://www.twilio.com/docs/usage/webhooks/webhooks-security>
//!
//! Nothing is connected to: whether an endpoint refuses a wrong signature only a request tells, which is `data.twilio_webhook_check`.

use std::net::IpAddr;

use url::{Host, Url};

use super::{Finding, MOST_READ_ONE_BY_ONE, Report, Severity};
use crate::engine::facts::hooks::Fault;
use crate::engine::values::webhooks::{host_of, is_sip};
use crate::framework::diagnostics::Diagnostic;
use crate::resources::accounts::parts::{ends_everything, reason};
use crate::resources::accounts::webhook_places::{Source, Webhook, webhooks_of};
use crate::twilio::{AccountSid, Client};

/// Where a new number points to: a greeting of Twilio's.
const DEMO: &str = "demo.twilio.com";

pub(super) async fn look(
    client: &Client,
    account: &AccountSid,
    kind: &'static str,
    source: Source,
) -> Result<Report, Fault> {
    match webhooks_of(client, account, source, Some(MOST_READ_ONE_BY_ONE)).await {
        Ok(found) => Ok(Report {
            findings: found.webhooks.iter().filter_map(|one| judged(kind, one)).collect(),
            unknown: (!found.is_whole).then(|| {
                format!("{kind}: there are more than {MOST_READ_ONE_BY_ONE}, of which each costs a request, and the rest was not read")
            }),
        }),
        Err(fault) if ends_everything(&fault) => Err(fault),
        // Whose webhooks they are has to be said beside the reason.
        Err(fault) => {
            let why = reason(&fault);
            Err(Diagnostic::error(format!("{kind}: {why}"), "These webhooks could not be read.").into())
        }
    }
}

/// What is wrong with a webhook. The address itself is not repeated: it may have a secret in it.
fn judged(kind: &'static str, webhook: &Webhook) -> Option<Finding> {
    let (severity, wrong) = wrong(&webhook.url)?;
    let host = host_of(&webhook.url);
    let at = host.map_or_else(String::new, |host| format!(" (at {host})"));
    Some(Finding {
        severity,
        kind,
        sid: Some(webhook.sid.clone()),
        name: webhook.name.clone(),
        message: format!("{}{at} {wrong}", webhook.attribute),
    })
}

fn wrong(address: &str) -> Option<(Severity, &'static str)> {
    if is_sip(address) {
        return None;
    }
    // What a Studio flow fills in later is not looked into.
    let url = Url::parse(address).ok()?;
    let is_http = url.scheme() == "http";
    if url.password().is_some_and(|password| !password.is_empty()) {
        return Some((
            Severity::High,
            "has a password in its URL, which everybody sees who may read the account. Check Twilio's signature in place of it, and change \
             the password.",
        ));
    }
    if is_private(&url) {
        return Some((
            Severity::Medium,
            "is an address of a private network, which Twilio does not reach: its requests fail.",
        ));
    }
    if url.host_str() == Some(DEMO) {
        return Some((
            Severity::Medium,
            "is Twilio's demonstration, with which a new number begins: whoever calls or writes gets a sample text. Set a URL of your own, or \
             none.",
        ));
    }
    is_http.then_some((
        Severity::High,
        "is requested over http: whoever is on the way reads numbers and texts, and can answer in your place. Use https.",
    ))
}

fn is_private(url: &Url) -> bool {
    let address: IpAddr = match url.host() {
        Some(Host::Ipv4(address)) => address.into(),
        Some(Host::Ipv6(address)) => address.into(),
        Some(Host::Domain(name)) => return name == "localhost" || name.ends_with(".localhost"),
        None => return false,
    };
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_loopback() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_or_leads_nowhere_is_a_finding() {
        for (address, expected) in [
            ("https://hooks.example.com/voice", None),
            ("https://user@hooks.example.com/voice", None),
            ("sip:alice@pbx.example.com", None),
            ("{{flow.data.url}}", None),
            ("http://hooks.example.com/voice", Some(Severity::High)),
            ("https://user:secret@hooks.example.com/voice", Some(Severity::High)),
            ("https://demo.twilio.com/welcome/voice/", Some(Severity::Medium)),
            ("https://10.0.0.1/voice", Some(Severity::Medium)),
            ("http://localhost:3000", Some(Severity::Medium)),
            ("https://[::1]/voice", Some(Severity::Medium)),
        ] {
            assert_eq!(wrong(address).map(|(severity, _)| severity), expected, "{address}");
        }
    }

    #[test]
    fn a_finding_names_where_it_stands_and_repeats_no_secret() {
        let webhook = Webhook {
            sid: "PN1".to_owned(),
            name: Some("+14155550100".to_owned()),
            attribute: "voice_url".to_owned(),
            url: "https://user:hunter2@hooks.example.com/voice?token=hunter2".to_owned(),
            method: None,
        };
        let finding = judged("phone_numbers", &webhook).expect("a finding");
        assert!(
            finding
                .message
                .starts_with("voice_url (at hooks.example.com) has a password"),
            "{finding:?}"
        );
        assert!(!finding.message.contains("hunter2"), "{finding:?}");
    }
}
