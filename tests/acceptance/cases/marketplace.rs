//! Add-ons of other companies: whose terms somebody has to accept, and what an import knows of them.

use serde_json::json;

use crate::sandbox::Sandbox;

const OFFER: &str = "XB0123456789abcdef0123456789abcdef";

fn add_on(offer: &str, more: &str) -> String {
    format!(
        "resource \"twilio_marketplace_installed_add_on\" \"test\" {{\n  available_add_on_sid = \"{offer}\"\n  unique_name = \"test\"\n  \
         {more}\n}}\n"
    )
}

#[test]
fn nothing_is_installed_before_somebody_accepts_the_terms() {
    let sandbox = Sandbox::standing();
    for refused in ["", "accept_terms_of_service = false"] {
        let said = sandbox.apply_fails(&add_on(OFFER, refused));
        assert!(said.contains("Nobody has accepted the terms of the add-on"), "{said}");
        assert!(said.contains("accept_terms_of_service = true"), "{said}");
    }
    let said = sandbox
        .apply(&add_on(OFFER, "accept_terms_of_service = true"))
        .unwrapped();
    assert!(said.contains("Installing an add-on costs money"), "{said}");
    sandbox.plan_is_empty("of what is installed");
    // Whoever has installed it has agreed: taking the line out changes nothing.
    sandbox.apply(&add_on(OFFER, ""));
    sandbox.plan_is_empty("without the line");
    let said = sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]).unwrapped();
    assert!(said.contains("An add-on is uninstalled"), "{said}");
    sandbox.nothing_is_left();
}

#[test]
fn an_import_knows_the_offer_and_another_one_is_another_add_on() {
    let sandbox = Sandbox::standing();
    let offers = ["Spam scores", "Carriers"].map(|name| {
        let object = json!({"host": "marketplace.twilio.com", "collection": "/v1/AvailableAddOns", "fields": {"friendly_name": name}});
        let made = sandbox.twilio.add(&object).expect("it can be added");
        made["body"]["sid"].as_str().expect("a SID").to_owned()
    });
    let agreed = "accept_terms_of_service = true";
    sandbox.apply(&add_on(&offers[0], agreed));
    let installed = sandbox.resource("twilio_marketplace_installed_add_on.test");
    let sid = installed["sid"].as_str().expect("a SID").to_owned();
    assert_eq!(installed["friendly_name"], "Spam scores");
    sandbox.succeed(&["state", "rm", "twilio_marketplace_installed_add_on.test"]);
    sandbox.succeed(&["import", "-no-color", "twilio_marketplace_installed_add_on.test", &sid]);
    let imported = sandbox.resource("twilio_marketplace_installed_add_on.test");
    assert_eq!(imported["available_add_on_sid"], offers[0].as_str());
    let said = sandbox.apply(&add_on(&offers[0], agreed)).unwrapped();
    assert!(
        !said.contains("uninstalled") && !said.contains("must be replaced"),
        "{said}"
    );
    assert_eq!(
        sandbox.resource("twilio_marketplace_installed_add_on.test")["sid"],
        sid.as_str()
    );
    let said = sandbox.apply(&add_on(&offers[1], agreed)).unwrapped();
    assert!(
        said.contains("An add-on is uninstalled") && said.contains(&sid),
        "{said}"
    );
    sandbox.plan_is_empty("with the other add-on");
}
