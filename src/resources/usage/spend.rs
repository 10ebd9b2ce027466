//! Money in usage records. It is added up exactly and shown as a decimal text: a float would show cents that nobody paid.
//!
//! What is not known stays unknown. Twilio leaves a figure out where it has none, and a missing figure is no zero: a budget that took
//! it for one would hold for ever.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::Value as Json;

use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::number::Number;
use crate::framework::reason::Reason;
use crate::resources::usage::categories::CATEGORIES;
use crate::twilio::{AccountSid, Client, ListRequest, Product, Request, lenient};

/// The category that Twilio sums everything up in.
pub(in crate::resources) const TOTAL: &str = "totalprice";

/// Digits behind the decimal point of what is worked out: Twilio's own prices have up to six.
pub(super) const DIGITS: u8 = 6;

/// What is kept of a record.
const KEPT: &[&str] = &[
    "account_sid",
    "category",
    "count",
    "count_unit",
    "usage",
    "usage_unit",
    "price",
    "price_unit",
    "start_date",
    "end_date",
    "as_of",
];

/// A question for usage records: the part of Twilio's path behind `Records`, and parameters.
#[derive(Debug, Clone)]
pub(in crate::resources) struct Question<'a> {
    pub(in crate::resources) part: &'a str,
    pub(in crate::resources) category: Option<&'a str>,
    pub(in crate::resources) start: Option<String>,
    pub(in crate::resources) end: Option<String>,
    pub(in crate::resources) include_subaccounts: bool,
}

impl Question<'_> {
    /// Asks for all records, which are of one account: the client signs in as its parent where it has to.
    ///
    /// # Errors
    /// As [`Client::list`]. A diagnostic where the records are not those of the request: what was spent is worked out of them, so one
    /// of another time, or one that is there twice, would count.
    pub(in crate::resources) async fn ask(
        &self,
        client: &Client,
        account: &AccountSid,
    ) -> Result<Vec<Properties>, Fault> {
        let path = format!("/2010-04-01/Accounts/{account}/Usage/Records{}.json", self.part);
        let parameters = [
            ("Category", self.category),
            ("StartDate", self.start.as_deref()),
            ("EndDate", self.end.as_deref()),
            ("IncludeSubaccounts", (!self.include_subaccounts).then_some("false")),
        ];
        let request = Request::get(Product::Api, account, path);
        let request = parameters
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .fold(request, |request, (name, value)| request.query(name, value));
        let list = ListRequest::new(request).key("usage_records").largest_pages();
        let list = match self.include_subaccounts {
            true => list.of_any_account(),
            false => list,
        };
        let mut records = Vec::new();
        let all = client.each(list, |mut record| {
            record.retain(|field, _| KEPT.contains(&field.as_str()));
            records.push(record);
            ControlFlow::Continue(())
        });
        all.await?;
        match self.contradiction(&records, client.server_time()) {
            None => Ok(records),
            Some(why) => Err(Diagnostic::error(
                "Twilio's usage records are not those of the request",
                format!(
                    "Of what account {account} used, Twilio returned {why}. Nothing was worked out of that. Read it again; if it stays \
                     so, look at the account's usage in the Console, and report this to Twilio's support."
                ),
            )
            .into()),
        }
    }

    /// What is wrong with the records as a response, at this moment.
    fn contradiction(&self, records: &[Properties], now: Timestamp) -> Option<String> {
        let (first, last) = self.days(now);
        let mut seen = BTreeSet::new();
        records.iter().find_map(|record| {
            let known_by = ["account_sid", "category", "start_date", "end_date"].map(|field| text(record, field));
            let category = known_by[1].unwrap_or("usage without a category");
            if !seen.insert(known_by) {
                return Some(format!("{category} twice"));
            }
            let begins = day(record);
            let ends = text(record, "end_date").and_then(|text| text.parse::<Date>().ok());
            if self.part == DAILY && begins.is_none() {
                return Some(format!("{category} of no day"));
            }
            // What is paid back may stand in a category of its own; all of it together costs something.
            if category == TOTAL && number(record, "price").is_some_and(|price| price < Number::zero()) {
                return Some(format!("{category} with a price below nothing"));
            }
            let is_before = first.zip(begins).is_some_and(|(first, begins)| begins < first);
            let is_after = last.zip(ends.or(begins)).is_some_and(|(last, ends)| ends > last);
            (is_before || is_after).then(|| format!("{category} of another time ({})", known_by[2].unwrap_or_default()))
        })
    }

    /// The days that records may be of, as far as that is known here. Midnight may have passed on the way.
    fn days(&self, now: Timestamp) -> (Option<Date>, Option<Date>) {
        let day_around = |seconds: i64| {
            let moment = now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(now);
            day_of(moment)
        };
        let (earlier, later) = (day_around(-AROUND_MIDNIGHT), day_around(AROUND_MIDNIGHT));
        let asked = |day: &Option<String>| day.as_ref().and_then(|day| day.parse().ok());
        match self.part {
            "/Today" => (Some(earlier), Some(later)),
            "/Yesterday" => (
                Some(earlier.saturating_sub(1.days())),
                Some(later.saturating_sub(1.days())),
            ),
            _ => (asked(&self.start), asked(&self.end)),
        }
    }
}

