//! Waiting for what Twilio does in its own time: a build, a review, an address that is unregistered.
//!
//! A wait never loses the object: it is in the state whatever comes of the wait. What the configuration asked to wait for and
//! did not come in time is a warning after a create and an error after an update. An error of a create taints the object, and
//! Terraform would destroy and make again what is still on its way; an error of an update does not, and keeps what depends on
//! the object from being applied. A state from which nothing more comes is an error after both: the object that was made will
//! never be what was requested.

use std::time::Duration;

use serde_json::Value as Json;

use crate::engine::errors::diagnose::{Attempt, label};
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Intent, Operation, Properties, Wait};
use crate::engine::operations::read::complete;
use crate::engine::operations::refused::{in_backticks, reason};
use crate::engine::operations::requests::fetch;
use crate::engine::values::duration;
use crate::engine::values::properties::field;
use crate::framework::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::twilio::ErrorKind;

/// What is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Goal<'a> {
    /// What the object is then, as in "the build is completed".
    pub what: &'a str,
    /// The property, as a dotted path. A missing one reads as an empty text.
    pub field: &'a str,
    /// The values at which it is done.
    pub until: &'a [&'a str],
    /// The values from which nothing more comes.
    pub fails_on: &'a [&'a str],
    /// Between two reads.
    pub pause: Duration,
    /// How long at most.
    pub at_most: Duration,
}

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It is done.
    Reached,
    /// Nothing more comes.
    Failed,
    /// The time is over.
    TooLong,
    /// The run was stopped.
    Stopped,
}

/// Reads an object until it is as far as was meant. `object` is as it was last read, and then as it is read.
///
/// # Errors
/// What a read returned.
pub async fn poll(call: Call<'_>, object: &mut Properties, goal: Goal<'_>) -> Result<End, Fault> {
    let begun = call.client.elapsed();
    let mut failed_reads = 0;
    loop {
        let state = state_of(object, goal.field);
        if goal.until.contains(&state) {
            return Ok(End::Reached);
        }
        if goal.fails_on.contains(&state) {
            return Ok(End::Failed);
        }
        let waited = call.client.elapsed().saturating_sub(begun);
        let Some(left) = goal.at_most.checked_sub(waited).filter(|left| !left.is_zero()) else {
            return Ok(End::TooLong);
        };
        tracing::info!(
            resource = call.object.name,
            property = goal.field,
            state,
            waited_s = waited.as_secs(),
            at_most_s = goal.at_most.as_secs(),
            "waiting until the {} is {}",
            call.object.noun,
            goal.what
        );
        if !call.client.pause(goal.pause.min(left)).await {
            return Ok(End::Stopped);
        }
        let waited = call.client.elapsed().saturating_sub(begun);
        let left = goal.at_most.saturating_sub(waited).max(SHORTEST_READ);
        // A read may be repeated for minutes, and is given up with the time that is left.
        let client = call.client.within(left);
        match fetch(Call {
            client: &client,
            ..call
        })
        .await
        {
            // What other paths added to the object stays.
            Ok(seen) => {
                failed_reads = 0;
                object.extend(seen);
            }
            Err(Fault::Api(error)) if error.kind == ErrorKind::Stopped => return Ok(End::Stopped),
            Err(fault) if failed_reads + 1 >= MOST_FAILED_READS => return Err(fault),
            Err(fault) => {
                failed_reads += 1;
                if let Fault::Api(why) = fault {
                    tracing::warn!(resource = call.object.name, reason = %why, "a look failed, and is taken again");
                }
            }
        }
    }
}

/// How many reads one after the other may fail before nothing more is expected of them: a wait may take days, and one odd answer
/// is not its end.
const MOST_FAILED_READS: u32 = 3;

/// What the last read gets at least.
const SHORTEST_READ: Duration = Duration::from_secs(1);

fn state_of<'o>(object: &'o Properties, path: &str) -> &'o str {
    field(object, path).and_then(Json::as_str).unwrap_or_default()
}

/// Waits for all that the configuration asks to wait for after this write. `object` is as the write answered it, and then as it
/// was last seen.
///
/// # Errors
/// A diagnostic, an error or a warning, of the first thing that did not come about.
pub async fn until_done(call: Call<'_>, intent: Intent<'_>, object: &mut Properties) -> Result<(), WaitFailure> {
    let is_update = intent.operation == Operation::Update;
    let waits = intent.resource.waits.iter().filter(|wait| match is_update {
        true => wait.after.is_after_update(),
        false => wait.after.is_after_create(),
    });
    for wait in waits.filter(|wait| intent.planned.attr(wait.argument).as_bool() == Some(true)) {
        let at_most = configured(intent.planned, is_update).unwrap_or(wait.at_most);
        let goal = Goal {
            what: wait.goal,
            field: wait.field,
            until: wait.until,
            fails_on: wait.fails_on.states,
            pause: wait.pause,
            at_most,
        };
        let polled = match poll(call, object, goal).await {
            Ok(end) => complete(call, object).await.map(|()| end),
            Err(fault) => Err(fault),
        };
        let waiting = Waiting {
            call,
            wait,
            is_update,
            at_most,
        };
        match polled {
            Ok(End::Reached) => {}
            Ok(end) => return Err(waiting.failure(waiting.ended(end, object))),
            Err(fault) => return Err(waiting.failure(waiting.lost_sight(fault))),
        }
    }
    Ok(())
}

