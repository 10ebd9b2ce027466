//! TaskRouter: flags in words, tasks for one worker, and workspaces that take several tasks at once.

use serde_json::json;

use crate::support::{Client, simulator};

const TASKROUTER: &str = "taskrouter.twilio.com";

async fn workspace(client: &Client, form: &[(&str, &str)]) -> String {
    let made = client.post(TASKROUTER, "/v1/Workspaces", form).await;
    format!("/v1/Workspaces/{}", made.text("sid"))
}

/// The contract's texts on `Available` and `IgnoreCapacity`: `true`, `1` and `yes`, and all other values say that it is not.
/// <https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow>: the default for a worker is true.
#[tokio::test]
async fn some_flags_are_written_in_words() {
    let (_handle, client) = simulator().await;
    let workspace = workspace(&client, &[("FriendlyName", "w")]).await;
    let (activities, tasks) = (format!("{workspace}/Activities"), format!("{workspace}/Tasks"));
    let worker = client
        .post(TASKROUTER, &format!("{workspace}/Workers"), &[("FriendlyName", "ada")])
        .await;
    let target = ("RoutingTarget", worker.text("sid"));
    for (number, (word, flag)) in [
        ("true", true),
        ("1", true),
        ("yes", true),
        ("false", false),
        ("0", false),
        ("no", false),
        ("foo", false),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("a{number}");
        let form = [("FriendlyName", &*name), ("Available", word)];
        let made = client.post(TASKROUTER, &activities, &form).await.ok();
        assert_eq!(made["available"], flag, "{word}");
        let task = client
            .post(TASKROUTER, &tasks, &[target, ("IgnoreCapacity", word)])
            .await
            .ok();
        assert_eq!(task["ignore_capacity"], flag, "{word}");
    }
    let task = client.post(TASKROUTER, &tasks, &[target]).await.ok();
    assert_eq!(task["ignore_capacity"], json!(true));
    let task = client.post(TASKROUTER, &tasks, &[]).await.ok();
    assert_eq!(task["ignore_capacity"], json!(false));
}

/// <https://www.twilio.com/docs/taskrouter/api/workspace>, and the contract's text on `MultiTaskEnabled` of the update.
#[tokio::test]
async fn a_workspace_takes_one_task_at_a_time_again_only_beside_another_that_does() {
    let (_handle, client) = simulator().await;
    let single = [("FriendlyName", "w"), ("MultiTaskEnabled", "false")];
    let one = workspace(&client, &single[..1]).await;
    let off = &single[1..];
    assert_eq!(client.post(TASKROUTER, &one, off).await.refusal(), (400, 20001));
    assert_eq!(client.get(TASKROUTER, &one).await.ok()["multi_task_enabled"], true);
    let legacy = workspace(&client, &single).await;
    client.post(TASKROUTER, &legacy, off).await.ok();
    assert_eq!(
        client.post(TASKROUTER, &one, off).await.ok()["multi_task_enabled"],
        false
    );
}

/// The contract's text on `Template`.
#[tokio::test]
async fn a_workspace_begins_with_a_template_that_there_is() {
    let (_handle, client) = simulator().await;
    for (template, wanted) in [
        ("NOPE", (400, 20001)),
        ("none", (400, 20001)),
        ("NONE", (201, 0)),
        ("FIFO", (201, 0)),
    ] {
        let form = [("FriendlyName", "w"), ("Template", template)];
        let answer = client.post(TASKROUTER, "/v1/Workspaces", &form).await;
        assert_eq!(answer.refusal(), wanted, "{template}");
    }
}
