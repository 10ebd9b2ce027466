//! What each account of an organisation has used and what it cost, in one read.
//! <https://www.twilio.com/docs/usage/api/usage-record>
//!
//! # Quirks
//! - What Twilio answers for the main account has its subaccounts in it unless a request asks for that to be left out.
//! - The sum that Twilio returns for all of them is read beside the accounts, so that what an unread account spent shows as a difference.

use std::fmt::Write as _;

use futures::future::BoxFuture;
use serde_json::{Value as Json, json};

use super::each_account::{UNREAD, Unread, read_each, tell_what_is_missing};
use super::spend::{self, Question, TOTAL, currency, is_of, number, refuse_unknown, shown, total};
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Kind, Properties, boolean, decimal, objects, set, text, timestamp};
use crate::engine::operations::list::texts;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::number::Number;
use crate::framework::value::Value;
use crate::resources::accounts_below::{Account, accounts};
use crate::resources::reading::ACCOUNT_SID;
use crate::resources::usage::categories::CATEGORIES;
use crate::resources::usage::usage_records::date;
use crate::twilio::{AccountSid, Client, Product, lenient};

/// `data.twilio_usage_by_account`.
pub const USAGE_BY_ACCOUNT: DataSource = DataSource {
    name: "twilio_usage_by_account",
    since: "0.1.0",
    noun: "usage of each account",
    doc: "What an account and each of its subaccounts have used and what it cost, by category, with totals: for a bill to each team, \
          or a table of who spends what. It costs a request for each account and category of `categories`, and a few for each account \
          where that is left out; a few accounts are read at a time. Days are those of GMT.",
    quirks: &[
        "An account that cannot be read is not counted as nothing: `unread` names it, `complete` is false, and `unattributed_price` shows what Twilio counts beyond the accounts that were read.",
        "Categories contain each other: `calls` has `calls-inbound` in it, and `totalprice` has everything. Add up `accounts`, not `records`.",
        "Twilio's API keys do not get to see subaccounts. Sign in with the main account's auth token.",
        "Amounts of money are texts, with all digits that Twilio returns. Terraform calculates and compares with them as with numbers.",
    ],
    category: Category::Usage,
    api_page: "https://www.twilio.com/docs/usage/api/usage-record",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(
        Product::Api,
        &[
            "/2010-04-01/Accounts/{account_sid}/Usage/Records.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/AllTime.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Today.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/Yesterday.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/ThisMonth.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Records/LastMonth.json",
            "/2010-04-01/Accounts.json",
        ],
    ),
    codes: &[],
    rules: &[],
    validate: Some(dates_are_a_period_of_their_own),
    read,
};

/// Periods, as here and as the last part of Twilio's path.
const PERIODS: &[(&str, &str)] = &[
    ("all_time", "/AllTime"),
    ("today", "/Today"),
    ("yesterday", "/Yesterday"),
    ("this_month", "/ThisMonth"),
    ("last_month", "/LastMonth"),
];

/// The period without `period` and dates.
const USUAL_PERIOD: &str = "this_month";

