//! The data sources that follow from tables, with the real Terraform: one object by what it goes by, and the objects of lists.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::cases::data_sources::outputs;
use crate::sandbox::{Sandbox, configure};

/// Applies `made` elsewhere, then `config` in the sandbox's own workspace, with no resource in its state.
fn made_elsewhere(sandbox: &Sandbox, made: &str) -> Json {
    let elsewhere = sandbox.another_workspace();
    configure(&elsewhere, made);
    elsewhere
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("it can be made");
    let state = elsewhere.state_json().expect("the state can be shown");
    // The folder goes; what was made stays.
    state["values"]["root_module"]["resources"].clone()
}

fn sid_of(made: &Json, address: &str) -> String {
    let resources = made.as_array().expect("there are some");
    let resource = resources
        .iter()
        .find(|resource| resource["address"] == address)
        .expect(address);
    resource["values"]["sid"].as_str().expect("a SID").to_owned()
}

fn refused(sandbox: &Sandbox, config: &str, needles: &[&str]) -> String {
    let said = sandbox.apply_fails(config);
    for needle in needles {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    said
}

#[test]
fn one_object_is_found_by_its_sid_and_by_its_name_in_the_apply_that_makes_it() {
    let sandbox = Sandbox::standing();
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_twiml_app" "a" {
          friendly_name = "Support"
          voice_url     = "https://example.com/voice"
        }
        resource "twilio_twiml_app" "b" { friendly_name = "support" }
        resource "twilio_phone_number" "n" { phone_number = "+14155550142" }
        data "twilio_twiml_app" "by_sid" { sid = twilio_twiml_app.a.sid }
        data "twilio_twiml_app" "by_name" {
          friendly_name = twilio_twiml_app.a.friendly_name
          depends_on    = [twilio_twiml_app.a, twilio_twiml_app.b]
        }
        data "twilio_phone_number" "by_number" {
          phone_number = "+14155550142"
          depends_on   = [twilio_phone_number.n]
        }
        data "twilio_phone_number_webhooks" "by_number" {
          phone_number = "+14155550142"
          depends_on   = [twilio_phone_number.n]
        }
        output "by_sid" { value = data.twilio_twiml_app.by_sid }
        output "by_name" { value = data.twilio_twiml_app.by_name }
        output "number" { value = data.twilio_phone_number.by_number.sid }
        output "webhooks" { value = data.twilio_phone_number_webhooks.by_number.phone_number_sid }
        "#,
    );
    let (app, number) = (
        sandbox.resource("twilio_twiml_app.a"),
        sandbox.resource("twilio_phone_number.n"),
    );
    assert_eq!(found["by_sid"], found["by_name"]);
    for (name, value) in found["by_sid"].as_object().expect("an object") {
        assert_eq!(*value, app[name], "{name}");
    }
    assert_eq!(found["by_sid"]["voice_url"], "https://example.com/voice");
    assert!(
        found["by_sid"].get("adopt_existing").is_none(),
        "only the resource has it"
    );
    assert_eq!((&found["number"], &found["webhooks"]), (&number["sid"], &number["sid"]));
}

#[test]
fn what_is_not_there_or_there_twice_is_an_error_that_says_what_was_searched_for() {
    let sandbox = Sandbox::standing();
    let made = made_elsewhere(
        &sandbox,
        r#"
        resource "twilio_twiml_app" "a" { friendly_name = "Twice" }
        resource "twilio_twiml_app" "b" { friendly_name = "Twice" }
        resource "twilio_verify_service" "v" { friendly_name = "Shop" }
        "#,
    );
    let said = refused(
        &sandbox,
        r#"data "twilio_twiml_app" "x" { friendly_name = "Nobodys" }"#,
        &[
            "There is no such TwiML app",
            "with this friendly_name",
            "on main.tf line",
            &sandbox.handle.account_sid,
        ],
    );
    assert!(!said.contains("with this friendly_name Nobodys"), "{said}");
    refused(
        &sandbox,
        r#"data "twilio_verify_service" "x" { friendly_name = "shop" }"#,
        &["There is no such Verify service", "Capital letters and spaces count"],
    );
    refused(
        &sandbox,
        r#"data "twilio_phone_number" "x" { phone_number = "+14155550199" }"#,
        &["There is no such phone number", "with this phone_number +14155550199"],
    );
    refused(
        &sandbox,
        r#"data "twilio_twiml_app" "x" { sid = "AP0123456789abcdef0123456789abcdef" }"#,
        &[
            "There is no such TwiML app",
            "AP0123456789abcdef0123456789abcdef",
            "Correct sid",
        ],
    );
    let (a, b) = (sid_of(&made, "twilio_twiml_app.a"), sid_of(&made, "twilio_twiml_app.b"));
    refused(
        &sandbox,
        r#"data "twilio_twiml_app" "x" { friendly_name = "Twice" }"#,
        &["Several objects have the same friendly_name", &a, &b, "Set sid"],
    );
}

