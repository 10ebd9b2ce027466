//! `deletion_protection`: a destroy that is refused while planning where a plan can know of it, and again before the request.
//!
//! What Terraform tells when an object goes (seen with 1.11):
//!
//! | way | while planning | while applying |
//! | --- | --- | --- |
//! | the block is removed | a plan of the destroy | the destroy, with the stored private data |
//! | a change replaces, `-replace`, `replace_triggered_by` | a plan of the change, then one of the new object with the first one's private data | destroy first: the destroy has the second plan's private data |
//! | tainted | a plan of a new object, nothing else | likewise |
//! | any of these with `create_before_destroy` | the same | create, with no private data; then a plan and the destroy of the old object, with what is stored with that |
//!
//! So the second plan of a replacement can refuse, a taint only shows when the old object is to go, and then the
//! configuration of its replacement decides: from the plan's private data, or from what this process has just made.

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

use super::claims::named;
use super::ledger::{Key, Ledger};
use super::private::{Replaced, Stored, Wish};
use super::table::{Attribute, Literal, Resource, boolean};

const NAME: &str = "deletion_protection";

/// The attribute, for tables of objects that cannot be had back.
pub const DELETION_PROTECTION: Attribute = boolean(NAME).local().default(Literal::Bool(false)).doc(
    "Refuse to destroy or replace this object. The plan fails while this is `true`, whether the block is removed, a change \
     replaces, or `-replace` or `replace_triggered_by` ask for it. A tainted object shows in no plan: there the apply refuses \
     to destroy it, with `create_before_destroy` after its replacement was made. To let it go, set it to `false` in so many \
     words and apply; before the block is removed that takes an apply of its own. Default: `false`.",
);

/// What a configuration says.
pub fn wish(config: &Value) -> Wish {
    match config.attr(NAME) {
        Value::Null => Wish::Nothing,
        Value::Bool(false) => Wish::Lift,
        _ => Wish::Protect,
    }
}

/// Whether a state protects its object.
pub fn is_protected(prior: &Value) -> bool {
    prior.attr(NAME).as_bool() == Some(true)
}

/// Refuses the plan to replace an object.
///
/// # Errors
/// A diagnostic that names the object and how to lift the protection.
pub fn refuse_replacement(resource: &Resource, replaced: &Replaced, wish: Wish) -> Result<(), Diagnostic> {
    match (replaced.is_protected, wish) {
        (_, Wish::Lift) | (false, Wish::Nothing) => Ok(()),
        _ => Err(refusal(
            resource,
            &replaced.label,
            "this plan would replace it. Nothing was changed. If it should go, set deletion_protection = false in its block \
             and apply. If it should stay, take back what replaces it: the change, -replace, or what replace_triggered_by \
             names.",
        )),
    }
}

/// Refuses the plan to destroy an object. Where something was made in this run already Terraform destroys what that
/// replaced, and the destroy decides.
///
/// # Errors
/// As [`refuse_replacement`].
pub fn refuse_removal(
    resource: &Resource,
    ledger: &Ledger,
    key: Option<&Key>,
    stored: &Stored,
    prior: &Value,
) -> Result<(), Diagnostic> {
    if !is_protected(prior) || ledger.successors(resource.name, |_| false).is_some() {
        return Ok(());
    }
    let label = named(resource, prior);
    let successors = stored.successors();
    match key {
        Some(key) if !successors.is_empty() => match ledger.wait(key, &label, &successors) {
            Some(successor) => Err(held(resource, &label, &successor)),
            None => Ok(()),
        },
        _ => Err(refusal(
            resource,
            &label,
            "this plan would destroy it. Nothing was changed. If it should go, put its block back, with deletion_protection = \
             false, and apply; then destroy it. If it is a deposed object and there is no way to say so, take it out of the \
             state with terraform state rm, and import what should stay.",
        )),
    }
}

/// Refuses to destroy an object, last of all. What may have replaced it is noted in the ledger, so that its configuration
/// can let it go.
///
/// # Errors
/// As [`refuse_replacement`].
pub fn refuse_destroy(
    resource: &Resource,
    ledger: &Ledger,
    key: Option<&Key>,
    stored: &Stored,
    prior: &Value,
) -> Result<(), Diagnostic> {
    let protected = is_protected(prior);
    if let Some(wish) = stored.wish() {
        // The plan of the replacement that is made afterwards left this.
        return match (protected, wish) {
            (_, Wish::Lift) | (false, Wish::Nothing) => Ok(()),
            _ => Err(refusal(
                resource,
                &named(resource, prior),
                "it was to be replaced: it is tainted, or a plan was made that asks for it. It was not destroyed, and nothing \
                 was made in its place. If it should stay, run terraform untaint with its address, and apply. If it should \
                 go, set deletion_protection = false in its block and apply.",
            )),
        };
    }
    if !protected {
        return Ok(());
    }
    match ledger.successors(resource.name, |config| is_alike(resource, config, prior)) {
        Some(successors) if successors.is_empty() => Ok(()),
        Some(successors) => {
            if let Some(key) = key {
                ledger.note_successors(key, &successors);
            }
            Err(refusal(
                resource,
                &named(resource, prior),
                &format!(
                    "its replacement was made before it ({}). It was not destroyed: both exist, and the state has the old one \
                     as a deposed object. To let the old one go, set deletion_protection = false in the block of the \
                     replacement and apply once more. Next time run terraform untaint before the apply if it should stay.",
                    successors.join(", ")
                ),
            ))
        }
        // The plan asked its successors.
        None if !stored.successors().is_empty() => Ok(()),
        None => Err(refusal(
            resource,
            &named(resource, prior),
            "this would destroy it. Nothing was changed. If it should go, put its block back if it is not there, with \
             deletion_protection = false, and apply. If it is tainted and should stay, run terraform untaint with its \
             address.",
        )),
    }
}

/// Whether something was configured as an object is.
fn is_alike(resource: &Resource, config: &Value, prior: &Value) -> bool {
    let configurable = resource
        .attributes
        .iter()
        .filter(|attribute| attribute.is_configurable());
    let mut configured = configurable
        .map(|attribute| attribute.name)
        .filter(|name| *name != NAME && config.attr(name).is_known());
    configured.all(|name| config.attr(name) == prior.attr(name))
}

fn refusal(resource: &Resource, named: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        format!("{} is protected from being destroyed", resource.name),
        format!("The {named} has deletion_protection = true, and {why}"),
    )
    .at_attribute(NAME)
}

/// What replaced an object does not let it go.
pub fn held(resource: &Resource, predecessor: &str, successor: &str) -> Diagnostic {
    refusal(
        resource,
        predecessor,
        &format!(
            "it was replaced by the {successor}, whose block does not say deletion_protection = false. Nothing was changed: \
             the old one is a deposed object of the state. To let it go, set deletion_protection = false in the block of \
             the replacement and apply. To keep both, take them out of the state with terraform state rm, and import them."
        ),
    )
}
