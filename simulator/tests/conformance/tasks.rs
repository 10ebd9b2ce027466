//! TaskRouter: names as keys, queues of one name, and the states of tasks.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const TASKROUTER: &str = "taskrouter.twilio.com";

pub(crate) async fn made(client: &Client, collection: &str, form: &[(&str, &str)]) -> String {
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
    let again = [("AssignmentStatus", "canceled"), ("Reason", "again")];
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
    let refused = client.post(TASKROUTER, &tasks, &[]).await;
    assert_eq!(refused.refusal(), (400, 20001), "nobody says which of two");
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

pub(crate) async fn in_workspace() -> (twilio_simulator::Handle, Client, String) {
    let (handle, client) = simulator().await;
    let workspace = made(&client, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    (handle, client, workspace)
}

pub(crate) fn key(path: &str) -> &str {
    path.rsplit('/').next().expect("a path")
}

/// <https://www.twilio.com/docs/taskrouter/workflow-configuration>,
/// <https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment>
#[tokio::test]
async fn a_task_comes_into_the_queue_of_the_first_filter_that_fits() {
    let (_handle, client, workspace) = in_workspace().await;
    let queues = format!("{workspace}/TaskQueues");
    let support = made(&client, &queues, &[("FriendlyName", "support")]).await;
    let sales = made(&client, &queues, &[("FriendlyName", "sales")]).await;
    let all = made(&client, &queues, &[("FriendlyName", "all")]).await;
    let configuration = json!({"task_routing": {
        "filters": [
            {"expression": "type == 'Support'", "targets": [{"queue": key(&support), "priority": "7", "timeout": 15}]},
            {"expression": "type IN ['Sales', 'Support']", "targets": [{"queue": key(&sales)}]},
        ],
        "default_filter": {"queue": key(&all)},
    }});
    let workflows = format!("{workspace}/Workflows");
    let form = [("FriendlyName", "f"), ("Configuration", &configuration.to_string())];
    let workflow = made(&client, &workflows, &form).await;
    let tasks = format!("{workspace}/Tasks");
    let mut of_sales = String::new();
    for (attributes, queue, name, priority) in [
        (r#"{"type": "Support"}"#, &support, "support", 7),
        (r#"{"type": "Sales"}"#, &sales, "sales", 3),
        (r#"{"type": "Else"}"#, &all, "all", 3),
        ("{}", &all, "all", 3),
    ] {
        let form = [("Attributes", attributes), ("Priority", "3")];
        let task = client.post(TASKROUTER, &tasks, &form).await.ok();
        assert_eq!(task["task_queue_sid"], key(queue), "{attributes}");
        assert_eq!(task["task_queue_friendly_name"], name);
        assert_eq!(task["task_queue_entered_date"], task["date_created"]);
        assert_eq!(task["priority"], priority);
        assert_eq!(task["workflow_friendly_name"], "f");
        assert_eq!(task["assignment_status"], "pending");
        let one = format!("{tasks}/{}", task["sid"].as_str().expect("a SID"));
        let read = client.get(TASKROUTER, &one).await.ok();
        assert_eq!(read["task_queue_sid"], task["task_queue_sid"]);
        if name == "sales" {
            of_sales = one;
        }
    }
    let listed = async |query: &str| {
        let listed = client.get(TASKROUTER, &format!("{tasks}?{query}")).await.ok();
        listed["tasks"].as_array().expect("tasks").len()
    };
    assert_eq!(listed(&format!("TaskQueueSid={}", key(&all))).await, 2);
    assert_eq!(listed("TaskQueueName=sales").await, 1);
    // A queue's new name is its tasks'.
    client
        .post(TASKROUTER, &sales, &[("FriendlyName", "seller")])
        .await
        .ok();
    assert_eq!(listed("TaskQueueName=seller").await, 1);
    // A changed workflow is for new tasks, unless the others are to go through it again.
    let configuration =
        json!({"task_routing": {"filters": [], "default_filter": {"queue": key(&support)}}}).to_string();
    client
        .post(TASKROUTER, &workflow, &[("Configuration", &configuration)])
        .await
        .ok();
    assert_eq!(
        client.get(TASKROUTER, &of_sales).await.text("task_queue_sid"),
        key(&sales)
    );
    client
        .post(TASKROUTER, &workflow, &[("ReEvaluateTasks", "true")])
        .await
        .ok();
    assert_eq!(
        client.get(TASKROUTER, &of_sales).await.text("task_queue_sid"),
        key(&support)
    );
    client.advance(100).await;
    let age = client.get(TASKROUTER, &of_sales).await.ok()["age"].as_i64();
    assert!(age.is_some_and(|age| (100..200).contains(&age)), "{age:?}");
}

/// <https://www.twilio.com/docs/taskrouter/worker-presence>
#[tokio::test]
async fn a_step_is_skipped_where_no_worker_is_available() {
    let (_handle, client, workspace) = in_workspace().await;
    let queues = format!("{workspace}/TaskQueues");
    let first = made(
        &client,
        &queues,
        &[("FriendlyName", "first"), ("TargetWorkers", "level > 3")],
    )
    .await;
    let second = made(&client, &queues, &[("FriendlyName", "second")]).await;
    let configuration = json!({"task_routing": {"filters": [{"expression": "1 == 1", "targets": [
        {"queue": key(&first), "skip_if": "workers.available == 0"},
        {"queue": key(&second)},
    ]}]}});
    let form = [("FriendlyName", "f"), ("Configuration", &configuration.to_string())];
    made(&client, &format!("{workspace}/Workflows"), &form).await;
    let tasks = format!("{workspace}/Tasks");
    let queue = async || {
        let task = client.post(TASKROUTER, &tasks, &[]).await;
        task.text("task_queue_friendly_name").to_owned()
    };
    assert_eq!(queue().await, "second", "nobody is there");
    let form = [("FriendlyName", "ann"), ("Attributes", r#"{"level": 5}"#)];
    let worker = made(&client, &format!("{workspace}/Workers"), &form).await;
    assert_eq!(queue().await, "second", "she is offline");
    let activities = client
        .get(TASKROUTER, &format!("{workspace}/Activities?FriendlyName=Available"))
        .await
        .ok();
    let available = activities["activities"][0]["sid"]
        .as_str()
        .expect("an activity")
        .to_owned();
    client
        .post(TASKROUTER, &worker, &[("ActivitySid", &available)])
        .await
        .ok();
    assert_eq!(queue().await, "first");
}

/// <https://www.twilio.com/docs/taskrouter/api/workspace-statistics>, <https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics>
#[tokio::test]
async fn statistics_count_what_is_there() {
    let (_handle, client, workspace) = in_workspace().await;
    let queue = made(
        &client,
        &format!("{workspace}/TaskQueues"),
        &[("FriendlyName", "q"), ("TargetWorkers", "vip == true")],
    )
    .await;
    let configuration = json!({"task_routing": {"filters": [], "default_filter": {"queue": key(&queue)}}}).to_string();
    let form = [("FriendlyName", "f"), ("Configuration", configuration.as_str())];
    let workflow = made(&client, &format!("{workspace}/Workflows"), &form).await;
    let workers = format!("{workspace}/Workers");
    let vip = made(
        &client,
        &workers,
        &[("FriendlyName", "ann"), ("Attributes", r#"{"vip": true}"#)],
    )
    .await;
    made(&client, &workers, &[("FriendlyName", "bob")]).await;
    let activities = client
        .get(TASKROUTER, &format!("{workspace}/Activities?FriendlyName=Available"))
        .await
        .ok();
    let available = activities["activities"][0]["sid"]
        .as_str()
        .expect("an activity")
        .to_owned();
    client.post(TASKROUTER, &vip, &[("ActivitySid", &available)]).await.ok();
    // Nobody is offered anything: what is counted are tasks that wait.
    for channel in ["default", "voice"] {
        let channel = format!("{vip}/Channels/{channel}");
        client.post(TASKROUTER, &channel, &[("Capacity", "0")]).await.ok();
    }
    let tasks = format!("{workspace}/Tasks");
    let oldest = made(&client, &tasks, &[("Priority", "5")]).await;
    client.advance(40).await;
    made(&client, &tasks, &[("TaskChannel", "voice")]).await;
    let canceled = made(&client, &tasks, &[]).await;
    client.advance(10).await;
    client
        .post(
            TASKROUTER,
            &canceled,
            &[("AssignmentStatus", "canceled"), ("Reason", "r")],
        )
        .await
        .ok();
    let get = async |path: String| client.get(TASKROUTER, &path).await.ok();

    let of_all = get(format!("{workspace}/RealTimeStatistics")).await;
    assert_eq!(of_all["total_workers"], 2);
    assert_eq!(of_all["total_tasks"], 2);
    assert_eq!(
        of_all["tasks_by_status"],
        json!({"pending": 2, "reserved": 0, "assigned": 0, "wrapping": 0})
    );
    assert_eq!(of_all["tasks_by_priority"], json!({"5": 1, "0": 1}));
    assert_eq!(of_all["longest_task_waiting_sid"], key(&oldest));
    let age = of_all["longest_task_waiting_age"].as_i64();
    assert!(age.is_some_and(|age| (50..100).contains(&age)), "{age:?}");
    let count = |statistics: &Value, name: &str| {
        let mut all = statistics["activity_statistics"].as_array().expect("activities").iter();
        let one = all.find(|one| one["friendly_name"] == name).expect("an activity");
        one["workers"].as_u64()
    };
    assert_eq!(count(&of_all, "Available"), Some(1));
    assert_eq!(count(&of_all, "Offline"), Some(1));
    let voice = get(format!("{workspace}/RealTimeStatistics?TaskChannel=voice")).await;
    assert_eq!(voice["total_tasks"], 1);

    let cumulative = get(format!("{workspace}/CumulativeStatistics?SplitByWaitTime=5,30")).await;
    assert_eq!(
        (&cumulative["tasks_created"], &cumulative["tasks_canceled"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(cumulative["split_by_wait_time"]["5"]["above"]["tasks_canceled"], 1);
    assert_eq!(cumulative["split_by_wait_time"]["30"]["below"]["tasks_canceled"], 1);
    assert!(cumulative["wait_duration_until_canceled"]["avg"].as_i64() >= Some(10));
    let dates = ["start_time", "end_time"].map(|name| cumulative[name].as_str().expect("a time").to_owned());
    let dates = dates.map(|date| date.parse::<jiff::Timestamp>().expect("a time"));
    assert_eq!(
        dates[1].as_second() - dates[0].as_second(),
        900,
        "a quarter of an hour by default"
    );
    let both = get(format!("{workspace}/Statistics")).await;
    assert_eq!(
        (&both["realtime"]["total_tasks"], &both["cumulative"]["tasks_created"]),
        (&json!(2), &json!(3))
    );
    let bad = client
        .get(
            TASKROUTER,
            &format!("{workspace}/Statistics?Minutes=5&StartDate=2026-01-01T00:00:00Z"),
        )
        .await;
    assert_eq!(bad.refusal(), (400, 20001));

    let of_queue = get(format!("{queue}/RealTimeStatistics")).await;
    assert_eq!(
        (
            &of_queue["total_eligible_workers"],
            &of_queue["total_available_workers"]
        ),
        (&json!(1), &json!(1))
    );
    assert_eq!(of_queue["total_tasks"], 2);
    assert_eq!(of_queue["longest_relative_task_sid_in_queue"], key(&oldest));
    assert_eq!(of_queue["task_queue_sid"], key(&queue));
    assert_eq!(get(format!("{queue}/CumulativeStatistics")).await["tasks_entered"], 3);
    let of_queues = get(format!("{workspace}/TaskQueues/Statistics?FriendlyName=q")).await;
    let of_queues = of_queues["task_queues_statistics"].as_array().expect("a list").clone();
    assert_eq!(of_queues.len(), 1);
    assert_eq!(of_queues[0]["realtime"]["total_tasks"], 2);
    let named = format!("{workspace}/TaskQueues/RealTimeStatistics");
    let asked = json!({"queueSids": [key(&queue), "WQ00000000000000000000000000000001"]});
    let of_named = client.send_json("POST", TASKROUTER, &named, &asked).await.ok();
    assert_eq!(of_named["task_queue_response_count"], 2);
    assert_eq!(of_named["task_queue_data"][0]["total_tasks"], 2);
    assert_eq!(of_named["task_queue_data"][1]["total_tasks"], 0);
    let none = client
        .send_json("POST", TASKROUTER, &named, &json!({"queueSids": []}))
        .await;
    assert_eq!(none.refusal().0, 400);

    let of_workflow = get(format!("{workflow}/Statistics")).await;
    assert_eq!(of_workflow["realtime"]["total_tasks"], 2);
    assert_eq!(of_workflow["cumulative"]["tasks_entered"], 3);
    let of_workers = get(format!("{workers}/Statistics?TaskQueueName=q")).await;
    assert_eq!(of_workers["realtime"]["total_workers"], 1);
    let duration = get(format!("{vip}/Statistics")).await;
    let durations = duration["cumulative"]["activity_durations"]
        .as_array()
        .expect("activities")
        .clone();
    let available = durations
        .iter()
        .find(|one| one["friendly_name"] == "Available")
        .expect("one");
    assert!(available["total"].as_i64() >= Some(50), "{available}");
    assert_eq!(
        get(format!("{workers}/CumulativeStatistics")).await["reservations_created"],
        0
    );
    for gone in ["Workers/WK", "TaskQueues/WQ", "Workflows/WW"] {
        let path = format!("{workspace}/{gone}00000000000000000000000000000001/Statistics");
        assert_eq!(client.get(TASKROUTER, &path).await.refusal(), (404, 20404), "{gone}");
    }
}
