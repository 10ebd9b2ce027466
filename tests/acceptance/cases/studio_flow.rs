//! `twilio_studio_flow`.

use serde_json::json;

use crate::sandbox::Sandbox;

/// A flow that says something, with `STATUS` and `MORE` to be filled in.
macro_rules! flow {
    ($said:literal, $more:literal) => {
        concat!(
            r#"resource "twilio_studio_flow" "test" {
                 friendly_name = "Greeting"
                 status        = "published"
                 "#,
            $more,
            r#"
                 definition = jsonencode({
                   description   = "Says something"
                   initial_state = "Trigger"
                   flags         = { allow_concurrent_calls = true }
                   states = [
                     {
                       name        = "Trigger"
                       type        = "trigger"
                       transitions = [{ event = "incomingCall", next = "hello" }]
                       properties  = { offset = { x = 0, y = 0 } }
                     },
                     {
                       name        = "hello"
                       type        = "say-play"
                       transitions = [{ event = "audioComplete" }]
                       properties  = { say = ""#,
            $said,
            r#"", loop = 1, offset = { x = 0, y = 200 } }
                     },
                   ]
                 })
               }"#
        )
    };
}

const ADDRESS: &str = "twilio_studio_flow.test";

const FIRST: &str = flow!("Hello!", r#"commit_message = "First""#);
const REWORDED: &str = flow!("Good morning!", r#"commit_message = "First""#);
const WITHOUT_MESSAGE: &str = flow!("Good morning!", "");

#[test]
fn the_text_of_the_same_definition_does_not_matter() {
    let sandbox = Sandbox::standing();
    let text = |definition: &str| {
        format!(
            "resource \"twilio_studio_flow\" \"test\" {{\n  friendly_name = \"A\"\n  status = \"draft\"\n  definition = \
             <<-E\n{definition}\nE\n}}"
        )
    };
    let definition = json!({"description": "A", "initial_state": "Trigger", "flags": {"allow_concurrent_calls": true},
        "states": [{"name": "Trigger", "type": "trigger", "transitions": [], "properties": {"offset": {"x": 0, "y": 1.0}}}]});
    sandbox.apply(&text(&definition.to_string()));
    sandbox.plan_is_empty("after the create");
    sandbox.configure(&text(&format!("{definition:#}").replace("1.0", "1")));
    sandbox.plan_is_empty("with other white space and another spelling of a number");
    assert_eq!(sandbox.resource(ADDRESS)["revision"], 1);
}

#[test]
fn the_webhook_url_is_known_before_a_change_and_leads_to_the_flow() {
    let sandbox = Sandbox::standing();
    sandbox.apply(FIRST);
    let flow = sandbox.resource(ADDRESS);
    let url = flow["webhook_url"].as_str().expect("a URL");
    assert!(
        url.starts_with("https://") && url.ends_with(flow["sid"].as_str().expect("a SID")),
        "{url}"
    );
    assert_eq!((&flow["revision"], &flow["valid"]), (&json!(1), &json!(true)));
}

#[test]
fn a_bad_definition_is_refused_by_the_plan_with_every_fault() {
    let sandbox = Sandbox::standing();
    sandbox.configure(
        &FIRST
            .replace("next = \"hello\"", "next = \"nowhere\"")
            .replace("say-play", "shout"),
    );
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    for needle in [
        "finds the flow definition invalid",
        "nowhere",
        "(#/states/0/",
        // What stands there is taken out of Twilio's sentence: definitions hold secrets. The place tells it.
        "there is no widget of type",
        "(#/states/1/type)",
        "Nothing was changed",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(
        said.matches("Error: ").count(),
        1,
        "one diagnostic lists them all: {said}"
    );
    sandbox.nothing_is_left();
}

#[test]
fn a_plan_goes_on_when_the_definition_cannot_be_validated() {
    let sandbox = Sandbox::standing();
    let failing = json!([{"match": {"path": "/v2/Flows/Validate"}, "fault": "status", "status": 403,
        "body": {"code": 20003, "message": "Permission denied", "more_info": "", "status": 403}}]);
    sandbox.twilio.faults(&failing).expect("the fault is understood");
    sandbox.apply(FIRST);
    sandbox.plan_is_empty("of what could not be validated");
}

#[test]
fn a_definition_that_is_known_only_while_applying_is_refused_then_with_every_fault() {
    let sandbox = Sandbox::standing();
    let said = sandbox.apply_fails(
        r#"resource "terraform_data" "later" { input = jsonencode({ description = "A", states = [] }) }
           resource "twilio_studio_flow" "test" {
             friendly_name = "A"
             status        = "draft"
             definition    = terraform_data.later.output
           }"#,
    );
    assert!(said.contains("81022") && said.contains("initial_state"), "{said}");
    sandbox.nothing_is_left();
}

#[test]
fn each_update_says_the_status_and_repeats_the_message_of_the_revision() {
    let sandbox = Sandbox::standing();
    sandbox.apply(FIRST);
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.apply(REWORDED);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let update = requests
        .iter()
        .find(|request| {
            request["method"] == "POST" && request["path"].as_str().is_some_and(|path| path.contains("/FW"))
        })
        .expect("the flow was updated");
    assert_eq!(
        (&update["form"]["Status"], &update["form"]["CommitMessage"]),
        (&json!("published"), &json!("First"))
    );
    sandbox.apply(WITHOUT_MESSAGE);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let last = requests
        .iter()
        .rfind(|request| request["method"] == "POST")
        .expect("an update");
    assert_eq!(
        last["form"]["CommitMessage"], "Changed by Terraform",
        "a revision always has a message: {last}"
    );
    assert_eq!(sandbox.resource(ADDRESS)["commit_message"], serde_json::Value::Null);
    sandbox.plan_is_empty("without a message of one's own");
    sandbox.twilio.forget_requests().expect("the simulator answers");
    let reworded = WITHOUT_MESSAGE.replace("Good morning!", "Good evening!");
    sandbox.apply(&reworded);
    sandbox.plan_is_empty("after a change without a message");
    let own = reworded.replacen("status ", "commit_message = \"Changed by Terraform\"\nstatus ", 1);
    sandbox.apply(&own);
    sandbox.plan_is_empty("with the very message that stands for none");
    assert_eq!(sandbox.resource(ADDRESS)["commit_message"], "Changed by Terraform");
}
