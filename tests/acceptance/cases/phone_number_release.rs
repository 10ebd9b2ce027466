//! What a plan says of a number that goes and is in use, and what a policy makes of it.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use serde_json::{Value as Json, json};
use terraform_provider_twilio::twilio::{Clock as _, SystemClock};
use xtask::samples::Before;

use crate::sandbox::Sandbox;

const NUMBER: &str = "+14155550100";

const CONFIG: &str = r#"
    resource "twilio_trunk" "pbx" { friendly_name = "PBX" }
    resource "twilio_phone_number" "one" {
      phone_number = "+14155550100"
      trunk_sid    = twilio_trunk.pbx.sid
    }
"#;

const WITHOUT: &str = r#"resource "twilio_trunk" "pbx" { friendly_name = "PBX" }"#;

/// Makes something that no configuration here has, by a request to Twilio. Returns what it goes by.
fn make_keyed(sandbox: &Sandbox, host: &str, path: &str, form: &[(&str, &str)]) {
    let form = form
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let credentials = (sandbox.handle.account_sid.as_str(), sandbox.handle.auth_token.as_str());
    let made = sandbox.twilio.make(host, path, &form, credentials);
    made.unwrap_or_else(|error| panic!("{path}: {error:#}"));
}

fn make(sandbox: &Sandbox, host: &str, path: &str, form: &[(&str, &str)]) -> String {
    let pairs = form
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let before = Before {
        name: path.to_owned(),
        host: host.to_owned(),
        path: path.to_owned(),
        form: pairs.collect(),
        put_there: false,
    };
    sandbox.make(&before, &BTreeMap::new())
}

/// A messaging service with the number in its pool.
fn pool(sandbox: &Sandbox, name: &str) -> String {
    let host = "messaging.twilio.com";
    let service = make(sandbox, host, "/v1/Services", &[("FriendlyName", name)]);
    let number = sandbox.resource("twilio_phone_number.one")["sid"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let senders = format!("/v1/Services/{service}/PhoneNumbers");
    make(sandbox, host, &senders, &[("PhoneNumberSid", &number)]);
    service
}

/// A call or a message of so many days ago, with the number at one end.
fn traffic(sandbox: &Sandbox, collection: &str, end: &str, days: i64) {
    let at = SystemClock::new()
        .now()
        .checked_sub((24 * days).hours())
        .expect("a moment");
    let at = at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    let date = if collection == "Calls" {
        "start_time"
    } else {
        "date_sent"
    };
    let object = json!({
        "host": "api.twilio.com",
        "collection": format!("/2010-04-01/Accounts/{}/{collection}.json", sandbox.handle.account_sid),
        "fields": {end: NUMBER, date: at},
    });
    sandbox.twilio.add(&object).expect("it can be put there");
}

fn plan(sandbox: &Sandbox) -> String {
    sandbox.configure(WITHOUT);
    sandbox.succeed(&["plan", "-no-color"]).unwrapped()
}

fn reads(sandbox: &Sandbox, part: &str) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers").into_iter();
    requests
        .filter(|request| request["path"].as_str().is_some_and(|path| path.contains(part)))
        .collect()
}

#[test]
fn a_number_in_use_is_released_by_a_plan_that_says_who_uses_it() {
    let sandbox = Sandbox::standing();
    sandbox.apply(CONFIG);
    traffic(&sandbox, "Calls", "to", 5);
    let said = plan(&sandbox);
    let trunk = sandbox.resource("twilio_trunk.pbx")["sid"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(said.contains(&format!("It is on SIP trunk {trunk}.")), "{said}");
    for other in ["yesterday", "Not checked", "sender pool"] {
        assert!(!said.contains(other), "{other}: {said}");
    }

    let service = pool(&sandbox, "Alerts");
    let login = make(
        &sandbox,
        "verify.twilio.com",
        "/v2/Services",
        &[("FriendlyName", "Login")],
    );
    let configurations = format!("/v2/Services/{login}/MessagingConfigurations");
    let country = [("Country", "US"), ("MessagingServiceSid", service.as_str())];
    make_keyed(&sandbox, "verify.twilio.com", &configurations, &country);
    traffic(&sandbox, "Messages", "from", 1);
    let said = plan(&sandbox);
    for part in [
        format!("Phone number {NUMBER} will be released"),
        format!("It is in the sender pool of messaging service {service}, which Verify service {login} sends with"),
        format!(", and on SIP trunk {trunk}."),
        "It had messages yesterday or today (GMT).".to_owned(),
        "Not checked: addresses of Conversations (the account does not seem to use it".to_owned(),
    ] {
        assert!(said.contains(&part), "{part}: {said}");
    }
    assert!(
        reads(&sandbox, "/v1/Configuration").is_empty(),
        "asking would set Conversations up"
    );
}

#[test]
fn the_bundle_of_a_number_that_goes_is_named_and_is_no_use_of_it() {
    let sandbox = Sandbox::standing();
    sandbox.apply(CONFIG);
    let number = sandbox.resource("twilio_phone_number.one");
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}.json",
        sandbox.handle.account_sid,
        number["sid"].as_str().expect("a SID")
    );
    assert!(!plan(&sandbox).contains("bundle"));
    let bundle = "BU0123456789abcdef0123456789abcdef";
    let fields = json!({"bundle_sid": bundle});
    let done = sandbox.twilio.change("api.twilio.com", &path, &fields);
    done.expect("it can be changed");
    let said = plan(&sandbox);
    assert!(
        said.contains(&format!(
            "Regulatory bundle {bundle} is assigned to it, and stays in the account."
        )),
        "{said}"
    );
}

