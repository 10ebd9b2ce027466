//! What comes with a new object: things below it that Twilio makes at once, and where the new object or its settings name them.
//!
//! The lists stand by product in the folder of this file; what an account itself has from its first request to a product is in
//! [`accounts`].

pub(crate) mod accounts;
mod chat;
mod taskrouter;
pub(crate) mod users;

use jiff::Timestamp;
use serde_json::Value;

use super::{At, is_at};
use crate::contract::{Contract, Resource};
use crate::generic::build;
use crate::generic::serve::Implicit;
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Object};

/// One thing that comes with a new object.
struct Companion {
    /// The collection of the new object.
    with: At,
    /// Parameter and value of the create without which it does not come.
    when: Option<(&'static str, &'static str)>,
    /// Collection below the new object in which it is.
    collection: &'static str,
    /// What it reads.
    fields: &'static [(&'static str, Text)],
    /// Where the new object shows it: field, and the companion's field that stands there.
    shown: &'static [(&'static str, &'static str)],
    /// Settings below the new object that name it: path below, field that holds its SID.
    setting: Option<(&'static str, &'static str)>,
}

/// A value of a companion.
#[derive(Clone, Copy)]
enum Text {
    Is(&'static str),
    Flag(bool),
    Texts(&'static [&'static str]),
    /// A text in which the SID of the first companion of that collection stands where `{}` is.
    Naming(&'static str, &'static str),
}

impl Text {
    fn value(self, made: &[Object]) -> Value {
        match self {
            Self::Is(text) => Value::from(text),
            Self::Flag(flag) => Value::from(flag),
            Self::Texts(texts) => texts.iter().copied().collect(),
            Self::Naming(text, collection) => {
                let mut others = made.iter();
                let named = others.find(|other| other.collection.rsplit('/').next() == Some(collection));
                Value::from(text.replace("{}", named.map_or("", |named| named.key.as_str())))
            }
        }
    }
}

/// All lists.
const LISTS: &[&[Companion]] = &[taskrouter::COMPANIONS, chat::COMPANIONS];

/// Makes what comes with a new object, and shows it there. They are stored after it.
pub(crate) fn of(
    state: &mut State,
    now: Timestamp,
    resource: &'static Resource,
    params: &Params,
    object: &mut Object,
) -> Vec<Object> {
    let mut made: Vec<Object> = Vec::new();
    let asked = |companion: &&Companion| {
        companion
            .when
            .is_none_or(|(name, value)| params.text(name) == Some(value))
    };
    let companions = LISTS.iter().copied().flatten();
    for companion in companions
        .filter(|companion| is_at(companion.with, resource))
        .filter(asked)
    {
        let fields: Body = companion
            .fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.value(&made)))
            .collect();
        let collection = format!("{}/{}", object.path, companion.collection);
        let contract = Contract::published();
        let (host, account) = (&object.host, &object.account);
        let Some(one) = build::object_at(state, contract, host, account, &collection, fields, now) else {
            continue;
        };
        for (field, from) in companion.shown {
            object.set(field, one.body.get(*from).cloned().unwrap_or_default());
        }
        if let Some((below, field)) = companion.setting {
            let path = format!("{}/{below}", object.path);
            let index = made.iter().position(|other| other.path == path).or_else(|| {
                made.push(settings(state.seed, now, &object.host, &object.account, &path)?);
                Some(made.len() - 1)
            });
            if let Some(settings) = index.and_then(|index| made.get_mut(index)) {
                settings.set(field, one.key.as_str());
            }
        }
        made.push(one);
    }
    made
}

/// Settings at a path, as nobody has written them.
fn settings(seed: u64, now: Timestamp, host: &str, account: &str, path: &str) -> Option<Object> {
    let (resource, above) = Contract::published()
        .resources_of(host)
        .filter(|resource| resource.is_single())
        .find_map(|resource| Some((resource, crate::generic::match_template(&resource.template, path)?)))?;
    let place = Implicit {
        resource,
        account,
        path,
        above: &above,
    };
    Some(place.object(seed, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::OperationKind;
    use crate::facts::assert_published;

    #[test]
    fn each_companion_and_what_names_it_is_published() {
        for companion in LISTS.iter().copied().flatten() {
            let resource = assert_published(companion.with);
            let key = resource.key_param.as_deref().expect("a collection");
            let below = format!("{}/{{{key}}}/{}", resource.template, companion.collection);
            let own = Contract::published()
                .resource(&resource.host, &below)
                .unwrap_or_else(|| panic!("{below}"));
            let has = |resource: &Resource, name: &str| resource.object_fields().iter().any(|field| field.name == name);
            for (name, _) in companion.fields {
                assert!(has(own, name), "{below} {name}");
            }
            if let Some((name, value)) = companion.when {
                let create = resource.operation(OperationKind::Create).expect("created");
                let param = create.params.iter().find(|param| param.name == name);
                let allowed = &param.unwrap_or_else(|| panic!("{name}")).allowed;
                assert!(allowed.is_empty() || allowed.contains(&value.into()), "{name} {value}");
            }
            for (field, from) in companion.shown {
                assert!(has(resource, field) && has(own, from), "{below} {field}");
            }
            if let Some((path, field)) = companion.setting {
                let settings = format!("{}/{{{key}}}/{path}", resource.template);
                let settings = Contract::published()
                    .resource(&resource.host, &settings)
                    .expect("published");
                assert!(settings.is_single() && has(settings, field), "{path} {field}");
            }
        }
    }
}
