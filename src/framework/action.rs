//! Actions: what is done once, beside the objects of a state (Terraform from 1.14 on).
//!
//! An action is invoked by a trigger in the `lifecycle` block of a resource, or by name from the command line. It has a
//! configuration and no state, so all that anybody learns of it is what it says while it runs, and how it ended.

use async_trait::async_trait;
use tokio::sync::mpsc;

use super::diagnostics::Diagnostics;
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
pub struct Progress(mpsc::Sender<Event>);

impl Progress {
    /// One with room for a few lines that nobody took yet; with the other end.
    pub(super) fn new() -> (Self, mpsc::Receiver<Event>) {
        let (events, receiver) = mpsc::channel(ROOM);
        (Self(events), receiver)
    }

    /// Says something, in one line. That nobody listens any more stops nothing.
    pub async fn say(&self, line: impl AsRef<str> + Send) {
        let message = terminal::line(line.as_ref()).into_owned();
        let progress = event::Type::Progress(event::Progress { message });
        let _ = self.0.send(Event { r#type: Some(progress) }).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_acts_on_no_terminal_and_is_lost_where_nobody_listens() {
        let (progress, mut taken) = Progress::new();
        progress.say("sent to \u{1b}[2J\nx").await;
        let Some(event::Type::Progress(said)) = taken.recv().await.and_then(|event| event.r#type) else {
            panic!("no progress");
        };
        assert_eq!(said.message, "sent to \\u001b[2J\\nx");
        drop(taken);
        progress.say("nobody hears this").await;
    }
}
