//! Whether today costs more than the days before. <https://www.twilio.com/docs/usage/api/usage-record>
//!
//! # Quirks
//! - Days are whole in GMT, as Twilio counts them. Today is not whole: it is compared by what it will come to, not by what it has come to.
//! - Twilio lists no day on which nothing was used. A day that lies behind, and on which the account was there, cost nothing; of today
//!   nothing can be said before Twilio has a record of it.
//! - The day on which an account was made is not whole either, and is left out.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::BoxFuture;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value as Json, json};

use super::each_account::{UNREAD, read_each, tell_what_is_missing};
use super::spend::{
    self, DAILY, DIGITS, Question, amount, currency, day, day_of, is_of, number, passed, refuse_unknown, shown,
};
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, boolean, decimal, int, objects, text, timestamp};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::number::Number;
use crate::framework::value::Value;
use crate::resources::accounts_below::{Account, accounts};
use crate::resources::reading::ACCOUNT_SID;
use crate::resources::usage::categories::CATEGORIES;
use crate::twilio::Product;

/// `data.twilio_usage_anomaly`.
pub const USAGE_ANOMALY: DataSource = DataSource {
    name: "twilio_usage_anomaly",
    since: "0.1.0",
    noun: "comparison of today's usage",
    doc: "Whether today costs conspicuously more than the days before, for each category and account: traffic that somebody else makes \
          with a stolen key, or a loop that sends for ever. Let it stand beside a `check` block and refer to it there, as here. It \
          costs a request for each account with `category`, and about twenty for each without.",
    quirks: &[
        "Days are whole days of GMT. Today is compared by what it will come to at this rate (`prorated_price`); less than an hour of a day counts as an hour, so that the first message after midnight is no alarm.",
        "`state` says what is known: `no_baseline` where the account has no whole day behind it, `no_data` where Twilio has no price of today. Neither is `normal`, and in neither case is `anomalous` true.",
        "Where nothing was spent before, `ratio` is null, and whatever costs `min_price` or more today is an anomaly.",
        "Categories contain each other, so that one cause shows in several of them. Rent, as of phone numbers, is due at once and shows as an anomaly on its day, in `totalprice` as well: watch `sms`, `calls` and what else is traffic, or set `min_price` above the rent.",
        "Amounts of money are texts, with all digits that Twilio returns. Terraform calculates and compares with them as with numbers.",
    ],
    category: Category::Usage,
    api_page: "https://www.twilio.com/docs/usage/api/usage-record",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(
        Product::Api,
        &[
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Daily.json",
            "/2010-04-01/Accounts/{account_sid}.json",
            "/2010-04-01/Accounts.json",
        ],
    ),
    codes: &[],
    rules: &[],
    validate: Some(a_multiple_is_positive),
    read,
};

/// Days before today without `lookback_days`.
const LOOKBACK: i64 = 7;

/// The multiple of an ordinary day without `multiplier`.
const MULTIPLIER: &str = "2.5";

/// The least amount that is an anomaly without `min_price`.
const MIN_PRICE: &str = "1";

const ATTRIBUTES: &[Field] = &[
    text("category", Setting(Clears))
        .checks(&[Check::NonEmpty, Check::Known(CATEGORIES)])
        .doc("Only this category, for example `sms` or `totalprice`; Twilio's page lists all. Default: each that cost something."),
    int("lookback_days", Setting(Clears))
        .checks(&[Check::Range(1, 90)])
        .doc("How many whole days before today are compared with, `1` to `90`. Default: `7`."),
    decimal("multiplier", Setting(Clears)).doc(
        "From which multiple of the mean day on today is an anomaly, more than `0`. Default: `2.5`.",
    ),
    text("min_price", Setting(Clears)).checks(&[Check::Custom(amount)]).doc(
        "What costs less than this today, in the account's currency, is no anomaly whatever it cost before. Default: `1`.",
    ),
    boolean("include_subaccounts", Setting(Clears))
        .doc("Whether each subaccount is compared with its own past, too. Default: `true`."),
    ACCOUNT_SID,
    boolean("anomalous", Observed).doc("Whether anything in `results` is an anomaly."),
    boolean("complete", Observed).doc("Whether every account was read."),
    text("date", Observed).doc("Today (`YYYY-MM-DD`, GMT)."),
    timestamp("as_of").doc("Up to which moment usage is counted in (RFC 3339, UTC)."),
    text("price_unit", Observed).doc("Currency of all prices as ISO 4217 code in lower case, for example `usd`."),
    objects("results", Observed, RESULT).doc("One row for each account and category, the main account first."),
    objects("unread", Observed, UNREAD).doc("The accounts whose usage is not known, with the reason."),
];

