//! Import ids: what an object's `id` says, `terraform import` takes, for every resource.

use futures::FutureExt;
use terraform_provider_twilio::engine::facts::{AccountRule, Check, Key, Managed, Object, Policy, Read};
use terraform_provider_twilio::engine::operations::import::import;
use terraform_provider_twilio::engine::operations::session::{Connection, Session};
use terraform_provider_twilio::engine::values::import_id::{id_of, likely_id};
use terraform_provider_twilio::engine::values::shown::is_harmless;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::twilio::{AccountSid, Client, ClientConfig, Credentials, Secret};

use crate::walk::tables;

const OWN: &str = "AC00000000000000000000000000000001";
const SUBACCOUNT: &str = "AC00000000000000000000000000000002";

/// A session that is signed in and sends nothing: importing by id makes no request.
fn session() -> Session {
    let account: AccountSid = OWN.parse().expect("a valid SID");
    let credentials = Credentials::AuthToken {
        account,
        token: Secret::new("0123456789abcdef0123456789abcdef".to_owned()),
    };
    let client = Client::new(ClientConfig::new(credentials)).expect("the configuration is complete");
    let session = Session::default();
    session.set(Connection::Ready(client), Policy::default());
    session
}

/// What importing `id` puts into the state, or what it says.
fn imported(resource: &'static Managed, id: &str) -> Result<Value, String> {
    let answer = import(resource, &session(), id)
        .now_or_never()
        .expect("an import by id does not wait");
    answer.map(|answer| answer.state).map_err(|diagnostics| {
        diagnostics
            .into_iter()
            .map(|diagnostic| diagnostic.detail)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// A stored object: each part of its import id a SID of its own.
fn stored(resource: &Managed, account: &str) -> Value {
    let mut state = Value::object([("account_sid", Value::string(account))]);
    for (digit, part) in ('a'..='f').zip(resource.object.id_parts()) {
        if resource.object.key == Key::Field(part) && prefix(resource, part).is_empty() {
            state.set_attr(part, Value::string(key(resource, part)));
            continue;
        }
        let sid = format!("{}{}", prefix(resource, part), digit.to_string().repeat(32));
        state.set_attr(part, Value::string(sid));
    }
    state
}

/// A key that is no SID: with slashes, unless its checks allow none; then it is a country or a number.
fn key(resource: &Managed, part: &str) -> &'static str {
    // What Twilio makes up is a number.
    if resource.object.is_named_by_twilio() {
        return "17";
    }
    let checks = resource
        .object
        .field(part)
        .map(|field| field.checks)
        .unwrap_or_default();
    match checks {
        [Check::E164] => "+14155550100",
        [Check::Country] => "DE",
        [Check::Custom(check)] => {
            let keys = [
                SLASHES,
                "DE",
                "+14155550100",
                "office.sip.twilio.com",
                "office.pstn.twilio.com",
            ];
            let right = keys.into_iter().find(|key| check(key).is_ok());
            right.unwrap_or_else(|| panic!("{}: no key for {part}: add one", resource.object.name))
        }
        _ => SLASHES,
    }
}

const SLASHES: &str = "a key/with slashes/AC00000000000000000000000000000003";

/// The letters that the SID of a part starts with.
fn prefix(resource: &Managed, part: &str) -> &'static str {
    if part == "sid" {
        return resource.object.sid_prefix();
    }
    let checks = resource
        .object
        .field(part)
        .map(|attribute| attribute.checks)
        .unwrap_or_default();
    let mut prefixes = checks.iter().filter_map(|check| match check {
        Check::Sid(prefix) => Some(*prefix),
        _ => None,
    });
    prefixes.next().unwrap_or(resource.object.sid_prefix())
}

/// The `id` of an object with that state.
fn id(resource: &Managed, state: &Value) -> String {
    id_of(&resource.object, state).unwrap_or_else(|| panic!("{} has no id", resource.object.name))
}

#[test]
fn the_id_is_the_sid_or_a_key_below_the_account() {
    for resource in tables() {
        let state = stored(resource, SUBACCOUNT);
        let id = id(resource, &state);
        let has_sid = matches!(resource.object.key, Key::Sid(_));
        if resource.object.is_of_the_account() {
            assert_eq!(id, SUBACCOUNT, "{}", resource.object.name);
            continue;
        }
        if has_sid {
            // What only its parents lead to goes by theirs, too.
            let parents = resource.object.parents.iter().map(|name| state.attr(name).as_str());
            let parts = parents.chain([state.attr("sid").as_str()]).flatten();
            assert_eq!(id, Vec::from_iter(parts).join("/"), "{}", resource.object.name);
        }
        assert!(!id.contains(SUBACCOUNT), "{} {id}", resource.object.name);
    }
}

#[test]
fn the_id_imports_an_object_and_the_account_before_it_one_of_another_account() {
    for resource in tables() {
        for account in [OWN, SUBACCOUNT] {
            let state = stored(resource, account);
            let own = id(resource, &state);
            let id = match resource.object.account {
                _ if resource.object.is_of_the_account() => own.clone(),
                AccountRule::Fixed | AccountRule::Movable if account != OWN => format!("{account}/{own}"),
                _ => own.clone(),
            };
            let imported =
                imported(resource, &id).unwrap_or_else(|said| panic!("{} {id}: {said}", resource.object.name));
            for part in resource.object.id_parts() {
                assert_eq!(imported.attr(part), state.attr(part), "{} {id}", resource.object.name);
            }
            if resource.object.account != AccountRule::Owned {
                assert_eq!(
                    imported.attr("account_sid"),
                    state.attr("account_sid"),
                    "{} {id}",
                    resource.object.name
                );
            }
            assert_eq!(
                id_of(&resource.object, &imported).as_deref(),
                Some(own.as_str()),
                "{}",
                resource.object.name
            );
        }
    }
}

#[test]
fn the_import_line_of_an_object_in_any_account_imports_it() {
    let named_before =
        |resource: &&Managed| !resource.object.is_named_by_twilio() || matches!(resource.object.key, Key::Sid(_));
    // The line for what Twilio has yet to give a number has a word in its place.
    for resource in tables().filter(named_before) {
        for account in [OWN, SUBACCOUNT] {
            let state = stored(resource, account);
            let line = likely_id(&resource.object, &account.parse().expect("a valid SID"), &state);
            let texts = resource.object.id_parts().filter_map(|name| state.attr(name).as_str());
            let free: Vec<_> = texts.filter(|text| !is_harmless(text)).collect();
            if !free.is_empty() {
                // A key that is free text is not repeated.
                let is_in = |text: &&str| format!("/{line}/").contains(&format!("/{text}/"));
                assert!(!free.iter().any(is_in), "{line}");
                continue;
            }
            let imported =
                imported(resource, &line).unwrap_or_else(|said| panic!("{} {line}: {said}", resource.object.name));
            assert_eq!(
                id(resource, &imported),
                id(resource, &state),
                "{}",
                resource.object.name
            );
            if resource.object.account != AccountRule::Owned {
                assert_eq!(
                    imported.attr("account_sid").as_str(),
                    Some(account),
                    "{}",
                    resource.object.name
                );
            }
        }
    }
}

#[test]
fn an_id_of_another_shape_is_refused_with_the_shape() {
    for resource in tables() {
        // Where any text is an id, only no text is of another shape; where any two are, a text without a slash is too.
        let parts: Vec<_> = resource.object.id_parts().collect();
        let takes_any = parts.iter().all(|part| prefix(resource, part).is_empty());
        let ids = match parts.len() {
            1 if takes_any => &[""][..],
            2 if takes_any => &["", "nonsense", "XX0123456789abcdef0123456789abcdef"],
            _ => &["", "nonsense", "a/b/c/d/e", "XX0123456789abcdef0123456789abcdef"],
        };
        for id in ids {
            let said = imported(resource, id).expect_err(&format!("{} takes {id:?}", resource.object.name));
            let part = resource.object.id_parts().next().unwrap_or("account_sid");
            assert!(
                said.contains("Nothing was imported") && said.contains(&format!("<{part}>")),
                "{} {id:?}: {said}",
                resource.object.name
            );
        }
    }
}

#[test]
fn a_key_that_would_climb_is_no_id() {
    // In a query any text is only a value.
    let in_path = |resource: &&Managed| {
        let Object { place, key, .. } = &resource.object;
        let read = match place.read {
            Read::Among { path, .. } => path,
            _ => place.instance,
        };
        !matches!((key, read.split_once('?')), (Key::Field(name), Some((_, query))) if query.contains(name))
    };
    let keyed = tables().filter(|resource| matches!(resource.object.key, Key::Field(_)) && in_path(resource));
    let mut checked = 0;
    for resource in keyed {
        let mut state = stored(resource, OWN);
        let field = resource.object.key_field().expect("it has a key");
        for key in [".", "..", "%2e%2E", "a/../b", "a/%2e%2e"] {
            state.set_attr(field, key.into());
            let id = id(resource, &state);
            let said = imported(resource, &id).expect_err(&format!("{} takes {id:?}", resource.object.name));
            assert!(said.contains("Nothing was imported"), "{said}");
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn what_people_know_an_object_by_is_distinguished_from_its_id() {
    for resource in tables() {
        let Some(find) = resource.object.read.find else {
            continue;
        };
        assert!((find.recognises)(find.example), "{}", resource.object.name);
        let id = id(resource, &stored(resource, OWN));
        assert!(!(find.recognises)(&id), "{} {id}", resource.object.name);
        assert!(
            !(find.recognises)(&format!("{OWN}/{id}")),
            "{} {id}",
            resource.object.name
        );
    }
}

/// Whether a command of `import.sh` names the resource of the example and an id that can be imported.
pub fn command_fits(resource: &'static Managed, example: &str, command: &str) -> Result<(), String> {
    let words: Vec<_> = command
        .split_whitespace()
        .map(|word| word.trim_matches(['\'', '"']))
        .collect();
    let ["terraform", "import", address, id] = words.as_slice() else {
        return Err("is not `terraform import ADDRESS ID`".to_owned());
    };
    let label = address
        .strip_prefix(resource.object.name)
        .and_then(|rest| rest.strip_prefix('.'))
        .ok_or("names another resource")?;
    if !example.contains(&format!("resource \"{}\" \"{label}\"", resource.object.name)) {
        return Err("names a resource that the example does not have".to_owned());
    }
    let own = id
        .split_once('/')
        .filter(|(account, _)| account.starts_with("AC"))
        .map_or(*id, |(_, own)| own);
    if resource.object.read.find.is_some_and(|find| (find.recognises)(own)) {
        return Ok(());
    }
    imported(resource, id).map(drop)
}
