//! Types of RJPearson94/twilio: some have the same name here, the others are moved.

use serde_json::{Value as Json, json};

use super::{Past, RJPEARSON94, VENDOR, moved_blocks};
use crate::lifecycle::active_changes;
use crate::sandbox::assert_healthy;

/// Objects of the five types that have the same name there, as its users configure them here.
const CONFIG: &str = r#"
    resource "twilio_phone_number" "a" { phone_number = "+14155550142" }
    resource "twilio_messaging_service" "a" {
      friendly_name   = "min"
      validity_period = 14400
    }
    resource "twilio_studio_flow" "a" {
      friendly_name  = "min"
      status         = "draft"
      commit_message = "Updated via Terraform"
      definition     = jsonencode({
        description   = "f"
        flags         = { allow_concurrent_calls = true }
        initial_state = "Trigger"
        states        = [{ name = "Trigger", properties = { offset = { x = 0, y = 0 } }, transitions = [], type = "trigger" }]
      })
    }
    resource "twilio_twiml_app" "a" { friendly_name = "App" }
    resource "twilio_verify_service" "a" { friendly_name = "Shop" }
"#;

/// Fixture of each type, and what of it is this object's own.
const FIXTURES: &[(&str, &str, &[&str])] = &[
    ("twilio_phone_number", "plain", &["phone_number", "friendly_name"]),
    ("twilio_messaging_service", "min", &[]),
    ("twilio_studio_flow", "min", &[]),
    ("twilio_twiml_app", "min", &["friendly_name"]),
    ("twilio_verify_service", "min", &[]),
];

#[test]
fn the_same_types_are_taken_over_without_a_change_and_without_a_write() {
    let mut past = Past::new(CONFIG);
    past.install_all();
    let ours = past.address();
    for provider in [RJPEARSON94, ours.as_str()] {
        let objects: Vec<_> = FIXTURES
            .iter()
            .map(|(type_name, variant, own)| {
                let stored = past.stored(&format!("{type_name}.{variant}"), &format!("{type_name}.a"), own);
                (*type_name, "a", provider, stored)
            })
            .collect();
        past.write_state(&objects);
        past.sandbox.twilio.forget_requests().expect("the simulator answers");
        past.sandbox.configure(CONFIG);
        past.sandbox.plan_is_empty(&format!("with the state of {provider}"));
        past.sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
        for (type_name, _, _) in FIXTURES {
            let address = format!("{type_name}.a");
            assert_eq!(
                past.sandbox.resource(&address),
                past.made(&address),
                "{address} from {provider}"
            );
        }
        assert_eq!(past.writes(), Vec::<Json>::new());
    }
}

#[test]
fn what_differs_is_shown_by_name_and_nothing_else() {
    let past = Past::new(CONFIG);
    let stored = past.stored("twilio_messaging_service.min", "twilio_messaging_service.a", &[]);
    past.write_state(&[("twilio_messaging_service", "a", &past.address(), stored)]);
    past.sandbox
        .configure(r#"resource "twilio_messaging_service" "a" { friendly_name = "min" }"#);
    let plan = past.sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    let (before, after) = (&changes[0]["change"]["before"], &changes[0]["change"]["after"]);
    let differs = before
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, value)| after[name.as_str()] != **value);
    let differs: Vec<_> = differs.map(|(name, _)| name.as_str()).collect();
    assert_eq!(differs, ["validity_period"], "the default there is 14400");
}

/// Its table says no more of the older providers than their names for it.
#[test]
fn a_table_that_only_names_the_older_types_takes_over_what_they_stored() {
    const ADDRESS: &str = "twilio_address.a";
    let config = r#"
        resource "twilio_address" "a" {
          friendly_name = "Office"
          customer_name = "Acme"
          street        = "1 Main St"
          city          = "Denver"
          region        = "CO"
          postal_code   = "80202"
          iso_country   = "US"
        }
    "#;
    let mut past = Past::new(config);
    past.install_all();
    for (provider, their_type) in [
        (RJPEARSON94, "twilio_account_address"),
        (VENDOR, "twilio_api_accounts_addresses"),
    ] {
        let stored = match provider {
            RJPEARSON94 => past.stored(their_type, ADDRESS, &["friendly_name"]),
            _ => past.vendors(their_type, ADDRESS, &["friendly_name"]),
        };
        past.write_state(&[(their_type, "old", provider, stored)]);
        past.sandbox.twilio.forget_requests().expect("the simulator answers");
        let from = format!("{their_type}.old");
        past.sandbox
            .configure(&format!("{config}{}", moved_blocks([(from.as_str(), ADDRESS)])));
        let said = past
            .sandbox
            .succeed(&["apply", "-auto-approve", "-no-color"])
            .unwrapped();
        assert!(said.contains("0 added, 0 changed, 0 destroyed"), "{said}");
        assert_eq!(past.sandbox.resource(ADDRESS), past.made(ADDRESS), "{their_type}");
        assert_eq!(past.writes(), Vec::<Json>::new());
    }
}

