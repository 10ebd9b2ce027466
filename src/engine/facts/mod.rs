//! The vocabulary in which Twilio's objects are described.
//!
//! Everything here is `const`: a table holds facts about Twilio's API, never code that runs at start. Read a table beside
//! Twilio's page on the same object; the names are the same. [`Object`] says what there is and is all that reading needs;
//! [`Managed`] says how Terraform changes it.

mod access;
mod action;
mod bulk;
mod category;
mod check;
mod code;
mod deviation;
mod ephemeral;
mod field;
mod forewarning;
pub mod hooks;
mod impact;
mod kind;
mod lifecycle;
mod managed;
mod members;
mod memory;
mod object;
pub mod older;
mod parameters;
mod policy;
mod role;
mod spelling;
mod upload;
mod wait;

pub use access::{Access, Grant, MOST_PERMISSIONS, NOT_GRANTABLE, Needs};
pub use action::{Action, ActionHooks, ActionWords, Answers, Invocation, Missing, Otherwise};
pub use bulk::{Bulk, BulkAnswer, BulkItems};
pub use category::Category;
pub use check::Check;
pub use code::{Exists, KnownCode};
pub use deviation::{Deviation, Norm};
pub use ephemeral::{CloseHook, Closing, Ephemeral, OpenHook, Opened, Opening};
pub use field::{
    Field, boolean, decimal, http_method, int, joined, json, list, map, object, object_set, objects, set, sid, text,
    timestamp, url,
};
pub use forewarning::{Forewarning, Moment, On};
pub use impact::{Consequence, Impact, When};
pub use kind::{Kind, Literal};
pub use lifecycle::{Begin, BodyStyle, Destroy, Lifecycle, UpdateStyle};
pub use managed::{Expiry, Incomplete, Managed, Omitted, Rule};
pub use members::Members;
pub use memory::Memory;
pub use object::{AccountRule, Filter, Items, Key, List, Matches, Object, OlderPlace, Place, Plural, Read};
pub use parameters::{Intent, Operation, Parameters, Properties};
pub use policy::{Count, HostPattern, Policy, Rules, Tally};
pub use role::{Absent, Presence, Removed, Role, Sent, Source};
pub use spelling::Spelling;
pub use upload::{ContentVersions, FileTypes, Upload};
pub use wait::{After, Refusal, Satisfied, Wait, timeout, timeouts};