#[test]
fn arguments_that_mean_none_or_two_are_refused_while_validating() {
    let sandbox = Sandbox::standing();
    for (body, needles) in [
        ("", &["One of these must be set: sid, or friendly_name"][..]),
        (
            "sid = \"AP0123456789abcdef0123456789abcdef\"\nfriendly_name = \"A\"",
            &["Only one of these may be set: sid, or friendly_name"],
        ),
        ("friendly_name = \"\"", &["friendly_name", "set and empty"]),
        ("sid = \"MG0123456789abcdef0123456789abcdef\"", &["sid", "Expected"]),
        ("voice_url = \"https://example.com\"", &["voice_url"]),
    ] {
        sandbox.configure(&format!("data \"twilio_twiml_app\" \"x\" {{\n{body}\n}}"));
        let output = sandbox
            .terraform
            .run(&["validate", "-no-color"])
            .expect("terraform starts");
        assert_ne!(output.code, 0, "{body} is valid");
        for needle in needles {
            assert!(output.unwrapped().contains(needle), "{needle}: {}", output.text());
        }
    }
    let part = "data \"twilio_usage_trigger\" \"x\" {\nfriendly_name = \"A\"\nusage_category = \"sms\"\n}";
    sandbox.configure(part);
    let output = sandbox
        .terraform
        .run(&["validate", "-no-color"])
        .expect("terraform starts");
    assert!(
        output.unwrapped().contains("trigger_value is not set"),
        "{}",
        output.text()
    );
}

#[test]
fn what_is_below_a_parent_is_found_with_it() {
    let sandbox = Sandbox::standing();
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_messaging_service" "s" { friendly_name = "Pool" }
        resource "twilio_phone_number" "n" { phone_number = "+14155550142" }
        resource "twilio_messaging_service_phone_number" "e" {
          service_sid      = twilio_messaging_service.s.sid
          phone_number_sid = twilio_phone_number.n.sid
        }
        data "twilio_messaging_service_phone_number" "one" {
          service_sid      = twilio_messaging_service.s.sid
          phone_number_sid = twilio_messaging_service_phone_number.e.phone_number_sid
        }
        data "twilio_messaging_service_phone_numbers" "all" {
          service_sid = twilio_messaging_service_phone_number.e.service_sid
        }
        output "one" { value = data.twilio_messaging_service_phone_number.one }
        output "all" { value = data.twilio_messaging_service_phone_numbers.all }
        "#,
    );
    let (entry, number) = (
        sandbox.resource("twilio_messaging_service_phone_number.e"),
        sandbox.resource("twilio_phone_number.n"),
    );
    assert_eq!(found["one"]["id"], entry["id"]);
    assert_eq!(found["one"]["phone_number"], "+14155550142");
    assert_eq!(found["all"]["sids"], json!([number["sid"]]));
    assert_eq!(found["all"]["messaging_service_phone_numbers"], json!([found["one"]]));
    refused(
        &sandbox,
        r#"data "twilio_messaging_service_phone_numbers" "x" { service_sid = "MG0123456789abcdef0123456789abcdef" }"#,
        &[
            "There is no such messaging service",
            "MG0123456789abcdef0123456789abcdef",
            "service_sid",
        ],
    );
    refused(
        &sandbox,
        r#"data "twilio_messaging_service_phone_number" "x" {
             service_sid      = "MG0123456789abcdef0123456789abcdef"
             phone_number_sid = "PN0123456789abcdef0123456789abcdef"
           }"#,
        &[
            "There is no such sender pool entry",
            "has no sender pool entry PN0123456789abcdef0123456789abcdef below MG0123456789abcdef0123456789abcdef",
            "Correct phone_number_sid or service_sid",
        ],
    );
    // Several are not "is".
    refused(
        &sandbox,
        r#"data "twilio_twiml_apps" "x" { account_sid = "AC00000000000000000000000000000000" }"#,
        &[
            "The provider does not reach the account of the TwiML apps",
            "the account of the TwiML apps is AC00000000000000000000000000000000",
        ],
    );
}

