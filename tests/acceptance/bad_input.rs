//! What is wrong is said once, at the attribute, with what to do; nothing is created and nothing is lost.

use crate::sandbox::{Sandbox, assert_healthy, configure};

/// Applies `body`, which must fail saying all of `needles`, once, and leave nothing in Twilio.
fn refused(body: &str, needles: &[&str]) {
    let sandbox = Sandbox::standing();
    let said = sandbox.apply_fails(body);
    for needle in needles {
        assert!(said.contains(needle), "{needle:?} is not in: {said}");
    }
    assert_eq!(
        said.matches("Error: ").count(),
        1,
        "one problem, one diagnostic: {said}"
    );
    sandbox.nothing_is_left();
}

#[test]
fn a_malformed_sid_is_named_with_what_it_should_be() {
    refused(
        r#"resource "twilio_messaging_service_phone_number" "a" {
             service_sid      = "MG123"
             phone_number_sid = "PN0123456789abcdef0123456789abcdef"
           }"#,
        &["service_sid", "MG followed by 32 hexadecimal digits"],
    );
}

#[test]
fn a_number_that_is_not_e164_is_refused_with_an_example() {
    refused(
        r#"resource "twilio_phone_number" "a" { phone_number = "0415 555 0100" }"#,
        &["phone_number", "E.164", "+14155550100"],
    );
}

#[test]
fn two_ways_to_choose_a_number_are_one_too_many() {
    refused(
        r#"resource "twilio_phone_number" "a" {
             phone_number = "+14155550100"
             area_code    = "415"
           }"#,
        &["Only one of these may be set", "phone_number, area_code"],
    );
}

#[test]
fn what_is_empty_is_none_of_two_that_exclude_each_other() {
    let sandbox = Sandbox::standing();
    let config = |trunk: &str, app: &str| {
        format!(
            r#"
            resource "twilio_twiml_app" "app" {{}}
            resource "twilio_phone_number" "a" {{
              area_code             = "415"
              trunk_sid             = {trunk}
              voice_application_sid = {app}
            }}
            resource "twilio_phone_number" "b" {{ area_code = "415" }}
            resource "twilio_phone_number_webhooks" "b" {{
              phone_number_sid      = twilio_phone_number.b.sid
              trunk_sid             = {trunk}
              voice_application_sid = {app}
            }}"#
        )
    };
    let app = "twilio_twiml_app.app.sid";
    for (trunk, app) in [("\"\"", "\"\""), ("\"\"", app), ("\"\"", "\"\"")] {
        sandbox.apply(&config(trunk, app));
        let number = sandbox.resource("twilio_phone_number_webhooks.b");
        assert_eq!(number["voice_application_sid"] == "", app == "\"\"", "{number:#}");
        // What a number and its webhooks say of one number are two different things here.
        sandbox.succeed(&[
            "plan",
            "-no-color",
            "-detailed-exitcode",
            "-target=twilio_phone_number.a",
        ]);
    }
}

#[test]
fn an_empty_name_that_twilio_would_not_keep_is_refused() {
    refused(
        r#"resource "twilio_phone_number" "a" {
             area_code     = "415"
             friendly_name = ""
           }"#,
        &["friendly_name", "set and empty", "null"],
    );
}

#[test]
fn an_empty_filter_would_find_everything_and_is_refused() {
    for (body, name) in [
        (
            r#"data "twilio_phone_numbers" "a" { friendly_name = "" }"#,
            "friendly_name",
        ),
        (r#"data "twilio_subaccounts" "a" { status = "" }"#, "status"),
        (
            r#"data "twilio_available_phone_numbers" "a" {
                 iso_country = "US"
                 type        = "local"
                 in_region   = ""
               }"#,
            "in_region",
        ),
        (
            r#"resource "twilio_phone_number" "a" {
                 search = {
                   iso_country = "US"
                   type        = "local"
                   in_locality = ""
                 }
               }"#,
            "in_locality",
        ),
    ] {
        refused(body, &[name, "set and empty"]);
    }
}

#[test]
fn no_way_to_choose_a_number_buys_nothing() {
    refused(
        r#"resource "twilio_phone_number" "a" { friendly_name = "A" }"#,
        &["phone_number, area_code and search", "Nothing was bought"],
    );
}

