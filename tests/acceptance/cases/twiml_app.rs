//! `twilio_twiml_app`.

use crate::lifecycle::{Case, Drift};

const CASE: Case = Case {
    address: "twilio_twiml_app.test",
    config: r#"
        resource "twilio_twiml_app" "test" {
          friendly_name = "Support"
          voice_url     = "https://example.com/voice"
          sms_method    = "GET"
        }
    "#,
    changed: r#"
        resource "twilio_twiml_app" "test" {
          friendly_name = "Support desk"
          voice_url     = "https://example.com/voice"
          sms_method    = "GET"
        }
    "#,
    changes: &["friendly_name"],
    volatile: &[],
    removed: r#"
        resource "twilio_twiml_app" "test" {
          friendly_name = "Support desk"
        }
    "#,
    drift: Drift {
        host: "api.twilio.com",
        path: "/2010-04-01/Accounts/{account_sid}/Applications/{sid}.json",
        field: "friendly_name",
        value: r#""Renamed""#,
        attribute: "friendly_name",
    },
};

#[test]
fn lives_from_create_to_destroy() {
    CASE.run();
}
