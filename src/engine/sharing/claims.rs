//! Two resources for one object: what each plan says of itself to the [`Ledger`], and what is said when two meet there.

use crate::engine::errors::diagnose::label;
use crate::engine::facts::{Managed, Object};
use crate::engine::sharing::ledger::{
    Adopter, Conflict, DestroyCheck, Entry, Key, Ledger, NameConflict, PlannedDestroy,
};
use crate::engine::sharing::protection;
use crate::engine::values::import_id::id_of;
use crate::engine::values::private::{Replaced, Stored};
use crate::engine::values::{paths, shown};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::PlanRequest;
use crate::framework::value::Value;
use crate::twilio::AccountSid;

/// How messages name an object.
pub(crate) fn named(object: &Object, state: &Value) -> String {
    format!("{} {}", object.noun, label(object, state))
        .trim_end()
        .to_owned()
}

/// The object of a state.
pub(crate) fn key_of(resource: &Managed, object: &Value) -> Option<Key> {
    Some((resource.object.name, address(&resource.object, object)?))
}

/// What an object goes by in the ledger: its id, and its account where another account may have the same id; or what there is one such
/// object for.
pub(crate) fn address(object: &Object, state: &Value) -> Option<String> {
    if let Some(field) = object.one_for_each {
        return state.attr(field).as_str().map(str::to_owned);
    }
    let id = id_of(object, state)?;
    match object.has_sid() || object.is_of_the_account() {
        true => Some(id),
        false => Some(format!("{}/{id}", state.attr("account_sid").as_str()?)),
    }
}

/// The object that a plan names before it is made, as an entry of a sender pool, an item of a map or settings.
pub(crate) fn key_before(resource: &Managed, planned: &Value) -> Option<Key> {
    match resource.object.is_named_by_twilio() {
        true => None,
        false => key_of(resource, planned),
    }
}

/// What an object goes by in its collection, or in all of Twilio where nothing else can have it; `None` while a part of that is
/// not known. `own` is the account of what names none.
pub(crate) fn name(resource: &Managed, own: Option<&AccountSid>, object: &Value) -> Option<String> {
    let key = crate::engine::values::matching::natural_key(&resource.object, object);
    if key.is_empty() {
        return None;
    }
    let key = key.trim().to_lowercase();
    if resource.object.key_is_unique {
        return Some(format!("{} {key}", resource.object.name));
    }
    let parsed = match object.attr("account_sid") {
        Value::Null => None,
        // An account that is not known yet may be any.
        named => Some(named.as_str()?.parse().ok()?),
    };
    let account: &AccountSid = parsed.as_ref().or(own)?;
    let collection = paths::expand(resource.object.place.collection, account, object).ok()?;
    Some(format!("{account} {collection} {key}"))
}

/// What exists, as the ledger knows it.
fn existing(resource: &Managed, object: &Value, stored: &Stored) -> Entry {
    let id = address(&resource.object, object);
    Entry {
        type_name: resource.object.name,
        label: named(&resource.object, object),
        owner: id.clone().map(|id| (id, stored.holder().map(str::to_owned))),
        id,
        names: Vec::new(),
        is_made: false,
        adopts: object.attr("adopt_existing").as_bool() == Some(true),
        is_unique: resource.object.key_is_unique,
        is_adopted: stored.is_adopted(),
        part_of: resource.part_of,
        setting: protection::setting(object),
        is_planned: false,
        reaches_apply: stored.is_twice(),
    }
}

/// Tells the ledger that an object is about to be read.
pub(crate) fn reads(resource: &Managed, ledger: &Ledger, state: &Value, stored: &Stored) {
    ledger.reads(&existing(resource, state, stored));
}

/// What to store with an object that was read: whether this run has seen that another resource keeps it, and that what
/// replaced it lets it go. A plan cannot tell the destroy of a deposed object anything, and its read can.
pub(crate) fn after_read(resource: &Managed, ledger: &Ledger, state: &Value, stored: Stored) -> Stored {
    let Some(key) = key_of(resource, state) else {
        return stored;
    };
    let is_kept = ledger.is_kept_by_another(&key, stored.holder());
    let is_twice = stored.is_adopted() && ledger.is_had_twice(&key, stored.holder());
    let stored = stored.kept_elsewhere(is_kept).twice(is_twice);
    protection::after_read(resource, ledger, &key, state, stored)
}

