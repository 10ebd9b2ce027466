//! Numbers at which nobody answers. <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::messaging_services::takes_messages;
use super::{Finding, MOST_READ_ONE_BY_ONE, Report, Severity};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::framework::value::Value;
use crate::resources::accounts::holdings::{each, each_below};
use crate::resources::accounts::parts::{ends_everything, reason};
use crate::resources::messaging::messaging_service::MESSAGING_SERVICE;
use crate::resources::messaging::messaging_service_phone_number::MESSAGING_SERVICE_PHONE_NUMBER;
use crate::resources::numbers::phone_number::PHONE_NUMBER;
use crate::twilio::{AccountSid, Client, lenient};

/// What takes calls at a number, and what takes messages.
const CALLS: (&str, &[&str]) = ("voice", &["voice_url", "voice_application_sid", "trunk_sid"]);
const MESSAGES: (&str, &[&str]) = ("sms", &["sms_url", "sms_application_sid"]);

/// A number, as far as it matters here.
struct Number {
    sid: String,
    name: Option<String>,
}

pub(super) async fn look(client: &Client, account: &AccountSid) -> Result<Report, Fault> {
    let (mut without_calls, mut without_messages) = (Vec::new(), Vec::new());
    each(client, account, &PHONE_NUMBER.object, |number| {
        let text = |name: &str| number.get(name).and_then(lenient::text);
        let Some(sid) = text("sid") else { return };
        for (handlers, lacking) in [(CALLS, &mut without_calls), (MESSAGES, &mut without_messages)] {
            if lacks(&number, handlers) {
                lacking.push(Number {
                    sid: sid.clone(),
                    name: text("phone_number"),
                });
            }
        }
    })
    .await?;
    let mut findings = Vec::from_iter(without_calls.into_iter().map(silent_to_calls));
    if without_messages.is_empty() {
        return Ok(findings.into());
    }
    // A service may take what arrives at its numbers. Where that is not known, nothing is said of them.
    match in_services(client, account).await {
        Ok((pooled, None)) => {
            without_messages.retain(|number| !pooled.contains(&number.sid));
            findings.extend(without_messages.into_iter().map(silent_to_messages));
            Ok(findings.into())
        }
        Ok((_, Some(why))) => Ok(Report {
            findings,
            unknown: Some(why),
        }),
        Err(fault) if ends_everything(&fault) => Err(fault),
        Err(fault) => Ok(Report {
            findings,
            unknown: Some(format!(
                "whether a messaging service takes the messages of {} numbers without a webhook: {}",
                without_messages.len(),
                reason(&fault)
            )),
        }),
    }
}

/// Whether a number that can do something has nothing that answers. What it cannot do it does not lack.
fn lacks(number: &Properties, (capability, handlers): (&str, &[&str])) -> bool {
    let capabilities = number.get("capabilities").and_then(Json::as_object);
    let can = capabilities
        .and_then(|all| {
            let spelled_otherwise = capability.to_ascii_uppercase();
            all.get(capability).or_else(|| all.get(&spelled_otherwise))
        })
        .and_then(lenient::boolean)
        .unwrap_or(true);
    let is_set = |name: &&str| {
        number
            .get(*name)
            .and_then(Json::as_str)
            .is_some_and(|text| !text.is_empty())
    };
    can && !handlers.iter().any(is_set)
}

fn silent_to_calls(number: Number) -> Finding {
    Finding {
        severity: Severity::Medium,
        kind: "phone_numbers",
        sid: Some(number.sid),
        name: number.name,
        message: "Nothing answers calls to this number: it has no voice_url, no voice_application_sid and no trunk_sid, and a caller hears \
                  that it cannot be reached. Set one, or release the number if nobody needs it."
            .to_owned(),
    }
}

fn silent_to_messages(number: Number) -> Finding {
    Finding {
        severity: Severity::Low,
        kind: "phone_numbers",
        sid: Some(number.sid),
        name: number.name,
        message: "Nobody hears of messages that arrive at this number: it has no sms_url and no sms_application_sid, and no messaging \
                  service takes them."
            .to_owned(),
    }
}

/// The SIDs of the numbers whose messages a messaging service takes; or why they are not known.
async fn in_services(client: &Client, account: &AccountSid) -> Result<(BTreeSet<String>, Option<String>), Fault> {
    let mut services = Vec::new();
    each(client, account, &MESSAGING_SERVICE.object, |service| {
        if takes_messages(&service) {
            services.extend(service.get("sid").and_then(lenient::text));
        }
    })
    .await?;
    if services.len() > MOST_READ_ONE_BY_ONE {
        let why = format!(
            "which numbers are in its {} messaging services, of which each costs a request: no more than {MOST_READ_ONE_BY_ONE} are asked",
            services.len()
        );
        return Ok((BTreeSet::new(), Some(why)));
    }
    let mut pooled = BTreeSet::new();
    for service in services {
        let below = Value::object([("service_sid", Value::from(service.as_str()))]);
        each_below(
            client,
            account,
            &MESSAGING_SERVICE_PHONE_NUMBER.object,
            &below,
            |entry| {
                pooled.extend(entry.get("sid").and_then(lenient::text));
            },
        )
        .await?;
    }
    Ok((pooled, None))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_lacks_only_what_it_could_do() {
        let lacks = |number: Json, handlers| lacks(number.as_object().expect("an object"), handlers);
        let both = json!({"voice": true, "sms": true});
        assert!(lacks(json!({"capabilities": both, "voice_url": ""}), CALLS));
        assert!(!lacks(json!({"capabilities": both, "trunk_sid": "TK1"}), CALLS));
        assert!(lacks(
            json!({"capabilities": both, "voice_url": "https://a.example"}),
            MESSAGES
        ));
        assert!(!lacks(json!({"capabilities": {"voice": true, "sms": false}}), MESSAGES));
        assert!(!lacks(json!({"capabilities": {"SMS": false}}), MESSAGES));
        assert!(lacks(json!({"sms_url": null}), MESSAGES), "what it can do is not known");
    }
}