/// Seconds for which midnight may be just before, or just ahead.
const AROUND_MIDNIGHT: i64 = 600;

/// The part of Twilio's path for a record of each day.
pub(super) const DAILY: &str = "/Daily";

/// The text of a record's field; none where it is empty.
pub(super) fn text<'a>(record: &'a Properties, field: &str) -> Option<&'a str> {
    record.get(field)?.as_str().filter(|text| !text.is_empty())
}

/// The number in a record's field; none where Twilio has no figure.
pub(super) fn number(record: &Properties, field: &str) -> Option<Number> {
    lenient::number(record.get(field)?)?.parse().ok()
}

/// The day on which a record begins.
pub(super) fn day(record: &Properties) -> Option<Date> {
    text(record, "start_date")?.parse().ok()
}

/// Whether a record is of this category.
pub(in crate::resources) fn is_of(record: &Properties, category: &str) -> bool {
    text(record, "category") == Some(category)
}

/// Up to which moment all records count, the latest that any of them says.
pub(super) fn as_of(records: &[Properties]) -> Option<Timestamp> {
    records
        .iter()
        .filter_map(|record| lenient::moment(text(record, "as_of")?))
        .max()
}

/// The currency of the records.
///
/// # Errors
/// They have several, whose amounts cannot be added up.
pub(super) fn currency(records: &[Properties]) -> Result<Option<&str>, Fault> {
    let mut units = records.iter().filter_map(|record| text(record, "price_unit"));
    let first = units.next();
    match units.find(|unit| first.is_some_and(|first| !first.eq_ignore_ascii_case(unit))) {
        None => Ok(first),
        Some(_) => Err(Diagnostic::error(
            "Usage in several currencies",
            "Twilio returned prices in more than one currency, and these cannot be added up. Read each account on its own, with \
             data.twilio_usage_records.",
        )
        .into()),
    }
}

/// The prices of all records together; none where there is no record, or one of them has no price.
pub(in crate::resources) fn total<'a>(records: impl IntoIterator<Item = &'a Properties>) -> Option<Number> {
    let prices: Option<Vec<Number>> = records.into_iter().map(|record| number(record, "price")).collect();
    prices
        .filter(|prices| !prices.is_empty())
        .map(|prices| prices.into_iter().sum())
}

/// An amount as an attribute has it.
pub(super) fn shown(amount: Option<&Number>) -> Json {
    amount.map_or(Json::Null, |amount| Json::String(amount.to_string()))
}

/// The day of a moment, as Twilio divides time: in GMT.
pub(super) fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// How much of the days from `first` to `last`, both included, has passed at `moment`: from 0 to 1.
pub(super) fn passed(first: Date, last: Date, moment: Timestamp) -> Option<Number> {
    let begins = |day: Date| Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second());
    let (start, end) = (begins(first)?, begins(last.tomorrow().ok()?)?);
    let passed = moment.as_second().clamp(start, end) - start;
    Number::from(passed).over(&Number::from(end - start), DIGITS)
}

/// Twilio answers a category that it does not have with an empty list. Taken for a zero, a mistake in the spelling would look like
/// nothing spent.
pub(super) fn refuse_unknown(category: &str, records: &[Properties], attribute: &str) -> Result<(), Fault> {
    if !records.is_empty() || CATEGORIES.contains(&category) {
        return Ok(());
    }
    Err(counts_nothing(attribute).into())
}

/// Says that Twilio has no such category.
pub(super) fn counts_nothing(attribute: &str) -> Diagnostic {
    Diagnostic::error(
        "Twilio counts nothing under this category",
        "The category is none of the documented ones, and Twilio has no record of it. Check its spelling: the names are in \
         Twilio's list of usage categories, https://www.twilio.com/docs/usage/api/usage-record",
    )
    .at_attribute(attribute)
}