/// Tells the ledger what is planned to be there, and what stands in the way of it; and whether the apply has to hear of it.
pub(crate) fn plan(
    resource: &Managed,
    ledger: &Ledger,
    own: Option<&AccountSid>,
    request: &PlanRequest<'_>,
    planned: &Value,
    replaced: Option<&Replaced>,
) -> (Diagnostics, bool) {
    let is_new = request.prior.is_null();
    let object = if is_new { planned } else { request.prior };
    let entry = existing(resource, object, &Stored::decode(request.private));
    let mut names: Vec<_> = [planned, request.prior]
        .into_iter()
        .filter_map(|object| name(resource, own, object))
        .collect();
    names.dedup();
    let entry = Entry {
        id: match is_new {
            true => key_before(resource, planned).map(|(_, id)| id),
            false => entry.id,
        },
        owner: match is_new {
            true => replaced.map(|replaced| (replaced.id.clone(), replaced.holder.clone())),
            false => entry.owner,
        },
        names,
        is_made: is_new,
        adopts: planned.attr("adopt_existing").as_bool() == Some(true),
        setting: protection::setting(request.config),
        is_planned: true,
        ..entry
    };
    let mut diagnostics = Diagnostics::new();
    let own_label = entry.label.clone();
    let verdict = ledger.plan(entry);
    diagnostics.extend(verdict.conflict.map(|conflict| refusal(resource, &own_label, conflict)));
    diagnostics.extend(verdict.partner.map(|partner| shared(resource, &own_label, &partner)));
    (diagnostics, verdict.needs_apply)
}

/// Tells the ledger what is planned to go. False where it stays, whatever becomes of this entry of the state.
/// What stands in the way of it is a diagnostic.
pub(crate) fn plan_destroy(
    resource: &Managed,
    ledger: &Ledger,
    own: Option<&AccountSid>,
    prior: &Value,
    stored: &Stored,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(key) = key_of(resource, prior) else {
        return true;
    };
    let label = named(&resource.object, prior);
    let leaving = PlannedDestroy {
        key,
        holder: stored.holder().map(str::to_owned),
        label: label.clone(),
        names: Vec::from_iter(name(resource, own, prior)),
        is_kept_elsewhere: stored.is_kept_elsewhere(),
    };
    match ledger.plan_destroy(leaving) {
        DestroyCheck::Free => true,
        DestroyCheck::Kept => {
            diagnostics.push(stays(&label, "Only this entry leaves the state."));
            false
        }
        DestroyCheck::Twice => {
            let outcome =
                "If the other entry stays, only this one leaves the state; if that goes too, so does the object.";
            diagnostics.push(stays(&label, outcome));
            false
        }
        DestroyCheck::Refused(Conflict::Leaves(other)) => {
            diagnostics.push(left_and_made(resource, &label, &other));
            true
        }
        DestroyCheck::Refused(Conflict::KeptByAnother) => {
            diagnostics.push(kept_by_another(resource, prior));
            true
        }
        DestroyCheck::Refused(conflict) => {
            diagnostics.push(refusal(resource, &label, conflict));
            true
        }
    }
}

/// Two entries of a state have one object, and one of them goes.
fn stays(label: &str, outcome: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The {label} is in the state twice"),
        format!(
            "Another entry of the state has it too. This happens where a replacement took over the object that it should \
             replace, and the run ended before the old entry, a deposed object, had left the state. {outcome} No request \
             is made for it."
        ),
    )
}

/// The same plan destroys an object and makes one that would take its place.
fn left_and_made(resource: &Managed, goes: &str, comes: &str) -> Diagnostic {
    let name = resource.object.name;
    let key = match resource.object.natural_key {
        [] if resource.object.has_sid() => "SIDs".to_owned(),
        [] => "key".to_owned(),
        key => key.join(" and "),
    };
    let diagnostic = Diagnostic::error(
        format!("{name} would be destroyed and made again"),
        format!(
            "This plan destroys the {goes}, and makes the {comes} with the same {key}. Terraform may do either first, and \
             what was destroyed may not be had again. Nothing was changed. If it only has a new address, write a moved \
             block. If it should really go, take the new one out, apply, and add it again. If what goes is a deposed \
             object, take the resource out of the state with terraform state rm and import what should stay."
        ),
    );
    match resource.object.natural_key.first() {
        Some(first) => diagnostic.at_attribute(first),
        None => diagnostic,
    }
}

