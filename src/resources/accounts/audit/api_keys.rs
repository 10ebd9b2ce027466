//! Keys that are older than they should be. <https://www.twilio.com/docs/iam/api-keys>

use jiff::Timestamp;

use super::{Finding, Report, Rules, Severity};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::engine::values::counted_names::some_of;
use crate::resources::accounts::api_key::API_KEY;
use crate::resources::accounts::holdings::each;
use crate::twilio::{AccountSid, Client, lenient};

const KIND: &str = "api_keys";

const SECONDS_OF_A_DAY: i64 = 86_400;

/// Keys of unknown age that are named.
const NAMED: usize = 5;

pub(super) async fn look(client: &Client, account: &AccountSid, rules: &Rules) -> Result<Report, Fault> {
    let mut report = Report::default();
    let mut ageless = Vec::new();
    each(client, account, &API_KEY.object, |key| {
        if made(&key).is_none() {
            ageless.push(text(&key, "sid").unwrap_or_default());
        }
        report.findings.extend(judged(&key, rules.now, rules.max_key_age_days));
    })
    .await?;
    report.unknown = (!ageless.is_empty()).then(|| format!("the age of {}", some_of(&ageless, NAMED)));
    Ok(report)
}

fn text(key: &Properties, name: &str) -> Option<String> {
    key.get(name).and_then(lenient::text).filter(|text| !text.is_empty())
}

/// When a key was made, where Twilio says so and that can be read.
fn made(key: &Properties) -> Option<Timestamp> {
    lenient::moment(&text(key, "date_created")?)
}

fn judged(key: &Properties, now: Timestamp, most: i64) -> Option<Finding> {
    let age = made(key).map(|made| (now.as_second() - made.as_second()).div_euclid(SECONDS_OF_A_DAY));
    let (severity, message) = match age {
        Some(age) if age <= most => return None,
        Some(age) => (
            // What nobody has looked after twice is forgotten.
            if age > 2 * most {
                Severity::High
            } else {
                Severity::Medium
            },
            format!(
                "The key is {age} days old, and {most} are allowed. Make another one, give it to whoever uses this one, and then revoke this \
                 one."
            ),
        ),
        None => (
            Severity::Medium,
            "When the key was made cannot be read: it may be older than any other.".to_owned(),
        ),
    };
    Some(Finding {
        severity,
        kind: KIND,
        sid: text(key, "sid"),
        name: text(key, "friendly_name"),
        message,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::framework::value::Value;
    use crate::twilio::tests::server::{ReceivedRequest, Server, ok, parent};

    #[tokio::test]
    async fn a_key_whose_age_cannot_be_read_is_in_what_was_not_read() {
        let server = Server::start(|_: &ReceivedRequest, _| {
            let key = |last: char, made: &str| {
                json!({"sid": format!("SK{}{last}", "0".repeat(31)), "friendly_name": "App", "date_created": made})
            };
            let keys = json!([key('1', "nonsense"), key('2', "2026-03-31T12:00:00Z")]);
            ok(json!({"keys": keys, "meta": {"key": "keys", "next_page_url": null}}))
        })
        .await;
        let (client, _clock) = server.client();
        let now = "2026-04-01T12:00:00Z".parse().expect("a moment");
        let rules = Rules::of(&Value::Object(std::collections::BTreeMap::default()), now, &parent());
        let report = look(&client, &parent(), &rules).await.expect("it was read");
        assert_eq!(report.findings.len(), 1, "{report:?}");
        let unknown = report.unknown.expect("one is not known");
        assert!(
            unknown.ends_with("00001") && unknown.starts_with("the age of SK"),
            "{unknown}"
        );
    }

    #[test]
    fn a_key_is_old_after_so_many_whole_days_and_one_without_a_date_may_be() {
        let now: Timestamp = "2026-04-01T12:00:00Z".parse().expect("a moment");
        let severity = |made: serde_json::Value| {
            let key = json!({"sid": "SK1", "friendly_name": "App", "date_created": made});
            judged(key.as_object().expect("an object"), now, 30).map(|finding| finding.severity)
        };
        assert_eq!(severity(json!("2026-03-02T12:00:00Z")), None, "30 days");
        assert_eq!(
            severity(json!("2026-03-01T12:00:00Z")),
            Some(Severity::Medium),
            "31 days"
        );
        assert_eq!(severity(json!("Thu, 01 Jan 2026 00:00:00 +0000")), Some(Severity::High));
        for unknown in [json!(null), json!(""), json!("long ago")] {
            assert_eq!(severity(unknown), Some(Severity::Medium));
        }
    }
}
