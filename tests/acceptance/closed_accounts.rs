//! What is in a subaccount that was closed or suspended elsewhere.

use serde_json::json;

use crate::sandbox::Sandbox;

const CUSTOMER: &str = r#"resource "twilio_subaccount" "customer" { friendly_name = "Customer" }"#;

/// One object of the API where the parent acts through the path, and one of a product where the child signs in.
fn belongings(account: &str) -> String {
    format!(
        r#"
        resource "twilio_twiml_app" "app" {{
          account_sid   = "{account}"
          friendly_name = "App"
        }}
        resource "twilio_messaging_service" "alerts" {{
          account_sid   = "{account}"
          friendly_name = "Alerts"
        }}
        "#
    )
}

const ADDRESSES: [&str; 2] = ["twilio_twiml_app.app", "twilio_messaging_service.alerts"];

/// A sandbox with a subaccount in the given state that has belongings, of which only the belongings are in the state.
fn sandbox(status: &str) -> (Sandbox, String) {
    let sandbox = Sandbox::standing();
    sandbox.apply(CUSTOMER);
    let sid = sandbox.resource("twilio_subaccount.customer")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    sandbox.succeed(&["state", "rm", "twilio_subaccount.customer"]);
    sandbox.apply(&belongings(&sid));
    let path = format!("/2010-04-01/Accounts/{sid}.json");
    sandbox
        .twilio
        .change("api.twilio.com", &path, &json!({"status": status}))
        .expect("it can be changed");
    (sandbox, sid)
}

#[test]
fn what_was_in_a_closed_account_is_gone_and_blocks_no_plan() {
    let (sandbox, sid) = sandbox("closed");
    sandbox.configure("");
    let plan = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = plan.unwrapped();
    assert_eq!(plan.code, 0, "{said}");
    assert!(said.contains("gone with its account") && said.contains(&sid), "{said}");
    sandbox.apply("");
    for address in ADDRESSES {
        let listed = sandbox
            .terraform
            .run(&["state", "list"])
            .expect("terraform starts")
            .text();
        assert!(!listed.contains(address), "{listed}");
    }
}

#[test]
fn destroying_what_was_in_a_closed_account_succeeds() {
    let (sandbox, _) = sandbox("closed");
    let output = sandbox.succeed(&["destroy", "-auto-approve", "-refresh=false", "-no-color"]);
    assert!(
        output.unwrapped().contains("gone with its account"),
        "{}",
        output.text()
    );
}

#[test]
fn whatever_way_a_closed_account_refuses_its_parents_word_counts() {
    for (status, code) in [(401, 20003), (403, 20403), (404, 20404)] {
        let (sandbox, sid) = sandbox("closed");
        let refused = |path: &str, host: &str| {
            json!({"match": {"host": host, "path": path}, "fault": "status", "status": status,
            "body": {"code": code, "message": "no", "more_info": "", "status": status}})
        };
        let inside = format!("^/2010-04-01/Accounts/{sid}/");
        let faults = json!([refused(&inside, "api.twilio.com"), refused("", "messaging.twilio.com")]);
        sandbox.twilio.faults(&faults).expect("the faults are understood");
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    }
}

#[test]
fn a_suspended_account_is_named_with_what_to_do_and_what_is_in_it_stays() {
    let (sandbox, sid) = sandbox("suspended");
    // Twilio lists a suspended account among the causes: https://www.twilio.com/docs/api/errors/20003
    let refused = |path: &str, host: &str| {
        json!({"match": {"host": host, "path": path}, "fault": "status", "status": 401,
        "body": {"code": 20003, "message": "Authenticate", "more_info": "", "status": 401}})
    };
    let inside = format!("^/2010-04-01/Accounts/{sid}/");
    let faults = json!([refused(&inside, "api.twilio.com"), refused("", "messaging.twilio.com")]);
    sandbox.twilio.faults(&faults).expect("the faults are understood");
    for command in [
        &["plan", "-no-color"] as &[&str],
        &["destroy", "-auto-approve", "-refresh=false", "-no-color"],
    ] {
        let output = sandbox.terraform.run(command).expect("terraform starts");
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        for needle in ["is suspended", sid.as_str(), "status = \"active\"", "20003"] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    }
    for address in ADDRESSES {
        assert!(sandbox.resource(address)["sid"].is_string(), "{address}");
    }
}

#[test]
fn an_account_that_is_in_use_and_refuses_is_an_error() {
    let (sandbox, _) = sandbox("active");
    let refused = json!([{"match": {"host": "messaging.twilio.com"}, "fault": "status", "status": 403,
        "body": {"code": 20403, "message": "no", "more_info": "", "status": 403}}]);
    sandbox.twilio.faults(&refused).expect("the fault is understood");
    let output = sandbox
        .terraform
        .run(&[
            "destroy",
            "-auto-approve",
            "-refresh=false",
            "-target",
            ADDRESSES[1],
            "-no-color",
        ])
        .expect("terraform starts");
    assert_ne!(output.code, 0, "{}", output.text());
    assert!(sandbox.resource(ADDRESSES[1])["sid"].is_string());
}