/// Two resources would have what there is one for.
fn two_for_one(resource: &Managed, field: &str) -> Diagnostic {
    let name = resource.object.name;
    Diagnostic::error(
        format!("Two {name} have one {field}"),
        format!(
            "Another {name} of this configuration or state has the same {field}, and what the two are made of is shared: each would change \
             and remove what the other needs. Nothing was changed. Give each its own {field}, or take one of the two out: of the \
             configuration, and of the state with a removed block (destroy = false) or terraform state rm. If it only has a new address, \
             write a moved block. Where one replaces the other with create_before_destroy, take that out of its lifecycle."
        ),
    )
    .at_attribute(field)
}

fn refusal(resource: &Managed, own: &str, conflict: Conflict) -> Diagnostic {
    let name = resource.object.name;
    if let (Conflict::SameObject(_), Some(field)) = (&conflict, resource.object.one_for_each) {
        return two_for_one(resource, field);
    }
    match conflict {
        Conflict::SameObject(other) => Diagnostic::error(
            format!("Two {name} manage one object"),
            format!(
                "The {own} is planned twice: another {name} of this configuration or state has it too{}. Whatever \
                 happens to one happens to the other. Nothing was changed. Take one of the two out: of the configuration, \
                 and of the state with a removed block (destroy = false) or terraform state rm. If it only has a new \
                 address, write a moved block. If one of the two is a deposed object, take the resource out of the state \
                 with terraform state rm, and import it again.",
                in_brackets(&resource.object, &other)
            ),
        ),
        Conflict::SameName(namesake) => same_name(resource, own, &namesake),
        Conflict::Leaves(other) => left_and_made(resource, &other, own),
        Conflict::KeptByAnother => Diagnostic::error(
            format!("Another {name} has this object"),
            format!("The {own} is to be destroyed, and another {name} of this state keeps it. Nothing was changed."),
        ),
        Conflict::Protects(held) => protection::held(resource, &held),
    }
}

/// Two go by one name, and one of them would take over what the other has.
fn same_name(resource: &Managed, own: &str, NameConflict { label, taker }: &NameConflict) -> Diagnostic {
    let (name, object) = (resource.object.name, &resource.object);
    let key = object.natural_key.join(" and ");
    let other = in_brackets(object, label);
    let way = format!("Give it another {key}, or take adopt_existing out of it");
    let (says, way) = match taker {
        Adopter::Own => (
            format!(
                "adopt_existing = true takes over the one object with this {key}, and another {name} of this configuration \
                 has it{other}."
            ),
            way,
        ),
        Adopter::Other => (
            format!(
                "A new {name} of this configuration has the same {key} as the {own}, has adopt_existing = true, and would take \
                 that over. Nothing is wrong with this one: the new one is at fault."
            ),
            way,
        ),
        Adopter::Either => (
            format!(
                "The {own} has the same {key} as another {name} of this configuration{other}, and one of the two would take \
                 over what the other has."
            ),
            distinguishing_fields(object),
        ),
    };
    let at = match taker {
        Adopter::Own => "adopt_existing",
        Adopter::Other | Adopter::Either => object.natural_key.first().copied().unwrap_or("id"),
    };
    Diagnostic::error(
        format!("Two {name} would share one object"),
        format!("{says} Nothing was changed. {way}. If it only has a new address, write a moved block."),
    )
    .at_attribute(at)
}

/// ` (messaging service MG…)`, where there is more to say of it than what it is.
fn in_brackets(object: &Object, label: &str) -> String {
    match label == object.noun {
        true => String::new(),
        false => format!(" ({label})"),
    }
}

