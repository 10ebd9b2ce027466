//! Objects that have come into the state from elsewhere, by a move or an upgrade, and that this provider has yet to find.
//!
//! An upgrade cannot write private data, so that what lacks this provider's own mark there (the holder's word, which every
//! create and import writes) counts as come from elsewhere until the first read that finds it. An older state does not always
//! say which account the object is in, and the credentials may be others than before. So "not found" does not count as "gone"
//! until then: something would be made, or bought, a second time, and nobody would see the first any more.

use crate::engine::facts::hooks::Call;
use crate::engine::facts::{AccountRule, Object, Source};
use crate::engine::sharing::claims::named;
use crate::engine::values::import_id::likely_id;
use crate::engine::values::private::{Stored, new_holder};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::AccountSid;

/// Whether this provider has never found the object, as far as what is stored with it tells.
pub(crate) fn is_awaited(stored: &Stored) -> bool {
    stored.holder().is_none()
}

/// What to store with an object that was found.
#[must_use]
pub(crate) fn found(stored: Stored) -> Stored {
    match is_awaited(&stored) {
        true => stored.held_by(&new_holder()),
        false => stored,
    }
}

/// An object that was to be read or destroyed, and that Twilio does not find. `response`: what Twilio said.
pub(crate) fn not_found(call: Call<'_>, response: Option<&str>) -> Diagnostic {
    let Call {
        object,
        client,
        account,
        state,
        ..
    } = call;
    let has_account = state.attr("account_sid").as_str().is_some();
    let where_from = match (has_account, object.account) {
        (true, AccountRule::Owned) => format!("The state says that it belongs to account {account}."),
        (true, _) => format!("The state says that it is in account {account}."),
        (false, _) => format!(
            "The state does not say which account it is in, so the provider looked in account {account}, where it creates \
             new objects."
        ),
    };
    let signed_in = client.account();
    let elsewhere = match object.account {
        AccountRule::Owned => {
            format!("If it belongs to another account, sign in to that one: the provider is signed in to {signed_in}.")
        }
        AccountRule::Fixed | AccountRule::Movable => format!(
            "If it is in another account, give it a provider block that is signed in to that one or has it as subaccount_sid \
             (this one is signed in to {signed_in}), or import it from there:\n\n  terraform state rm STATE_ADDRESS\n  \
             terraform import ADDRESS {}",
            in_any_account(object, account, state)
        ),
    };
    Diagnostic::error(
        format!("{} came from another provider and was not found", object.name),
        format!(
            "The {} came into the state from another provider, and this one has not found it yet: {}. {where_from} That does \
             not mean that it is gone, so nothing is made in its place. The state was left as it is, and nothing in Twilio was \
             changed.\n\n{elsewhere}\n\nIf it is really gone, take it out of the state with terraform state rm STATE_ADDRESS, \
             and plan again. STATE_ADDRESS is its address in terraform state list, the old one until a move is applied; ADDRESS \
             the one in this configuration. Where the state has two objects at that address, of which this one is deposed, both \
             go out of the state: import the one that stays before you apply.{}",
            named(object, state),
            response.unwrap_or("Twilio does not show it, or shows it as closed"),
            what_would_be_lost(object, state)
        ),
    )
}

/// A secret that Twilio showed once is in the state and nowhere else.
fn what_would_be_lost(object: &Object, state: &Value) -> String {
    let once = object
        .fields
        .iter()
        .filter(|field| field.source == Source::CreateResponse);
    let once: Vec<_> = once
        .map(|field| field.name)
        .filter(|name| !state.attr(name).is_null())
        .collect();
    match once.is_empty() {
        true => String::new(),
        false => format!(
            " Its {} is in the state alone and cannot be imported: keep it before you take it out.",
            once.join(" and ")
        ),
    }
}

/// The import id, with a placeholder for the account: where it is, nobody knows.
fn in_any_account(object: &Object, account: &AccountSid, state: &Value) -> String {
    let id = likely_id(object, account, state);
    match id.split_once('/') {
        Some((_, own)) => format!("ACCOUNT_SID/{own}"),
        None => id,
    }
}

/// What a plan would do with an object that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Planned {
    /// It changes, or goes.
    Change,
    /// Something else is made in its place.
    Replacement,
}

/// Refuses to replace an object that was not found yet, and to do anything with one of which not even the account is known.
/// `prior` is null in the second plan of a replacement, which knows what stands for the object in a message.
///
/// # Errors
/// A diagnostic with the way on.
pub(crate) fn refuse_unread(
    object: &Object,
    is_awaited: bool,
    prior: &Value,
    label: &str,
    planned: Planned,
) -> Result<(), Diagnostic> {
    let is_refused = match planned {
        Planned::Change => prior.attr("account_sid").as_str().is_none(),
        Planned::Replacement => true,
    };
    if !is_awaited || !is_refused {
        return Ok(());
    }
    Err(Diagnostic::error(
        format!("{} came from another provider and was not read yet", object.name),
        format!(
            "The {label} came into the state from another provider, and this run does not read it. Whether it is there, and \
             in which account, is not known, so nothing is done with it and nothing is made in its place. Nothing was changed. \
             Plan and apply once without -refresh=false, and with a provider block that is known while planning."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_create_and_no_import_marked_is_awaited_until_it_is_found() {
        // What the older providers keep there.
        for foreign in [
            &b""[..],
            b"null",
            br#"{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":600000000000},"schema_version":"0"}"#,
        ] {
            let stored = Stored::decode(foreign);
            assert!(is_awaited(&stored));
            let found = found(stored);
            assert!(!is_awaited(&found) && !is_awaited(&Stored::decode(&found.encode())));
            assert_eq!(super::found(found.clone()), found);
        }
        let own = Stored::default().held_by("h");
        assert_eq!(found(own.clone()).holder(), own.holder());
    }

    #[test]
    fn what_is_of_no_known_account_is_not_touched_before_it_is_read_and_nothing_unread_is_replaced() {
        let table = Object {
            name: "twilio_thing",
            ..Object::NEW
        };
        let without_account = Value::object([("sid", "XX1".into())]);
        let with_account = Value::object([("sid", "XX1".into()), ("account_sid", "AC1".into())]);
        for (prior, planned, is_refused) in [
            (&without_account, Planned::Change, true),
            (&without_account, Planned::Replacement, true),
            (&with_account, Planned::Change, false),
            (&with_account, Planned::Replacement, true),
            // The second plan of a replacement.
            (&Value::Null, Planned::Replacement, true),
        ] {
            let refused = |is_awaited| refuse_unread(&table, is_awaited, prior, "thing XX1", planned).is_err();
            assert_eq!(refused(true), is_refused, "{prior:?} {planned:?}");
            assert!(!refused(false), "{prior:?} {planned:?}");
        }
    }
}
