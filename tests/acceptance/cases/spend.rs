//! What is spent: by account, against a budget, and beside the days before.

use serde_json::{Value as Json, json};

use crate::sandbox::{Sandbox, configure, resource_in};

const TEAM: &str = r#"resource "twilio_subaccount" "team" { friendly_name = "Team A" }"#;

/// A response about usage in place of what the local Twilio would say to requests whose path matches.
fn answers(sandbox: &Sandbox, path: &str, records: Json) {
    let rule = json!([{"match": {"host": "api.twilio.com", "path": path}, "fault": "status", "status": 200,
        "body": {"usage_records": records, "next_page_uri": null, "page": 0, "page_size": 100}}]);
    sandbox.twilio.faults(&rule).expect("the faults are understood");
}

fn refuses(sandbox: &Sandbox, path: &str, status: u16, code: u32) {
    let rule = json!([{"match": {"host": "api.twilio.com", "path": path}, "fault": "status", "status": status,
        "body": {"code": code, "message": "account is not active", "more_info": "", "status": status}}]);
    sandbox.twilio.faults(&rule).expect("the faults are understood");
}

fn text<'a>(of: &'a Json, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_else(|| panic!("{name} is no text: {of:#}"))
}

/// An amount in millionths.
fn micros(amount: &str) -> i64 {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    format!("{whole}{part:0<6}")
        .parse()
        .unwrap_or_else(|_| panic!("{amount} is no amount"))
}

#[test]
fn usage_by_account_adds_up_and_a_suspended_account_is_counted_in() {
    let sandbox = Sandbox::standing();
    let query = r#"
        data "twilio_usage_by_account" "all" {
          period     = "today"
          depends_on = [twilio_subaccount.team]
        }
        data "twilio_usage_by_account" "some" {
          start_date = "-3days"
          categories = ["sms", "calls"]
          depends_on = [twilio_subaccount.team]
        }
        output "doubled" { value = data.twilio_usage_by_account.all.total_price * 2 }
    "#;
    sandbox.apply(&format!("{TEAM}\n{query}"));
    let suspended = TEAM.replace(
        "{ friendly_name = \"Team A\" }",
        "{\n friendly_name = \"Team A\"\n status = \"suspended\"\n}",
    );
    sandbox.apply(&format!("{suspended}\n{query}"));
    sandbox.plan_is_empty("with the usage of a suspended account");
    let team = sandbox.resource("twilio_subaccount.team")["sid"].clone();
    let all = sandbox.resource("data.twilio_usage_by_account.all");
    assert_eq!((&all["complete"], &all["unread"]), (&json!(true), &json!([])));
    let accounts = all["accounts"].as_array().expect("accounts");
    assert_eq!(accounts.len(), 2);
    assert_eq!(accounts[0]["account_sid"], sandbox.handle.account_sid.as_str());
    assert_eq!(
        (&accounts[1]["account_sid"], &accounts[1]["status"]),
        (&team, &json!("suspended"))
    );
    let sum: i64 = accounts.iter().map(|account| micros(text(account, "price"))).sum();
    assert!(sum > 0);
    assert_eq!(
        (micros(text(&all, "total_price")), text(&all, "unattributed_price")),
        (sum, "0")
    );
    for record in all["records"].as_array().expect("records") {
        assert!(
            record["price"].is_string() && record["category"] != "totalprice",
            "{record}"
        );
    }
    let some = sandbox.resource("data.twilio_usage_by_account.some");
    let rows = some["records"].as_array().expect("records");
    assert_eq!(rows.len(), 4, "two categories of two accounts: {rows:#?}");
    assert_eq!(text(&some, "csv").lines().count(), 1 + 2 + 4);
}

#[test]
fn an_account_that_hides_its_usage_is_named_and_not_counted_as_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(TEAM);
    let team = sandbox.resource("twilio_subaccount.team")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    refuses(&sandbox, &format!("/Accounts/{team}/Usage/"), 401, 20003);
    let output = sandbox.apply(&format!(
        "{TEAM}\ndata \"twilio_usage_by_account\" \"all\" {{ period = \"today\" }}\n\
         data \"twilio_usage_anomaly\" \"sms\" {{ category = \"sms\" }}\n"
    ));
    let said = output.unwrapped();
    assert!(
        said.contains("What some accounts spent is not known") && said.contains(&team),
        "{said}"
    );
    for data_source in ["twilio_usage_by_account.all", "twilio_usage_anomaly.sms"] {
        let found = sandbox.resource(&format!("data.{data_source}"));
        assert_eq!(
            (&found["complete"], &found["unread"][0]["account_sid"]),
            (&json!(false), &json!(team))
        );
    }
    let all = sandbox.resource("data.twilio_usage_by_account.all");
    assert!(micros(text(&all, "unattributed_price")) > 0, "{all:#}");
}

