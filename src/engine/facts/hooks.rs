//! Code that a table can carry, by phase.
//!
//! For one operation the phases run in this order, each only where the table has it:
//! `validate` (no I/O) → `plan` → `before_write` → `encode` → `create` or the engine's own request → `after_write` → `decode` → stored.
//! Reading: the engine's request → `after_read` → `is_gone` → `decode` → stored. Deleting: `before_delete` → `delete` or the
//! engine's own request. A hook is short and does one thing that Twilio does differently; when a third resource needs the
//! same, it belongs in the engine.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use futures::future::BoxFuture;

use super::{Access, Impact, Intent, Managed, Memory, Object, Parameters, Policy, Properties};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Error};

/// What an asynchronous hook returns.
pub type Step<'a, T = ()> = BoxFuture<'a, Result<T, Fault>>;

/// A hook that plans.
pub type PlanHook = for<'a> fn(Planning<'a>) -> Step<'a>;

/// A hook that may refuse to begin a write.
pub type CheckHook = for<'a> fn(Call<'a>, Intent<'a>) -> Step<'a>;

/// A hook that makes an object.
pub type CreateHook = for<'a> fn(Call<'a>, Intent<'a>, Parameters) -> Step<'a, Properties>;

/// A hook that completes a write.
pub type WriteHook = for<'a> fn(Call<'a>, Intent<'a>, &'a mut Properties) -> Step<'a>;

/// A hook that completes a read.
pub type ReadHook = for<'a> fn(Call<'a>, &'a mut Properties) -> Step<'a>;

/// A hook about an object that goes.
pub type DeleteHook = for<'a> fn(Call<'a>, &'static Managed) -> Step<'a>;

/// A hook that compares what is configured with what Twilio returned.
pub type CompareHook = fn(attribute: &str, configured: &Value, returned: &Value) -> Option<bool>;

/// A hook that may refuse that an object goes.
pub type GuardHook = fn(client: &Client, id: &str) -> Result<(), Diagnostic>;

/// A hook that holds a change against the rules of a policy that are about its product.
pub type PolicyHook = for<'a> fn(Reviewed<'a>) -> BoxFuture<'a, Result<(), Box<Diagnostic>>>;

/// What reading needs beside the facts.
#[derive(Clone, Copy)]
pub struct ReadHooks {
    /// Completes a read with what other paths return.
    pub after_read: Option<ReadHook>,
    /// Whether an item of the list is such an object at all: a list of accounts has the parent, too.
    pub is_one: Option<fn(item: &Properties) -> bool>,
    /// Whether an object that Twilio still returns is gone for all purposes.
    pub is_gone: Option<fn(response: &Properties) -> bool>,
    /// What such an object is, within sentences: `closed`.
    pub gone_is: &'static str,
    /// Shapes a response before it is stored. `base` is the plan after a write and the earlier state on a read.
    pub decode: Option<fn(response: &mut Properties, base: &Value)>,
    /// Finds an object by something else than its SID when it is imported: a phone number, a unique name.
    pub find: Option<FindHook>,
}

/// What writing needs beside the facts.
#[derive(Clone, Copy)]
pub struct WriteHooks {
    /// Checks between attributes. Any part of the configuration may be unknown.
    pub validate: Option<fn(config: &Value, diagnostics: &mut Diagnostics)>,
    /// Has the last word on a plan, or refuses it. Of an object that is there before Terraform it says itself what the first apply
    /// changes; without it the engine does.
    pub plan: Option<PlanHook>,
    /// Refuses to begin a create or update that the plan no longer fits, before anything is sent that changes something.
    pub before_write: Option<CheckHook>,
    /// Shapes the parameters of a create or update.
    pub encode: Option<fn(intent: &Intent<'_>, parameters: &mut Parameters)>,
    /// Makes the object, in place of the engine's POST to the collection.
    pub create: Option<CreateHook>,
    /// Whether an item of the collection can be what was planned, beyond what its fields say. Asked after the response to a
    /// create was lost.
    pub could_be: Option<fn(planned: &Value, item: &Properties) -> bool>,
    /// Completes a create or update: sub-collections, second calls. The object exists; a fault does not lose it.
    pub after_write: Option<WriteHook>,
    /// Whether a configured value is what Twilio has, though it may be written in another way; `None` where nobody can say.
    /// Asked before an object is adopted. Without it two values are the same when they are equal.
    pub same_as_returned: Option<CompareHook>,
    /// What these hooks request beyond what follows from the lifecycle, where they may: a check of the plan, a search. Without
    /// permission for it they go on, and check or find less; or they refuse to lose what they cannot look for.
    pub asks: &'static [Access],
    /// Holds a change against a policy, in the plan and again before anything is sent. Only where there is a policy, and where
    /// the rules that are about every product have nothing against it.
    pub policy: Option<PolicyHook>,
    /// Refuses that the object of this id goes, while planning and again before it does.
    pub may_go: Option<GuardHook>,
    /// Prepares or refuses a delete.
    pub before_delete: Option<DeleteHook>,
    /// Does what destroying means, for [`super::Destroy::Hook`]. "Not found" counts as success where the account is in sight.
    pub delete: Option<DeleteHook>,
}

/// Finds an object by a text that people know it by.
#[derive(Clone, Copy)]
pub struct FindHook {
    /// What the text is, for documentation and errors: `phone number in E.164 form`.
    pub what: &'static str,
    /// An example.
    pub example: &'static str,
    /// Whether a text looks like one.
    pub recognises: fn(&str) -> bool,
    /// Looks it up; `None` when there is none.
    pub find: for<'a> fn(Call<'a>, &'a str) -> Step<'a, Option<Properties>>,
}

impl ReadHooks {
    /// No code: the table says it all.
    pub const NONE: Self = Self {
        after_read: None,
        is_one: None,
        is_gone: None,
        gone_is: "gone",
        decode: None,
        find: None,
    };
}

impl WriteHooks {
    /// No code: the table says it all.
    pub const NONE: Self = Self {
        validate: None,
        plan: None,
        before_write: None,
        encode: None,
        create: None,
        could_be: None,
        after_write: None,
        same_as_returned: None,
        asks: &[],
        policy: None,
        may_go: None,
        before_delete: None,
        delete: None,
    };
}

/// Where and for whom requests are made.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// What there is.
    pub object: &'static Object,
    /// Twilio.
    pub client: &'a Client,
    /// The account the object is in.
    pub account: &'a AccountSid,
    /// The object as planned or stored, from which paths are made.
    pub state: &'a Value,
    /// Takes warnings, and what is noted of the object beside the state.
    pub warnings: &'a Warnings,
}

