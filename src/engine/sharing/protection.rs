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
//!
//! An old object that was refused so is deposed, and keeps the ids of what was made then. Later runs refresh and plan it and
//! its successor in any order, and apply a *change* of the successor first (what has none they do not apply). A deposed object
//! is destroyed only where the run shows that its successor lifts the protection: by the plan of the successor within the
//! apply, which is there because a plan that nothing else changes is made to (`needs_apply` in [`crate::engine::sharing::claims::plan`]); or by
//! what the read of the deposed one has stored, where the successor was planned before that; or by a successor made anew.

use crate::engine::facts::Absent::DefaultsTo;
use crate::engine::facts::Role::Local;
use crate::engine::facts::{Field, Literal, Managed, boolean};
use crate::engine::sharing::claims::named;
use crate::engine::sharing::ledger::{Held, Key, Ledger, ReleaseRequest, Remaining};
use crate::engine::values::private::{ProtectionSetting, Replaced, Stored};
use crate::engine::values::shown;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

const NAME: &str = "deletion_protection";

/// The attribute, for tables of objects that cannot be had back.
pub const DELETION_PROTECTION: Field = boolean(NAME, Local(DefaultsTo(Literal::Bool(false)))).doc(
    "Refuse to destroy or replace this object. The plan fails while this is `true`, whether the block is removed, a change \
     replaces, or `-replace` or `replace_triggered_by` ask for it. A plan cannot refuse for a tainted object: there the \
     apply refuses to destroy it, with `create_before_destroy` after its replacement was created. To destroy the object, \
     set it to `false` explicitly and apply; before the block is removed that takes an apply of its own. Default: `false`.",
);

