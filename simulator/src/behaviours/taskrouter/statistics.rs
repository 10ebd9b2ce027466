//! Statistics of a workspace, its queues, workers and workflows, counted from what is there.
//! <https://www.twilio.com/docs/taskrouter/api/workspace-statistics>,
//! <https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics>,
//! <https://www.twilio.com/docs/taskrouter/api/workflow-statistics>,
//! <https://www.twilio.com/docs/taskrouter/api/worker/statistics>
//!
//! Tasks that are no more are counted still ([`super::past`]). What nothing keeps cannot be counted: tasks that were moved. These are 0,
//! and an open question.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::HOST;
use super::ends::WORKFLOW_TIMEOUT;
use super::past::{self, Gone};
use super::presence;
use super::reservations::ACCEPTED;
use super::routing::{eligible, is_available};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::clock;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object, Store};

/// What statistics are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A workspace.
    Workspace,
    /// A queue.
    Queue,
    /// A workflow.
    Workflow,
    /// All workers of a workspace.
    Workers,
    /// A worker.
    Worker,
}

/// Which statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// As it is now.
    RealTime,
    /// What was in a time.
    Cumulative,
    /// Both, each in an object.
    Both,
}

/// Statistics of one thing.
pub struct Statistics(pub About, pub Which);

impl Behaviour for Statistics {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let Self(about, which) = self;
        let gone = gone(ctx);
        let workspace = Workspace::of(ctx, params, &gone)?;
        let (name, key) = match about {
            About::Workspace => ("", "WorkspaceSid"),
            About::Queue => ("/TaskQueues/", "TaskQueueSid"),
            About::Workflow => ("/Workflows/", "WorkflowSid"),
            About::Workers | About::Worker => ("/Workers/", "WorkerSid"),
        };
        let one = match (about, ctx.path_param(key)) {
            (About::Workspace | About::Workers, _) | (_, None) => None,
            (_, Some(sid)) => Some(workspace.one(&format!("{name}{sid}"))?),
        };
        let mut body = Body::new();
        match which {
            Which::RealTime => body.extend(workspace.real_time(*about, one)),
            Which::Cumulative => body.extend(workspace.cumulative(*about, one)?),
            Which::Both => {
                if *about != About::Worker {
                    body.insert("realtime".to_owned(), workspace.real_time(*about, one).into());
                }
                body.insert("cumulative".to_owned(), workspace.cumulative(*about, one)?.into());
            }
        }
        body.insert("account_sid".to_owned(), ctx.account.into());
        body.insert("workspace_sid".to_owned(), workspace.sid.into());
        let of_one = match about {
            About::Queue => Some("task_queue_sid"),
            About::Workflow => Some("workflow_sid"),
            About::Worker => Some("worker_sid"),
            About::Workspace | About::Workers => None,
        };
        if let (Some(field), Some(one)) = (of_one, one) {
            body.insert(field.to_owned(), one.key.as_str().into());
        }
        body.insert("url".to_owned(), format!("{}{}", ctx.base_url, ctx.route.path).into());
        Ok(Some(Answer::json(200, Value::Object(body))))
    }
}

/// Statistics of all queues of a workspace, as a list.
pub struct OfQueues;

impl Behaviour for OfQueues {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let gone = gone(ctx);
        let workspace = Workspace::of(ctx, params, &gone)?;
        let name = params.text("FriendlyName");
        let mut items = Vec::new();
        for queue in workspace.members("TaskQueues") {
            if name.is_some_and(|name| queue.text("friendly_name") != Some(name)) {
                continue;
            }
            items.push(json!({
                "account_sid": ctx.account,
                "workspace_sid": workspace.sid,
                "task_queue_sid": queue.key,
                "realtime": workspace.real_time(About::Queue, Some(queue)),
                "cumulative": workspace.cumulative(About::Queue, Some(queue))?,
            }));
        }
        ctx.list_items(items).map(Some)
    }
}

/// Most queues that are asked about at once, by the page on statistics of queues.
const MOST_QUEUES: usize = 50;

/// Statistics of the queues that a JSON body names.
pub struct OfNamedQueues;

