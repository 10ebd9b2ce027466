//! Messaging services of which nobody hears what became of their messages. <https://www.twilio.com/docs/messaging/api/service-resource>

use serde_json::Value as Json;

use super::{Finding, Report, Severity};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::resources::accounts::holdings::each;
use crate::resources::messaging::messaging_service::MESSAGING_SERVICE;
use crate::twilio::{AccountSid, Client, lenient};

pub(super) async fn look(client: &Client, account: &AccountSid) -> Result<Report, Fault> {
    let mut findings = Vec::new();
    each(client, account, &MESSAGING_SERVICE.object, |service| {
        findings.extend(judged(&service));
    })
    .await?;
    Ok(findings.into())
}

/// Whether the service takes messages that arrive at its numbers, and does not leave them to each number's own webhook.
pub(super) fn takes_messages(service: &Properties) -> bool {
    let by_number = service.get("use_inbound_webhook_on_number");
    !by_number.and_then(lenient::boolean).unwrap_or(false)
}

fn is_set(service: &Properties, name: &str) -> bool {
    service
        .get(name)
        .and_then(Json::as_str)
        .is_some_and(|text| !text.is_empty())
}

fn judged(service: &Properties) -> Vec<Finding> {
    let text = |name: &str| service.get(name).and_then(lenient::text);
    let finding = |severity, message: &str| Finding {
        severity,
        kind: "messaging_services",
        sid: text("sid"),
        name: text("friendly_name"),
        message: message.to_owned(),
    };
    let mut found = Vec::new();
    if !is_set(service, "status_callback") {
        found.push(finding(
            Severity::Medium,
            "The service has no status_callback: nobody hears that a message was not delivered. Set one, unless each message brings its own.",
        ));
    }
    if takes_messages(service) && !is_set(service, "inbound_request_url") {
        found.push(finding(
            Severity::Low,
            "Messages that arrive at its senders go nowhere: the service has no inbound_request_url, and does not leave them to the \
             number's own webhook (use_inbound_webhook_on_number).",
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_service_without_a_callback_and_one_that_drops_messages_are_findings() {
        let severities = |service: Json| {
            let found = judged(service.as_object().expect("an object"));
            found.iter().map(|finding| finding.severity).collect::<Vec<_>>()
        };
        let url = "https://hooks.example.com";
        assert_eq!(severities(json!({"sid": "MG1"})), [Severity::Medium, Severity::Low]);
        assert_eq!(
            severities(json!({"status_callback": url, "use_inbound_webhook_on_number": true})),
            []
        );
        assert_eq!(
            severities(json!({"status_callback": "", "inbound_request_url": url})),
            [Severity::Medium]
        );
    }
}
