//! What is not as it should be in an account.

use serde_json::{Value as Json, json};

use crate::sandbox::{Sandbox, configure, resource_in};

fn text<'a>(of: &'a Json, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_else(|| panic!("{name} is no text: {of:#}"))
}

fn audit(sandbox: &Sandbox) -> Json {
    sandbox.resource("data.twilio_account_audit.all")
}

/// The findings as `severity check kind`, each with what it is about.
fn found(audit: &Json) -> Vec<String> {
    let findings = audit["findings"].as_array().expect("findings");
    let shown = findings.iter().map(|finding| {
        let named = finding["name"].as_str().or(finding["sid"].as_str()).unwrap_or("-");
        let [severity, check, kind] = ["severity", "check", "kind"].map(|name| text(finding, name));
        format!("{severity} {check} {kind} {named}")
    });
    shown.collect()
}

const WRONG: &str = r#"
    resource "twilio_phone_number" "silent" {
      area_code  = "415"
      on_destroy = "release"
    }
    resource "twilio_messaging_service" "deaf" { friendly_name = "Deaf" }
    resource "twilio_messaging_service" "pool" {
      friendly_name       = "Pool"
      status_callback     = "https://hooks.example.com/status"
      inbound_request_url = "https://hooks.example.com/messages"
    }
    resource "twilio_messaging_service_phone_number" "pooled" {
      service_sid      = twilio_messaging_service.pool.sid
      phone_number_sid = twilio_phone_number.pooled.sid
    }
    resource "twilio_phone_number" "pooled" {
      area_code  = "415"
      voice_url  = "http://hooks.example.com/voice"
      on_destroy = "release"
    }
    resource "twilio_twiml_app" "leaky" {
      friendly_name = "Leaky"
      voice_url     = "https://user:hunter2@hooks.example.com/voice"
    }
    resource "twilio_voice_dialing_permissions_country" "latvia" {
      iso_code                            = "LV"
      high_risk_tollfraud_numbers_enabled = true
    }
    resource "twilio_api_key" "app" { friendly_name = "App" }
"#;

const AUDIT: &str = r#"
    data "twilio_account_audit" "all" {
      max_key_age_days = 30
      min_balance      = 1000000
    }
"#;

