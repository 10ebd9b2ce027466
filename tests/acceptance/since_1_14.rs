//! Searches (`terraform query`), which Terraform knows from 1.14 on. `cargo xtask ci` runs these tests with several such versions.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};
use xtask::terraform::{Output, Workspace};

use crate::sandbox::{Sandbox, assert_healthy};

/// One of each type that Twilio has a list of, with settings in it that are no defaults.
const OBJECTS: &str = r#"
    resource "twilio_subaccount" "customer" {
      friendly_name = "Customer"
      force_close   = true
    }

    resource "twilio_twiml_app" "app" {
      friendly_name = "App"
      voice_url     = "https://example.com/voice"
      voice_method  = "GET"
    }

    resource "twilio_phone_number" "number" {
      phone_number  = "+14155550142"
      friendly_name = "Hotline"
      sms_url       = "https://example.com/sms"
    }

    resource "twilio_messaging_service" "service" {
      friendly_name       = "Support"
      inbound_request_url = "https://example.com/inbound"
      validity_period     = 600
    }

    resource "twilio_messaging_service_phone_number" "entry" {
      service_sid      = twilio_messaging_service.service.sid
      phone_number_sid = twilio_phone_number.number.sid
    }

    resource "twilio_api_key" "key" {
      friendly_name = "Billing"
    }

    resource "twilio_event_sink" "sink" {
      description        = "Sink"
      sink_type          = "webhook"
      sink_configuration = {
        destination  = "https://example.com/events"
        method       = "POST"
        batch_events = true
      }
    }

    resource "twilio_event_subscription" "subscription" {
      description = "Delivered"
      sink_sid    = twilio_event_sink.sink.sid
      types = [
        { type = "com.twilio.messaging.message.delivered" },
        { type = "com.twilio.messaging.message.failed", schema_version = 2 },
      ]
    }

    resource "twilio_studio_flow" "flow" {
      friendly_name  = "Greeting"
      status         = "published"
      commit_message = "First"
      definition = jsonencode({
        description   = "Says nothing"
        initial_state = "Trigger"
        flags         = { allow_concurrent_calls = true }
        states        = [{ name = "Trigger", type = "trigger", transitions = [], properties = { offset = { x = 0, y = 0 } } }]
      })
    }

    resource "twilio_usage_trigger" "trigger" {
      friendly_name  = "Spend"
      usage_category = "totalprice"
      trigger_value  = "30"
      trigger_by     = "price"
      recurring      = "daily"
      callback_url   = "https://example.com/spend"
    }

    resource "twilio_verify_service" "shop" {
      friendly_name = "Shop"
      code_length   = 5
      totp          = { issuer = "Shop", code_length = 7 }
      passkeys = {
        relying_party = { id = "example.com", name = "Shop", origins = ["a.example.com", "b.example.com"] }
      }
    }
"#;

/// Types in [`OBJECTS`], with the label of each.
const TYPES: &[(&str, &str)] = &[
    ("twilio_api_key", "key"),
    ("twilio_event_sink", "sink"),
    ("twilio_event_subscription", "subscription"),
    ("twilio_messaging_service", "service"),
    ("twilio_messaging_service_phone_number", "entry"),
    ("twilio_phone_number", "number"),
    ("twilio_studio_flow", "flow"),
    ("twilio_subaccount", "customer"),
    ("twilio_twiml_app", "app"),
    ("twilio_usage_trigger", "trigger"),
    ("twilio_verify_service", "shop"),
];

/// The `list` block of a search.
fn list(type_name: &str, arguments: &str, config: &str) -> String {
    let config = match config {
        "" => String::new(),
        config => format!("  config {{\n    {config}\n  }}\n"),
    };
    format!("list \"{type_name}\" \"all\" {{\n  provider = twilio\n  {arguments}\n{config}}}\n")
}

/// Runs these searches in a workspace.
fn run(workspace: &Workspace, searches: &str, more: &[&str]) -> Output {
    workspace.write("all.tfquery.hcl", searches).expect("it can be written");
    let arguments: Vec<_> = ["query", "-no-color"].iter().chain(more).copied().collect();
    let output = workspace.run(&arguments).expect("terraform starts");
    assert_healthy(&output);
    output
}

