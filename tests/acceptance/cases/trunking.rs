//! Trunks: what a number loses to one, whose number it is, and what is said before calls or costs change.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use xtask::samples::Before;

use crate::sandbox::Sandbox;

const TRUNKS: &str = "resource \"twilio_trunk\" \"one\" {\n  friendly_name = \"One\"\n  domain_name = \"one.pstn.twilio.com\"\n}\n\
                      resource \"twilio_trunk\" \"two\" {\n  friendly_name = \"Two\"\n}\n";

/// A number that nothing here manages: its SID.
fn number(sandbox: &Sandbox, form: &[(&str, &str)]) -> String {
    let form = form
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    sandbox.make(
        &Before {
            name: "number".to_owned(),
            host: "api.twilio.com".to_owned(),
            path: format!(
                "/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json",
                sandbox.handle.account_sid
            ),
            form: form
                .chain([("PhoneNumber".to_owned(), "+14155550163".to_owned())])
                .collect(),
            put_there: false,
        },
        &BTreeMap::new(),
    )
}

fn entry(trunk: &str, number: &str, more: &str) -> String {
    format!(
        "{TRUNKS}resource \"twilio_trunk_phone_number\" \"test\" {{\n  trunk_sid = twilio_trunk.{trunk}.sid\n  phone_number_sid = \
         \"{number}\"\n  {more}\n}}\n"
    )
}

fn there(sandbox: &Sandbox, sid: &str) -> Json {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let number = objects
        .into_iter()
        .find(|object| object["sid"] == sid && object["host"] == "api.twilio.com");
    number.expect("it is there")["body"].clone()
}

fn plan(sandbox: &Sandbox, config: &str) -> String {
    sandbox.configure(config);
    sandbox.succeed(&["plan", "-no-color"]).unwrapped()
}

#[test]
fn what_a_number_loses_to_a_trunk_is_said_before_and_comes_back() {
    let sandbox = Sandbox::standing();
    let secret = "https://example.com/voice?key=hush-hush";
    let sid = number(&sandbox, &[("VoiceUrl", secret), ("SmsUrl", "https://example.com/sms")]);
    let said = plan(&sandbox, &entry("one", &sid, ""));
    for needle in [
        "The trunk takes the calls of a phone number that has webhooks",
        "Not used any more: voice_url.",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    assert!(!said.contains("hush-hush") && !said.contains("sms_url"), "{said}");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    let trunk = sandbox.resource("twilio_trunk.one")["sid"].clone();
    assert_eq!(there(&sandbox, &sid)["trunk_sid"], trunk);
    sandbox.plan_is_empty("with a number on a trunk");
    sandbox.refresh_finds_nothing("with a number on a trunk");
    sandbox.apply(TRUNKS);
    let number = there(&sandbox, &sid);
    assert_eq!(number["trunk_sid"], Json::Null);
    assert_eq!(number["voice_url"], secret, "it takes the calls again");
}

#[test]
fn a_number_on_another_trunk_is_taken_only_where_that_is_asked_for() {
    let sandbox = Sandbox::standing();
    let sid = number(&sandbox, &[]);
    sandbox.apply(TRUNKS);
    let (one, two) = (
        sandbox.resource("twilio_trunk.one")["sid"].clone(),
        sandbox.resource("twilio_trunk.two")["sid"].clone(),
    );
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{sid}",
        sandbox.handle.account_sid
    );
    sandbox
        .twilio
        .change("api.twilio.com", &path, &json!({"trunk_sid": one}))
        .expect("the simulator answers");
    sandbox.configure(&entry("two", &sid, ""));
    let said = sandbox.apply_fails(&entry("two", &sid, ""));
    for needle in [
        "The phone number is on another trunk",
        one.as_str().expect("a SID"),
        "Nothing was changed",
        "adopt_existing = true",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    assert_eq!(there(&sandbox, &sid)["trunk_sid"], one);
    let taking = entry("two", &sid, "adopt_existing = true");
    assert!(plan(&sandbox, &taking).contains("A phone number is taken from another trunk"));
    sandbox.apply(&taking);
    assert_eq!(there(&sandbox, &sid)["trunk_sid"], two);
    sandbox.plan_is_empty("with the number taken");
}

#[test]
fn a_number_goes_from_one_trunk_of_the_configuration_to_the_other() {
    let sandbox = Sandbox::standing();
    let sid = number(&sandbox, &[]);
    sandbox.apply(&entry("one", &sid, ""));
    sandbox.apply(&entry("two", &sid, ""));
    let two = sandbox.resource("twilio_trunk.two")["sid"].clone();
    assert_eq!(there(&sandbox, &sid)["trunk_sid"], two);
    // Without a moment in which it is on neither.
    let before = sandbox.twilio.requests().expect("the simulator answers").len();
    sandbox.apply(&entry(
        "one",
        &sid,
        "adopt_existing = true\n  lifecycle {\n    create_before_destroy = true\n  }",
    ));
    let one = sandbox.resource("twilio_trunk.one")["sid"].clone();
    assert_eq!(there(&sandbox, &sid)["trunk_sid"], one);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let writes: Vec<&str> = requests[before..]
        .iter()
        .filter_map(|request| request["method"].as_str())
        .filter(|method| *method != "GET")
        .collect();
    assert_eq!(writes.first(), Some(&"POST"));
    sandbox.plan_is_empty("after the number has moved");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    assert_eq!(there(&sandbox, &sid)["trunk_sid"], Json::Null);
}

#[test]
fn another_name_of_a_trunk_and_what_costs_are_said_before() {
    let sandbox = Sandbox::standing();
    sandbox.apply(TRUNKS);
    let renamed = TRUNKS.replace("one.pstn", "first.pstn");
    let (name, money) = (
        "The name that calls are sent to changes",
        "Each call that comes in is billed a lookup",
    );
    let said = plan(&sandbox, &renamed);
    assert!(said.contains(name) && !said.contains(money), "{said}");
    let looked_up = TRUNKS.replace("\"Two\"", "\"Two\"\n  cnam_lookup_enabled = true");
    let said = plan(&sandbox, &looked_up);
    assert!(said.contains(money) && !said.contains(name), "{said}");
    sandbox.apply(&looked_up);
    assert!(!plan(&sandbox, &looked_up).contains(money));
}
