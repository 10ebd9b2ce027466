//! What Twilio writes in its own way and what it moves by itself, with the real Terraform.

use serde_json::{Value as Json, json};

use crate::lifecycle::{Case, Drift};
use crate::sandbox::Sandbox;

#[test]
fn what_twilio_writes_in_its_own_way_is_no_drift_and_something_else_is() {
    const CASE: Case = Case {
        kind: "twilio_address",
        config: r#"
            friendly_name = "Office"
            customer_name = "Example Ltd"
            street        = "1 Main Street"
            city          = "Los Angeles"
            region        = "California"
            postal_code   = "90012"
            iso_country   = "US"
            emergency_enabled = true
        "#,
        changed: r#"
            friendly_name = "Office"
            customer_name = "Example Ltd"
            street        = "1  Main Street"
            city          = "Carson City"
            region        = "Nevada"
            postal_code   = "89701"
            iso_country   = "US"
            emergency_enabled = true
        "#,
        changes: &["city", "postal_code", "region", "street"],
        volatile: &["validated", "verified"],
        removed: Some(
            r#"
            friendly_name = "Office"
            customer_name = "Example Ltd"
            street        = "1 Main Street"
            city          = "Carson City"
            region        = "NV"
            postal_code   = "89701"
            iso_country   = "US"
            emergency_enabled = true
        "#,
        ),
        drift: Some(Drift {
            host: "api.twilio.com",
            path: "/2010-04-01/Accounts/{account_sid}/Addresses/{sid}.json",
            field: "region",
            value: r#""CA""#,
            attribute: "region",
        }),
        ..Case::NEW
    };
    let (sandbox, _) = CASE.live();
    sandbox.nothing_is_left();
}

#[test]
fn nothing_is_said_of_another_spelling_and_the_state_has_the_configured_one() {
    let sandbox = Sandbox::standing();
    let config = |region: &str, name: &str| {
        format!(
            r#"resource "twilio_address" "test" {{
              friendly_name = "{name}"
              customer_name = "Example Ltd"
              street        = "1 Main Street"
              city          = "Los Angeles"
              region        = "{region}"
              postal_code   = "90012"
              iso_country   = "US"
              emergency_enabled = true
            }}"#
        )
    };
    let output = sandbox.apply(&config("California", "Office"));
    assert!(!output.text().contains("another value"), "{}", output.text());
    let state = sandbox.resource("twilio_address.test");
    assert_eq!(state["region"], "California");
    sandbox.refresh_finds_nothing("after the create");
    // An update of something else changes nothing of that.
    sandbox.apply(&config("California", "Headquarters"));
    sandbox.plan_is_empty("after the update");
    // Somebody moves it, and moves it back.
    let path = format!(
        "/2010-04-01/Accounts/{}/Addresses/{}.json",
        sandbox.handle.account_sid,
        state["sid"].as_str().expect("a SID")
    );
    let put = |region: &str| {
        sandbox
            .twilio
            .change("api.twilio.com", &path, &json!({"region": region}))
            .expect("it can be changed");
    };
    put("NV");
    let plan = sandbox.terraform.plan_json(&[]).expect("a plan");
    let change = crate::lifecycle::active_changes(&plan)
        .next()
        .expect("the drift")
        .clone();
    assert_eq!(change["change"]["before"]["region"], "NV", "{change:#}");
    put("CA");
    sandbox.plan_is_empty("after it was moved back");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn what_was_submitted_and_is_approved_lives_like_anything_else() {
    const CASE: Case = Case {
        kind: "twilio_test_customer_profile",
        config: r#"
            friendly_name   = "Example Ltd"
            email           = "compliance@example.com"
            policy_sid      = "RNdfbf3fae0e1107f8aded0e7cead80bf5"
            status_callback = "https://example.com/reviewed"
            status          = "pending-review"
        "#,
        changed: r#"
            friendly_name   = "Example plc"
            email           = "compliance@example.com"
            policy_sid      = "RNdfbf3fae0e1107f8aded0e7cead80bf5"
            status_callback = "https://example.com/reviewed"
            status          = "pending-review"
        "#,
        changes: &["friendly_name"],
        removed: Some(
            r#"
            friendly_name = "Example plc"
            email         = "compliance@example.com"
            policy_sid    = "RNdfbf3fae0e1107f8aded0e7cead80bf5"
            status        = "pending-review"
        "#,
        ),
        drift: Some(Drift {
            host: "trusthub.twilio.com",
            path: "/v1/CustomerProfiles/{sid}",
            field: "status",
            value: r#""twilio-rejected""#,
            attribute: "status",
        }),
        ..Case::NEW
    };
    let (sandbox, _) = CASE.live();
    sandbox.nothing_is_left();
}

const PROFILE: &str = r#"
    resource "twilio_test_customer_profile" "test" {
      friendly_name = "Example Ltd"
      email         = "compliance@example.com"
      policy_sid    = "RNdfbf3fae0e1107f8aded0e7cead80bf5"
      status        = "pending-review"
    }
"#;