/// A plan in the making.
pub struct Planning<'a> {
    /// The table.
    pub resource: &'static Managed,
    /// Twilio and the object's account, when both are known already.
    pub connection: Option<(&'a Client, &'a AccountSid)>,
    /// The object as stored; null for a create.
    pub prior: &'a Value,
    /// The configuration; null for a delete.
    pub config: &'a Value,
    /// The plan, to be changed; null for a delete.
    pub planned: &'a mut Value,
    /// Further paths that force replacement.
    pub requires_replace: &'a mut Vec<AttributePath>,
    /// Whether the stored object goes: a destroy, or a replacement by the table's rules.
    pub destroys: bool,
    /// What the hooks of this run remember.
    pub memory: &'a Memory,
    /// Takes warnings.
    pub warnings: &'a Warnings,
}

/// A change that is held against a policy.
pub struct Reviewed<'a> {
    /// The rules, and what the run has counted.
    pub policy: &'a Policy,
    /// Twilio and the object's account, when both are known already.
    pub connection: Option<(&'a Client, &'a AccountSid)>,
    /// The object as stored; null for what is new.
    pub prior: &'a Value,
    /// The object as it is to be; null for what goes.
    pub planned: &'a Value,
    /// The object that goes: `prior`, or what is known of the one that makes room for a new one. Null where nothing goes.
    pub gone: &'a Value,
    /// The configuration; null for what goes.
    pub config: &'a Value,
    /// The type, as a policy has it.
    pub type_name: &'static str,
    /// What the change is.
    pub impacts: &'a BTreeSet<Impact>,
    /// What it is about, within sentences.
    pub named: &'a str,
    /// Whether something makes room for it.
    pub replaces: bool,
    /// Whether it is about to be made.
    pub is_apply: bool,
    /// What is so after a refusal, in a sentence.
    pub outcome: &'static str,
    /// Takes warnings.
    pub warnings: &'a Warnings,
}

/// What an operation says beside its result: warnings, and notes.
///
/// Notes are what the provider alone knows of an object and no state shows, as what it has made of parts so far. They are stored in
/// the private data with whatever state an operation ends in, also where it ends in an error: what was done is known then.
#[derive(Debug, Default)]
pub struct Warnings {
    said: Mutex<Diagnostics>,
    notes: Mutex<Properties>,
}

impl Warnings {
    /// None so far, beside what was noted by the operations before.
    pub fn beside(notes: Properties) -> Self {
        Self {
            said: Mutex::default(),
            notes: Mutex::new(notes),
        }
    }

    /// Adds one.
    pub fn add(&self, diagnostic: Diagnostic) {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(diagnostic);
    }

    /// Adds several.
    pub fn add_all(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.add(diagnostic));
    }

    /// All that were added.
    pub fn take(self) -> Diagnostics {
        self.said.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is noted.
    pub fn notes(&self) -> Properties {
        self.noting(|notes| notes.clone())
    }

    /// Reads or changes what is noted.
    pub fn noting<T>(&self, change: impl FnOnce(&mut Properties) -> T) -> T {
        change(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Why a step could not be done.
#[derive(Debug)]
pub enum Fault {
    /// Twilio or the way to it: the engine says what was attempted.
    Api(Box<Error>),
    /// The hook says it all.
    Diagnostic(Box<Diagnostic>),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<Diagnostic> for Fault {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Diagnostic(Box::new(diagnostic))
    }
}
