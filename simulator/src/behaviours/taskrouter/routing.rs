//! The way of a task through its workflow: the first filter whose expression is true of its attributes, else the default filter, names
//! the queue. <https://www.twilio.com/docs/taskrouter/workflow-configuration>,
//! <https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment>
//!
//! A task may say itself where it goes, in place of its workflow: <https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow>.
//! A step may name the one worker that it is for:
//! <https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing>.
//!
//! Steps are skipped as <https://www.twilio.com/docs/taskrouter/worker-presence> says. A task waits in its step until as much time has passed since it was
//! made as the timeouts of this step and those before it are together (<https://www.twilio.com/docs/taskrouter/task-evaluation>), goes on to
//! the next, and ends after the last: [`super::ends`]. Which worker is offered it is in [`super::assignment`].

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
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
/// Note of a task: filter and target of the step that it is in.
const STEP: &str = "_step";
/// Note of a task: when its time in its step is over.
pub(crate) const STEP_ENDS: &str = "_step_ends";

/// Filter and target of a step, in the order of the configuration.
type Position = (u64, u64);

/// The step of the default filter.
const DEFAULT: Position = (u64::MAX, 0);

/// Where a task stands in its workflow.
enum Way {
    /// In a step.
    In(Box<Step>),
    /// No filter takes it.
    Out,
    /// The time of all its steps is over.
    Over,
}

