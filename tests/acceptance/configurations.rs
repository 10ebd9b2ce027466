//! Configurations as they are found in the wild, written for this provider as somebody would who has just met it: maps that feed
//! everything, templates in files, code beside Terraform, a second stage that reads the state of the first. They are applied, changed in
//! the ways in which such configurations change, and taken down.

mod others;

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::lifecycle::active_changes;
use crate::sandbox::{Sandbox, configure};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/acceptance/configurations")
        .join(name)
}

/// A sandbox with one of the configurations, applied.
fn applied(name: &str) -> Sandbox {
    let sandbox = Sandbox::standing();
    sandbox.copy(&folder(name));
    apply(&sandbox);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    sandbox
}

fn apply(sandbox: &Sandbox) {
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
}

/// Attributes that a plan does not know yet of a resource.
fn unknown(sandbox: &Sandbox, address: &str) -> Vec<String> {
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let change = active_changes(&plan).find(|change| change["address"] == address);
    let change = change.unwrap_or_else(|| panic!("{address} does not change"));
    let unknown = change["change"]["after_unknown"].as_object().expect("an object").iter();
    unknown
        .filter(|(_, is_unknown)| **is_unknown == json!(true))
        .map(|(name, _)| name.clone())
        .collect()
}

#[test]
fn a_contact_centre_of_maps_and_templates_lives() {
    let sandbox = applied("contact-centre");
    let main = r#"twilio_taskrouter_workflow.workflow["main"]"#;

    // The default channels are Twilio's own, and each exists once.
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let channels = |name: &str| {
        objects
            .iter()
            .filter(|object| object["body"]["unique_name"] == name)
            .count()
    };
    assert_eq!(["voice", "sms", "mail", "ticket"].map(channels), [1, 1, 1, 1]);

    // Another queue that the main workflow leads to: of the workflow only its rules are not known yet.
    sandbox.replace(
        "variables.tf",
        "    nobody  =",
        "    night   = { label = \"Night\", workers = \"shift == \\\"night\\\"\" }\n    nobody  =",
    );
    let rules = "workflows/main.json.tftpl";
    sandbox.replace(
        rules,
        "\"default_filter\": { \"queue\": \"${queues.all}\" }",
        "\"default_filter\": { \"queue\": \"${queues.night}\" }",
    );
    let planned = sandbox.planned();
    assert_eq!(
        planned.first().map(String::as_str),
        Some(r#"["create"] twilio_taskrouter_task_queue.queue["night"]"#)
    );
    assert_eq!(unknown(&sandbox, main), ["configuration"]);
    apply(&sandbox);
    sandbox.plan_is_empty("with a queue more");

    // JSON that says the same is the same.
    let (filters, default) = (
        sandbox.text(rules),
        "    \"default_filter\": { \"queue\": \"${queues.night}\" },\n    \"filters\": [",
    );
    let turned = filters.replace("    \"filters\": [", default).replace(
        "    ],\n    \"default_filter\": { \"queue\": \"${queues.night}\" }\n",
        "    ]\n",
    );
    assert_ne!(turned, filters);
    sandbox.terraform.write(rules, &turned).expect("it can be written");
    sandbox.plan_is_empty("with the names in another order");

    // Away with it again: the workflow forgets the queue before it goes. An activity gets another name in the same apply.
    sandbox.replace(rules, "${queues.night}", "${queues.all}");
    sandbox.replace(
        "variables.tf",
        "    night   = { label = \"Night\", workers = \"shift == \\\"night\\\"\" }\n",
        "",
    );
    sandbox.replace("variables.tf", "label = \"Lunch\"", "label = \"Lunch break\"");
    apply(&sandbox);
    sandbox.plan_is_empty("with a queue less");

    // What stood alone joins the others.
    let alone = sandbox.text("main.tf");
    let (before, rest) = alone.split_once("# One is so small").expect("the comment");
    let (_, rest) = rest.split_once("# Nobody calls this one").expect("the comment");
    let joined = format!(
        "{before}moved {{\n  from = twilio_taskrouter_workflow.mail\n  to   = twilio_taskrouter_workflow.workflow[\"mail\"]\n}}\n\n\
         # Nobody calls this one{rest}"
    );
    sandbox.terraform.write("main.tf", &joined).expect("it can be written");
    let template = "{ \"task_routing\": { \"filters\": [], \"default_filter\": { \"queue\": \"${queues.all}\" } } }";
    sandbox
        .terraform
        .write("workflows/mail.json.tftpl", template)
        .expect("it can be written");
    sandbox.replace(
        "variables.tf",
        "    survey    =",
        "    mail      = { label = \"Mail\", template = \"mail.json.tftpl\" }\n    survey    =",
    );
    let planned = sandbox.planned();
    assert!(
        planned.contains(
            &r#"["no-op"] twilio_taskrouter_workflow.mail -> twilio_taskrouter_workflow.workflow["mail"]"#.to_owned()
        ),
        "{planned:?}"
    );
    assert!(
        planned.iter().all(|done| done.starts_with(r#"["no-op"]"#)),
        "{planned:?}"
    );
    apply(&sandbox);

    // A second stage finds by name what the first has made.
    let stage = sandbox.another_workspace();
    let state = sandbox.terraform.path().join("terraform.tfstate");
    configure(
        &stage,
        &format!(
            r#"
            data "terraform_remote_state" "first" {{
              backend = "local"
              config  = {{ path = "{}" }}
            }}
            resource "twilio_taskrouter_worker" "ada" {{
              workspace_sid = data.terraform_remote_state.first.outputs.workspace_sid
              friendly_name = "ada"
              attributes    = jsonencode({{ queue = data.terraform_remote_state.first.outputs.queues["billing"] }})
            }}
            "#,
            state.display()
        ),
    );
    for arguments in [
        ["apply", "-auto-approve", "-no-color"],
        ["plan", "-detailed-exitcode", "-no-color"],
        ["destroy", "-auto-approve", "-no-color"],
    ] {
        stage.succeed(&arguments).expect("the second stage can use the first");
    }

    everything_can_be_imported(&sandbox);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

/// Takes all out of the state and imports it again, by the ids that the state had.
fn everything_can_be_imported(sandbox: &Sandbox) {
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    let resources = state["values"]["root_module"]["resources"]
        .as_array()
        .expect("resources");
    let managed: Vec<(&str, &str)> = resources
        .iter()
        .filter(|resource| resource["mode"] == "managed")
        .map(|resource| {
            let id = resource["values"]["id"].as_str().expect("each has an id");
            (resource["address"].as_str().expect("an address"), id)
        })
        .collect();
    let blocks: String = managed
        .iter()
        .map(|(address, id)| format!("import {{\n  to = {address}\n  id = \"{id}\"\n}}\n"))
        .collect();
    let file = sandbox.terraform.path().join("terraform.tfstate");
    std::fs::remove_file(&file).expect("there is a state");
    sandbox
        .terraform
        .write("imports.tf", &blocks)
        .expect("it can be written");
    let planned = sandbox.planned();
    assert_eq!(planned.len(), managed.len(), "{planned:#?}");
    // What destroying means is known to the configuration alone.
    let changed: Vec<_> = planned
        .iter()
        .filter(|done| !done.starts_with(r#"import, ["no-op"]"#))
        .collect();
    assert_eq!(
        changed,
        [
            r#"import, ["update"] twilio_taskrouter_activity.activity["logged-out"]"#,
            r#"import, ["update"] twilio_taskrouter_task_channel.default["sms"]"#,
            r#"import, ["update"] twilio_taskrouter_task_channel.default["voice"]"#,
        ]
    );
    apply(sandbox);
    sandbox.terraform.remove("imports.tf").expect("it can be removed");
    sandbox.plan_is_empty("after everything was imported");
}

/// The build that an environment runs.
fn runs(sandbox: &Sandbox, environment: &str) -> Json {
    sandbox.resource(&format!("twilio_serverless_deployment.environment[\"{environment}\"]"))["build_sid"].clone()
}

#[test]
fn a_site_with_functions_in_two_environments_lives() {
    let sandbox = applied("site");
    let newest = || sandbox.resource("twilio_serverless_build.newest")["sid"].clone();
    let first = newest();
    assert_eq!(
        [runs(&sandbox, "staging"), runs(&sandbox, "production")],
        [first.clone(), first.clone()]
    );
    let state = sandbox.text("terraform.tfstate");
    assert!(!state.contains("wk-7d1f0c55"), "{state}");

    // Another text in one file, while production stays with what it runs: a version, a build, and one deployment.
    let pin = |build: &Json| {
        let values = json!({"production_build_sid": build}).to_string();
        sandbox
            .terraform
            .write("terraform.tfvars.json", &values)
            .expect("it can be written");
    };
    pin(&first);
    sandbox.plan_is_empty("with production on the build that it runs");
    sandbox.replace("functions/after-hours.js", "is closed", "is closed today");
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create","delete"] twilio_serverless_build.newest"#,
            r#"["update"] twilio_serverless_deployment.environment["staging"]"#,
            r#"["update"] twilio_serverless_function.function["after_hours"]"#,
        ]
    );
    apply(&sandbox);
    sandbox.plan_is_empty("after other code");
    let second = newest();
    assert_ne!(second, first);
    assert_eq!(
        [runs(&sandbox, "staging"), runs(&sandbox, "production")],
        [second.clone(), first.clone()]
    );

    // Production follows, and goes back.
    for build in [Json::Null, first.clone(), Json::Null] {
        pin(&build);
        assert_eq!(
            sandbox.planned(),
            [r#"["update"] twilio_serverless_deployment.environment["production"]"#]
        );
        apply(&sandbox);
        sandbox.plan_is_empty("after production has moved");
        assert_eq!(
            runs(&sandbox, "production"),
            if build.is_null() { second.clone() } else { first.clone() }
        );
    }

    // Functions see another value without a build.
    sandbox.replace("main.tf", "Good tide to you.", "Good evening.");
    assert_eq!(
        sandbox.planned(),
        [
            r#"["update"] twilio_serverless_variable.setting["production/GREETING"]"#,
            r#"["update"] twilio_serverless_variable.setting["staging/GREETING"]"#,
        ]
    );
    apply(&sandbox);
    sandbox.plan_is_empty("after another value");

    // A package that cannot be installed reaches nobody, and leaves what works as it is.
    let works = newest();
    let orders = json!([{"match": {"path": "/Builds/"}, "to": "failed", "times": 1}]);
    sandbox.twilio.outcomes(&orders).expect("it can be ordered");
    sandbox.replace("package.json", "\"luxon\": \"3.5.0\"", "\"luxon\": \"35.0.0\"");
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    assert_ne!(output.code, 0, "{}", output.text());
    assert!(output.unwrapped().contains("82003"), "{}", output.text());
    assert_eq!(runs(&sandbox, "production"), works);
    sandbox.replace("package.json", "35.0.0", "3.5.1");
    std::fs::write(
        sandbox.terraform.path().join("site/about.html"),
        "<!DOCTYPE html>\n<title>About</title>\n",
    )
    .expect("it can be written");
    apply(&sandbox);
    sandbox.plan_is_empty("after a package that can be installed");
    assert_eq!(runs(&sandbox, "production"), newest());

    // A number can be in one pool only, and the error says where it is.
    let pool = "resource \"twilio_messaging_service\" \"second\" {\n  friendly_name = \"Second\"\n}\n\
                resource \"twilio_messaging_service_phone_number\" \"second\" {\n  service_sid = \
                twilio_messaging_service.second.sid\n  phone_number_sid = twilio_phone_number.known.sid\n}\n";
    sandbox.terraform.write("second.tf", pool).expect("it can be written");
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    assert_ne!(output.code, 0, "{}", output.text());
    assert!(output.unwrapped().contains("21712"), "{}", output.text());
    sandbox.terraform.remove("second.tf").expect("it can be removed");
    apply(&sandbox);
    sandbox.plan_is_empty("after the second pool was given up");

    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
