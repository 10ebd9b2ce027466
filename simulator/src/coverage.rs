//! What `cargo xtask coverage` asks about resources of the contract, for `simulator/COVERAGE.md`.

use crate::behaviours;
use crate::contract::{Operation, OperationKind, Resource, Spec};
use crate::facts::existence;
use crate::generic::alias;
use crate::permissions;

/// The resource that holds what a resource shows: mostly itself.
pub fn holder(resource: &'static Resource) -> &'static Resource {
    alias::holder(resource)
}

/// Whether there is nothing of a resource until a test adds it (`POST /_simulator/objects`), so that all that is requested of a single
/// one is refused.
pub fn is_out_of_reach(resource: &'static Resource) -> bool {
    let holder = holder(resource);
    let is_made = holder.has_create() || existence::by_itself(holder) || existence::by_update(holder);
    let acts = [resource, holder].iter().any(|one| {
        let is_action = |operation: &Operation| operation.kind == OperationKind::Action;
        behaviours::at(&one.host, &one.template).next().is_some() || one.operations().any(is_action)
    });
    !is_made && !acts
}

/// The permission that a restricted key needs for an operation; `None` if no list of Twilio's that is known here has one.
pub fn permission(spec: &Spec, operation: &Operation) -> Option<String> {
    permissions::of(spec.home(), operation)
}
