//! Two resources for one object: what each plan says of itself to the [`Ledger`], and what is said when two meet there.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::PlanRequest;
use crate::framework::value::Value;
use crate::twilio::AccountSid;

use super::diagnose::label;
use super::ledger::{Conflict, Entry, Key, Ledger};
use super::paths;
use super::private::{Replaced, Stored};
use super::protection;
use super::store::id_of;
use super::table::Resource;

/// How messages name an object.
pub fn named(resource: &Resource, object: &Value) -> String {
    format!("{} {}", resource.noun, label(resource, object))
        .trim_end()
        .to_owned()
}

/// The object of a state.
pub fn key_of(resource: &Resource, object: &Value) -> Option<Key> {
    Some((resource.name, id_of(resource, object)?))
}

/// The object that a plan names without its SID, as an entry of a sender pool.
pub fn key_before(resource: &Resource, planned: &Value) -> Option<Key> {
    match resource.import {
        "{sid}" => None,
        _ => key_of(resource, planned),
    }
}

/// What an object goes by in its collection; `None` while a part of that is not known.
pub fn name(resource: &Resource, own: Option<&AccountSid>, object: &Value) -> Option<String> {
    let parsed = object.attr("account_sid").as_str().and_then(|text| text.parse().ok());
    let account: &AccountSid = parsed.as_ref().or(own)?;
    let key = super::lookup::natural_key(resource, object);
    if key.is_empty() {
        return None;
    }
    let collection = paths::expand(resource.collection, account, object).ok()?;
    Some(format!("{account} {collection} {}", key.trim().to_lowercase()))
}

/// Tells the ledger what is planned to be there, and what stands in the way of it.
pub fn plan(
    resource: &Resource,
    ledger: &Ledger,
    own: Option<&AccountSid>,
    request: &PlanRequest<'_>,
    planned: &Value,
    replaced: Option<&Replaced>,
) -> Diagnostics {
    let is_new = request.prior.is_null();
    let id = match is_new {
        true => key_before(resource, planned).map(|(_, id)| id),
        false => id_of(resource, request.prior),
    };
    let owner = match (is_new, replaced) {
        (true, replaced) => replaced.map(|replaced| (replaced.id.clone(), replaced.holder.clone())),
        (false, _) => id
            .clone()
            .map(|id| (id, Stored::decode(request.private).holder().map(str::to_owned))),
    };
    let mut names: Vec<_> = [planned, request.prior]
        .into_iter()
        .filter_map(|object| name(resource, own, object))
        .collect();
    names.dedup();
    let entry = Entry {
        type_name: resource.name,
        label: named(resource, if is_new { planned } else { request.prior }),
        id,
        owner,
        names,
        is_made: is_new,
        adopts: planned.attr("adopt_existing").as_bool() == Some(true),
        is_unique: resource.key_is_unique,
        part_of: resource.part_of,
        wish: protection::wish(request.config),
    };
    let mut diagnostics = Diagnostics::new();
    let own_label = entry.label.clone();
    let (conflict, partner) = ledger.plan(entry);
    diagnostics.extend(conflict.map(|conflict| refusal(resource, &own_label, conflict)));
    diagnostics.extend(partner.map(|partner| shared(resource, &own_label, &partner)));
    diagnostics
}

fn refusal(resource: &Resource, own: &str, conflict: Conflict) -> Diagnostic {
    let name = resource.name;
    match conflict {
        Conflict::SameObject(other) => Diagnostic::error(
            format!("Two {name} are about one object"),
            format!(
                "The {own} is planned twice: another {name} of this configuration or state has it too ({other}). Whatever \
                 happens to one happens to the other. Nothing was changed. Take one of the two out: of the configuration, \
                 and of the state with a removed block (destroy = false) or terraform state rm. If it only has a new \
                 address, write a moved block."
            ),
        ),
        Conflict::SameName(other) => Diagnostic::error(
            format!("Two {name} would share one object"),
            format!(
                "The {own} goes by the same {} as another {name} of this configuration ({other}), and one of the two would \
                 take over what the other has. Nothing was changed. Give each a name of its own, or take one out. If it \
                 only has a new address, write a moved block.",
                resource.natural_key.join(" and ")
            ),
        )
        .at_attribute(resource.natural_key.first().copied().unwrap_or("id")),
        Conflict::Protects(other) => protection::held(resource, &other, own),
    }
}

/// Another type manages the same object: that may be meant, and is said.
fn shared(resource: &Resource, own: &str, partner: &Entry) -> Diagnostic {
    let (one, other) = (resource.name, partner.type_name);
    Diagnostic::warning(
        format!("{} is managed by {other} and by {one}", id_in(&partner.label, own)),
        "Both write the same attributes, and each apply of one undoes the other where they differ. Let one of the two have \
         them: lifecycle { ignore_changes = [...] } in the one that should leave them alone, with each attribute that the \
         other writes.",
    )
}

/// The label that says more: the one with a name in it.
fn id_in(one: &str, other: &str) -> String {
    let longer = if one.len() >= other.len() { one } else { other };
    let mut letters = longer.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().to_string() + letters.as_str())
}

/// An object that is to go is kept by another resource.
pub fn kept_by_another(resource: &Resource, prior: &Value) -> Diagnostic {
    let name = resource.name;
    Diagnostic::error(
        format!("Another {name} has this object"),
        format!(
            "The {} is to be destroyed here, and another {name} of this state keeps it. Nothing was changed. To drop it \
             here and leave the object to the other, take it out of the state: with a removed block (destroy = false), or \
             with terraform state rm, after which the other may have to be imported again.",
            named(resource, prior)
        ),
    )
}

/// An object that was to be destroyed was taken over in this run.
pub fn dropped(resource: &Resource, prior: &Value) -> Diagnostic {
    let named = named(resource, prior);
    Diagnostic::warning(
        format!("The {named} was not destroyed"),
        "Another resource took it over in this run, or the replacement of this one did, because adopt_existing = true or \
         because it goes by the same SIDs. It stays as that has it, and only this entry left the state. To have another \
         object in its place, set adopt_existing = false and replace it again.",
    )
}

/// A create came upon an object that another resource made, adopted or changed in this run.
pub fn taken(resource: &Resource, id: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Another resource has {id} already"),
        format!(
            "The {} {id} belongs to another resource of this configuration, which made, adopted or changed it in this run. \
             This one was not created, and no second object was made. Give each a name of its own, or take one of the two \
             out of the configuration.",
            resource.noun
        ),
    )
}

/// An update came upon an object that another resource made or adopted in this run.
pub fn taken_from(resource: &Resource, prior: &Value) -> Diagnostic {
    let name = resource.name;
    Diagnostic::error(
        format!("Another {name} has this object"),
        format!(
            "The {} was made, adopted or changed by another {name} in this run. It was not changed for this one. Take one of \
             the two out: of the configuration, and of the state with a removed block (destroy = false) or terraform state rm.",
            named(resource, prior)
        ),
    )
}
