//! What people read whose object cannot be taken over as it is stored: whose state it is, and how to hand the object over.

use super::convert::{account_of, part_of};
use crate::engine::facts::older::{OlderProvider, THIS};
use crate::engine::facts::{AccountRule, Managed, Properties, Source};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::provider::MoveSource;
use crate::twilio::Sid;

const GUIDE: &str = "The guide to migration in this provider's documentation has every step, for many objects too.";

/// Not even an object.
pub(super) fn unreadable(resource: &Managed) -> Diagnostic {
    Diagnostic::error(
        format!("State of {} cannot be read", resource.object.name),
        "What is stored is no object. The state was left as it is. Restore a backup of it, or remove the object from it and \
         import it.",
    )
}

/// A state under a type name of ours. `reason`: what does not fit, as the rest of a sentence that begins with "it".
pub(super) fn upgrade(
    resource: &Managed,
    provider: Option<OlderProvider>,
    stored: &Properties,
    reason: Option<&str>,
) -> Diagnostic {
    let name = resource.object.name;
    let (summary, whose) = match (provider, reason) {
        (Some(provider), _) => (
            format!("The state of {name} was written by {}", provider.source()),
            format!(
                "It has the form that {} stores{}.",
                provider.source(),
                reason.map_or_else(String::new, |reason| format!(", and it {reason}"))
            ),
        ),
        (None, reason) => (
            format!("The state of {name} was written by another provider"),
            format!(
                "Its schema version is 0, which {} never writes. {} stores timeouts with each object, and here are none; and {}.",
                THIS,
                OlderProvider::Rjpearson94.source(),
                match reason {
                    Some(reason) => format!(
                        "it {reason}, so that {} did not write it either",
                        OlderProvider::Vendor.source()
                    ),
                    None => format!("no type of {} becomes this one", OlderProvider::Vendor.source()),
                }
            ),
        ),
    };
    Diagnostic::error(
        summary,
        format!(
            "{whose} It cannot be taken over as it is. The state was left as it is, and nothing in Twilio was changed. To hand \
             the object over, take it out of the state (which deletes nothing) and import it:\n\n  terraform state rm ADDRESS\
             \n  terraform import ADDRESS {}\n\n{}ADDRESS is its address in this configuration. {GUIDE}",
            import_id(resource, stored),
            secrets(resource, stored)
        ),
    )
}

/// A state under another type name, or of another provider, that a `moved` block names.
pub(super) fn take_over(
    resource: &Managed,
    provider: OlderProvider,
    source: &MoveSource,
    stored: &Properties,
    reason: Option<&str>,
) -> Diagnostic {
    let (ours, theirs) = (resource.object.name, source.type_name.as_str());
    let why = match reason {
        Some(reason) => format!("The stored {theirs} {reason}, so it cannot be taken over as it is."),
        None => format!(
            "A {theirs} of {} is not taken over by a moved block.",
            provider.source()
        ),
    };
    if let Some(sid) = sid_of_another_kind(resource, stored) {
        return Diagnostic::error(
            format!("{ours} cannot take over {theirs}"),
            format!(
                "The stored {theirs} has a SID that starts with {}, and that of a {} starts with {}: it is another kind of object. \
                 The state was left as it is, and nothing in Twilio was changed. Correct `to` in the moved block, so that it \
                 names a type of such objects. {GUIDE}",
                sid.prefix(),
                resource.object.noun,
                resource.object.sid_prefix()
            ),
        );
    }
    Diagnostic::error(
        format!("{ours} cannot take over {theirs}"),
        format!(
            "{why} The state was left as it is, and nothing in Twilio was changed. To hand the object over, replace the moved \
             block by these two, which delete nothing:\n\n  removed {{\n    from = {theirs}.NAME\n    lifecycle {{\n      \
             destroy = false\n    }}\n  }}\n  import {{\n    to = {ours}.NAME\n    id = \"{}\"\n  }}\n\n{}{GUIDE}",
            import_id(resource, stored),
            secrets(resource, stored)
        ),
    )
}

/// The SID that a state has, where no object of this type can have it.
fn sid_of_another_kind(resource: &Managed, stored: &Properties) -> Option<Sid> {
    let prefix = resource
        .object
        .is_named_by_twilio()
        .then(|| resource.object.sid_prefix())
        .filter(|prefix| !prefix.is_empty())?;
    let text = |name: &str| stored.get(name)?.as_str()?.parse::<Sid>().ok();
    text("sid").or_else(|| text("id")).filter(|sid| sid.prefix() != prefix)
}

/// A state of something that is no object of its own here.
pub(super) fn merged(resource: &Managed, source: &MoveSource, attribute: &str) -> Diagnostic {
    let (ours, theirs) = (resource.object.name, source.type_name.as_str());
    Diagnostic::error(
        format!("{theirs} is a part of {ours}"),
        format!(
            "What a {theirs} has stands in {attribute} of {ours} here, and is no object of its own. The state was left as it is, and \
             nothing in Twilio was changed. Write it into {attribute} of the {} that it belongs to, and replace the moved block \
             by this one, which deletes nothing:\n\n  removed {{\n    from = {theirs}.NAME\n    lifecycle {{\n      destroy = \
             false\n    }}\n  }}\n\n{GUIDE}",
            resource.object.noun
        ),
    )
}

/// What `terraform import` takes: parts that the state does not tell are in capitals. Without an account it means the one
/// that this provider puts things into, which is the best guess where the older state does not tell.
fn import_id(resource: &Managed, stored: &Properties) -> String {
    let parts = resource.object.id_parts();
    let parts = parts.map(|name| part_of(resource, stored, name).unwrap_or_else(|| name.to_uppercase()));
    let own = parts.collect::<Vec<_>>().join("/");
    let accounts = ["path_account_sid", "account_sid"].into_iter();
    match (resource.object.account, account_of(resource, accounts, stored)) {
        (AccountRule::Fixed | AccountRule::Movable, Ok(Some(account))) => format!("{account}/{own}"),
        _ => own,
    }
}

/// A secret that Twilio showed once is in the older state and nowhere else.
fn secrets(resource: &Managed, stored: &Properties) -> String {
    let once = resource
        .object
        .fields
        .iter()
        .filter(|attribute| attribute.source == Source::CreateResponse);
    let once: Vec<_> = once
        .map(|attribute| attribute.name)
        .filter(|name| {
            stored
                .get(*name)
                .and_then(|value| value.as_str())
                .is_some_and(|text| !text.is_empty())
        })
        .collect();
    if once.is_empty() {
        return String::new();
    }
    format!(
        "Its {} is in the old state alone and cannot be imported: keep it before you do this.\n\n",
        once.join(" and ")
    )
}
