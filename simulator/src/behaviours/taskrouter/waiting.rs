//! Who waits in a workspace: tasks for a worker, in lines, and workers for a task, by how long they have been idle.
//!
//! A create may not cost more because many wait already. So what waits is kept in order, and what is true of the first of a line is
//! not asked again for those behind it: whoever stands behind a task that nobody takes is not taken either. [`super::assignment`] says who gets what.
//!
//! Only paths and numbers are kept. What they stand for is looked up when its turn has come, and what is gone by then, or waits no longer, leaves.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::HOST;
use super::presence;
use super::routing::{self, is_available};
use crate::expression::Expression;
use crate::facts::filters::taskrouter::{attributes, of_worker};
use crate::state::State;
use crate::store::{Body, Object, Store};

/// What something happened to, that a task may have waited for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    /// A task that waits now, at this path.
    Task(String),
    /// A worker, at this path, that may take a task now, or no longer.
    Worker(String),
    /// A queue of this SID, which may take other workers now.
    Queue(String),
    /// The time of day, which an expression is about.
    Time,
    /// The whole workspace.
    All,
}

/// Account and path of a workspace.
type Place = (String, String);

/// What happened since the last time, and when.
#[derive(Debug, Default)]
pub(super) struct Notes(BTreeMap<(Place, About), Timestamp>);

/// Those who wait, by workspace.
#[derive(Debug, Default)]
pub(super) struct Floors {
    all: HashMap<Place, Floor>,
    /// When the time of day may make a difference in a workspace, in milliseconds since 1970.
    changes: BTreeSet<(i64, Place)>,
}

/// Notes what happened in the workspace of an object.
pub(super) fn note(state: &mut State, account: &str, workspace: &str, about: About, when: Timestamp) {
    let place = (account.to_owned(), workspace.to_owned());
    state.own::<Notes>().0.insert((place, about), when);
}

impl Notes {
    /// What was noted, by workspace.
    pub(super) fn take(&mut self) -> BTreeMap<Place, (Vec<About>, Timestamp)> {
        let mut taken: BTreeMap<Place, (Vec<About>, Timestamp)> = BTreeMap::new();
        for ((place, about), when) in std::mem::take(&mut self.0) {
            let (all, latest) = taken.entry(place).or_insert((Vec::new(), when));
            all.push(about);
            *latest = when.max(*latest);
        }
        taken
    }
}

impl Floors {
    /// Takes out those who wait in a workspace.
    pub(super) fn take(&mut self, place: &Place) -> Floor {
        let floor = self.all.remove(place).unwrap_or_default();
        if let Some(at) = floor.next_change() {
            self.changes.remove(&(at, place.clone()));
        }
        floor
    }

    /// Puts them back.
    pub(super) fn put(&mut self, place: Place, floor: Floor) {
        if let Some(at) = floor.next_change() {
            self.changes.insert((at, place.clone()));
        }
        self.all.insert(place, floor);
    }

    /// Takes out a worker that has gone.
    pub(super) fn forget(&mut self, place: &Place, worker: u64) {
        if let Some(floor) = self.all.get_mut(place) {
            floor.forget(worker);
        }
    }

    /// When and where the time of day may make a difference next.
    pub(super) fn next_change(&self) -> Option<&(i64, Place)> {
        self.changes.first()
    }
}

/// Tasks that differ in nothing that a worker is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Line {
    /// SID of the queue; none of a task that goes to a worker.
    pub(super) queue: Option<String>,
    /// SID of the task channel.
    pub(super) channel: String,
    /// What the step asks beside the queue.
    pub(super) expression: Option<String>,
    /// SID of the only worker that they are for.
    pub(super) only: Option<String>,
    /// Whether that worker gets them whether or not it takes tasks.
    pub(super) at_once: bool,
    /// What the step compares workers with of the task itself: tasks that differ in it have lines of their own.
    own: Option<String>,
}