/// An amount of money, as it is configured.
pub(super) fn amount(text: &str) -> Result<(), Reason> {
    match text.parse::<Number>() {
        Ok(amount) if amount >= Number::zero() => Ok(()),
        _ => Err(
            "It is not an amount of money. Write a number such as 100 or \"12.50\", in the account's currency.".into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn records(records: Json) -> Vec<Properties> {
        serde_json::from_value(records).expect("records")
    }

    #[test]
    fn records_of_another_time_or_twice_are_no_answer() {
        let question = |part: &'static str| Question {
            part,
            category: None,
            start: (part != "/Today").then(|| "2026-03-01".to_owned()),
            end: (part != "/Today").then(|| "2026-03-10".to_owned()),
            include_subaccounts: false,
        };
        let record = |category: &str, first: Json, last: Json| json!({"category": category, "start_date": first, "end_date": last});
        let judged = |part: &'static str, all: Json| {
            let now = "2026-03-10T12:00:00Z".parse().expect("a moment");
            question(part).contradiction(&records(all), now).unwrap_or_default()
        };
        let (first, last) = (json!("2026-03-01"), json!("2026-03-10"));
        let sms = record("sms", first.clone(), last.clone());
        let calls = record("calls", first.clone(), last.clone());
        assert_eq!(judged("", json!([sms, calls])), "");
        assert_eq!(judged("", json!([sms, sms])), "sms twice");
        let old = record("sms", json!("2020-01-01"), json!("2020-01-31"));
        assert_eq!(judged("", json!([calls, old])), "sms of another time (2020-01-01)");
        let late = record("sms", first, json!("2026-04-01"));
        assert_eq!(judged("", json!([late])), "sms of another time (2026-03-01)");
        assert_eq!(
            judged(DAILY, json!([record("sms", json!("soon"), last.clone())])),
            "sms of no day"
        );
        assert_eq!(judged("/Today", json!([record("sms", last.clone(), last)])), "");
        assert_ne!(judged("/Today", json!([old])), "");
        let (eve, day) = (json!("2026-03-09"), json!("2026-03-10"));
        let yesterday = record("sms", eve.clone(), eve.clone());
        assert_ne!(judged("/Today", json!([yesterday])), "", "yesterday is not today");
        assert_eq!(judged("/Yesterday", json!([yesterday])), "");
        assert_ne!(judged("/Yesterday", json!([record("sms", day.clone(), day)])), "");
        let mut paid_back = yesterday;
        paid_back["price"] = json!("-5");
        paid_back["category"] = json!(TOTAL);
        assert_eq!(
            judged("/Yesterday", json!([paid_back])),
            "totalprice with a price below nothing"
        );
    }

    fn sum(all: Json) -> Option<String> {
        total(&records(all)).map(|total| total.to_string())
    }

    #[test]
    fn what_has_no_price_is_not_taken_for_free() {
        assert_eq!(sum(json!([{"price": "0.1"}, {"price": 0.2}])).as_deref(), Some("0.3"));
        assert_eq!(sum(json!([{"price": "0"}])).as_deref(), Some("0"));
        for unknown in [
            json!([]),
            json!([{}]),
            json!([{"price": ""}]),
            json!([{"price": "1"}, {"price": null}]),
        ] {
            assert_eq!(sum(unknown.clone()), None, "{unknown}");
        }
    }

    #[test]
    fn two_currencies_are_not_added_up() {
        let of = |units: [&str; 2]| {
            let all = records(json!(units.map(|unit| json!({"price": "1", "price_unit": unit}))));
            currency(&all).map(|unit| unit.map(str::to_owned)).ok()
        };
        assert_eq!(of(["usd", "USD"]), Some(Some("usd".to_owned())));
        assert_eq!(of(["", "eur"]), Some(Some("eur".to_owned())));
        assert_eq!(of(["usd", "eur"]), None);
    }

    #[test]
    fn a_part_of_the_time_has_passed() {
        let share = |moment: &str| {
            let day = |text: &str| text.parse().expect("a day");
            let moment = moment.parse().expect("a moment");
            passed(day("2026-02-01"), day("2026-02-28"), moment).map(|share| share.to_string())
        };
        assert_eq!(share("2026-02-15T00:00:00Z").as_deref(), Some("0.5"));
        assert_eq!(share("2026-02-08T00:00:00Z").as_deref(), Some("0.25"));
        assert_eq!(share("2026-01-01T00:00:00Z").as_deref(), Some("0"));
        assert_eq!(share("2026-03-05T00:00:00Z").as_deref(), Some("1"));
    }

    #[test]
    fn an_amount_is_a_decimal_number_of_at_least_nothing() {
        for good in ["0", "100", "12.50"] {
            assert_eq!(amount(good), Ok(()), "{good}");
        }
        for wrong in ["", "-1", "100 USD", "1,000", "NaN"] {
            assert!(amount(wrong).is_err(), "{wrong}");
        }
    }
}
