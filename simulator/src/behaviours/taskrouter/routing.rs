//! The way of a task through its workflow: the first filter whose expression is true of its attributes, else the default filter, names
//! the queue. <https://www.twilio.com/docs/taskrouter/workflow-configuration>,
//! <https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment>
//!
//! Steps are skipped as <https://www.twilio.com/docs/taskrouter/worker-presence> says. A task waits in its first step: its time there
//! does not run, which is an open question. Which worker is offered it is in [`super::assignment`].

use jiff::Timestamp;
use serde_json::{Value, json};

use super::HOST;
use super::assignment::EXPRESSION;
use super::workspaces::workspace_of;
use crate::clock;
use crate::expression::Expression;
use crate::facts::filters::taskrouter::{at, attributes, of_worker, takes};
use crate::store::{Body, Object, Store};

/// Where a step leads.
struct Step {
    queue: String,
    priority: Option<i64>,
    /// What a worker has to fulfil beside what the queue asks for.
    expression: Option<String>,
}

/// Puts a task into the queue that its workflow has for it, or takes it out of its queue if there is none.
pub(super) fn route(store: &Store, task: &mut Object, now: Timestamp) {
    let workspace = workspace_of(&task.path).to_owned();
    let found = |name: &str, sid: &str| store.find(HOST, &task.account, &format!("{workspace}/{name}/{sid}"));
    let workflow = task.text("workflow_sid").and_then(|sid| found("Workflows", sid));
    let Some(workflow) = workflow else { return };
    let configuration = workflow.text("configuration").unwrap_or_default();
    let configuration: Value = serde_json::from_str(configuration).unwrap_or_default();
    let step = step(store, task, &configuration["task_routing"], now);
    let queue = step.as_ref().and_then(|step| found("TaskQueues", &step.queue));
    let name = queue.and_then(|queue| queue.text("friendly_name")).map(str::to_owned);
    let sid = queue.map(|queue| queue.key.clone());
    if let Some(priority) = step.as_ref().and_then(|step| step.priority) {
        task.set("priority", priority);
    }
    match step.and_then(|step| step.expression) {
        Some(expression) => task.hidden.insert(EXPRESSION.to_owned(), expression.into()),
        None => task.hidden.shift_remove(EXPRESSION),
    };
    if task.text("task_queue_sid") != sid.as_deref() {
        let entered = sid.as_ref().map(|_| clock::iso8601(now));
        task.set("task_queue_entered_date", entered);
    }
    task.set("task_queue_sid", sid);
    task.set("task_queue_friendly_name", name);
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
            let skips = target["skip_if"].as_str().is_some_and(|text| {
                let workers = workers(store, task, queue, now);
                workers["workers"]["available"] == 0 && is_true(text, &workers)
            });
            if !skips {
                return Some(Step {
                    queue: queue.to_owned(),
                    priority: number(&target["priority"]),
                    expression: target["expression"].as_str().map(str::to_owned),
                });
            }
        }
    }
    let otherwise = &routing["default_filter"];
    Some(Step {
        queue: otherwise["queue"].as_str()?.to_owned(),
        priority: number(&otherwise["priority"]),
        expression: None,
    })
}

/// Numbers are written as such and as texts.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// How many workers a queue takes, by whether they are available and by activity.
fn workers(store: &Store, task: &Object, queue: &str, now: Timestamp) -> Body {
    let workspace = workspace_of(&task.path);
    let queue = store.find(HOST, &task.account, &format!("{workspace}/TaskQueues/{queue}"));
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
