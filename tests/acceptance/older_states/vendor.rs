//! Types of twilio/twilio: all have other names there, and the state says the account of hardly any object.

use serde_json::{Value as Json, json};

use super::{Past, VENDOR, fixture_of, moved_blocks};

/// Objects of all types that become one of ours.
const CONFIG: &str = r#"
    resource "twilio_api_key" "key" { friendly_name = "Key" }
    resource "twilio_api_key" "signing" { friendly_name = "Signing" }
    resource "twilio_event_sink" "a" {
      description        = "w"
      sink_type          = "webhook"
      sink_configuration = { batch_events = true, destination = "https://example.com/ev", method = "POST" }
    }
    resource "twilio_event_subscription" "a" {
      description = "s"
      sink_sid    = twilio_event_sink.a.sid
      types       = [{ type = "com.twilio.messaging.message.delivered", schema_version = 1 }]
    }
    resource "twilio_messaging_service" "a" {
      friendly_name      = "min"
      area_code_geomatch = false
      mms_converter      = false
      smart_encoding     = false
      sticky_sender      = false
    }
    resource "twilio_phone_number" "a" { phone_number = "+14155550142" }
    resource "twilio_messaging_service_phone_number" "a" {
      service_sid      = twilio_messaging_service.a.sid
      phone_number_sid = twilio_phone_number.a.sid
    }
    resource "twilio_studio_flow" "a" {
      friendly_name = "F"
      status        = "draft"
      definition    = jsonencode({
        description   = "f"
        flags         = { allow_concurrent_calls = true }
        initial_state = "Trigger"
        states        = [{ name = "Trigger", properties = { offset = { x = 0, y = 0 } }, transitions = [], type = "trigger" }]
      })
    }
    resource "twilio_twiml_app" "a" { friendly_name = "App" }
    resource "twilio_usage_trigger" "a" {
      usage_category = "sms"
      trigger_value  = "1000"
      callback_url   = "https://example.com/cb"
    }
    resource "twilio_verify_service" "a" {
      friendly_name       = "Shop full"
      code_length         = 8
      lookup_enabled      = true
      dtmf_input_required = false
      totp                = { issuer = "Shop", time_step = 40 }
    }
"#;

/// Their type, the fixture of it, what it becomes, and what of the fixture is this object's own.
const OBJECTS: &[(&str, &str, &str, &[&str])] = &[
    ("twilio_api_accounts_keys", "min", "twilio_api_key.key", &[]),
    ("twilio_api_accounts_signing_keys", "min", "twilio_api_key.signing", &[]),
    ("twilio_events_sinks_v1", "min", "twilio_event_sink.a", &[]),
    (
        "twilio_events_subscriptions_v1",
        "min",
        "twilio_event_subscription.a",
        &["sink_sid"],
    ),
    ("twilio_messaging_services_v1", "min", "twilio_messaging_service.a", &[]),
    (
        "twilio_api_accounts_incoming_phone_numbers",
        "min",
        "twilio_phone_number.a",
        &["account_sid", "phone_number", "friendly_name"],
    ),
    (
        "twilio_messaging_services_phone_numbers_v1",
        "min",
        "twilio_messaging_service_phone_number.a",
        &["service_sid", "phone_number_sid"],
    ),
    ("twilio_studio_flows_v2", "min", "twilio_studio_flow.a", &[]),
    ("twilio_api_accounts_applications", "min", "twilio_twiml_app.a", &[]),
    (
        "twilio_api_accounts_usage_triggers",
        "min",
        "twilio_usage_trigger.a",
        &[],
    ),
    ("twilio_verify_services_v2", "full", "twilio_verify_service.a", &[]),
];

#[test]
fn all_types_are_moved_without_a_change_and_without_a_write() {
    let mut past = Past::new(CONFIG);
    past.install_all();
    let ours = past.address();
    let moves: Vec<_> = OBJECTS
        .iter()
        .map(|(theirs, _, address, _)| (format!("{theirs}.old"), *address))
        .collect();
    let moves = moved_blocks(moves.iter().map(|(from, to)| (from.as_str(), *to)));
    // As that provider left it, and as `terraform state replace-provider` leaves it.
    for provider in [VENDOR, ours.as_str()] {
        let objects: Vec<_> = OBJECTS
            .iter()
            .map(|(theirs, fixture, address, own)| {
                (
                    *theirs,
                    "old",
                    provider,
                    past.vendors(&format!("{theirs}.{fixture}"), address, own),
                )
            })
            .collect();
        past.write_state(&objects);
        past.sandbox.twilio.forget_requests().expect("the simulator answers");
        past.sandbox.configure(&format!("{CONFIG}{moves}"));
        let said = past
            .sandbox
            .succeed(&["apply", "-auto-approve", "-no-color"])
            .unwrapped();
        assert!(said.contains("0 added, 0 changed, 0 destroyed"), "{said}");
        for (_, _, address, _) in OBJECTS {
            let mut made = past.made(address);
            if made["secret"].is_string() {
                // It never stored one.
                made["secret"] = Json::Null;
            }
            assert_eq!(past.sandbox.resource(address), made, "{address} from {provider}");
        }
        past.sandbox.configure(CONFIG);
        past.sandbox.plan_is_empty("without the moved blocks");
        assert_eq!(past.writes(), Vec::<Json>::new());
    }
}

