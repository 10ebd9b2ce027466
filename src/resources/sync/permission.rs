//! What the permissions of all kinds of Sync objects have alike.

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{Check, Field, boolean, sid, text};

pub(super) const QUIRKS: &[&str] = &[
    "A permission counts while the service has `acl_enabled = true`, and is kept otherwise.",
    "A permission goes with its object: one that is made anew has none.",
];

pub(super) const SERVICE_SID: Field = sid("service_sid", PathPart, &[Check::Sid("IS")])
    .doc("SID of the Sync service (`IS…`). A change replaces the permission.");
pub(super) const IDENTITY: Field = text("identity", PathPart)
    .checks(&[Check::NonEmpty])
    .doc("Identity in the tokens of the clients that it is about. A change replaces the permission.");
pub(super) const READ: Field = right("read").doc("Whether they may read the object and subscribe to it.");
pub(super) const WRITE: Field = right("write").doc("Whether they may write what it holds.");
pub(super) const MANAGE: Field = right("manage").doc("Whether they may delete the object.");

/// A write says all of them.
const fn right(name: &'static str) -> Field {
    boolean(name, Setting(Required)).with_every_update()
}