/// What searches find: each with its `display_name`, `identity`, `resource_type` and, if wanted, `resource_object`. The requests
/// before are forgotten.
fn found(sandbox: &Sandbox, searches: &str) -> Vec<Json> {
    sandbox.twilio.forget_requests().expect("the simulator answers");
    let output = run(&sandbox.terraform, searches, &["-json"]);
    assert_eq!(output.code, 0, "{}", output.text());
    let events = output
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Json>(line).ok());
    events
        .filter(|event| event["type"] == "list_resource_found")
        .map(|mut event| event["list_resource_found"].take())
        .collect()
}

fn names(found: &[Json]) -> Vec<&str> {
    let mut names: Vec<_> = found.iter().filter_map(|one| one["display_name"].as_str()).collect();
    names.sort_unstable();
    names
}

/// Paths of the requests since the last search began, of this host.
fn requests(sandbox: &Sandbox, host: &str) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    requests.into_iter().filter(|request| request["host"] == host).collect()
}

/// Makes objects as somebody else would.
fn add(sandbox: &Sandbox, host: &str, collection: &str, count: usize, fields: impl Fn(usize) -> Json) {
    let collection = collection.replace("{account}", &sandbox.handle.account_sid);
    for number in 0..count {
        let object = json!({"host": host, "collection": collection, "fields": fields(number)});
        sandbox.twilio.add(&object).expect("it can be added");
    }
}

const APPS: (&str, &str) = ("api.twilio.com", "/2010-04-01/Accounts/{account}/Applications");

