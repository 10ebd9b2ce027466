//! Alerts: what went wrong.
//! <https://www.twilio.com/docs/usage/monitor-alert>

use futures::future::BoxFuture;
use serde_json::{Value as Json, json};

use crate::engine::errors::codes;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{
    Category, Check, Deviation, Field, KnownCode, Norm, Properties, int, objects, text, timestamp, url,
};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::offered::RESOURCES;
use crate::resources::reading::{self, ACCOUNT_SID, day_or_moment};
use crate::twilio::{Product, lenient};

/// `data.twilio_monitor_alerts`.
pub const MONITOR_ALERTS: DataSource = DataSource {
    name: "twilio_monitor_alerts",
    since: "0.1.0",
    noun: "alerts",
    doc: "What went wrong in the account: errors and warnings, as the Console's error log has them, each with what its code means and what to do. \
          Twilio keeps them for 30 days.",
    quirks: &[
        "What a code means, and the advice, are the words of the provider's own errors and of its [guide to errors](../guides/errors.md), and no part \
         of what Twilio returns. A code that it says nothing about has neither; `more_info` leads to Twilio's page.",
        "The text and the address of the request are left out: they may hold secrets, and would be in the state.",
    ],
    category: Category::Monitor,
    api_page: "https://www.twilio.com/docs/usage/monitor-alert",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Monitor, &["/v1/Alerts"], "alerts")
        .filters(&["log_level", "start_date", "end_date"])
        .deviations(&[
            Deviation {
                from: Norm::Responses,
                name: "what_it_means",
                reason: "the provider says it of the code",
            },
            Deviation {
                from: Norm::Responses,
                name: "advice",
                reason: "the provider says it of the code",
            },
        ]),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("log_level", Setting(Clears))
        .checks(&[Check::OneOf(&["error", "warning", "notice", "debug"])])
        .doc("Only alerts of this level: `error`, `warning`, `notice` or `debug`."),
    text("start_date", Setting(Clears))
        .checks(&[Check::Custom(day_or_moment)])
        .doc("Only alerts on or after this day or moment (UTC): `2026-01-31` or `2026-01-31T12:00:00Z`."),
    text("end_date", Setting(Clears))
        .checks(&[Check::Custom(day_or_moment)])
        .doc("Only alerts on or before this day or moment (UTC)."),
    int("limit", Setting(Clears))
        .checks(&[Check::Range(1, 10000)])
        .doc("Most alerts to return, the newest first, `1` to `10000`. Default: `100`."),
    ACCOUNT_SID,
    objects("alerts", Observed, ALERT).doc("The alerts, the newest first."),
];

const ALERT: &[Field] = &[
    text("sid", Observed).doc("SID of the alert (`NO…`)."),
    text("log_level", Observed).doc("How bad it is, for example `error`."),
    text("error_code", Observed).doc("Twilio's code of what went wrong."),
    text("what_it_means", Observed).doc("What the code means. Null where the provider says nothing about it."),
    text("advice", Observed).doc("What to do. Null where the provider says nothing about the code."),
    url("more_info", Observed).doc("Twilio's page on the code."),
    text("resource_sid", Observed).doc("SID of the call, message or other object that it is about."),
    text("service_sid", Observed).doc("SID of the service that it is about."),
    text("request_method", Observed).doc("Method of the request that Twilio made or received."),
    text("account_sid", Observed).doc("SID of the account."),
    timestamp("date_generated").doc("When it happened (RFC 3339, UTC)."),
    timestamp("date_created").doc("When the alert was made (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let mut answer = reading::items(query, &MONITOR_ALERTS, |list| list).await?;
        if let Some(Json::Array(alerts)) = answer.get_mut("alerts") {
            alerts.iter_mut().filter_map(Json::as_object_mut).for_each(explain);
        }
        Ok(answer)
    })
}

/// Says what the code of an alert means.
fn explain(alert: &mut Properties) {
    let code = alert.get("error_code").and_then(lenient::text);
    let known = code.and_then(|code| code.parse().ok()).and_then(explained);
    alert.insert("what_it_means".to_owned(), json!(known.map(|known| known.meaning)));
    alert.insert("advice".to_owned(), json!(known.map(|known| known.advice)));
}

/// What is known about a code in general, or else to a product.
fn explained(code: u32) -> Option<&'static KnownCode> {
    let products = RESOURCES.iter().flat_map(|table| table.object.codes);
    codes::find(code, &[]).or_else(|| codes::find(code, &products.copied().collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_says_what_its_code_means_and_what_to_do() {
        let said = |alert: Json| {
            let mut alert = alert.as_object().cloned().expect("an object");
            explain(&mut alert);
            (alert["what_it_means"].clone(), alert["advice"].clone())
        };
        let known = codes::find(11200, &[]).expect("it is explained");
        // Twilio writes it as a text.
        assert_eq!(
            said(json!({"error_code": "11200"})),
            (json!(known.meaning), json!(known.advice))
        );
        // One that only a product explains.
        let (meaning, advice) = said(json!({"error_code": "81022"}));
        assert!(meaning.is_string() && advice.is_string(), "{meaning} {advice}");
        for unknown in [
            json!({"error_code": "999999"}),
            json!({"error_code": "no code"}),
            json!({}),
        ] {
            assert_eq!(said(unknown), (Json::Null, Json::Null));
        }
    }
}
