//! What a change of a schema breaks: configurations that were valid, and states that are stored.

use std::collections::BTreeMap;

use super::snapshot::{
    AT_LEAST, AT_MOST, COMPUTED, DEFAULT, Line, NULLABLE, OPTIONAL, REPLACES, REQUIRED, REQUIRED_FOR_IMPORT, SENSITIVE,
    Snapshot, WRITE_ONLY,
};

/// What is broken for those who have what was released, a line each. A resource with a new version of its state has a step that
/// takes stored states over, so what it changes was decided.
pub(super) fn broken(released: &[Snapshot], current: &[Snapshot]) -> Vec<String> {
    let mut found = Vec::new();
    for old in released {
        let title = format!("{} {}", old.kind.noun(), old.name);
        let new = current
            .iter()
            .find(|new| (new.kind, &new.name) == (old.kind, &old.name));
        let Some(new) = new else {
            found.push(format!("{title} is gone"));
            continue;
        };
        if new.version < old.version {
            found.push(format!("{title} has version {} and had {}", new.version, old.version));
        }
        if new.version <= old.version {
            let problems = of_attributes(&old.attributes, &new.attributes);
            found.extend(problems.into_iter().map(|problem| format!("{title}: {problem}")));
        }
        found.extend(
            of_identities(old, new)
                .into_iter()
                .map(|problem| format!("{title}: {problem}")),
        );
    }
    found
}

fn of_attributes(old: &BTreeMap<String, Line>, new: &BTreeMap<String, Line>) -> Vec<String> {
    let mut found = Vec::new();
    for (path, was) in old {
        match new.get(path) {
            // What is gone with what it is in is said once.
            None if parent(path).is_some_and(|parent| !new.contains_key(parent)) => {}
            None => found.push(format!("{path} is gone")),
            Some(is) => found.extend(
                of_attribute(was, is)
                    .into_iter()
                    .map(|problem| format!("{path} {problem}")),
            ),
        }
    }
    for (path, line) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
        // In what is new itself anything may be required.
        let in_what_was_there = parent(path).is_none_or(|parent| old.contains_key(parent));
        if in_what_was_there && is_required(line) {
            found.push(format!("{path} is new and required"));
        }
    }
    found
}

fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(parent, _)| parent)
}

fn is_required(line: &Line) -> bool {
    line.is(REQUIRED) || line.value(AT_LEAST).is_some()
}

fn is_settable(line: &Line) -> bool {
    line.is(REQUIRED) || line.is(OPTIONAL) || line.ty.contains("block")
}

fn of_attribute(was: &Line, is: &Line) -> Vec<String> {
    if was.ty != is.ty {
        return vec![format!("was {} and is {}", was.ty, is.ty)];
    }
    let mut found = Vec::new();
    let mut demand = |holds: bool, problem: &str| {
        if !holds {
            found.push(problem.to_owned());
        }
    };
    demand(
        is_settable(is) || !is_settable(was),
        "could be set and can no longer be",
    );
    demand(was.is(REQUIRED) || !is.is(REQUIRED), "was not required and is");
    // Whoever refers to it gets nothing where it is not set.
    demand(
        is.is(COMPUTED) || !was.is(COMPUTED) || is.is(REQUIRED),
        "had a value without being set and has none",
    );
    demand(
        was.is(SENSITIVE) || !is.is(SENSITIVE),
        "was shown and is sensitive, which outputs have to say",
    );
    demand(was.is(WRITE_ONLY) || !is.is(WRITE_ONLY), "was stored and is write-only");
    demand(is.is(WRITE_ONLY) || !was.is(WRITE_ONLY), "was write-only and is stored");
    demand(
        was.is(REPLACES) || !is.is(REPLACES) || !is_settable(was),
        "was changed in place and replaces the object",
    );
    demand(
        is.is(NULLABLE) || !was.is(NULLABLE),
        "could be null and can no longer be",
    );
    let bound = |line: &Line, beginning: &str| line.value(beginning).and_then(|bound| bound.parse::<i64>().ok());
    let fewest = |line: &Line| bound(line, AT_LEAST).unwrap_or(0);
    let most = |line: &Line| bound(line, AT_MOST).unwrap_or(i64::MAX);
    demand(fewest(is) <= fewest(was), "is needed more often than it was");
    demand(most(is) >= most(was), "may stand less often than it might");
    match (was.value(DEFAULT), is.value(DEFAULT)) {
        (was, is) if was == is => {}
        // What was required was always set.
        (None, Some(_)) if was.is(REQUIRED) => {}
        (None, Some(is)) => found.push(format!("has the default {is} and had none")),
        (Some(was), None) => found.push(format!("had the default {was} and has none")),
        (Some(was), Some(is)) => found.push(format!("had the default {was} and has {is}")),
        (None, None) => {}
    }
    found
}

/// What an identity changes. Terraform stores it beside the state, by a version of its own.
fn of_identities(old: &Snapshot, new: &Snapshot) -> Vec<String> {
    let Some(was) = &old.identity else { return Vec::new() };
    let Some(is) = &new.identity else {
        return vec!["it has an identity no longer".to_owned()];
    };
    if is.version > was.version {
        return Vec::new();
    }
    let mut found = Vec::new();
    if is.version < was.version {
        found.push(format!(
            "the identity has version {} and had {}",
            is.version, was.version
        ));
    }
    for (name, line) in &was.attributes {
        match is.attributes.get(name) {
            None => found.push(format!("{name} is gone from the identity")),
            Some(now) if now.ty != line.ty => {
                found.push(format!("{name} was {} in the identity and is {}", line.ty, now.ty));
            }
            Some(now) if now.is(REQUIRED_FOR_IMPORT) && !line.is(REQUIRED_FOR_IMPORT) => {
                found.push(format!("an import need not name {name} and must"));
            }
            Some(_) => {}
        }
    }
    let added = is.attributes.keys().filter(|name| !was.attributes.contains_key(*name));
    found.extend(added.map(|name| format!("{name} is new in the identity")));
    found
}
