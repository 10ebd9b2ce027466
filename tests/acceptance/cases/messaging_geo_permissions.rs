//! `twilio_messaging_geo_permissions`.

use crate::sandbox::Sandbox;

#[test]
fn countries_stand_beside_each_other_and_one_that_twilio_refuses_is_an_error() {
    let sandbox = Sandbox::new();
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
