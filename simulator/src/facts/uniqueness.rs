//! Whether something may be there once more: keys, unique names, and the other fields of [`super::conflicts`].
//!
//! Each rule asks an index for the one value that it is about, so what is there already costs nothing.

use serde_json::Value;

use super::conflicts;
use crate::behaviour::Outcome;
use crate::contract::{OperationKind, Resource};
use crate::state::State;
use crate::store::{FOLDED, Object};

/// Refuses a new object whose key is taken, or that is a second one.
///
/// # Errors
/// With the code of the product.
pub(crate) fn refuse_taken(state: &State, resource: &Resource, object: &Object) -> Outcome {
    let mut on_collection = resource.on_collection.iter();
    let is_made_there = on_collection.any(|operation| operation.kind == OperationKind::Create);
    if is_made_there && !resource.is_single() {
        let Object {
            host, account, path, ..
        } = object;
        if state.store.find(host, account, path).is_some() {
            return Err(conflicts::key_taken(host, &object.template, &object.key));
        }
    }
    refuse_second(state, object)
}

/// Refuses an object whose unique name another one has, or a field that may occur once.
///
/// # Errors
/// With the code of the product.
pub(crate) fn refuse_second(state: &State, object: &Object) -> Outcome {
    refuse_second_name(state, object)?;
    refuse_second_value(state, object)
}

fn refuse_second_name(state: &State, object: &Object) -> Outcome {
    let Object { host, account, .. } = object;
    let Object { collection, path, .. } = object;
    for field in ["unique_name", "uniqueName"] {
        let Some(name) = object.text(field).filter(|name| !name.is_empty()) else {
            continue;
        };
        let mut others = state.store.members_with(host, account, collection, field, name);
        if others.any(|other| other.path != *path && conflicts::holds_name(other)) {
            return Err(conflicts::name_taken(host, &object.template, name));
        }
    }
    Ok(())
}

/// Some fields may occur once in their collection, or once in all of Twilio.
fn refuse_second_value(state: &State, object: &Object) -> Outcome {
    let Object { host, account, .. } = object;
    let Object {
        collection, template, ..
    } = object;
    for once in conflicts::once(host, template) {
        let value = object.body.get(once.field).unwrap_or(&Value::Null);
        if value.is_null() || value.as_str() == Some("") {
            continue;
        }
        let (field, value) = match (once.folded, value) {
            (true, Value::String(text)) => (
                format!("{FOLDED}{}", once.field),
                Value::from(text.to_ascii_lowercase()),
            ),
            (_, value) => (once.field.to_owned(), value.clone()),
        };
        let is_second = |other: &Object| other.key != object.key;
        let taken = match once.everywhere {
            true => {
                let is_beside = |other: &Object| other.collection == collection.replace(account, &other.account);
                let counts = |other: &Object| is_beside(other) && state.accounts.find(&other.account).is_some();
                let mut others = state.store.kind_with(host, template, &field, value);
                others.any(|other| is_second(other) && counts(other))
            }
            false => {
                let store = &state.store;
                let mut others = store.members_with(host, account, collection, &field, value);
                others.any(is_second)
            }
        };
        if taken {
            return Err(once.refusal.error());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{At, assert_published};
    use crate::store::{Body, Fields};

    /// An object in a collection of which nothing but this field matters.
    fn object(at: At, account: &str, key: usize, field: &str, value: Value) -> Object {
        let collection = at.1.replace("{AccountSid}", account);
        Object {
            sequence: 0,
            host: at.0.to_owned(),
            account: account.to_owned(),
            path: format!("{collection}/{key}"),
            collection,
            template: at.1.to_owned(),
            key: key.to_string(),
            body: Body::from_iter([(field.to_owned(), value)]).into(),
            hidden: Fields::default(),
            previous: None,
            created_ms: 0,
            updated_ms: 0,
        }
    }

    /// Tries a rule among few objects and among many: the second is refused and another one is not, and neither looks at more
    /// objects than the one that is in its way.
    fn try_rule(at: At, field: &str, refusal: impl Fn(&Object) -> crate::error::ApiError) {
        let resource = assert_published(at);
        for others in [3, 300] {
            let mut state = State::new(0);
            let account = state.accounts.main().sid.clone();
            for key in 0..others {
                let value = format!("walked-{key}").into();
                state.store.insert(object(at, &account, key, field, value));
            }
            let other = object(at, &account, others, field, "other".into());
            assert!(refuse_taken(&state, resource, &other).is_ok(), "{at:?} {field}");
            state.store.insert(other);
            let before = state.store.visited();
            let another = object(at, &account, others + 1, field, "another".into());
            assert!(refuse_taken(&state, resource, &another).is_ok(), "{at:?} {field}");
            assert_eq!(state.store.visited(), before, "{at:?} {field} among {others}");
            let second = object(at, &account, others + 1, field, "walked-1".into());
            let refused = refuse_taken(&state, resource, &second).expect_err("a second");
            assert_eq!(refused.body(), refusal(&second).body(), "{at:?} {field}");
            assert_eq!(state.store.visited() - before, 1, "{at:?} {field} among {others}");
            // What has one path for all of them, such as a safe list, is kept by a behaviour, which refuses the same key.
            if resource.is_single() {
                continue;
            }
            let same_key = object(at, &account, 1, "sid", Value::Null);
            let refused = refuse_taken(&state, resource, &same_key).expect_err("the same key");
            assert_eq!(refused.body(), conflicts::key_taken(at.0, at.1, "1").body(), "{at:?}");
            assert_eq!(state.store.visited() - before, 2, "{at:?} {field} among {others}");
        }
    }

    #[test]
    fn no_rule_looks_at_what_is_not_in_the_way() {
        for at in conflicts::places() {
            let name =
                |second: &Object| conflicts::name_taken(at.0, at.1, second.text("unique_name").unwrap_or_default());
            try_rule(at, "unique_name", name);
        }
        for once in conflicts::ONCE {
            try_rule(once.at, once.field, |_| once.refusal.error());
        }
    }

    #[test]
    fn what_may_occur_once_everywhere_is_found_in_one_step_among_many_accounts() {
        let everywhere = conflicts::ONCE.iter().filter(|once| once.everywhere);
        for once in everywhere {
            let mut state = State::new(0);
            let main = state.accounts.main().clone();
            for n in 0..200 {
                let sid = format!("AC{n}");
                state.accounts.insert(crate::state::Account {
                    sid: sid.clone(),
                    parent: Some(main.sid.clone()),
                    ..main.clone()
                });
                let value = format!("name-{n}").into();
                state.store.insert(object(once.at, &sid, n, once.field, value));
            }
            let second = object(once.at, &main.sid, 1000, once.field, "name-150".into());
            assert!(refuse_second(&state, &second).is_err(), "{}", once.field);
            let before = state.store.visited();
            assert!(refuse_second(&state, &second).is_err());
            assert_eq!(state.store.visited() - before, 1, "{}", once.field);
        }
    }
}