#[test]
fn a_subaccount_is_looked_into_and_filters_hit_and_miss() {
    let sandbox = Sandbox::standing();
    let found = outputs(
        &sandbox,
        r#"
        resource "twilio_subaccount" "s" { friendly_name = "Team" }
        resource "twilio_twiml_app" "theirs" {
          account_sid   = twilio_subaccount.s.sid
          friendly_name = "App"
        }
        resource "twilio_twiml_app" "ours" { friendly_name = "App" }
        resource "twilio_twiml_app" "other" { friendly_name = "Other" }
        data "twilio_twiml_app" "theirs" {
          account_sid   = twilio_subaccount.s.sid
          friendly_name = twilio_twiml_app.theirs.friendly_name
          depends_on    = [twilio_twiml_app.theirs]
        }
        data "twilio_twiml_apps" "theirs" {
          account_sid = twilio_subaccount.s.sid
          depends_on  = [twilio_twiml_app.theirs]
        }
        data "twilio_twiml_apps" "hit" {
          friendly_name = "App"
          depends_on    = [twilio_twiml_app.ours, twilio_twiml_app.other]
        }
        data "twilio_twiml_apps" "miss" {
          friendly_name = "app"
          depends_on    = [twilio_twiml_app.ours, twilio_twiml_app.other]
        }
        data "twilio_twiml_apps" "all" { depends_on = [twilio_twiml_app.ours, twilio_twiml_app.other] }
        output "theirs" { value = [data.twilio_twiml_app.theirs.sid, data.twilio_twiml_apps.theirs.sids] }
        output "hit" { value = data.twilio_twiml_apps.hit.sids }
        output "miss" { value = data.twilio_twiml_apps.miss }
        output "all" { value = data.twilio_twiml_apps.all }
        "#,
    );
    let sid = |name: &str| sandbox.resource(&format!("twilio_twiml_app.{name}"))["sid"].clone();
    assert_eq!(found["theirs"], json!([sid("theirs"), [sid("theirs")]]));
    assert_eq!(found["hit"], json!([sid("ours")]));
    assert_eq!(
        (&found["miss"]["sids"], &found["miss"]["twiml_apps"]),
        (&json!([]), &json!([]))
    );
    let mut expected = [sid("ours"), sid("other")];
    expected.sort_by_key(ToString::to_string);
    assert_eq!(found["all"]["sids"], json!(expected));
    let listed: Vec<_> = found["all"]["twiml_apps"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|app| &app["sid"])
        .collect();
    assert_eq!(json!(listed), json!(expected), "sorted as the SIDs are");
    refused(
        &sandbox,
        &format!("data \"twilio_twiml_app\" \"x\" {{ sid = {} }}", sid("theirs")),
        &[
            "There is no such TwiML app",
            "set account_sid if it is in another account",
        ],
    );
}

