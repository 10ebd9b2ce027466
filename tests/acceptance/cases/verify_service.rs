//! `twilio_verify_service`.

use crate::lifecycle::{Case, Drift};

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
