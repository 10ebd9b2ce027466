//! Every example of a data source, of an ephemeral resource and of a function works: apply, nothing to do, destroy, nothing left. Those of
//! resources are samples, whose lives are in `products.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;
use crate::webhook_server::WebhookServer;

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(kind)
}

/// Runs the examples of one kind, one after the other. `file` is the name of each example.
fn run_all(kind: &str, file: &str) {
    let mut ran = 0;
    let mut entries: Vec<_> = fs::read_dir(folder(kind))
        .expect("the folder is there")
        .flatten()
        .collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let mut text = fs::read_to_string(entry.path().join(file)).expect("each example has its file");
        let name = entry.file_name().to_string_lossy().into_owned();
        let mut sandbox = Sandbox::standing();
        if text.contains("variable \"client_secret\"") {
            let (client_id, client_secret) = sandbox.oauth_app(&[], 3600);
            sandbox.terraform.set_env("TF_VAR_client_id", client_id);
            sandbox.terraform.set_env("TF_VAR_client_secret", client_secret);
            sandbox.remember();
        }
        if text.contains("twilio_pricing_") {
            price_lists(&sandbox);
            sandbox.remember();
        }
        if text.contains("twilio_marketplace_available_add_ons") {
            let object = json!({"host": "marketplace.twilio.com", "collection": "/v1/AvailableAddOns",
                "fields": {"friendly_name": "Spam scores"}});
            sandbox.twilio.add(&object).expect("it can be added");
            sandbox.remember();
        }
        if text.contains("twilio_voice_high_risk_special_prefixes") {
            special_prefixes(&sandbox);
            sandbox.remember();
        }
        if text.contains("twilio_verify_templates") {
            let object = json!({"host": "verify.twilio.com", "collection": "/v2/Templates",
                "fields": {"friendly_name": "Sign in", "channels": ["sms"]}});
            sandbox.twilio.add(&object).expect("it can be added");
            sandbox.remember();
        }
        if text.contains("twilio_account_webhooks") {
            // What an account has at Conversations is there from its first request to that product on.
            sandbox.apply(&text);
            sandbox.remember();
        }
        if text.contains("twilio_webhook_check") {
            // Nobody's server is requested by a test.
            let server = WebhookServer::start(Some(&sandbox.handle.auth_token));
            text = text.replace("https://hooks.example.com", &server.url);
            text = text.replace("timeout    = 5", "timeout = 5\n  allow_private = true");
        }
        sandbox.apply(&text);
        sandbox.plan_is_empty(&format!("of the example {name}"));
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        sandbox.nothing_is_left();
        ran += 1;
    }
    assert!(ran > 0, "no examples in {kind}");
}

/// What special services begin with in a country, which nobody publishes.
fn special_prefixes(sandbox: &Sandbox) {
    let collection = "/v1/DialingPermissions/Countries/LV/HighRiskSpecialPrefixes";
    let object = json!({"host": "voice.twilio.com", "collection": collection, "fields": {"prefix": "+37181"}});
    sandbox
        .twilio
        .add(&object)
        .unwrap_or_else(|error| panic!("{collection}: {error:#}"));
}

/// Prices, which nobody makes and the local Twilio does not know.
pub fn price_lists(sandbox: &Sandbox) {
    let by_type = json!([{"number_type": "local", "base_price": "0.0085", "current_price": "0.0080"}]);
    let by_prefix = json!([{"friendly_name": "United States", "destination_prefixes": ["1"], "origination_prefixes": ["ALL"],
        "base_price": "0.0140", "current_price": "0.0130"}]);
    let country = |more: Json| {
        let mut fields = json!({"iso_country": "US", "country": "United States", "price_unit": "usd"});
        fields
            .as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        fields
    };
    let carrier = json!([{"carrier": "Example", "mcc": "310", "mnc": "012", "prices": by_type.clone()}]);
    let number = |more: Json| {
        let mut fields = country(more);
        fields["destination_number"] = "+14155550100".into();
        fields
    };
    for (collection, fields) in [
        (
            "/v1/Messaging/Countries",
            country(json!({"outbound_sms_prices": carrier, "inbound_sms_prices": by_type.clone()})),
        ),
        (
            "/v1/PhoneNumbers/Countries",
            country(json!({"phone_number_prices": by_type.clone()})),
        ),
        (
            "/v2/Voice/Countries",
            country(json!({"outbound_prefix_prices": by_prefix.clone(), "inbound_call_prices": by_type.clone()})),
        ),
        (
            "/v2/Trunking/Countries",
            country(
                json!({"terminating_prefix_prices": by_prefix.clone(), "originating_call_prices": by_type.clone()}),
            ),
        ),
        (
            "/v2/Voice/Numbers",
            number(
                json!({"outbound_call_prices": [{"origination_prefixes": ["ALL"], "base_price": "0.0140",
                "current_price": "0.0130"}], "inbound_call_price": by_type[0].clone()}),
            ),
        ),
        (
            "/v2/Trunking/Numbers",
            number(
                json!({"terminating_prefix_prices": by_prefix.clone(), "originating_call_price": by_type[0].clone()}),
            ),
        ),
    ] {
        let object = json!({"host": "pricing.twilio.com", "collection": collection, "fields": fields});
        sandbox
            .twilio
            .add(&object)
            .unwrap_or_else(|error| panic!("{collection}: {error:#}"));
    }
}

#[test]
fn every_data_source_example_works() {
    run_all("data-sources", "data-source.tf");
}

#[test]
fn every_function_example_works() {
    run_all("functions", "function.tf");
}

#[test]
fn every_ephemeral_resource_example_works() {
    run_all("ephemeral-resources", "ephemeral-resource.tf");
}
