//! `twilio_api_key`.

use crate::lifecycle::{Case, Drift};
use crate::world::World;

const CASE: Case = Case {
    address: "twilio_api_key.test",
    config: r#"
        resource "twilio_api_key" "test" {
          friendly_name = "App"
          key_type      = "restricted"
          policy        = { allow = ["/twilio/messaging/messages/read", "/twilio/messaging/messages/create"] }
        }
    "#,
    changed: r#"
        resource "twilio_api_key" "test" {
          friendly_name = "App"
          key_type      = "restricted"
          policy        = { allow = ["/twilio/messaging/messages/read"] }
        }
    "#,
    changes: &["policy"],
    volatile: &[],
    removed: r#"
        resource "twilio_api_key" "test" {
          key_type = "restricted"
          policy   = { allow = ["/twilio/messaging/messages/read"] }
        }
    "#,
    drift: Drift {
        // The simulator stores a key once, where the classic API has it.
        host: "api.twilio.com",
        path: "/2010-04-01/Accounts/{account_sid}/Keys/{sid}.json",
        field: "policy",
        value: r#"{"allow": ["/twilio/voice/calls/read"]}"#,
        attribute: "policy",
    },
};

#[test]
fn lives_from_create_to_destroy() {
    CASE.run();
}

#[test]
fn the_secret_is_shown_once_kept_hidden_and_null_after_an_import() {
    let world = World::new();
    let config = r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#;
    let said = world.apply(config).text();
    let stored = world.resource("twilio_api_key.a");
    let secret = stored["secret"].as_str().expect("a secret").to_owned();
    assert!(
        secret.len() >= 32 && !said.contains(&secret),
        "a secret of some length, and not in the output"
    );
    world.succeed(&["apply", "-refresh-only", "-auto-approve"]);
    assert_eq!(
        world.resource("twilio_api_key.a")["secret"],
        secret.as_str(),
        "a refresh keeps it"
    );

    let id = stored["id"].as_str().expect("an id").to_owned();
    world.succeed(&["state", "rm", "twilio_api_key.a"]);
    let said = world
        .succeed(&["import", "-no-color", "twilio_api_key.a", &id])
        .unwrapped();
    assert!(said.contains("imported without its secret"), "{said}");
    assert!(world.resource("twilio_api_key.a")["secret"].is_null());
    world.plan_is_empty("after the import");
}

#[test]
fn keepers_rotate_the_key() {
    let world = World::new();
    let config = |month: &str| {
        format!(
            r#"resource "twilio_api_key" "a" {{
                 keepers = {{ month = "{month}" }}
                 lifecycle {{ create_before_destroy = true }}
               }}"#
        )
    };
    world.apply(&config("05"));
    let first = world.resource("twilio_api_key.a");
    world.apply(&config("06"));
    let second = world.resource("twilio_api_key.a");
    assert_ne!(first["sid"], second["sid"]);
    assert_ne!(first["secret"], second["secret"]);
    world.plan_is_empty("after the rotation");
}

#[test]
fn a_key_signs_the_provider_in() {
    let mut world = World::new();
    world.apply(r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#);
    let key = world.resource("twilio_api_key.a");
    let mut elsewhere = world.another_workspace();
    elsewhere.set_env("TWILIO_AUTH_TOKEN", "");
    elsewhere.set_env("TWILIO_API_KEY", key["sid"].as_str().expect("a SID"));
    elsewhere.set_env("TWILIO_API_SECRET", key["secret"].as_str().expect("a secret"));
    std::mem::swap(&mut world.terraform, &mut elsewhere);
    world.apply(r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#);
    world.plan_is_empty("as the key");
}

#[test]
fn an_imported_key_is_not_replaced_for_keepers_it_never_had() {
    let world = World::new();
    world.apply(r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#);
    let key = world.resource("twilio_api_key.a");
    world.succeed(&["state", "rm", "twilio_api_key.a"]);
    let config = r#"resource "twilio_api_key" "a" {
        friendly_name = "A"
        keepers       = { month = "05" }
    }"#;
    world.configure(config);
    let id = key["id"].as_str().expect("an id");
    world.succeed(&["import", "-no-color", "twilio_api_key.a", id]);
    world.apply(config);
    world.plan_is_empty("after the keepers were noted");
    assert_eq!(world.resource("twilio_api_key.a")["sid"], key["sid"]);
    world.apply(&config.replace("05", "06"));
    assert_ne!(
        world.resource("twilio_api_key.a")["sid"],
        key["sid"],
        "a change rotates it"
    );
}

#[test]
fn where_the_first_api_is_not_allowed_a_standard_key_lives_through_the_older_one() {
    let world = World::new();
    let refused = serde_json::json!([{"match": {"host": "iam.twilio.com"}, "fault": "status", "status": 403,
        "body": {"code": 20003, "message": "Not allowed", "more_info": "", "status": 403}}]);
    world.twilio.faults(&refused).expect("the fault is understood");
    world.apply(r#"resource "twilio_api_key" "a" { friendly_name = "A" }"#);
    world.plan_is_empty("through the older API");
    let key = world.resource("twilio_api_key.a");
    assert!(
        key["secret"].is_string() && key["key_type"] == "standard",
        "{}",
        key["key_type"]
    );
    world.apply(r#"resource "twilio_api_key" "a" { friendly_name = "B" }"#);
    world.plan_is_empty("after the change");
    world.succeed(&["destroy", "-auto-approve", "-no-color"]);
    world.nothing_is_left();
}
