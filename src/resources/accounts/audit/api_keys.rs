//! Keys that are older than they should be. <https://www.twilio.com/docs/iam/api-keys>

use jiff::Timestamp;

use super::{Finding, Report, Rules, Severity};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::resources::accounts::api_key::API_KEY;
use crate::resources::accounts::holdings::each;
use crate::twilio::{AccountSid, Client, lenient};

const KIND: &str = "api_keys";

const SECONDS_OF_A_DAY: i64 = 86_400;

pub(super) async fn look(client: &Client, account: &AccountSid, rules: &Rules) -> Result<Report, Fault> {
    let mut findings = Vec::new();
    each(client, account, &API_KEY.object, |key| {
        findings.extend(judged(&key, rules.now, rules.max_key_age_days));
    })
    .await?;
    Ok(findings.into())
}

fn judged(key: &Properties, now: Timestamp, most: i64) -> Option<Finding> {
    let field = |name: &str| key.get(name).and_then(lenient::text).filter(|text| !text.is_empty());
    let made = field("date_created").and_then(|text| lenient::moment(&text));
    let age = made.map(|made| (now.as_second() - made.as_second()).div_euclid(SECONDS_OF_A_DAY));
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
            "Twilio does not say when the key was made: it may be older than any other.".to_owned(),
        ),
    };
    Some(Finding {
        severity,
        kind: KIND,
        sid: field("sid"),
        name: field("friendly_name"),
        message,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