#[test]
fn unknown_arguments_defer_the_read_to_the_apply() {
    let sandbox = Sandbox::standing();
    sandbox.configure(
        r#"
        resource "twilio_verify_service" "v" { friendly_name = "Shop" }
        data "twilio_verify_service" "v" { sid = twilio_verify_service.v.sid }
        data "twilio_messaging_service_phone_numbers" "p" { service_sid = twilio_messaging_service.m.sid }
        resource "twilio_messaging_service" "m" { friendly_name = data.twilio_verify_service.v.friendly_name }
        "#,
    );
    let plan = sandbox.succeed(&["plan", "-no-color"]);
    assert!(
        plan.text()
            .contains("data.twilio_verify_service.v will be read during apply"),
        "{}",
        plan.text()
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after a deferred read");
    assert_eq!(sandbox.resource("twilio_messaging_service.m")["friendly_name"], "Shop");
    sandbox.refresh_finds_nothing("after a deferred read");
}

#[test]
fn what_lists_leave_out_is_read_and_secrets_are_not() {
    let sandbox = Sandbox::standing();
    let made = made_elsewhere(
        &sandbox,
        r#"
        resource "twilio_api_key" "restricted" {
          friendly_name = "Reader"
          key_type      = "restricted"
          policy        = { allow = ["/twilio/messaging/services/read"] }
        }
        resource "twilio_api_key" "standard" { friendly_name = "App" }
        resource "twilio_studio_flow" "f" {
          friendly_name = "Flow"
          status        = "draft"
          definition    = jsonencode({
            description   = "A flow"
            states        = [{ name = "Trigger", type = "trigger", transitions = [], properties = {} }]
            initial_state = "Trigger"
            flags         = { allow_concurrent_calls = true }
          })
        }
        resource "twilio_event_sink" "s" {
          description        = "Sink"
          sink_type          = "webhook"
          sink_configuration = { destination = "https://example.com", method = "POST" }
        }
        resource "twilio_event_subscription" "e" {
          description = "Events"
          sink_sid    = twilio_event_sink.s.sid
          types       = [{ type = "com.twilio.messaging.message.delivered" }]
        }
        "#,
    );
    let secrets: Vec<&str> = made
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|resource| resource["values"]["secret"].as_str())
        .collect();
    assert_eq!(secrets.len(), 2);
    let found = outputs(
        &sandbox,
        r#"
        data "twilio_api_keys" "all" {}
        data "twilio_api_key" "reader" { friendly_name = "Reader" }
        data "twilio_studio_flows" "all" {}
        data "twilio_event_subscriptions" "all" {}
        data "twilio_event_subscription" "one" { description = "Events" }
        output "keys" { value = { for key in data.twilio_api_keys.all.api_keys : key.friendly_name => key } }
        output "reader" { value = data.twilio_api_key.reader }
        output "flows" { value = data.twilio_studio_flows.all.studio_flows }
        output "types" { value = data.twilio_event_subscriptions.all.event_subscriptions[0].types }
        output "one" { value = data.twilio_event_subscription.one.types }
        "#,
    );
    assert_eq!(found["keys"]["Reader"], found["reader"]);
    assert_eq!(found["reader"]["key_type"], "restricted");
    assert_eq!(
        found["reader"]["policy"]["allow"],
        json!(["/twilio/messaging/services/read"])
    );
    assert_eq!(found["keys"]["App"]["key_type"], "standard");
    assert!(
        found["flows"][0]["definition"]
            .as_str()
            .is_some_and(|text| text.contains("Trigger")),
        "{found:#}"
    );
    assert_eq!(found["types"][0]["type"], "com.twilio.messaging.message.delivered");
    assert_eq!(found["one"], found["types"]);
    let state = fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state");
    for secret in secrets {
        assert!(!state.contains(secret), "a secret is in the state of a data source");
    }
}

#[test]
fn subaccounts_are_listed_without_tokens_and_closed_ones_where_they_are_requested() {
    let sandbox = Sandbox::standing();
    let made = made_elsewhere(
        &sandbox,
        r#"
        resource "twilio_subaccount" "open" {
          friendly_name     = "Open"
          expose_auth_token = true
        }
        "#,
    );
    let elsewhere = sandbox.another_workspace();
    configure(
        &elsewhere,
        r#"resource "twilio_subaccount" "closed" { friendly_name = "Closed" }"#,
    );
    for arguments in [&["apply", "-auto-approve"], &["destroy", "-auto-approve"]] {
        elsewhere.succeed(arguments).expect("it works");
    }
    let config = r#"
        data "twilio_subaccounts" "all" {}
        data "twilio_subaccounts" "closed" { status = "closed" }
        data "twilio_subaccount" "open" { friendly_name = "Open" }
        output "all" { value = data.twilio_subaccounts.all.subaccounts[*].friendly_name }
        output "closed" { value = data.twilio_subaccounts.closed.subaccounts[*].friendly_name }
        output "open" { value = data.twilio_subaccount.open }
    "#;
    let found = outputs(&sandbox, config);
    assert_eq!(
        (&found["all"], &found["closed"]),
        (&json!(["Open"]), &json!(["Closed"]))
    );
    assert_eq!(found["open"]["account_sid"], sandbox.handle.account_sid.as_str());
    assert!(found["open"].get("auth_token").is_none(), "{found:#}");
    let token = made[0]["values"]["auth_token"].as_str().expect("it was asked for");
    let state = fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(
        !state.contains(token) && !state.contains(&sandbox.handle.auth_token),
        "a token is in the state"
    );
    refused(
        &sandbox,
        r#"data "twilio_subaccount" "x" { friendly_name = "Closed" }"#,
        &["There is no such subaccount"],
    );
}

