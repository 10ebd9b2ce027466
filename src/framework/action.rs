//! Actions: what is done once, beside the objects of a state (Terraform from 1.14 on).
//!
//! An action is invoked by a trigger in the `lifecycle` block of a resource, or by name from the command line. It has a
//! configuration and no state, so all that anybody learns of it is what it says while it runs, and how it ended.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use tokio::sync::{mpsc, watch};

use super::diagnostics::{Diagnostic, Diagnostics};
use super::proto::invoke_action::{Event, event};
use super::schema::Schema;
use super::value::Value;
use crate::plugin::terminal;

/// How many lines may wait for Terraform to take them.
const ROOM: usize = 16;

/// Something that is done once.
#[async_trait]
pub trait Action: Send + Sync {
    /// Full type name, for example `twilio_send_message`.
    fn type_name(&self) -> &str;

    /// What the `config` block of an action may hold. Nothing in it is computed. Made anew on each call, so called when it is
    /// needed and not kept in vain.
    fn schema(&self) -> Schema;

    /// Checks beyond the schema. Any part may be unknown. No I/O.
    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Looks at it before it is approved. Any part may be unknown. Changes nothing.
    async fn plan(&self, _config: Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Does it. The configuration is wholly known, and has write-only values. The provider's stop ends it soon, with an error that
    /// says what is known; what was sent to a service is waited for, as nobody would learn of it otherwise.
    ///
    /// An error in what it answers fails the apply; the resource that triggered it is in the state by then.
    async fn invoke(&self, config: Value, progress: &Progress) -> Diagnostics;
}

/// Where an action says how far it has come.
///
/// Terraform 1.14 crashes over progress that comes after an interrupt. So what is said then waits for the end.
pub struct Progress {
    events: mpsc::Sender<Event>,
    /// Counts stops, of which there were so many when it began.
    stops: watch::Receiver<u64>,
    began: u64,
    late: Mutex<Vec<String>>,
}

impl Progress {
    /// One with room for a few lines that nobody took yet; with the other end.
    pub(super) fn new(stops: watch::Receiver<u64>) -> (Self, mpsc::Receiver<Event>) {
        let (events, receiver) = mpsc::channel(ROOM);
        let began = *stops.borrow();
        let progress = Self {
            events,
            stops,
            began,
            late: Mutex::default(),
        };
        (progress, receiver)
    }

    /// What was said after an interrupt, for the end of an action of this type that came to something all the same.
    pub(super) fn after_the_interrupt(&self, type_name: &str) -> Option<Diagnostic> {
        let late = self.late.lock().unwrap_or_else(PoisonError::into_inner);
        let detail = format!(
            "The run was interrupted while this was under way, and it was not given up, so that what became of it is known: {}.",
            late.join("; ")
        );
        (!late.is_empty()).then(|| Diagnostic::warning(format!("{type_name} went on after the interrupt"), detail))
    }

    /// Says something, in one line. That nobody listens any more stops nothing.
    pub async fn say(&self, line: impl AsRef<str> + Send) {
        let message = terminal::line(line.as_ref()).into_owned();
        if *self.stops.borrow() != self.began {
            let mut late = self.late.lock().unwrap_or_else(PoisonError::into_inner);
            return late.push(message);
        }
        let progress = event::Type::Progress(event::Progress { message });
        let _ = self.events.send(Event { r#type: Some(progress) }).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_acts_on_no_terminal_and_is_lost_where_nobody_listens() {
        let (progress, mut taken) = Progress::new(watch::Sender::new(0).subscribe());
        progress.say("sent to \u{1b}[2J\nx").await;
        let Some(event::Type::Progress(said)) = taken.recv().await.and_then(|event| event.r#type) else {
            panic!("no progress");
        };
        assert_eq!(said.message, "sent to \\u001b[2J\\nx");
        drop(taken);
        progress.say("nobody hears this").await;
    }
}
