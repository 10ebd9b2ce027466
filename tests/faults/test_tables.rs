//! Samples of the test tables.

mod keys;

use serde_json::{Value as Json, json};

use crate::samples::{End, Sample, number};

/// One for each test table.
pub const SAMPLES: &[Sample] = &[
    Sample {
        type_name: "twilio_test_address",
        needs: &[],
        config: || address("Office", "1 Main Street"),
        changed: || address("Headquarters", "1 Main Street"),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| address("Neighbour", "2 Main Street")),
    },
    keys::CHAT_ROLE,
    keys::CONVERSATIONS_CONFIGURATION,
    keys::DIALING_COUNTRY,
    keys::FLEX_PLUGIN,
    Sample {
        type_name: "twilio_test_pooled_service",
        needs: &[
            number("one", &[("PhoneNumber", "+14155550142")]),
            number("two", &[("PhoneNumber", "+14155550143")]),
            number("three", &[("PhoneNumber", "+14155550144")]),
        ],
        config: || pooled("Alerts", &["{one}", "{two}"]),
        changed: || pooled("Alarms", &["{two}", "{three}"]),
        witness: "friendly_name",
        end: End::Gone,
        // A number is in one pool at a time.
        has_twins: false,
        neighbour: Some(|| json!({"friendly_name": "Neighbour"})),
    },
    keys::SAFELIST_NUMBER,
    keys::SHORT_CODE,
    keys::SHORT_LINKS_OF_SERVICE,
    keys::SYNC_DOCUMENT_PERMISSION,
    keys::SYNC_MAP_ITEM,
    keys::SYNC_MAP_PERMISSION,
    keys::TRUNK_RECORDING,
];

fn pooled(friendly_name: &str, numbers: &[&str]) -> Json {
    json!({"friendly_name": friendly_name, "phone_number_sids": numbers})
}

fn address(friendly_name: &str, street: &str) -> Json {
    json!({
        "friendly_name": friendly_name, "customer_name": "Example Ltd", "street": street, "city": "Springfield",
        "region": "IL", "postal_code": "62701", "iso_country": "US",
    })
}
