//! TaskRouter: what a request costs does not depend on how many tasks and workers wait. The objects that the simulator looks at are
//! counted, not the time.

use serde_json::json;

use crate::reservations::Center;
use crate::tasks::{key, made};

/// How many wait at first, and then.
const SIZES: [usize; 2] = [20, 200];

/// Objects that a request looks at, with all that follows from it.
async fn cost(center: &Center, path: &str, form: &[(&str, &str)]) -> u64 {
    // What went before is over then.
    center.get(&center.workspace).await;
    let before = center.client.visited().await;
    center.post(path, form).await.ok();
    center.get(&center.workspace).await;
    center.client.visited().await - before
}

/// Makes as many workers and tasks as are missing.
async fn fill(center: &Center, known: &mut usize, size: usize, activity: &str) {
    for number in *known..size {
        let name = format!("w{number}");
        let form = [("FriendlyName", name.as_str()), ("ActivitySid", activity)];
        made(&center.client, &format!("{}/Workers", center.workspace), &form).await;
        center.task(&[]).await;
    }
    *known = size;
}

/// What each of these requests costs beside few and beside many.
async fn costs(center: &Center, activity: &str) -> [Vec<u64>; 2] {
    let (workers, tasks) = (
        format!("{}/Workers", center.workspace),
        format!("{}/Tasks", center.workspace),
    );
    let worker = made(&center.client, &workers, &[("FriendlyName", "own")]).await;
    let task = center.task(&[]).await;
    let mut known = 0;
    let mut found = [Vec::new(), Vec::new()];
    for (round, size) in SIZES.into_iter().enumerate() {
        fill(center, &mut known, size, activity).await;
        // The first of each may make an index.
        for measured in 0..2 {
            let name = format!("n{round}{measured}");
            let all = [
                cost(center, &workers, &[("FriendlyName", &name), ("ActivitySid", activity)]).await,
                cost(center, &worker, &[("Attributes", r#"{"a": 1}"#)]).await,
                cost(center, &format!("{worker}/Channels/voice"), &[("Capacity", "3")]).await,
                cost(center, &tasks, &[]).await,
                cost(center, &task, &[("Priority", if measured == 0 { "2" } else { "3" })]).await,
            ];
            found[round] = all.to_vec();
        }
    }
    found
}

#[tokio::test]
async fn nobody_looks_at_all_tasks_where_no_worker_is_available() {
    let center = Center::open().await;
    let offline = center.activity("Offline").await;
    let [few, many] = costs(&center, &offline).await;
    assert_eq!(few, many);
    // The first that is available gets the task that waits longest, of all the others there is none that it looks at.
    let before = center.client.visited().await;
    let ann = center.worker("ann").await;
    assert_eq!(center.offers(&ann).await.len(), 1);
    let cost = center.client.visited().await - before;
    assert!(cost < 100, "{cost}");
}

#[tokio::test]
async fn a_task_behind_others_is_not_asked_of_every_worker() {
    let center = Center::open().await;
    let nobody = [("TargetWorkers", "skill HAS 'none'")];
    center.post(&center.queue, &nobody).await.ok();
    let available = center.activity("Available").await;
    let [few, many] = costs(&center, &available).await;
    assert_eq!(few, many);
}

#[tokio::test]
async fn a_task_finds_the_worker_that_is_idle_longest_without_looking_at_the_others() {
    let center = Center::open().await;
    let tasks = format!("{}/Tasks", center.workspace);
    let mut costs = Vec::new();
    let mut known = 0;
    for size in SIZES {
        while known < size {
            center.worker(&format!("w{known}")).await;
            known += 1;
        }
        cost(&center, &tasks, &[]).await;
        costs.push(cost(&center, &tasks, &[]).await);
    }
    assert!(costs[1] <= costs[0], "{costs:?}");
}

#[tokio::test]
async fn what_a_worker_has_done_is_not_read_for_each_offer() {
    let center = Center::open().await;
    let ann = center.worker("ann").await;
    let tasks = format!("{}/Tasks", center.workspace);
    let mut costs = Vec::new();
    for _ in 0..60 {
        let cost = cost(&center, &tasks, &[]).await;
        costs.push(cost);
        let offered = center
            .get(&format!("{ann}/Reservations?ReservationStatus=pending"))
            .await;
        let task = offered["reservations"][0]["task_sid"]
            .as_str()
            .expect("a task")
            .to_owned();
        let reservation = center.offer(&format!("{tasks}/{task}"), &ann, "pending").await;
        center.answer(&reservation, "accepted").await;
        center.answer(&reservation, "completed").await;
    }
    assert_eq!(costs[2], costs[59], "{costs:?}");
}

/// A step that compares workers with the task: what was read of a worker is not read for each task.
#[tokio::test]
async fn a_step_about_the_task_itself_reads_each_worker_once() {
    let center = Center::open().await;
    let configuration = json!({"task_routing": {"filters": [{"expression": "1 == 1", "targets": [
        {"queue": key(&center.queue), "expression": "worker.n >= task.n"},
    ]}]}})
    .to_string();
    center
        .post(&center.workflow, &[("Configuration", configuration.as_str())])
        .await
        .ok();
    let tasks = format!("{}/Tasks", center.workspace);
    for number in 0..40 {
        let worker = center.worker(&format!("w{number}")).await;
        center.post(&worker, &[("Attributes", r#"{"n": 1}"#)]).await.ok();
    }
    for number in 0..40 {
        let attributes = json!({"n": 2 + number}).to_string();
        center.task(&[("Attributes", &attributes)]).await;
    }
    // 40 times 40 are 1,600.
    let costs = [
        cost(&center, &tasks, &[("Attributes", r#"{"n": 99}"#)]).await,
        cost(&center, &center.queue, &[("TargetWorkers", "2 == 2")]).await,
        cost(&center, &center.workflow, &[("ReEvaluateTasks", "true")]).await,
    ];
    assert!(costs[0] < 40 && costs[1] < 200 && costs[2] < 600, "{costs:?}");
    let worker = center.worker("able").await;
    center.post(&worker, &[("Attributes", r#"{"n": 5}"#)]).await.ok();
    assert_eq!(center.offers(&worker).await.len(), 1);
}

/// Also where many have waited, each task finds its worker in its turn.
#[tokio::test]
async fn many_that_wait_are_taken_in_their_turn() {
    let center = Center::open().await;
    let mut waiting = Vec::new();
    for number in 0..6 {
        let priority = (number % 3).to_string();
        waiting.push(center.task(&[("Priority", &priority)]).await);
        center.client.advance(1).await;
    }
    let urgent = json!({"task_routing": {"default_filter": {"queue": key(&center.queue), "priority": "9"}}});
    let form = [("FriendlyName", "u"), ("Configuration", &urgent.to_string())];
    let workflow = made(&center.client, &format!("{}/Workflows", center.workspace), &form).await;
    waiting.push(center.task(&[("WorkflowSid", key(&workflow))]).await);
    let mut taken = Vec::new();
    for number in 0..7 {
        let worker = center.worker(&format!("w{number}")).await;
        let offered = center.get(&format!("{worker}/Reservations")).await;
        let task = offered["reservations"][0]["task_sid"].as_str().expect("a task");
        taken.push(waiting.iter().position(|path| key(path) == task).expect("one of them"));
    }
    assert_eq!(taken, [6, 2, 5, 1, 4, 0, 3]);
}
