//! What is done once, beside the objects: a message that is sent, a subaccount that is suspended.

use futures::future::BoxFuture;

use super::hooks::{Step, Warnings};
use super::{AccountRule, Category, Field, Impact, KnownCode, Omitted, Parameters, Properties, Rule};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Effect, Product, Request};

/// One POST to Twilio that an action of Terraform's stands for.
#[derive(Clone, Copy)]
pub struct Action {
    /// Terraform's type name, for example `twilio_send_message`.
    pub name: &'static str,
    /// The provider version that offered it first.
    pub since: &'static str,
    /// What it is about, in a noun phrase used within sentences: `message`.
    pub noun: &'static str,
    /// Markdown: what it is for.
    pub doc: &'static str,
    /// Markdown: what a person who uses it has to know of Twilio and would not expect, a fact each.
    pub quirks: &'static [&'static str],
    /// Its heading in the documentation, and the folder of its table.
    pub category: Category,
    /// Twilio's page on it.
    pub api_page: &'static str,
    /// Which of Twilio's hosts serves it.
    pub product: Product,
    /// Path of the POST, `{field}` in place of parts that differ.
    pub path: &'static str,
    /// Another path, where a field says so.
    pub otherwise: Option<Otherwise>,
    /// Whether `account_sid` may be configured; an account itself is of its owner.
    pub account: AccountRule,
    /// The fields in documentation order, without `account_sid`.
    pub fields: &'static [Field],
    /// Rules between them.
    pub rules: &'static [Rule],
    /// Parameters of the contract that are left out on purpose, each with the reason.
    pub omitted: &'static [Omitted],
    /// What its products know of Twilio's error codes, the one that says most first.
    pub codes: &'static [&'static [KnownCode]],
    /// What doing it twice would do, which decides what is sent again after a lost response.
    pub effect: Effect,
    /// What it is to the people who answer for it, for a policy.
    pub impacts: &'static [Impact],
    /// What the response must be.
    pub answers: Answers,
    /// What is said of it.
    pub words: ActionWords,
    /// Code, where facts do not suffice.
    pub hooks: ActionHooks,
}

/// The path of an action that lacks a field which the other path takes.
#[derive(Debug, Clone, Copy)]
pub struct Otherwise {
    /// The field.
    pub without: &'static str,
    /// The path where it is not set.
    pub path: &'static str,
}

/// What the response to an action must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// A new object, whose SID starts with one of these pairs of letters.
    New(&'static [&'static str]),
    /// The object that the path names.
    Named,
    /// Some object of the account and the parents that the path names.
    Object,
    /// Whatever: the status alone says that it was done.
    Nothing,
}

/// What is said of an action while it runs, and where it ends.
#[derive(Debug, Clone, Copy)]
pub struct ActionWords {
    /// What is tried: `send the message`.
    pub infinitive: &'static str,
    /// While it is sent: `sending the message`.
    pub doing: &'static str,
    /// Fields that say what it is about, behind that: the first that has a SID or a phone number.
    pub about: &'static [&'static str],
    /// What is so after Twilio certainly did nothing: `Nothing was sent.`
    pub nothing: &'static str,
    /// What is not known after a lost response: `Whether the message was sent is not known.`
    pub unknown: &'static str,
    /// Where to look then, in sentences, and a command behind a line break and two spaces: the console and Twilio's own CLI. In place of
    /// `{to}` stands what that field has, and of `{account}` the account.
    pub look: &'static str,
    /// What Twilio's 404 means, where it means something else than that what the path names is missing.
    pub missing: Option<Missing>,
}

/// Something that an action needs and that is no part of its path.
#[derive(Debug, Clone, Copy)]
pub struct Missing {
    /// Where the object is that the path names: it is searched for first. `None` where the path names none.
    pub parent: Option<&'static str>,
    /// A heading.
    pub summary: &'static str,
    /// In sentences, with what to do.
    pub says: &'static str,
    /// The argument that says which was meant.
    pub at: &'static [&'static str],
}

/// See [`ActionHooks::done_already`].
pub(crate) type CheckBefore = for<'a> fn(Invocation<'a>) -> Step<'a, Option<String>>;

/// See [`ActionHooks::look_before`].
pub(crate) type LookBefore = for<'a> fn(Invocation<'a>) -> BoxFuture<'a, Option<String>>;

/// See [`ActionHooks::found_done`].
pub(crate) type SearchAfter = for<'a> fn(Invocation<'a>) -> Step<'a, Option<Properties>>;

/// Code that an action may carry, by phase: `validate` (no I/O) → `plan` → `done_already` → `look_before` → `encode` → the POST →
/// `found_done`, after a lost response → `outcome`.
#[derive(Clone, Copy)]
pub struct ActionHooks {
    /// Checks between fields. Any part of the configuration may be unknown.
    pub validate: Option<fn(config: &Value, diagnostics: &mut Diagnostics)>,
    /// Warns before it is approved. Any part may be unknown.
    pub plan: Option<fn(client: &Client, account: &AccountSid, config: &Value, warnings: &Warnings)>,
    /// Whether there is nothing to do, with what to say then.
    pub done_already: Option<CheckBefore>,
    /// What is to be seen before it is done and not afterwards, in a line to say. It holds up nothing, and changes nothing.
    pub look_before: Option<LookBefore>,
    /// Shapes the parameters.
    pub encode: Option<fn(config: &Value, parameters: &mut Parameters)>,
    /// Finds out whether it was done all the same: the response as it would have been. Where nobody can tell, `None`.
    pub found_done: Option<SearchAfter>,
    /// What it came to, in a line; or why it counts as failed though Twilio took the request.
    pub outcome: fn(config: &Value, response: &Properties) -> Result<String, Box<Diagnostic>>,
}

impl ActionHooks {
    /// No code but what the response is told by.
    pub const fn telling(outcome: fn(&Value, &Properties) -> Result<String, Box<Diagnostic>>) -> Self {
        Self {
            validate: None,
            plan: None,
            done_already: None,
            look_before: None,
            encode: None,
            found_done: None,
            outcome,
        }
    }
}

/// Where and for whom an action is invoked.
#[derive(Clone, Copy)]
pub struct Invocation<'a> {
    /// The table.
    pub action: &'static Action,
    /// Twilio.
    pub client: &'a Client,
    /// The account that it is invoked in.
    pub account: &'a AccountSid,
    /// The configuration, wholly known.
    pub config: &'a Value,
    /// Where it is sent.
    pub path: &'a str,
}

impl Action {
    /// The path for this configuration.
    pub fn path_for(&self, config: &Value) -> &'static str {
        match self.otherwise {
            Some(otherwise) if config.attr(otherwise.without).is_null() => otherwise.path,
            _ => self.path,
        }
    }
}

impl Invocation<'_> {
    /// A GET of what the action's path names.
    pub fn get(&self) -> Request {
        Request::get(self.action.product, self.account, self.path)
    }
}