/// Where a step leads.
struct Step {
    position: Position,
    /// Seconds after which the task goes on, since it was made.
    ends: Option<i64>,
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

/// Puts a task into the queue that its workflow has for it, from the beginning, or takes it out of its queue if there is none.
pub(super) fn route(store: &Store, task: &mut Object, now: Timestamp) {
    route_with(&mut Seen::default(), store, task, now);
}

/// The same of many tasks, for which the workers of a queue are counted once.
pub(super) fn route_with(seen: &mut Seen, store: &Store, task: &mut Object, now: Timestamp) {
    if task.hidden.contains_key(DIRECT) {
        return;
    }
    let Some(configuration) = configuration(store, task) else {
        return;
    };
    match way(seen, store, task, &configuration["task_routing"], None, now) {
        Way::In(step) => go_to(store, task, *step, None, now),
        Way::Out => {
            leave_step(task);
            enter(store, task, None, now);
        }
        // Its time is over as soon as anybody looks.
        Way::Over => {
            task.hidden.insert(STEP_ENDS.to_owned(), now.to_string().into());
        }
    }
}

/// Lets a task go on from the step that it is in; whether there is one for it.
pub(super) fn advance(store: &Store, task: &mut Object, now: Timestamp) -> bool {
    let from = task
        .hidden
        .get(STEP)
        .and_then(|at| Some((at[0].as_u64()?, at[1].as_u64()?)));
    let routing = configuration(store, task).filter(|_| !task.hidden.contains_key(DIRECT));
    let Some(routing) = routing else { return true };
    match way(&mut Seen::default(), store, task, &routing["task_routing"], from, now) {
        Way::In(step) => go_to(store, task, *step, from, now),
        Way::Out => {
            task.hidden.shift_remove(STEP_ENDS);
        }
        Way::Over => return false,
    }
    true
}

fn configuration(store: &Store, task: &Object) -> Option<Value> {
    let workflow = format!("{}/Workflows/{}", workspace_of(&task.path), task.text("workflow_sid")?);
    let workflow = store.find(HOST, &task.account, &workflow)?;
    let configuration = workflow.text("configuration").unwrap_or_default();
    Some(serde_json::from_str(configuration).unwrap_or_default())
}

fn leave_step(task: &mut Object) {
    for note in [EXPRESSION, ONLY, STEP, STEP_ENDS] {
        task.hidden.shift_remove(note);
    }
}

/// Puts a task into a step.
fn go_to(store: &Store, task: &mut Object, step: Step, from: Option<Position>, now: Timestamp) {
    leave_step(task);
    // What a client has changed since stays.
    if let Some(priority) = step.priority.filter(|_| from != Some(step.position)) {
        task.set("priority", priority);
    }
    let (filter, target) = step.position;
    let ends = step.ends.map(SignedDuration::from_secs);
    let ends = ends.and_then(|after| {
        Timestamp::from_millisecond(task.created_ms)
            .ok()?
            .saturating_add(after)
            .ok()
    });
    for (note, value) in [
        (EXPRESSION, step.expression.map(Value::from)),
        (ONLY, step.only.map(Value::from)),
        (STEP, Some(json!([filter, target]))),
        (STEP_ENDS, ends.map(|ends| ends.to_string().into())),
    ] {
        if let Some(value) = value {
            task.hidden.insert(note.to_owned(), value);
        }
    }
    enter(store, task, Some(&step.queue), now);
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

/// The step of a task: the first of those that its attributes lead to, from one of them on, whose time is not over and that is not skipped.
fn way(seen: &mut Seen, store: &Store, task: &Object, routing: &Value, from: Option<Position>, now: Timestamp) -> Way {
    let known = at(now, attributes(task));
    let is_true = |text: &str, known: &Body| Expression::parse(text).is_ok_and(|parsed| parsed.is_true_of(known));
    let age_ms = now.as_millisecond() - task.created_ms;
    let (mut seconds, mut is_late) = (0_i64, false);
    let filters = routing["filters"].as_array().into_iter().flatten();
    for (filter, place) in filters.zip(0..) {
        if !filter["expression"].as_str().is_some_and(|text| is_true(text, &known)) {
            continue;
        }
        // A step without a queue goes on in the one before.
        let mut queue = None;
        for (target, index) in filter["targets"].as_array().into_iter().flatten().zip(0..) {
            let position = (place, index);
            queue = target["queue"].as_str().or(queue);
            let own = number(&target["timeout"]).filter(|own| *own > 0);
            seconds = seconds.saturating_add(own.unwrap_or_default());
            let Some(queue) = queue.filter(|_| from.is_none_or(|from| position >= from)) else {
                continue;
            };
            let ends = own.map(|_| seconds);
            if ends.is_some_and(|ends| age_ms >= ends.saturating_mul(1000)) {
                is_late = true;
                continue;
            }
            let only = match known_worker(store, task, target, queue, now) {
                Known::Nobody => None,
                Known::Worker(sid) => Some(sid),
                // 40152, 40154 and 40155 are alerts that say so: the task was made long before. Where it goes then is an open question.
                Known::Wrong => continue,
            };
            let skips = target["skip_if"].as_str().filter(|_| from != Some(position));
            if !skips.is_some_and(|text| seen.skips(store, task, queue, text, now)) {
                return Way::In(Box::new(Step {
                    position,
                    ends,
                    queue: queue.to_owned(),
                    priority: number(&target["priority"]),
                    expression: target["expression"].as_str().map(str::to_owned),
                    only,
                }));
            }
        }
    }
    if is_late {
        return Way::Over;
    }
    // It is for tasks that no filter has, until their own time is over:
    // https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment
    let otherwise = &routing["default_filter"];
    match otherwise["queue"]
        .as_str()
        .filter(|_| from.is_none_or(|from| from == DEFAULT))
    {
        None => Way::Out,
        Some(queue) => Way::In(Box::new(Step {
            position: DEFAULT,
            ends: None,
            queue: queue.to_owned(),
            priority: number(&otherwise["priority"]),
            expression: None,
            only: None,
        })),
    }
}

/// What was counted of queues, while nothing changes.
#[derive(Default)]
pub(super) struct Seen {
    has_available: HashMap<String, bool>,
    workers: HashMap<String, Body>,
}

impl Seen {
    /// Whether a step is skipped, of which nobody is counted where it is clear already.
    fn skips(&mut self, store: &Store, task: &Object, queue: &str, text: &str, now: Timestamp) -> bool {
        let known = self.has_available.entry(queue.to_owned());
        if *known.or_insert_with(|| has_available(store, task, queue, now)) {
            return false;
        }
        let workers = self.workers.entry(queue.to_owned());
        let workers = workers.or_insert_with(|| workers_of(store, task, queue, now));
        Expression::parse(text).is_ok_and(|parsed| parsed.is_true_of(workers))
    }
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
fn workers_of(store: &Store, task: &Object, queue: &str, now: Timestamp) -> Body {
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
