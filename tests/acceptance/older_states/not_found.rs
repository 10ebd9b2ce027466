//! Objects that came from an older provider's state and are not found: an error until they were found once, never a reason to
//! make or buy another.

use serde_json::json;

use super::{Past, RJPEARSON94, VENDOR, moved_blocks};

const NUMBER: &str = r#"resource "twilio_phone_number" "a" { phone_number = "+14155550142" }"#;
const NUMBER_MADE_BEFORE: &str = r#"
    resource "twilio_phone_number" "a" {
      phone_number = "+14155550142"
      lifecycle {
        create_before_destroy = true
      }
    }
"#;
const APP: &str = r#"resource "twilio_twiml_app" "a" { friendly_name = "App" }"#;
const PLAN: &[&str] = &["plan", "-no-color"];
const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];

/// A state with a number of RJPearson94/twilio that Twilio does not know, where one of that number can be bought.
fn with_a_lost_number() -> Past {
    let mut past = Past::new(NUMBER);
    past.install_all();
    let mut number = past.stored(
        "twilio_phone_number.plain",
        "twilio_phone_number.a",
        &["phone_number", "friendly_name"],
    );
    for name in ["sid", "id"] {
        number["attributes"][name] = json!("PN00000000000000000000000000000001");
    }
    past.maker
        .succeed(&["destroy", "-auto-approve", "-no-color"])
        .expect("it is released");
    past.write_state(&[("twilio_phone_number", "a", RJPEARSON94, number)]);
    past.sandbox.configure(NUMBER);
    past
}

#[test]
fn a_number_of_the_same_type_that_is_not_found_is_an_error_and_never_bought_again() {
    let past = with_a_lost_number();
    let needles = &[
        "twilio_phone_number came from another provider and was not found",
        "PN00000000000000000000000000000001",
        "answered 404, Twilio code 20404 (request RQ",
        "The state says that it is in account AC",
        "nothing is made in its place",
        "terraform state rm",
    ];
    past.refused(PLAN, needles);
    past.refused(APPLY, needles);
    past.refused(&["destroy", "-auto-approve", "-no-color"], needles);
    // Nor without a read before.
    past.refused(
        &["destroy", "-auto-approve", "-no-color", "-refresh=false"],
        &needles[..1],
    );
    let replace = [APPLY, &["-refresh=false", "-replace=twilio_phone_number.a"]].concat();
    past.refused(
        &replace,
        &["came from another provider and was not read yet", "-refresh=false"],
    );
    past.sandbox.configure(NUMBER_MADE_BEFORE);
    past.refused(
        &replace,
        &["came from another provider and was not read yet", "-refresh=false"],
    );
    past.sandbox.configure(NUMBER);
    assert_eq!(past.in_state(), ["twilio_phone_number.a"]);
    // Who knows that it is gone says so.
    past.sandbox.succeed(&["state", "rm", "twilio_phone_number.a"]);
    let said = past.sandbox.succeed(PLAN).unwrapped();
    assert!(said.contains("1 to add"), "{said}");
}

#[test]
fn a_key_that_is_not_found_is_reported_with_what_its_way_out_would_lose() {
    let key = r#"resource "twilio_api_key" "a" { friendly_name = "min" }"#;
    let mut past = Past::new(key);
    past.install_all();
    let mut lost = past.stored("twilio_iam_api_key.min", "twilio_api_key.a", &["friendly_name"]);
    for name in ["sid", "id"] {
        lost["attributes"][name] = json!("SK00000000000000000000000000000001");
    }
    past.write_state(&[("twilio_iam_api_key", "a", RJPEARSON94, lost)]);
    past.sandbox.configure(&format!(
        "{key}\n{}",
        moved_blocks([("twilio_iam_api_key.a", "twilio_api_key.a")])
    ));
    let said = past.refused(
        APPLY,
        &[
            "twilio_api_key came from another provider and was not found",
            "Its secret is in the state alone",
            "terraform import ADDRESS ACCOUNT_SID/SK",
        ],
    );
    assert!(!said.contains("example-secret"), "{said}");
}

#[test]
fn what_a_moved_block_brings_and_is_not_found_is_an_error_until_it_was_found_once() {
    let mut past = Past::new(APP);
    past.install_all();
    let sid = past.made("twilio_twiml_app.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let mut lost = past.vendors("twilio_api_accounts_applications.min", "twilio_twiml_app.a", &[]);
    for name in ["sid", "id"] {
        lost["attributes"][name] = json!("AP00000000000000000000000000000001");
    }
    let config = format!(
        "{APP}\n{}",
        moved_blocks([("twilio_api_accounts_applications.a", "twilio_twiml_app.a")])
    );
    past.write_state(&[("twilio_api_accounts_applications", "a", VENDOR, lost)]);
    past.sandbox.configure(&config);
    let needles = &[
        "came from another provider and was not found",
        "does not say which account",
        "subaccount_sid",
    ];
    past.refused(PLAN, needles);
    past.refused(APPLY, needles);
    // Not even its account is known, so nothing is done to it unseen.
    past.refused(
        &[APPLY, &["-refresh=false", "-replace=twilio_twiml_app.a"]].concat(),
        &["came from another provider and was not read yet", "-refresh=false"],
    );
    assert_eq!(past.in_state(), ["twilio_api_accounts_applications.a"]);

    // Once it was found it is one of ours, and gone means gone.
    let found = past.vendors("twilio_api_accounts_applications.min", "twilio_twiml_app.a", &[]);
    past.write_state(&[("twilio_api_accounts_applications", "a", VENDOR, found)]);
    past.sandbox.succeed(APPLY);
    let path = format!(
        "/2010-04-01/Accounts/{}/Applications/{sid}.json",
        past.sandbox.handle.account_sid
    );
    past.sandbox
        .twilio
        .remove("api.twilio.com", &path)
        .expect("it is there");
    let said = past.sandbox.succeed(PLAN).unwrapped();
    assert!(said.contains("1 to add, 0 to change, 0 to destroy"), "{said}");
}
