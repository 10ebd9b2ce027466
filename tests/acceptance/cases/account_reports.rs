//! What an account holds, and where its webhooks go.

use serde_json::{Value as Json, json};

use crate::sandbox::{Sandbox, configure, resource_in};

const TENANT: &str = r#"resource "twilio_subaccount" "tenant" { friendly_name = "Tenant" }"#;

fn text<'a>(of: &'a Json, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_else(|| panic!("{name} is no text: {of:#}"))
}

/// What is said in place of what the local Twilio would say to requests for this host and path.
fn refuses(sandbox: &Sandbox, host: &str, path: &str, status: u16, code: u32) {
    let rule = json!([{"match": {"host": host, "path": path}, "fault": "status", "status": status,
        "body": {"code": code, "message": "No", "more_info": "", "status": status}}]);
    sandbox.twilio.faults(&rule).expect("the fault is understood");
}

/// The row of an inventory about a kind in an account.
fn holding<'a>(inventory: &'a Json, account: &str, kind: &str) -> &'a Json {
    let rows = inventory["holdings"].as_array().expect("rows");
    rows.iter()
        .find(|row| row["account_sid"] == account && row["kind"] == kind)
        .unwrap_or_else(|| panic!("no {kind} of {account}: {inventory:#}"))
}

#[test]
fn an_inventory_counts_names_and_gives_the_import_id() {
    let sandbox = Sandbox::standing();
    let made = format!(
        r#"{TENANT}
        resource "twilio_messaging_service" "alerts" {{
          account_sid   = twilio_subaccount.tenant.sid
          friendly_name = "Alerts"
        }}
        resource "twilio_twiml_app" "phone" {{ friendly_name = "Phone" }}
        "#
    );
    sandbox.apply(&made);
    let query = r#"data "twilio_account_inventory" "all" { include_subaccounts = true }"#;
    let output = sandbox.apply(&format!("{made}\n{query}"));
    sandbox.plan_is_empty("with an inventory");
    assert!(!output.unwrapped().contains("could not be read"), "{}", output.text());
    let all = sandbox.resource("data.twilio_account_inventory.all");
    assert_eq!(
        (&all["complete"], &all["unread"]),
        (&json!(true), &json!([])),
        "{all:#}"
    );
    let (main, tenant) = (
        sandbox.handle.account_sid.clone(),
        text(&sandbox.resource("twilio_subaccount.tenant"), "sid").to_owned(),
    );
    let service = text(&sandbox.resource("twilio_messaging_service.alerts"), "sid").to_owned();
    assert_eq!(holding(&all, &tenant, "messaging_services")["sids"], json!([service]));
    assert_eq!(holding(&all, &tenant, "twiml_apps")["count"], 0);
    assert_eq!(holding(&all, &main, "twiml_apps")["count"], 1);
    let objects = all["objects"].as_array().expect("objects");
    assert_eq!(all["total"], objects.len());
    let alerts = objects
        .iter()
        .find(|object| object["sid"] == service.as_str())
        .expect("the service");
    assert_eq!(
        (text(alerts, "name"), text(alerts, "resource_type")),
        ("Alerts", "twilio_messaging_service")
    );

    // The import id is one: the service comes back by it.
    sandbox.succeed(&["state", "rm", "twilio_messaging_service.alerts"]);
    let id = text(alerts, "import_id");
    sandbox.succeed(&["import", "-no-color", "twilio_messaging_service.alerts", id]);
    sandbox.plan_is_empty("after the import");
}

