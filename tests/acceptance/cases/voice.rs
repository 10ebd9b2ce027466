//! Where calls may go and what is billed for them: what is said before it changes, and what an apply leaves.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const HOST: &str = "voice.twilio.com";

fn plan(sandbox: &Sandbox, config: &str) -> String {
    sandbox.configure(config);
    sandbox.succeed(&["plan", "-no-color"]).unwrapped()
}

fn countries(list: &str) -> String {
    format!(
        "resource \"twilio_voice_dialing_permissions_country\" \"a\" {{\n  for_each = {list}\n  iso_code = each.key\n  \
         low_risk_numbers_enabled = each.value.low\n  high_risk_special_numbers_enabled = each.value.special\n}}\n"
    )
}

/// What Twilio has of a country.
fn there(sandbox: &Sandbox, country: &str) -> Json {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let found = objects
        .into_iter()
        .find(|object| object["host"] == HOST && object["body"]["iso_code"] == country);
    found.expect("it was written")["body"].clone()
}

#[test]
fn what_an_apply_opens_for_calls_is_said_and_what_is_open_is_not() {
    let sandbox = Sandbox::standing();
    // The account's own country may be called from the start.
    let said = plan(&sandbox, &countries("{ US = { low = true, special = false } }"));
    assert!(!said.contains("opened for calls"), "{said}");
    let closed = countries("{ US = { low = true, special = false }, DE = { low = false, special = false } }");
    sandbox.apply(&closed);
    sandbox.plan_is_empty("with a country that is closed");
    let low = countries("{ US = { low = true, special = false }, DE = { low = true, special = false } }");
    let said = plan(&sandbox, &low);
    for needle in ["A country is opened for calls", "may call in DE: ordinary numbers."] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    assert!(!said.contains("may call in US"), "{said}");
    let special = countries("{ US = { low = true, special = false }, DE = { low = true, special = true } }");
    let said = plan(&sandbox, &special);
    for needle in [
        "Numbers of high risk are opened for calls",
        "may call in DE: ordinary numbers; special services",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    sandbox.apply(&special);
    sandbox.plan_is_empty("with what is open");
    // A destroy closes nothing, and says so.
    let rest = countries("{ US = { low = true, special = false } }");
    let said = plan(&sandbox, &rest);
    for needle in [
        "A country stays open for calls",
        "leaves the permissions of DE as they are",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    sandbox.apply(&rest);
    let germany = there(&sandbox, "DE");
    assert_eq!(germany["low_risk_numbers_enabled"], true);
    assert_eq!(germany["high_risk_special_numbers_enabled"], true);
}

#[test]
fn what_another_opens_is_drift_and_is_closed_again() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&countries("{ DE = { low = true, special = false } }"));
    let opened = json!({"high_risk_special_numbers_enabled": true});
    sandbox
        .twilio
        .change(HOST, "/v1/DialingPermissions/Countries/DE", &opened)
        .expect("the simulator answers");
    let said = plan(&sandbox, &countries("{ DE = { low = true, special = false } }"));
    assert!(
        said.contains("high_risk_special_numbers_enabled = true -> false"),
        "{said}"
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(there(&sandbox, "DE")["high_risk_special_numbers_enabled"], false);
    sandbox.plan_is_empty("after it was closed");
}

#[test]
fn whose_permissions_an_account_has_and_what_is_billed_is_said_in_the_plan() {
    let sandbox = Sandbox::standing();
    let settings = |inherits: bool, advanced: bool| {
        format!(
            "resource \"twilio_voice_dialing_permissions_settings\" \"a\" {{\n  dialing_permissions_inheritance = {inherits}\n}}\n\
             resource \"twilio_voice_insights_settings\" \"a\" {{\n  advanced_features = {advanced}\n}}\n"
        )
    };
    let said = plan(&sandbox, &settings(false, true));
    for needle in [
        "bills each minute of each call",
        "The account gets other dialing permissions",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    sandbox.apply(&settings(false, true));
    sandbox.plan_is_empty("with settings of its own");
    let said = plan(&sandbox, &settings(true, true));
    assert!(said.contains("The account gets other dialing permissions"), "{said}");
    assert!(!said.contains("is billed"), "{said}");
    sandbox.apply(&settings(true, false));
    sandbox.plan_is_empty("with the parent's permissions");
    // They are there without a resource, and stay.
    sandbox.apply("");
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let inherits = objects
        .iter()
        .find(|object| object["body"]["dialing_permissions_inheritance"].is_boolean());
    assert_eq!(
        inherits.map(|object| &object["body"]["dialing_permissions_inheritance"]),
        Some(&json!(true))
    );
}

#[test]
fn what_a_short_code_loses_by_being_taken_over_is_said_without_its_value() {
    let sandbox = Sandbox::standing();
    let account = &sandbox.handle.account_sid;
    let code = json!({"host": "api.twilio.com", "collection": format!("/2010-04-01/Accounts/{account}/SMS/ShortCodes"),
        "fields": {"short_code": "12345", "sms_url": "https://example.com/sms?key=hush-hush"}});
    let added = sandbox.twilio.add(&code).expect("it can be added");
    let sid = added["sid"].as_str().expect("a SID");
    let config = format!(
        "resource \"twilio_short_code\" \"a\" {{\n  short_code_sid = \"{sid}\"\n  friendly_name = \"Alerts\"\n}}\n"
    );
    let said = plan(&sandbox, &config);
    for needle in [
        "is taken off, since it is not configured here: sms_url",
        "data source of the same name",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    assert!(!said.contains("hush-hush"), "{said}");
    sandbox.apply(&config);
    sandbox.plan_is_empty("with a short code");
    sandbox.apply("");
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    assert!(
        objects.iter().any(|object| object["sid"] == sid),
        "nobody gives a short code back"
    );
}

#[test]
fn calls_that_go_to_another_region_are_announced() {
    let sandbox = Sandbox::standing();
    let route = |region: &str| {
        format!(
            "resource \"twilio_phone_number_route\" \"a\" {{\n  phone_number = \"+14155550100\"\n  voice_region = \"{region}\"\n}}\n"
        )
    };
    let said = plan(&sandbox, &route("us1"));
    assert!(!said.contains("Calls go to another region"), "{said}");
    let said = plan(&sandbox, &route("ie1"));
    for needle in [
        "Calls go to another region",
        "calls to +14155550100 are processed in ie1, and no more in us1",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    sandbox.apply(&route("ie1"));
    sandbox.plan_is_empty("with calls in Ireland");
}