#[test]
fn a_review_shows_in_no_plan_until_it_ends_in_a_refusal() {
    let sandbox = Sandbox::with_test_tables();
    let orders = json!([{
        "match": {"path": "/CustomerProfiles/"}, "to": "twilio-rejected", "times": 1,
        "set": {"errors": [{"code": 22218, "message": "The business is not registered"}]},
    }]);
    sandbox.twilio.outcomes(&orders).expect("it is an order");
    sandbox.apply(PROFILE);
    sandbox.twilio.advance(2 * 3600).expect("the clock goes ahead");
    sandbox.plan_is_empty("while it is reviewed");
    sandbox.refresh_finds_nothing("while it is reviewed");
    sandbox.twilio.advance(2 * 24 * 3600).expect("the clock goes ahead");
    let output = sandbox.succeed(&["plan", "-no-color"]);
    let said = output.unwrapped();
    assert!(said.contains("was refused by Twilio"), "{said}");
    assert!(said.contains("The business is not registered (code 22218)"), "{said}");
    assert!(
        said.contains(r#"status = "twilio-rejected" -> "pending-review""#),
        "{said}"
    );
    // Submitted again, and approved this time.
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.twilio.advance(4 * 24 * 3600).expect("the clock goes ahead");
    sandbox.plan_is_empty("after it was approved");
    sandbox.refresh_finds_nothing("after it was approved");
    // A data source has Twilio's own word.
    let looked_up = r#"
        data "twilio_test_customer_profile" "test" {
          sid = twilio_test_customer_profile.test.sid
        }
    "#;
    sandbox.apply(&format!("{PROFILE}{looked_up}"));
    let shown = sandbox.resource("data.twilio_test_customer_profile.test");
    assert_eq!(shown["status"], "twilio-approved", "{shown:#}");
    assert_eq!(
        sandbox.resource("twilio_test_customer_profile.test")["status"],
        "pending-review"
    );
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

/// A service with a function and a version of it, made by somebody else: the SIDs of service and version.
fn function(sandbox: &Sandbox) -> (String, String) {
    let add = |collection: &str, fields: Json| {
        let object = json!({"host": "serverless.twilio.com", "collection": collection, "fields": fields});
        let made = sandbox.twilio.add(&object).expect("it can be added");
        let sid = made["sid"]
            .as_str()
            .or(made["body"]["sid"].as_str())
            .expect("a SID")
            .to_owned();
        (format!("{collection}/{sid}"), sid)
    };
    let (service, service_sid) = add(
        "/v1/Services",
        json!({"unique_name": "greeter", "friendly_name": "Greeter"}),
    );
    let (function, _) = add(&format!("{service}/Functions"), json!({"friendly_name": "Greet"}));
    let (_, version_sid) = add(
        &format!("{function}/Versions"),
        json!({"path": "/greet", "visibility": "public"}),
    );
    (service_sid, version_sid)
}

#[test]
fn an_apply_waits_for_a_build_and_says_when_it_fails() {
    // What it logs is seen only where Terraform starts it.
    let mut sandbox = Sandbox::new();
    let (service, version) = function(&sandbox);
    let config = |more: &str| {
        format!(
            r#"resource "twilio_serverless_build" "test" {{
              service_sid       = "{service}"
              function_version_sids = ["{version}"]
              {more}
            }}"#
        )
    };
    let log = sandbox.terraform.path().join("provider.log").display().to_string();
    sandbox.terraform.set_env("TF_LOG_PROVIDER", "INFO");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.apply(&config("wait_for_completion = true"));
    let said = std::fs::read_to_string(&log).expect("the log was written");
    assert!(
        said.contains("waiting until the serverless build is completed"),
        "{said}"
    );
    assert_eq!(sandbox.resource("twilio_serverless_build.test")["status"], "completed");
    sandbox.plan_is_empty("after the build");
    sandbox.refresh_finds_nothing("after the build");
    // Whether an apply waits is in no state that was imported.
    sandbox.configure(&config(""));
    crate::lifecycle::import_by_command(&sandbox, "twilio_serverless_build.test");
    sandbox.apply(&config("wait_for_completion = true"));

    // How long an apply waits is no part of the build.
    let patient = config("wait_for_completion = true\n timeouts = { create = \"15m\" }");
    sandbox.configure(&patient);
    let plan = sandbox.terraform.plan_json(&[]).expect("a plan");
    let change = crate::lifecycle::active_changes(&plan)
        .next()
        .expect("a change")
        .clone();
    assert_eq!(change["change"]["actions"], json!(["update"]), "{change:#}");
    sandbox.apply(&patient);
    sandbox.plan_is_empty("after another deadline");

    let wrong = sandbox.apply_fails(&config("timeouts = { create = \"ten minutes\" }"));
    assert!(wrong.contains("length of time") && wrong.contains("1h30m"), "{wrong}");

    let orders = json!([{"match": {"path": "/Builds/"}, "to": "failed", "times": 1}]);
    sandbox.twilio.outcomes(&orders).expect("it is an order");
    let other = config("wait_for_completion = true\n runtime = \"node20\"");
    let said = sandbox.apply_fails(&other);
    assert!(
        said.contains("ended it with a failure") && said.contains("`failed`"),
        "{said}"
    );
    // It is tainted, as the text says, and the next apply makes another.
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(sandbox.resource("twilio_serverless_build.test")["status"], "completed");
    sandbox.plan_is_empty("after the second build");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
}