#[test]
fn what_a_suspended_account_hides_is_named_and_not_called_nothing() {
    let sandbox = Sandbox::standing();
    let suspended = TENANT.replace(
        "{ friendly_name = \"Tenant\" }",
        "{\n friendly_name = \"Tenant\"\n status = \"suspended\"\n}",
    );
    let made = format!(
        "{TENANT}\nresource \"twilio_twiml_app\" \"phone\" {{\n account_sid = twilio_subaccount.tenant.sid\n}}\n"
    );
    sandbox.apply(&made);
    sandbox.succeed(&["state", "rm", "twilio_twiml_app.phone"]);
    sandbox.apply(&suspended);
    let tenant = text(&sandbox.resource("twilio_subaccount.tenant"), "sid").to_owned();
    let output = sandbox.apply(&format!(
        "{suspended}\ndata \"twilio_account_inventory\" \"all\" {{ include_subaccounts = true }}\n"
    ));
    let said = output.unwrapped();
    assert!(
        said.contains("A part could not be read") && said.contains(&tenant),
        "{said}"
    );
    let all = sandbox.resource("data.twilio_account_inventory.all");
    assert_eq!((&all["complete"], &all["total"]), (&json!(false), &Json::Null));
    assert_eq!(holding(&all, &tenant, "twiml_apps")["count"], 1, "its parent sees it");
    let unread = all["unread"].as_array().expect("rows");
    assert!(
        unread
            .iter()
            .all(|row| row["account_sid"] == tenant.as_str() && row["status"] == "suspended"),
        "{unread:#?}"
    );
    let kinds: Vec<_> = unread.iter().map(|row| text(row, "kind")).collect();
    assert!(
        kinds.contains(&"verify_services") && !kinds.contains(&"phone_numbers"),
        "{kinds:?}"
    );
}

#[test]
fn an_endpoint_that_fails_leaves_a_part_out_and_credentials_that_see_nothing_are_an_error() {
    let sandbox = Sandbox::standing();
    let query = "data \"twilio_account_inventory\" \"all\" {}\ndata \"twilio_account_webhooks\" \"all\" {}\n";
    refuses(&sandbox, "studio.twilio.com", "/", 500, 20500);
    sandbox.configure(query);
    sandbox.provider_block("max_retries = 0");
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped();
    assert!(
        said.contains("A part could not be read") && said.contains("studio_flows"),
        "{said}"
    );
    for name in ["inventory", "webhooks"] {
        let all = sandbox.resource(&format!("data.twilio_account_{name}.all"));
        let unread = all["unread"].as_array().expect("rows");
        assert_eq!((unread.len(), text(&unread[0], "kind")), (1, "studio_flows"), "{all:#}");
        assert!(!text(&unread[0], "reason").is_empty());
    }
    sandbox.twilio.faults(&json!([])).expect("the fault is taken back");
    refuses(&sandbox, "studio.twilio.com", "/", 403, 20003);
    let said = sandbox.apply_fails("data \"twilio_account_inventory\" \"all\" { kinds = [\"studio_flows\"] }\n");
    assert!(said.contains("20003"), "{said}");
}

#[test]
fn a_standard_key_sees_all_but_keys_and_subaccounts() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&format!(
        "{TENANT}\nresource \"twilio_api_key\" \"key\" {{ friendly_name = \"report\" }}\n"
    ));
    let key = sandbox.resource("twilio_api_key.key");
    let mut report = sandbox.another_workspace();
    report.set_env("TWILIO_AUTH_TOKEN", "");
    report.set_env("TWILIO_API_KEY", text(&key, "sid"));
    report.set_env("TWILIO_API_SECRET", text(&key, "secret"));
    configure(
        &report,
        "data \"twilio_account_inventory\" \"all\" { include_subaccounts = true }\n",
    );
    let output = report
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert_eq!(output.code, 0, "{said}");
    assert!(said.contains("Subaccounts are not counted in"), "{said}");
    let state = report.state_json().expect("the state can be shown");
    let all = resource_in(&state, "data.twilio_account_inventory.all").expect("it was read");
    assert_eq!((&all["complete"], &all["total"]), (&json!(false), &Json::Null));
    let unread = all["unread"].as_array().expect("rows");
    let kinds: Vec<_> = unread.iter().map(|row| text(row, "kind")).collect();
    assert_eq!(kinds, ["api_keys"]);
}

