//! The way of a task through its workflow: the first filter whose expression is true of its attributes, else the default filter, names
//! the queue. <https://www.twilio.com/docs/taskrouter/workflow-configuration>,
//! <https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment>
//!
//! A task may say itself where it goes, in place of its workflow: <https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow>.
//! A step may name the one worker that it is for:
//! <https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing>.
//!
//! Steps are skipped as <https://www.twilio.com/docs/taskrouter/worker-presence> says. A task waits in its first step: its time there
//! does not run, which is an open question. Which worker is offered it is in [`super::assignment`].

use jiff::Timestamp;
use serde_json::{Value, json};

use super::HOST;
use super::workspaces::workspace_of;
use crate::clock;
use crate::expression::Expression;
use crate::facts::filters::taskrouter::{at, attributes, of_worker, takes};
use crate::params::Params;
use crate::store::{Body, Object, Store};

/// Note of a task: the expression of its step, which a worker has to fulfil beside that of the queue.
pub(super) const EXPRESSION: &str = "_expression";
/// Note of a task: SID of the one worker that it is for.
pub(super) const ONLY: &str = "_only";
/// Note of a task that said itself where it goes: its workflow does not move it.
const DIRECT: &str = "_direct";

/// Where a step leads.
struct Step {
    queue: String,
    priority: Option<i64>,
    /// What a worker has to fulfil beside what the queue asks for.
    expression: Option<String>,
    /// SID of the one worker that it is for.
    only: Option<String>,
}

/// Puts a new task where it says that it goes, or else where its workflow has it. What it names is there: [`super::targets`] has looked.
pub(super) fn start(store: &Store, params: &Params, task: &mut Object, now: Timestamp) {
    let target = params.text("RoutingTarget").filter(|sid| !sid.is_empty());
    let queue = params.text("TaskQueueSid").filter(|sid| !sid.is_empty());
    match target.or(queue) {
        Some(worker) if worker.starts_with("WK") => {
            task.hidden.insert(DIRECT.to_owned(), true.into());
            task.hidden.insert(ONLY.to_owned(), worker.into());
            enter(store, task, None, now);
        }
        Some(queue) if queue.starts_with("WQ") => {
            task.hidden.insert(DIRECT.to_owned(), true.into());
            enter(store, task, Some(queue), now);
        }
        _ => route(store, task, now),
    }
}

/// Puts a task into the queue that its workflow has for it, or takes it out of its queue if there is none.
pub(super) fn route(store: &Store, task: &mut Object, now: Timestamp) {
    if task.hidden.contains_key(DIRECT) {
        return;
    }
    let workspace = workspace_of(&task.path);
    let workflow = task.text("workflow_sid");
    let workflow = workflow.map(|sid| format!("{workspace}/Workflows/{sid}"));
    let workflow = workflow.and_then(|path| store.find(HOST, &task.account, &path));
    let Some(workflow) = workflow else { return };
    let configuration = workflow.text("configuration").unwrap_or_default();
    let configuration: Value = serde_json::from_str(configuration).unwrap_or_default();
    let step = step(store, task, &configuration["task_routing"], now);
    if let Some(priority) = step.as_ref().and_then(|step| step.priority) {
        task.set("priority", priority);
    }
    let (queue, expression, only) = match step {
        Some(step) => (Some(step.queue), step.expression, step.only),
        None => (None, None, None),
    };
    for (note, text) in [(EXPRESSION, expression), (ONLY, only)] {
        match text {
            Some(text) => task.hidden.insert(note.to_owned(), text.into()),
            None => task.hidden.shift_remove(note),
        };
    }
    enter(store, task, queue.as_deref(), now);
}

/// Puts a task into a queue, or into none.
fn enter(store: &Store, task: &mut Object, queue: Option<&str>, now: Timestamp) {
    let queue = queue.and_then(|sid| queue_of(store, task, sid));
    let name = queue.and_then(|queue| queue.text("friendly_name")).map(str::to_owned);
    let sid = queue.map(|queue| queue.key.clone());
    // A queue that the task was sent with is in it already, and was not entered.
    if task.text("task_queue_sid") != sid.as_deref() || task.text("task_queue_entered_date").is_none() {
        let entered = sid.as_ref().map(|_| clock::iso8601(now));
        task.set("task_queue_entered_date", entered);
    }
    task.set("task_queue_sid", sid);
    task.set("task_queue_friendly_name", name);
}

fn queue_of<'s>(store: &'s Store, task: &Object, queue: &str) -> Option<&'s Object> {
    let path = format!("{}/TaskQueues/{queue}", workspace_of(&task.path));
    store.find(HOST, &task.account, &path)
}

