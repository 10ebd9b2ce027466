//! What goes on by itself: the steps of [`crate::facts::moves`] and the ends of [`crate::facts::lifetimes`], made when the clock has come to them, and how a test lets one end
//! otherwise.
//!
//! Nothing waits: [`watch`] notes when an object's next step is due, and [`settle`] makes all steps that are due before a request
//! is answered. A step is made as of the time at which it was due, so a long way ahead passes through all states.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::behaviours;
use crate::behaviours::taskrouter::assignment;
use crate::contract::{Contract, canonical_host};
use crate::facts::lifetimes::{self, End, LIFETIMES, Lifetime};
use crate::facts::moves::{self, MOVES, Move};
use crate::facts::references;
use crate::generic::build;
use crate::state::State;
use crate::store::{Body, Object};

/// Steps that are due some time, and the orders of a test.
#[derive(Debug, Default)]
pub(crate) struct Processes {
    /// By time in milliseconds and number of the object.
    due: BTreeMap<(i64, u64), Step>,
    /// Time of the step of an object.
    of_object: HashMap<u64, i64>,
    outcomes: Vec<Outcome>,
}

/// What is due.
#[derive(Debug, Clone, Copy)]
enum Step {
    Move(&'static Move),
    End(&'static Lifetime),
}

/// An order of a test: how matching processes end.
#[derive(Debug)]
struct Outcome {
    raw: Value,
    host: Option<String>,
    path: Option<Regex>,
    /// The state in place of the usual one; `None` if the process stays where it is, or only goes on sooner.
    to: Option<String>,
    /// Whether the next request finds it done, however long it takes otherwise.
    soon: bool,
    set: Body,
    times: Option<u64>,
}

impl Processes {
    fn forget(&mut self, sequence: u64) {
        if let Some(at) = self.of_object.remove(&sequence) {
            self.due.remove(&(at, sequence));
        }
    }

    /// Replaces all orders by those of a JSON array.
    ///
    /// # Errors
    /// A sentence that says which order is not understood and why; nothing changes then.
    pub(crate) fn order(&mut self, orders: &[u8]) -> Result<(), String> {
        let orders: Vec<Value> =
            serde_json::from_slice(orders).map_err(|error| format!("not a JSON array of outcomes: {error}"))?;
        let orders = orders
            .into_iter()
            .enumerate()
            .map(|(index, order)| read(order).map_err(|why| format!("outcome {index}: {why}")));
        self.outcomes = orders.collect::<Result<_, _>>()?;
        Ok(())
    }

    /// The orders as they were given, without those that are used up.
    pub(crate) fn orders(&self) -> Value {
        self.outcomes
            .iter()
            .filter(|outcome| outcome.times != Some(0))
            .map(|outcome| outcome.raw.clone())
            .collect()
    }

    /// The order for this step of this object, counted.
    fn ordered(&mut self, step: &Move, object: &Object) -> Option<(Option<String>, Body)> {
        let outcome = self.outcomes.iter_mut().find(|outcome| {
            let leads_there = match &outcome.to {
                Some(to) => step.instead.contains(&to.as_str()),
                None => true,
            };
            leads_there && !outcome.soon && outcome.times != Some(0) && outcome.is_about(object)
        })?;
        if let Some(times) = &mut outcome.times {
            *times -= 1;
        }
        Some((outcome.to.clone(), outcome.set.clone()))
    }
}

impl Outcome {
    fn is_about(&self, object: &Object) -> bool {
        self.host.as_ref().is_none_or(|host| *host == object.host)
            && self.path.as_ref().is_none_or(|path| path.is_match(&object.path))
    }
}

fn read(raw: Value) -> Result<Outcome, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Order {
        #[serde(default, rename = "match")]
        matching: Matching,
        to: Option<String>,
        #[serde(default)]
        stays: bool,
        #[serde(default)]
        soon: bool,
        #[serde(default)]
        set: Body,
        times: Option<u64>,
    }
    #[derive(Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Matching {
        host: Option<String>,
        path: Option<String>,
    }
    let order: Order = serde_json::from_value(raw.clone()).map_err(|error| error.to_string())?;
    let host = order.matching.host.as_deref().map(canonical_host);
    let of_host = |step: &&Move| host.as_ref().is_none_or(|host| host == step.at.0);
    match (&order.to, order.stays, order.soon) {
        (None, true, false) | (Some(_), false, false) | (None, false, true) => {}
        _ => return Err("it needs one of the member to, \"stays\": true and \"soon\": true".to_owned()),
    }
    let mut steps = MOVES.iter().filter(of_host);
    let known = match &order.to {
        Some(to) => steps.any(|step| step.instead.contains(&to.as_str())),
        None => steps.next().is_some(),
    };
    if !known {
        let to = order.to.as_deref().unwrap_or("stays");
        return Err(format!("no process ends with {to} there"));
    }
    let steps: Vec<&Move> = MOVES.iter().filter(of_host).collect();
    let has = |name: &str| {
        let mut resources = steps
            .iter()
            .filter_map(|step| Contract::published().resource(step.at.0, step.at.1));
        resources.any(|resource| resource.object_fields().iter().any(|field| field.name == name))
    };
    if let Some(unknown) = order.set.keys().find(|name| !has(name)) {
        return Err(format!("nothing whose state moves there has a field {unknown}"));
    }
    let path = order.matching.path.map(|path| Regex::new(&path)).transpose();
    let path = path.map_err(|error| format!("path is no regular expression: {error}"))?;
    Ok(Outcome {
        raw,
        host,
        path,
        to: order.to,
        soon: order.soon,
        set: order.set,
        times: order.times,
    })
}