#[test]
fn a_definition_that_is_not_json_is_refused() {
    refused(
        r#"resource "twilio_studio_flow" "a" {
             friendly_name = "A"
             status        = "draft"
             definition    = "{ nonsense"
           }"#,
        &["definition", "not JSON", "jsonencode"],
    );
}

#[test]
fn a_relative_url_is_refused() {
    refused(
        r#"resource "twilio_twiml_app" "a" { voice_url = "/voice" }"#,
        &["voice_url", "absolute URL", "https://"],
    );
}

#[test]
fn a_computed_attribute_cannot_be_configured() {
    refused(
        r#"resource "twilio_twiml_app" "a" { sid = "AP0123456789abcdef0123456789abcdef" }"#,
        &["sid is set by the provider"],
    );
}

#[test]
fn a_required_attribute_that_comes_out_null_is_refused() {
    refused(
        r#"variable "name" { default = null }
           resource "twilio_messaging_service" "a" { friendly_name = var.name }"#,
        &["friendly_name must have a value"],
    );
}

#[test]
fn an_import_id_of_the_wrong_shape_is_explained() {
    let sandbox = Sandbox::standing();
    sandbox.configure(
        r#"resource "twilio_messaging_service_phone_number" "a" {
        service_sid      = "MG0123456789abcdef0123456789abcdef"
        phone_number_sid = "PN0123456789abcdef0123456789abcdef"
    }"#,
    );
    for (id, needle) in [
        (
            "PN0123456789abcdef0123456789abcdef",
            "1 part between slashes, expected 2",
        ),
        (
            "MG0123456789abcdef0123456789abcdef/AP0123456789abcdef0123456789abcdef",
            "should start with PN",
        ),
        ("hello/world", "no SID"),
    ] {
        let address = "twilio_messaging_service_phone_number.a";
        let output = sandbox
            .terraform
            .run(&["import", "-no-color", address, id])
            .expect("terraform starts");
        assert_ne!(output.code, 0);
        let said = output.unwrapped();
        assert!(
            said.contains(needle) && said.contains("<service_sid>/<phone_number_sid>"),
            "{id}: {said}"
        );
    }
}

#[test]
fn importing_what_is_not_there_says_so() {
    let sandbox = Sandbox::standing();
    sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
    let id = "AP0123456789abcdef0123456789abcdef";
    let output = sandbox
        .terraform
        .run(&["import", "-no-color", "twilio_twiml_app.a", id])
        .expect("terraform starts");
    assert_ne!(output.code, 0);
    assert!(
        output.unwrapped().contains("non-existent remote object"),
        "{}",
        output.text()
    );
}

/// A SID does not say whose it is: the error does, with the line that imports it, and the line works.
#[test]
fn importing_a_sid_of_another_account_names_the_account_that_owns_it() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"
        resource "twilio_subaccount" "team" { friendly_name = "Team" }
        resource "twilio_twiml_app" "a" {
          account_sid   = twilio_subaccount.team.sid
          friendly_name = "Desk"
        }
        resource "twilio_messaging_service" "m" {
          account_sid   = twilio_subaccount.team.sid
          friendly_name = "Alerts"
        }
        "#,
    );
    let sid = |address: &str| sandbox.resource(address)["sid"].as_str().expect("a SID").to_owned();
    let (team, app, service) = (
        sid("twilio_subaccount.team"),
        sid("twilio_twiml_app.a"),
        sid("twilio_messaging_service.m"),
    );
    let parent = sandbox.handle.account_sid.clone();
    let elsewhere = sandbox.another_workspace();
    configure(
        &elsewhere,
        &format!(
            r#"
            resource "twilio_twiml_app" "a" {{
              account_sid   = "{team}"
              friendly_name = "Desk"
            }}
            resource "twilio_messaging_service" "m" {{
              account_sid   = "{team}"
              friendly_name = "Alerts"
            }}
            "#
        ),
    );
    for (address, sid) in [("twilio_twiml_app.a", &app), ("twilio_messaging_service.m", &service)] {
        let import = |id: &str| {
            let output = elsewhere
                .run(&["import", "-no-color", address, id])
                .expect("terraform starts");
            assert_healthy(&output);
            (output.code, output.unwrapped())
        };
        let (code, said) = import(sid);
        let (kind, _) = address.split_once('.').expect("an address");
        let line = format!("terraform import {kind}.NAME {team}/{sid}");
        assert_ne!(code, 0, "{said}");
        for needle in ["is in another account", &parent, &team, &line, "Nothing was imported"] {
            assert!(said.contains(needle), "{needle:?} is not in: {said}");
        }
        let (code, said) = import(&format!("{team}/{sid}"));
        assert_eq!(code, 0, "{said}");
    }
}