const RESULT: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("friendly_name", Observed).doc("Name of the account."),
    text("status", Observed).doc("`active`, `suspended` or `closed`."),
    text("category", Observed).doc("What is compared."),
    text("state", Observed).doc("`normal`, `anomalous`, `no_baseline` or `no_data`."),
    boolean("anomalous", Observed).doc("Whether `state` is `anomalous`."),
    int("baseline_days", Observed)
        .doc("How many whole days are compared with: fewer than `lookback_days` for a young account."),
    text("baseline_mean", Observed).doc("What one of them cost in the mean, as decimal text."),
    text("baseline_median", Observed).doc("What the day in the middle cost, which one bad day does not move."),
    text("current_price", Observed).doc("What today has cost up to `as_of`, as decimal text."),
    text("prorated_price", Observed).doc("What today will come to at this rate, as decimal text."),
    decimal("ratio", Observed)
        .doc("`prorated_price` as a multiple of `baseline_mean`. Null where that is zero or not known."),
];

fn a_multiple_is_positive(config: &Value, diagnostics: &mut Diagnostics) {
    let multiplier = config.attr("multiplier").as_number();
    if multiplier.is_some_and(|multiplier| *multiplier <= Number::zero()) {
        let diagnostic = Diagnostic::error(
            "The multiplier is not above zero",
            "multiplier says how many times the mean day makes an anomaly, for example 2.5. Write a number above 0.",
        );
        diagnostics.push(diagnostic.at_attribute("multiplier"));
    }
}

/// What today is held against.
struct Rule {
    today: Date,
    /// The first day that is compared with.
    first: Date,
    multiplier: Number,
    min_price: Number,
    now: Timestamp,
}

impl Rule {
    fn of(config: &Value, now: Timestamp) -> Self {
        let today = day_of(now);
        let lookback = config.attr("lookback_days").as_number().and_then(Number::to_i64);
        let text = |name: &str, default: &str| {
            let text = config.attr(name).as_str().unwrap_or(default);
            text.parse().unwrap_or_else(|_| Number::zero())
        };
        Self {
            today,
            first: today.saturating_sub(lookback.unwrap_or(LOOKBACK).days()),
            multiplier: config
                .attr("multiplier")
                .as_number()
                .cloned()
                .unwrap_or_else(|| text("", MULTIPLIER)),
            min_price: text("min_price", MIN_PRICE),
            now,
        }
    }

    /// The days that are compared with, of an account that was made on this day.
    fn days(&self, made: Option<Date>) -> Vec<Date> {
        let after = made.and_then(|made| made.tomorrow().ok());
        let mut day = after.map_or(self.first, |after| after.max(self.first));
        let mut days = Vec::new();
        while day < self.today {
            days.push(day);
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        days
    }
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let rule = Rule::of(query.config, query.client.server_time());
        let category = query.config.attr("category").as_str();
        let include_subaccounts = query.config.attr("include_subaccounts").as_bool().unwrap_or(true);
        let question = Question {
            part: DAILY,
            category,
            start: Some(rule.first.to_string()),
            end: Some(rule.today.to_string()),
            include_subaccounts: false,
        };
        let all = accounts(query, include_subaccounts).await?;
        let (found, unread, hidden) = read_each(query, all, |account| {
            let question = &question;
            async move {
                let records = question.ask(query.client, &account.sid).await?;
                // An account without any figure is not one that spent nothing.
                let has_figures = records.iter().any(|record| number(record, "price").is_some());
                Ok(has_figures.then_some(records))
            }
        })
        .await?;
        if let Some(category) = category {
            let records: Vec<_> = found.iter().flat_map(|(_, records)| records.clone()).collect();
            refuse_unknown(category, &records, "category")?;
        }
        let mut answer = answer(&rule, category, &found)?;
        tell_what_is_missing(query, &unread, hidden.as_deref(), &mut answer);
        Ok(answer)
    })
}

