//! What is said when something is wrong: at which line, in which words, and that no configured text is in it.

use serde_json::json;
use xtask::terraform::Output;

use crate::sandbox::Sandbox;

const NOBODY: &str = "AC00000000000000000000000000000009";

fn plan(sandbox: &Sandbox, body: &str) -> Output {
    sandbox.configure(body);
    sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts")
}

/// What a run said, which must have failed with one error that has all of `needles`.
#[track_caller]
fn failed(output: &Output, needles: &[&str]) -> String {
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    assert_eq!(
        said.matches("Error: ").count(),
        1,
        "one problem, one diagnostic: {said}"
    );
    for needle in needles {
        assert!(said.contains(needle), "{needle:?} is not in: {said}");
    }
    said
}

fn apply(sandbox: &Sandbox, body: &str) -> Output {
    sandbox.configure(body);
    let arguments = ["apply", "-auto-approve", "-no-color"];
    sandbox.terraform.run(&arguments).expect("terraform starts")
}

#[test]
fn a_misspelt_usage_category_is_a_warning_with_the_nearest_one() {
    let sandbox = Sandbox::standing();
    let trigger = r#"resource "twilio_usage_trigger" "a" {
        usage_category = "smss"
        trigger_value  = "100"
        callback_url   = "https://example.com"
    }"#;
    let output = plan(&sandbox, trigger);
    let said = output.unwrapped();
    assert_eq!(output.code, 0, "{said}");
    assert!(
        said.contains("Warning: usage_category has a value that is not documented"),
        "{said}"
    );
    assert!(said.contains("The nearest of them: sms"), "{said}");
}

#[test]
fn what_is_known_while_validating_is_said_while_validating() {
    let sandbox = Sandbox::standing();
    for (body, needles) in [
        (
            r#"resource "twilio_verify_service" "a" {
                 friendly_name = "A"
                 code_length   = 6.5
               }"#,
            vec!["code_length", "whole number"],
        ),
        (
            r#"resource "twilio_verify_service" "a" {
                 friendly_name = "A"
                 code_length   = 6
                 totp          = { code_length = 20 }
               }"#,
            vec![
                "totp = { code_length = 20 }",
                "totp.code_length: It must be between 3 and 8.",
            ],
        ),
        (
            r#"resource "twilio_messaging_service" "a" {
                 friendly_name = "A"
                 account_sid   = ""
               }"#,
            vec!["account_sid", "set and empty", "names no account"],
        ),
        (
            r#"resource "twilio_phone_number" "a" { phone_number = "+1415555" }"#,
            vec!["phone_number", "ten digits behind it, and this has 6"],
        ),
        (
            r#"resource "twilio_verify_service" "a" {
                 friendly_name = "A"
                 passkeys      = { relying_party = { origins = ["a.example.com", null] } }
               }"#,
            vec!["origins[1]", "An element is null"],
        ),
        (
            r#"resource "twilio_event_subscription" "a" {
                 description = "A"
                 sink_sid    = "DG00000000000000000000000000000001"
                 types       = []
               }"#,
            vec!["types", "It has 0 elements, and needs at least 1"],
        ),
        (
            r#"resource "twilio_messaging_service_phone_number" "a" {
                 service_sid      = "AC00000000000000000000000000000001/MG00000000000000000000000000000001"
                 phone_number_sid = "PN00000000000000000000000000000001"
               }"#,
            vec!["service_sid", "joined by a slash", "the attribute sid"],
        ),
    ] {
        sandbox.configure(body);
        let output = sandbox
            .terraform
            .run(&["validate", "-no-color"])
            .expect("terraform starts");
        failed(&output, &needles);
    }
}