#[test]
fn what_is_wrong_is_named_the_worst_first_and_what_is_right_is_not() {
    let sandbox = Sandbox::standing();
    sandbox.apply(WRONG);
    let key = text(&sandbox.resource("twilio_api_key.app"), "sid").to_owned();
    let path = format!("/2010-04-01/Accounts/{}/Keys/{key}.json", sandbox.handle.account_sid);
    let aged = json!({"date_created": "Thu, 01 Jan 2026 00:00:00 +0000"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &aged)
        .expect("it can be changed");
    let said = sandbox.apply(&format!("{WRONG}\n{AUDIT}")).unwrapped();
    assert!(!said.contains("could not be read"), "{said}");
    sandbox.plan_is_empty("with an audit");
    let audit = audit(&sandbox);
    assert_eq!(
        (&audit["complete"], &audit["clean"], &audit["unread"]),
        (&json!(true), &json!(false), &json!([])),
        "{audit:#}"
    );
    let [silent, pooled] = ["silent", "pooled"].map(|name| {
        let number = sandbox.resource(&format!("twilio_phone_number.{name}"));
        text(&number, "phone_number").to_owned()
    });
    let mut expected = vec![
        "high api_keys api_keys App".to_owned(),
        format!("high balance accounts {}", sandbox.handle.account_sid),
        "high dialing_permissions dialing_permissions LV".to_owned(),
        format!("high webhooks phone_numbers {pooled}"),
        "high webhooks twiml_apps Leaky".to_owned(),
        "low messaging_services messaging_services Deaf".to_owned(),
        format!("low phone_numbers phone_numbers {silent}"),
        "medium messaging_services messaging_services Deaf".to_owned(),
        format!("medium phone_numbers phone_numbers {silent}"),
    ];
    let shown = found(&audit);
    let severities: Vec<_> = shown.iter().map(|line| line.split(' ').next().expect("one")).collect();
    let order = |severity: &&str| ["high", "medium", "low"].iter().position(|one| one == severity);
    assert!(severities.iter().is_sorted_by_key(order), "{shown:#?}");
    let mut sorted = shown;
    sorted.sort();
    expected.sort();
    assert_eq!(sorted, expected, "{audit:#}");
    assert!(!audit.to_string().contains("hunter2"), "an audit repeats no secret");

    // Each is a rule of its own, and what is allowed is none.
    let allowed = r#"
        data "twilio_account_audit" "all" {
          checks              = ["api_keys", "dialing_permissions"]
          max_key_age_days    = 3650
          high_risk_countries = ["LV"]
        }
    "#;
    sandbox.apply(&format!("{WRONG}\n{allowed}"));
    let allowed = self::audit(&sandbox);
    assert_eq!(
        (&allowed["clean"], &allowed["findings"]),
        (&json!(true), &json!([])),
        "{allowed:#}"
    );
}

#[test]
fn an_empty_account_is_clean_and_a_part_that_fails_makes_it_unknown() {
    let sandbox = Sandbox::standing();
    let query = "data \"twilio_account_audit\" \"all\" {}\n";
    sandbox.apply(query);
    let clean = audit(&sandbox);
    assert_eq!(
        (&clean["clean"], &clean["complete"]),
        (&json!(true), &json!(true)),
        "{clean:#}"
    );

    let rule = json!([{"match": {"host": "studio.twilio.com", "path": "/"}, "fault": "status", "status": 500,
        "body": {"code": 20500, "message": "No", "more_info": "", "status": 500}}]);
    sandbox.twilio.faults(&rule).expect("the fault is understood");
    sandbox.configure(query);
    sandbox.provider_block("max_retries = 0");
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped();
    assert!(
        said.contains("A part could not be read") && said.contains("studio_flows"),
        "{said}"
    );
    let unknown = audit(&sandbox);
    assert_eq!(
        (&unknown["clean"], &unknown["complete"], &unknown["findings"]),
        (&json!(false), &json!(false), &json!([])),
        "nothing found is not nothing there: {unknown:#}"
    );
    let unread = unknown["unread"].as_array().expect("rows");
    assert_eq!(unread.len(), 1, "{unknown:#}");
    assert_eq!(text(&unread[0], "kind"), "webhooks");
    assert!(text(&unread[0], "reason").starts_with("studio_flows: "), "{unknown:#}");
}

#[test]
fn a_suspended_subaccount_is_a_finding_and_too_many_subaccounts_are_named() {
    let sandbox = Sandbox::standing();
    let tenants = |status: &str| {
        format!(
            r#"
            resource "twilio_subaccount" "a" {{
              friendly_name = "A"
              status        = "{status}"
            }}
            resource "twilio_subaccount" "b" {{ friendly_name = "B" }}
            resource "twilio_subaccount" "c" {{ friendly_name = "C" }}
            "#
        )
    };
    sandbox.apply(&tenants("active"));
    let query = r#"
        data "twilio_account_audit" "all" {
          include_subaccounts = true
          max_subaccounts     = 1
          checks              = ["account_status", "messaging_services"]
        }
    "#;
    let said = sandbox.apply(&format!("{}\n{query}", tenants("suspended"))).unwrapped();
    assert!(said.contains("A part could not be read"), "{said}");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    let audit = audit(&sandbox);
    assert_eq!(found(&audit), ["high account_status accounts A"], "{audit:#}");
    assert_eq!((&audit["complete"], &audit["clean"]), (&json!(false), &json!(false)));
    let reasons: Vec<_> = audit["unread"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| format!("{} {}", text(row, "kind"), text(row, "reason")))
        .collect();
    assert_eq!(reasons.len(), 2, "{audit:#}");
    assert!(
        reasons.iter().any(|reason| reason.starts_with("all it is suspended")),
        "{reasons:?}"
    );
    assert!(
        reasons.iter().any(|reason| reason.contains("max_subaccounts")),
        "{reasons:?}"
    );
}

#[test]
fn a_standard_key_says_what_it_does_not_see() {
    let sandbox = Sandbox::standing();
    sandbox.apply("resource \"twilio_api_key\" \"key\" { friendly_name = \"report\" }\n");
    let key = sandbox.resource("twilio_api_key.key");
    let mut report = sandbox.another_workspace();
    report.set_env("TWILIO_AUTH_TOKEN", "");
    report.set_env("TWILIO_API_KEY", text(&key, "sid"));
    report.set_env("TWILIO_API_SECRET", text(&key, "secret"));
    configure(&report, "data \"twilio_account_audit\" \"all\" {}\n");
    let output = report
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    assert_eq!(output.code, 0, "{}", output.unwrapped());
    let state = report.state_json().expect("the state can be shown");
    let all = resource_in(&state, "data.twilio_account_audit.all").expect("it was read");
    let unread = all["unread"].as_array().expect("rows");
    let mut kinds: Vec<_> = unread.iter().map(|row| text(row, "kind")).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["account_status", "api_keys"], "{all:#}");
    assert_eq!((&all["complete"], &all["clean"]), (&json!(false), &json!(false)));
}

#[test]
fn what_cannot_be_meant_is_refused_at_its_line() {
    let sandbox = Sandbox::standing();
    for (argument, expected) in [
        ("checks = [\"balance\"]", "min_balance"),
        ("checks = [\"keys\"]", "api_keys"),
        ("max_key_age_days = 0", "max_key_age_days"),
        ("high_risk_countries = [\"Latvia\"]", "high_risk_countries"),
    ] {
        let said = sandbox.apply_fails(&format!("data \"twilio_account_audit\" \"all\" {{\n {argument}\n}}\n"));
        assert!(said.contains(expected), "{argument}: {said}");
    }
    // Credentials that see nothing are an error, and no clean account.
    let rule = json!([{"match": {"path": "/"}, "fault": "status", "status": 403,
        "body": {"code": 20003, "message": "No", "more_info": "", "status": 403}}]);
    sandbox.twilio.faults(&rule).expect("the fault is understood");
    let said = sandbox.apply_fails("data \"twilio_account_audit\" \"all\" {}\n");
    assert!(said.contains("20003"), "{said}");
}
