//! TaskRouter: how long a task waits in a step of its workflow, what comes after the last, and what becomes of tasks at their end.

use serde_json::{Value, json};

use crate::reservations::{Center, offer};
use crate::tasks::{key, made};

const TASKROUTER: &str = "taskrouter.twilio.com";

/// A queue for workers of whom an expression is true.
async fn queue(center: &Center, name: &str, takes: &str) -> String {
    let form = [("FriendlyName", name), ("TargetWorkers", takes)];
    made(&center.client, &format!("{}/TaskQueues", center.workspace), &form).await
}

/// Makes the workflow one of these filters, and of no other.
async fn route(center: &Center, filters: Value) {
    let configuration = json!({"task_routing": {"filters": filters, "default_filter": {"queue": key(&center.queue)}}});
    let form = [("Configuration", configuration.to_string())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
    center.post(&center.workflow, &form).await.ok();
}

async fn place(center: &Center, task: &str) -> (String, String) {
    let read = center.get(task).await;
    let text = |field: &str| read[field].as_str().unwrap_or_default().to_owned();
    (text("task_queue_friendly_name"), text("assignment_status"))
}

fn at(queue: &str, status: &str) -> (String, String) {
    (queue.to_owned(), status.to_owned())
}

/// <https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment>,
/// <https://www.twilio.com/docs/taskrouter/task-evaluation>
#[tokio::test]
async fn a_task_goes_on_when_its_time_in_a_step_is_over() {
    let center = Center::open().await;
    let nobody = queue(&center, "nobody", "none == 1").await;
    let ann = queue(&center, "ann's", "friendly_name == 'ann'").await;
    let steps = json!([{"expression": "1 == 1", "targets": [
        {"queue": key(&nobody), "timeout": 10, "priority": 4},
        {"timeout": "20", "expression": "worker.friendly_name == 'bob'"},
        {"queue": key(&ann), "timeout": 30, "priority": 8},
    ]}]);
    route(&center, steps).await;
    center.worker("ann").await;
    center.worker("bob").await;
    let task = center.task(&[]).await;
    assert_eq!(place(&center, &task).await, at("nobody", "pending"));
    center.client.advance(15).await;
    assert_eq!(
        place(&center, &task).await,
        at("nobody", "pending"),
        "the second step has the queue of the first"
    );
    assert_eq!(center.get(&task).await["priority"], 4);
    // 10 and 20 seconds after it was made, however late anybody looks.
    center.client.advance(16).await;
    assert_eq!(place(&center, &task).await, at("ann's", "reserved"));
    assert_eq!(center.offers(&task).await, [offer("ann", "pending")]);
    assert_eq!(center.get(&task).await["priority"], 8);
}

/// `Task canceled on Workflow timeout`: <https://github.com/wittyreference/twilio-claude-plugin>
/// (skills/taskrouter/references/test-results.md, test 5)
#[tokio::test]
async fn a_task_that_is_past_its_last_step_is_canceled() {
    let center = Center::open().await;
    let nobody = queue(&center, "nobody", "none == 1").await;
    let own = json!([
        {"expression": "kind == 'own'", "targets": [{"queue": key(&nobody), "timeout": 10}, {"queue": key(&nobody), "timeout": 20}]},
        {"expression": "kind == 'long'", "targets": [{"queue": key(&nobody)}]},
        {"expression": "kind == 'both'", "targets": [{"queue": key(&nobody), "timeout": 5}]},
        {"expression": "kind IN ['both', 'ann']", "targets": [{"queue": key(&center.queue), "timeout": 30}]},
    ]);
    route(&center, own).await;
    let mut tasks = Vec::new();
    for kind in ["own", "long", "both", "else"] {
        let attributes = json!({"kind": kind}).to_string();
        tasks.push(center.task(&[("Attributes", &attributes)]).await);
    }
    let [own, long, both, other] = &tasks[..] else {
        panic!("four")
    };
    center.client.advance(29).await;
    for (task, name) in [(own, "nobody"), (long, "nobody"), (both, "q"), (other, "q")] {
        assert_eq!(place(&center, task).await, at(name, "pending"));
    }
    center.client.advance(3).await;
    assert_eq!(center.get(own).await["reason"], "Task canceled on Workflow timeout");
    assert_eq!(place(&center, own).await, at("nobody", "canceled"));
    let statistics = center.get(&format!("{}/CumulativeStatistics", center.workspace)).await;
    assert_eq!(
        (
            &statistics["tasks_canceled"],
            &statistics["tasks_timed_out_in_workflow"]
        ),
        (&json!(1), &json!(1))
    );
    // The default filter and a step without a time keep a task until its own time is over.
    center.client.advance(3600).await;
    assert_eq!(center.status(long).await, "pending");
    assert_eq!(center.status(other).await, "pending");
    // A reservation may be answered although the time of the step is over; then it is canceled.
    let attributes = json!({"kind": "ann"}).to_string();
    let task = center.task(&[("Attributes", &attributes)]).await;
    let ann = center.worker("ann").await;
    let first = center.get(&format!("{ann}/Reservations")).await;
    assert_eq!(first["reservations"][0]["task_sid"], key(other), "who waits longest");
    center
        .answer(&center.offer(other, &ann, "pending").await, "accepted")
        .await;
    center
        .answer(&center.offer(other, &ann, "accepted").await, "completed")
        .await;
    let reservation = center.offer(&task, &ann, "pending").await;
    center.client.advance(60).await;
    assert_eq!(center.status(&task).await, "reserved");
    center.answer(&reservation, "rejected").await;
    assert_eq!(center.status(&task).await, "canceled");
    assert_eq!(center.offers(&task).await, [offer("ann", "rejected")]);
}

/// <https://www.twilio.com/docs/taskrouter/lifecycle-task-state>
#[tokio::test]
async fn a_task_that_has_ended_is_deleted_and_counted_still() {
    let center = Center::open().await;
    let ann = center.worker("ann").await;
    let done = center.task(&[]).await;
    let accepted = center.offer(&done, &ann, "pending").await;
    center.answer(&accepted, "accepted").await;
    center.answer(&accepted, "completed").await;
    let left = center.task(&[]).await;
    let kept = center.offer(&left, &ann, "pending").await;
    center.answer(&kept, "accepted").await;
    let canceled = center.task(&[]).await;
    let cancel = [("AssignmentStatus", "canceled"), ("Reason", "no")];
    center.post(&canceled, &cancel).await.ok();
    center.client.advance(280).await;
    assert_eq!(center.status(&done).await, "completed");
    assert_eq!(center.status(&canceled).await, "canceled");
    center.client.advance(40).await;
    for gone in [&done, &canceled] {
        assert_eq!(center.client.get(TASKROUTER, gone).await.refusal(), (404, 20404));
    }
    assert_eq!(
        center.get(&format!("{}/Tasks", center.workspace)).await["tasks"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let read = center.get(&format!("{}/CumulativeStatistics", center.workspace)).await;
    for (field, count) in [
        ("tasks_created", 3),
        ("tasks_completed", 1),
        ("tasks_canceled", 1),
        ("tasks_deleted", 0),
        ("reservations_created", 2),
        ("reservations_accepted", 2),
    ] {
        assert_eq!(read[field], count, "{field}");
    }
    center.client.delete(TASKROUTER, &left).await;
    let read = center.get(&format!("{}/CumulativeStatistics", center.workspace)).await;
    assert_eq!(read["tasks_deleted"], 1);
    // What is not completed within a day of being assigned goes too, and its worker has room again.
    let late = center.task(&[]).await;
    let kept = center.offer(&late, &ann, "pending").await;
    center.answer(&kept, "accepted").await;
    center.answer(&kept, "wrapping").await;
    center.client.advance(86_300).await;
    assert_eq!(center.status(&late).await, "wrapping");
    center.client.advance(200).await;
    assert_eq!(center.client.get(TASKROUTER, &late).await.refusal(), (404, 20404));
    let next = center.task(&[]).await;
    assert_eq!(center.status(&next).await, "reserved");
}

/// The limit of 1,000 offers: <https://www.twilio.com/docs/taskrouter/limits>. What time passes costs no more the longer it passes.
#[tokio::test]
async fn a_task_that_nobody_accepts_is_offered_a_thousand_times() {
    let center = Center::open().await;
    let offline = center.activity("Offline").await;
    let form = [("FriendlyName", "ann"), ("ActivitySid", offline.as_str())];
    let ann = made(&center.client, &format!("{}/Workers", center.workspace), &form).await;
    let form = [("RoutingTarget", key(&ann)), ("Timeout", "1209600")];
    let task = center.task(&form).await;
    let mut costs = Vec::new();
    for _ in 0..3 {
        let before = center.client.visited().await;
        center.client.advance(36_000).await;
        costs.push(center.client.visited().await - before);
    }
    assert!(costs[2] < costs[0] * 2, "{costs:?}");
    assert_eq!(center.status(&task).await, "reserved", "900 offers");
    center.client.advance(12_050).await;
    let read = center.get(&task).await;
    assert_eq!(read["assignment_status"], "canceled");
    let count = center.get(&format!("{task}/Reservations?PageSize=1000")).await;
    assert_eq!(count["reservations"].as_array().map(Vec::len), Some(1000));
    center.client.advance(300).await;
    assert_eq!(center.client.get(TASKROUTER, &task).await.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/taskrouter/time-of-day-routing>
#[tokio::test]
async fn a_task_waits_for_the_time_of_day() {
    let center = Center::open().await;
    let now = center.client.control("GET", "clock", None).await;
    let now: jiff::Timestamp = now.text("now").parse().expect("a time");
    // To the beginning of a day.
    let until = 86_400 - now.as_second().rem_euclid(86_400);
    center.client.advance(u64::try_from(until).expect("seconds") + 60).await;
    let form = [("TargetWorkers", "taskrouter.currentHour == 5")];
    center.post(&center.queue, &form).await.ok();
    center.worker("ann").await;
    center.worker("bob").await;
    let first = center.task(&[]).await;
    let second = center.task(&[]).await;
    center.client.advance(4 * 3600).await;
    assert_eq!(center.status(&first).await, "pending");
    // Within a long way ahead it comes as well: nobody answers, so both are offered and time out within the hour.
    center.client.advance(2 * 3600).await;
    for task in [&first, &second] {
        let offers = center.offers(task).await;
        assert!(offers.iter().any(|(_, state)| state == "timeout"), "{offers:?}");
    }
}

/// <https://www.twilio.com/docs/taskrouter/expression-syntax>
#[tokio::test]
async fn what_is_changed_behind_the_clients_back_counts() {
    let center = Center::open().await;
    center.post(&center.queue, &[("TargetWorkers", "1 == 2")]).await.ok();
    center.worker("ann").await;
    let task = center.task(&[]).await;
    assert_eq!(center.status(&task).await, "pending");
    let place = format!("objects?host={TASKROUTER}&path={}", center.queue);
    let change = json!({"target_workers": "1 == 1", "friendly_name": "drifted"});
    let changed = center.client.control("PATCH", &place, Some(change)).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(self::place(&center, &task).await, at("drifted", "reserved"));
    // So does the name of an activity.
    center
        .post(&center.queue, &[("TargetWorkers", "activity_name == 'Here'")])
        .await
        .ok();
    let later = center.task(&[("TaskChannel", "voice")]).await;
    assert_eq!(center.status(&later).await, "pending");
    let available = format!("{}/Activities/{}", center.workspace, center.activity("Available").await);
    center.post(&available, &[("FriendlyName", "Here")]).await.ok();
    assert_eq!(center.status(&later).await, "reserved");
}

/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/taskrouter/references/test-results.md, tests 2 and 3;
/// assertion-audit.md, A20 and A21)
#[tokio::test]
async fn what_was_seen_to_be_refused_is_refused() {
    let center = Center::open().await;
    center.worker("Alice").await;
    let workers = format!("{}/Workers", center.workspace);
    for name in ["Alice", "alice"] {
        let refused = center.post(&workers, &[("FriendlyName", name)]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{name}");
        assert_eq!(
            refused.text("message"),
            "Worker with the same friendly name already exists"
        );
    }
    let queues = format!("{}/TaskQueues", center.workspace);
    for wrong in ["skill-level > 3", "a b c ((("] {
        let form = [("FriendlyName", "n"), ("TargetWorkers", wrong)];
        assert_eq!(center.post(&queues, &form).await.refusal(), (400, 20001), "{wrong}");
        let form = [("TargetWorkers", wrong)];
        assert_eq!(
            center.post(&center.queue, &form).await.refusal(),
            (400, 20001),
            "{wrong}"
        );
    }
    let form = [("FriendlyName", "n"), ("TargetWorkers", "level HAS \"support\"")];
    center.post(&queues, &form).await.ok();
    let tasks = format!("{}/Tasks", center.workspace);
    center.post(&tasks, &[]).await.ok();
    let configuration = json!({"task_routing": {"default_filter": {"queue": key(&center.queue)}}}).to_string();
    let form = [("FriendlyName", "second"), ("Configuration", configuration.as_str())];
    made(&center.client, &format!("{}/Workflows", center.workspace), &form).await;
    let refused = center.post(&tasks, &[]).await;
    assert_eq!(refused.refusal(), (400, 20001));
    assert_eq!(refused.text("message"), "WorkflowSid field is required");
    center.post(&tasks, &[("RoutingTarget", key(&center.queue))]).await.ok();
}
