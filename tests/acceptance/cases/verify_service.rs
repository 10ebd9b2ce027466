//! `twilio_verify_service`.

use serde_json::json;

use crate::lifecycle::{Case, Drift, fill, import_by_block, import_by_command};
use crate::world::World;

const CASE: Case = Case {
    address: "twilio_verify_service.test",
    config: r#"
        resource "twilio_verify_service" "test" {
          friendly_name = "Shop"
          code_length   = 5
          totp          = { issuer = "Shop", code_length = 7 }
          passkeys = {
            relying_party = { id = "example.com", name = "Shop", origins = ["a.example.com", "b.example.com"] }
          }
        }
    "#,
    changed: r#"
        resource "twilio_verify_service" "test" {
          friendly_name = "Shop"
          code_length   = 5
          totp          = { issuer = "Shop", code_length = 8 }
          passkeys = {
            relying_party = { id = "example.com", name = "Shop", origins = ["a.example.com", "b.example.com"] }
          }
        }
    "#,
    changes: &["totp"],
    volatile: &[],
    removed: r#"
        resource "twilio_verify_service" "test" {
          friendly_name = "Shop"
          totp          = { issuer = "Shop" }
        }
    "#,
    drift: Drift {
        host: "verify.twilio.com",
        path: "/v2/Services/{sid}",
        field: "lookup_enabled",
        value: "true",
        attribute: "lookup_enabled",
    },
};

#[test]
fn lives_from_create_to_destroy() {
    CASE.run();
}

#[test]
fn settings_that_nobody_made_plan_nothing_however_twilio_answers_them() {
    let world = World::new();
    world.apply(r#"resource "twilio_verify_service" "test" { friendly_name = "Shop" }"#);
    let path = fill(CASE.drift.path, &world.resource(CASE.address));
    // As in Twilio's own example of an answer.
    let unset = json!({
        "push": {"include_date": false, "apn_credential_sid": null, "fcm_credential_sid": null},
        "totp": {"issuer": null, "time_step": null, "code_length": null, "skew": null},
        "whatsapp": {"msg_service_sid": null, "from": null},
        "passkeys": {
            "relying_party": {"id": null, "name": null, "origins": null},
            "authenticator_attachment": null, "discoverable_credentials": null, "user_verification": null,
        },
    });
    world
        .twilio
        .change(CASE.drift.host, &path, &unset)
        .expect("the service can be changed");
    world.plan_is_empty("with settings that nobody made");
    import_by_command(&world, CASE.address);
    import_by_block(&world, CASE.address);
}

#[test]
fn settings_can_be_made_later_changed_and_taken_out() {
    let world = World::new();
    let service = |settings: &str| {
        format!("resource \"twilio_verify_service\" \"test\" {{\n  friendly_name = \"Shop\"\n  {settings}\n}}")
    };
    world.apply(&service(""));
    world.apply(&service(r#"totp = { issuer = "Shop" }"#));
    world.plan_is_empty("with TOTP settings");
    let totp = world.resource(CASE.address)["totp"].clone();
    assert_eq!(
        totp,
        json!({"issuer": "Shop", "time_step": 30, "code_length": 6, "skew": 1})
    );
    world.apply(&service("totp = { issuer = \"Shop\", skew = 2 }\n  push = {}"));
    world.plan_is_empty("with an empty object of push settings");
    assert_eq!(world.resource(CASE.address)["totp"]["skew"], 2);
    world.apply(&service(""));
    world.plan_is_empty("without settings");
    assert_eq!(world.resource(CASE.address)["totp"], totp, "each is its default again");
}
