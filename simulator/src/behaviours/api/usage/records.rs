//! Usage records. <https://www.twilio.com/docs/usage/api/usage-record>
//!
//! All numbers are texts. The plain list, `AllTime`, `Today`, `Yesterday`, `ThisMonth` and `LastMonth` show one record for each
//! category, also where nothing happened; `Daily`, `Monthly` and `Yearly` show one for each category and piece of time, newest
//! first, and without a category asked for only those with traffic.

use serde_json::{Map, Value, json};

use super::amount::{Amount, decimal};
use super::categories::{self, Category, Traffic};
use super::history::History;
use super::period::{self, Period};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// Subresources and their names in `subresource_uris`.
const SUBRESOURCES: [(&str, &str); 8] = [
    ("all_time", "AllTime"),
    ("daily", "Daily"),
    ("last_month", "LastMonth"),
    ("monthly", "Monthly"),
    ("this_month", "ThisMonth"),
    ("today", "Today"),
    ("yearly", "Yearly"),
    ("yesterday", "Yesterday"),
];

/// Pieces of time: a past of thousands of years has millions of days.
type Periods = Box<dyn Iterator<Item = Period>>;

/// The list of usage records and all its subresources.
pub struct Records;

impl Behaviour for Records {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let history = History::of(ctx, params.flag("IncludeSubaccounts").unwrap_or(true));
        let name = ctx.operation().template().rsplit('/').next().unwrap_or_default();
        let asked = asked(ctx, params, history.all_time())?;
        let today = super::today(ctx);
        // Nothing is known of days to come: of a range that ends in the year 9999 they would be most of what is counted.
        let known = Period {
            end: asked.end.min(today.max(asked.start)),
            ..asked
        };
        let one = |period: Period| -> Periods { Box::new(std::iter::once(period)) };
        let (periods, in_pieces): (Periods, bool) = match name {
            "Daily" => (Box::new(known.days()), true),
            "Monthly" => (Box::new(known.months()), true),
            "Yearly" => (Box::new(known.years()), true),
            "Today" => (one(Period::day(today)), false),
            "Yesterday" => (one(Period::day(today.yesterday().unwrap_or(today))), false),
            "ThisMonth" => (one(Period::month_to(today)), false),
            "LastMonth" => (one(Period::month_before(today)), false),
            _ => (one(asked), false),
        };
        let categories: Vec<Category> = match params.text("Category") {
            // Twilio adds categories faster than it documents them, so an unknown one is not an error.
            Some(name) => categories::find(name).into_iter().collect(),
            None if in_pieces => categories::busy().collect(),
            None => categories::all(),
        };
        let items = periods.flat_map(|period| categories.iter().map(move |category| (category, period)));
        let made = |(category, period): (&Category, Period)| {
            record(ctx, name, category, period, history.amount(category, period))
        };
        ctx.list_made(items, made).map(Some)
    }
}

/// The period that `StartDate` and `EndDate` name, all time where they do not.
fn asked(ctx: &Ctx<'_>, params: &Params, all_time: Period) -> Outcome<Period> {
    let date = |name: &str| match params.text(name) {
        None | Some("") => Ok(None),
        Some(text) => match period::date(text, super::today(ctx)) {
            Some(date) => Ok(Some(date)),
            None => Err(ApiError::invalid_parameter(
                name,
                format_args!("'{text}' is not a date"),
            )),
        },
    };
    let asked = Period {
        start: date("StartDate")?.unwrap_or(all_time.start),
        end: date("EndDate")?.unwrap_or(all_time.end),
    };
    if asked.start > asked.end {
        return Err(ApiError::invalid_parameter("EndDate", "it is before StartDate"));
    }
    // Nothing is known of days before the account was made.
    Ok(Period {
        start: asked.start.max(all_time.start.min(asked.end)),
        end: asked.end,
    })
}

fn record(ctx: &Ctx<'_>, list: &str, category: &Category, period: Period, amount: Amount) -> Value {
    let address = |rest: &str| format!("{}.json?Category={}", super::path(ctx.account, rest), category.name);
    let subresources: Map<String, Value> = SUBRESOURCES
        .iter()
        .map(|(name, path)| ((*name).to_owned(), address(&format!("Records/{path}")).into()))
        .collect();
    let own = match list {
        "Records" => "Records".to_owned(),
        list => format!("Records/{list}"),
    };
    let (count, usage) = match category.traffic {
        Traffic::Total => (Value::Null, decimal(amount.usage)),
        _ => (amount.count.to_string().into(), amount.usage.to_string()),
    };
    json!({
        "account_sid": ctx.account,
        "api_version": "2010-04-01",
        "as_of": ctx.now.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
        "category": category.name,
        "description": category.description,
        "start_date": period.start.to_string(),
        "end_date": period.end.to_string(),
        "count": count,
        "count_unit": category.count_unit,
        "usage": usage,
        "usage_unit": category.usage_unit,
        "price": decimal(amount.price),
        "price_unit": "usd",
        "subresource_uris": subresources,
        "uri": format!("{}&StartDate={}&EndDate={}", address(&own), period.start, period.end),
    })
}