const ATTRIBUTES: &[Field] = &[
    text("period", Setting(Clears))
        .checks(&[Check::OneOf(&["all_time", "today", "yesterday", "this_month", "last_month"])])
        .doc(
            "The time that is counted: `all_time`, `today`, `yesterday`, `this_month` or `last_month`. Default: `this_month`, unless \
             `start_date` or `end_date` is set.",
        ),
    text("start_date", Setting(Clears)).checks(&[Check::Custom(date)]).doc(
        "In place of `period`: only usage on or after this day (GMT), `YYYY-MM-DD`, or relative to today such as `-30days`.",
    ),
    text("end_date", Setting(Clears))
        .checks(&[Check::Custom(date)])
        .doc("In place of `period`: only usage on or before this day (GMT), written in the same way."),
    set("categories", Setting(Clears), &Kind::Text)
        .checks(&[Check::Length(1, 50), Check::Each(&Check::Known(CATEGORIES))])
        .doc(
            "Only these categories, up to 50, for example `[\"sms\", \"calls\"]`; Twilio's page lists all. Default: all that were used.",
        ),
    boolean("include_subaccounts", Setting(Clears)).doc(
        "Whether each subaccount is read, too: also suspended ones, and closed ones that Twilio still lists. Default: `true`.",
    ),
    ACCOUNT_SID,
    text("total_price", Observed).doc(
        "What Twilio counts for all accounts together, in `price_unit`, as decimal text. Null where it has no figure.",
    ),
    text("unattributed_price", Observed).doc(
        "`total_price` without what the accounts in `accounts` spent: what unread accounts spent, and what was counted between one \
         request and the next.",
    ),
    text("price_unit", Observed).doc("Currency of all prices as ISO 4217 code in lower case, for example `usd`."),
    timestamp("as_of").doc("Up to which moment usage is counted in (RFC 3339, UTC)."),
    boolean("complete", Observed).doc("Whether every account was read."),
    objects("accounts", Observed, ACCOUNT).doc("The accounts that were read, the main account first."),
    objects("records", Observed, RECORD).doc(
        "What each account used of each category, without what was not used at all. Each row names its account.",
    ),
    objects("unread", Observed, UNREAD).doc("The accounts whose usage is not known, with the reason."),
    text("csv", Observed).doc(
        "The same as a table of comma-separated values (RFC 4180) with a heading: for each account its `totalprice`, and below it \
         its `records`. The price of an unread account is empty. A text that a spreadsheet would calculate, since it \
         begins with `=`, `+`, `-` or `@`, has a `'` before it.",
    ),
];

const ACCOUNT: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("friendly_name", Observed).doc("Name shown in the Console."),
    text("status", Observed).doc("`active`, `suspended` or `closed`."),
    text("price", Observed).doc("What it spent without its subaccounts, as decimal text."),
];

const RECORD: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("friendly_name", Observed).doc("Name of the account."),
    text("status", Observed).doc("`active`, `suspended` or `closed`."),
    text("category", Observed).doc("What is counted."),
    decimal("count", Observed).doc("How many events there were, in `count_unit`."),
    text("count_unit", Observed).doc("Unit of `count`, for example `messages`."),
    decimal("usage", Observed).doc("How much was used, in `usage_unit`: what Twilio charges for."),
    text("usage_unit", Observed).doc("Unit of `usage`, for example `minutes`."),
    text("price", Observed).doc("What it cost, as decimal text. Null where Twilio has no price."),
    text("price_unit", Observed).doc("Currency as ISO 4217 code in lower case."),
    text("start_date", Observed).doc("First day that is counted (`YYYY-MM-DD`, GMT)."),
    text("end_date", Observed).doc("Last day that is counted (`YYYY-MM-DD`, GMT)."),
];

/// The columns of the table.
const COLUMNS: &[&str] = &[
    "account_sid",
    "friendly_name",
    "status",
    "category",
    "count",
    "count_unit",
    "usage",
    "usage_unit",
    "price",
    "price_unit",
    "start_date",
    "end_date",
];

fn dates_are_a_period_of_their_own(config: &Value, diagnostics: &mut Diagnostics) {
    let is_set = |name: &str| config.attr(name).as_str().is_some();
    if !is_set("period") {
        return;
    }
    for name in ["start_date", "end_date"].into_iter().filter(|name| is_set(name)) {
        let diagnostic = Diagnostic::error(
            "A period and dates exclude each other",
            format!("Both period and {name} say which time is counted. Leave one of them out."),
        );
        diagnostics.push(diagnostic.at_attribute(name));
    }
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let include_subaccounts = query.config.attr("include_subaccounts").as_bool().unwrap_or(true);
        let categories = texts(query.config.attr("categories"));
        let own = question(query.config, false);
        let all = accounts(query, include_subaccounts).await?;
        let everything = Question {
            category: Some(TOTAL),
            include_subaccounts,
            ..own.clone()
        };
        let everything = everything.ask(query.client, query.account).await?;
        let (found, unread, hidden) =
            read_each(query, all, |account| used(query.client, account.sid, &own, &categories)).await?;
        for category in categories.iter().filter(|_| !found.is_empty()) {
            let of_category = found.iter().flat_map(|(_, used)| &used.records);
            let records: Vec<_> = of_category.filter(|record| is_of(record, category)).cloned().collect();
            refuse_unknown(category, &records, "categories")?;
        }
        let mut answer = answer(&everything, &found, &unread)?;
        tell_what_is_missing(query, &unread, hidden.as_deref(), &mut answer);
        Ok(answer)
    })
}

