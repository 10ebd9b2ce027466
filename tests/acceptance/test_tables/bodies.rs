//! Bodies in JSON, texts with commas, and what rides on an update.

use serde_json::json;

use crate::lifecycle::{Case, Drift};
use crate::sandbox::Sandbox;

/// The bodies that were sent with `method` to paths of `host` that end so.
fn sent(sandbox: &Sandbox, method: &str, host: &str, ending: &str) -> Vec<serde_json::Value> {
    let requests = sandbox.twilio.requests().expect("the simulator answers").into_iter();
    requests
        .filter(|request| {
            let path = request["path"].as_str().unwrap_or_default();
            request["method"] == method && request["host"] == host && path.contains(ending)
        })
        .collect()
}

#[test]
fn json_with_objects_in_it_is_put_whole() {
    const CASE: Case = Case {
        kind: "twilio_test_content_template",
        config: r#"
            friendly_name = "Order"
            language      = "en"
            variables     = { 1 = "Ada", 2 = "" }
            types = {
              text = { body = "Hello {{1}}" }
              quick_reply = {
                body    = "Is your order right?"
                actions = [{ title = "Yes", id = "yes" }, { title = "No" }]
              }
            }
        "#,
        changed: r#"
            friendly_name = "Order"
            language      = "en"
            variables     = { 1 = "Ada", 2 = "" }
            types = {
              text = { body = "Hello {{1}}" }
              quick_reply = {
                body    = "Did your order arrive?"
                actions = [{ title = "Yes", id = "yes" }, { title = "No" }]
              }
            }
        "#,
        changes: &["types"],
        removed: Some(
            r#"
            friendly_name = "Order"
            language      = "en"
            types = {
              quick_reply = {
                body    = "Did your order arrive?"
                actions = [{ title = "Yes", id = "yes" }, { title = "No" }]
              }
            }
        "#,
        ),
        drift: Some(Drift {
            host: "content.twilio.com",
            path: "/v1/Content/{sid}",
            field: "friendly_name",
            value: r#""Something else""#,
            attribute: "friendly_name",
        }),
        ..Case::NEW
    };
    let (sandbox, _) = CASE.live();
    sandbox.nothing_is_left();
    let put = sent(&sandbox, "PUT", "content.twilio.com", "/v1/Content/");
    let quick_reply = json!({
        "body": "Did your order arrive?",
        "actions": [{"title": "Yes", "id": "yes"}, {"title": "No"}],
    });
    let all = json!({
        "friendly_name": "Order", "language": "en", "variables": {"1": "Ada", "2": ""},
        "types": {"twilio/text": {"body": "Hello {{1}}"}, "twilio/quick-reply": quick_reply},
    });
    assert_eq!(put[0]["json"], all, "{:#}", put[0]);
    let left = json!({"friendly_name": "Order", "language": "en", "types": {"twilio/quick-reply": quick_reply}});
    assert_eq!(put[1]["json"], left);
}

#[test]
fn a_comma_in_a_set_that_is_one_text_with_commas_is_refused() {
    let sandbox = Sandbox::with_test_tables();
    let refused = sandbox.apply_fails(
        r#"resource "twilio_test_workspace" "test" {
             friendly_name = "Support"
             events_filter = ["task.created,task.deleted", "task.canceled"]
           }"#,
    );
    assert!(refused.contains("comma"), "{refused}");
}

#[test]
fn what_rides_along_waits_for_an_update_of_something_else() {
    const CASE: Case = Case {
        kind: "twilio_taskrouter_workflow",
        needs: &[(
            "workspace",
            "taskrouter.twilio.com",
            "/v1/Workspaces",
            &[("friendly_name", "Desk")],
        )],
        config: r#"
            workspace_sid     = "{workspace}"
            friendly_name     = "Support"
            configuration     = jsonencode({ task_routing = {} })
            re_evaluate_tasks = true
        "#,
        changed: r#"
            workspace_sid           = "{workspace}"
            friendly_name           = "Sales"
            configuration           = jsonencode({ task_routing = {} })
            assignment_callback_url = "https://example.com/assignment"
            re_evaluate_tasks       = true
        "#,
        changes: &["assignment_callback_url", "friendly_name"],
        removed: Some(
            r#"
            workspace_sid = "{workspace}"
            friendly_name = "Sales"
            configuration = jsonencode({ task_routing = {} })
        "#,
        ),
        drift: Some(Drift {
            host: "taskrouter.twilio.com",
            path: "/v1/Workspaces/{workspace_sid}/Workflows/{sid}",
            field: "friendly_name",
            value: r#""Somebody else's""#,
            attribute: "friendly_name",
        }),
        ..Case::NEW
    };
    let (sandbox, last) = CASE.live();
    sandbox.nothing_is_left();
    let posts = sent(&sandbox, "POST", "taskrouter.twilio.com", "/Workflows");
    let has = |post: &serde_json::Value| post.to_string().contains("ReEvaluateTasks");
    let riding: Vec<_> = posts.iter().map(has).collect();
    // The create, the change, the removal of a URL, the repair.
    assert_eq!(riding, [false, true, false, false], "{posts:#?}");

    // Nothing else changes.
    let removed = CASE.removed.unwrap_or_default();
    let removed = removed.replace("{workspace}", last["workspace_sid"].as_str().expect("a SID"));
    sandbox.apply(&CASE.block(&removed));
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.apply(&CASE.block(&format!("{removed}\nre_evaluate_tasks = true")));
    sandbox.plan_is_empty("after a change that rides along");
    assert!(sent(&sandbox, "POST", "taskrouter.twilio.com", "/Workflows/").is_empty());
}
