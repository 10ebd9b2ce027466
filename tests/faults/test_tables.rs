//! Samples of the test tables.

use serde_json::json;

use crate::samples::{End, Sample};

/// One for each test table.
pub const SAMPLES: &[Sample] = &[Sample {
    type_name: "twilio_test_address",
    needs: &[],
    config: || address("Office", "1 Main Street"),
    changed: || address("Headquarters", "1 Main Street"),
    witness: "friendly_name",
    end: End::Gone,
    has_twins: true,
    neighbour: Some(|| address("Neighbour", "2 Main Street")),
}];

fn address(friendly_name: &str, street: &str) -> serde_json::Value {
    json!({
        "friendly_name": friendly_name, "customer_name": "Example Ltd", "street": street, "city": "Springfield",
        "region": "IL", "postal_code": "62701", "iso_country": "US",
    })
}