#[test]
fn moves_across_providers_keep_the_object_and_its_secret() {
    let config = r#"
        resource "twilio_api_key" "a" { friendly_name = "min" }
        resource "twilio_subaccount" "a" {
          friendly_name     = "Sub"
          expose_auth_token = true
        }
        resource "twilio_messaging_service" "a" { friendly_name = "min" }
        resource "twilio_phone_number" "a" { phone_number = "+14155550142" }
        resource "twilio_messaging_service_phone_number" "a" {
          service_sid      = twilio_messaging_service.a.sid
          phone_number_sid = twilio_phone_number.a.sid
        }
    "#;
    let mut past = Past::new(config);
    past.install_all();
    let mut key = past.stored("twilio_iam_api_key", "twilio_api_key.a", &["friendly_name"]);
    key["attributes"]["secret"] = "kept-secret".into();
    let mut subaccount = past.stored("twilio_account_sub_account", "twilio_subaccount.a", &["friendly_name"]);
    subaccount["attributes"]["auth_token"] = past.made("twilio_subaccount.a")["auth_token"].clone();
    subaccount["attributes"]["owner_account_sid"] = past.made("twilio_subaccount.a")["account_sid"].clone();
    let entry_address = "twilio_messaging_service_phone_number.a";
    let entry = past.stored(
        "twilio_messaging_phone_number",
        entry_address,
        &["service_sid", "phone_number"],
    );
    let mut service = past.stored("twilio_messaging_service.min", "twilio_messaging_service.a", &[]);
    service["attributes"]["validity_period"] = 36_000.into();
    let number = past.stored(
        "twilio_phone_number.plain",
        "twilio_phone_number.a",
        &["phone_number", "friendly_name"],
    );
    let moves = moved_blocks([
        ("twilio_iam_api_key.old", "twilio_api_key.a"),
        ("twilio_account_sub_account.old", "twilio_subaccount.a"),
        (
            "twilio_messaging_phone_number.old",
            "twilio_messaging_service_phone_number.a",
        ),
        ("twilio_messaging_service.old", "twilio_messaging_service.a"),
    ]);
    // As that provider left it, and as `terraform state replace-provider` leaves it.
    let ours = past.address();
    for provider in [RJPEARSON94, ours.as_str()] {
        past.write_state(&[
            ("twilio_iam_api_key", "old", provider, key.clone()),
            ("twilio_account_sub_account", "old", provider, subaccount.clone()),
            ("twilio_messaging_phone_number", "old", provider, entry.clone()),
            ("twilio_messaging_service", "old", provider, service.clone()),
            ("twilio_phone_number", "a", provider, number.clone()),
        ]);
        past.sandbox.twilio.forget_requests().expect("the simulator answers");
        past.sandbox.configure(&format!("{config}{moves}"));
        let said = past
            .sandbox
            .succeed(&["apply", "-auto-approve", "-no-color"])
            .unwrapped();
        assert!(said.contains("0 added, 0 changed, 0 destroyed"), "{said}");
        for address in [
            "twilio_subaccount.a",
            "twilio_messaging_service.a",
            entry_address,
            "twilio_phone_number.a",
        ] {
            assert_eq!(
                past.sandbox.resource(address),
                past.made(address),
                "{address} from {provider}"
            );
        }
        let key = past.sandbox.resource("twilio_api_key.a");
        assert_eq!(
            (&key["secret"], &key["sid"]),
            (&json!("kept-secret"), &past.made("twilio_api_key.a")["sid"])
        );
        past.sandbox.plan_is_empty("after the moves");
        assert_eq!(past.writes(), Vec::<Json>::new());
    }
}

#[test]
fn a_token_that_no_configuration_asks_for_leaves_the_state_with_a_change_that_the_plan_shows() {
    let mut past = Past::new(r#"resource "twilio_subaccount" "a" { friendly_name = "Sub" }"#);
    past.install_all();
    let mut subaccount = past.stored("twilio_account_sub_account", "twilio_subaccount.a", &["friendly_name"]);
    subaccount["attributes"]["owner_account_sid"] = past.made("twilio_subaccount.a")["account_sid"].clone();
    past.write_state(&[("twilio_account_sub_account", "a", RJPEARSON94, subaccount)]);
    past.sandbox.twilio.forget_requests().expect("the simulator answers");
    past.sandbox.configure(&format!(
        "resource \"twilio_subaccount\" \"a\" {{ friendly_name = \"Sub\" }}\n{}",
        moved_blocks([("twilio_account_sub_account.a", "twilio_subaccount.a")])
    ));
    let said = past
        .sandbox
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .unwrapped();
    assert!(said.contains("expose_auth_token = true -> false"), "{said}");
    assert!(said.contains("0 added, 1 changed, 0 destroyed"), "{said}");
    assert_eq!(
        past.sandbox.resource("twilio_subaccount.a"),
        past.made("twilio_subaccount.a")
    );
    assert_eq!(past.writes(), Vec::<Json>::new());
}

#[test]
fn a_state_that_is_refused_names_its_provider_and_a_way_that_works() {
    let past = Past::new(CONFIG);
    let mut stored = past.stored(
        "twilio_phone_number.plain",
        "twilio_phone_number.a",
        &["phone_number", "friendly_name"],
    );
    stored["attributes"]["beta"] = json!(["of", "another", "form"]);
    past.write_state(&[("twilio_phone_number", "a", &past.address(), stored)]);
    past.sandbox
        .configure(r#"resource "twilio_phone_number" "a" { phone_number = "+14155550142" }"#);
    let output = past
        .sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts");
    assert_healthy(&output);
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    for needle in [
        "written by RJPearson94/twilio",
        "beta",
        "The state was left as it is",
        "guide to migration",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert!(!said.contains("edited by hand"), "{said}");
    // The lines are there to be copied.
    let lines = output.text();
    let id = lines
        .lines()
        .find_map(|line| line.split_once("terraform import ADDRESS "))
        .expect("a line to copy");
    past.sandbox.succeed(&["state", "rm", "twilio_phone_number.a"]);
    past.sandbox
        .succeed(&["import", "-no-color", "twilio_phone_number.a", id.1.trim()]);
    past.sandbox.plan_is_empty("after the import");
    assert_eq!(
        past.sandbox.resource("twilio_phone_number.a"),
        past.made("twilio_phone_number.a")
    );
}