impl Behaviour for OfNamedQueues {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let none = Params::default();
        let workspace = Workspace::of(ctx, &none, &[])?;
        // The page names the member `QueueSids` in its table, and `queueSids` in its example.
        let sent: Value = serde_json::from_slice(&ctx.request.body).unwrap_or_default();
        let sids = sent.get("queueSids").or_else(|| sent.get("QueueSids"));
        let sids: Vec<&str> = sids
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|sid| sid.as_str().unwrap_or_default())
            .collect();
        let is_sid = |sid: &&str| sid.len() == 34 && sid.starts_with("WQ");
        if sids.is_empty() || sids.len() > MOST_QUEUES || !sids.iter().all(is_sid) {
            let why = format_args!("between 1 and {MOST_QUEUES} SIDs of queues");
            return Err(ApiError::invalid_parameter("QueueSids", why));
        }
        let data: Vec<Value> = sids
            .iter()
            .map(|sid| {
                let queue = workspace.one(&format!("/TaskQueues/{sid}")).ok();
                // The page: what is not of this account is in the response with zeros.
                let mut numbers = match queue {
                    Some(queue) => workspace.real_time(About::Queue, Some(queue)),
                    None => of_tasks(&[], ctx.now),
                };
                if queue.is_none() {
                    numbers.insert("total_eligible_workers".to_owned(), 0.into());
                    numbers.insert("total_available_workers".to_owned(), 0.into());
                    numbers.insert("activity_statistics".to_owned(), json!([]));
                }
                for name in [
                    "longest_relative_task_age_in_queue",
                    "longest_relative_task_sid_in_queue",
                ] {
                    numbers.shift_remove(name);
                }
                numbers.insert("task_queue_sid".to_owned(), (*sid).into());
                Value::Object(numbers)
            })
            .collect();
        let body = json!({
            "account_sid": ctx.account,
            "workspace_sid": workspace.sid,
            "task_queue_response_count": data.len(),
            "task_queue_data": data,
            "url": format!("{}{}", ctx.base_url, ctx.route.path),
        });
        Ok(Some(Answer::json(200, body)))
    }
}

fn gone(ctx: &mut Ctx<'_>) -> Vec<Gone> {
    let workspace = format!("/v1/Workspaces/{}", ctx.path_param("WorkspaceSid").unwrap_or_default());
    past::of(ctx.state, ctx.account, &workspace)
}

/// A workspace, and what is requested about it.
struct Workspace<'c> {
    /// Tasks that are no more.
    gone: &'c [Gone],
    store: &'c Store,
    account: &'c str,
    asked: &'c str,
    sid: &'c str,
    path: String,
    now: Timestamp,
    params: &'c Params,
}

impl<'c> Workspace<'c> {
    fn of(ctx: &'c Ctx<'_>, params: &'c Params, gone: &'c [Gone]) -> Outcome<Self> {
        let sid = ctx.path_param("WorkspaceSid").unwrap_or_default();
        let workspace = Self {
            gone,
            store: &ctx.state.store,
            account: ctx.account,
            asked: &ctx.request.path,
            sid,
            path: format!("/v1/Workspaces/{sid}"),
            now: ctx.now,
            params,
        };
        workspace.one("")?;
        Ok(workspace)
    }

