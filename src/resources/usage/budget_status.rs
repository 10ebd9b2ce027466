//! How much of a budget is spent. <https://www.twilio.com/docs/usage/api/usage-record>
//!
//! # Quirks
//! - Twilio divides time in GMT and brings figures up to date with some delay: the projection goes by `as_of`, not by the clock.
//! - Where Twilio has no figure the state is unknown. It is not within the budget.

use futures::future::BoxFuture;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::spend::{
    self, DIGITS, Question, TOTAL, amount, currency, day_of, is_of, passed, refuse_unknown, shown, total,
};
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Access, Category, Check, Field, Properties, Rule, boolean, decimal, text, timestamp};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::number::Number;
use crate::framework::value::Value;
use crate::resources::accounts_below::accounts;
use crate::resources::reading::ACCOUNT_SID;
use crate::resources::usage::categories::CATEGORIES;
use crate::twilio::Product;

/// `data.twilio_budget_status`.
pub const BUDGET_STATUS: DataSource = DataSource {
    name: "twilio_budget_status",
    since: "0.1.0",
    noun: "status of a budget",
    doc: "How much of a budget for the current day, month or year is spent, and how much will be at its end if it goes on like this. \
          Let it stand beside a `check` block and refer to it there, as here: inside of one Terraform reads it again with each apply, \
          and `plan -detailed-exitcode` always ends with 2. It costs one request.",
    quirks: &[
        "Where Twilio has no figure, `state` is `unknown` and `spent` null, with a warning; figures that are more than a day old are never `within`, either. Compare `state` with `within`, so that this does not pass for a budget that is kept.",
        "The projection takes it that money is spent evenly. Rent of phone numbers is due at once, so that a month that began with it is projected too high, and traffic that has yet to come too low. During the first twenty-fourth of the period (an hour of a day) there is none.",
        "Amounts of money are texts, with all digits that Twilio returns. Terraform calculates and compares with them as with numbers.",
        "This stops nothing. To stop something, a usage trigger requests a webhook at once, and `twilio_suspend_subaccount` is an action: see the guide on budgets.",
    ],
    category: Category::Usage,
    api_page: "https://www.twilio.com/docs/usage/api/usage-record",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(Product::Api, &["/2010-04-01/Accounts/{account_sid}/Usage/Records.json"])
        .also(&[Access::get(Product::Api, "/2010-04-01/Accounts/{account_sid}.json")]),
    codes: &[],
    rules: &[Rule::AtLeastOneOf(&["soft", "hard"])],
    validate: Some(soft_is_below_hard),
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("soft", Setting(Clears)).checks(&[Check::Custom(amount)]).doc(
        "Amount from which on somebody should look, in the account's currency: `100` or `\"99.50\"`. One of `soft` and `hard` must be \
         set.",
    ),
    text("hard", Setting(Clears))
        .checks(&[Check::Custom(amount)])
        .doc("Amount that must not be reached, in the account's currency, no less than `soft`."),
    text("period", Setting(Clears))
        .checks(&[Check::OneOf(&["daily", "monthly", "yearly"])])
        .doc(
            "Whether it is a budget for each day, month or year (GMT), in the words of a usage trigger: `daily`, `monthly` or `yearly`. \
             Default: `monthly`.",
        ),
    text("category", Setting(Clears))
        .checks(&[Check::NonEmpty, Check::Known(CATEGORIES)])
        .doc("What is counted, for example `sms` or `calls`; Twilio's page lists all. Default: `totalprice`, which is everything."),
    boolean("include_subaccounts", Setting(Clears))
        .doc("Whether what subaccounts spend counts, too. Default: `true`."),
    ACCOUNT_SID,
    text("state", Observed).checks(&[Check::Known(STATES)]).doc(
        "`within`, `soft_reached`, `hard_reached`, or `unknown` where Twilio has no figure: by what is spent already.",
    ),
    text("projected_state", Observed).checks(&[Check::Known(STATES)]).doc(
        "`within`, `soft_reached` or `hard_reached` by what will be spent at the end of the period; `unknown` while there is no projection.",
    ),
    text("spent", Observed).doc("What is spent already, in `price_unit`, as decimal text. Null where Twilio has no figure."),
    text("projected", Observed).doc(
        "What will be spent at the end of the period if it goes on like this, as decimal text. Null at the beginning of a period.",
    ),
    decimal("elapsed", Observed).doc("How much of the period has passed at `as_of`, from 0 to 1."),
    text("price_unit", Observed).doc("Currency as ISO 4217 code in lower case, for example `usd`."),
    text("start_date", Observed).doc("First day of the period (`YYYY-MM-DD`, GMT)."),
    text("end_date", Observed).doc("Last day of the period (`YYYY-MM-DD`, GMT)."),
    timestamp("as_of").doc("Up to which moment usage is counted in (RFC 3339, UTC)."),
];

