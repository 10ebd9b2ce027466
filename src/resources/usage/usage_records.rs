//! What an account has used. <https://www.twilio.com/docs/usage/api/usage-record>
//!
//! # Quirks
//! - All numbers but the price are texts.
//! - Each period is a path of its own.
//! - Usage of subaccounts is included unless a request asks for it to be left out.

use futures::future::BoxFuture;
use serde_json::Value as Json;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, Spelling, boolean, decimal, objects, text, timestamp};
use crate::engine::operations::list::texts;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::number::Number;
use crate::framework::reason::Reason;
use crate::resources::reading::{ACCOUNT_SID, shown};
use crate::resources::usage::categories::CATEGORIES;
use crate::resources::usage::spend::{TOTAL, counts_nothing};
use crate::twilio::{ListRequest, Product, Request, lenient};

/// `data.twilio_usage_records`.
pub const USAGE_RECORDS: DataSource = DataSource {
    name: "twilio_usage_records",
    since: "0.1.0",
    noun: "usage records",
    doc: "What an account has used and what it cost, by category and period. Dates and days are those of GMT. Twilio brings \
          the figures of the last day up to date with some delay; `as_of` of a record says how far they go.",
    quirks: &[
        "Categories contain each other: `calls` has `calls-inbound` in it, and `totalprice` has everything. The sum over all records counts most of the money twice; use `total_price`.",
    ],
    category: Category::Usage,
    api_page: "https://www.twilio.com/docs/usage/api/usage-record",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(
        Product::Api,
        &[
            "/2010-04-01/Accounts/{account_sid}/Usage/Records.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Daily.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Monthly.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Yearly.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/AllTime.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Today.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Yesterday.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/ThisMonth.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/LastMonth.json",
        ],
        "records",
    )
    .filters(FILTERS),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

/// The attributes that Twilio filters by.
const FILTERS: &[&str] = &["category", "start_date", "end_date", "include_subaccounts"];

/// Periods, as here and as the last part of Twilio's path.
const PERIODS: &[(&str, &str)] = &[
    ("base", ""),
    ("daily", "/Daily"),
    ("monthly", "/Monthly"),
    ("yearly", "/Yearly"),
    ("all_time", "/AllTime"),
    ("today", "/Today"),
    ("yesterday", "/Yesterday"),
    ("this_month", "/ThisMonth"),
    ("last_month", "/LastMonth"),
];

const ATTRIBUTES: &[Field] = &[
    text("category", Setting(Clears)).checks(&[Check::NonEmpty, Check::Known(CATEGORIES)]).doc(
        "Only records of this category, for example `sms`, `calls-inbound` or `totalprice`; Twilio's page lists all. \
         Without it there are records of every category that Twilio counts, also of those that were not used.",
    ),
    text("period", Setting(Clears))
        .checks(&[Check::OneOf(&[
            "base",
            "daily",
            "monthly",
            "yearly",
            "all_time",
            "today",
            "yesterday",
            "this_month",
            "last_month",
        ])])
        .doc(
            "How the time is divided: `base` (one record for each category over the whole time), `daily`, `monthly`, \
             `yearly` (one for each category and day, month or year), `all_time`, or one of the fixed times `today`, \
             `yesterday`, `this_month`, `last_month`. Default: `base`.",
        ),
    text("start_date", Setting(Clears)).checks(&[Check::Custom(date)]).doc(
        "Only usage on or after this day (GMT): `YYYY-MM-DD`, or relative to today such as `-30days`. Default: Twilio's, \
         the beginning of the account for `base`.",
    ),
    text("end_date", Setting(Clears))
        .checks(&[Check::Custom(date)])
        .doc("Only usage on or before this day (GMT): `YYYY-MM-DD`, or relative to today such as `-1day`."),
    boolean("include_subaccounts", Setting(Clears)).doc("Whether the usage of subaccounts counts, too. Default: `true`."),
    ACCOUNT_SID,
    decimal("total_price", Observed).doc(
        "What the records cost in `price_unit`, without counting anything twice: the sum over the records of `category`; \
         without `category` the sum over the records of `totalprice`, in which Twilio sums up everything.",
    ),
    text("price_unit", Observed)
        .doc("Currency of the prices as ISO 4217 code in lower case, for example `usd`."),
    objects("records", Observed, RECORD)
        .doc("The records, in Twilio's order."),
];

const RECORD: &[Field] = &[
    text("category", Observed).doc("What is counted."),
    text("description", Observed).doc("The category in words."),
    text("start_date", Observed).doc("First day of the record (`YYYY-MM-DD`, GMT)."),
    text("end_date", Observed).doc("Last day of the record (`YYYY-MM-DD`, GMT)."),
    decimal("count", Observed).doc("How many events there were, in `count_unit`."),
    text("count_unit", Observed).doc("Unit of `count`, for example `messages`."),
    decimal("usage", Observed).doc("How much was used, in `usage_unit`: what Twilio charges for."),
    text("usage_unit", Observed).doc("Unit of `usage`, for example `minutes`."),
    decimal("price", Observed).doc("What it cost, in `price_unit`."),
    text("price_unit", Observed).doc("Currency as ISO 4217 code in lower case."),
    text("account_sid", Observed).doc("SID of the account that used it."),
    timestamp("as_of").doc("Up to which moment usage is counted in (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let list = ListRequest::new(request(&query))
            .key("usage_records")
            .largest_pages()
            .of_any_account();
        let records = shown(query.client, list, RECORD, |_| true).await?;
        let category = query.config.attr("category").as_str();
        if let (Some(category), true) = (category, records.is_empty())
            && !CATEGORIES.contains(&category)
        {
            return Err(counts_nothing("category").into());
        }
        Ok(answer(category, records))
    })
}

