//! `twilio_twiml_app`.

use serde_json::json;

use crate::lifecycle::fill;
use crate::sandbox::Sandbox;

const ADDRESS: &str = "twilio_twiml_app.test";

#[test]
fn the_older_name_under_which_twilio_answers_the_message_callback_plans_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(r#"resource "twilio_twiml_app" "test" { message_status_callback = "https://example.com/status" }"#);
    let path = fill(
        "/2010-04-01/Accounts/{account_sid}/Applications/{sid}.json",
        &sandbox.resource(ADDRESS),
    );
    sandbox
        .twilio
        .change(
            "api.twilio.com",
            &path,
            &json!({"sms_status_callback": "https://example.com/status"}),
        )
        .expect("the app can be changed");
    sandbox.plan_is_empty("with the callback under both names");
}

#[test]
fn urls_that_twilio_does_not_clear_stay_and_the_page_says_so() {
    let sandbox = Sandbox::standing();
    let urls = [
        "voice_url",
        "voice_fallback_url",
        "status_callback",
        "sms_url",
        "sms_fallback_url",
        "message_status_callback",
    ];
    let all: Vec<String> = urls
        .iter()
        .map(|name| format!("{name} = \"https://example.com/{name}\""))
        .collect();
    let config = |arguments: &str| format!("resource \"twilio_twiml_app\" \"test\" {{\n{arguments}\n}}");
    sandbox.apply(&config(&all.join("\n")));
    let said = sandbox.apply(&config("friendly_name = \"Bare\"")).unwrapped();
    assert!(!said.contains("Twilio stored another value"), "{said}");
    sandbox.plan_is_empty("after all URLs were taken out");
    let app = sandbox.resource(ADDRESS);
    for name in urls {
        let kept = ["voice_url", "sms_url"].contains(&name);
        let expected = kept.then(|| format!("https://example.com/{name}"));
        assert_eq!(app[name].as_str().map(str::to_owned), expected, "{name}");
    }
    sandbox.apply(&config(
        "friendly_name = \"Bare\"\nvoice_url = \"https://example.com/other\"",
    ));
    assert_eq!(sandbox.resource(ADDRESS)["voice_url"], "https://example.com/other");
    sandbox.plan_is_empty("after another URL");
    for (name, value) in [("voice_url", "other"), ("sms_url", "sms_url")] {
        sandbox.configure(&config(&format!("friendly_name = \"Bare\"\n{name} = \"\"")));
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        let said = output.unwrapped();
        assert!(
            output.code != 0 && said.contains(&format!("cannot take {name} off an app")),
            "{said}"
        );
        assert_eq!(said.matches("Error: ").count(), 1, "{said}");
        assert_eq!(sandbox.resource(ADDRESS)[name], format!("https://example.com/{value}"));
    }
    // Where there is none, an empty text is none.
    sandbox.apply("resource \"twilio_twiml_app\" \"new\" { voice_url = \"\" }");
    sandbox.plan_is_empty("with an empty URL in a new app");
}

#[test]
fn what_nobody_configured_is_not_planned_as_unknown() {
    let sandbox = Sandbox::standing();
    sandbox.configure("resource \"twilio_twiml_app\" \"test\" {}");
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let unknown = &plan["resource_changes"][0]["change"]["after_unknown"];
    for name in ["friendly_name", "voice_url", "sms_url"] {
        assert!(unknown.get(name).is_none(), "{name}: {unknown}");
    }
}
