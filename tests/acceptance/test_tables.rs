//! The life of each test table, with the real Terraform.

use crate::lifecycle::{Case, Drift};
use crate::world::World;

#[test]
fn an_ordinary_object_lives_from_create_to_destroy() {
    const CASE: Case = Case {
        address: "twilio_test_address.test",
        config: r#"
            resource "twilio_test_address" "test" {
              friendly_name = "Office"
              customer_name = "Example Ltd"
              street        = "1 Main Street"
              city          = "Springfield"
              region        = "IL"
              postal_code   = "62701"
              iso_country   = "US"
            }
        "#,
        changed: r#"
            resource "twilio_test_address" "test" {
              friendly_name = "Headquarters"
              customer_name = "Example Ltd"
              street        = "1 Main Street"
              city          = "Springfield"
              region        = "IL"
              postal_code   = "62701"
              iso_country   = "US"
            }
        "#,
        changes: &["friendly_name"],
        volatile: &[],
        removed: r#"
            resource "twilio_test_address" "test" {
              friendly_name = "Headquarters"
              customer_name = "Example Ltd"
              street        = "1 Main Street"
              city          = "Springfield"
              region        = "IL"
              postal_code   = "62701"
              iso_country   = "US"
            }
        "#,
        drift: Drift {
            host: "api.twilio.com",
            path: "/2010-04-01/Accounts/{account_sid}/Addresses/{sid}.json",
            field: "customer_name",
            value: r#""Somebody else""#,
            attribute: "customer_name",
        },
    };
    CASE.run_in(&World::with_test_tables());
}
