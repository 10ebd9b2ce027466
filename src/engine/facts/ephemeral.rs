//! What Terraform opens for one run and stores nowhere.

use futures::future::BoxFuture;
use jiff::Timestamp;

use super::hooks::{Fault, Step, Warnings};
use super::{Category, Field, KnownCode, Properties, Rule};
use crate::framework::diagnostics::Diagnostics;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client};

/// A value that is made or fetched for one run: a token, or an object that goes with the run.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "facts for the documentation and for tests")
)]
#[derive(Clone, Copy)]
pub struct Ephemeral {
    /// Terraform's type name.
    pub name: &'static str,
    /// The provider version that offered it first.
    pub since: &'static str,
    /// What it is, in a noun phrase used within sentences.
    pub noun: &'static str,
    /// Markdown: what it is for.
    pub doc: &'static str,
    /// Markdown: what a person who uses it has to know and would not expect, a fact each.
    pub quirks: &'static [&'static str],
    /// Its heading in the documentation, and the folder of its table.
    pub category: Category,
    /// Twilio's page on it.
    pub api_page: &'static str,
    /// The attributes in documentation order. One named `account_sid` is the account that is read.
    pub attributes: &'static [Field],
    /// What its products know of Twilio's error codes, beside those that anything may be refused with.
    pub codes: &'static [&'static [KnownCode]],
    /// Rules between attributes.
    pub rules: &'static [Rule],
    /// Checks between attributes. Any part of the configuration may be unknown.
    pub validate: Option<fn(config: &Value, diagnostics: &mut Diagnostics)>,
    /// By what name it can be found where nobody learns whether it was made, from a text that this run has and no other: digits and
    /// small letters. `None` for what is not made at Twilio.
    pub called: Option<fn(run: &str, client: &Client) -> String>,
    /// Makes or fetches it. What has to be closed is left behind by a fault only where that says so.
    pub open: OpenHook,
    /// Takes back what was opened; `None` for what ends by itself. What is gone already is closed.
    pub close: Option<CloseHook>,
    /// What to do where a value expires while the run goes on, in a sentence; empty for what does not expire.
    pub lasts_longer: &'static str,
}

/// Opens.
pub type OpenHook = for<'a> fn(Opening<'a>) -> Step<'a, Opened>;

/// Closes.
pub type CloseHook = for<'a> fn(Closing<'a>) -> BoxFuture<'a, Result<(), Fault>>;

/// What is opened, and for whom.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// Twilio.
    pub client: &'a Client,
    /// The account that is read.
    pub account: &'a AccountSid,
    /// The configuration, wholly known.
    pub config: &'a Value,
    /// What [`Ephemeral::called`] says.
    pub name: &'a str,
    /// Takes warnings.
    pub warnings: &'a Warnings,
}

/// What was opened.
#[derive(Debug, Default)]
pub struct Opened {
    /// The attributes by their read names; configured ones need not be there.
    pub properties: Properties,
    /// When it ends by itself.
    pub expires: Option<Timestamp>,
    /// What has to be closed.
    pub sid: Option<String>,
}

/// What is closed.
#[derive(Clone, Copy)]
pub struct Closing<'a> {
    /// Twilio.
    pub client: &'a Client,
    /// The account that it is in.
    pub account: &'a AccountSid,
    /// [`Opened::sid`].
    pub sid: &'a str,
}
