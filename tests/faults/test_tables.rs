//! Samples of the test tables.

mod keys;

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
    keys::CHAT_ROLE,
    Sample {
        type_name: "twilio_test_content_template",
        needs: &[],
        config: || template("Order", "Your order is on its way."),
        changed: || template("Parcel", "Your parcel is on its way."),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| template("Neighbour", "Hello")),
    },
    keys::CONVERSATIONS_CONFIGURATION,
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
    keys::DIALING_COUNTRY,
    keys::FLEX_PLUGIN,
    keys::IDENTITY_RESOLUTION,
    keys::OPERATOR_OF_SERVICE,
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
    keys::SAFELIST_NUMBER,
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
    Sample {
        type_name: "twilio_test_serverless_function",
        needs: &[SERVERLESS],
        config: || function("Greeting", "exports.handler = () => 1;"),
        changed: || function("Greetings", "exports.handler = () => 2;"),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| function("Neighbour", "exports.handler = () => 3;")),
    },
    Sample {
        type_name: "twilio_test_serverless_service",
        needs: &[],
        config: || json!({"unique_name": "greeter", "friendly_name": "Greeter"}),
        changed: || json!({"unique_name": "greeter", "friendly_name": "Greeters"}),
        witness: "friendly_name",
        end: End::Gone,
        // Of each name there is one.
        has_twins: false,
        neighbour: Some(|| json!({"unique_name": "neighbour", "friendly_name": "Neighbour"})),
    },
    keys::SHORT_CODE,
    keys::SHORT_LINKS_OF_SERVICE,
    Sample {
        type_name: "twilio_test_supporting_document",
        needs: &[],
        config: || document("Invoice"),
        changed: || document("Bill"),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| document("Neighbour")),
    },
    keys::SYNC_DOCUMENT_PERMISSION,
    keys::SYNC_MAP_ITEM,
    keys::SYNC_MAP_PERMISSION,
    keys::TRUNK_RECORDING,
    Sample {
        type_name: "twilio_test_workflow",
        needs: &[WORKSPACE],
        config: || workflow("Support"),
        changed: || workflow("Sales"),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| workflow("Neighbour")),
    },
    Sample {
        type_name: "twilio_test_workspace",
        needs: &[],
        config: || json!({"friendly_name": "Support", "events_filter": ["task.created", "task.canceled"]}),
        changed: || json!({"friendly_name": "Sales", "events_filter": ["task.created", "task.completed"]}),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| json!({"friendly_name": "Neighbour"})),
    },
];

const SERVERLESS: Need = Need::made(
    "service",
    "serverless.twilio.com",
    "/v1/Services",
    &[("UniqueName", "greeter"), ("FriendlyName", "Greeter")],
);

const WORKSPACE: Need = Need::made(
    "workspace",
    "taskrouter.twilio.com",
    "/v1/Workspaces",
    &[("FriendlyName", "Desk")],
);

fn template(friendly_name: &str, body: &str) -> Json {
    let actions = json!([{"title": "Yes", "id": "yes"}, {"title": "No"}]);
    json!({
        "friendly_name": friendly_name, "language": "en", "variables": {"1": "Ada"},
        "types": {"text": {"body": "Hello {{1}}"}, "quick_reply": {"body": body, "actions": actions}},
    })
}

fn function(friendly_name: &str, content: &str) -> Json {
    json!({
        "service_sid": "{service}", "friendly_name": friendly_name, "path": "/greeting", "visibility": "public",
        "content": content,
    })
}

/// A document with a file: the one of the tests that is always there.
fn document(friendly_name: &str) -> Json {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/document.png");
    json!({
        "friendly_name": friendly_name, "type": "invoice", "attributes": "{\"number\": 7}", "source": source,
    })
}

fn workflow(friendly_name: &str) -> Json {
    json!({
        "workspace_sid": "{workspace}", "friendly_name": friendly_name, "configuration": "{\"task_routing\": {}}",
        "re_evaluate_tasks": true,
    })
}

/// A service with a function, of which there is a version.
pub const BUILD_NEEDS: &[Need] = &[
    Need::made(
        "service",
        "serverless.twilio.com",
        "/v1/Services",
        &[("UniqueName", "greeter"), ("FriendlyName", "Greeter")],
    ),
    Need::made(
        "function",
        "serverless.twilio.com",
        "/v1/Services/{service}/Functions",
        &[("FriendlyName", "Greet")],
    ),
    Need::made(
        "version",
        "serverless-upload.twilio.com",
        "/v1/Services/{service}/Functions/{function}/Versions",
        &[("Path", "/greet"), ("Visibility", "public")],
    ),
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