fn answer(rule: &Rule, category: Option<&str>, found: &[(Account, Vec<Properties>)]) -> Result<Properties, Fault> {
    let everything: Vec<Properties> = found.iter().flat_map(|(_, records)| records.clone()).collect();
    let results: Vec<Properties> = found
        .iter()
        .flat_map(|(account, records)| compare(rule, category, account, records))
        .collect();
    let anomalous = results.iter().any(|result| result["anomalous"] == true);
    let as_of = spend::as_of(&everything).map(|moment| moment.to_string());
    Ok(Properties::from_iter([
        ("anomalous".to_owned(), anomalous.into()),
        ("date".to_owned(), rule.today.to_string().into()),
        ("as_of".to_owned(), json!(as_of)),
        ("price_unit".to_owned(), json!(currency(&everything)?)),
        ("results".to_owned(), results.into_iter().map(Json::Object).collect()),
    ]))
}

/// The rows of one account.
fn compare(rule: &Rule, category: Option<&str>, account: &Account, records: &[Properties]) -> Vec<Properties> {
    let costs = |record: &&Properties| number(record, "price").is_some_and(|price| !price.is_zero());
    let categories: BTreeSet<&str> = match category {
        Some(category) => BTreeSet::from([category]),
        None => records
            .iter()
            .filter(costs)
            .filter_map(|record| spend::text(record, "category"))
            .collect(),
    };
    let days = rule.days(account.made.map(day_of));
    let rows = categories.into_iter().map(|category| {
        let mut prices: BTreeMap<Date, Option<Number>> = BTreeMap::new();
        for record in records.iter().filter(|record| is_of(record, category)) {
            if let Some(day) = day(record) {
                prices.insert(day, number(record, "price"));
            }
        }
        let as_of = spend::as_of(records).unwrap_or(rule.now).min(rule.now);
        let compared = Compared::of(rule, &days, &prices, as_of);
        let mut row = account.row();
        row.insert("category".to_owned(), category.into());
        row.extend(compared.row());
        row
    });
    rows.collect()
}

/// Today and the days before it.
struct Compared {
    state: &'static str,
    days: usize,
    mean: Option<Number>,
    median: Option<Number>,
    current: Option<Number>,
    prorated: Option<Number>,
    ratio: Option<Number>,
}

impl Compared {
    fn of(rule: &Rule, days: &[Date], prices: &BTreeMap<Date, Option<Number>>, as_of: Timestamp) -> Self {
        // Of a day with a record and without a price nothing is known.
        let known = days.iter().filter_map(|day| match prices.get(day) {
            Some(price) => price.clone(),
            None => Some(Number::zero()),
        });
        let mut known: Vec<Number> = known.collect();
        known.sort();
        let mean = mean(&known);
        let current = prices.get(&rule.today).cloned().flatten();
        let prorated = current
            .as_ref()
            .and_then(|current| prorated(current, rule.today, as_of));
        let ratio = prorated
            .as_ref()
            .zip(mean.as_ref())
            .and_then(|(prorated, mean)| prorated.over(mean, 4));
        let state = match (&current, &prorated, &mean) {
            (Some(current), Some(prorated), Some(mean)) => {
                let is_much = *current >= rule.min_price && !current.is_zero();
                match is_much && *prorated >= mean.times(&rule.multiplier) {
                    true => "anomalous",
                    false => "normal",
                }
            }
            (Some(_), Some(_), None) => "no_baseline",
            _ => "no_data",
        };
        Self {
            state,
            days: known.len(),
            median: median(&known),
            mean,
            current,
            prorated,
            ratio,
        }
    }

