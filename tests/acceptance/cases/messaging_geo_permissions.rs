//! `twilio_messaging_geo_permissions`.

use crate::sandbox::Sandbox;

/// One request has all countries, and one for each of many would be slow.
#[test]
fn many_countries_are_refreshed_with_few_requests() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"locals {
             countries = ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
               "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "CH", "NO", "IS"]
           }
           resource "twilio_messaging_geo_permissions" "europe" {
             for_each     = toset(local.countries)
             country_code = each.key
             enabled      = true
           }"#,
    );
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.plan_is_empty("after the create");
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    // On a machine that is busy with other things the first two may come by themselves.
    assert!(requests.len() <= 5, "{} requests: {requests:#?}", requests.len());

    // What somebody else changes shows all the same.
    let path = "/v1/Messaging/GeoPermissions/SE";
    let changed = sandbox
        .twilio
        .change("accounts.twilio.com", path, &serde_json::json!({"enabled": false}));
    changed.expect("it can be changed");
    assert_eq!(
        sandbox.planned(),
        [r#"["update"] twilio_messaging_geo_permissions.europe["SE"]"#]
    );
}

#[test]
fn countries_stand_beside_each_other_and_one_that_twilio_refuses_is_an_error() {
    let sandbox = Sandbox::standing();
    let configured = |countries: &str| {
        format!(
            r#"resource "twilio_messaging_geo_permissions" "a" {{
                 for_each     = {countries}
                 country_code = each.key
                 enabled      = each.value
               }}"#
        )
    };
    sandbox.apply(&configured("{ US = true, DE = true, FR = false, BD = false }"));
    sandbox.plan_is_empty("with what Twilio has of countries with much fraud");
    let refused = sandbox.apply_fails(&configured("{ US = true, DE = false, FR = false, BD = true }"));
    for part in ["30649", "High risk country", "Twilio Console"] {
        assert!(refused.contains(part), "{part} is not said: {refused}");
    }
    // The others were changed, and this one is as it was.
    sandbox.apply(&configured("{ US = true, DE = false, FR = false, BD = false }"));
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let last = requests.iter().rfind(|request| request["method"] == "PATCH");
    assert!(
        last.is_some_and(|last| last["path"] == "/v1/Messaging/GeoPermissions"),
        "{last:?}"
    );
    sandbox.plan_is_empty("after the refusal");
}
