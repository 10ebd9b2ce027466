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
//! An old object that was refused so is deposed, and keeps the ids of what was made then: that note is the one proof that it
//! is deposed, for its destroy is planned like any other. One that has no note, because the run ended before its destroy,
//! cannot be told from one whose block was taken out. It is refused like that, where it is planned, whatever other blocks say:
//! a plan that is let through in error destroys what depends on the object before the apply comes to refuse.
//!
//! Later runs refresh and plan a deposed object and its successor in any order, and apply a *change* of the successor first
//! (what has none they do not apply). A deposed object is destroyed only where the run shows that its successors lift the
//! protection: by their plan within the apply, which is there because a plan that nothing else changes is made to
//! (`needs_apply` in [`crate::engine::sharing::claims::plan`]); or by what the read of the deposed one has stored, where the
//! successors were planned before that. Nothing that is made later stands in for a successor that is gone.

use crate::engine::facts::Absent::DefaultsTo;
use crate::engine::facts::Role::Local;
use crate::engine::facts::{Field, Literal, Managed, boolean};
use crate::engine::sharing::claims::named;
use crate::engine::sharing::ledger::{Held, Hindrance, Key, Ledger, ReleaseRequest, Remaining};
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
        successors: stored.is_deposed().then(|| stored.successors()),
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