/// The place of a task among all that wait: the highest priority first, then the oldest. The last part is its number.
pub(super) type Turn = (i64, i64, u64);

/// Who waits in a workspace.
#[derive(Debug, Default)]
pub(super) struct Floor {
    lines: BTreeMap<Arc<Line>, BTreeSet<Turn>>,
    tasks: HashMap<u64, (Arc<Line>, Turn)>,
    /// Workers in an activity with tasks: since when they are idle, and their numbers.
    idle: BTreeSet<(i64, u64)>,
    workers: HashMap<u64, i64>,
    /// When the time of day may make a difference to a line, in milliseconds since 1970.
    timed: BTreeSet<(i64, Arc<Line>)>,
    changes: HashMap<Arc<Line>, i64>,
    known: Known,
}

/// What expressions see of workers, kept while nothing happens to them: it takes longer to read than to compare.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<u64, Arc<Body>>);

impl Known {
    /// What is seen of the worker with a number, unless it has gone.
    pub(super) fn of(&mut self, store: &Store, number: u64) -> Option<Arc<Body>> {
        if let Some(known) = self.0.get(&number) {
            return Some(Arc::clone(known));
        }
        let known = Arc::new(of_worker(numbered(store, number)?));
        self.0.insert(number, Arc::clone(&known));
        Some(known)
    }

    /// Reads all of them again.
    pub(super) fn forget_all(&mut self) {
        self.0.clear();
    }
}

impl Floor {
    /// Takes in a task as it is now: into its line if it waits, out of it if not.
    pub(super) fn take_task(&mut self, task: &Object) -> Option<Arc<Line>> {
        self.leave(task.sequence);
        if task.text("assignment_status") != Some("pending") {
            return None;
        }
        let line = Arc::new(line(task)?);
        let known = self.lines.get_key_value(&line).map(|(known, _)| Arc::clone(known));
        let line = known.unwrap_or(line);
        let turn = turn(task);
        self.lines.entry(Arc::clone(&line)).or_default().insert(turn);
        self.tasks.insert(task.sequence, (Arc::clone(&line), turn));
        Some(line)
    }

    /// Takes a task out of its line.
    pub(super) fn leave(&mut self, sequence: u64) {
        if let Some((line, turn)) = self.tasks.remove(&sequence)
            && let Some(turns) = self.lines.get_mut(&line)
        {
            turns.remove(&turn);
            if turns.is_empty() {
                self.lines.remove(&line);
                self.time(&line, None);
            }
        }
    }

    /// Takes in a worker as it is now; says since when it is idle if it takes tasks.
    pub(super) fn take_worker(&mut self, worker: &Object) -> Option<(i64, u64)> {
        self.forget(worker.sequence);
        if !is_available(worker) {
            return None;
        }
        let since = presence::idle_since(worker);
        self.idle.insert((since, worker.sequence));
        self.workers.insert(worker.sequence, since);
        Some((since, worker.sequence))
    }

    /// Notes when the time of day may make a difference to a line.
    pub(super) fn time(&mut self, line: &Arc<Line>, at: Option<i64>) {
        if let Some(known) = self.changes.remove(line) {
            self.timed.remove(&(known, Arc::clone(line)));
        }
        if let Some(at) = at {
            self.changes.insert(Arc::clone(line), at);
            self.timed.insert((at, Arc::clone(line)));
        }
    }

    fn next_change(&self) -> Option<i64> {
        self.timed.first().map(|(at, _)| *at)
    }

    /// The lines to which the time of day may have made a difference by now.
    pub(super) fn changed_by(&self, now: Timestamp) -> Vec<Arc<Line>> {
        let due = self.timed.iter().take_while(|(at, _)| *at <= now.as_millisecond());
        due.map(|(_, line)| Arc::clone(line)).collect()
    }

    /// What is known of workers.
    pub(super) fn known(&mut self) -> &mut Known {
        &mut self.known
    }

