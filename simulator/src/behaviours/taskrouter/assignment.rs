//! Which worker is offered a task: one that its queue takes, in an available activity, with room in the task's channel.
//! <https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment>,
//! <https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks>, <https://www.twilio.com/docs/taskrouter/multitasking>
//!
//! A request that may make a match possible leaves a note ([`note`]), and the match is made before the next request is answered
//! ([`settle`]): the response to the create of a task shows it pending, as Twilio's does.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::HOST;
use super::ends;
use super::presence;
use super::reservations::{CHANNEL, LIVE, RESERVATIONS, TIMES_OUT};
use super::routing::{EXPRESSION, is_available};
use super::waiting::{self, About, Floor, Floors, Line, Notes, Turn};
use super::workspaces::workspace_of;
use crate::contract::Contract;
use crate::expression::Expression;
use crate::facts::filters::taskrouter::{takes, time_of_day};
use crate::facts::{references, versions};
use crate::generic::build;
use crate::processes;
use crate::state::State;
use crate::store::{Body, Object, Store};

/// Notes that a task may find a worker now, or waits no longer.
pub(super) fn note_task(state: &mut State, task: &Object, when: Timestamp) {
    let about = About::Task(task.path.clone());
    waiting::note(state, &task.account, workspace_of(&task.path), about, when);
}

/// Notes that the worker at a path may take a task now, or no longer.
pub(super) fn note_worker(state: &mut State, account: &str, worker: &str, when: Timestamp) {
    let about = About::Worker(worker.to_owned());
    waiting::note(state, account, workspace_of(worker), about, when);
}

/// A worker has gone.
pub(super) fn forget_worker(state: &mut State, worker: &Object) {
    let place = (worker.account.clone(), workspace_of(&worker.path).to_owned());
    state.own::<Floors>().forget(&place, worker.sequence);
}

/// Notes that a queue may take other workers now.
pub(super) fn note_queue(state: &mut State, queue: &Object, when: Timestamp) {
    let about = About::Queue(queue.key.clone());
    waiting::note(state, &queue.account, workspace_of(&queue.path), about, when);
}

/// Notes that anything may have changed in a workspace.
pub(super) fn note_all(state: &mut State, workspace: &Object, when: Timestamp) {
    waiting::note(state, &workspace.account, &workspace.path, About::All, when);
}

/// When the time of day may make a match possible next, in milliseconds since 1970.
pub(crate) fn next_change(state: &mut State) -> Option<i64> {
    state.own::<Floors>().next_change().map(|(at, _)| *at)
}

/// Notes that it is the time of [`next_change`].
pub(crate) fn note_change(state: &mut State) {
    let Some((at, (account, workspace))) = state.own::<Floors>().next_change().cloned() else {
        return;
    };
    let when = Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
    waiting::note(state, &account, &workspace, About::Time, when);
}

/// Makes the matches that are possible since the last time.
pub(crate) fn settle(state: &mut State) {
    for (place, (notes, when)) in state.own::<Notes>().take() {
        let (account, workspace) = &place;
        let Some(workspace) = state.store.find(HOST, account, workspace) else {
            state.own::<Floors>().take(&place);
            continue;
        };
        // The contract's text on the field: without it a worker gets the next task when the one before is completed.
        let many = workspace.body.get("multi_task_enabled").and_then(Value::as_bool) != Some(false);
        let mut matching = Matching {
            floor: state.own::<Floors>().take(&place),
            account: account.clone(),
            workspace: place.1.clone(),
            many,
            now: when,
            tasks: HashSet::new(),
            open: BTreeSet::new(),
            workers: BTreeMap::new(),
            queues: HashMap::new(),
            time: time_of_day(when),
        };
        matching.take_in(&state.store, notes);
        matching.make(state);
        let floor = matching.floor;
        state.own::<Floors>().put(place, floor);
    }
}

/// One look at who waits in a workspace.
///
/// What waited before waits for good reasons, so only three things are new: tasks that were noted, which any worker may take, workers that
/// were noted, who may take any task, and lines of which everything is asked again.
struct Matching {
    floor: Floor,
    account: String,
    workspace: String,
    /// Whether a worker may have several tasks.
    many: bool,
    now: Timestamp,
    /// Numbers of the tasks that were noted.
    tasks: HashSet<u64>,
    /// Lines that any worker may take from.
    open: BTreeSet<Arc<Line>>,
    /// Workers that were noted, by number: since when they are idle.
    workers: BTreeMap<u64, i64>,
    /// What queues take, each read once.
    queues: HashMap<String, Option<Taking>>,
    /// The time of day, as expressions name it.
    time: Body,
}