fn add_apps(sandbox: &Sandbox, count: usize) {
    add(
        sandbox,
        APPS.0,
        APPS.1,
        count,
        |number| json!({"friendly_name": format!("App {number}")}),
    );
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn filters_say_what_is_found_and_each_object_has_its_name_and_identity() {
    let sandbox = Sandbox::standing();
    sandbox.apply(OBJECTS);
    sandbox.configure("");
    let app = sandbox.resource("twilio_twiml_app.app");
    let all = found(&sandbox, &list("twilio_twiml_app", "", ""));
    assert_eq!(names(&all), ["App"]);
    assert_eq!(
        all[0]["identity"],
        json!({"sid": app["sid"], "account_sid": sandbox.handle.account_sid})
    );
    assert_eq!(all[0]["resource_object"], Json::Null);

    let hit = found(&sandbox, &list("twilio_twiml_app", "", "friendly_name = \"App\""));
    assert_eq!(names(&hit), ["App"]);
    assert_eq!(requests(&sandbox, "api.twilio.com")[0]["query"]["FriendlyName"], "App");
    let miss = found(&sandbox, &list("twilio_twiml_app", "", "friendly_name = \"app\""));
    assert!(miss.is_empty(), "{miss:?}");
    let number = found(
        &sandbox,
        &list("twilio_phone_number", "", "phone_number = \"+1415555****\""),
    );
    assert_eq!(names(&number), ["+14155550142"]);
    let trigger = found(&sandbox, &list("twilio_usage_trigger", "", "usage_category = \"sms\""));
    assert!(trigger.is_empty(), "{trigger:?}");

    for (wrong, complaint) in [
        ("friendly_name = \"\"", "set and empty"),
        ("account_sid = \"MG1\"", "account_sid"),
        ("no_such = 1", "no_such"),
    ] {
        let output = run(&sandbox.terraform, &list("twilio_twiml_app", "", wrong), &[]);
        assert_ne!(output.code, 0, "{wrong}");
        assert!(output.unwrapped().contains(complaint), "{wrong}: {}", output.text());
    }
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_limit_ends_the_search_and_no_page_is_larger() {
    let sandbox = Sandbox::standing();
    sandbox.configure("");
    add_apps(&sandbox, 60);
    let some = found(&sandbox, &list("twilio_twiml_app", "limit = 7", ""));
    assert_eq!(some.len(), 7);
    let made = requests(&sandbox, "api.twilio.com");
    assert_eq!(made.len(), 1, "{made:#?}");
    assert_eq!(made[0]["query"]["PageSize"], "7");

    // Verify has pages of 25: the third is not needed.
    add(
        &sandbox,
        "verify.twilio.com",
        "/v2/Services",
        60,
        |number| json!({"friendly_name": format!("Shop {number}")}),
    );
    let some = found(
        &sandbox,
        &list("twilio_verify_service", "limit = 50\n  include_resource = true", ""),
    );
    assert_eq!(some.len(), 50);
    assert_eq!(requests(&sandbox, "verify.twilio.com").len(), 2);

    // Only what is wanted is read.
    add(&sandbox, "studio.twilio.com", "/v2/Flows", 20, |number| {
        flow(&format!("Flow {number}"))
    });
    let some = found(
        &sandbox,
        &list("twilio_studio_flow", "limit = 5\n  include_resource = true", ""),
    );
    assert_eq!(some.len(), 5);
    assert_eq!(requests(&sandbox, "studio.twilio.com").len(), 1 + 5);
}

fn flow(name: &str) -> Json {
    json!({"friendly_name": name, "status": "draft", "definition": {
        "description": "Says nothing", "initial_state": "Trigger", "flags": {"allow_concurrent_calls": true},
        "states": [{"name": "Trigger", "type": "trigger", "transitions": [], "properties": {"offset": {"x": 0, "y": 0}}}],
    }})
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_thousand_whole_objects_take_three_requests_where_the_list_returns_all() {
    let sandbox = Sandbox::standing();
    sandbox.configure("");
    add_apps(&sandbox, 1000);
    let all = found(
        &sandbox,
        &list("twilio_twiml_app", "limit = 5000\n  include_resource = true", ""),
    );
    assert_eq!(all.len(), 1000);
    assert!(
        all.iter().all(|app| app["resource_object"]["voice_method"] == "POST"),
        "{}",
        all[0]
    );
    let made = requests(&sandbox, "api.twilio.com");
    assert!(made.len() <= 3, "{} requests", made.len());
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn where_the_list_returns_less_each_object_is_read_once_and_few_at_a_time() {
    let sandbox = Sandbox::slow(20);
    sandbox.configure("");
    add(&sandbox, "studio.twilio.com", "/v2/Flows", 40, |number| {
        flow(&format!("Flow {number}"))
    });
    add(
        &sandbox,
        "api.twilio.com",
        "/2010-04-01/Accounts/{account}/Keys",
        40,
        |number| json!({"friendly_name": format!("Key {number}")}),
    );
    // More than eight at a time would be refused.
    sandbox
        .twilio
        .faults(&json!([{"fault": "limit", "limit": 8}]))
        .expect("the fault is understood");
    for (type_name, attribute) in [("twilio_studio_flow", "definition"), ("twilio_api_key", "date_created")] {
        let items = found(&sandbox, &list(type_name, "limit = 1000", ""));
        assert_eq!(items.len(), 40, "{type_name}");
        let made = sandbox.twilio.requests().expect("the simulator answers");
        assert_eq!(made.len(), 1, "{type_name}: names and identities are in the list");

        let whole = found(
            &sandbox,
            &list(type_name, "limit = 1000\n  include_resource = true", ""),
        );
        assert_eq!(whole.len(), 40, "{type_name}");
        assert!(
            whole.iter().all(|one| one["resource_object"][attribute].is_string()),
            "{}",
            whole[0]
        );
        let made = sandbox.twilio.requests().expect("the simulator answers");
        assert!(made.iter().all(|request| request["status"] != 429), "{type_name}");
        assert_eq!(made.len(), 1 + 40, "{type_name}");
    }
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn parents_and_another_account_are_looked_into_when_they_are_named() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&format!(
        r#"{OBJECTS}
        resource "twilio_twiml_app" "theirs" {{
          account_sid   = twilio_subaccount.customer.sid
          friendly_name = "Theirs"
        }}
        resource "twilio_messaging_service" "theirs" {{
          account_sid   = twilio_subaccount.customer.sid
          friendly_name = "Their service"
        }}
        "#
    ));
    let [customer, service, number] = [
        "twilio_subaccount.customer",
        "twilio_messaging_service.service",
        "twilio_phone_number.number",
    ]
    .map(|address| sandbox.resource(address)["sid"].as_str().expect("a SID").to_owned());
    sandbox.configure("");

    let entries = found(
        &sandbox,
        &list(
            "twilio_messaging_service_phone_number",
            "",
            &format!("service_sid = \"{service}\""),
        ),
    );
    assert_eq!(entries.len(), 1);
    assert_eq!(
        entries[0]["identity"],
        json!({"service_sid": service, "phone_number_sid": number, "account_sid": sandbox.handle.account_sid})
    );
    let output = run(
        &sandbox.terraform,
        &list("twilio_messaging_service_phone_number", "", "account_sid = null"),
        &[],
    );
    assert_ne!(output.code, 0);
    assert!(output.unwrapped().contains("service_sid"), "{}", output.text());

    for (type_name, name) in [
        ("twilio_twiml_app", "Theirs"),
        ("twilio_messaging_service", "Their service"),
    ] {
        let theirs = found(&sandbox, &list(type_name, "", &format!("account_sid = \"{customer}\"")));
        assert_eq!(names(&theirs), [name]);
        assert_eq!(theirs[0]["identity"]["account_sid"], customer);
    }
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn what_is_gone_and_whoever_signs_in_are_no_subaccounts_and_tokens_are_not_shown() {
    let sandbox = Sandbox::standing();
    let customers = |count: usize| {
        format!(
            r#"resource "twilio_subaccount" "each" {{
              count             = {count}
              friendly_name     = "Customer ${{count.index}}"
              force_close       = true
              expose_auth_token = true
            }}"#
        )
    };
    sandbox.apply(&customers(2));
    sandbox.apply(&customers(1));
    let token = sandbox.resource("twilio_subaccount.each[0]")["auth_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    sandbox.configure("");
    let open = found(&sandbox, &list("twilio_subaccount", "include_resource = true", ""));
    assert_eq!(names(&open), ["Customer 0"]);
    assert_eq!(open[0]["resource_object"]["status"], "active");
    assert!(
        !token.is_empty() && !open[0].to_string().contains(&token),
        "{}",
        open[0]
    );

    let closed = found(&sandbox, &list("twilio_subaccount", "", "status = \"closed\""));
    assert_eq!(names(&closed), ["Customer 1"]);
}

/// A configuration that a search writes imports what it found, and plans nothing else.
fn imports_with_an_empty_plan(sandbox: &Sandbox, searches: &str, count: usize) -> String {
    let another = sandbox.another_workspace();
    crate::sandbox::configure(&another, "");
    let output = run(&another, searches, &["-generate-config-out=found.tf"]);
    assert_eq!(output.code, 0, "{}", output.text());
    another.remove("all.tfquery.hcl").expect("it was written");
    let written = std::fs::read_to_string(another.path().join("found.tf")).expect("it was written");
    let applied = another
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    assert_eq!(applied.code, 0, "{written}\n{}", applied.text());
    assert_healthy(&applied);
    let said = format!("{count} imported, 0 added, 0 changed, 0 destroyed");
    assert!(applied.text().contains(&said), "{said}:\n{written}\n{}", applied.text());
    let plan = another
        .run(&["plan", "-detailed-exitcode", "-no-color"])
        .expect("terraform starts");
    assert_eq!(plan.code, 0, "{}", plan.text());
    written
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn generated_configuration_of_each_type_imports_with_an_empty_plan() {
    let sandbox = Sandbox::standing();
    sandbox.apply(OBJECTS);
    let service = sandbox.resource("twilio_messaging_service.service")["sid"].clone();
    let searches: String = TYPES
        .iter()
        .map(|(type_name, _)| {
            let config = match *type_name {
                "twilio_messaging_service_phone_number" => format!("service_sid = {service}"),
                _ => String::new(),
            };
            list(type_name, "include_resource = true", &config)
        })
        .collect();
    let written = imports_with_an_empty_plan(&sandbox, &searches, TYPES.len());
    for (type_name, _) in TYPES {
        assert!(
            written.contains(&format!("resource \"{type_name}\" \"all_0\"")),
            "{type_name}: {written}"
        );
    }
    // What nobody has to write is not written: what only Twilio sets, and defaults.
    for absent in [
        "date_created",
        "deletion_protection = false",
        "auth_token  ",
        "secret  ",
    ] {
        assert!(!written.contains(absent), "{absent}: {written}");
    }
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn test_tables_are_searched_and_imported_too() {
    let sandbox = Sandbox::with_test_tables();
    sandbox.apply(
        r#"
        resource "twilio_test_workspace" "office" {
          friendly_name = "Office"
        }
        resource "twilio_phone_number" "pool" {
          count        = 2
          phone_number = "+1415555014${count.index}"
        }
        resource "twilio_test_pooled_service" "alerts" {
          friendly_name     = "Alerts"
          phone_number_sids = twilio_phone_number.pool[*].sid
        }
        "#,
    );
    let searches: String = ["twilio_test_workspace", "twilio_test_pooled_service"]
        .iter()
        .map(|type_name| list(type_name, "include_resource = true", ""))
        .collect();
    imports_with_an_empty_plan(&sandbox, &searches, 2);
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_list_that_breaks_off_is_one_error_that_says_where_and_why() {
    let sandbox = Sandbox::standing();
    sandbox.configure("");
    add(
        &sandbox,
        "verify.twilio.com",
        "/v2/Services",
        60,
        |number| json!({"friendly_name": format!("Shop {number}")}),
    );
    sandbox
        .twilio
        .faults(
            &json!([{"match": {"host": "verify.twilio.com"}, "after": 1, "fault": "status", "status": 403,
            "body": {"code": 20003, "message": "Permission denied", "more_info": "", "status": 403}}]),
        )
        .expect("the fault is understood");
    let output = run(&sandbox.terraform, &list("twilio_verify_service", "", ""), &[]);
    assert_ne!(output.code, 0);
    let said = output.unwrapped();
    assert_eq!(said.matches("Error: ").count(), 1, "{said}");
    let attempt = format!(
        "The provider tried to list the Verify services in account {}",
        sandbox.handle.account_sid
    );
    for needle in [
        &*attempt,
        "Nothing was changed",
        "Twilio code 20003",
        "Request id RQ",
        "auth_token",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn an_object_that_cannot_be_read_is_found_all_the_same_with_a_warning() {
    let sandbox = Sandbox::standing();
    sandbox.configure("");
    add(&sandbox, "studio.twilio.com", "/v2/Flows", 3, |number| {
        flow(&format!("Flow {number}"))
    });
    sandbox
        .twilio
        .faults(
            &json!([{"match": {"path": "/v2/Flows/FW"}, "times": 1, "fault": "status", "status": 403,
            "body": {"code": 20003, "message": "Permission denied", "more_info": "", "status": 403}}]),
        )
        .expect("the fault is understood");
    let searches = list("twilio_studio_flow", "include_resource = true", "");
    let all = found(&sandbox, &searches);
    assert_eq!(names(&all), ["Flow 0", "Flow 1", "Flow 2"]);
    let whole = all
        .iter()
        .filter(|one| one["resource_object"]["definition"].is_string())
        .count();
    assert_eq!(whole, 2, "{all:#?}");

    sandbox
        .twilio
        .faults(
            &json!([{"match": {"path": "/v2/Flows/FW"}, "times": 1, "fault": "status", "status": 403,
            "body": {"code": 20003, "message": "Permission denied", "more_info": "", "status": 403}}]),
        )
        .expect("the fault is understood");
    let output = run(&sandbox.terraform, &searches, &[]);
    let said = output.unwrapped();
    assert_eq!(output.code, 0, "{said}");
    for needle in ["Warning: ", "could not be read", "Twilio code 20003", "Request id RQ"] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn an_interrupt_ends_the_paging() {
    let sandbox = Sandbox::slow(100);
    sandbox.configure("");
    // Pages of 25: forty of them.
    add(
        &sandbox,
        "verify.twilio.com",
        "/v2/Services",
        1000,
        |number| json!({"friendly_name": format!("Shop {number}")}),
    );
    sandbox
        .terraform
        .write("all.tfquery.hcl", &list("twilio_verify_service", "limit = 5000", ""))
        .expect("it can be written");
    sandbox.twilio.forget_requests().expect("the simulator answers");
    let query = sandbox
        .terraform
        .command(&["query", "-no-color"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .expect("terraform starts");
    while requests(&sandbox, "verify.twilio.com").len() < 3 {
        std::thread::yield_now();
    }
    let sent = Command::new("kill")
        .args(["-INT", "--", &format!("-{}", query.id())])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal can be sent");
    let ended = query.wait_with_output().expect("terraform ends");
    assert!(!ended.status.success());
    let said = String::from_utf8_lossy(&ended.stderr)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        said.contains("Interrupted before it could list") || said.contains("stopped"),
        "{said}"
    );
    let made = requests(&sandbox, "verify.twilio.com").len();
    assert!(made < 40, "all {made} pages were requested");
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn the_searches_that_the_documentation_shows_are_valid() {
    let sandbox = Sandbox::standing();
    sandbox.configure("");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pages = std::fs::read_dir(folder.join("list-resources"))
        .expect("there are pages")
        .flatten();
    let pages = pages
        .map(|page| page.path())
        .chain([folder.join("guides/importing.md")]);
    let pages: Vec<_> = pages.collect();
    assert!(pages.len() > TYPES.len(), "{pages:?}");
    let mut seen = Vec::new();
    for path in &pages {
        let page = std::fs::read_to_string(path).expect("a page");
        let searches = page
            .split("```hcl\n")
            .skip(1)
            .filter_map(|part| Some(part.split_once("```")?.0))
            // What Terraform 1.12 knows, a search does not.
            .filter(|block| block.contains("list \""));
        for search in searches {
            sandbox
                .terraform
                .write("all.tfquery.hcl", search)
                .expect("it can be written");
            let output = sandbox
                .terraform
                .run(&["validate", "-query", "-no-color"])
                .expect("terraform starts");
            assert_healthy(&output);
            assert_eq!(
                output.code,
                0,
                "{}:
{search}
{}",
                path.display(),
                output.text()
            );
            seen.push(path.clone());
        }
    }
    assert_eq!(seen, pages, "each of them shows one");
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn what_is_sensitive_is_written_by_hand_and_nothing_is_made_or_replaced() {
    let sandbox = Sandbox::standing();
    sandbox.apply(
        r#"resource "twilio_event_sink" "test" {
             description        = "Segment"
             sink_type          = "segment"
             sink_configuration = { write_key = "hush-hush" }
           }"#,
    );
    let another = sandbox.another_workspace();
    crate::sandbox::configure(&another, "");
    let searches = list("twilio_event_sink", "include_resource = true", "");
    let output = run(&another, &searches, &["-generate-config-out=found.tf"]);
    assert_eq!(output.code, 0, "{}", output.text());
    assert!(!output.text().contains("hush-hush"), "{}", output.text());
    another.remove("all.tfquery.hcl").expect("it was written");
    let written = std::fs::read_to_string(another.path().join("found.tf")).expect("it was written");
    assert!(!written.contains("hush-hush"), "{written}");
    let refused = another.run(&["plan", "-no-color"]).expect("terraform starts");
    assert_ne!(refused.code, 0, "{written}\n{}", refused.text());
    assert!(
        refused.unwrapped().contains("write_key"),
        "{written}\n{}",
        refused.text()
    );
    assert!(written.contains("null # sensitive"), "{written}");
    // However Terraform aligns it.
    let by_hand = |line: &str| match line.trim_start().starts_with("write_key ") {
        true => "    write_key = \"hush-hush\"\n".to_owned(),
        false => format!("{line}\n"),
    };
    let filled_in: String = written.lines().map(by_hand).collect();
    another.write("found.tf", &filled_in).expect("it can be written");
    let applied = another
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    assert_eq!(applied.code, 0, "{}", applied.text());
    assert!(applied.text().contains("1 imported, 0 added"), "{}", applied.text());
    assert!(applied.text().contains("0 destroyed"), "{}", applied.text());
    let plan = another
        .run(&["plan", "-detailed-exitcode", "-no-color"])
        .expect("terraform starts");
    assert_eq!(plan.code, 0, "{}", plan.text());
}