/// Refuses the plan to destroy an object. Only one that is known to be deposed may be let go by another block, and that may be
/// planned later than this. Where something was made in this run already Terraform destroys what that replaced, and the
/// destroy decides.
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
    match key.filter(|_| stored.is_deposed()) {
        Some(key) => match ledger.request_release(&release(resource, key, stored, prior, true)) {
            Some(held) => Err(self::held(resource, &held)),
            None => Ok(()),
        },
        None => Err(refusal(
            resource,
            &named(&resource.object, prior),
            &format!("this plan would destroy it. Nothing was changed. {WAY_OUT} {WAY_OUT_WITHOUT_NOTE}"),
        )),
    }
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
                 was made in its place; what depended on it and was to be replaced with it may be gone. If it should stay, run terraform untaint with its address, and apply. If it should \
                 go, set deletion_protection = false in its block and apply.",
            )),
        };
    }
    let Some(key) = key.filter(|_| protected) else {
        return Ok(());
    };
    let release = release(resource, key, stored, prior, true);
    let is_noted = stored.is_deposed();
    // The apply plans a deposed object again, and nothing else that goes.
    let is_deposed = is_noted || ledger.is_leaving(key);
    let is_let_go = is_deposed && (stored.is_let_go() || ledger.is_lifted(&release));
    let made = ledger.made_in_place(resource.object.name);
    if is_deposed && (is_let_go || !is_noted) {
        let successors = if is_noted { stored.successors() } else { made.clone() };
        ledger.keep_remaining(key, Remaining { successors, is_let_go });
    }
    if is_let_go {
        return Ok(());
    }
    let why = match (is_noted, is_deposed, made.as_slice()) {
        (false, true, [_, ..]) => format!(
            "its replacement was made before it ({}). It was not destroyed: both exist, and the state has the old one as a \
             deposed object. To let the old one go, set deletion_protection = false in the block of the replacement and apply \
             once more. Next time run terraform untaint before the apply if it should stay.",
            shown_together(&made)
        ),
        (_, true, _) => format!(
            "nothing in this run shows that what replaced it lets it go. It was not destroyed, and is a deposed object of the \
             state. {WAY_OUT_OF_DEPOSED} {WAY_OUT_BY_HAND}"
        ),
        (_, false, _) => format!(
            "this would destroy it. It was not destroyed; what depended on it and was to go before it may be gone. {WAY_OUT} \
             If it is tainted and should stay, run terraform untaint with its address."
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
                       destroy it.";

/// The same of what an interrupted run has replaced. The provider does not see which of the two it is; whoever reads the plan
/// does.
const WAY_OUT_WITHOUT_NOTE: &str = "Only if the plan calls it a \"deposed object\", left over by a run that was interrupted, \
                                    no block lets it go: delete it in Twilio, for example in the Console, and the next plan \
                                    drops it.";

/// How to let go of what was replaced.
const WAY_OUT_OF_DEPOSED: &str = "To let it go, set deletion_protection = false in the block of what replaced it and apply; if \
                                  that block was taken out, put it back with deletion_protection = false first.";

/// The same where what replaced it cannot say so any more.
const WAY_OUT_BY_HAND: &str = "Where what replaced it is not there any more, no block lets it go: delete it in Twilio, for \
                               example in the Console, and the next plan drops it. To keep it, take the address out with \
                               terraform state rm ADDRESS, and bring back what should stay with terraform import ADDRESS SID.";

fn refusal(resource: &Managed, named: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        format!("{} is protected from being destroyed", resource.object.name),
        format!("The {named} has deletion_protection = true, and {why}"),
    )
    .at_attribute(NAME)
}

/// What replaced an object does not let it go.
pub fn held(resource: &Managed, held: &Held) -> Diagnostic {
    let successors = held.release.successors.as_deref().unwrap_or_default();
    let by = match successors.is_empty() {
        true => "it was replaced".to_owned(),
        false => format!("it was replaced ({})", shown_together(successors)),
    };
    const STANDS: &str = "It was not destroyed, and is a deposed object of the state.";
    let why = match &held.why {
        Hindrance::Protects(other) => format!(
            "{by}, and the block of the {other} does not say deletion_protection = false. {STANDS} {WAY_OUT_OF_DEPOSED} \
             {WAY_OUT_BY_HAND}"
        ),
        Hindrance::GoesToo(other) => format!(
            "{by}, and the {other} goes in this plan too. {STANDS} {WAY_OUT_OF_DEPOSED} What replaced it can be destroyed \
             after that."
        ),
        Hindrance::NobodyLeft => format!(
            "{by}, and what could let it go with deletion_protection = false is not there any more. {STANDS} \
             {WAY_OUT_BY_HAND}"
        ),
    };
    refusal(resource, &held.release.label, &why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Object;
    use crate::engine::sharing::ledger::Entry;

    const THING: Managed = Managed {
        object: Object {
            name: "twilio_thing",
            noun: "thing",
            ..Object::NEW
        },
        ..Managed::NEW
    };

    fn key(id: &str) -> Key {
        (THING.object.name, id.to_owned())
    }

    fn protected() -> Value {
        Value::object([(NAME, Value::Bool(true))])
    }

    /// Another block of the type, planned in this run.
    fn other(id: &str, setting: ProtectionSetting) -> Entry {
        Entry {
            type_name: THING.object.name,
            label: format!("thing {id}"),
            id: Some(id.to_owned()),
            owner: Some((id.to_owned(), Some(format!("holder of {id}")))),
            names: Vec::new(),
            is_made: false,
            adopts: false,
            is_unique: false,
            is_adopted: false,
            part_of: None,
            setting,
            is_planned: true,
            reaches_apply: false,
        }
    }

    /// The plans of one run in either order: what is said of the removal, and whether another block is changed or blamed.
    fn removal(stored: &Stored, setting: ProtectionSetting) -> [(Option<String>, bool); 2] {
        [true, false].map(|is_first| {
            let ledger = Ledger::default();
            let refused = || refuse_removal(&THING, &ledger, Some(&key("1")), stored, &protected()).err();
            let before = if is_first { refused() } else { None };
            let verdict = ledger.plan(other("2", setting));
            let after = if is_first { None } else { refused() };
            let said = before.or(after).map(|diagnostic| diagnostic.detail);
            (said, verdict.needs_apply || verdict.conflict.is_some())
        })
    }

    #[test]
    fn what_is_not_known_to_be_deposed_is_refused_where_it_is_planned_and_no_other_block_has_a_part_in_that() {
        let settings = [
            ProtectionSetting::Lift,
            ProtectionSetting::Nothing,
            ProtectionSetting::Protect,
        ];
        for setting in settings {
            for (said, touches_another) in removal(&Stored::default().held_by("h"), setting) {
                let said = said.expect("a refusal");
                assert!(!touches_another, "{setting:?}: {said}");
                assert!(
                    said.contains("this plan would destroy it") && !said.contains("thing 2"),
                    "{said}"
                );
            }
        }
        // What is unprotected goes.
        let ledger = Ledger::default();
        let open = Value::object([(NAME, Value::Bool(false))]);
        assert!(refuse_removal(&THING, &ledger, Some(&key("1")), &Stored::default(), &open).is_ok());
    }

    #[test]
    fn what_is_deposed_waits_for_what_replaced_it() {
        let deposed = Stored::default().succeeded_by(&["2".to_owned()]);
        for (said, touches_another) in removal(&deposed, ProtectionSetting::Lift) {
            assert_eq!(said, None, "it may go: {touches_another}");
        }
        for (said, touches_another) in removal(&deposed, ProtectionSetting::Protect) {
            assert!(said.is_some() || touches_another, "one of the two is refused");
        }
        for (said, touches_another) in removal(&Stored::default().succeeded_by(&[]), ProtectionSetting::Lift) {
            assert!(said.is_some_and(|said| said.contains("delete it in Twilio")) && !touches_another);
        }
    }

    #[test]
    fn a_destroy_that_no_plan_refused_is_refused_and_does_not_claim_that_nothing_was_changed() {
        let ledger = Ledger::default();
        let removed = Stored::default();
        ledger.plan(other("2", ProtectionSetting::Lift));
        ledger.made(&key("3"), ProtectionSetting::Lift);
        let refused = refuse_destroy(&THING, &ledger, Some(&key("1")), &removed, &protected());
        let said = refused.expect_err("it is no deposed object").detail;
        assert!(
            said.contains("may be gone") && !said.contains("Nothing was changed"),
            "{said}"
        );
        assert_eq!(ledger.remaining(&key("1")), None, "nothing is noted of it");
    }
}