/// What a queue takes.
struct Taking {
    expression: Option<Expression>,
    most: usize,
    newest_first: bool,
}

impl Matching {
    fn take_in(&mut self, store: &Store, notes: Vec<About>) {
        let mut lines: BTreeSet<Arc<Line>> = BTreeSet::new();
        for about in notes {
            match about {
                About::Task(path) => lines.extend(self.take_task(store, &path)),
                About::Worker(path) => self.take_worker(store, &path),
                About::Queue(queue) => {
                    let own = self.floor.lines().filter(|line| line.queue.as_ref() == Some(&queue));
                    let own: Vec<Arc<Line>> = own.cloned().collect();
                    self.open.extend(own);
                }
                About::Time => self.open.extend(self.floor.changed_by(self.now)),
                About::All => {
                    // Also the names of activities may be others now.
                    self.floor.known().forget_all();
                    let tasks = format!("{}/Tasks", self.workspace);
                    for task in store.members_with(HOST, &self.account, &tasks, "assignment_status", "pending") {
                        self.floor.take_task(task);
                    }
                    self.open.extend(self.floor.lines().cloned());
                }
            }
        }
        // A task behind others of its line is not taken before them.
        for line in lines {
            if !self.floor.has_others(&line, &self.tasks) {
                self.open.insert(line);
            }
        }
    }

    fn take_task(&mut self, store: &Store, path: &str) -> Option<Arc<Line>> {
        let task = store.find(HOST, &self.account, path)?;
        let line = self.floor.take_task(task)?;
        self.tasks.insert(task.sequence);
        Some(line)
    }

    fn take_worker(&mut self, store: &Store, path: &str) {
        let worker = store.find(HOST, &self.account, path);
        if let Some((since, sequence)) = worker.and_then(|worker| self.floor.take_worker(worker)) {
            self.workers.insert(sequence, since);
        }
    }

    /// Makes all matches, the most urgent task first.
    fn make(&mut self, state: &mut State) {
        for line in self.open.clone() {
            self.queue(&state.store, &line);
            self.note_time(&line);
        }
        let mut lines: Vec<Arc<Line>> = match self.workers.is_empty() {
            true => self.open.iter().cloned().collect(),
            false => self.floor.lines().cloned().collect(),
        };
        // Who gets a task at once need not take tasks; for all others somebody has to.
        if self.floor.is_idle() {
            lines.retain(|line| line.at_once);
        }
        let mut heads: BTreeMap<Turn, Arc<Line>> = BTreeMap::new();
        for line in lines {
            self.queue(&state.store, &line);
            heads.extend(self.first(&line).map(|turn| (turn, line)));
        }
        while let Some(((_, _, sequence), line)) = heads.pop_first() {
            let task = waiting::numbered(&state.store, sequence).cloned();
            let Some(task) = task.filter(|task| self.still_waits(task, &line)) else {
                self.floor.leave(sequence);
                heads.extend(self.first(&line).map(|turn| (turn, line)));
                continue;
            };
            let chosen = self.chosen(&state.store, &task, &line);
            if chosen.is_empty() {
                // Nor is there anybody for those behind it.
                continue;
            }
            self.floor.leave(sequence);
            reserve(state, &task, &chosen, self.many, self.now);
            for worker in chosen {
                let path = worker.path;
                let stored = state.store.find(HOST, &self.account, &path);
                let idle = stored.and_then(|worker| self.floor.take_worker(worker));
                if let (Some((since, _)), true) = (idle, self.workers.contains_key(&worker.sequence)) {
                    self.workers.insert(worker.sequence, since);
                } else if idle.is_none() {
                    self.workers.remove(&worker.sequence);
                }
            }
            heads.extend(self.first(&line).map(|turn| (turn, line)));
        }
    }

    /// Notes when a line has to be gone through again because of the time of day.
    fn note_time(&mut self, line: &Arc<Line>) {
        let of_step = line.expression.as_deref().and_then(|text| Expression::parse(text).ok());
        let of_queue = self.taking(line).and_then(|taking| taking.expression.as_ref());
        let both = [of_step.as_ref(), of_queue].into_iter().flatten();
        let next = both.filter_map(|expression| expression.changes_after(self.now)).min();
        self.floor.time(line, next.map(Timestamp::as_millisecond));
    }

