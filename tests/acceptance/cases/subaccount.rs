//! `twilio_subaccount`.

use serde_json::json;

use crate::sandbox::Sandbox;

#[test]
fn a_suspended_account_is_renamed_and_active_again_when_the_status_is_taken_out() {
    let sandbox = Sandbox::standing();
    let config = |name: &str, more: &str| {
        format!("resource \"twilio_subaccount\" \"a\" {{\n  friendly_name = \"{name}\"\n  {more}\n}}\n")
    };
    sandbox.apply(&config("Customer", "status = \"suspended\""));
    sandbox.plan_is_empty("after the create");
    sandbox.apply(&config("Customer 42", "status = \"suspended\""));
    sandbox.plan_is_empty("after another name");
    assert_eq!(sandbox.resource("twilio_subaccount.a")["status"], "suspended");
    sandbox.apply(&config("Customer 42", ""));
    sandbox.plan_is_empty("without a status");
    assert_eq!(sandbox.resource("twilio_subaccount.a")["status"], "active");
}

#[test]
fn the_auth_token_is_in_the_state_only_where_requested() {
    let sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_subaccount" "a" { friendly_name = "A" }"#);
    assert!(sandbox.resource("twilio_subaccount.a")["auth_token"].is_null());
    sandbox.apply(
        r#"resource "twilio_subaccount" "a" {
             friendly_name     = "A"
             expose_auth_token = true
           }"#,
    );
    let token = sandbox.resource("twilio_subaccount.a")["auth_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    assert_eq!(token.len(), 32);
    sandbox.plan_is_empty("with the token exposed");
    sandbox.apply(r#"resource "twilio_subaccount" "a" { friendly_name = "A" }"#);
    assert!(sandbox.resource("twilio_subaccount.a")["auth_token"].is_null());
}

#[test]
fn closing_refuses_while_something_is_owned_and_names_it() {
    let sandbox = Sandbox::standing();
    let owned = r#"
        resource "twilio_subaccount" "a" { friendly_name = "A" }
        resource "twilio_messaging_service" "s" {
          account_sid   = twilio_subaccount.a.sid
          friendly_name = "Alerts"
        }
    "#;
    sandbox.apply(owned);
    let service = sandbox.resource("twilio_messaging_service.s");
    let account = sandbox.resource("twilio_subaccount.a");
    assert_eq!(
        service["account_sid"], account["sid"],
        "the service is in the subaccount"
    );
    sandbox.succeed(&["state", "rm", "twilio_messaging_service.s"]);

    let said = sandbox.apply_fails("");
    let sid = service["sid"].as_str().expect("a SID");
    for needle in ["still owns", sid, "force_close", "It was left as it is"] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(sandbox.resource("twilio_subaccount.a")["status"], "active");

    let plan = sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts")
        .unwrapped();
    assert!(plan.contains("will be closed for good"), "{plan}");
    sandbox.apply(
        r#"resource "twilio_subaccount" "a" {
        friendly_name = "A"
        force_close   = true
    }"#,
    );
    sandbox.apply("");
    sandbox.nothing_is_left();
}

#[test]
fn destroying_can_suspend_or_leave_the_account() {
    for (choice, status) in [("suspend", "suspended"), ("retain", "active")] {
        let sandbox = Sandbox::standing();
        sandbox.apply(&format!(
            r#"resource "twilio_subaccount" "a" {{
                 friendly_name = "A"
                 on_destroy    = "{choice}"
               }}"#
        ));
        let sid = sandbox.resource("twilio_subaccount.a")["sid"]
            .as_str()
            .expect("a SID")
            .to_owned();
        sandbox.apply("");
        let objects = sandbox.twilio.objects().expect("the simulator answers");
        let account = objects
            .iter()
            .find(|object| object["sid"] == sid.as_str())
            .expect("the account still exists");
        assert_eq!(account["body"]["status"], status);
    }
}

