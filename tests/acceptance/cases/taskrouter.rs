//! TaskRouter: what comes with a workspace, what Twilio does not delete, the two forms of a workflow, and workers who move.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const HOST: &str = "taskrouter.twilio.com";
const WORKSPACE: &str = "resource \"twilio_taskrouter_workspace\" \"test\" {\n  friendly_name = \"Centre\"\n}\n";

/// The objects of a collection, by its last name.
fn there(sandbox: &Sandbox, collection: &str) -> Vec<Json> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let is_in = |object: &Json| {
        object["collection"]
            .as_str()
            .is_some_and(|path| path.ends_with(collection))
    };
    objects.into_iter().filter(is_in).collect()
}

fn activity(label: &str, name: &str, more: &str) -> String {
    format!(
        "resource \"twilio_taskrouter_activity\" \"{label}\" {{\n  workspace_sid = twilio_taskrouter_workspace.test.sid\n  \
         friendly_name = \"{name}\"\n  {more}\n}}\n"
    )
}

#[test]
fn what_comes_with_a_workspace_is_adopted_and_not_doubled() {
    let sandbox = Sandbox::standing();
    let adopted = "adopt_existing = true\n  on_destroy = \"retain\"";
    let below = "workspace_sid = twilio_taskrouter_workspace.test.sid";
    let config = [
        WORKSPACE.replace('}', "  template = \"FIFO\"\n}"),
        activity("offline", "Offline", adopted),
        activity("available", "Available", &format!("available = true\n  {adopted}")),
        format!(
            "resource \"twilio_taskrouter_task_channel\" \"voice\" {{\n  {below}\n  friendly_name = \"Calls\"\n  unique_name = \
             \"voice\"\n  {adopted}\n}}\n"
        ),
        format!(
            "resource \"twilio_taskrouter_task_queue\" \"sample\" {{\n  {below}\n  friendly_name = \"Sample Queue\"\n  \
             max_reserved_workers = 2\n  {adopted}\n}}\n"
        ),
        format!(
            "resource \"twilio_taskrouter_workflow\" \"fifo\" {{\n  {below}\n  friendly_name = \"Default Fifo Workflow\"\n  \
             task_routing = {{ default_filter = {{ queue = twilio_taskrouter_task_queue.sample.sid }} }}\n  {adopted}\n}}\n"
        ),
    ]
    .concat();
    sandbox.apply(&config);
    sandbox.plan_is_empty("after what was there was adopted");
    for (collection, count) in [
        ("/Activities", 3),
        ("/TaskChannels", 5),
        ("/TaskQueues", 1),
        ("/Workflows", 1),
    ] {
        assert_eq!(there(&sandbox, collection).len(), count, "{collection}");
    }
    assert!(
        there(&sandbox, "/TaskChannels")
            .iter()
            .any(|channel| channel["body"]["friendly_name"] == "Calls")
    );
    // A later change of the template makes no other workspace.
    let sid = sandbox.resource("twilio_taskrouter_workspace.test")["sid"].clone();
    sandbox.apply(&config.replace("\"FIFO\"", "\"NONE\""));
    assert_eq!(sandbox.resource("twilio_taskrouter_workspace.test")["sid"], sid);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn what_twilio_keeps_is_said_with_its_words_and_the_way_out() {
    let sandbox = Sandbox::standing();
    let adopted = |more: &str| WORKSPACE.to_owned() + &activity("offline", "Offline", more);
    sandbox.apply(&adopted("adopt_existing = true"));
    let said = sandbox.apply_fails(WORKSPACE);
    for needle in [
        "Twilio refused to destroy twilio_taskrouter_activity",
        "is the default or the timeout activity of its workspace and cannot be deleted",
        "It still exists and stays in the state",
        "set on_destroy = \"retain\" and apply",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    assert!(!said.contains("A parameter is missing"), "{said}");
    // The way out.
    sandbox.apply(&adopted("adopt_existing = true\n  on_destroy = \"retain\""));
    sandbox.apply(WORKSPACE);
    assert_eq!(there(&sandbox, "/Activities").len(), 3);
    sandbox.plan_is_empty("after the activity was let go");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_second_activity_of_a_name_that_each_workspace_has_is_warned_of_once() {
    let sandbox = Sandbox::standing();
    let warning = "A workspace has an activity Available from the start";
    let plan = |more: &str| {
        let more = format!("available = true\n  {more}");
        sandbox.configure(&(WORKSPACE.to_owned() + &activity("available", "Available", &more)));
        sandbox.succeed(&["plan", "-no-color"]).unwrapped()
    };
    assert!(plan("").contains(warning));
    assert!(!plan("adopt_existing = true").contains(warning));
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(!plan("").contains(warning), "it is managed by now");
}

#[test]
fn an_activity_of_the_workspace_becomes_its_default() {
    let sandbox = Sandbox::standing();
    let config = WORKSPACE.to_owned()
        + &activity("lunch", "Lunch", "on_destroy = \"retain\"")
        + "resource \"twilio_taskrouter_workspace_configuration\" \"test\" {\n  workspace_sid = \
           twilio_taskrouter_workspace.test.sid\n  default_activity_sid = twilio_taskrouter_activity.lunch.sid\n}\n";
    sandbox.apply(&config);
    sandbox.plan_is_empty("with a default of its own");
    let lunch = sandbox.resource("twilio_taskrouter_activity.lunch")["sid"].clone();
    let workspace = &there(&sandbox, "/Workspaces")[0]["body"];
    assert_eq!(workspace["default_activity_sid"], lunch);
    assert_ne!(workspace["timeout_activity_sid"], lunch, "what is not configured stays");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn multi_tasking_is_not_switched_on_for_good_without_a_word() {
    let sandbox = Sandbox::standing();
    let with = |flag: &str| WORKSPACE.replace('}', &format!("  multi_task_enabled = {flag}\n}}"));
    sandbox.apply(&with("false"));
    sandbox.apply(WORKSPACE);
    assert_eq!(
        sandbox.resource("twilio_taskrouter_workspace.test")["multi_task_enabled"],
        false
    );
    sandbox.configure(&with("true"));
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains("Multi-tasking cannot be switched off again"), "{said}");
}

#[test]
fn a_worker_who_moves_is_no_drift() {
    let sandbox = Sandbox::standing();
    let config = WORKSPACE.to_owned()
        + &activity("lunch", "Lunch", "")
        + "resource \"twilio_taskrouter_worker\" \"ada\" {\n  workspace_sid = twilio_taskrouter_workspace.test.sid\n  friendly_name \
           = \"Ada\"\n  activity_sid = twilio_taskrouter_activity.lunch.sid\n  attributes = jsonencode({ level = 1 })\n}\n";
    sandbox.apply(&config);
    let worker = there(&sandbox, "/Workers")[0].clone();
    let lunch = &sandbox.resource("twilio_taskrouter_activity.lunch")["sid"];
    assert_eq!(&worker["body"]["activity_sid"], lunch);
    let available = there(&sandbox, "/Activities");
    let available = available
        .iter()
        .find(|activity| activity["body"]["friendly_name"] == "Available");
    let moved = json!({"activity_sid": available.expect("it is there")["sid"], "attributes": "{ \"level\" : 1 }"});
    let path = worker["path"].as_str().expect("a path");
    sandbox
        .twilio
        .change(HOST, path, &moved)
        .expect("the worker can be changed");
    sandbox.plan_is_empty("after the worker moved");
    sandbox.refresh_finds_nothing("after the worker moved");
    // A change of something else does not call the worker back.
    sandbox.apply(&config.replace("level = 1", "level = 2"));
    let worker = &there(&sandbox, "/Workers")[0]["body"];
    assert_eq!(worker["activity_sid"], moved["activity_sid"]);
    assert_eq!(worker["attributes"], "{\"level\":2}");
}

#[test]
fn a_workflow_is_written_as_attributes_or_as_json() {
    let sandbox = Sandbox::standing();
    let workflow = |rules: &str| {
        format!(
            "{WORKSPACE}resource \"twilio_taskrouter_task_queue\" \"all\" {{\n  workspace_sid = \
             twilio_taskrouter_workspace.test.sid\n  friendly_name = \"All\"\n}}\nresource \"twilio_taskrouter_workflow\" \"test\" \
             {{\n  workspace_sid = twilio_taskrouter_workspace.test.sid\n  friendly_name = \"Calls\"\n  {rules}\n}}\n"
        )
    };
    const ADDRESS: &str = "twilio_taskrouter_workflow.test";
    let rules = "{ filters = [{ expression = \"1==1\", targets = [{ queue = twilio_taskrouter_task_queue.all.sid, timeout = 5 }] }] }";
    let as_attributes = workflow(&format!("task_routing = {rules}"));
    let as_json = workflow(&format!("configuration = jsonencode({{ task_routing = {rules} }})"));
    sandbox.apply(&as_attributes);
    sandbox.plan_is_empty("with attributes");
    let stored = sandbox.resource(ADDRESS);
    assert!(stored["configuration"].is_null(), "{stored}");
    let queue = sandbox.resource("twilio_taskrouter_task_queue.all")["sid"].clone();
    let in_twilio = |sandbox: &Sandbox| {
        let text = there(sandbox, "/Workflows")[0]["body"]["configuration"].clone();
        serde_json::from_str::<Json>(text.as_str().expect("a text")).expect("JSON")
    };
    let expected = json!({"task_routing": {"filters": [{
        "expression": "1==1",
        "targets": [{"queue": queue, "timeout": 5}],
    }]}});
    assert_eq!(in_twilio(&sandbox), expected);

    // What somebody else wrote, and the attributes cannot say, is not hidden.
    let path = there(&sandbox, "/Workflows")[0]["path"]
        .as_str()
        .expect("a path")
        .to_owned();
    let newer = json!({"task_routing": {"filters": [], "balance": "even"}}).to_string();
    sandbox
        .twilio
        .change(HOST, &path, &json!({"configuration": newer}))
        .expect("it can be changed");
    sandbox.configure(&as_attributes);
    let plan = sandbox.succeed(&["plan", "-no-color"]).text();
    assert!(plan.contains("balance") && plan.contains("1 to change"), "{plan}");
    sandbox.apply(&as_attributes);
    assert_eq!(in_twilio(&sandbox), expected);
    sandbox.plan_is_empty("after it was put back");

    // The other form, and back.
    sandbox.apply(&as_json);
    sandbox.plan_is_empty("with JSON");
    assert!(sandbox.resource(ADDRESS)["task_routing"].is_null());
    assert_eq!(in_twilio(&sandbox), expected);
    let spaced = format!("{expected:#}");
    sandbox
        .twilio
        .change(HOST, &path, &json!({"configuration": spaced}))
        .expect("it can be changed");
    sandbox.plan_is_empty("with other spaces");
    sandbox.apply(&as_attributes);
    sandbox.plan_is_empty("with attributes again");

    // Both forms are there after an import: neither changes anything.
    let workspace = sandbox.resource("twilio_taskrouter_workspace.test")["sid"].clone();
    let sid = sandbox.resource(ADDRESS)["sid"].clone();
    let (workspace, sid) = (workspace.as_str().expect("a SID"), sid.as_str().expect("a SID"));
    for config in [&as_attributes, &as_json] {
        sandbox.configure(config);
        sandbox.succeed(&["state", "rm", ADDRESS]);
        sandbox.succeed(&["import", "-no-color", ADDRESS, &format!("{workspace}/{sid}")]);
        sandbox.plan_is_empty("after an import");
    }
    // Both may stand there, as in what Terraform generates, while they say the same.
    let both = workflow(&format!(
        "task_routing = {rules}\n  configuration = jsonencode({{ task_routing = {rules} }})"
    ));
    sandbox.configure(&both);
    sandbox.plan_is_empty("with both");
    // Neither, and two that differ, are refused.
    for (rules, said) in [
        (String::new(), "task_routing"),
        (
            format!("task_routing = {rules}\n  configuration = jsonencode({{ task_routing = {{}} }})"),
            "The workflow has two sets of rules",
        ),
        (
            "configuration = jsonencode({ filters = [] })".to_owned(),
            "It has no task_routing",
        ),
    ] {
        let refused = sandbox.apply_fails(&workflow(&rules));
        assert!(refused.contains(said), "{refused}");
    }
}
