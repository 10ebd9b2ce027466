//! TaskRouter: who is offered a task, and what becomes of the offer.

use serde_json::{Value, json};

use crate::support::Client;
use crate::tasks::{in_workspace, key, made};

const TASKROUTER: &str = "taskrouter.twilio.com";

/// A workspace with one queue for everybody and a workflow to it.
pub(crate) struct Center {
    _handle: twilio_simulator::Handle,
    pub(crate) client: Client,
    pub(crate) workspace: String,
    pub(crate) queue: String,
    pub(crate) workflow: String,
}

impl Center {
    pub(crate) async fn open() -> Self {
        let (handle, client, workspace) = in_workspace().await;
        let queues = format!("{workspace}/TaskQueues");
        let queue = made(&client, &queues, &[("FriendlyName", "q")]).await;
        let configuration = json!({"task_routing": {"filters": [], "default_filter": {"queue": key(&queue)}}});
        let form = [("FriendlyName", "f"), ("Configuration", &configuration.to_string())];
        let workflow = made(&client, &format!("{workspace}/Workflows"), &form).await;
        Self {
            _handle: handle,
            client,
            workspace,
            queue,
            workflow,
        }
    }

    pub(crate) async fn activity(&self, name: &str) -> String {
        let path = format!("{}/Activities?FriendlyName={name}", self.workspace);
        let listed = self.client.get(TASKROUTER, &path).await.ok();
        listed["activities"][0]["sid"].as_str().expect("an activity").to_owned()
    }

    /// A worker who takes tasks.
    pub(crate) async fn worker(&self, name: &str) -> String {
        let available = self.activity("Available").await;
        let form = [("FriendlyName", name), ("ActivitySid", available.as_str())];
        made(&self.client, &format!("{}/Workers", self.workspace), &form).await
    }