/// Notes when the next step of an object is due, as it is stored now. A process that already goes on is left alone.
pub(crate) fn watch(state: &mut State, sequence: u64, now: Timestamp) {
    let Some(object) = state.store.numbered_mut(sequence) else {
        return state.processes.forget(sequence);
    };
    let resource = Contract::published().resource(&object.host, &object.template);
    let next = resource.and_then(|resource| moves::of(resource).find(|step| step.state(object) == Some(step.from)));
    let ends = resource.into_iter().flat_map(lifetimes::of);
    let ends = ends.filter_map(|end| Some((end.due(object)?.as_millisecond(), end)));
    let end = ends.min_by_key(|(at, _)| *at);
    let going_on = state.processes.of_object.get(&sequence).copied();
    let going_on = going_on.and_then(|at| Some((at, *state.processes.due.get(&(at, sequence))?)));
    state.processes.forget(sequence);
    let next = next.map(|step| match going_on {
        // A process that goes on already is left alone.
        Some((at, Step::Move(known))) if std::ptr::eq(known, step) => (at, step),
        _ => {
            let mut orders = state.processes.outcomes.iter();
            let after = match orders.any(|order| order.soon && order.is_about(object)) {
                true => 0,
                false => step.after,
            };
            let at = now.saturating_add(SignedDuration::from_secs(after));
            (at.unwrap_or(Timestamp::MAX).as_millisecond(), step)
        }
    });
    let next = next.map(|(at, step)| (at, Step::Move(step)));
    let end = end.map(|(at, end)| (at, Step::End(end)));
    if let Some((at, step)) = next.into_iter().chain(end).min_by_key(|(at, _)| *at) {
        state.processes.due.insert((at, sequence), step);
        state.processes.of_object.insert(sequence, at);
    }
}