    fn still_waits(&self, task: &Object, line: &Line) -> bool {
        task.text("assignment_status") == Some("pending") && task.text("task_queue_sid") == line.queue.as_deref()
    }

    /// Reads the queue of a line.
    fn queue(&mut self, store: &Store, line: &Line) {
        let Some(sid) = line.queue.as_ref().filter(|sid| !self.queues.contains_key(*sid)) else {
            return;
        };
        let queue = store.find(HOST, &self.account, &format!("{}/TaskQueues/{sid}", self.workspace));
        let taking = queue.map(|queue| Taking {
            expression: takes(queue).ok(),
            most: queue
                .body
                .get("max_reserved_workers")
                .and_then(Value::as_u64)
                .and_then(|most| usize::try_from(most).ok())
                .unwrap_or(1),
            newest_first: queue.text("task_order") == Some("LIFO"),
        });
        self.queues.insert(sid.clone(), taking);
    }

    fn taking(&self, line: &Line) -> Option<&Taking> {
        self.queues.get(line.queue.as_ref()?)?.as_ref()
    }

    fn first(&self, line: &Line) -> Option<Turn> {
        let newest = self.taking(line).is_some_and(|taking| taking.newest_first);
        self.floor.first(line, newest)
    }

    /// The workers that are offered a task, as many as its queue reserves at once: who has been idle longest first, who has declined it
    /// last. <https://www.twilio.com/docs/taskrouter/api/task-queue>
    fn chosen(&mut self, store: &Store, task: &Object, line: &Line) -> Vec<Object> {
        let of_step = match task.hidden.contains_key(EXPRESSION) {
            false => None,
            true => match waiting::bound(task) {
                Some((expression, _)) => Some(expression),
                // What is no expression is true of nobody.
                None => return Vec::new(),
            },
        };
        let taking = match &line.queue {
            None => None,
            Some(queue) => match self.queues.get(queue) {
                Some(Some(taking)) => Some(taking),
                _ => return Vec::new(),
            },
        };
        let of_queue = match taking {
            None => None,
            Some(Taking { expression: None, .. }) => return Vec::new(),
            Some(taking) => taking.expression.as_ref(),
        };
        let asked = [of_queue, of_step.as_ref()];
        let time = &self.time;
        let is_meant = |worker: &Body| {
            let mut asked = asked.iter().flatten();
            asked.all(|expression| expression.is_true_in(&[worker, time]))
        };
        if let Some(only) = &line.only {
            let worker = format!("{}/Workers/{only}", self.workspace);
            let Some(worker) = store.find(HOST, &self.account, &worker) else {
                return Vec::new();
            };
            let known = self.floor.known().of(store, worker.sequence);
            let suits = line.at_once
                || known.is_some_and(|known| is_meant(&known))
                    && is_available(worker)
                    && has_room(store, worker, task, self.many);
            return suits.then(|| worker.clone()).into_iter().collect();
        }
        let most = taking.map_or(0, |taking| taking.most);
        let by_idleness: BTreeSet<(i64, u64)> = self.workers.iter().map(|(number, since)| (*since, *number)).collect();
        let (idle, known) = self.floor.idle_and_known();
        let is_open = self.open.contains(line);
        let noted = by_idleness.into_iter().map(|(_, number)| number);
        let idle = idle.take(if is_open { usize::MAX } else { 0 });
        let noted = noted.take(if is_open { 0 } else { usize::MAX });
        let mut candidates = noted.chain(idle);
        let was_offered = store.count(HOST, &self.account, &format!("{}/Reservations", task.path)) > 0;
        let (mut first, mut last, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        while first.len() < most
            && let Some(number) = candidates.next()
        {
            // Most are passed over, so the worker itself is looked at last.
            if known.of(store, number).is_some_and(|known| !is_meant(&known)) {
                continue;
            }
            let Some(worker) = waiting::numbered(store, number) else {
                gone.push(number);
                continue;
            };
            if !is_available(worker) || !has_room(store, worker, task, self.many) {
                continue;
            }
            match was_offered && has_declined(store, worker, task) {
                true => last.push(worker),
                false => first.push(worker),
            }
        }
        drop(candidates);
        for number in gone {
            self.floor.forget(number);
        }
        let all = first.into_iter().chain(last);
        all.take(most).cloned().collect()
    }
}

/// The reservations of a worker that take room: what is offered, worked on or wrapped up.
pub(super) fn live<'s>(store: &'s Store, worker: &Object) -> Vec<&'s Object> {
    let in_state = |state: &&'static str| {
        let wanted = [("worker_sid", worker.key.as_str()), ("reservation_status", *state)];
        let all = store.kind_with_all(HOST, RESERVATIONS, &wanted);
        all.filter(|reservation| reservation.account == worker.account)
    };
    LIVE.iter().flat_map(in_state).collect()
}