/// What `timeouts` says of this operation.
fn configured(planned: &Value, is_update: bool) -> Option<Duration> {
    let operation = if is_update { "update" } else { "create" };
    duration::parse(planned.attr("timeouts").attr(operation).as_str()?)
}

/// What did not come about.
pub struct WaitFailure {
    /// The attribute that was to become something.
    field: &'static str,
    /// What there is to say.
    diagnostic: Diagnostic,
}

impl WaitFailure {
    /// All that is to be said, where the responses also differ from the plan: that the attribute is not as planned is said here.
    pub fn with_mismatches(waited: Result<(), Self>, mismatches: Diagnostics) -> Diagnostics {
        let Err(failure) = waited else { return mismatches };
        let at = AttributePath::attribute(failure.field);
        let others = mismatches.into_iter().filter(|mismatch| mismatch.path != at);
        others.chain([failure.diagnostic]).collect()
    }
}

/// A wait that did not end well.
struct Waiting<'a> {
    call: Call<'a>,
    wait: &'static Wait,
    is_update: bool,
    at_most: Duration,
}

impl Waiting<'_> {
    fn failure(&self, diagnostic: Diagnostic) -> WaitFailure {
        WaitFailure {
            field: self.wait.field,
            diagnostic,
        }
    }

    fn ended(&self, end: End, object: &Properties) -> Diagnostic {
        let Self { call, wait, .. } = *self;
        let (done, operation) = self.done();
        let state = state_of(object, wait.field);
        let reached = match state {
            "" => format!("Twilio does not say its {}", wait.field),
            state => format!("its {} is {}", wait.field, in_backticks(state)),
        };
        let subject = format!("{} {}", call.object.noun, label(call.object, call.state));
        let subject = subject.trim_end();
        let goes_on = format!(
            "Twilio goes on by itself, and what needs it may be refused until it is {}. Check it with terraform plan \
             -refresh-only, then apply what is left.",
            wait.goal
        );
        let (summary, detail) = match end {
            End::Failed => (
                format!("{} was {done}, and Twilio ended it with a failure", call.object.name),
                format!(
                    "The {subject} was {done} and is in the state; {reached}, so it will not be {}. {}.{} {}",
                    wait.goal,
                    match reason(call, object, wait.fails_on.reason) {
                        Some(reason) => format!("Twilio says: {}", reason.trim_end_matches('.')),
                        None => "Twilio gives no reason".to_owned(),
                    },
                    match wait.fails_on.look {
                        "" => String::new(),
                        look => format!(" {look}"),
                    },
                    match self.is_update {
                        true => "Correct what is wrong, and apply again.",
                        false => {
                            "Terraform marks it as tainted, so that the next apply makes another in its place: correct what \
                             is wrong first. To keep this one and change it, run terraform untaint with its address."
                        }
                    }
                ),
            ),
            End::Stopped => (
                format!("{} was {done}, and the wait for it was interrupted", call.object.name),
                format!(
                    "The {subject} was {done} and is in the state; {reached}. {} should have waited until it is {}, and \
                     the run was stopped. {goes_on}",
                    wait.argument, wait.goal
                ),
            ),
            End::TooLong | End::Reached => (
                format!("{} was {done}, and is not {} yet", call.object.name, wait.goal),
                format!(
                    "The {subject} was {done} and is in the state; after {} {reached}, and {} waits until it is {}. {goes_on} \
                     To wait longer, set timeouts = {{ {operation} = \"…\" }}.",
                    duration::shown(self.at_most),
                    wait.argument,
                    wait.goal
                ),
            ),
        };
        let mut diagnostic = Diagnostic::error(summary, detail).at_attribute(wait.argument);
        if end != End::Failed {
            diagnostic.severity = self.severity();
        }
        diagnostic
    }

    /// A read failed, and not the write.
    fn lost_sight(&self, fault: Fault) -> Diagnostic {
        let Self { call, wait, .. } = *self;
        let (done, _) = self.done();
        let attempt = Attempt {
            object: call.object,
            operation: Operation::Read,
            state: call.state,
        };
        let mut diagnostic = attempt.diagnose(fault);
        diagnostic.severity = self.severity();
        diagnostic.detail = format!(
            "The {} was {done} and is in the state. {} should have waited until it is {}, and reading it failed: {} Run \
             plan and apply again.",
            call.object.noun, wait.argument, wait.goal, diagnostic.detail
        );
        diagnostic.summary = format!("{} was {done}, and the wait for it failed", call.object.name);
        diagnostic
    }

    /// What was done, and under which name `timeouts` has it.
    fn done(&self) -> (&'static str, &'static str) {
        match self.is_update {
            true => ("changed", "update"),
            false => ("created", "create"),
        }
    }

    /// An error of a create would taint what is on its way.
    fn severity(&self) -> Severity {
        match self.is_update {
            true => Severity::Error,
            false => Severity::Warning,
        }
    }
}
