//! `twilio_messaging_service`.

use crate::lifecycle::{Case, Drift};

const CASE: Case = Case {
    address: "twilio_messaging_service.test",
    config: r#"
        resource "twilio_messaging_service" "test" {
          friendly_name       = "Alerts"
          inbound_request_url = "https://example.com/sms"
          validity_period     = 600
        }
    "#,
    changed: r#"
        resource "twilio_messaging_service" "test" {
          friendly_name       = "Alerts"
          inbound_request_url = "https://example.com/sms"
          validity_period     = 900
        }
    "#,
    changes: &["validity_period"],
    volatile: &[],
    removed: r#"
        resource "twilio_messaging_service" "test" {
          friendly_name = "Alerts"
        }
    "#,
    drift: Drift {
        host: "messaging.twilio.com",
        path: "/v1/Services/{sid}",
        field: "sticky_sender",
        value: "false",
        attribute: "sticky_sender",
    },
};

#[test]
fn lives_from_create_to_destroy() {
    CASE.run();
}