/// Makes all steps that are due by now.
pub(crate) fn settle(state: &mut State, now: Timestamp) {
    // What waits for a worker has found one before the clock goes on.
    assignment::settle(state);
    loop {
        let is_due = |at: &i64| *at <= now.as_millisecond();
        let next = state.processes.due.first_key_value().map(|(key, step)| (*key, *step));
        let next = next.filter(|((at, _), _)| is_due(at));
        // What waits for a time of day comes in between.
        let change = assignment::next_change(state).filter(is_due);
        match (next, change) {
            (None, None) => break,
            (Some(((at, sequence), step)), change) if change.is_none_or(|change| at <= change) => {
                state.processes.forget(sequence);
                let at = Timestamp::from_millisecond(at).unwrap_or(now);
                match step {
                    Step::Move(step) => make(state, sequence, step, at),
                    Step::End(lifetime) => end(state, sequence, lifetime, at),
                }
            }
            _ => assignment::note_change(state),
        }
        assignment::settle(state);
    }
}

fn make(state: &mut State, sequence: u64, step: &'static Move, at: Timestamp) {
    let State { store, processes, .. } = state;
    let Some(object) = store.numbered_mut(sequence) else {
        return;
    };
    if step.state(object) != Some(step.from) {
        return;
    }
    let ordered = processes.ordered(step, object);
    let (to, set) = match ordered {
        Some((None, _)) => return,
        Some((Some(to), set)) => (to, set),
        None => {
            let also = step.also.iter();
            let also = also.map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
            (step.to.to_owned(), also.collect())
        }
    };
    object.previous = Some(Box::new(object.body.clone()));
    step.set(object, &to);
    object.body.extend(set);
    changed(state, sequence, at);
}

/// What is timed has come to its end.
fn end(state: &mut State, sequence: u64, lifetime: &'static Lifetime, at: Timestamp) {
    let Some(object) = state.store.numbered_mut(sequence) else {
        return;
    };
    match &lifetime.end {
        End::Gone => {
            let (host, account, path) = (object.host.clone(), object.account.clone(), object.path.clone());
            for gone in state.store.remove(&host, &account, &path) {
                state.processes.forget(gone.sequence);
                for behaviour in behaviours::at(&gone.host, &gone.template) {
                    behaviour.removed_outside(state, &gone);
                }
            }
        }
        End::Asked { .. } => {
            let object = object.clone();
            for behaviour in behaviours::at(&object.host, &object.template) {
                behaviour.came_due(state, &object, at);
            }
            watch(state, sequence, at);
        }
        End::State { field, to, also, .. } => {
            object.previous = Some(Box::new(object.body.clone()));
            object.set(field, *to);
            lifetimes::write(object, also, at);
            changed(state, sequence, at);
        }
    }
}

/// An object has changed by itself.
fn changed(state: &mut State, sequence: u64, at: Timestamp) {
    let Some(object) = state.store.numbered_mut(sequence) else {
        return;
    };
    if let Some(resource) = Contract::published().resource(&object.host, &object.template) {
        build::touch(resource, object, at);
    }
    object.updated_ms = at.as_millisecond();
    let object = object.clone();
    for behaviour in behaviours::at(&object.host, &object.template) {
        behaviour.changed_outside(state, &object);
    }
    references::changed(state, &object);
    watch(state, sequence, at);
}

/// The list of processes, as the control endpoint shows it.
pub(crate) fn listed() -> Value {
    let ends = LIFETIMES.iter().map(|lifetime| match &lifetime.end {
        End::Gone => json!({"host": lifetime.at.0, "collection": lifetime.at.1, "to": "gone"}),
        End::Asked { field, from } => json!({
            "host": lifetime.at.0,
            "collection": lifetime.at.1,
            "field": field,
            "from": from,
            "to": "goes on",
        }),
        End::State { field, from, to, .. } => json!({
            "host": lifetime.at.0,
            "collection": lifetime.at.1,
            "field": field,
            "from": from.join(", "),
            "to": to,
        }),
    });
    MOVES
        .iter()
        .map(|step| {
            json!({
                "host": step.at.0,
                "collection": step.at.1,
                "field": step.field,
                "from": step.from,
                "to": step.to,
                "after_s": step.after,
                "instead": step.instead,
            })
        })
        .chain(ends)
        .collect()
}
