//! Verify: what it has already, and says so, beside what a configuration makes.

use crate::sandbox::Sandbox;

const SERVICE: &str = "resource \"twilio_verify_service\" \"test\" {\n  friendly_name = \"Shop\"\n}\n";

#[test]
fn what_verify_has_already_is_said_and_adopted() {
    let below = "service_sid = twilio_verify_service.test.sid";
    let messaging = "resource \"twilio_messaging_service\" \"test\" {\n  friendly_name = \"Codes\"\n}\n";
    for (kind, body, refusal) in [
        (
            "rate_limit",
            format!("{below}\n  unique_name = \"ip\""),
            "has a rate limit with this unique name already",
        ),
        (
            "messaging_configuration",
            format!("{below}\n  country = \"DE\"\n  messaging_service_sid = twilio_messaging_service.test.sid"),
            "has a messaging configuration for this country already",
        ),
        (
            "safelist_number",
            "phone_number = \"+14155550142\"".to_owned(),
            "exists already",
        ),
    ] {
        let sandbox = Sandbox::standing();
        let with = |more: &str| {
            format!("{SERVICE}{messaging}resource \"twilio_verify_{kind}\" \"test\" {{\n  {body}\n  {more}\n}}\n")
        };
        sandbox.apply(&with(""));
        sandbox.succeed(&["state", "rm", &format!("twilio_verify_{kind}.test")]);
        let said = sandbox.apply_fails(&with(""));
        assert!(said.contains(refusal), "{refusal}:\n{said}");
        assert!(said.contains("import") || said.contains("Import"), "{said}");
        let said = sandbox.apply(&with("adopt_existing = true")).unwrapped();
        assert!(said.contains("was adopted"), "{said}");
        sandbox.plan_is_empty("after the adoption");
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        sandbox.nothing_is_left();
    }
}

#[test]
fn a_second_bucket_of_an_interval_is_refused_with_what_to_do() {
    let sandbox = Sandbox::standing();
    let limit = "resource \"twilio_verify_rate_limit\" \"test\" {\n  service_sid = twilio_verify_service.test.sid\n  unique_name = \
                 \"ip\"\n}\n";
    let bucket = |label: &str, interval: u32| {
        format!(
            "resource \"twilio_verify_rate_limit_bucket\" \"{label}\" {{\n  service_sid = twilio_verify_service.test.sid\n  \
             rate_limit_sid = twilio_verify_rate_limit.test.sid\n  max = 5\n  interval = {interval}\n}}\n"
        )
    };
    let one = format!("{SERVICE}{limit}{}", bucket("minute", 60));
    sandbox.apply(&one);
    let said = sandbox.apply_fails(&format!("{one}{}", bucket("again", 60)));
    assert!(said.contains("has a bucket with this interval already"), "{said}");
    sandbox.apply(&format!("{one}{}", bucket("again", 3600)));
    sandbox.plan_is_empty("with another interval");
}

#[test]
fn the_order_of_event_types_is_no_change() {
    let sandbox = Sandbox::standing();
    let with = |types: &str| {
        format!(
            "{SERVICE}resource \"twilio_verify_webhook\" \"test\" {{\n  service_sid = twilio_verify_service.test.sid\n  \
             friendly_name = \"Factors\"\n  event_types = {types}\n  webhook_url = \"https://example.com/verify\"\n}}\n"
        )
    };
    sandbox.apply(&with(r#"["factor.verified", "challenge.approved"]"#));
    sandbox.configure(&with(r#"["challenge.approved", "factor.verified"]"#));
    sandbox.plan_is_empty("in another order");
}