fn step(store: &Store, task: &Object, routing: &Value, now: Timestamp) -> Option<Step> {
    let known = at(now, attributes(task));
    let is_true = |text: &str, known: &Body| Expression::parse(text).is_ok_and(|parsed| parsed.is_true_of(known));
    let filters = routing["filters"].as_array().into_iter().flatten();
    for filter in filters.filter(|filter| filter["expression"].as_str().is_some_and(|text| is_true(text, &known))) {
        // A step without a queue goes on in the one before.
        let mut queue = None;
        for target in filter["targets"].as_array().into_iter().flatten() {
            queue = target["queue"].as_str().or(queue);
            let Some(queue) = queue else { continue };
            let only = match known_worker(store, task, target, queue, now) {
                Known::Nobody => None,
                Known::Worker(sid) => Some(sid),
                // 40152, 40154 and 40155 are alerts that say so: the task was made long before. Where it goes then is an open question.
                Known::Wrong => continue,
            };
            let skips = target["skip_if"].as_str().is_some_and(|text| {
                // Nobody is counted where it is clear already.
                if has_available(store, task, queue, now) {
                    return false;
                }
                let workers = workers(store, task, queue, now);
                is_true(text, &workers)
            });
            if !skips {
                return Some(Step {
                    queue: queue.to_owned(),
                    priority: number(&target["priority"]),
                    expression: target["expression"].as_str().map(str::to_owned),
                    only,
                });
            }
        }
    }
    let otherwise = &routing["default_filter"];
    Some(Step {
        queue: otherwise["queue"].as_str()?.to_owned(),
        priority: number(&otherwise["priority"]),
        expression: None,
        only: None,
    })
}

/// Whom a step is for.
enum Known {
    /// It names nobody.
    Nobody,
    /// The worker of this SID.
    Worker(String),
    /// It names a worker that the workspace or the queue does not have.
    Wrong,
}

/// The worker that a step names: by an attribute of the task that has its SID, or its name.
/// <https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing>
fn known_worker(store: &Store, task: &Object, target: &Value, queue: &str, now: Timestamp) -> Known {
    let attribute = |field: &str| {
        let path = target[field].as_str()?;
        let path = path.strip_prefix("task.").unwrap_or(path);
        let of_task = Value::Object(attributes(task));
        let found = path.split('.').try_fold(&of_task, |value, name| value.get(name));
        Some(found.and_then(Value::as_str).unwrap_or_default().to_owned())
    };
    let workers = format!("{}/Workers", workspace_of(&task.path));
    let worker = match (attribute("known_worker_sid"), attribute("known_worker_friendly_name")) {
        (None, None) => return Known::Nobody,
        (Some(sid), _) => store.find(HOST, &task.account, &format!("{workers}/{sid}")),
        (None, Some(name)) => {
            let mut named = store.members_with(HOST, &task.account, &workers, "friendly_name", name);
            named.next()
        }
    };
    let taken = queue_of(store, task, queue).and_then(|queue| takes(queue).ok());
    match (worker, taken) {
        (Some(worker), Some(taken)) if taken.is_true_of(&at(now, of_worker(worker))) => {
            Known::Worker(worker.key.clone())
        }
        _ => Known::Wrong,
    }
}

/// Numbers are written as such and as texts.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// Whether any worker of a queue is in an activity with tasks.
fn has_available(store: &Store, task: &Object, queue: &str, now: Timestamp) -> bool {
    let Some(taken) = queue_of(store, task, queue).and_then(|queue| takes(queue).ok()) else {
        return false;
    };
    let workers = format!("{}/Workers", workspace_of(&task.path));
    let mut available = store.members_with(HOST, &task.account, &workers, "available", true);
    available.any(|worker| taken.is_true_of(&at(now, of_worker(worker))))
}

/// How many workers a queue takes, by whether they are available and by activity.
fn workers(store: &Store, task: &Object, queue: &str, now: Timestamp) -> Body {
    let queue = queue_of(store, task, queue);
    let eligible = queue.map(|queue| eligible(store, queue, now)).unwrap_or_default();
    let mut counted = Body::from_iter([("available".to_owned(), json!(0)), ("unavailable".to_owned(), json!(0))]);
    for worker in eligible {
        let state = if is_available(worker) {
            "available"
        } else {
            "unavailable"
        };
        for name in [state, worker.text("activity_sid").unwrap_or_default()] {
            let count = counted.get(name).and_then(Value::as_i64).unwrap_or_default();
            counted.insert(name.to_owned(), (count + 1).into());
        }
    }
    Body::from_iter([("workers".to_owned(), counted.into())])
}

/// The workers that a queue takes.
pub(super) fn eligible<'s>(store: &'s Store, queue: &Object, now: Timestamp) -> Vec<&'s Object> {
    let Ok(taken) = takes(queue) else { return Vec::new() };
    let workers = format!("{}/Workers", workspace_of(&queue.path));
    let workers = store.members(HOST, &queue.account, &workers);
    workers
        .filter(|worker| taken.is_true_of(&at(now, of_worker(worker))))
        .collect()
}

/// Whether a worker's activity is one in which it takes tasks.
pub(super) fn is_available(worker: &Object) -> bool {
    worker.body.get("available").and_then(Value::as_bool).unwrap_or(false)
}
