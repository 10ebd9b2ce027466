//! States that Twilio moves by itself: which satisfy a configured value, which are a refusal, and what an apply can wait for.

use std::time::Duration;

use super::{Absent, Check, Field, Role, object, text};

/// A value that can be configured, and the values that Twilio makes of it in its own time.
pub type Satisfied = (&'static str, &'static [&'static str]);

/// States in which Twilio has refused an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The states.
    pub states: &'static [&'static str],
    /// Dotted paths in the response that say why, the best first; empty where Twilio gives no reason.
    pub reason: &'static [&'static str],
    /// Where it can be found out, in a sentence; empty where the response says it.
    pub look: &'static str,
}

/// The operations after which there is something to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// A create.
    Create,
    /// An update.
    Update,
    /// Both.
    Both,
}

/// Something that Twilio does in its own time after a write, and that an apply waits for where the configuration asks it to.
#[derive(Debug, Clone, Copy)]
pub struct Wait {
    /// The boolean field that asks for it: [`Role::Local`], with a default.
    pub argument: &'static str,
    /// After which operations.
    pub after: After,
    /// The property of the response, as a dotted path, that says how far it is.
    pub field: &'static str,
    /// The values at which it is done.
    pub until: &'static [&'static str],
    /// The values from which nothing more comes, and Twilio's reason.
    pub fails_on: Refusal,
    /// What it is then, for the log and diagnostics: "completed".
    pub goal: &'static str,
    /// Between two reads.
    pub pause: Duration,
    /// How long at most, where `timeouts` says nothing.
    pub at_most: Duration,
}

impl After {
    /// Whether a create is followed by it.
    pub const fn is_after_create(self) -> bool {
        matches!(self, Self::Create | Self::Both)
    }

    /// Whether an update is followed by it.
    pub const fn is_after_update(self) -> bool {
        matches!(self, Self::Update | Self::Both)
    }
}

/// The attribute `timeouts`, with one [`timeout`] for each operation that can wait.
pub const fn timeouts(operations: &'static [Field]) -> Field {
    object("timeouts", Role::Local(Absent::Clears), operations)
        .doc("How long an apply waits at most. Lengths of time are written as `\"90s\"`, `\"10m\"` or `\"1h30m\"`.")
}

/// How long one operation waits at most: `create` or `update`.
pub const fn timeout(operation: &'static str) -> Field {
    text(operation, Role::Local(Absent::Clears)).checks(&[Check::Duration])
}
