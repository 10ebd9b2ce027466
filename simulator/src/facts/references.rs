//! Parameters that name another object: which one is meant, what the object shows of it, and the refusal where it is not there.
//! Only what Twilio documents or was seen to do.
//!
//! What is shown stays true: a change of the other object is shown at once ([`changed`]). The lists stand in the folder of this
//! file.

mod lists;

use serde_json::Value;

use self::lists::LISTS;
use super::{At, Refusal, beside, is_at, is_place};
use crate::behaviour::{Ctx, Outcome};
use crate::contract::{Contract, Resource};
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// One parameter that names an object.
#[derive(Debug)]
struct Reference {
    /// Collection of the object that names another.
    at: At,
    /// Parameter with the SID.
    parameter: &'static str,
    /// Answer field in which the SID stays.
    held: &'static str,
    /// Host and collections of what may be named. `{AccountSid}` is the account that is acted on; what else stands in the path is
    /// that of the object's own path.
    of: &'static [At],
    /// Field whose text the parameter takes in place of the SID.
    name: Option<&'static str>,
    /// That text where nothing is sent.
    unsent: Option<&'static str>,
    /// What becomes of a SID that names nothing.
    missing: Missing,
    /// Answer if the SID is of another kind.
    other_kind: Option<Refusal>,
    /// What the object shows of the other one: its own field, the other's field.
    shown: &'static [(&'static str, &'static str)],
}

/// How a SID is answered that names nothing.
#[derive(Debug, Clone, Copy)]
enum Missing {
    /// As any object that is not there: mostly 404/20404.
    NotFound,
    /// 400/20001, which names the parameter.
    Invalid,
    /// As its product does.
    Refused(Refusal),
}

/// Whether a parameter of a resource is one that is looked up here.
pub(crate) fn has(resource: &Resource, parameter: &str) -> bool {
    let mut lines = LISTS.iter().copied().flatten();
    lines.any(|reference| reference.parameter == parameter && is_at(reference.at, resource))
}

/// Looks up what an object names and shows of it what it shows. An update looks up only what it sends.
///
/// # Errors
/// If it is not there.
pub(crate) fn resolve(
    ctx: &Ctx<'_>,
    resource: &Resource,
    params: &Params,
    object: &mut Object,
    is_new: bool,
) -> Outcome {
    let lines = LISTS.iter().copied().flatten();
    for reference in lines.filter(|reference| is_at(reference.at, resource)) {
        let sent = params.text(reference.parameter);
        if sent.is_none() && !is_new {
            continue;
        }
        if let Some(sid) = reference.named(ctx, sent, object) {
            object.set(reference.held, sid);
        } else if reference.name.is_some()
            && let Some(name) = sent.filter(|name| !name.is_empty())
        {
            return Err(reference.missing(resource, name));
        }
        let sid = object.text(reference.held).unwrap_or_default().to_owned();
        if sid.is_empty() {
            for (field, _) in reference.shown.iter().filter(|_| !is_new) {
                object.set(field, Value::Null);
            }
            continue;
        }
        let prefixes: Vec<&str> = reference.of.iter().filter_map(|at| prefix(*at)).collect();
        if let Some(refusal) = reference.other_kind
            && !prefixes.iter().any(|prefix| sid.starts_with(prefix))
        {
            return Err(refusal.error());
        }
        let other = reference.paths(ctx.account, object).find_map(|(host, collection)| {
            let path = format!("{collection}/{sid}");
            ctx.state.store.find(host, ctx.account, &path)
        });
        match other {
            Some(other) => reference.show(other, object),
            None => return Err(reference.missing(resource, &sid)),
        }
    }
    Ok(())
}

