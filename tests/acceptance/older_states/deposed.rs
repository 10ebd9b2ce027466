//! Old objects that an interrupted replacement left, which Terraform calls deposed: a `moved` block takes them along without
//! asking, so that they come to UpgradeResourceState of the new type in the shape of the old one.

use serde_json::Value as Json;

use super::{Past, RJPEARSON94, VENDOR, moved_blocks};

const CONFIG: &str = r#"
    resource "twilio_phone_number" "a" { phone_number = "+14155550142" }
    resource "twilio_api_key" "a" { friendly_name = "min" }
    resource "twilio_twiml_app" "a" { friendly_name = "App" }
    resource "twilio_messaging_service" "a" { friendly_name = "min" }
"#;

const APP: &str = "resource \"twilio_twiml_app\" \"a\" { friendly_name = \"App\" }\n";

/// What is left of earlier objects: as the maker makes them, and nobody configures them any more.
const EARLIER: &str = r#"
    resource "twilio_phone_number" "earlier" { phone_number = "+14155550143" }
    resource "twilio_api_key" "earlier" { friendly_name = "min" }
    resource "twilio_twiml_app" "earlier" { friendly_name = "App" }
    resource "twilio_messaging_service" "earlier" { friendly_name = "min" }
"#;

#[test]
fn what_is_deposed_is_destroyed_by_its_old_state_and_nothing_else_is() {
    let mut past = Past::new(&format!("{CONFIG}{EARLIER}"));
    past.install_all();
    let number = |name: &str| {
        past.stored(
            "twilio_phone_number.plain",
            &format!("twilio_phone_number.{name}"),
            &["phone_number", "friendly_name"],
        )
    };
    let key = |name: &str| {
        past.stored(
            "twilio_iam_api_key.min",
            &format!("twilio_api_key.{name}"),
            &["friendly_name"],
        )
    };
    let app = |name: &str| {
        past.vendors(
            "twilio_api_accounts_applications.min",
            &format!("twilio_twiml_app.{name}"),
            &[],
        )
    };
    let service = |name: &str| {
        past.vendors(
            "twilio_messaging_services_v1.min",
            &format!("twilio_messaging_service.{name}"),
            &[],
        )
    };
    let deposed = |mut instance: Json| {
        instance["deposed"] = "0badcafe".into();
        instance
    };
    past.write_state(&[
        ("twilio_phone_number", "a", RJPEARSON94, number("a")),
        ("twilio_phone_number", "a", RJPEARSON94, deposed(number("earlier"))),
        ("twilio_iam_api_key", "a", RJPEARSON94, key("a")),
        ("twilio_iam_api_key", "a", RJPEARSON94, deposed(key("earlier"))),
        ("twilio_api_accounts_applications", "a", VENDOR, app("a")),
        ("twilio_api_accounts_applications", "a", VENDOR, deposed(app("earlier"))),
        ("twilio_messaging_services_v1", "a", VENDOR, service("a")),
        ("twilio_messaging_services_v1", "a", VENDOR, deposed(service("earlier"))),
    ]);
    past.sandbox.configure(&format!(
        "{CONFIG}{}",
        moved_blocks([
            ("twilio_iam_api_key.a", "twilio_api_key.a"),
            ("twilio_api_accounts_applications.a", "twilio_twiml_app.a"),
            ("twilio_messaging_services_v1.a", "twilio_messaging_service.a"),
        ])
    ));
    let said = past
        .sandbox
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .unwrapped();
    assert!(said.contains("0 added, 0 changed, 4 destroyed"), "{said}");
    let living = past.sandbox.living();
    let is_there = |address: &str| {
        let sid = past.made(address)["sid"].as_str().expect("a SID").to_owned();
        living.iter().any(|object| object.contains(&sid))
    };
    for type_name in [
        "twilio_phone_number",
        "twilio_api_key",
        "twilio_twiml_app",
        "twilio_messaging_service",
    ] {
        assert!(is_there(&format!("{type_name}.a")), "{type_name} that stays");
        assert!(!is_there(&format!("{type_name}.earlier")), "{type_name} that goes");
    }
    past.sandbox.plan_is_empty("after the destroys");
}

#[test]
fn what_is_deposed_and_not_found_is_an_error_that_warns_of_the_one_that_stays() {
    let mut past = Past::new(APP);
    past.install_all();
    let app = || past.vendors("twilio_api_accounts_applications.min", "twilio_twiml_app.a", &[]);
    let mut lost = app();
    for name in ["sid", "id"] {
        lost["attributes"][name] = "AP00000000000000000000000000000001".into();
    }
    lost["deposed"] = "0badcafe".into();
    past.write_state(&[
        ("twilio_api_accounts_applications", "a", VENDOR, app()),
        ("twilio_api_accounts_applications", "a", VENDOR, lost),
    ]);
    past.sandbox.configure(&format!(
        "{APP}{}",
        moved_blocks([("twilio_api_accounts_applications.a", "twilio_twiml_app.a")])
    ));
    past.refused(
        &["apply", "-auto-approve", "-no-color"],
        &[
            "AP00000000000000000000000000000001",
            "came from another provider and was not found",
            "import the one that stays before you apply",
        ],
    );
    // As it says.
    let sid = past.made("twilio_twiml_app.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    past.sandbox.configure(APP);
    past.sandbox
        .succeed(&["state", "rm", "twilio_api_accounts_applications.a"]);
    past.sandbox
        .succeed(&["import", "-no-color", "twilio_twiml_app.a", &sid]);
    past.sandbox.plan_is_empty("after the import");
}