/// Whether a reservation is in one of these states.
pub(super) fn is(reservation: &Object, states: &[&str]) -> bool {
    let state = reservation.text("reservation_status");
    state.is_some_and(|state| states.contains(&state))
}

/// Whether a reservation is about a task of this channel.
pub(super) fn is_on(reservation: &Object, channel: &str) -> bool {
    reservation.hidden.get(CHANNEL).and_then(Value::as_str) == Some(channel)
}

/// The contract's texts on `configured_capacity` and `available` of a worker's channel.
fn has_room(store: &Store, worker: &Object, task: &Object, many: bool) -> bool {
    let live = live(store, worker);
    if !many {
        return live.is_empty();
    }
    let asked = task.text("task_channel_sid").unwrap_or_default();
    let channels = format!("{}/Channels", worker.path);
    let mut channels = store.members_with(HOST, &worker.account, &channels, "task_channel_sid", asked);
    let Some(channel) = channels.next() else { return false };
    let taken = live.iter().filter(|reservation| is_on(reservation, asked)).count();
    let capacity = channel
        .body
        .get("configured_capacity")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    is_available(channel) && (taken as u64) < capacity
}

/// Whether a worker has rejected this task before, or let its time pass.
fn has_declined(store: &Store, worker: &Object, task: &Object) -> bool {
    let reservations = format!("{}/Reservations", task.path);
    let mut own = store.members_with(HOST, &task.account, &reservations, "worker_sid", worker.key.as_str());
    own.any(|reservation| is(reservation, &["rejected", "timeout"]))
}

fn reserve(state: &mut State, task: &Object, workers: &[Object], many: bool, now: Timestamp) {
    let workspace = workspace_of(&task.path).to_owned();
    let workflow = task.text("workflow_sid").unwrap_or_default();
    let workflow = state
        .store
        .find(HOST, &task.account, &format!("{workspace}/Workflows/{workflow}"));
    let seconds = workflow.and_then(|workflow| workflow.body.get("task_reservation_timeout")?.as_i64());
    // The contract's text on `TaskReservationTimeout`.
    let seconds = SignedDuration::from_secs(seconds.unwrap_or(120));
    let until = now.saturating_add(seconds).unwrap_or(Timestamp::MAX);
    let channel = task.body.get("task_channel_sid").cloned().unwrap_or_default();
    let collection = format!("{}/Reservations", task.path);
    for worker in workers {
        let name = worker.body.get("friendly_name").cloned().unwrap_or_default();
        let fields = Body::from_iter([
            ("reservation_status".to_owned(), Value::from("pending")),
            ("worker_sid".to_owned(), worker.key.as_str().into()),
            ("worker_name".to_owned(), name),
        ]);
        let contract = Contract::published();
        let made = build::object_at(state, contract, HOST, &task.account, &collection, fields, now);
        let Some(mut reservation) = made else { return };
        reservation
            .hidden
            .insert(TIMES_OUT.to_owned(), until.to_string().into());
        reservation.hidden.insert(CHANNEL.to_owned(), channel.clone());
        let sequence = state.store.insert(reservation);
        processes::watch(state, sequence, now);
        presence::occupied(state, &worker.account, &worker.path, now);
        if !many {
            presence::enter_by_queue(state, task, worker, "reservation_activity_sid", now);
        }
    }
    put(state, &task.account, &task.path, now, |task| {
        task.set("assignment_status", "reserved");
        ends::count_offer(task);
    });
}

/// Changes what nobody's request is about.
pub(super) fn put(state: &mut State, account: &str, path: &str, now: Timestamp, change: impl FnOnce(&mut Object)) {
    let Some(object) = state.store.find_mut(HOST, account, path) else {
        return;
    };
    object.previous = Some(Box::new(object.body.clone()));
    change(object);
    if let Some(resource) = Contract::published().resource(&object.host, &object.template) {
        build::touch(resource, object, now);
        versions::count(resource, object);
    }
    object.updated_ms = now.as_millisecond();
    let object = object.clone();
    references::changed(state, &object);
    processes::watch(state, object.sequence, now);
}