fn soft_is_below_hard(config: &Value, diagnostics: &mut Diagnostics) {
    if let (Some(soft), Some(hard)) = (configured(config, "soft"), configured(config, "hard"))
        && soft > hard
    {
        let diagnostic = Diagnostic::error(
            "The hard limit is below the soft one",
            "hard is the amount that must not be reached, and soft the one from which on somebody should look: hard must be at least \
             soft. Correct one of them.",
        );
        diagnostics.push(diagnostic.at_attribute("hard"));
    }
}

/// An amount of the configuration.
fn configured(config: &Value, name: &str) -> Option<Number> {
    config.attr(name).as_str()?.parse().ok()
}

/// The first and the last day of the period that `today` is in.
fn days(period: &str, today: Date) -> (Date, Date) {
    match period {
        "daily" => (today, today),
        "yearly" => (today.first_of_year(), today.last_of_year()),
        _ => (today.first_of_month(), today.last_of_month()),
    }
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let now = query.client.server_time();
        let today = day_of(now);
        let text = |name: &str| query.config.attr(name).as_str();
        let (first, last) = days(text("period").unwrap_or("monthly"), today);
        let category = text("category").unwrap_or(TOTAL);
        let question = Question {
            part: "",
            category: Some(category),
            start: Some(first.to_string()),
            end: Some(today.to_string()),
            include_subaccounts: query.config.attr("include_subaccounts").as_bool().unwrap_or(true),
        };
        let mut records = question.ask(query.client, query.account).await?;
        refuse_unknown(category, &records, "category")?;
        // Twilio knows nothing of the days before the account was made.
        let made = match records.iter().any(|record| spend::day(record) > Some(first)) {
            true => accounts(query, false).await?.all[0].made.map(day_of),
            false => None,
        };
        // A figure of another account, or of a part of the time, is none of this budget.
        records.retain(|record| is_asked_for(record, query.account.as_str(), first, made));
        let limits = Limits {
            soft: configured(query.config, "soft"),
            hard: configured(query.config, "hard"),
        };
        let answer = answer(&records, category, &limits, (first, last), now)?;
        if answer["spent"].is_null() {
            query.warnings.add(Diagnostic::warning(
                "What is spent of the budget is not known",
                format!(
                    "Twilio returned no price of {category} for account {} from {first} to {today}. This is not taken for nothing: \
                     state is \"unknown\".",
                    query.account
                ),
            ));
        }
        Ok(answer)
    })
}

/// What [`Limits::state`] says, the ordinary one first.
const STATES: &[&str] = &["within", "soft_reached", "hard_reached", "unknown"];

/// Whether a record is the sum that was requested: of the account, also where its subaccounts count, and from the first day on, or from
/// the day after it on which the account was made.
fn is_asked_for(record: &Properties, account: &str, first: Date, made: Option<Date>) -> bool {
    let begins_then = |day: Date| day == first || day > first && Some(day) == made;
    spend::text(record, "account_sid") == Some(account) && spend::day(record).is_none_or(begins_then)
}

/// Seconds after which figures are too old to say that a budget is kept.
const STALE_AFTER: i64 = 86_400;

struct Limits {
    soft: Option<Number>,
    hard: Option<Number>,
}

impl Limits {
    fn state(&self, amount: Option<&Number>) -> &'static str {
        let reaches = |limit: Option<&Number>| limit.is_some_and(|limit| amount.is_some_and(|amount| amount >= limit));
        match amount {
            None => "unknown",
            Some(_) if reaches(self.hard.as_ref()) => "hard_reached",
            Some(_) if reaches(self.soft.as_ref()) => "soft_reached",
            Some(_) => "within",
        }
    }
}