#[test]
fn what_a_closed_account_spent_is_still_counted() {
    let sandbox = Sandbox::standing();
    sandbox.apply(TEAM);
    sandbox.apply("");
    sandbox.apply("data \"twilio_usage_by_account\" \"all\" { period = \"today\" }\n");
    let all = sandbox.resource("data.twilio_usage_by_account.all");
    let spent = micros(text(&all["accounts"][0], "price"));
    let rest: i64 = micros(text(&all, "total_price")) - spent;
    assert!(rest > 0, "the closed account has spent something: {all:#}");
    let closed = all["accounts"]
        .as_array()
        .expect("accounts")
        .iter()
        .find(|account| account["status"] == "closed");
    assert_eq!(
        closed.map(|account| micros(text(account, "price"))),
        Some(rest),
        "{all:#}"
    );
}

#[test]
fn a_key_that_sees_no_subaccounts_is_told_so() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&format!(
        "{TEAM}\nresource \"twilio_api_key\" \"key\" {{ friendly_name = \"report\" }}\n"
    ));
    let key = sandbox.resource("twilio_api_key.key");
    let mut report = sandbox.another_workspace();
    report.set_env("TWILIO_AUTH_TOKEN", "");
    report.set_env("TWILIO_API_KEY", text(&key, "sid"));
    report.set_env("TWILIO_API_SECRET", text(&key, "secret"));
    configure(
        &report,
        "data \"twilio_usage_by_account\" \"all\" { period = \"today\" }\ndata \"twilio_budget_status\" \"month\" { soft = 1 }\n",
    );
    let output = report
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert_eq!(output.code, 0, "{said}");
    assert!(
        said.contains("Subaccounts are not counted in") && said.contains("auth token"),
        "{said}"
    );
    let state = report.state_json().expect("the state can be shown");
    let all = resource_in(&state, "data.twilio_usage_by_account.all").expect("it was read");
    assert_eq!((&all["complete"], &all["unread"]), (&json!(false), &json!([])));
    // The sum has the subaccount in it, which the key does not get to see.
    assert!(micros(text(&all, "unattributed_price")) > 0, "{all:#}");
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "the provider that Terraform starts has the real time"
)]
fn a_budget_is_within_reached_and_unknown() {
    let sandbox = Sandbox::standing();
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (first, account) = (today.first_of_month(), &sandbox.handle.account_sid);
    let record = |price: &str| {
        json!({"account_sid": account, "category": "sms", "start_date": first.to_string(), "end_date": today.to_string(),
            "price": price, "price_unit": "usd", "count": "1", "usage": "1"})
    };
    let query = |soft: &str, hard: &str| {
        format!("data \"twilio_budget_status\" \"month\" {{\n soft = {soft}\n hard = {hard}\n category = \"sms\"\n}}\n")
    };
    let status = |soft: &str, hard: &str| {
        sandbox.apply(&query(soft, hard));
        sandbox.resource("data.twilio_budget_status.month")
    };
    answers(&sandbox, "/Usage/Records", json!([record("10.50")]));
    for (soft, hard, state) in [
        ("10.51", "\"20\"", "within"),
        ("\"10.5\"", "20", "soft_reached"),
        ("1", "10.5", "hard_reached"),
    ] {
        let found = status(soft, hard);
        assert_eq!(
            (text(&found, "state"), text(&found, "spent")),
            (state, "10.5"),
            "{soft} {hard}"
        );
    }
    for nothing in [json!([]), json!([record("")])] {
        answers(&sandbox, "/Usage/Records", nothing);
        let output = sandbox.apply(&query("1", "2"));
        assert!(
            output.unwrapped().contains("not taken for nothing"),
            "{}",
            output.text()
        );
        let found = sandbox.resource("data.twilio_budget_status.month");
        assert_eq!((text(&found, "state"), &found["spent"]), ("unknown", &Json::Null));
    }
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "the provider that Terraform starts has the real time"
)]
fn today_is_held_against_the_days_before() {
    let sandbox = Sandbox::standing();
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let record = |back: i64, price: &str| {
        let day = today.saturating_sub(jiff::Span::new().days(back)).to_string();
        json!({"category": "sms", "start_date": day, "end_date": day, "price": price, "price_unit": "usd"})
    };
    let query = "data \"twilio_usage_anomaly\" \"sms\" {\n category = \"sms\"\n include_subaccounts = false\n}\n";
    let result = |records: Json| {
        // The local Twilio's account is of today, with a past before that.
        let own = sandbox.handle.account_sid.as_str();
        let rules = json!([
            {"match": {"host": "api.twilio.com", "path": "/Usage/Records/Daily"}, "fault": "status", "status": 200,
                "body": {"usage_records": records, "next_page_uri": null, "page": 0, "page_size": 100}},
            {"match": {"host": "api.twilio.com", "path": format!("/Accounts/{own}.json")}, "fault": "status", "status": 200,
                "body": {"sid": own, "friendly_name": "Main", "status": "active", "type": "Full",
                    "owner_account_sid": own, "date_created": "Thu, 01 Jan 2026 00:00:00 +0000"}},
        ]);
        sandbox.twilio.faults(&rules).expect("the faults are understood");
        sandbox.apply(query);
        sandbox.resource("data.twilio_usage_anomaly.sms")
    };
    let days = |current: &str| {
        (1..=7)
            .map(|back| record(back, "2"))
            .chain([record(0, current)])
            .collect::<Json>()
    };
    let quiet = result(days("0.05"));
    assert_eq!(
        (&quiet["anomalous"], &quiet["results"][0]["state"]),
        (&json!(false), &json!("normal"))
    );
    let loud = result(days("500.25"));
    let row = &loud["results"][0];
    assert_eq!((&loud["anomalous"], text(row, "state")), (&json!(true), "anomalous"));
    assert_eq!((text(row, "baseline_mean"), text(row, "baseline_median")), ("2", "2"));
    assert_eq!(
        (text(row, "current_price"), &row["baseline_days"]),
        ("500.25", &json!(7))
    );
    let silent = result(json!((1..=7).map(|back| record(back, "2")).collect::<Vec<_>>()));
    assert_eq!(text(&silent["results"][0], "state"), "no_data");

    // A subaccount of today has no whole day behind it.
    sandbox.twilio.faults(&json!([])).expect("the faults are understood");
    sandbox.apply(&format!(
        "{TEAM}\ndata \"twilio_usage_anomaly\" \"sms\" {{\n category = \"sms\"\n account_sid = twilio_subaccount.team.sid\n}}\n"
    ));
    let young = sandbox.resource("data.twilio_usage_anomaly.sms");
    assert_eq!(
        (text(&young["results"][0], "state"), &young["anomalous"]),
        ("no_baseline", &json!(false))
    );
}

