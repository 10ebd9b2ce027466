//! Samples of the test tables.

use serde_json::{Value as Json, json};

use crate::samples::{End, Need, Sample, number};

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
    Sample {
        type_name: "twilio_test_customer_profile",
        needs: &[],
        config: || profile("Example Ltd"),
        changed: || profile("Example plc"),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| profile("Neighbour")),
    },
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
    Sample {
        type_name: "twilio_test_region",
        needs: &[],
        // An object whose create is lost, and which Twilio writes in another way, may be anybody's: the change is written so.
        config: || in_region("Office", "1 Main Street", "CA"),
        changed: || in_region("Office", "1  Main Street", "California"),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| in_region("Neighbour", "2 Main Street", "CA")),
    },
    Sample {
        type_name: "twilio_test_serverless_build",
        needs: BUILD_NEEDS,
        config: || build("node20"),
        changed: || build("node22"),
        witness: "runtime",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| build("node18")),
    },
];

/// A service with a function, of which there is a version.
pub const BUILD_NEEDS: &[Need] = &[
    Need {
        name: "service",
        host: "serverless.twilio.com",
        path: "/v1/Services",
        form: &[("UniqueName", "greeter"), ("FriendlyName", "Greeter")],
    },
    Need {
        name: "function",
        host: "serverless.twilio.com",
        path: "/v1/Services/{service}/Functions",
        form: &[("FriendlyName", "Greet")],
    },
    Need {
        name: "version",
        host: "serverless-upload.twilio.com",
        path: "/v1/Services/{service}/Functions/{function}/Versions",
        form: &[("Path", "/greet"), ("Visibility", "public")],
    },
];

fn profile(friendly_name: &str) -> Json {
    json!({
        "friendly_name": friendly_name, "email": "compliance@example.com",
        "policy_sid": "RNdfbf3fae0e1107f8aded0e7cead80bf5", "status": "pending-review",
    })
}

fn build(runtime: &str) -> Json {
    json!({
        "service_sid": "{service}", "function_versions": ["{version}"], "runtime": runtime,
        "dependencies": r#"[{"name": "twilio", "version": "4.23.0"}]"#,
    })
}

fn in_region(friendly_name: &str, street: &str, region: &str) -> Json {
    json!({
        "friendly_name": friendly_name, "customer_name": "Example Ltd", "street": street, "city": "Los Angeles",
        "region": region, "postal_code": "90012", "iso_country": "US",
    })
}

fn pooled(friendly_name: &str, numbers: &[&str]) -> Json {
    json!({"friendly_name": friendly_name, "phone_number_sids": numbers})
}

fn address(friendly_name: &str, street: &str) -> Json {
    json!({
        "friendly_name": friendly_name, "customer_name": "Example Ltd", "street": street, "city": "Springfield",
        "region": "IL", "postal_code": "62701", "iso_country": "US",
    })
}