    /// What stands at a path below the workspace.
    fn one(&self, below: &str) -> Outcome<&'c Object> {
        let found = self.store.find(HOST, self.account, &format!("{}{below}", self.path));
        found.ok_or_else(|| ApiError::not_found(self.asked))
    }

    fn members(&self, name: &str) -> Vec<&'c Object> {
        let collection = format!("{}/{name}", self.path);
        self.store.members(HOST, self.account, &collection).collect()
    }

    /// The tasks of a queue or a workflow, else all, of the requested channel.
    fn tasks(&self, about: About, one: Option<&Object>) -> Vec<&'c Object> {
        let mut tasks = match (about, one) {
            (About::Queue, Some(one)) => self.tasks_with("task_queue_sid", &one.key),
            (About::Workflow, Some(one)) => self.tasks_with("workflow_sid", &one.key),
            _ => self.members("Tasks"),
        };
        tasks.retain(|task| self.is_on_channel(task));
        tasks
    }

    fn is_on_channel(&self, task: &Object) -> bool {
        let asked = self.params.text("TaskChannel").filter(|channel| !channel.is_empty());
        let fields = ["task_channel_sid", "task_channel_unique_name"];
        asked.is_none_or(|channel| fields.iter().any(|field| task.text(field) == Some(channel)))
    }

    /// The same of those that are no more.
    fn gone(&self, about: About, one: Option<&Object>) -> Vec<&'c Gone> {
        let is_of = |task: &Object, field: &str| one.is_some_and(|one| task.text(field) == Some(&one.key));
        let gone = self.gone.iter().filter(|gone| match about {
            About::Queue => is_of(&gone.task, "task_queue_sid"),
            About::Workflow => is_of(&gone.task, "workflow_sid"),
            _ => true,
        });
        gone.filter(|gone| self.is_on_channel(&gone.task)).collect()
    }

    fn tasks_with(&self, field: &str, sid: &str) -> Vec<&'c Object> {
        let tasks = format!("{}/Tasks", self.path);
        self.store
            .members_with(HOST, self.account, &tasks, field, sid)
            .collect()
    }

    /// The workers that a queue takes, one worker, or all, as far as the filters of workers let them.
    fn workers(&self, about: About, one: Option<&'c Object>) -> Vec<&'c Object> {
        let asked = |name: &str| self.params.text(name).filter(|text| !text.is_empty());
        let mut workers = match (about, one) {
            (About::Queue, Some(queue)) => eligible(self.store, queue, self.now),
            (About::Worker, Some(worker)) => vec![worker],
            _ => self.members("Workers"),
        };
        if about == About::Workers {
            for (name, field) in [("TaskQueueSid", "sid"), ("TaskQueueName", "friendly_name")] {
                let Some(wanted) = asked(name) else { continue };
                let queues = self.members("TaskQueues");
                let queues = queues.iter().filter(|queue| queue.text(field) == Some(wanted));
                let taken: Vec<&str> = queues
                    .flat_map(|queue| eligible(self.store, queue, self.now))
                    .map(|worker| worker.key.as_str())
                    .collect();
                workers.retain(|worker| taken.contains(&worker.key.as_str()));
            }
            if let Some(name) = asked("FriendlyName") {
                workers.retain(|worker| worker.text("friendly_name") == Some(name));
            }
        }
        workers
    }

    fn real_time(&self, about: About, one: Option<&'c Object>) -> Body {
        let mut body = match about {
            About::Workers | About::Worker => Body::new(),
            _ => of_tasks(&self.tasks(about, one), self.now),
        };
        if about == About::Workflow {
            return body;
        }
        let workers = self.workers(about, one);
        let activities = self.members("Activities");
        let activities = activities.iter().map(|activity| {
            let here = workers
                .iter()
                .filter(|worker| worker.text("activity_sid") == Some(&activity.key));
            json!({"sid": activity.key, "friendly_name": activity.body.get("friendly_name"), "workers": here.count()})
        });
        body.insert("activity_statistics".to_owned(), activities.collect());
        match (about, one) {
            (About::Queue, Some(queue)) => {
                let available = workers.iter().filter(|worker| is_available(worker)).count();
                body.insert("total_eligible_workers".to_owned(), workers.len().into());
                body.insert("total_available_workers".to_owned(), available.into());
                let waiting = self.tasks(about, Some(queue));
                let longest = waiting
                    .iter()
                    .filter(|task| task.text("assignment_status") == Some("pending"))
                    .filter_map(|task| Some((entered(task)?, task)))
                    .min_by_key(|(entered, _)| *entered);
                let age = longest.map_or(0, |(entered, _)| seconds(entered, self.now));
                body.insert("longest_relative_task_age_in_queue".to_owned(), age.into());
                let sid = longest.map(|(_, task)| task.key.clone());
                body.insert("longest_relative_task_sid_in_queue".to_owned(), sid.into());
            }
            _ => {
                body.insert("total_workers".to_owned(), workers.len().into());
            }
        }
        body
    }

    fn cumulative(&self, about: About, one: Option<&'c Object>) -> Outcome<Body> {
        let (start, end) = self.interval()?;
        let within = |ms: i64| (start.as_millisecond()..=end.as_millisecond()).contains(&ms);
        let mut body = Body::new();
        body.insert("start_time".to_owned(), clock::iso8601(start).into());
        body.insert("end_time".to_owned(), clock::iso8601(end).into());
        let mut tasks = self.tasks(about, one);
        let of_task = |task: &&'c Object| {
            let collection = format!("{}/Reservations", task.path);
            let reservations = self.store.members(HOST, self.account, &collection);
            let task = *task;
            reservations
                .map(move |reservation| (task, reservation))
                .collect::<Vec<_>>()
        };
        let mut reservations: Vec<(&Object, &Object)> = tasks.iter().flat_map(of_task).collect();
        let gone = self.gone(about, one);
        for gone in &gone {
            let task: &Object = &gone.task;
            tasks.push(task);
            reservations.extend(gone.reservations.iter().map(|reservation| (task, reservation)));
        }
        let reservations: Vec<(&Object, &Object)> = reservations
            .into_iter()
            .filter(|(_, reservation)| within(reservation.created_ms))
            .filter(|(_, reservation)| {
                about != About::Worker || reservation.text("worker_sid") == one.map(|one| one.key.as_str())
            })
            .collect();
        let count = |states: &[&str]| {
            let of_state = |(_, reservation): &&(&Object, &Object)| {
                reservation
                    .text("reservation_status")
                    .is_some_and(|state| states.contains(&state))
            };
            reservations.iter().filter(of_state).count()
        };
        // https://www.twilio.com/docs/taskrouter/api/reservations: what was accepted is wrapped up and completed later.
        let accepted = ["accepted", "wrapping", "completed"];
        for (field, number) in [
            ("reservations_created", reservations.len()),
            ("reservations_accepted", count(&accepted)),
            ("reservations_rejected", count(&["rejected"])),
            ("reservations_timed_out", count(&["timeout"])),
            ("reservations_canceled", count(&["canceled"])),
            ("reservations_rescinded", count(&["rescinded"])),
        ] {
            body.insert(field.to_owned(), number.into());
        }
        if matches!(about, About::Workers | About::Worker) {
            let workers = self.workers(about, one);
            let activities = self.members("Activities");
            let durations = activities.iter().map(|activity| {
                let there = workers.iter();
                let there = there.filter_map(|worker| presence::seconds_in(worker, &activity.key, start, end));
                let lengths: Vec<i64> = there.collect();
                let mut numbers = summary(&lengths);
                numbers.insert("sid".to_owned(), activity.key.as_str().into());
                let name = activity.body.get("friendly_name").cloned().unwrap_or_default();
                numbers.insert("friendly_name".to_owned(), name);
                Value::Object(numbers)
            });
            body.insert("activity_durations".to_owned(), durations.collect());
            return Ok(body);
        }
        let ended = |state: &str| {
            let of_state = |task: &&&Object| task.text("assignment_status") == Some(state) && within(task.updated_ms);
            tasks.iter().filter(of_state).copied().collect::<Vec<_>>()
        };
        let canceled = ended("canceled");
        let made = tasks.iter().filter(|task| within(task.created_ms)).count();
        let made_field = if about == About::Workspace {
            "tasks_created"
        } else {
            "tasks_entered"
        };
        let waited: Vec<i64> = canceled
            .iter()
            .map(|task| (task.updated_ms - task.created_ms) / 1000)
            .collect();
        let taken: Vec<i64> = reservations
            .iter()
            .filter(|(_, reservation)| {
                reservation
                    .text("reservation_status")
                    .is_some_and(|state| accepted.contains(&state))
            })
            .map(|(task, reservation)| {
                let accepted = reservation.hidden.get(ACCEPTED).and_then(Value::as_i64);
                (accepted.unwrap_or(reservation.updated_ms) - task.created_ms).max(0) / 1000
            })
            .collect();
        body.insert(made_field.to_owned(), made.into());
        body.insert("tasks_canceled".to_owned(), canceled.len().into());
        body.insert("tasks_completed".to_owned(), ended("completed").len().into());
        let deleted = gone
            .iter()
            .filter(|gone| gone.deleted && within(gone.when.as_millisecond()));
        body.insert("tasks_deleted".to_owned(), deleted.count().into());
        body.insert("tasks_moved".to_owned(), 0.into());
        if about != About::Queue {
            let timed_out = canceled
                .iter()
                .filter(|task| task.text("reason") == Some(WORKFLOW_TIMEOUT));
            body.insert("tasks_timed_out_in_workflow".to_owned(), timed_out.count().into());
        }
        body.insert("avg_task_acceptance_time".to_owned(), average(&taken).into());
        body.insert("wait_duration_until_accepted".to_owned(), summary(&taken).into());
        body.insert("wait_duration_until_canceled".to_owned(), summary(&waited).into());
        if about == About::Queue {
            body.insert(
                "wait_duration_in_queue_until_accepted".to_owned(),
                summary(&taken).into(),
            );
        }
        body.insert("split_by_wait_time".to_owned(), self.splits(&waited, &taken)?);
        Ok(body)
    }

    /// The page on statistics of a workspace: the last 15 minutes unless asked otherwise, and minutes go with no dates.
    fn interval(&self) -> Outcome<(Timestamp, Timestamp)> {
        let date = |name: &str| -> Outcome<Option<Timestamp>> {
            let Some(text) = self.params.text(name).filter(|text| !text.is_empty()) else {
                return Ok(None);
            };
            let parsed = text
                .parse()
                .map_err(|_| ApiError::invalid_parameter(name, "it is no date and time"));
            parsed.map(Some)
        };
        let (from, to) = (date("StartDate")?, date("EndDate")?);
        let minutes = self.params.integer("Minutes");
        if minutes.is_some() && (from.is_some() || to.is_some()) {
            let why = "it cannot be used together with StartDate and EndDate";
            return Err(ApiError::invalid_parameter("Minutes", why));
        }
        let end = to.unwrap_or(self.now);
        let before = SignedDuration::from_secs(minutes.unwrap_or(15).saturating_mul(60));
        let start = from.unwrap_or_else(|| end.saturating_sub(before).unwrap_or(end));
        Ok((start, end))
    }

    /// For each threshold how many were canceled and accepted above and below it.
    fn splits(&self, canceled: &[i64], accepted: &[i64]) -> Outcome<Value> {
        let mut splits = Body::new();
        let asked = self.params.text("SplitByWaitTime").unwrap_or_default();
        for text in asked.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            let limit: i64 = text
                .parse()
                .map_err(|_| ApiError::invalid_parameter("SplitByWaitTime", format_args!("'{text}' is no number")))?;
            let side = |above: bool| {
                let count = |times: &[i64]| times.iter().filter(|time| (**time > limit) == above).count();
                json!({"tasks_canceled": count(canceled), "reservations_accepted": count(accepted)})
            };
            splits.insert(text.to_owned(), json!({"above": side(true), "below": side(false)}));
        }
        Ok(splits.into())
    }
}

