//! TaskRouter: names as keys, queues of one name, and the states of tasks.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const TASKROUTER: &str = "taskrouter.twilio.com";

async fn made(client: &Client, collection: &str, form: &[(&str, &str)]) -> String {
    let made = client.post(TASKROUTER, collection, form).await;
    format!("{collection}/{}", made.text("sid"))
}

/// <https://github.com/TwilioDevEd/api-snippets> (rest/taskrouter/worker-channels)
#[tokio::test]
async fn a_channel_of_a_worker_is_found_by_the_name_of_its_task_channel() {
    let (_handle, client) = simulator().await;
    let workspace = made(&client, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    let form = [("FriendlyName", "Owls"), ("UniqueName", "owls")];
    client
        .post(TASKROUTER, &format!("{workspace}/TaskChannels"), &form)
        .await
        .ok();
    let worker = made(&client, &format!("{workspace}/Workers"), &[("FriendlyName", "ada")]).await;
    let other = made(&client, &format!("{workspace}/Workers"), &[("FriendlyName", "bob")]).await;
    for name in ["voice", "owls"] {
        let one = format!("{worker}/Channels/{name}");
        let read = client.get(TASKROUTER, &one).await.ok();
        assert_eq!(read["task_channel_unique_name"], name);
        let form = [("Capacity", "3"), ("Available", "false")];
        client.post(TASKROUTER, &one, &form).await.ok();
        let by_sid = format!("{worker}/Channels/{}", read["sid"].as_str().expect("a SID"));
        let changed = client.get(TASKROUTER, &by_sid).await.ok();
        assert_eq!(
            (&changed["available"], &changed["configured_capacity"]),
            (&json!(false), &json!(3))
        );
        let beside = client.get(TASKROUTER, &format!("{other}/Channels/{name}")).await.ok();
        assert_eq!(beside["configured_capacity"], 1);
    }
    let none = client.get(TASKROUTER, &format!("{worker}/Channels/eagles")).await;
    assert_eq!(none.refusal(), (404, 20404));
}

/// <https://github.com/nash-md/twilio-contact-center/issues/23>
#[tokio::test]
async fn a_workspace_has_one_queue_of_a_name() {
    let (_handle, client) = simulator().await;
    let workspace = made(&client, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    let queues = format!("{workspace}/TaskQueues");
    made(&client, &queues, &[("FriendlyName", "q")]).await;
    let second = client.post(TASKROUTER, &queues, &[("FriendlyName", "q")]).await;
    assert_eq!(second.refusal(), (400, 20001));
    let other = made(&client, &queues, &[("FriendlyName", "r")]).await;
    let renamed = client.post(TASKROUTER, &other, &[("FriendlyName", "q")]).await;
    assert_eq!(renamed.refusal(), (400, 20001));
    client.post(TASKROUTER, &other, &[("FriendlyName", "r")]).await.ok();
    let elsewhere = made(&client, "/v1/Workspaces", &[("FriendlyName", "x")]).await;
    made(&client, &format!("{elsewhere}/TaskQueues"), &[("FriendlyName", "q")]).await;
}

/// <https://www.twilio.com/docs/taskrouter/lifecycle-task-state>
#[tokio::test]
async fn a_task_goes_through_its_states_and_not_back() {
    let (_handle, client) = simulator().await;
    let workspace = made(&client, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    let tasks = format!("{workspace}/Tasks");
    let states = ["pending", "reserved", "assigned", "canceled", "completed", "wrapping"];
    let steps = [
        ("pending", "canceled"),
        ("reserved", "canceled"),
        ("assigned", "wrapping"),
        ("assigned", "completed"),
        ("wrapping", "completed"),
    ];
    for from in states {
        for to in states.into_iter().filter(|to| *to != from) {
            let sid = client.add(TASKROUTER, &tasks, json!({"assignment_status": from})).await;
            let one = format!("{tasks}/{sid}");
            let form = [("AssignmentStatus", to), ("Reason", "r")];
            let answer = client.post(TASKROUTER, &one, &form).await;
            let fits = steps.contains(&(from, to));
            assert_eq!(
                answer.refusal(),
                if fits { (200, 0) } else { (400, 20001) },
                "{from} to {to}"
            );
            let after = client.get(TASKROUTER, &one).await;
            assert_eq!(after.text("assignment_status"), if fits { to } else { from });
        }
    }
    let sid = client
        .add(TASKROUTER, &tasks, json!({"assignment_status": "canceled"}))
        .await;
    let again = [("AssignmentStatus", "canceled")];
    let again = client.post(TASKROUTER, &format!("{tasks}/{sid}"), &again).await;
    assert_eq!(again.refusal(), (400, 20001), "it is not pending or reserved");
}

/// The contract's text on `WorkflowSid` and `TaskChannel`.
#[tokio::test]
async fn a_task_goes_to_the_only_workflow_and_to_a_channel_that_is_there() {
    let (_handle, client) = simulator().await;
    let workspace = made(&client, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    let tasks = format!("{workspace}/Tasks");
    let workflows = format!("{workspace}/Workflows");
    let form = [("FriendlyName", "f"), ("Configuration", "{}")];
    let only = client.post(TASKROUTER, &workflows, &form).await.ok();
    let task = client.post(TASKROUTER, &tasks, &[]).await.ok();
    assert_eq!(task["workflow_sid"], only["sid"]);
    assert_eq!(task["workflow_friendly_name"], "f");
    client.post(TASKROUTER, &workflows, &form).await.ok();
    let task = client.post(TASKROUTER, &tasks, &[]).await.ok();
    assert_eq!(task["workflow_sid"], Value::Null, "nobody says which of two");
    for channel in ["nosuch", "TC00000000000000000000000000000001"] {
        let refused = client.post(TASKROUTER, &tasks, &[("TaskChannel", channel)]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{channel}");
    }
}

/// <https://www.twilio.com/docs/taskrouter/time-of-day-routing>
#[tokio::test]
async fn an_expression_may_ask_for_the_time_of_day() {
    let (_handle, client) = simulator().await;
    let workspace = made(&client, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    let workers = format!("{workspace}/Workers");
    client.post(TASKROUTER, &workers, &[("FriendlyName", "ann")]).await.ok();
    let found = async |expression: &str| {
        let query = serde_urlencoded::to_string([("TargetWorkersExpression", expression)]).expect("texts");
        let listed = client.get(TASKROUTER, &format!("{workers}?{query}")).await.ok();
        listed["workers"].as_array().expect("a list").len()
    };
    for (expression, wanted) in [
        ("taskrouter.currentTime >= 0 AND taskrouter.currentTime < 2400", 1),
        ("taskrouter.currentTime > 2359", 0),
        ("taskrouter.currentHour >= 0 AND taskrouter.currentHour < 24", 1),
        ("taskrouter.currentMin >= 0 AND taskrouter.currentMin < 60", 1),
        ("taskrouter.dayOfWeek IN ['Mon','Tue','Wed','Thu','Fri','Sat','Sun']", 1),
        ("taskrouter.dayOfWeek IN ['Monday']", 0),
    ] {
        assert_eq!(found(expression).await, wanted, "{expression}");
    }
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut seen = Vec::new();
    for _ in days {
        for day in days {
            if found(&format!("taskrouter.dayOfWeek == '{day}'")).await == 1 {
                seen.push(day);
            }
        }
        client.advance_days(1).await;
    }
    seen.sort_unstable();
    let mut all = days;
    all.sort_unstable();
    assert_eq!(seen, all, "by the simulator's clock");
}