    pub(crate) async fn task(&self, form: &[(&str, &str)]) -> String {
        made(&self.client, &format!("{}/Tasks", self.workspace), form).await
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.client.get(TASKROUTER, path).await.ok()
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> crate::support::Answer {
        self.client.post(TASKROUTER, path, form).await
    }

    pub(crate) async fn status(&self, task: &str) -> String {
        self.get(task).await["assignment_status"]
            .as_str()
            .expect("a state")
            .to_owned()
    }

    /// The reservations of a task or a worker: name of the worker and state, sorted.
    pub(crate) async fn offers(&self, of: &str) -> Vec<(String, String)> {
        let listed = self.get(&format!("{of}/Reservations")).await;
        let all = listed["reservations"].as_array().expect("a list").iter();
        let text = |one: &Value, field: &str| one[field].as_str().expect("a text").to_owned();
        let mut offers: Vec<_> = all
            .map(|one| (text(one, "worker_name"), text(one, "reservation_status")))
            .collect();
        offers.sort();
        offers
    }

    /// Path of the reservation of a task for a worker that is in a state.
    pub(crate) async fn offer(&self, task: &str, worker: &str, state: &str) -> String {
        let query = format!("WorkerSid={}&ReservationStatus={state}", key(worker));
        let listed = self.get(&format!("{task}/Reservations?{query}")).await;
        let sid = listed["reservations"][0]["sid"]
            .as_str()
            .expect("a reservation")
            .to_owned();
        format!("{task}/Reservations/{sid}")
    }

    pub(crate) async fn answer(&self, reservation: &str, state: &str) -> Value {
        self.post(reservation, &[("ReservationStatus", state)]).await.ok()
    }

    async fn room(&self, worker: &str, channel: &str) -> (i64, i64) {
        let channel = self.get(&format!("{worker}/Channels/{channel}")).await;
        let number = |field: &str| channel[field].as_i64().expect("a number");
        (number("assigned_tasks"), number("available_capacity_percentage"))
    }
}

pub(crate) fn offer(name: &str, state: &str) -> (String, String) {
    (name.to_owned(), state.to_owned())
}

/// <https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks>, <https://www.twilio.com/docs/taskrouter/lifecycle-task-state>
#[tokio::test]
async fn a_task_is_offered_accepted_wrapped_up_and_completed() {
    let center = Center::open().await;
    let ann = center.worker("ann").await;
    let created = center.post(&format!("{}/Tasks", center.workspace), &[]).await;
    assert_eq!(
        created.text("assignment_status"),
        "pending",
        "a worker is looked for afterwards"
    );
    let task = format!("{}/Tasks/{}", center.workspace, created.text("sid"));
    assert_eq!(center.status(&task).await, "reserved");
    let pending = center.offer(&task, &ann, "pending").await;
    let read = center.get(&pending).await;
    assert_eq!(
        (&read["worker_sid"], &read["worker_name"]),
        (&json!(key(&ann)), &json!("ann"))
    );
    assert_eq!(
        (&read["task_sid"], &read["workspace_sid"]),
        (&json!(key(&task)), &json!(key(&center.workspace)))
    );
    assert_eq!(center.room(&ann, "default").await, (1, 0));
    assert_eq!(center.room(&ann, "voice").await, (0, 100));
    for wrong in ["wrapping", "completed", "timeout", "canceled", "rescinded", "pending"] {
        let refused = center.post(&pending, &[("ReservationStatus", wrong)]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{wrong}");
    }
    for (state, of_task) in [
        ("accepted", "assigned"),
        ("wrapping", "wrapping"),
        ("completed", "completed"),
    ] {
        assert_eq!(center.answer(&pending, state).await["reservation_status"], state);
        assert_eq!(center.status(&task).await, of_task);
    }
    let again = center.post(&pending, &[("ReservationStatus", "accepted")]).await;
    assert_eq!(again.refusal(), (400, 20001), "it is over");
    assert_eq!(center.get(&task).await["reason"], "All reservations were completed");
    assert_eq!(center.room(&ann, "default").await, (0, 100));
    assert_eq!(
        center.get(&ann).await["activity_name"],
        "Available",
        "nothing moves who may have many tasks"
    );
}

/// The contract's texts on the capacity of a worker's channel and on the priority of a task.
#[tokio::test]
async fn a_worker_has_as_many_tasks_as_there_is_room_and_the_most_urgent_first() {
    let center = Center::open().await;
    let ann = center.worker("ann").await;
    center
        .post(&format!("{ann}/Channels/voice"), &[("Capacity", "2")])
        .await
        .ok();
    let first = center.task(&[("TaskChannel", "voice")]).await;
    let second = center.task(&[("TaskChannel", "voice")]).await;
    let plain = center.task(&[("TaskChannel", "voice")]).await;
    let urgent = center.task(&[("TaskChannel", "voice"), ("Priority", "9")]).await;
    let other = center.task(&[]).await;
    for (task, state) in [
        (&first, "reserved"),
        (&second, "reserved"),
        (&plain, "pending"),
        (&urgent, "pending"),
        (&other, "reserved"),
    ] {
        assert_eq!(center.status(task).await, state, "{task}");
    }
    assert_eq!(center.room(&ann, "voice").await, (2, 0));
    center
        .answer(&center.offer(&first, &ann, "pending").await, "accepted")
        .await;
    assert_eq!(center.status(&urgent).await, "pending", "what is worked on takes room");
    let complete = [("AssignmentStatus", "completed"), ("Reason", "done")];
    center.post(&first, &complete).await.ok();
    assert_eq!(
        center.offers(&first).await,
        [offer("ann", "completed")],
        "with its task"
    );
    assert_eq!(
        (center.status(&urgent).await, center.status(&plain).await),
        ("reserved".to_owned(), "pending".to_owned())
    );
    center
        .post(&format!("{ann}/Channels/voice"), &[("Capacity", "3")])
        .await
        .ok();
    assert_eq!(center.status(&plain).await, "reserved");
    center
        .post(&format!("{ann}/Channels/default"), &[("Available", "false")])
        .await
        .ok();
    center.client.delete(TASKROUTER, &other).await.ok();
    let next = center.task(&[]).await;
    assert_eq!(center.status(&next).await, "pending", "the channel takes nothing");
    let listed = center.offers(&ann).await;
    assert_eq!(
        listed.len(),
        4,
        "the reservations of a worker, also those that are over: {listed:?}"
    );
}

/// <https://www.twilio.com/docs/taskrouter/api/reservations>: a response in time, or the next worker gets the task.
#[tokio::test]
async fn who_rejects_or_does_not_respond_leaves_the_task_to_others() {
    let center = Center::open().await;
    center
        .post(&center.workflow, &[("TaskReservationTimeout", "30")])
        .await
        .ok();
    let ann = center.worker("ann").await;
    center.client.advance(5).await;
    let bob = center.worker("bob").await;
    let task = center.task(&[]).await;
    assert_eq!(
        center.offers(&task).await,
        [offer("ann", "pending")],
        "she has been idle longer"
    );
    let gone = center.activity("Unavailable").await;
    let unknown = [
        ("ReservationStatus", "rejected"),
        ("WorkerActivitySid", "WA00000000000000000000000000000001"),
    ];
    let pending = center.offer(&task, &ann, "pending").await;
    assert_eq!(center.post(&pending, &unknown).await.refusal(), (400, 20001));
    let form = [("ReservationStatus", "rejected"), ("WorkerActivitySid", gone.as_str())];
    center.post(&pending, &form).await.ok();
    assert_eq!(center.get(&ann).await["activity_name"], "Unavailable");
    assert_eq!(
        center.offers(&task).await,
        [offer("ann", "rejected"), offer("bob", "pending")]
    );
    center.client.advance(29).await;
    assert_eq!(center.status(&task).await, "reserved");
    center.client.advance(2).await;
    assert_eq!(
        center.offers(&task).await,
        [offer("ann", "rejected"), offer("bob", "timeout")]
    );
    assert_eq!(center.status(&task).await, "pending");
    let timed_out = center.get(&bob).await;
    let workspace = center.get(&center.workspace).await;
    assert_eq!(timed_out["activity_sid"], workspace["timeout_activity_sid"]);
    assert_eq!(
        (&timed_out["activity_name"], &timed_out["available"]),
        (&json!("Offline"), &json!(false))
    );
    let late = center.offer(&task, &bob, "timeout").await;
    let late = center.post(&late, &[("ReservationStatus", "accepted")]).await;
    assert_eq!(late.refusal(), (400, 20001));
    let available = center.activity("Available").await;
    center.post(&bob, &[("ActivitySid", &available)]).await.ok();
    assert_eq!(center.status(&task).await, "reserved", "nobody else is there");
    // The contract's text on RejectPendingReservations: only with an activity without tasks.
    let form = [
        ("ActivitySid", available.as_str()),
        ("RejectPendingReservations", "true"),
    ];
    center.post(&bob, &form).await.ok();
    assert_eq!(center.status(&task).await, "reserved");
    let form = [("ActivitySid", gone.as_str()), ("RejectPendingReservations", "true")];
    center.post(&bob, &form).await.ok();
    assert_eq!(center.status(&task).await, "pending");
    let numbers = center.get(&format!("{}/CumulativeStatistics", center.workspace)).await;
    for (field, count) in [
        ("reservations_created", 3),
        ("reservations_rejected", 2),
        ("reservations_timed_out", 1),
        ("reservations_accepted", 0),
    ] {
        assert_eq!(numbers[field], count, "{field}");
    }
}

/// <https://www.twilio.com/en-us/blog/route-tasks-even-faster-with-taskrouter-multi-reservation-html>: the first to accept has the task.
#[tokio::test]
async fn a_task_is_offered_to_as_many_as_its_queue_says_and_the_first_has_it() {
    let center = Center::open().await;
    center.post(&center.queue, &[("MaxReservedWorkers", "2")]).await.ok();
    let ann = center.worker("ann").await;
    let bob = center.worker("bob").await;
    center.worker("cyd").await;
    let task = center.task(&[]).await;
    assert_eq!(
        center.offers(&task).await,
        [offer("ann", "pending"), offer("bob", "pending")]
    );
    center
        .answer(&center.offer(&task, &ann, "pending").await, "rejected")
        .await;
    assert_eq!(center.status(&task).await, "reserved", "one offer is left");
    let of_bob = center.offer(&task, &bob, "pending").await;
    let own = format!("{bob}/Reservations/{}", key(&of_bob));
    let accepted = center.answer(&own, "accepted").await;
    assert!(
        accepted["url"].as_str().is_some_and(|url| url.ends_with(&own)),
        "{accepted}"
    );
    assert_eq!(center.get(&own).await["url"], accepted["url"]);
    assert_eq!(center.status(&task).await, "assigned");
    let beside = center
        .get(&format!("{ann}/Reservations/{}", key(&of_bob)).replace(key(&ann), key(&bob)))
        .await;
    assert_eq!(beside["reservation_status"], "accepted");
    let strange = center
        .client
        .get(TASKROUTER, &format!("{ann}/Reservations/{}", key(&of_bob)))
        .await;
    assert_eq!(strange.refusal(), (404, 20404), "it is not hers");

    center
        .post(&bob, &[("ActivitySid", &center.activity("Offline").await)])
        .await
        .ok();
    let next = center.task(&[]).await;
    assert_eq!(
        center.offers(&next).await,
        [offer("ann", "pending"), offer("cyd", "pending")]
    );
    center
        .answer(&center.offer(&next, &ann, "pending").await, "accepted")
        .await;
    assert_eq!(
        center.offers(&next).await,
        [offer("ann", "accepted"), offer("cyd", "rescinded")]
    );

    let third = center.task(&[]).await;
    assert_eq!(center.offers(&third).await, [offer("cyd", "pending")]);
    center
        .post(&third, &[("AssignmentStatus", "canceled"), ("Reason", "r")])
        .await
        .ok();
    assert_eq!(center.offers(&third).await, [offer("cyd", "canceled")], "with its task");
}

/// The contract's texts on MultiTaskEnabled and on the two activities of a queue.
#[tokio::test]
async fn where_a_worker_has_one_task_the_queue_says_what_it_does_meanwhile() {
    let center = Center::open().await;
    // Only where the account has another one may a workspace become single-tasking.
    let legacy = [("FriendlyName", "Legacy"), ("MultiTaskEnabled", "false")];
    made(&center.client, "/v1/Workspaces", &legacy).await;
    center
        .post(&center.workspace, &[("MultiTaskEnabled", "false")])
        .await
        .ok();
    let activities = format!("{}/Activities", center.workspace);
    let reserved = made(&center.client, &activities, &[("FriendlyName", "Reserved")]).await;
    let busy = made(&center.client, &activities, &[("FriendlyName", "Busy")]).await;
    let form = [
        ("ReservationActivitySid", key(&reserved)),
        ("AssignmentActivitySid", key(&busy)),
    ];
    center.post(&center.queue, &form).await.ok();
    let ann = center.worker("ann").await;
    let task = center.task(&[]).await;
    let voice = center.task(&[("TaskChannel", "voice")]).await;
    assert_eq!(center.get(&ann).await["activity_name"], "Reserved");
    assert_eq!(center.status(&voice).await, "pending");
    center.client.advance(60).await;
    center
        .answer(&center.offer(&task, &ann, "pending").await, "accepted")
        .await;
    assert_eq!(center.get(&ann).await["activity_name"], "Busy");
    center.client.advance(40).await;
    let numbers = center.get(&format!("{ann}/Statistics")).await;
    let of = |name: &str| {
        let mut all = numbers["cumulative"]["activity_durations"]
            .as_array()
            .expect("a list")
            .iter();
        let one = all.find(|one| one["friendly_name"] == name).expect("an activity");
        one["total"].as_i64().expect("a number")
    };
    assert!((60..65).contains(&of("Reserved")), "{numbers}");
    assert!((40..45).contains(&of("Busy")), "{numbers}");
    assert_eq!(of("Unavailable"), 0);
    let accepted = center.get(&format!("{}/CumulativeStatistics", center.queue)).await;
    assert!(
        accepted["wait_duration_until_accepted"]["avg"].as_i64() >= Some(60),
        "{accepted}"
    );
}

/// <https://www.twilio.com/docs/taskrouter/workflow-configuration>: a step may ask more of a worker than its queue does.
#[tokio::test]
async fn a_step_may_ask_for_a_worker_that_suits_the_task() {
    let center = Center::open().await;
    let configuration = json!({"task_routing": {"filters": [{"expression": "1 == 1", "targets": [
        {"queue": key(&center.queue), "expression": "worker.friendly_name IN task.preferred"},
    ]}]}});
    center
        .post(&center.workflow, &[("Configuration", &configuration.to_string())])
        .await
        .ok();
    center.worker("ann").await;
    center.worker("bob").await;
    let task = center.task(&[("Attributes", r#"{"preferred": ["bob"]}"#)]).await;
    assert_eq!(center.offers(&task).await, [offer("bob", "pending")]);
    let nobody = center.task(&[("Attributes", r#"{"preferred": ["cyd"]}"#)]).await;
    assert_eq!(center.status(&nobody).await, "pending");
    center.worker("cyd").await;
    assert_eq!(center.offers(&nobody).await, [offer("cyd", "pending")]);
}

/// The contract's text on TaskOrder.
#[tokio::test]
async fn a_queue_gives_its_newest_task_first_where_it_says_so() {
    let center = Center::open().await;
    center.post(&center.queue, &[("TaskOrder", "LIFO")]).await.ok();
    let older = center.task(&[]).await;
    center.client.advance(5).await;
    let newer = center.task(&[]).await;
    center.worker("ann").await;
    assert_eq!(
        (center.status(&newer).await, center.status(&older).await),
        ("reserved".to_owned(), "pending".to_owned())
    );
}
