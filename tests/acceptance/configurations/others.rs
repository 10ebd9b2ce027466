//! Smaller configurations: a report added to somebody else's contact centre, functions whose code stands in the configuration or comes out of a
//! compiler, a module with all that notices need.

use std::fs;

use serde_json::{Value as Json, json};

use super::{apply, folder};
use crate::sandbox::{Sandbox, configure};

/// One of the configurations, with its modules, applied.
fn applied(sandbox: &Sandbox, name: &str) {
    sandbox.copy(&folder(name));
    sandbox.succeed(&["get", "-no-color"]);
    apply(sandbox);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
}

fn output(sandbox: &Sandbox, name: &str) -> Json {
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    state["values"]["outputs"][name]["value"].clone()
}

#[test]
fn a_report_is_added_to_a_contact_centre_that_is_found_by_name() {
    let sandbox = Sandbox::standing();
    let owner = sandbox.another_workspace();
    let workspace = "resource \"twilio_taskrouter_workspace\" \"desk\" {\n  friendly_name = \"Front desk\"\n}\n";
    configure(&owner, workspace);
    owner
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("there is a contact centre");
    applied(&sandbox, "call-report");

    // The flow calls the function at the address that its environment has got, and queues by what stands in another module.
    let flow = sandbox.resource("module.routing.twilio_studio_flow.calls");
    let definition: Json = serde_json::from_str(flow["definition"].as_str().expect("a text")).expect("JSON");
    let widget = |name: &str| {
        let states = definition["states"].as_array().expect("widgets");
        let found = states.iter().find(|state| state["name"] == name).expect("a widget");
        found["properties"].clone()
    };
    let domain = sandbox.resource("module.functions.twilio_serverless_deployment.live")["domain_name"].clone();
    let report = sandbox.resource("module.functions.twilio_serverless_function.function[\"report\"]");
    assert_eq!(
        (&widget("report")["url"], &widget("report")["function_sid"]),
        (
            &json!(format!("https://{}/report", domain.as_str().expect("an address"))),
            &report["sid"]
        )
    );
    assert_eq!(report["visibility"], "protected");
    let claims = sandbox.resource("module.routing.twilio_taskrouter_workflow.claims");
    assert_eq!(widget("queue")["workflow_sid"], claims["sid"]);
    assert_eq!(output(&sandbox, "flow_sid"), flow["sid"]);

    // Other code reaches the environment by one build and one deployment, and the flow stays as it is.
    sandbox.replace("functions/report.protected.js", "written: true", "written: 'yes'");
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create","delete"] module.functions.twilio_serverless_build.build"#,
            r#"["update"] module.functions.twilio_serverless_deployment.live"#,
            r#"["update"] module.functions.twilio_serverless_function.function["report"]"#,
        ]
    );
    apply(&sandbox);
    sandbox.plan_is_empty("after other code");

    // Another order in the rules of one workflow touches that one alone.
    sandbox.replace(
        "routing/main.tf",
        "priority = 10, timeout = 30",
        "priority = 20, timeout = 45",
    );
    assert_eq!(
        sandbox.planned(),
        [r#"["update"] module.routing.twilio_taskrouter_workflow.claims"#]
    );
    apply(&sandbox);
    sandbox.plan_is_empty("after other rules");

    // A name that is no workspace's ends before anything is changed.
    let said = sandbox
        .terraform
        .run(&["plan", "-no-color", "-var=workspace=Back desk"])
        .expect("terraform starts");
    assert_eq!(said.code, 1, "{}", said.text());

    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    owner
        .succeed(&["plan", "-detailed-exitcode", "-no-color"])
        .expect("the contact centre is as it was");
    owner
        .succeed(&["destroy", "-auto-approve", "-no-color"])
        .expect("it can be taken down");
    sandbox.nothing_is_left();
}