fn request(query: &Query<'_>) -> Request {
    let text = |name: &str| query.config.attr(name).as_str();
    let period = text("period").unwrap_or("base");
    let part = PERIODS
        .iter()
        .find(|(name, _)| *name == period)
        .map_or("", |(_, part)| part);
    let path = format!(
        "/2010-04-01/Accounts/{}/Usage/Records{part}.json",
        query.account.as_str()
    );
    FILTERS
        .iter()
        .flat_map(|name| {
            texts(query.config.attr(name))
                .into_iter()
                .map(|text| (Spelling::Pascal.of(name), text))
        })
        .fold(
            Request::get(Product::Api, query.account, path),
            |request, (name, value)| request.query(name, value),
        )
}

/// The records with what they cost together.
fn answer(category: Option<&str>, records: Vec<Properties>) -> Properties {
    let summed = category.unwrap_or(TOTAL);
    let counted = records
        .iter()
        .filter(|record| record.get("category").and_then(Json::as_str) == Some(summed));
    let prices = counted.filter_map(|record| lenient::number(record.get("price")?)?.parse::<Number>().ok());
    let total: Number = prices.sum();
    let unit = records
        .iter()
        .find_map(|record| record.get("price_unit").and_then(Json::as_str))
        .map(str::to_owned);

    let mut answer = Properties::new();
    answer.insert("total_price".to_owned(), Json::String(total.to_string()));
    answer.insert("price_unit".to_owned(), unit.map_or(Json::Null, Json::String));
    answer.insert(
        "records".to_owned(),
        Json::Array(records.into_iter().map(Json::Object).collect()),
    );
    answer
}

/// `YYYY-MM-DD`, or a distance from today: sign, digits, unit. Twilio knows which units there are.
pub(super) fn date(text: &str) -> Result<(), Reason> {
    let absolute = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    let relative = text.strip_prefix(['-', '+']).is_some_and(|distance| {
        let unit = distance.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < distance.len() && !unit.is_empty() && unit.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    if absolute || relative {
        return Ok(());
    }
    Err(
        "It is not a day. Write it as YYYY-MM-DD, for example 2026-01-31, or relative to today, for example -30days."
            .into(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::{Kind, Operation, Spelling};
    use crate::engine::values::properties::flatten;
    use crate::framework::value::Value;

    fn records(records: Json) -> Vec<Properties> {
        let records = records.as_array().expect("an array").iter();
        records
            .map(|record| record.as_object().expect("an object").clone())
            .collect()
    }

    fn total(category: Option<&str>, answered: Json) -> Json {
        answer(category, records(answered))["total_price"].clone()
    }

    #[test]
    fn nothing_is_counted_twice_in_the_total() {
        let all = json!([
            {"category": "calls", "price": 1.25, "price_unit": "usd"},
            {"category": "calls-inbound", "price": "1.25", "price_unit": "usd"},
            {"category": "totalprice", "price": "3.10", "price_unit": "usd"},
            {"category": "totalprice", "price": 0.2, "price_unit": "usd"},
        ]);
        assert_eq!(total(None, all), "3.3");
    }

    #[test]
    fn the_total_of_a_category_is_exact_over_its_days() {
        let days = json!([{"category": "sms", "price": "0.1"}, {"category": "sms", "price": "0.2"}, {"category": "sms", "price": null}]);
        assert_eq!(total(Some("sms"), days), "0.3");
        assert_eq!(total(Some("sms"), json!([])), "0");
    }

    #[test]
    fn numbers_are_numbers_and_empty_ones_null() {
        let answered = answer(
            Some("sms"),
            records(
                json!([{"category": "sms", "count": "12", "usage": "", "price": "0.0750", "price_unit": "usd",
                "as_of": "2019-06-24T22:32:49+00:00"}]),
            ),
        );
        let (state, _) = flatten(ATTRIBUTES, Spelling::Snake, &answered, &Value::Null, Operation::Read);
        let record = &state.attr("records").as_elements().expect("a list")[0];
        assert_eq!(record.attr("count"), &Value::int(12));
        assert!(record.attr("usage").is_null());
        assert_eq!(
            record.attr("price").as_number().map(ToString::to_string).as_deref(),
            Some("0.075")
        );
        assert_eq!(record.attr("as_of").as_str(), Some("2019-06-24T22:32:49Z"));
        assert_eq!(
            state
                .attr("total_price")
                .as_number()
                .map(ToString::to_string)
                .as_deref(),
            Some("0.075")
        );
        assert_eq!(state.attr("price_unit").as_str(), Some("usd"));
    }

    #[test]
    fn each_period_that_may_be_configured_has_its_path() {
        let period = ATTRIBUTES
            .iter()
            .find(|attribute| attribute.name == "period")
            .expect("it is there");
        assert!(matches!(period.kind, Kind::Text));
        let Check::OneOf(allowed) = period.checks[0] else {
            unreachable!("the periods are a closed set")
        };
        assert!(allowed.iter().eq(PERIODS.iter().map(|(name, _)| name)));
    }

    #[test]
    fn days_are_absolute_or_relative() {
        for good in ["2026-01-31", "-30days", "+1day", "-1month"] {
            assert_eq!(date(good), Ok(()), "{good}");
        }
        for wrong in [
            "",
            "31.1.2026",
            "2026-02-30",
            "2026-1-31",
            "30days",
            "-days",
            "-30",
            "-30 days",
            "yesterday",
        ] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }
}
