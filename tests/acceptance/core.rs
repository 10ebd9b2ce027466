//! What Terraform itself does with the provider: installing it, subaccounts in one apply, faults in the middle, secrets.

use serde_json::json;
use xtask::terraform::{Installation, REQUIRED_PROVIDERS, Workspace};

use crate::sandbox::{Sandbox, provider_binary};

const CUSTOMER: &str = r#"
    resource "twilio_subaccount" "customer" {
      friendly_name = "Customer"
    }

    resource "twilio_messaging_service" "alerts" {
      account_sid   = twilio_subaccount.customer.sid
      friendly_name = "Alerts"
    }

    resource "twilio_twiml_app" "app" {
      account_sid   = twilio_subaccount.customer.sid
      friendly_name = "App"
    }

    resource "twilio_api_key" "application" {
      account_sid   = twilio_subaccount.customer.sid
      friendly_name = "Application"
    }
"#;

#[test]
fn it_installs_from_a_mirror_with_a_lock_file() {
    let sandbox = Sandbox::new();
    let mut workspace = Workspace::new(provider_binary(), Installation::Mirror).expect("a workspace can be made");
    workspace.set_env("TWILIO_BASE_URL", &sandbox.handle.url);
    workspace.set_env("TWILIO_ACCOUNT_SID", &sandbox.handle.account_sid);
    workspace.set_env("TWILIO_AUTH_TOKEN", &sandbox.handle.auth_token);
    workspace
        .write(
            "main.tf",
            &format!("{REQUIRED_PROVIDERS}\nresource \"twilio_twiml_app\" \"a\" {{}}\n"),
        )
        .expect("main.tf");
    workspace.succeed(&["init", "-no-color"]).expect("init works");
    assert!(workspace.path().join(".terraform.lock.hcl").is_file());
    workspace
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("apply works");
    workspace
        .succeed(&["destroy", "-auto-approve", "-no-color"])
        .expect("destroy works");
    sandbox.nothing_is_left();
}