/// States of a task that is not at its end, which the samples of the pages list.
const OPEN: [&str; 4] = ["pending", "reserved", "assigned", "wrapping"];

/// What is counted of tasks now.
fn of_tasks(tasks: &[&Object], now: Timestamp) -> Body {
    let state = |task: &Object| task.text("assignment_status").unwrap_or_default().to_owned();
    let open: Vec<&&Object> = tasks
        .iter()
        .filter(|task| OPEN.contains(&state(task).as_str()))
        .collect();
    let by_status = OPEN.iter().map(|wanted| {
        let count = open.iter().filter(|task| state(task) == *wanted).count();
        ((*wanted).to_owned(), Value::from(count))
    });
    let mut by_priority = Body::new();
    for task in &open {
        let priority = task.body.get("priority").and_then(Value::as_i64).unwrap_or_default();
        let count = by_priority.entry(priority.to_string()).or_insert(json!(0));
        *count = (count.as_i64().unwrap_or_default() + 1).into();
    }
    let waiting = open.iter().filter(|task| state(task) == "pending");
    let longest = waiting.min_by_key(|task| (task.created_ms, task.sequence));
    let age = longest.map_or(0, |task| (now.as_millisecond() - task.created_ms).max(0) / 1000);
    Body::from_iter([
        ("longest_task_waiting_age".to_owned(), age.into()),
        (
            "longest_task_waiting_sid".to_owned(),
            longest.map(|task| task.key.clone()).into(),
        ),
        ("tasks_by_priority".to_owned(), by_priority.into()),
        ("tasks_by_status".to_owned(), Value::Object(by_status.collect())),
        ("total_tasks".to_owned(), open.len().into()),
    ])
}

/// When a task came into its queue.
fn entered(task: &Object) -> Option<Timestamp> {
    task.text("task_queue_entered_date")?.parse().ok()
}

fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()).max(0)
}

fn average(times: &[i64]) -> i64 {
    let count = i64::try_from(times.len()).unwrap_or(i64::MAX).max(1);
    times.iter().sum::<i64>() / count
}

fn summary(times: &[i64]) -> Body {
    Body::from_iter([
        ("avg".to_owned(), average(times).into()),
        ("min".to_owned(), times.iter().min().copied().unwrap_or_default().into()),
        ("max".to_owned(), times.iter().max().copied().unwrap_or_default().into()),
        ("total".to_owned(), times.iter().sum::<i64>().into()),
    ])
}