#[test]
fn a_trunk_that_took_the_number_since_the_last_apply_is_named() {
    let sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_phone_number" "one" { phone_number = "+14155550100" }"#);
    let number = sandbox.resource("twilio_phone_number.one")["sid"].clone();
    let host = "trunking.twilio.com";
    let trunk = make(&sandbox, host, "/v1/Trunks", &[("FriendlyName", "PBX")]);
    let numbers = format!("/v1/Trunks/{trunk}/PhoneNumbers");
    make_keyed(
        &sandbox,
        host,
        &numbers,
        &[("PhoneNumberSid", number.as_str().unwrap_or_default())],
    );
    sandbox.configure("");
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains(&format!("It is on SIP trunk {trunk}.")), "{said}");

    // Where that cannot be read it is not called free.
    sandbox
        .twilio
        .faults(
            &json!([{"match": {"method": "GET", "path": "IncomingPhoneNumbers"}, "fault": "status", "status": 403,
            "body": {"code": 20003, "message": "Permission denied", "status": 403}}]),
        )
        .expect("a fault can be put in");
    let said = sandbox.succeed(&["plan", "-no-color", "-refresh=false"]).unwrapped();
    assert!(
        said.contains("Not checked: whether it is on a SIP trunk since the last apply ("),
        "{said}"
    );
}

#[test]
fn the_line_of_a_release_in_the_log_has_no_number() {
    let mut sandbox = Sandbox::new();
    sandbox.apply(r#"resource "twilio_phone_number" "one" { phone_number = "+14155550100" }"#);
    let number = sandbox.resource("twilio_phone_number.one")["sid"].clone();
    let log = sandbox.terraform.path().join("provider.log").display().to_string();
    sandbox.terraform.set_env("TF_LOG_PROVIDER", "WARN");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.apply("");
    let said = std::fs::read_to_string(&log).expect("the log was written");
    let line = said.lines().find(|line| line.contains("releasing a phone number"));
    let line = line.unwrap_or_else(|| panic!("it is logged: {said}"));
    assert!(line.contains(number.as_str().expect("a SID")), "by its SID: {line}");
    assert!(!said.contains("4155550100"), "{said}");
}

#[test]
fn an_address_of_conversations_is_named_where_the_account_uses_it() {
    let sandbox = Sandbox::standing();
    sandbox.apply(CONFIG);
    let path = "/v1/Configuration/Addresses";
    let address = make(
        &sandbox,
        "conversations.twilio.com",
        path,
        &[("Type", "sms"), ("Address", NUMBER)],
    );
    let said = plan(&sandbox);
    assert!(
        said.contains(&format!("an address of Conversations ({address})")),
        "{said}"
    );
}

#[test]
fn what_belongs_to_the_account_is_read_once_and_traffic_of_ten_numbers() {
    let sandbox = Sandbox::standing();
    let many = r#"
        resource "twilio_phone_number" "many" {
          count  = 12
          search = { type = "local", iso_country = "US" }
        }
    "#;
    sandbox.apply(many);
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.configure("");
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert_eq!(reads(&sandbox, "/v1/Services").len(), 1);
    assert_eq!(reads(&sandbox, "/Calls.json").len(), 20);
    assert_eq!(said.matches("Not checked: calls and messages").count(), 2, "{said}");
}

#[test]
fn what_twilio_does_not_show_is_named() {
    let sandbox = Sandbox::standing();
    sandbox.apply(CONFIG);
    sandbox
        .twilio
        .faults(
            &json!([{"match": {"method": "GET", "path": "Messages.json"}, "fault": "status", "status": 403,
            "body": {"code": 20003, "message": "Permission denied", "status": 403}}]),
        )
        .expect("a fault can be put in");
    let said = plan(&sandbox);
    assert!(said.contains("Not checked: messages ("), "{said}");
}

#[test]
fn a_policy_releases_only_what_nobody_uses() {
    const POLICY: &str = "policy = { release_only_unused = true }";
    let sandbox = Sandbox::standing();
    sandbox.apply(CONFIG);
    let service = pool(&sandbox, "Alerts");
    let fails = |command: &[&str]| {
        sandbox.configure(WITHOUT);
        sandbox.provider_block(POLICY);
        let output = sandbox.terraform.run(command).expect("terraform starts");
        crate::sandbox::assert_healthy(&output);
        assert_ne!(output.code, 0, "{}", output.text());
        output.unwrapped()
    };
    // A plan may take it out of the pool first, so that is for the apply to see.
    sandbox.configure(WITHOUT);
    sandbox.provider_block(POLICY);
    sandbox.succeed(&["plan", "-no-color"]);
    let said = fails(&["apply", "-auto-approve", "-no-color"]);
    for part in [
        "Refused by policy: release_only_unused",
        "is to be released, and is in the sender pool of messaging service MG",
        "Nothing was destroyed.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    traffic(&sandbox, "Calls", "from", 0);
    let said = fails(&["plan", "-no-color"]);
    assert!(said.contains("in use, with calls yesterday or today (GMT)"), "{said}");
    sandbox
        .twilio
        .remove("messaging.twilio.com", &format!("/v1/Services/{service}"))
        .expect("it can go");
    let said = fails(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("release_only_unused"), "{said}");
    sandbox.resource("twilio_phone_number.one");
}