    /// Takes out a worker.
    pub(super) fn forget(&mut self, sequence: u64) {
        self.known.0.remove(&sequence);
        if let Some(since) = self.workers.remove(&sequence) {
            self.idle.remove(&(since, sequence));
        }
    }

    /// Numbers of the workers that take tasks, who is idle longest first, and what is known of workers.
    pub(super) fn idle_and_known(&mut self) -> (impl Iterator<Item = u64>, &mut Known) {
        let idle = self.idle.iter().map(|(_, sequence)| *sequence);
        (idle, &mut self.known)
    }

    /// Whether nobody takes tasks.
    pub(super) fn is_idle(&self) -> bool {
        self.idle.is_empty()
    }

    /// The lines in which somebody waits.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Arc<Line>> {
        self.lines.keys()
    }

    /// Whether any but these tasks wait in a line.
    pub(super) fn has_others(&self, line: &Line, tasks: &HashSet<u64>) -> bool {
        let mut waiting = self.lines.get(line).into_iter().flatten();
        // At most as many as these are passed over.
        waiting.any(|(_, _, sequence)| !tasks.contains(sequence))
    }

    /// The first of a line: the oldest of the most urgent, or the newest of them where the queue says so
    /// (the contract's text on `TaskOrder`).
    pub(super) fn first(&self, line: &Line, newest: bool) -> Option<Turn> {
        let turns = self.lines.get(line)?;
        let first = turns.first()?;
        match newest {
            true => turns.range(..=(first.0, i64::MAX, u64::MAX)).next_back().copied(),
            false => Some(*first),
        }
    }
}

/// The contract's texts on `priority` and `virtual_start_time`: the highest priority first, then the oldest task.
fn turn(task: &Object) -> Turn {
    let priority = task.body.get("priority").and_then(Value::as_i64).unwrap_or_default();
    let start = task
        .text("virtual_start_time")
        .and_then(|text| text.parse::<Timestamp>().ok());
    let start = start.map_or(task.created_ms, Timestamp::as_millisecond);
    (priority.saturating_neg(), start, task.sequence)
}

/// The line of a task; `None` of one that no queue has and that is for nobody.
fn line(task: &Object) -> Option<Line> {
    let hidden = |name: &str| task.hidden.get(name).and_then(Value::as_str).map(str::to_owned);
    let queue = task.text("task_queue_sid").map(str::to_owned);
    let only = hidden(routing::ONLY);
    if queue.is_none() && only.is_none() {
        return None;
    }
    let expression = hidden(routing::EXPRESSION);
    let compared = bound(task).map(|(_, compared)| compared);
    let compared = compared.filter(|compared| !compared.is_empty());
    Some(Line {
        at_once: only.is_some() && queue.is_none() && ignores_capacity(task),
        queue,
        channel: task.text("task_channel_sid").unwrap_or_default().to_owned(),
        own: compared.map(|compared| Value::from(compared).to_string()),
        expression,
        only,
    })
}

/// The expression of the step of a task, with what it names of the task put in, and all of that. Beside its attributes a task has its SID.
/// <https://www.twilio.com/docs/taskrouter/workflow-configuration>
pub(super) fn bound(task: &Object) -> Option<(Expression, Vec<Value>)> {
    let text = task.hidden.get(routing::EXPRESSION).and_then(Value::as_str)?;
    let mut expression = Expression::parse(text).ok()?;
    let mut of_task = attributes(task);
    of_task.entry("sid").or_insert(task.key.as_str().into());
    let compared = expression.bind("task", &of_task);
    Some((expression, compared))
}

fn ignores_capacity(task: &Object) -> bool {
    match task.body.get("ignore_capacity") {
        Some(Value::Bool(ignores)) => *ignores,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// The object with a number, unless it has gone.
pub(super) fn numbered(store: &Store, sequence: u64) -> Option<&Object> {
    store.numbered(sequence).filter(|object| object.host == HOST)
}