#[test]
fn a_protected_account_is_not_closed() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_subaccount" "a" {
             friendly_name       = "A"
             deletion_protection = true
           }"#,
    );
    let said = sandbox.apply_fails("");
    assert!(
        said.contains("protected") && said.contains("deletion_protection = false"),
        "{said}"
    );
    assert_eq!(sandbox.resource("twilio_subaccount.a")["status"], "active");
}

#[test]
fn an_account_that_still_shows_as_active_was_not_closed() {
    let sandbox = Sandbox::standing();
    sandbox.apply("resource \"twilio_subaccount\" \"a\" {\n  friendly_name = \"Tenant\"\n}");
    let account = sandbox.resource("twilio_subaccount.a");
    let body = json!({"sid": account["sid"], "owner_account_sid": account["account_sid"], "status": "active"});
    let fault = json!([{"match": {"method": "POST", "path": "/2010-04-01/Accounts/AC[0-9a-f]+.json$"}, "fault": "status",
        "status": 200, "body": body}]);
    sandbox.twilio.faults(&fault).expect("the fault is understood");
    let destroy = ["destroy", "-auto-approve", "-no-color"];
    let destroyed = sandbox.terraform.run(&destroy).expect("terraform starts");
    assert_eq!(destroyed.code, 1, "{}", destroyed.text());
    assert!(destroyed.unwrapped().contains("is not closed"), "{}", destroyed.text());
    assert_eq!(sandbox.resource("twilio_subaccount.a")["sid"], account["sid"]);
    sandbox.twilio.faults(&json!([])).expect("the fault is taken back");
    sandbox.succeed(&destroy);
}