fn question(config: &Value, include_subaccounts: bool) -> Question<'_> {
    let text = |name: &str| config.attr(name).as_str().map(str::to_owned);
    let (start, end) = (text("start_date"), text("end_date"));
    let has_dates = start.is_some() || end.is_some();
    let period = config.attr("period").as_str().unwrap_or(USUAL_PERIOD);
    let part = PERIODS
        .iter()
        .find(|(name, _)| !has_dates && *name == period)
        .map_or("", |(_, part)| part);
    Question {
        part,
        category: None,
        start,
        end,
        include_subaccounts,
    }
}

/// What one account has used.
struct Used {
    price: Number,
    records: Vec<Properties>,
}

/// `None` where Twilio does not say what it cost.
async fn used(
    client: &Client,
    account: AccountSid,
    question: &Question<'_>,
    categories: &[String],
) -> Result<Option<Used>, Fault> {
    let mut records = Vec::new();
    match categories {
        [] => records = question.ask(client, &account).await?,
        _ => {
            let others = categories
                .iter()
                .map(String::as_str)
                .filter(|category| *category != TOTAL);
            for category in others.chain([TOTAL]) {
                let of_category = Question {
                    category: Some(category),
                    ..question.clone()
                };
                let answered = of_category.ask(client, &account).await?;
                records.extend(answered.into_iter().filter(|record| is_of(record, category)));
            }
        }
    }
    let Some(price) = total(records.iter().filter(|record| is_of(record, TOTAL))) else {
        return Ok(None);
    };
    records.retain(|record| !is_of(record, TOTAL));
    Ok(Some(Used { price, records }))
}

/// Whether anything was used at all. What has neither count, usage nor price was not.
fn is_used(record: &Properties) -> bool {
    ["count", "usage", "price"]
        .into_iter()
        .any(|field| number(record, field).is_some_and(|number| !number.is_zero()))
}

fn answer(everything: &[Properties], found: &[(Account, Used)], unread: &[Unread]) -> Result<Properties, Fault> {
    let whole = total(everything.iter().filter(|record| is_of(record, TOTAL)));
    let attributed: Number = found.iter().map(|(_, used)| used.price.clone()).sum();
    let rest = whole.as_ref().map(|whole| whole.minus(&attributed));
    let (mut all, mut accounts, mut records) = (everything.to_vec(), Vec::new(), Vec::new());
    let unit = |records: &[Properties]| currency(records).map(|unit| unit.map(str::to_owned));
    all.extend(found.iter().flat_map(|(_, used)| used.records.clone()));
    let price_unit = unit(&all)?;
    let mut table = heading();
    for (account, used) in found {
        let mut row = account.row();
        row.insert("price".to_owned(), shown(Some(&used.price)));
        accounts.push(Json::Object(row.clone()));
        row.insert("category".to_owned(), TOTAL.into());
        row.insert("price_unit".to_owned(), json!(price_unit));
        line(&mut table, &row);
        for record in used.records.iter().filter(|record| is_used(record)) {
            let row = row_of(account, record);
            line(&mut table, &row);
            records.push(Json::Object(row));
        }
    }
    for one in unread {
        let mut row = one.account().row();
        row.insert("category".to_owned(), TOTAL.into());
        line(&mut table, &row);
    }
    let as_of = spend::as_of(&all).map(|moment| moment.to_string());
    Ok(Properties::from_iter([
        ("total_price".to_owned(), shown(whole.as_ref())),
        ("unattributed_price".to_owned(), shown(rest.as_ref())),
        ("price_unit".to_owned(), json!(price_unit)),
        ("as_of".to_owned(), json!(as_of)),
        ("accounts".to_owned(), Json::Array(accounts)),
        ("records".to_owned(), Json::Array(records)),
        ("csv".to_owned(), Json::String(table)),
    ]))
}

fn row_of(account: &Account, record: &Properties) -> Properties {
    let mut row = account.row();
    let texts = [
        "category",
        "count_unit",
        "usage_unit",
        "price_unit",
        "start_date",
        "end_date",
    ];
    for field in texts {
        row.insert(field.to_owned(), json!(spend::text(record, field)));
    }
    for field in ["count", "usage", "price"] {
        row.insert(field.to_owned(), shown(number(record, field).as_ref()));
    }
    row
}

