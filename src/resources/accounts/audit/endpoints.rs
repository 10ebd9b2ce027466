//! Webhooks that anybody can read or write on their way, or that lead nowhere. <https://www.twilio.com/docs/usage/webhooks/webhooks-security>
//!
//! Nothing is connected to: whether an endpoint refuses a wrong signature only a request tells, which is `data.twilio_webhook_check`.

use super::{Finding, MOST_READ_ONE_BY_ONE, Report, Severity};
use crate::engine::facts::hooks::Fault;
use crate::engine::values::doubtful_webhooks::{Doubt, doubts};
use crate::engine::values::webhooks::host_of;
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
            findings: found.webhooks.iter().flat_map(|one| judged(kind, one)).collect(),
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

/// What is wrong with a webhook, each fault by itself: as the plan of one judges it, and what is no fault of a new one. The address itself
/// is not repeated: it may have a secret in it.
fn judged(kind: &'static str, webhook: &Webhook) -> Vec<Finding> {
    let host = host_of(&webhook.url);
    let doubts = doubts(&webhook.url).into_iter();
    let mut wrong: Vec<_> = doubts.map(|doubt| (severity(doubt), doubt.explained())).collect();
    if host.as_deref() == Some(DEMO) {
        wrong.push((
            Severity::Medium,
            "it is Twilio's demonstration, with which a new number begins: whoever calls or writes gets a sample text. Set a URL of your \
             own, or none."
                .to_owned(),
        ));
    }
    let at = host.map_or_else(String::new, |host| format!(" (at {host})"));
    let finding = |(severity, what): (Severity, String)| Finding {
        severity,
        kind,
        sid: Some(webhook.sid.clone()),
        name: webhook.name.clone(),
        message: format!("{}{at}: {what}", webhook.attribute),
    };
    wrong.into_iter().map(finding).collect()
}

/// What others can read or answer is worse than what nobody does.
const fn severity(doubt: Doubt) -> Severity {
    match doubt {
        Doubt::Credentials | Doubt::Tunnel(_) | Doubt::Inspector(_) | Doubt::NotEncrypted => Severity::High,
        Doubt::Loopback | Doubt::Private | Doubt::PrivateName => Severity::Medium,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(url: &str) -> Webhook {
        Webhook {
            sid: "PN1".to_owned(),
            name: Some("+14155550100".to_owned()),
            attribute: "voice_url".to_owned(),
            url: url.to_owned(),
            method: None,
        }
    }

    #[test]
    fn each_fault_of_a_webhook_is_a_finding() {
        use Severity::{High, Medium};
        for (address, expected) in [
            ("https://hooks.example.com/voice", &[][..]),
            ("sip:alice@pbx.example.com", &[]),
            ("{{flow.data.url}}", &[]),
            ("http://hooks.example.com/voice", &[High]),
            ("https://user@hooks.example.com/voice", &[High]),
            ("https://user:secret@hooks.example.com/voice", &[High]),
            ("https://demo.twilio.com/welcome/voice/", &[Medium]),
            ("http://demo.twilio.com/welcome/voice/", &[High, Medium]),
            ("https://100.64.1.1/voice", &[Medium]),
            ("http://localhost:3000", &[Medium]),
            ("https://[::1]/voice", &[Medium]),
            ("https://x.ngrok.io/voice", &[High]),
            // Each of them counts by itself.
            ("http://user:pw@10.0.0.1/x", &[High, Medium]),
            ("http://user:pw@x.ngrok.io/x", &[High, High, High]),
        ] {
            let found = judged("phone_numbers", &webhook(address));
            let severities: Vec<_> = found.iter().map(|finding| finding.severity).collect();
            assert_eq!(severities, expected, "{address}");
        }
    }

    #[test]
    fn a_finding_names_where_it_stands_and_repeats_no_secret() {
        let found = judged(
            "phone_numbers",
            &webhook("https://user:hunter2@hooks.example.com/voice?token=hunter2"),
        );
        let [finding] = found.as_slice() else {
            panic!("one finding: {found:?}");
        };
        assert!(
            finding
                .message
                .starts_with("voice_url (at hooks.example.com): the URL has a user name or password"),
            "{finding:?}"
        );
        assert!(!finding.message.contains("hunter2"), "{finding:?}");
    }
}
