//! `data.twilio_usage_records`.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const ADDRESS: &str = "data.twilio_usage_records.test";

fn query(arguments: &str) -> String {
    format!("data \"twilio_usage_records\" \"test\" {{\n{arguments}\n}}\n")
}

fn read(sandbox: &Sandbox, arguments: &str) -> Json {
    sandbox.apply(&query(arguments));
    sandbox.resource(ADDRESS)
}

fn prices(answer: &Json, category: &str) -> Vec<f64> {
    let records = answer["records"].as_array().expect("records").iter();
    records
        .filter(|record| record["category"] == category)
        .map(|record| record["price"].as_f64().expect("a number"))
        .collect()
}

/// The path and query with which the first page of usage was asked for, which must have been the same each time.
fn asked(sandbox: &Sandbox) -> (String, Json) {
    let mut all = all_asked(sandbox);
    all.retain(|(_, query)| query.get("PageToken").is_none());
    all.dedup();
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// The paths, below the records, and queries with which usage was asked for.
fn all_asked(sandbox: &Sandbox) -> Vec<(String, Json)> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    requests
        .iter()
        .filter(|request| {
            request["path"]
                .as_str()
                .is_some_and(|path| path.contains("/Usage/Records"))
        })
        .map(|request| {
            let path = request["path"].as_str().unwrap_or_default();
            let last = path.split("/Usage/Records").nth(1).unwrap_or_default();
            (last.to_owned(), request["query"].clone())
        })
        .collect()
}

#[test]
fn every_period_is_read_from_its_own_path() {
    let sandbox = Sandbox::standing();
    for (period, path) in [
        ("base", ".json"),
        ("daily", "/Daily.json"),
        ("monthly", "/Monthly.json"),
        ("yearly", "/Yearly.json"),
        ("all_time", "/AllTime.json"),
        ("today", "/Today.json"),
        ("yesterday", "/Yesterday.json"),
        ("this_month", "/ThisMonth.json"),
        ("last_month", "/LastMonth.json"),
    ] {
        sandbox.twilio.forget_requests().expect("the simulator answers");
        let answer = read(&sandbox, &format!("category = \"sms\"\nperiod = \"{period}\""));
        assert_eq!(asked(&sandbox).0, path, "{period}");
        assert!(!prices(&answer, "sms").is_empty(), "{period}: {answer:#}");
    }
}

#[test]
fn the_total_is_that_of_the_category_or_of_everything_and_numbers_are_numbers() {
    let sandbox = Sandbox::standing();
    let close = |total: &Json, prices: Vec<f64>| {
        let sum: f64 = prices.iter().sum();
        let total = total.as_f64().expect("total_price is a number");
        assert!((total - sum).abs() < 1e-6, "{total} is not {sum}");
    };
    let week = "period = \"daily\"\nstart_date = \"-7days\"\nend_date = \"-1day\"";
    let sms = read(&sandbox, &format!("category = \"sms\"\n{week}"));
    assert_eq!(prices(&sms, "sms").len(), 7, "one record for each day");
    close(&sms["total_price"], prices(&sms, "sms"));

    let everything = read(&sandbox, week);
    close(&everything["total_price"], prices(&everything, "totalprice"));
    let categories = everything["records"].as_array().expect("records").len();
    assert!(categories > 7, "records of many categories: {categories}");
    for record in everything["records"].as_array().expect("records") {
        for number in ["count", "usage", "price"] {
            assert!(
                record[number].is_number() || record[number].is_null(),
                "{number}: {record}"
            );
        }
        assert!(
            record["as_of"].as_str().is_none_or(|moment| moment.ends_with('Z')),
            "{record}"
        );
    }
    assert_eq!(everything["price_unit"], everything["records"][0]["price_unit"]);
}

#[test]
fn dates_and_subaccounts_are_requested_as_configured() {
    let sandbox = Sandbox::standing();
    let arguments =
        "category = \"calls\"\nstart_date = \"2026-01-01\"\nend_date = \"+1day\"\ninclude_subaccounts = false";
    let answer = read(&sandbox, arguments);
    let expected = json!({"Category": "calls", "StartDate": "2026-01-01", "EndDate": "+1day",
        "IncludeSubaccounts": "false", "PageSize": "100"});
    assert_eq!(asked(&sandbox).1, expected);
    assert_eq!(answer["start_date"], "2026-01-01", "what was configured stays");
    assert_eq!(answer["account_sid"], sandbox.handle.account_sid.as_str());

    sandbox.twilio.forget_requests().expect("the simulator answers");
    read(&sandbox, "");
    assert_eq!(asked(&sandbox).1, json!({"PageSize": "100"}));
}

#[test]
fn the_usage_of_a_subaccount_of_the_same_apply_is_read() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&format!(
        "resource \"twilio_subaccount\" \"customer\" {{ friendly_name = \"Customer\" }}\n{}",
        query("account_sid = twilio_subaccount.customer.sid\nperiod = \"today\"")
    ));
    let customer = sandbox.resource("twilio_subaccount.customer")["sid"].clone();
    assert_eq!(sandbox.resource(ADDRESS)["account_sid"], customer);
    sandbox.plan_is_empty("after the apply");
}

#[test]
fn a_day_that_is_none_and_a_period_that_is_none_are_refused_before_anything_is_requested() {
    let sandbox = Sandbox::standing();
    for (argument, needles) in [
        ("start_date = \"last tuesday\"", ["start_date", "YYYY-MM-DD", "-30days"]),
        ("period = \"weekly\"", ["period", "daily", "last_month"]),
    ] {
        let said = sandbox.apply_fails(&query(argument));
        for needle in needles {
            assert!(said.contains(needle), "{needle}: {said}");
        }
        assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    }
    assert_eq!(all_asked(&sandbox), []);
}

#[test]
fn a_mistyped_category_does_not_pass_for_one_of_which_nothing_was_used() {
    let sandbox = Sandbox::standing();
    for period in ["base", "today", "daily"] {
        let said = sandbox.apply_fails(&query(&format!("category = \"smss\"\nperiod = \"{period}\"")));
        assert!(
            said.contains("counts nothing under this category") && said.contains("sms"),
            "{said}"
        );
    }
    // One that is known and unused is nothing to complain about.
    let answer = read(&sandbox, "category = \"wireless\"\nperiod = \"today\"");
    assert_eq!(answer["total_price"], 0);
}