#[test]
fn an_account_that_was_closed_elsewhere_is_planned_anew() {
    let sandbox = Sandbox::standing();
    let config = r#"resource "twilio_subaccount" "a" { friendly_name = "A" }"#;
    sandbox.apply(config);
    let sid = sandbox.resource("twilio_subaccount.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let path = format!("/2010-04-01/Accounts/{sid}.json");
    sandbox
        .twilio
        .change("api.twilio.com", &path, &serde_json::json!({"status": "closed"}))
        .expect("it can be closed");
    let plan = sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts")
        .unwrapped();
    assert!(
        plan.contains("1 to add") && plan.contains(&format!("twilio_subaccount {sid} is closed")),
        "{plan}"
    );
    assert!(!plan.contains("no longer exists"), "{plan}");
    let closed = format!("data \"twilio_subaccount\" \"a\" {{ sid = \"{sid}\" }}");
    sandbox.configure(&closed);
    let said = sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts")
        .unwrapped();
    assert!(said.contains("The subaccount is closed"), "{said}");
    // One that is nobody's is no matter of the credentials.
    let other = format!("AC{:032}", 0);
    sandbox.configure(&closed.replace(&sid, &other));
    let said = sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts")
        .unwrapped();
    assert!(
        said.contains(&format!("Account {other} is not one of the subaccounts")),
        "{said}"
    );
}

#[test]
fn a_main_account_cannot_be_imported_as_a_subaccount() {
    let sandbox = Sandbox::standing();
    sandbox.configure(r#"resource "twilio_subaccount" "a" { friendly_name = "A" }"#);
    let own = sandbox.handle.account_sid.clone();
    let output = sandbox
        .terraform
        .run(&["import", "-no-color", "twilio_subaccount.a", &own])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert!(
        output.code != 0 && said.contains("main account, not a subaccount"),
        "{said}"
    );
}

#[test]
fn an_account_that_does_not_show_what_it_owns_is_closed_only_by_force() {
    let sandbox = Sandbox::standing();
    let config =
        |more: &str| format!("resource \"twilio_subaccount\" \"a\" {{\n  friendly_name = \"A\"\n  {more}\n}}\n");
    sandbox.apply(&config(""));
    // Twilio lists a suspended account among the causes: https://www.twilio.com/docs/api/errors/20003
    let refused = serde_json::json!([{"match": {"host": "messaging.twilio.com"}, "fault": "status", "status": 401,
        "body": {"code": 20003, "message": "Authenticate", "more_info": "", "status": 401}}]);
    sandbox.twilio.faults(&refused).expect("the fault is understood");
    let said = sandbox.apply_fails("");
    for needle in [
        "cannot be seen",
        "messaging service",
        "It was left as it is",
        "force_close = true",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(sandbox.resource("twilio_subaccount.a")["status"], "active");
    sandbox.apply(&config("force_close = true"));
    sandbox.apply("");
    sandbox.nothing_is_left();
}

/// A suspended account's own credentials are refused: <https://www.twilio.com/docs/api/errors/20003>.
#[test]
fn a_suspended_account_is_closed_after_it_is_active_again_or_by_force() {
    let sandbox = Sandbox::standing();
    let config =
        |more: &str| format!("resource \"twilio_subaccount\" \"a\" {{\n  friendly_name = \"A\"\n  {more}\n}}\n");
    sandbox.apply(&config("status = \"suspended\""));
    let said = sandbox.apply_fails("");
    for needle in [
        "suspended",
        "It was left as it is",
        "status = \"active\"",
        "force_close = true",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(sandbox.resource("twilio_subaccount.a")["status"], "suspended");
    sandbox.apply(&config("status = \"active\""));
    sandbox.apply("");
    sandbox.nothing_is_left();
}

/// All that Twilio would lose with the account keeps it from being closed, not numbers and services alone.
#[test]
fn whatever_is_left_in_an_account_is_named_in_the_plan_and_keeps_it_from_being_closed() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"
        resource "twilio_subaccount" "a" { friendly_name = "A" }
        resource "twilio_twiml_app" "app" { account_sid = twilio_subaccount.a.sid }
        resource "twilio_trunk" "trunk" { account_sid = twilio_subaccount.a.sid }
        resource "twilio_verify_service" "shop" {
          account_sid   = twilio_subaccount.a.sid
          friendly_name = "Shop"
        }
        resource "twilio_api_key" "key" { account_sid = twilio_subaccount.a.sid }
    "#,
    );
    let left = [
        "twilio_twiml_app.app",
        "twilio_trunk.trunk",
        "twilio_verify_service.shop",
        "twilio_api_key.key",
    ];
    let sids: Vec<_> = left
        .iter()
        .map(|address| sandbox.resource(address)["sid"].as_str().expect("a SID").to_owned())
        .collect();
    for address in left {
        sandbox.succeed(&["state", "rm", address]);
    }
    sandbox.configure("");
    let plan = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    let said = sandbox.apply_fails("");
    for text in [&plan, &said] {
        for sid in &sids {
            assert!(text.contains(sid.as_str()), "{sid}: {text}");
        }
    }
    assert!(plan.contains("The close fails while any of it is left"), "{plan}");
    assert!(
        said.contains("still owns something") && said.contains("It was left as it is"),
        "{said}"
    );
    assert_eq!(sandbox.resource("twilio_subaccount.a")["status"], "active");
    sandbox.apply("resource \"twilio_subaccount\" \"a\" {\n  friendly_name = \"A\"\n  force_close = true\n}\n");
    sandbox.configure("");
    let plan = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(
        plan.contains("lost with it") && plan.contains(sids[0].as_str()),
        "{plan}"
    );
    sandbox.apply("");
}

/// What a plan destroys itself does not keep the account from being closed, and an account with nothing in it says so.
#[test]
fn an_account_goes_with_what_the_same_configuration_has_in_it() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"
        resource "twilio_subaccount" "a" { friendly_name = "A" }
        resource "twilio_twiml_app" "app" { account_sid = twilio_subaccount.a.sid }
    "#,
    );
    sandbox.apply("");
    sandbox.nothing_is_left();
    sandbox.apply("resource \"twilio_subaccount\" \"b\" { friendly_name = \"B\" }\n");
    sandbox.configure("");
    let plan = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(plan.contains("It holds no phone number, short code"), "{plan}");
}
