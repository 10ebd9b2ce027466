//! `deletion_protection`: a destroy that is refused while planning, and again before the request.

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

use super::table::{Attribute, Literal, Resource, boolean};

const NAME: &str = "deletion_protection";

/// The attribute, for tables of objects that cannot be had back.
pub const DELETION_PROTECTION: Attribute = boolean(NAME).local().default(Literal::Bool(false)).doc(
    "Refuse to destroy or replace this object: the plan fails while this is `true`. Set it to `false` and apply before \
     destroying. Default: `false`.",
);

/// Refuses when the object is protected.
///
/// # Errors
/// A diagnostic that names the object and how to lift the protection.
pub fn refuse(resource: &Resource, prior: &Value) -> Result<(), Diagnostic> {
    if prior.attr(NAME).as_bool() != Some(true) {
        return Ok(());
    }
    let label = super::diagnose::label(resource, prior);
    Err(Diagnostic::error(
        format!("{} is protected from being destroyed", resource.name),
        format!(
            "The {} {label} has deletion_protection = true in the state, and this change would destroy it. Nothing was \
             changed. If it should go, set deletion_protection = false, apply, and plan again.",
            resource.noun
        ),
    )
    .at_attribute(NAME))
}
