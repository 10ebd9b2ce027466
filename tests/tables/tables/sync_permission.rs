//! What the permissions of all kinds of Sync objects have alike.

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{PathPart, Setting};
use terraform_provider_twilio::engine::facts::{Check, Field, boolean, sid, text};

pub(super) const SERVICE_SID: Field =
    sid("service_sid", PathPart, &[Check::Sid("IS")]).doc("SID of the Sync service (`IS…`). A change replaces it.");
pub(super) const IDENTITY: Field = text("identity", PathPart).doc("Who it is about. A change replaces the permission.");
pub(super) const READ: Field = right("read").doc("Whether it may read.");
pub(super) const WRITE: Field = right("write").doc("Whether it may write.");
pub(super) const MANAGE: Field = right("manage").doc("Whether it may manage.");

/// A write says all of them.
const fn right(name: &'static str) -> Field {
    boolean(name, Setting(Required)).with_every_update()
}