#[test]
fn code_that_stands_in_the_configuration_takes_the_calls_of_a_number_outside_of_the_module() {
    let sandbox = Sandbox::standing();
    applied(&sandbox, "forwarding");
    let number = sandbox.resource("twilio_phone_number.public");
    let domain = sandbox.resource("module.forwarding.twilio_serverless_environment.this")["domain_name"].clone();
    let domain = domain.as_str().expect("an address");
    assert_eq!(
        (&number["voice_url"], &number["sms_url"]),
        (
            &json!(format!("https://{domain}/voice")),
            &json!(format!("https://{domain}/sms"))
        )
    );

    // The code is sent as JavaScript has it, with one dollar sign, and its words are in no state.
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let sent: Vec<_> = requests
        .iter()
        .map(Json::to_string)
        .filter(|request| request.contains("/Functions/") && request.contains("VoiceResponse"))
        .collect();
    assert_eq!(sent.len(), 1, "{sent:#?}");
    assert!(
        sent[0].contains("${event.CallSid}") && !sent[0].contains("$${"),
        "{}",
        sent[0]
    );
    let state = sandbox.text("terraform.tfstate");
    assert!(!state.contains("VoiceResponse"), "{state}");

    sandbox.replace(
        "forwarding/main.tf",
        "callerId: event.To",
        "callerId: event.To, timeout: 20",
    );
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create","delete"] module.forwarding.twilio_serverless_build.this"#,
            r#"["update"] module.forwarding.twilio_serverless_deployment.this"#,
            r#"["update"] module.forwarding.twilio_serverless_function.voice"#,
        ]
    );
    apply(&sandbox);
    sandbox.plan_is_empty("after other code");
    // Another phone is a variable of the environment: nothing is built.
    sandbox.replace("main.tf", "+14155550199", "+14155550198");
    assert_eq!(
        sandbox.planned(),
        [r#"["update"] module.forwarding.twilio_serverless_variable.phone"#]
    );
    apply(&sandbox);
    sandbox.plan_is_empty("with another phone");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn compiled_functions_and_their_secrets_are_deployed_without_polling() {
    let sandbox = Sandbox::standing();
    applied(&sandbox, "lookout");
    let domain = sandbox.resource("twilio_serverless_environment.production")["domain_name"].clone();
    let domain = domain.as_str().expect("an address").to_owned();
    assert_eq!(
        output(&sandbox, "addresses"),
        json!({"frame": format!("https://{domain}/frame"), "status": format!("https://{domain}/status")})
    );
    let state = sandbox.text("terraform.tfstate");
    assert!(!state.contains("bk-51f0c7") && !state.contains("sg-93aa1e"), "{state}");
    let value_of = |key: &str| {
        let objects = sandbox.twilio.objects().expect("the simulator answers");
        let variable = objects.iter().find(|object| object["body"]["key"] == key);
        variable.expect("the environment has it")["body"]["value"].clone()
    };
    assert_eq!(
        (value_of("SIGNING"), value_of("TIMEOUT")),
        (json!("sg-93aa1e"), json!("8"))
    );

    // The compiler writes one file more, and one anew; a setting changes beside it.
    let dist = sandbox.terraform.path().join("dist");
    fs::write(
        dist.join("alarm.js"),
        "exports.handler = (c, e, callback) => callback();\n",
    )
    .expect("a file");
    sandbox.replace("dist/status.js", "up: true", "up: true, since: context.STARTED");
    sandbox.replace("main.tf", "TIMEOUT = \"8\"", "TIMEOUT = \"9\"");
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create","delete"] twilio_serverless_build.build"#,
            r#"["create"] twilio_serverless_function.compiled["alarm"]"#,
            r#"["update"] twilio_serverless_deployment.production"#,
            r#"["update"] twilio_serverless_function.compiled["status"]"#,
            r#"["update"] twilio_serverless_variable.setting["TIMEOUT"]"#,
        ]
    );
    apply(&sandbox);
    sandbox.plan_is_empty("after another compilation");

    // Another secret is sent when its version says so, and only then.
    sandbox.replace("main.tf", "sg-93aa1e", "sg-04be77");
    sandbox.plan_is_empty("with another secret of the same version");
    sandbox.replace("main.tf", "value_wo_version = 1", "value_wo_version = 2");
    apply(&sandbox);
    sandbox.plan_is_empty("with another secret");
    assert_eq!(value_of("SIGNING"), "sg-04be77");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn notices_agents_and_codes_share_an_account_and_no_number() {
    let sandbox = Sandbox::standing();
    applied(&sandbox, "notices");
    let agent =
        |name: &str| sandbox.resource(&format!("twilio_phone_number.agent[\"{name}\"]"))["phone_number"].clone();
    let senders = output(&sandbox, "senders");
    let mut numbers = vec![
        senders["reminders"].clone(),
        senders["invoices"].clone(),
        agent("ada"),
        agent("grace"),
    ];
    numbers.sort_by_key(Json::to_string);
    numbers.dedup();
    assert_eq!(numbers.len(), 4, "each is another number: {numbers:?}");
    assert!(agent("ada").as_str().is_some_and(|number| number.starts_with("+1415")));
    let domain = sandbox.resource("module.notices.twilio_serverless_environment.this")["domain_name"].clone();
    assert_eq!(
        output(&sandbox, "replies_go_to"),
        format!("https://{}/reply", domain.as_str().expect("an address"))
    );

    // An agent comes, another goes, and an area code that is read only while a number is bought changes: no number of those who stay is another.
    let kept = agent("grace");
    sandbox.replace(
        "main.tf",
        "{ ada = \"415\", grace = \"206\" }",
        "{ grace = \"212\", linus = \"617\" }",
    );
    let planned = sandbox.planned();
    for done in [
        r#"["create"] twilio_phone_number.agent["linus"]"#,
        r#"["create"] twilio_messaging_service_phone_number.agent["linus"]"#,
        r#"["delete"] twilio_phone_number.agent["ada"]"#,
        r#"["delete"] twilio_messaging_service_phone_number.agent["ada"]"#,
    ] {
        assert!(planned.iter().any(|found| found == done), "{done}: {planned:#?}");
    }
    assert!(
        planned
            .iter()
            .all(|done| !done.contains("grace") || done.starts_with(r#"["update"]"#)),
        "{planned:#?}"
    );
    apply(&sandbox);
    sandbox.plan_is_empty("with other agents");
    assert_eq!(agent("grace"), kept);
    assert_eq!(output(&sandbox, "senders"), senders);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