fn heading() -> String {
    let mut heading = COLUMNS.join(",");
    heading.push_str("\r\n");
    heading
}

/// One row of the table. <https://www.rfc-editor.org/rfc/rfc4180>
fn line(table: &mut String, row: &Properties) {
    for (index, column) in COLUMNS.iter().enumerate() {
        let mut text = row.get(*column).and_then(lenient::text).unwrap_or_default();
        if is_formula(&text) {
            text.insert(0, '\'');
        }
        if index > 0 {
            table.push(',');
        }
        match text.contains([',', '"', '\r', '\n']) {
            true => {
                let _ = write!(table, "\"{}\"", text.replace('"', "\"\""));
            }
            false => table.push_str(&text),
        }
    }
    table.push_str("\r\n");
}

/// Whether a spreadsheet may calculate a cell: whoever names a subaccount would decide what. A number may be negative.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<Number>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::hooks::Warnings;
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, child, ok, parent, status};

    /// What is read with this configuration, and the warnings.
    async fn ask(
        config: &[(&'static str, Value)],
        reply: impl Fn(&ReceivedRequest, usize) -> Reply + Send + Sync + 'static,
    ) -> (Result<Properties, String>, String) {
        let server = Server::start(reply).await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let config = Value::object(config.iter().map(|(name, value)| (*name, value.clone())));
        let query = Query {
            client: &client,
            account: &account,
            config: &config,
            warnings: &warnings,
        };
        let answer = read(query).await.map_err(|fault| match fault {
            Fault::Diagnostic(diagnostic) => diagnostic.summary.clone(),
            Fault::Api(error) => error.to_string(),
        });
        let warned = warnings.take();
        let warned: Vec<_> = warned
            .iter()
            .map(|one| format!("{}: {}", one.summary, one.detail))
            .collect();
        (answer, warned.join("\n"))
    }

    #[test]
    fn a_name_is_no_formula_and_a_negative_number_stays_one() {
        let cell = |text: &str| {
            let (mut table, row) = (
                String::new(),
                Properties::from_iter([("friendly_name".to_owned(), json!(text))]),
            );
            line(&mut table, &row);
            table
                .split_once(',')
                .map(|(_, rest)| rest.to_owned())
                .unwrap_or_default()
        };
        for (name, shown) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+1+1", "'+1+1"),
            ("@x", "'@x"),
            ("-x", "'-x"),
            ("\tx", "'\tx"),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
            ("-5.25", "-5.25"),
            ("a=b", "a=b"),
        ] {
            assert!(cell(name).starts_with(&format!("{shown},")), "{}", cell(name));
        }
    }

    fn is_usage_of(seen: &ReceivedRequest, account: &AccountSid) -> bool {
        seen.target.contains(&format!("/Accounts/{account}/Usage/"))
    }

    fn records(all: &[(&str, &str)]) -> Reply {
        let all = all.iter().map(|(category, price)| {
            json!({"category": category, "count": "2", "usage": "3", "price": price, "price_unit": "usd",
                "start_date": "2026-01-01", "end_date": "2026-01-31"})
        });
        ok(json!({"usage_records": all.collect::<Vec<_>>(), "next_page_uri": null}))
    }

    /// An organisation of two accounts, whose usage costs these amounts.
    fn organisation(seen: &ReceivedRequest, together: &str, of_child: Reply) -> Reply {
        if seen.target.contains("/Accounts.json") {
            return ok(json!({"accounts": [
                {"sid": child().as_str(), "friendly_name": "Team \"A\", blue", "status": "suspended"},
                {"sid": parent().as_str(), "friendly_name": "Main", "status": "active"},
            ], "next_page_uri": null}));
        }
        if is_usage_of(seen, &child()) {
            assert!(seen.target.contains("IncludeSubaccounts=false"), "{}", seen.target);
            return of_child;
        }
        match seen.target.contains("IncludeSubaccounts=false") {
            true => records(&[("sms", "0.1"), ("totalprice", "0.1")]),
            false => records(&[("totalprice", together)]),
        }
    }

    #[tokio::test]
    async fn each_account_has_its_rows_and_all_add_up() {
        let of_child = || records(&[("sms", "0.05"), ("calls", "0.15"), ("totalprice", "0.2")]);
        let (answer, warned) = ask(&[], move |seen, _| organisation(seen, "0.3", of_child())).await;
        let answer = answer.expect("an answer");
        assert_eq!(warned, "");
        assert_eq!(
            (&answer["total_price"], &answer["unattributed_price"]),
            (&json!("0.3"), &json!("0"))
        );
        assert_eq!((&answer["complete"], &answer["unread"]), (&json!(true), &json!([])));
        let spent: Vec<_> = answer["accounts"]
            .as_array()
            .expect("accounts")
            .iter()
            .map(|account| (account["account_sid"].as_str(), account["price"].as_str()))
            .collect();
        assert_eq!(
            spent,
            [
                (Some(parent().as_str()), Some("0.1")),
                (Some(child().as_str()), Some("0.2"))
            ]
        );
        assert_eq!(answer["records"].as_array().map(Vec::len), Some(3));
        assert_eq!(answer["records"][1]["status"], "suspended");
        let table = answer["csv"].as_str().expect("a table");
        let lines: Vec<_> = table.split("\r\n").collect();
        assert_eq!(lines[0], COLUMNS.join(","));
        let row = format!(
            "{},\"Team \"\"A\"\", blue\",suspended,calls,2,,3,,0.15,usd,2026-01-01,2026-01-31",
            child()
        );
        assert_eq!((lines[5], lines.len()), (row.as_str(), 7));
    }

    #[tokio::test]
    async fn what_an_unread_account_spent_is_not_nothing() {
        let refusal = || {
            status(
                401,
                json!({"code": 20003, "message": "account is not active", "status": 401}),
            )
        };
        let (answer, warned) = ask(&[], move |seen, _| organisation(seen, "5.1", refusal())).await;
        let answer = answer.expect("an answer");
        assert_eq!(
            (&answer["complete"], &answer["unattributed_price"]),
            (&json!(false), &json!("5"))
        );
        assert_eq!(answer["unread"][0]["account_sid"], child().as_str());
        assert!(
            answer["unread"][0]["reason"]
                .as_str()
                .is_some_and(|why| why.contains("20003")),
            "{}",
            answer["unread"]
        );
        assert_eq!(answer["accounts"].as_array().map(Vec::len), Some(1));
        assert!(
            warned.contains(child().as_str()) && warned.contains("not counted as nothing"),
            "{warned}"
        );
        let table = answer["csv"].as_str().expect("a table");
        let row = format!("{},\"Team \"\"A\"\", blue\",suspended,totalprice,,,,,,,,\r\n", child());
        assert!(table.ends_with(&row), "{table}");
    }

    #[tokio::test]
    async fn an_account_without_figures_is_unread() {
        let (answer, _) = ask(&[], |seen, _| organisation(seen, "0.1", records(&[]))).await;
        let answer = answer.expect("an answer");
        assert_eq!(
            (&answer["complete"], &answer["unread"][0]["status"]),
            (&json!(false), &json!("suspended"))
        );
    }

    #[tokio::test]
    async fn credentials_that_see_no_accounts_give_a_part_that_is_called_one() {
        let (answer, warned) = ask(&[], |seen, _| match seen.target.contains("/Accounts.json") {
            true => status(403, json!({"code": 20003, "message": "no", "status": 403})),
            false => organisation(seen, "0.3", records(&[])),
        })
        .await;
        let answer = answer.expect("an answer");
        assert_eq!(
            (&answer["complete"], &answer["unattributed_price"]),
            (&json!(false), &json!("0.2"))
        );
        assert!(warned.contains("Subaccounts are not counted in"), "{warned}");
    }

    #[tokio::test]
    async fn a_way_that_fails_is_an_error_and_a_mistyped_category_too() {
        let (answer, _) = ask(&[], |seen, _| organisation(seen, "0.3", status(500, "down"))).await;
        assert!(answer.is_err(), "{answer:?}");
        let categories = Value::Set(vec!["smss".into()]);
        let (answer, _) = ask(&[("categories", categories)], |seen, _| {
            match seen.target.contains("Category=smss") {
                true => records(&[]),
                false => organisation(seen, "0.3", records(&[("totalprice", "0.2")])),
            }
        })
        .await;
        assert_eq!(answer, Err("Twilio counts nothing under this category".to_owned()));
    }
}
