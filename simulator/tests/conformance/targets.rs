//! TaskRouter: tasks that say themselves where they go, and steps that name their worker.

use serde_json::json;

use crate::reservations::{Center, offer};
use crate::tasks::{key, made};

/// <https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow>
#[tokio::test]
async fn a_task_goes_to_the_worker_queue_or_workflow_that_it_names() {
    let center = Center::open().await;
    center.worker("ann").await;
    let bob = center.worker("bob").await;
    let queues = format!("{}/TaskQueues", center.workspace);
    let other = made(
        &center.client,
        &queues,
        &[("FriendlyName", "other"), ("TargetWorkers", "1 == 2")],
    )
    .await;

    let to_bob = center.task(&[("RoutingTarget", key(&bob))]).await;
    assert_eq!(center.offers(&to_bob).await, [offer("bob", "pending")]);
    let read = center.get(&to_bob).await;
    assert_eq!(
        (&read["routing_target"], &read["ignore_capacity"]),
        (&json!(key(&bob)), &json!(true))
    );

    for parameter in ["RoutingTarget", "TaskQueueSid"] {
        let task = center.task(&[(parameter, key(&other))]).await;
        let read = center.get(&task).await;
        assert_eq!(read["task_queue_sid"], key(&other), "{parameter}");
        assert_eq!(read["task_queue_friendly_name"], "other", "{parameter}");
        assert!(read["task_queue_entered_date"].is_string(), "{parameter}");
        assert_eq!(center.offers(&task).await, [], "{parameter}: that queue takes nobody");
        // Its workflow has nothing to say of it.
        center.post(&center.workflow, &[("ReEvaluateTasks", "true")]).await.ok();
        assert_eq!(center.get(&task).await["task_queue_sid"], key(&other), "{parameter}");
    }

    let configuration = json!({"task_routing": {"default_filter": {"queue": key(&other)}}}).to_string();
    let form = [("FriendlyName", "second"), ("Configuration", configuration.as_str())];
    let second = made(&center.client, &format!("{}/Workflows", center.workspace), &form).await;
    let task = center.task(&[("RoutingTarget", key(&second))]).await;
    let read = center.get(&task).await;
    assert_eq!(
        (&read["workflow_sid"], &read["task_queue_sid"]),
        (&json!(key(&second)), &json!(key(&other)))
    );
}

/// By the same page a worker gets it without room, or without being there, unless `IgnoreCapacity` says otherwise.
#[tokio::test]
async fn a_worker_that_is_named_gets_the_task_with_or_without_room() {
    let center = Center::open().await;
    let ann = center.worker("ann").await;
    let first = center.task(&[]).await;
    assert_eq!(center.status(&first).await, "reserved", "that is all the room there is");
    let waits = center
        .task(&[("RoutingTarget", key(&ann)), ("IgnoreCapacity", "false")])
        .await;
    assert_eq!(center.status(&waits).await, "pending");
    let at_once = center.task(&[("RoutingTarget", key(&ann))]).await;
    assert_eq!(center.offers(&at_once).await, [offer("ann", "pending")]);

    for task in [&first, &at_once] {
        let reservation = center.offer(task, &ann, "pending").await;
        center.answer(&reservation, "accepted").await;
        center.answer(&reservation, "completed").await;
    }
    assert_eq!(
        center.offers(&waits).await,
        [offer("ann", "pending")],
        "there is room now"
    );

    let offline = center.activity("Offline").await;
    center.post(&ann, &[("ActivitySid", &offline)]).await.ok();
    let away = center.task(&[("RoutingTarget", key(&ann))]).await;
    assert_eq!(center.offers(&away).await, [offer("ann", "pending")]);
    center.worker("bob").await;
    let not_away = center
        .task(&[("RoutingTarget", key(&ann)), ("IgnoreCapacity", "false")])
        .await;
    assert_eq!(
        center.offers(&not_away).await,
        [],
        "neither she, who is away, nor anybody else"
    );
}

#[tokio::test]
async fn a_target_is_something_of_the_workspace() {
    let center = Center::open().await;
    let elsewhere = Center::open().await;
    let stranger = elsewhere.worker("stranger").await;
    let activity = center.activity("Offline").await;
    for wrong in [
        "hello",
        "WK00000000000000000000000000000000",
        "WQ00000000000000000000000000000000",
        &activity,
        key(&stranger),
    ] {
        let refused = center
            .post(&format!("{}/Tasks", center.workspace), &[("RoutingTarget", wrong)])
            .await;
        assert_eq!(refused.refusal(), (400, 20001), "{wrong}");
    }
    assert_eq!(
        center.get(&format!("{}/Tasks", center.workspace)).await["tasks"],
        json!([])
    );
}

/// <https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing>
#[tokio::test]
async fn a_step_may_name_its_worker() {
    let center = Center::open().await;
    let configuration = json!({"task_routing": {"filters": [{"expression": "1 == 1", "targets": [
        {"queue": key(&center.queue), "known_worker_sid": "task.agent"},
        {"queue": key(&center.queue), "known_worker_friendly_name": "task.whom.name"},
    ]}]}});
    let form = [("Configuration", configuration.to_string())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
    center.post(&center.workflow, &form).await.ok();
    center.worker("ann").await;
    let bob = center.worker("bob").await;
    let by_sid = json!({"agent": key(&bob)}).to_string();
    let task = center.task(&[("Attributes", &by_sid)]).await;
    assert_eq!(center.offers(&task).await, [offer("bob", "pending")]);
    let waits = center.task(&[("Attributes", &by_sid)]).await;
    assert_eq!(center.offers(&waits).await, [], "it waits for him, who has no room");
    // 40154 and 40155: an agent that there is not.
    let by_name = json!({"agent": "WK00000000000000000000000000000000", "whom": {"name": "ann"}}).to_string();
    let task = center.task(&[("Attributes", &by_name)]).await;
    assert_eq!(center.offers(&task).await, [offer("ann", "pending")]);
    // 40152: one that the queue does not take.
    center
        .post(&center.queue, &[("TargetWorkers", "friendly_name == 'ann'")])
        .await
        .ok();
    let task = center.task(&[("Attributes", &by_sid)]).await;
    assert_eq!(
        center.get(&task).await["task_queue_sid"],
        json!(null),
        "there is no step left"
    );
}
