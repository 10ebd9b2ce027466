//! Alerts: what went wrong.
//! <https://www.twilio.com/docs/usage/monitor-alert>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, int, objects, text, timestamp, url};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID, day_or_moment};
use crate::twilio::Product;

/// `data.twilio_monitor_alerts`.
pub const MONITOR_ALERTS: DataSource = DataSource {
    name: "twilio_monitor_alerts",
    since: "0.1.0",
    noun: "alerts",
    doc: "What went wrong in the account: errors and warnings, as the Console's error log has them. Twilio keeps them for 30 days.",
    quirks: &[
        "The text and the address of the request are left out: they may hold secrets, and would be in the state.",
    ],
    category: Category::Monitor,
    api_page: "https://www.twilio.com/docs/usage/monitor-alert",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Monitor, &["/v1/Alerts"], "alerts").filters(&[
        "log_level",
        "start_date",
        "end_date",
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
    url("more_info", Observed).doc("Twilio's page on the code."),
    text("resource_sid", Observed).doc("SID of the call, message or other object that it is about."),
    text("service_sid", Observed).doc("SID of the service that it is about."),
    text("request_method", Observed).doc("Method of the request that Twilio made or received."),
    text("account_sid", Observed).doc("SID of the account."),
    timestamp("date_generated").doc("When it happened (RFC 3339, UTC)."),
    timestamp("date_created").doc("When the alert was made (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &MONITOR_ALERTS, |list| list))
}