fn answer(
    records: &[Properties],
    category: &str,
    limits: &Limits,
    (first, last): (Date, Date),
    now: Timestamp,
) -> Result<Properties, Fault> {
    let spent = total(records.iter().filter(|record| is_of(record, category)));
    let as_of = spend::as_of(records);
    let elapsed = passed(first, last, as_of.unwrap_or(now).min(now));
    let projected = spent
        .as_ref()
        .zip(elapsed.as_ref())
        .filter(|(_, elapsed)| elapsed.times(&Number::from(24_i64)) >= Number::from(1_i64))
        .and_then(|(spent, elapsed)| spent.over(elapsed, DIGITS));
    // What was spent does not shrink: old figures show that a limit is reached, and never that it is not.
    let is_stale = as_of.is_some_and(|as_of| now.as_second().saturating_sub(as_of.as_second()) > STALE_AFTER);
    let state = match limits.state(spent.as_ref()) {
        "within" if is_stale => "unknown",
        state => state,
    };
    Ok(Properties::from_iter([
        ("state".to_owned(), state.into()),
        ("projected_state".to_owned(), limits.state(projected.as_ref()).into()),
        ("spent".to_owned(), shown(spent.as_ref())),
        ("projected".to_owned(), shown(projected.as_ref())),
        ("elapsed".to_owned(), shown(elapsed.as_ref())),
        ("price_unit".to_owned(), json!(currency(records)?)),
        ("start_date".to_owned(), first.to_string().into()),
        ("end_date".to_owned(), last.to_string().into()),
        ("as_of".to_owned(), json!(as_of.map(|moment| moment.to_string()))),
    ]))
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;

    const NOW: &str = "2026-02-15T00:00:00Z";

    /// What is said of a month of which half has passed.
    fn month(records: Json, soft: Option<&str>, hard: Option<&str>) -> Properties {
        let records: Vec<Properties> = serde_json::from_value(records).expect("records");
        let limit = |text: Option<&str>| text.map(|text| text.parse().expect("an amount"));
        let limits = Limits {
            soft: limit(soft),
            hard: limit(hard),
        };
        let now: Timestamp = NOW.parse().expect("a moment");
        answer(&records, TOTAL, &limits, days("monthly", day_of(now)), now).expect("an answer")
    }

    fn states(records: Json, soft: Option<&str>, hard: Option<&str>) -> [String; 2] {
        let answer = month(records, soft, hard);
        ["state", "projected_state"].map(|name| answer[name].as_str().expect("a state").to_owned())
    }

    fn spent(price: &str) -> Json {
        json!([{"category": "totalprice", "price": price, "price_unit": "usd"}])
    }

    #[test]
    fn what_is_spent_is_projected_to_the_end() {
        let answer = month(spent("10.25"), Some("15"), Some("25"));
        assert_eq!(answer["spent"], "10.25");
        assert_eq!(answer["projected"], "20.5");
        assert_eq!(
            (&answer["start_date"], &answer["end_date"]),
            (&json!("2026-02-01"), &json!("2026-02-28"))
        );
        assert_eq!(
            states(spent("10.25"), Some("15"), Some("25")),
            ["within", "soft_reached"]
        );
    }

    #[test]
    fn a_limit_is_reached_by_the_very_amount() {
        assert_eq!(
            states(spent("15"), Some("15"), Some("30")),
            ["soft_reached", "hard_reached"]
        );
        assert_eq!(states(spent("14.999999"), Some("15"), None), ["within", "soft_reached"]);
        assert_eq!(states(spent("31"), None, Some("30")), ["hard_reached", "hard_reached"]);
        assert_eq!(states(spent("0"), Some("15"), Some("30")), ["within", "within"]);
    }

    #[test]
    fn no_figure_is_not_within_a_budget() {
        for nothing in [
            json!([]),
            json!([{"category": "totalprice", "price": null}]),
            json!([{"category": "sms", "price": "1"}]),
        ] {
            assert_eq!(
                states(nothing.clone(), Some("1"), Some("2")),
                ["unknown", "unknown"],
                "{nothing}"
            );
            assert_eq!(month(nothing, Some("1"), None)["spent"], Json::Null);
        }
    }

    #[test]
    fn figures_that_lag_behind_are_projected_from_where_they_end() {
        let lagging = json!([{"category": "totalprice", "price": "7", "as_of": "2026-02-08T00:00:00+00:00"}]);
        assert_eq!(month(lagging, Some("1"), None)["projected"], "28");
        let old = json!([{"category": "totalprice", "price": "7", "as_of": "2026-02-08T00:00:00+00:00"}]);
        assert_eq!(
            states(old.clone(), Some("10"), None)[0],
            "unknown",
            "a week may have cost more"
        );
        assert_eq!(states(old, Some("5"), None)[0], "soft_reached");
        // An hour into the month nothing can be said of its end.
        let early = json!([{"category": "totalprice", "price": "7", "as_of": "2026-02-01T01:00:00+00:00"}]);
        assert_eq!(month(early, Some("1"), None)["projected"], Json::Null);
    }

    #[test]
    fn a_figure_of_another_account_or_time_is_none() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let judged_of = |account: &str, first: &str, made: Option<&str>| {
            let record = json!({"account_sid": account, "start_date": first});
            let record = record.as_object().expect("an object");
            is_asked_for(record, "AC1", day("2026-02-01"), made.map(day))
        };
        let judged = |account: &str, first: &str| judged_of(account, first, None);
        assert!(judged_of("AC1", "2026-02-14", Some("2026-02-14")), "of a new account");
        assert!(!judged_of("AC1", "2026-02-14", Some("2026-02-13")));
        assert!(!judged_of("AC1", "2026-01-14", Some("2026-01-14")));
        assert!(judged("AC1", "2026-02-01"));
        assert!(!judged("AC2", "2026-02-01") && !judged("AC1", "2026-02-14") && !judged("", "2026-02-01"));
    }

    #[test]
    fn a_period_is_a_day_a_month_or_a_year() {
        let today = "2024-02-29".parse().expect("a day");
        let shown = |period| {
            let (first, last) = days(period, today);
            format!("{first} {last}")
        };
        assert_eq!(shown("daily"), "2024-02-29 2024-02-29");
        assert_eq!(shown("monthly"), "2024-02-01 2024-02-29");
        assert_eq!(shown("yearly"), "2024-01-01 2024-12-31");
    }
}