const WEBHOOKS: &str = r#"
    resource "twilio_phone_number" "support" {
      area_code    = "415"
      voice_url    = "https://old.example.com/voice"
      voice_method = "GET"
      sms_url      = "https://hooks.example.com/sms"
      on_destroy   = "release"
    }
    resource "twilio_twiml_app" "phone" {
      friendly_name   = "Phone"
      status_callback = "https://Hooks.example.com/status"
    }
    resource "twilio_event_sink" "warehouse" {
      description        = "Warehouse"
      sink_type          = "webhook"
      sink_configuration = { destination = "https://eu.old.example.com/events", method = "POST" }
    }
    resource "twilio_verify_service" "shop" { friendly_name = "Shop" }
    resource "twilio_verify_webhook" "factors" {
      service_sid   = twilio_verify_service.shop.sid
      friendly_name = "Factors"
      event_types   = ["*"]
      webhook_url   = "https://old.example.com/verify"
    }
    resource "twilio_studio_flow" "orders" {
      friendly_name = "Orders"
      status        = "draft"
      definition = jsonencode({
        description   = "Looks an order up"
        initial_state = "Trigger"
        states = [
          {
            name        = "Trigger"
            type        = "trigger"
            transitions = [{ event = "incomingMessage", next = "look_up" }]
            properties  = {}
          },
          {
            name        = "look_up"
            type        = "make-http-request"
            transitions = [{ event = "success" }, { event = "failed" }]
            properties  = { method = "POST", url = "https://old.example.com/orders", content_type = "application/json;charset=utf-8" }
          },
        ]
      })
    }
"#;

#[test]
fn all_webhooks_are_in_one_list_and_those_at_the_old_host_in_another() {
    let sandbox = Sandbox::standing();
    sandbox.apply(WEBHOOKS);
    let query = r#"
        data "twilio_account_webhooks" "all" {}
        data "twilio_account_webhooks" "old" { hosts = ["old.example.com", "*.old.example.com"] }
        data "twilio_account_webhooks" "apps" { kinds = ["twiml_apps"] }
    "#;
    let said = sandbox.apply(&format!("{WEBHOOKS}\n{query}")).unwrapped();
    assert!(!said.contains("could not be read"), "{said}");
    sandbox.plan_is_empty("with the webhooks");
    let rows = |name: &str| {
        let found = sandbox.resource(&format!("data.twilio_account_webhooks.{name}"));
        assert_eq!(
            (&found["complete"], &found["unread"]),
            (&json!(true), &json!([])),
            "{found:#}"
        );
        found["webhooks"].as_array().expect("rows").clone()
    };
    let shown = |rows: &[Json]| {
        let mut shown: Vec<_> = rows
            .iter()
            .map(|row| {
                format!(
                    "{} {} {} {}",
                    text(row, "kind"),
                    text(row, "attribute"),
                    text(row, "url"),
                    row["method"]
                )
            })
            .collect();
        shown.sort();
        shown
    };
    assert_eq!(
        shown(&rows("old")),
        [
            "event_sinks sink_configuration.destination https://eu.old.example.com/events \"POST\"",
            "phone_numbers voice_url https://old.example.com/voice \"GET\"",
            "studio_flows definition.states[1].properties.url https://old.example.com/orders \"POST\"",
            "verify_webhooks webhook_url https://old.example.com/verify \"POST\"",
        ]
    );
    assert_eq!(
        shown(&rows("apps")),
        ["twiml_apps status_callback https://Hooks.example.com/status \"POST\""]
    );
    let all = rows("all");
    let number = all
        .iter()
        .find(|row| row["attribute"] == "sms_url" && row["kind"] == "phone_numbers")
        .expect("the number");
    let support = sandbox.resource("twilio_phone_number.support");
    assert_eq!(
        (&number["sid"], &number["name"]),
        (&support["sid"], &support["phone_number"])
    );
    assert_eq!(
        (text(number, "host"), text(number, "resource_type")),
        ("hooks.example.com", "twilio_phone_number")
    );
    assert_eq!(all.len(), 6, "{all:#?}");
}

#[test]
fn what_is_no_host_and_no_kind_is_refused_before_anything_is_read() {
    let sandbox = Sandbox::standing();
    let said =
        sandbox.apply_fails("data \"twilio_account_webhooks\" \"all\" { hosts = [\"https://old.example.com/\"] }\n");
    assert!(said.contains("It is no host"), "{said}");
    let said = sandbox.apply_fails("data \"twilio_account_inventory\" \"all\" { kinds = [\"numbers\"] }\n");
    assert!(said.contains("phone_numbers"), "{said}");
}
