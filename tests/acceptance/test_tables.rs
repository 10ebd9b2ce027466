//! What is special about the shapes of the test tables, with the real Terraform. Their lifecycles are in `products`.

mod bodies;
mod defaults;
mod keys;
mod uploads;
mod write_only;

use crate::sandbox::Sandbox;

#[test]
fn members_are_added_taken_out_and_seen_when_somebody_else_does() {
    const NUMBERS: &str = r#"
        resource "twilio_phone_number" "pool" {
          count        = 3
          phone_number = "+1415555014${count.index}"
        }
    "#;
    let sandbox = Sandbox::with_test_tables();
    let configured = |pool: &str| {
        format!(
            r#"{NUMBERS}
            resource "twilio_test_pooled_service" "test" {{
              friendly_name     = "Alerts"
              phone_number_sids = {pool}
            }}"#
        )
    };
    sandbox.apply(&configured("slice(twilio_phone_number.pool[*].sid, 0, 2)"));
    sandbox.plan_is_empty("after the create");
    sandbox.apply(&configured("slice(twilio_phone_number.pool[*].sid, 1, 3)"));
    sandbox.plan_is_empty("after one was added and one was taken out");
    let service = sandbox.resource("twilio_test_pooled_service.test");
    let pool = service["phone_number_sids"].as_array().expect("a set");
    assert_eq!(pool.len(), 2, "{service:#}");

    let path = format!(
        "/v1/Services/{}/PhoneNumbers/{}",
        service["sid"].as_str().expect("a SID"),
        pool[0].as_str().expect("a SID")
    );
    sandbox
        .twilio
        .remove("messaging.twilio.com", &path)
        .expect("it can be taken out");
    let plan = sandbox.terraform.plan_json(&[]).expect("a plan");
    let changes: Vec<_> = crate::lifecycle::active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changes[0]["address"], "twilio_test_pooled_service.test");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the drift was mended");

    sandbox.apply(&configured("null"));
    sandbox.plan_is_empty("after all were taken out");
    assert!(sandbox.resource("twilio_test_pooled_service.test")["phone_number_sids"].is_null());
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