#[test]
fn a_subaccount_and_what_is_in_it_are_one_apply() {
    let sandbox = Sandbox::new();
    sandbox.apply(CUSTOMER);
    sandbox.plan_is_empty("after one apply");
    let customer = sandbox.resource("twilio_subaccount.customer")["sid"].clone();
    for address in [
        "twilio_messaging_service.alerts",
        "twilio_twiml_app.app",
        "twilio_api_key.application",
    ] {
        assert_eq!(sandbox.resource(address)["account_sid"], customer, "{address}");
    }
    // The messaging product acts on the account that signs in: it was the subaccount, with a token fetched on the way.
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let created = requests
        .iter()
        .find(|request| request["host"] == "messaging.twilio.com" && request["method"] == "POST");
    assert_eq!(created.expect("the service was created")["authorized_as"], customer);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn credentials_that_are_unknown_while_planning_are_no_error() {
    let sandbox = Sandbox::new();
    let config = r#"
        resource "terraform_data" "token" { input = "TOKEN" }
        resource "twilio_twiml_app" "a" {
          provider      = twilio.later
          friendly_name = "A"
        }
        provider "twilio" {
          alias      = "later"
          auth_token = terraform_data.token.output
        }
    "#
    .replace("TOKEN", &sandbox.handle.auth_token);
    sandbox.apply(&config);
    sandbox.plan_is_empty("once the token is known");
}

#[test]
fn a_create_that_fails_leaves_nothing_and_one_whose_response_is_lost_is_found() {
    let sandbox = Sandbox::new();
    let config = r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#;
    sandbox.configure(config);
    let create = json!({"method": "POST", "path": "Applications"});

    sandbox
        .twilio
        .faults(
            &json!([{"match": create, "fault": "status", "status": 400, "times": 1, "body":
        {"code": 21402, "message": "Invalid URL", "more_info": "", "status": 400}}]),
        )
        .expect("the fault is understood");
    let said = sandbox.apply_fails(config);
    for needle in [
        "Twilio refused to create twilio_twiml_app",
        "21402",
        "Invalid URL",
        "Nothing was created",
        "/errors/21402",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    sandbox.nothing_is_left();

    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox
        .twilio
        .faults(&json!([{"match": create, "fault": "reset_after", "times": 1}]))
        .expect("the fault is understood");
    sandbox.apply(config);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let creates = requests.iter().filter(|request| request["method"] == "POST").count();
    assert_eq!(creates, 1, "the create was sent once");
    sandbox.plan_is_empty("after the lost answer");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_lost_create_that_may_have_made_one_of_two_objects_names_both_and_makes_no_third() {
    let sandbox = Sandbox::new();
    let config = r#"resource "twilio_messaging_service" "a" { friendly_name = "Alerts" }"#;
    let twin =
        json!({"host": "messaging.twilio.com", "collection": "/v1/Services", "fields": {"friendly_name": "Alerts"}});
    let twin = sandbox.twilio.add(&twin).expect("the object can be made");
    let twin = twin["sid"].as_str().expect("a SID").to_owned();
    let create = json!({"method": "POST", "path": "/v1/Services"});
    sandbox
        .twilio
        .faults(&json!([{"match": create, "fault": "reset_after"}]))
        .expect("the fault is understood");
    let said = sandbox.apply_fails(config);
    for needle in [
        "was lost",
        "not sent again",
        &format!(
            "terraform import twilio_messaging_service.NAME {}/{twin}",
            sandbox.handle.account_sid
        ),
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(said.matches("terraform import").count(), 2, "{said}");
    let services = sandbox.twilio.objects().expect("the simulator answers");
    let services = services.iter().filter(|object| object["collection"] == "/v1/Services");
    assert_eq!(services.count(), 2);
}

#[test]
fn a_create_whose_second_step_fails_is_in_the_state_and_finished_in_place() {
    let sandbox = Sandbox::new();
    let config = r#"
        resource "twilio_subaccount" "a" {
          friendly_name = "A"
          status        = "suspended"
        }
    "#;
    // Create takes only the name; suspending is a second request, and that one is refused.
    let suspend = json!({"method": "POST", "path": "Accounts/AC[0-9a-f]{32}.json"});
    sandbox
        .twilio
        .faults(
            &json!([{"match": suspend, "fault": "status", "status": 400, "times": 1, "body":
            {"code": 20001, "message": "Not now", "more_info": "", "status": 400}}]),
        )
        .expect("the fault is understood");
    let said = sandbox.apply(config).unwrapped();
    for needle in [
        "created but not completed",
        "Not now",
        "20001",
        "its apply completes it in place",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    let made = sandbox.resource("twilio_subaccount.a")["sid"].clone();
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let change = &plan["resource_changes"][0]["change"];
    assert_eq!(change["actions"], json!(["update"]), "finished in place, not replaced");
    sandbox.apply(config);
    sandbox.plan_is_empty("after it was finished");
    assert_eq!(sandbox.resource("twilio_subaccount.a")["sid"], made);
}

#[test]
fn a_limit_is_waited_out() {
    let sandbox = Sandbox::new();
    let limited = json!([{"match": {"method": "POST", "path": "Applications"}, "fault": "status", "status": 429, "times": 2,
        "headers": {"Retry-After": "0"}, "body": {"code": 20429, "message": "Too Many Requests", "more_info": "", "status": 429}}]);
    sandbox.twilio.faults(&limited).expect("the fault is understood");
    sandbox.apply(r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#);
    sandbox.plan_is_empty("after the limit");
}

#[test]
fn what_is_gone_is_planned_anew_and_destroying_what_is_gone_succeeds() {
    let sandbox = Sandbox::new();
    let config = r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#;
    sandbox.apply(config);
    let remove = |sandbox: &Sandbox| {
        let app = sandbox.resource("twilio_twiml_app.a");
        let text = |name: &str| app[name].as_str().expect("a text").to_owned();
        let path = format!(
            "/2010-04-01/Accounts/{}/Applications/{}.json",
            text("account_sid"),
            text("sid")
        );
        sandbox
            .twilio
            .remove("api.twilio.com", &path)
            .expect("it can be removed");
    };
    remove(&sandbox);
    let plan = sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts")
        .unwrapped();
    assert!(
        plan.contains("1 to add") && plan.contains("is gone from Twilio"),
        "{plan}"
    );
    sandbox.apply(config);
    remove(&sandbox);
    sandbox.succeed(&["destroy", "-auto-approve", "-refresh=false", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn an_object_of_an_account_that_cannot_be_seen_is_not_taken_for_gone() {
    let sandbox = Sandbox::new();
    sandbox.apply(CUSTOMER);
    let customer = sandbox.resource("twilio_subaccount.customer");
    sandbox.succeed(&["state", "rm", "twilio_subaccount.customer"]);
    // Another parent: its credentials cannot see the customer's account at all.
    let stranger = Sandbox::new();
    let mut terraform = sandbox.terraform;
    terraform.set_env("TWILIO_BASE_URL", &stranger.handle.url);
    terraform.set_env("TWILIO_ACCOUNT_SID", &stranger.handle.account_sid);
    terraform.set_env("TWILIO_AUTH_TOKEN", &stranger.handle.auth_token);
    let config = CUSTOMER[CUSTOMER
        .find("resource \"twilio_messaging_service\"")
        .expect("it is there")..]
        .replace(
            "twilio_subaccount.customer.sid",
            &format!("{:?}", customer["sid"].as_str().expect("a SID")),
        );
    terraform
        .write(
            "main.tf",
            &format!("{REQUIRED_PROVIDERS}\nprovider \"twilio\" {{}}\n{config}"),
        )
        .expect("main.tf");
    let output = terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    assert_ne!(output.code, 0, "a plan that would make it all again: {}", output.text());
    assert!(!output.text().contains("to add"), "{}", output.text());
}

#[test]
fn no_secret_is_in_any_log() {
    let mut sandbox = Sandbox::new();
    sandbox.terraform.set_env("TF_LOG", "TRACE");
    let log = sandbox.terraform.path().join("trace.log");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.apply(CUSTOMER);
    sandbox.plan_is_empty("under TRACE");
    let secret = sandbox.resource("twilio_api_key.application")["secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    let text = std::fs::read_to_string(&log).expect("a log");
    let ours: String = text
        .lines()
        .filter(|line| line.contains("provider.terraform-provider-twilio"))
        .collect();
    assert!(
        ours.contains("messaging.twilio.com"),
        "the provider logged its requests"
    );
    assert!(!ours.contains(&secret), "the key's secret is in the log");
    assert!(
        !ours.contains(&sandbox.handle.auth_token),
        "the auth token is in the log"
    );
}