/// Another type manages the same object: that may be meant, and is said.
fn shared(resource: &Managed, own: &str, partner: &Entry) -> Diagnostic {
    let (one, other) = (resource.object.name, partner.type_name);
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
pub(crate) fn kept_by_another(resource: &Managed, prior: &Value) -> Diagnostic {
    let name = resource.object.name;
    Diagnostic::error(
        format!("Another {name} has this object"),
        format!(
            "The {} is to be destroyed here, and another {name} of this state keeps it. Nothing was changed. To drop it \
             here and leave the object to the other, take it out of the state: with a removed block (destroy = false), or \
             with terraform state rm, after which the other may have to be imported again. If it is a deposed object, a \
             plan that refreshes (without -refresh=false) shows which of the two it is.",
            named(&resource.object, prior)
        ),
    )
}

/// An object that was to be destroyed was taken over in this run.
pub(crate) fn dropped(resource: &Managed, prior: &Value) -> Diagnostic {
    let named = named(&resource.object, prior);
    Diagnostic::warning(
        format!("The {named} was not destroyed"),
        "Another resource has it, or the replacement of this one took it over, because adopt_existing = true or because it \
         has the same SIDs. It stays as the other resource has it. Only this entry left the state: a deposed object, if it \
         was replaced. To have another object in its place, set adopt_existing = false and replace it again.",
    )
}

/// A create came upon an object that another resource made, adopted or changed in this run.
pub(crate) fn taken(resource: &Managed, id: &str) -> Diagnostic {
    let object = &resource.object;
    if let Some(field) = object.one_for_each {
        return two_for_one(resource, field);
    }
    let noun = object.noun;
    let (subject, named) = match shown::harmless(id) {
        Some(id) => (id.to_owned(), format!("{noun} {id}")),
        None => (format!("this {noun}"), noun.to_owned()),
    };
    let diagnostic = Diagnostic::error(
        format!("Another resource has {subject} already"),
        format!(
            "The {named} belongs to another resource of this configuration, which made, adopted or changed it in this run. \
             Terraform gives a provider no addresses of resources, so this message cannot name the other one. This one was \
             not created, and no second object was made. {}.",
            distinguishing_fields(object)
        ),
    );
    match object.key_field().filter(|_| !object.is_named_by_twilio()) {
        Some(key) => diagnostic.at_attribute(key),
        None => diagnostic,
    }
}

/// What keeps two resources from one object: what objects go by, or are addressed by where they go by nothing else.
fn distinguishing_fields(object: &Object) -> String {
    let names: Vec<_> = match object.natural_key {
        [] => object.id_parts().filter(|_| !object.is_named_by_twilio()).collect(),
        names => names.to_vec(),
    };
    match names.is_empty() {
        true => "Take one of the two out of the configuration".to_owned(),
        false => format!(
            "Give each its own {}, or take one of the two out of the configuration",
            names.join(" or ")
        ),
    }
}

/// An update came upon an object that another resource made or adopted in this run.
pub(crate) fn taken_from(resource: &Managed, prior: &Value) -> Diagnostic {
    let name = resource.object.name;
    Diagnostic::error(
        format!("Another {name} has this object"),
        format!(
            "The {} was made, adopted or changed by another {name} in this run. It was not changed for this one. Take one of \
             the two out: of the configuration, and of the state with a removed block (destroy = false) or terraform state rm.",
            named(&resource.object, prior)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Key;

    #[test]
    fn what_there_is_one_for_is_what_the_ledger_knows_an_object_by() {
        let object = Object {
            name: "twilio_thing",
            parents: &["service_sid", "environment_sid"],
            key: Key::None,
            one_for_each: Some("service_sid"),
            ..Object::NEW
        };
        let thing = |environment: &str| {
            Value::object([
                ("account_sid", "AC1".into()),
                ("service_sid", "ZS1".into()),
                ("environment_sid", environment.into()),
            ])
        };
        assert_eq!(address(&object, &thing("ZE1")), address(&object, &thing("ZE2")));
        assert_eq!(
            address(&object, &Value::object([("service_sid", Value::UNKNOWN)])),
            None
        );
        let said = taken(&Managed { object, ..Managed::NEW }, "ZS1");
        assert!(said.detail.contains("Give each its own service_sid"), "{}", said.detail);
    }

    /// Advice names what there is to change: a number or a setting of the account has no name.
    #[test]
    fn two_resources_are_distinguished_by_what_their_objects_have_as_key() {
        let table = |key, natural_key| Managed {
            object: Object {
                noun: "thing",
                key,
                natural_key,
                ..Object::NEW
            },
            ..Managed::NEW
        };
        for (key, names, advice) in [
            (
                Key::Sid("AP"),
                &["friendly_name"][..],
                "Give each its own friendly_name, or",
            ),
            (Key::Sid("AP"), &[], "Take one of the two out"),
            (
                Key::Borrowed("phone_number_sid", "PN"),
                &[],
                "Give each its own phone_number_sid, or",
            ),
            (Key::Field("key"), &[], "Give each its own key, or"),
            (Key::None, &[], "Take one of the two out"),
        ] {
            let said = taken(&table(key, names), "x");
            assert!(said.detail.contains(advice), "{}", said.detail);
        }
        let entry = taken(&table(Key::Borrowed("phone_number_sid", "PN"), &[]), "x");
        assert_eq!(
            entry.path,
            crate::framework::path::AttributePath::attribute("phone_number_sid")
        );
    }
}