/// Shows a change of an object wherever another one shows something of it.
pub(crate) fn changed(state: &mut State, object: &Object) {
    let Some(before) = &object.previous else {
        return;
    };
    let differs = |field: &str| before.get(field) != object.body.get(field);
    let of_it = |reference: &&Reference| {
        let mut kinds = reference.of.iter();
        kinds.any(|at| is_place(*at, &object.host, &object.template))
            && reference.shown.iter().any(|(_, field)| differs(field))
    };
    for reference in LISTS.iter().copied().flatten().filter(of_it) {
        let (host, template) = reference.at;
        let entries = state
            .store
            .kind_with(host, template, reference.held, object.key.as_str());
        let own = entries.filter(|entry| entry.account == object.account);
        let own: Vec<u64> = own.map(|entry| entry.sequence).collect();
        for sequence in own {
            if let Some(entry) = state.store.numbered_mut(sequence) {
                reference.show(object, entry);
            }
        }
    }
}

/// Paths of the entries that stand for an object and go with it: what does not exist is mapped nowhere.
pub(crate) fn entries_of(state: &State, object: &Object) -> Vec<(&'static str, String)> {
    let stands_for_it = |reference: &&Reference| {
        let mut kinds = reference.of.iter();
        reference.held == "sid" && kinds.any(|at| is_place(*at, &object.host, &object.template))
    };
    let lines = LISTS.iter().copied().flatten().filter(stands_for_it);
    let entries = lines.flat_map(|reference| {
        let (host, template) = reference.at;
        let entries = state.store.kind_with(host, template, "sid", object.key.as_str());
        let own = entries.filter(|entry| entry.account == object.account);
        own.map(|entry| (host, entry.path.clone())).collect::<Vec<_>>()
    });
    entries.collect()
}

impl Reference {
    /// Collections in which the other object may be.
    fn paths(&self, account: &str, object: &Object) -> impl Iterator<Item = (&'static str, String)> {
        let paths = self
            .of
            .iter()
            .map(|(host, template)| (*host, beside(template, account, &object.path)));
        paths.collect::<Vec<_>>().into_iter()
    }

    /// The SID of what was named otherwise, if it is there.
    fn named(&self, ctx: &Ctx<'_>, sent: Option<&str>, object: &Object) -> Option<String> {
        let field = self.name?;
        let name = sent.filter(|name| !name.is_empty()).or(self.unsent)?;
        self.paths(ctx.account, object).find_map(|(host, collection)| {
            let store = &ctx.state.store;
            let key = percent_encoding::utf8_percent_encode(name, crate::generic::SEGMENT);
            let by_key = store.find(host, ctx.account, &format!("{collection}/{key}"));
            let by_name = store.members_with(host, ctx.account, &collection, field, name).next();
            let other = by_key.into_iter().chain(by_name).min_by_key(|other| other.sequence)?;
            Some(other.key.clone())
        })
    }

    fn show(&self, other: &Object, object: &mut Object) {
        for (field, from) in self.shown {
            object.set(field, other.body.get(*from).cloned().unwrap_or_default());
        }
    }

    fn missing(&self, resource: &Resource, sid: &str) -> ApiError {
        let name = last(self.of);
        match self.missing {
            Missing::NotFound => super::parents::gone(resource, &format!("/{name}/{sid}")),
            Missing::Invalid => {
                ApiError::invalid_parameter(self.parameter, format_args!("{sid} is not one of the {name}"))
            }
            Missing::Refused(refusal) => refusal.error(),
        }
    }
}

/// SID prefix of a collection.
fn prefix((host, template): At) -> Option<&'static str> {
    Contract::published().resource(host, template)?.key_prefix.as_deref()
}

fn last(of: &[At]) -> &'static str {
    let template = of.last().map_or("", |(_, template)| template);
    template.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_reference_is_published() {
        for reference in LISTS.iter().copied().flatten() {
            let resource = assert_published(reference.at);
            let mut params = resource.operations().flat_map(|operation| &operation.params);
            assert!(
                params.any(|param| param.name == reference.parameter),
                "{}",
                reference.parameter
            );
            let has = |resource: &Resource, name: &str| resource.object_fields().iter().any(|field| field.name == name);
            assert!(has(resource, reference.held), "{reference:?}");
            for at in reference.of {
                let of = assert_published(*at);
                assert!(prefix(*at).is_some(), "{at:?}");
                for (_, from) in reference.shown {
                    assert!(has(of, from), "{at:?} {from}");
                }
            }
            for (field, _) in reference.shown {
                assert!(has(resource, field), "{field}");
            }
        }
    }
}