#[test]
fn a_table_is_all_that_a_data_source_needs() {
    let sandbox = Sandbox::standing();
    let address = |label: &str, name: &str, customer: &str| {
        format!(
            r#"resource "twilio_address" "{label}" {{
                 friendly_name = "{name}"
                 customer_name = "{customer}"
                 street        = "1 Main Street"
                 city          = "Springfield"
                 region        = "IL"
                 postal_code   = "62701"
                 iso_country   = "US"
               }}"#
        )
    };
    let made = [
        address("a", "Office", "Example Ltd"),
        address("b", "Store", "Others Ltd"),
    ]
    .join("\n");
    let found = outputs(
        &sandbox,
        &format!(
            r#"{made}
            data "twilio_address" "sid" {{ sid = twilio_address.a.sid }}
            data "twilio_address" "name" {{
              friendly_name = "Office"
              depends_on    = [twilio_address.a, twilio_address.b]
            }}
            data "twilio_addresses" "customer" {{
              customer_name = "Others Ltd"
              depends_on    = [twilio_address.a, twilio_address.b]
            }}
            data "twilio_addresses" "abroad" {{
              iso_country = "GB"
              depends_on  = [twilio_address.a, twilio_address.b]
            }}
            output "sid" {{ value = data.twilio_address.sid }}
            output "name" {{ value = data.twilio_address.name }}
            output "customer" {{ value = data.twilio_addresses.customer.addresses[*].friendly_name }}
            output "abroad" {{ value = data.twilio_addresses.abroad.sids }}
            "#
        ),
    );
    assert_eq!(found["sid"], found["name"]);
    assert_eq!(found["sid"]["customer_name"], "Example Ltd");
    assert!(
        found["sid"].get("auto_correct_address").is_none(),
        "Twilio never tells it"
    );
    assert_eq!(found["customer"], json!(["Store"]));
    assert_eq!(found["abroad"], json!([]));
}

/// The example on the page of each data source, also of those that nobody wrote.
#[test]
fn the_example_on_each_page_is_valid() {
    let sandbox = Sandbox::standing();
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data-sources");
    let mut all = String::new();
    let mut examples = 0;
    for page in fs::read_dir(pages).expect("the folder is there").flatten() {
        let text = fs::read_to_string(page.path()).expect("a page can be read");
        let (_, rest) = text.split_once("```terraform\n").expect("each page has an example");
        let example = rest.split_once("```").map_or(rest, |(example, _)| example);
        let name = page
            .path()
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        assert!(
            example.contains(&format!("data \"twilio_{name}\" \"")),
            "{name}: {example}"
        );
        let folder = format!("examples/{name}");
        fs::create_dir_all(sandbox.terraform.path().join(&folder)).expect("a folder");
        let terraform = xtask::terraform::REQUIRED_PROVIDERS;
        sandbox
            .terraform
            .write(&format!("{folder}/main.tf"), &format!("{terraform}\n{example}"))
            .expect("it is written");
        all.push_str(&format!("module \"{name}\" {{ source = \"./{folder}\" }}\n"));
        examples += 1;
    }
    assert!(examples > 20, "only {examples} pages");
    sandbox.configure(&all);
    sandbox.succeed(&["get"]);
    sandbox.succeed(&["validate", "-no-color"]);
}

/// The GETs of a path since they were last forgotten: what follows the path.
fn gets(sandbox: &Sandbox, path: &str) -> Vec<String> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let gets = requests.iter().filter(|request| request["method"] == "GET");
    let all = gets.map(|request| {
        let (path, query) = (request["path"].as_str().unwrap_or_default(), &request["query"]);
        format!("{path}?{query}")
    });
    all.filter_map(|request| request.split_once(path).map(|(_, rest)| rest.to_owned()))
        .collect()
}

#[test]
fn many_that_are_read_by_sid_are_answered_from_a_list_and_names_are_requested() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"
        resource "twilio_twiml_app" "a" {
          count         = 12
          friendly_name = "App ${count.index}"
        }
        output "sids" { value = twilio_twiml_app.a[*].sid }
        "#,
    );
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    let sids = state["values"]["outputs"]["sids"]["value"].clone();
    let other = sandbox.another_workspace();
    configure(
        &other,
        &format!("data \"twilio_twiml_app\" \"a\" {{\nfor_each = toset({sids})\nsid = each.key\n}}"),
    );
    sandbox.twilio.forget_requests().expect("the simulator answers");
    other
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("they are read");
    let read = gets(&sandbox, "/Applications").len();
    assert!(read <= 6, "{read} requests for twelve objects");

    configure(
        &other,
        r#"
        data "twilio_twiml_app" "a" { friendly_name = "App 7" }
        resource "twilio_twiml_app" "b" {
          friendly_name  = "App 3"
          adopt_existing = true
        }
        "#,
    );
    sandbox.twilio.forget_requests().expect("the simulator answers");
    other
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("one is found, and one adopted");
    let lists = gets(&sandbox, "/Applications.json");
    for name in ["App 7", "App 3"] {
        let asked = |list: &&String| list.contains(name) || list.contains(&name.replace(' ', "+"));
        assert!(lists.iter().any(|list| asked(&list)), "{name}: {lists:?}");
    }
    assert!(lists.iter().all(|list| list.contains("FriendlyName")), "{lists:?}");
}