#[test]
fn an_account_or_parent_that_is_not_there_is_named_at_its_attribute() {
    let sandbox = Sandbox::standing();
    let body = format!("resource \"twilio_twiml_app\" \"a\" {{\n  account_sid = \"{NOBODY}\"\n}}");
    failed(
        &apply(&sandbox, &body),
        &["account_sid = \"AC000", NOBODY, "Nothing was created"],
    );
    let body = format!(
        "resource \"twilio_messaging_service\" \"a\" {{\n  friendly_name = \"A\"\n  account_sid = \"{NOBODY}\"\n}}"
    );
    let said = failed(
        &apply(&sandbox, &body),
        &[
            "account_sid = \"AC000",
            "was not sent",
            "The provider is signed in to account",
        ],
    );
    assert!(!said.contains("POST /v1/Services answered"), "{said}");
    let number = sandbox.apply(r#"resource "twilio_phone_number" "n" { area_code = "415" }"#);
    drop(number);
    let body = r#"
        resource "twilio_phone_number" "n" { area_code = "415" }
        resource "twilio_messaging_service_phone_number" "a" {
          service_sid      = "MG00000000000000000000000000000009"
          phone_number_sid = twilio_phone_number.n.sid
        }"#;
    failed(
        &apply(&sandbox, body),
        &[
            "no such messaging service",
            "which service_sid names",
            "MG00000000000000000000000000000009",
        ],
    );
    let body = r#"
        resource "twilio_phone_number" "n" { area_code = "415" }
        resource "twilio_phone_number_webhooks" "w" { phone_number_sid = "PN00000000000000000000000000000009" }"#;
    failed(
        &plan(&sandbox, body),
        &["no such phone number", "which phone_number_sid names"],
    );
}

#[test]
fn who_is_signed_in_to_another_account_is_warned_first() {
    let mut sandbox = Sandbox::standing();
    let body = r#"
        resource "twilio_twiml_app" "ours" {}
        resource "twilio_subaccount" "theirs" {
          friendly_name     = "Theirs"
          expose_auth_token = true
        }"#;
    sandbox.apply(body);
    let theirs = sandbox.resource("twilio_subaccount.theirs");
    let text = |name: &str| theirs[name].as_str().expect("it is in the state").to_owned();
    sandbox.succeed(&["state", "rm", "twilio_subaccount.theirs"]);
    sandbox.terraform.set_env("TWILIO_ACCOUNT_SID", text("sid"));
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", text("auth_token"));
    let said = failed(
        &plan(&sandbox, r#"resource "twilio_twiml_app" "ours" {}"#),
        &[
            &format!("signed in to account {}", text("sid")),
            &format!("the account of the TwiML app is {}", sandbox.handle.account_sid),
        ],
    );
    assert!(!said.contains("an API key SID starts with SK"), "{said}");
}

#[test]
fn a_standard_key_is_refused_while_planning_what_it_may_not_make() {
    let mut sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_api_key" "k" { friendly_name = "K" }"#);
    let key = sandbox.resource("twilio_api_key.k");
    let text = |name: &str| key[name].as_str().expect("it is in the state").to_owned();
    sandbox.succeed(&["state", "rm", "twilio_api_key.k"]);
    sandbox.terraform.set_env("TWILIO_API_KEY", text("sid"));
    sandbox.terraform.set_env("TWILIO_API_SECRET", text("secret"));
    for body in [
        r#"resource "twilio_subaccount" "a" { friendly_name = "A" }"#,
        r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#,
    ] {
        failed(
            &plan(&sandbox, body),
            &["A standard API key cannot manage twilio_", "TWILIO_AUTH_TOKEN"],
        );
    }
}

#[test]
fn a_region_is_blamed_where_it_was_set() {
    let sandbox = Sandbox::standing();
    sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
    sandbox.provider_block("region = \"eu1\"");
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    failed(
        &output,
        &[
            "Unknown region",
            "region = \"eu1\"",
            "The argument region",
            "us1, ie1, au1",
        ],
    );
    let mut sandbox = Sandbox::standing();
    sandbox.terraform.set_env("TWILIO_REGION", "eu1");
    let output = plan(&sandbox, r#"resource "twilio_twiml_app" "a" {}"#);
    let said = failed(&output, &["The environment variable TWILIO_REGION"]);
    assert!(!said.contains("eu1"), "{said}");
}

#[test]
fn half_a_key_and_white_space_are_found_before_a_request_is_sent() {
    for (variables, needles) in [
        (
            vec![("TWILIO_API_KEY", "SK0123456789abcdef0123456789abcdef")],
            vec!["The API key has no secret", "an auth token is there too"],
        ),
        (
            vec![("TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef\n")],
            vec!["White space around auth_token", "a line break"],
        ),
        (
            vec![("TWILIO_AUTH_TOKEN", "")],
            vec!["TWILIO_AUTH_TOKEN is set and empty"],
        ),
        (
            vec![("TWILIO_AUTH_TOKEN", "0123456789abcdef")],
            vec!["The auth token has 16 characters"],
        ),
    ] {
        let mut sandbox = Sandbox::standing();
        for (name, value) in variables {
            sandbox.terraform.set_env(name, value);
        }
        failed(&plan(&sandbox, r#"resource "twilio_twiml_app" "a" {}"#), &needles);
    }
}

#[test]
fn a_sensitive_value_is_in_no_error_of_ours_and_none_of_twilios() {
    let sandbox = Sandbox::standing();
    let secrets = r#"
        variable "secret" {
          sensitive = true
          default   = "user:hunter2@example.com/a?token=s3cret"
        }"#;
    for resource in [
        r#"resource "twilio_twiml_app" "a" { voice_url = var.secret }"#,
        r#"resource "twilio_phone_number" "a" { phone_number = var.secret }"#,
        r#"resource "twilio_messaging_service" "a" { friendly_name = "${var.secret}${var.secret}" }"#,
        r#"resource "twilio_studio_flow" "a" {
             friendly_name = "A"
             status        = "draft"
             definition    = jsonencode({ description = "", states = [], initial_state = var.secret, flags = {} })
           }"#,
    ] {
        let output = apply(&sandbox, &format!("{secrets}\n{resource}"));
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        assert!(!said.contains("hunter2") && !said.contains("s3cret"), "{said}");
    }
    let refusal = json!([{"match": {"method": "POST"}, "fault": "status", "status": 400, "body": {"code": 20001,
        "message": "user:hunter2@example.com/a?token=s3cret is no name", "more_info": "", "status": 400}}]);
    sandbox.twilio.faults(&refusal).expect("the fault is understood");
    let body = format!("{secrets}\nresource \"twilio_messaging_service\" \"a\" {{ friendly_name = var.secret }}");
    let said = failed(&apply(&sandbox, &body), &["20001: (", ") is no name"]);
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_module_is_tested_with_the_mocks_that_are_shipped() {
    let sandbox = Sandbox::standing();
    let mocks = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/testing/twilio.tfmock.hcl");
    let mocks = std::fs::read_to_string(mocks).expect("the file is there");
    sandbox.configure(
        r#"
        resource "twilio_subaccount" "team" { friendly_name = "Team" }
        resource "twilio_twiml_app" "app" { account_sid = twilio_subaccount.team.sid }
        resource "twilio_studio_flow" "flow" {
          account_sid   = twilio_subaccount.team.id
          friendly_name = "Flow"
          status        = "draft"
          definition    = jsonencode({})
        }
        resource "twilio_phone_number" "number" {
          account_sid           = twilio_subaccount.team.sid
          area_code             = "415"
          voice_application_sid = twilio_twiml_app.app.id
          sms_url               = twilio_studio_flow.flow.webhook_url
        }
        resource "twilio_messaging_service" "service" { friendly_name = "Service" }
        resource "twilio_messaging_service_phone_number" "sender" {
          service_sid      = twilio_messaging_service.service.sid
          phone_number_sid = twilio_phone_number.number.sid
        }
        resource "twilio_event_sink" "sink" {
          description        = "Sink"
          sink_type          = "webhook"
          sink_configuration = { destination = "https://example.com", method = "POST" }
        }
        resource "twilio_event_subscription" "events" {
          description = "Events"
          sink_sid    = twilio_event_sink.sink.sid
          types       = [{ type = "com.twilio.messaging.message.delivered" }]
        }
        data "twilio_account" "main" {}
        resource "twilio_api_key" "key" { account_sid = data.twilio_account.main.account_sid }
        data "twilio_twiml_app" "shared" { friendly_name = "Shared" }
        data "twilio_event_sink" "shared" { description = "Shared" }
        data "twilio_subaccounts" "all" {}
        data "twilio_phone_numbers" "all" {
          account_sid = data.twilio_subaccounts.all.sids[0]
        }
        data "twilio_messaging_service_phone_numbers" "pool" {
          service_sid = data.twilio_messaging_services.all.sids[0]
        }
        data "twilio_messaging_services" "all" {}
        resource "twilio_phone_number" "second" {
          phone_number          = "+14155550143"
          voice_application_sid = data.twilio_twiml_app.shared.sid
          sms_application_sid   = data.twilio_twiml_app.shared.id
        }
        resource "twilio_event_subscription" "shared" {
          description = "Shared"
          sink_sid    = data.twilio_event_sink.shared.sid
          types       = [{ type = "com.twilio.messaging.message.delivered" }]
        }
        resource "twilio_messaging_service_phone_number" "second" {
          service_sid      = data.twilio_messaging_services.all.sids[0]
          phone_number_sid = data.twilio_phone_numbers.all.sids[0]
        }
        "#,
    );
    let test = r#"
        mock_provider "twilio" { source = "./mocks" }
        run "it_fits_together" {
          command = apply
          assert {
            condition     = twilio_phone_number.number.voice_application_sid == twilio_twiml_app.app.sid
            error_message = "The number does not reach the app."
          }
          assert {
            condition     = length(data.twilio_messaging_services.all.messaging_services) == 0
            error_message = "Terraform makes up objects of lists: the guide says otherwise."
          }
        }
    "#;
    std::fs::create_dir_all(sandbox.terraform.path().join("mocks")).expect("a folder");
    sandbox
        .terraform
        .write("mocks/twilio.tfmock.hcl", &mocks)
        .expect("it is written");
    sandbox.terraform.write("fits.tftest.hcl", test).expect("it is written");
    let output = sandbox.terraform.run(&["test", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert_eq!(output.code, 0, "{said}");
    assert!(said.contains("1 passed, 0 failed"), "{said}");
    sandbox.nothing_is_left();
}