#[test]
fn an_object_of_another_account_is_found_by_a_provider_that_is_set_up_for_that() {
    let config = r#"
        resource "twilio_subaccount" "tenant" { friendly_name = "Tenant" }
        resource "twilio_twiml_app" "told" {
          account_sid   = twilio_subaccount.tenant.sid
          friendly_name = "App"
        }
        resource "twilio_messaging_service" "untold" {
          account_sid   = twilio_subaccount.tenant.sid
          friendly_name = "min"
        }
    "#;
    let mut past = Past::new(config);
    past.install_all();
    let tenant = past.made("twilio_subaccount.tenant")["sid"].clone();
    let mut app = past.vendors("twilio_api_accounts_applications.min", "twilio_twiml_app.told", &[]);
    app["attributes"]["path_account_sid"] = tenant.clone();
    let service = past.vendors(
        "twilio_messaging_services_v1.min",
        "twilio_messaging_service.untold",
        &[],
    );
    past.write_state(&[
        ("twilio_api_accounts_applications", "told", VENDOR, app),
        ("twilio_messaging_services_v1", "untold", VENDOR, service),
    ]);
    let tenant = tenant.as_str().expect("a SID");
    let body = format!(
        "resource \"twilio_twiml_app\" \"told\" {{\n  account_sid = {tenant:?}\n  friendly_name = \"App\"\n}}\n\
         resource \"twilio_messaging_service\" \"untold\" {{\n  friendly_name = \"min\"\n}}\n{}",
        moved_blocks([
            ("twilio_api_accounts_applications.told", "twilio_twiml_app.told"),
            ("twilio_messaging_services_v1.untold", "twilio_messaging_service.untold"),
        ])
    );
    past.sandbox.configure(&body);
    // The one says where it is. The other is searched for where the provider is, and not believed gone.
    past.refused(
        &["plan", "-no-color"],
        &[
            "twilio_messaging_service came from another provider and was not found",
            "does not say which account",
            "subaccount_sid",
            "terraform import ADDRESS ACCOUNT_SID/MG",
        ],
    );
    past.sandbox.provider_block(&format!("subaccount_sid = {tenant:?}"));
    let said = past
        .sandbox
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .unwrapped();
    assert!(said.contains("0 added, 0 changed, 0 destroyed"), "{said}");
    for address in ["twilio_twiml_app.told", "twilio_messaging_service.untold"] {
        assert_eq!(past.sandbox.resource(address), past.made(address), "{address}");
    }
}

#[test]
fn a_move_that_is_refused_prints_blocks_that_work() {
    let mut past = Past::new(r#"resource "twilio_messaging_service" "a" { friendly_name = "min" }"#);
    past.install_all();
    let sid = past.made("twilio_messaging_service.a")["sid"].clone();
    // Of a form that no table expects.
    let vendors = json!({
        "schema_version": 0,
        "attributes": {"id": sid, "sid": sid, "friendly_name": "min", "fallback_url": ["x"]},
    });
    past.write_state(&[("twilio_messaging_services_v1", "a", VENDOR, vendors)]);
    let config = r#"resource "twilio_messaging_service" "a" { friendly_name = "min" }"#;
    past.sandbox.configure(&format!(
        "{config}\nmoved {{\n  from = twilio_messaging_services_v1.a\n  to = twilio_messaging_service.a\n}}"
    ));
    past.refused(
        &["plan", "-no-color"],
        &[
            "cannot take over twilio_messaging_services_v1",
            "has a fallback_url of another form",
            "destroy = false",
            sid.as_str().unwrap_or_default(),
        ],
    );
}

#[test]
fn a_move_to_another_kind_of_object_names_the_type_that_takes_it_over() {
    let mut past = Past::new("");
    past.install_all();
    let vendors = json!({
        "schema_version": 0,
        "attributes": {"id": "MG00000000000000000000000000000001", "sid": "MG00000000000000000000000000000001", "friendly_name": "min"},
    });
    past.write_state(&[("twilio_messaging_services_v1", "a", VENDOR, vendors)]);
    past.sandbox.configure(
        "resource \"twilio_twiml_app\" \"a\" {}\nmoved {\n  from = twilio_messaging_services_v1.a\n  to = twilio_twiml_app.a\n}",
    );
    past.refused(
        &["plan", "-no-color"],
        &[
            "twilio_messaging_service takes over a twilio_messaging_services_v1",
            "correct `to` in the moved block",
        ],
    );
}

#[test]
fn what_is_merely_an_element_here_is_refused_with_what_to_write() {
    let mut past = Past::new(CONFIG);
    past.install_all();
    let mut event = fixture_of("vendor", "twilio_events_subscriptions_subscribed_events_v1");
    event["attributes"]["subscription_sid"] = past.made("twilio_event_subscription.a")["sid"].clone();
    past.write_state(&[("twilio_events_subscriptions_subscribed_events_v1", "a", VENDOR, event)]);
    past.sandbox.configure(&format!(
        "{CONFIG}{}",
        moved_blocks([(
            "twilio_events_subscriptions_subscribed_events_v1.a",
            "twilio_event_subscription.a"
        )])
    ));
    past.refused(
        &["plan", "-no-color"],
        &[
            "twilio_events_subscriptions_subscribed_events_v1 is a part of twilio_event_subscription",
            "destroy = false",
        ],
    );
}