    fn row(self) -> Properties {
        Properties::from_iter([
            ("state".to_owned(), self.state.into()),
            ("anomalous".to_owned(), (self.state == "anomalous").into()),
            ("baseline_days".to_owned(), self.days.into()),
            ("baseline_mean".to_owned(), shown(self.mean.as_ref())),
            ("baseline_median".to_owned(), shown(self.median.as_ref())),
            ("current_price".to_owned(), shown(self.current.as_ref())),
            ("prorated_price".to_owned(), shown(self.prorated.as_ref())),
            ("ratio".to_owned(), shown(self.ratio.as_ref())),
        ])
    }
}

fn mean(amounts: &[Number]) -> Option<Number> {
    let sum: Number = amounts.iter().cloned().sum();
    sum.over(&Number::from(amounts.len() as u64), DIGITS)
}

/// Of sorted amounts.
fn median(amounts: &[Number]) -> Option<Number> {
    let middle = amounts.len() / 2;
    match amounts.len() % 2 {
        1 => amounts.get(middle).cloned(),
        _ => mean(amounts.get(middle.checked_sub(1)?..=middle)?),
    }
}

/// What today will come to. None where the figures do not reach into today.
fn prorated(current: &Number, today: Date, as_of: Timestamp) -> Option<Number> {
    if day_of(as_of) < today {
        return None;
    }
    let hour = Number::from(1_i64).over(&Number::from(24_i64), DIGITS)?;
    let share = passed(today, today, as_of)?.max(hour);
    current.over(&share, DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::tests::server::{child, parent};

    const NOW: &str = "2026-03-10T12:00:00Z";

    fn rule(config: &Value) -> Rule {
        Rule::of(config, NOW.parse().expect("a moment"))
    }

    fn account(made: Option<&str>) -> Account {
        Account {
            sid: child(),
            name: Some("Team".to_owned()),
            status: None,
            made: made.map(|day| format!("{day}T00:00:00Z").parse().expect("a moment")),
        }
    }

    fn records(category: &str, prices: &[(&str, &str)]) -> Vec<Properties> {
        let records = prices.iter().map(|(day, price)| {
            json!({"category": category, "start_date": day, "end_date": day, "price": price, "price_unit": "usd"})
        });
        serde_json::from_value(records.collect()).expect("records")
    }

    /// The row of `sms` of an account that has been there for long, with the usual rule.
    fn row(made: Option<&str>, prices: &[(&str, &str)]) -> Properties {
        let mut rows = compare(
            &rule(&Value::object::<&str>([])),
            Some("sms"),
            &account(made),
            &records("sms", prices),
        );
        assert_eq!(rows.len(), 1);
        rows.remove(0)
    }

    const WEEK: [(&str, &str); 7] = [
        ("2026-03-03", "1"),
        ("2026-03-04", "2"),
        ("2026-03-05", "3"),
        ("2026-03-06", "4"),
        ("2026-03-07", "5"),
        ("2026-03-08", "6"),
        ("2026-03-09", "14"),
    ];

    fn week_and(today: &str) -> Properties {
        let mut prices = WEEK.to_vec();
        prices.push(("2026-03-10", today));
        row(None, &prices)
    }

    #[test]
    fn today_is_prorated_and_held_against_the_mean() {
        let found = week_and("6.25");
        assert_eq!(
            (&found["baseline_mean"], &found["baseline_median"]),
            (&json!("5"), &json!("4"))
        );
        assert_eq!(
            (&found["current_price"], &found["prorated_price"]),
            (&json!("6.25"), &json!("12.5"))
        );
        assert_eq!((&found["ratio"], &found["state"]), (&json!("2.5"), &json!("anomalous")));
        assert_eq!(week_and("6.24")["state"], "normal");
    }

    #[test]
    fn a_day_without_a_record_cost_nothing_unless_it_is_today() {
        let found = row(None, &[("2026-03-04", "7"), ("2026-03-10", "2")]);
        assert_eq!(
            (&found["baseline_days"], &found["baseline_mean"]),
            (&json!(7), &json!("1"))
        );
        assert_eq!(
            (&found["baseline_median"], &found["state"]),
            (&json!("0"), &json!("anomalous"))
        );
        let found = row(None, &WEEK);
        assert_eq!(
            (&found["state"], &found["current_price"]),
            (&json!("no_data"), &Json::Null)
        );
        assert_eq!(found["anomalous"], false);
    }

    #[test]
    fn a_young_account_is_compared_with_the_whole_days_that_it_has() {
        let prices = [("2026-03-08", "100"), ("2026-03-09", "2"), ("2026-03-10", "1")];
        let found = row(Some("2026-03-08"), &prices);
        assert_eq!(
            (&found["baseline_days"], &found["baseline_mean"]),
            (&json!(1), &json!("2"))
        );
        assert_eq!(found["state"], "normal");
        let found = row(Some("2026-03-09"), &prices);
        assert_eq!(
            (&found["baseline_days"], &found["state"]),
            (&json!(0), &json!("no_baseline"))
        );
        assert_eq!((&found["baseline_mean"], &found["ratio"]), (&Json::Null, &Json::Null));
    }

    #[test]
    fn the_first_spending_of_all_is_an_anomaly_from_the_least_amount_on() {
        let of = |price: &str| row(None, &[("2026-03-10", price)]);
        assert_eq!(
            (&of("1")["state"], &of("1")["ratio"]),
            (&json!("anomalous"), &Json::Null)
        );
        assert_eq!(of("0.99")["state"], "normal");
    }

    #[test]
    fn a_record_without_a_price_says_nothing() {
        let found = row(None, &[("2026-03-09", ""), ("2026-03-10", "1")]);
        assert_eq!(found["baseline_days"], 6);
        assert_eq!(row(None, &[("2026-03-10", "")])["state"], "no_data");
    }

    #[test]
    fn minutes_after_midnight_count_as_an_hour() {
        let midnight = "2026-03-10T00:01:00Z".parse().expect("a moment");
        let today = day_of(midnight);
        let shown = |as_of| prorated(&Number::from(1_i64), today, as_of).map(|amount| amount.to_string());
        assert!(
            shown(midnight).is_some_and(|amount| amount.starts_with("23.9998")),
            "{:?}",
            shown(midnight)
        );
        let yesterday = "2026-03-09T23:00:00Z".parse().expect("a moment");
        assert_eq!(shown(yesterday), None, "the figures end before today");
    }

    #[test]
    fn without_a_category_each_that_cost_something_is_compared() {
        let mut all = records("sms", &WEEK);
        all.extend(records("calls", &[("2026-03-10", "3")]));
        all.extend(records("mms", &[("2026-03-10", "0")]));
        let mut main = account(None);
        main.sid = parent();
        let answer = answer(&rule(&Value::object::<&str>([])), None, &[(main, all)]).expect("an answer");
        let categories: Vec<_> = answer["results"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["category"].as_str().expect("a category"))
            .collect();
        assert_eq!(categories, ["calls", "sms"]);
        assert_eq!(answer["anomalous"], true);
    }

    #[test]
    fn the_rule_is_configured() {
        let config = Value::object([
            ("lookback_days", Value::int(2)),
            ("multiplier", Value::int(10)),
            ("min_price", "0".into()),
        ]);
        let mut prices = WEEK.to_vec();
        prices.push(("2026-03-10", "49.9"));
        let found = compare(&rule(&config), Some("sms"), &account(None), &records("sms", &prices)).remove(0);
        assert_eq!(
            (&found["baseline_days"], &found["baseline_mean"]),
            (&json!(2), &json!("10"))
        );
        assert_eq!((&found["ratio"], &found["state"]), (&json!("9.98"), &json!("normal")));
    }
}