/// Plans with these variables, which must fail with one error that says all of `needles`.
fn sign_in_refused(variables: &[(&str, &str)], needles: &[&str]) {
    let mut sandbox = Sandbox::standing();
    for (name, value) in variables {
        sandbox.terraform.set_env(name, value);
    }
    sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    for needle in needles {
        assert!(said.contains(needle), "{needle:?} is not in: {said}");
    }
    assert_eq!(
        said.matches("Error: ").count(),
        1,
        "one problem, one diagnostic: {said}"
    );
    assert!(!said.contains("hush"), "a secret is in: {said}");
}

#[test]
fn a_wrong_token_is_named_with_its_argument_and_variable() {
    sign_in_refused(
        &[("TWILIO_AUTH_TOKEN", "hush")],
        &["auth_token", "TWILIO_AUTH_TOKEN", "20003", "Nothing was changed"],
    );
}

#[test]
fn an_api_key_where_the_account_belongs_is_distinguished() {
    sign_in_refused(
        &[("TWILIO_ACCOUNT_SID", "SK0123456789abcdef0123456789abcdef")],
        &["account_sid", "TWILIO_ACCOUNT_SID", "SK"],
    );
}

#[test]
fn missing_credentials_name_every_way_to_give_them() {
    sign_in_refused(
        &[("TWILIO_AUTH_TOKEN", "")],
        &["auth_token", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_PROFILE"],
    );
}

#[test]
fn a_key_without_its_secret_is_named() {
    sign_in_refused(
        &[
            ("TWILIO_AUTH_TOKEN", ""),
            ("TWILIO_API_KEY", "SK0123456789abcdef0123456789abcdef"),
        ],
        &["api_secret", "TWILIO_API_SECRET"],
    );
}

#[test]
fn a_host_that_cannot_be_reached_is_named_with_where_to_look() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port();
    let mut sandbox = Sandbox::standing();
    sandbox
        .terraform
        .set_env("TWILIO_BASE_URL", format!("http://127.0.0.1:{port}"));
    sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
    sandbox.provider_block("max_retries = 0");
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    for needle in ["cannot be reached", "base_url", "TWILIO_BASE_URL", "HTTPS_PROXY"] {
        assert!(said.contains(needle), "{needle:?} is not in: {said}");
    }
}

#[test]
fn html_instead_of_json_is_called_what_it_is() {
    let sandbox = Sandbox::standing();
    sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
    sandbox.provider_block("max_retries = 0\n  skip_credentials_validation = true");
    let html = serde_json::json!([{
        "match": {"method": "POST"},
        "fault": "status",
        "status": 200,
        "body": "<html><body>Please sign in to the hotel's network</body></html>",
        "headers": {"content-type": "text/html"},
    }]);
    sandbox.twilio.faults(&html).expect("the fault is understood");
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    assert!(
        said.contains("POST /2010-04-01/Accounts/") && said.contains("not known"),
        "{said}"
    );
}

#[test]
fn no_time_for_repeating_means_one_try_and_a_negative_time_is_refused() {
    let sandbox = Sandbox::standing();
    let limited = serde_json::json!([{"match": {"method": "POST", "path": "Applications"}, "fault": "status", "status": 429,
        "headers": {"Retry-After": "1"}, "body": {"code": 20429, "message": "Too Many Requests", "more_info": "", "status": 429}}]);
    sandbox.twilio.faults(&limited).expect("the fault is understood");
    sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
    sandbox.provider_block("max_elapsed = 0");
    let apply = || {
        sandbox
            .terraform
            .run(&["apply", "-auto-approve", "-no-color"])
            .expect("terraform starts")
            .unwrapped()
    };
    let said = apply();
    assert!(said.contains("20429") && !said.contains("Tried"), "{said}");
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let creates = requests.iter().filter(|request| request["method"] == "POST").count();
    assert_eq!(creates, 1);

    sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
    sandbox.provider_block("max_elapsed = -1");
    let said = apply();
    assert!(said.contains("max_elapsed") && said.contains("86400"), "{said}");
}