#[test]
fn what_is_wrong_is_said_before_anything_is_requested() {
    let sandbox = Sandbox::standing();
    sandbox.twilio.forget_requests().expect("the simulator answers");
    for (block, needles) in [
        (
            "\"twilio_budget_status\" \"a\" { soft = \"12 USD\" }",
            ["soft", "amount of money"],
        ),
        (
            "\"twilio_budget_status\" \"a\" {\n soft = 20\n hard = 10\n}",
            ["hard", "at least"],
        ),
        ("\"twilio_budget_status\" \"a\" {}", ["soft", "hard"]),
        (
            "\"twilio_usage_anomaly\" \"a\" { multiplier = 0 }",
            ["multiplier", "above 0"],
        ),
        (
            "\"twilio_usage_by_account\" \"a\" {\n period = \"today\"\n start_date = \"-3days\"\n}",
            ["start_date", "Leave one of them out"],
        ),
    ] {
        let said = sandbox.apply_fails(&format!("data {block}\n"));
        for needle in needles {
            assert!(said.contains(needle), "{needle}: {said}");
        }
        assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    }
    let asked = sandbox.twilio.requests().expect("the simulator answers");
    assert!(
        asked
            .iter()
            .all(|request| !request["path"].as_str().is_some_and(|path| path.contains("/Usage/"))),
        "{asked:#?}"
    );
}

#[test]
fn a_twilio_that_does_not_answer_is_an_error_and_no_zero() {
    let sandbox = Sandbox::standing();
    let rule = json!([{"match": {"host": "api.twilio.com", "path": "/Usage/Records"}, "fault": "timeout_after"}]);
    sandbox.twilio.faults(&rule).expect("the faults are understood");
    for block in [
        "\"twilio_budget_status\" \"a\" { soft = 1 }",
        "\"twilio_usage_by_account\" \"a\" {}",
    ] {
        sandbox.configure(&format!("data {block}\n"));
        sandbox.provider_block("max_retries = 1\n  request_timeout = 2");
        let output = sandbox
            .terraform
            .run(&["apply", "-auto-approve", "-no-color"])
            .expect("terraform starts");
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        assert!(said.contains("Usage/Records"), "{said}");
    }
}