/// What a configuration says.
pub fn setting(config: &Value) -> ProtectionSetting {
    match config.attr(NAME) {
        Value::Null => ProtectionSetting::Nothing,
        Value::Bool(false) => ProtectionSetting::Lift,
        _ => ProtectionSetting::Protect,
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
pub fn refuse_replacement(
    resource: &Managed,
    replaced: &Replaced,
    setting: ProtectionSetting,
) -> Result<(), Diagnostic> {
    match (replaced.is_protected, setting) {
        (_, ProtectionSetting::Lift) | (false, ProtectionSetting::Nothing) => Ok(()),
        _ => Err(refusal(
            resource,
            &replaced.label,
            "this plan would replace it. Nothing was changed. If it should go, set deletion_protection = false in its block \
             and apply. If it should stay, take back what replaces it: the change, -replace, or what replace_triggered_by \
             names.",
        )),
    }
}

/// The question of an object whether it may go.
fn release(resource: &Managed, key: &Key, stored: &Stored, prior: &Value, is_going: bool) -> ReleaseRequest {
    ReleaseRequest {
        key: key.clone(),
        label: named(&resource.object, prior),
        born: prior.attr("date_created").as_str().map(str::to_owned),
        successors: stored.successors(),
        is_going,
        is_let_go: stored.is_let_go(),
    }
}

/// What to store with an object that was read. One that is deposed asks from here on; where its successors were planned
/// before and lift the protection, the destroy finds that with it.
pub fn after_read(resource: &Managed, ledger: &Ledger, key: &Key, state: &Value, stored: Stored) -> Stored {
    if !is_protected(state) || !stored.is_deposed() {
        return stored;
    }
    let release = release(resource, key, &stored, state, false);
    match ledger.request_release(&release).is_none() && ledger.is_lifted(&release) {
        true => stored.let_go(),
        false => stored,
    }
}

/// Refuses the plan to destroy an object. Where something was made in this run already Terraform destroys what that
/// replaced, and the destroy decides; it also does where what may have replaced the object is planned later than this.
///
/// # Errors
/// As [`refuse_replacement`].
pub fn refuse_removal(
    resource: &Managed,
    ledger: &Ledger,
    key: Option<&Key>,
    stored: &Stored,
    prior: &Value,
) -> Result<(), Diagnostic> {
    if !is_protected(prior) || ledger.has_made(resource.object.name) {
        return Ok(());
    }
    if let Some(key) = key {
        let release = release(resource, key, stored, prior, true);
        if stored.is_deposed() || ledger.has_candidates(&release) {
            return match ledger.request_release(&release) {
                Some(held) => Err(self::held(resource, &held)),
                None => Ok(()),
            };
        }
    }
    Err(refusal(
        resource,
        &named(&resource.object, prior),
        &format!("this plan would destroy it. Nothing was changed. {WAY_OUT}"),
    ))
}

/// Refuses to destroy an object, last of all. What may have replaced it is noted in the ledger, so that its configuration
/// can let it go; and that it was let go, where only something else can keep it from going.
///
/// # Errors
/// As [`refuse_replacement`].
pub fn refuse_destroy(
    resource: &Managed,
    ledger: &Ledger,
    key: Option<&Key>,
    stored: &Stored,
    prior: &Value,
) -> Result<(), Diagnostic> {
    let protected = is_protected(prior);
    if let Some(setting) = stored.setting() {
        // The plan of the replacement that is made afterwards left this.
        return match (protected, setting) {
            (_, ProtectionSetting::Lift) | (false, ProtectionSetting::Nothing) => Ok(()),
            _ => Err(refusal(
                resource,
                &named(&resource.object, prior),
                "it should have been replaced: it is tainted, or the plan replaces it. It was not destroyed, and nothing \
                 was made in its place. If it should stay, run terraform untaint with its address, and apply. If it should \
                 go, set deletion_protection = false in its block and apply.",
            )),
        };
    }
    let Some(key) = key.filter(|_| protected) else {
        return Ok(());
    };
    let release = release(resource, key, stored, prior, true);
    // The apply plans a deposed object again, and nothing else that goes.
    let is_deposed = stored.is_deposed() || ledger.is_leaving(key);
    let mut remaining = Remaining {
        successors: stored.successors(),
        is_let_go: is_deposed && (stored.is_let_go() || ledger.is_lifted(&release)),
    };
    if remaining.is_let_go {
        ledger.keep_remaining(key, remaining);
        return Ok(());
    }
    let made = ledger.protecting(resource.object.name);
    let is_fresh = is_deposed && !made.is_empty();
    let sids = shown_together(&made);
    remaining.successors.extend(made);
    remaining.successors.sort();
    remaining.successors.dedup();
    if is_deposed {
        ledger.keep_remaining(key, remaining);
    }
    let why = match (is_fresh, is_deposed) {
        (true, _) => format!(
            "its replacement was made before it ({sids}). It was not destroyed: both exist, and the state has the old one as a \
             deposed object. To let the old one go, set deletion_protection = false in the block of the replacement and apply \
             once more. Next time run terraform untaint before the apply if it should stay."
        ),
        (false, true) => format!(
            "nothing in this run shows that what replaced it lets it go. It was not destroyed, and is a deposed object of the \
             state. {WAY_OUT_OF_DEPOSED}"
        ),
        (false, false) => format!(
            "this would destroy it. Nothing was changed. {WAY_OUT} If it is tainted and should stay, run terraform untaint \
             with its address."
        ),
    };
    Err(refusal(resource, &named(&resource.object, prior), &why))
}

/// Ids in a message: what is free text in them is not repeated.
fn shown_together(ids: &[String]) -> String {
    let shown = ids
        .iter()
        .map(|id| shown::harmless(id).unwrap_or("one that has a name"));
    Vec::from_iter(shown).join(", ")
}

/// How to let go of what is protected.
const WAY_OUT: &str = "If it should go, put its block back if it is not there, with deletion_protection = false, and apply; then \
                       destroy it. If it is a deposed object, that apply destroys it.";

/// How to let go of what was replaced.
const WAY_OUT_OF_DEPOSED: &str = "To let it go, set deletion_protection = false in the block of what replaced it and apply; \
                                  where that block or its object is not there any more, put the block back with \
                                  deletion_protection = false and apply: the deposed one goes then. To keep it, take \
                                  the address out with terraform state rm ADDRESS, and bring back what should stay with \
                                  terraform import ADDRESS SID.";

fn refusal(resource: &Managed, named: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        format!("{} is protected from being destroyed", resource.object.name),
        format!("The {named} has deletion_protection = true, and {why}"),
    )
    .at_attribute(NAME)
}

/// What replaced an object, or may have, does not let it go.
pub fn held(resource: &Managed, held: &Held) -> Diagnostic {
    let Held { release, by, goes_too } = held;
    let why = match (release.successors.is_empty(), goes_too) {
        (false, true) => format!(
            "it was replaced by the {by}, which goes in this plan too. Nothing was changed. {WAY_OUT_OF_DEPOSED} What replaced \
             it can be destroyed after that."
        ),
        (true, true) => format!("this plan would destroy it. Nothing was changed. {WAY_OUT}"),
        (false, false) => format!(
            "it was replaced ({}), and the block of the {by} does not say deletion_protection = false. Nothing was changed: \
             the old one is a deposed object of the state. {WAY_OUT_OF_DEPOSED}",
            shown_together(&release.successors)
        ),
        (true, false) => format!(
            "this plan would destroy it. Nothing was changed. {WAY_OUT} After an interrupted run it is not known what \
             replaced a deposed object. The {by} may have, and its block does not say deletion_protection = false. Every \
             block that may have replaced it must say so in one apply, or: terraform state rm ADDRESS, and terraform \
             import ADDRESS SID for what should stay."
        ),
    };
    refusal(resource, &release.label, &why)
}
