//! What belongs to one account is not there for any other: every collection of the contract, by every credential.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use twilio_simulator::contract::{Kind, Location, Operation, OperationKind, Resource};

use crate::accounts::{below, child};
use crate::support::{API, Answer, Client, simulator};
use crate::walk::{Walk, collections};

/// A stranger's SID, with which nothing was ever made.
const NOTHING: &str = "0000000000000000000000000000abcd";

/// Somebody who asks for what is not theirs.
struct Stranger {
    who: &'static str,
    client: Client,
    account_sid: String,
    /// Whether paths of the 2010 API that name the owner are theirs too: those of a parent.
    is_parent: bool,
}

impl Stranger {
    /// How a request is asked by them: with the owner's account in the path, and with their own.
    fn paths(&self, owner: &str, path: &str) -> Vec<String> {
        if !path.starts_with("/2010-04-01/Accounts/") {
            return vec![path.to_owned()];
        }
        let own = path.replacen(owner, &self.account_sid, 1);
        match self.is_parent {
            true => vec![own],
            false => vec![path.to_owned(), own],
        }
    }
}

/// A standard key of an account.
pub async fn key(client: &Client, account: &str) -> Client {
    let key = client.post(API, &below(account, "Keys"), &[]).await;
    client.signed_in(key.text("sid"), key.text("secret"))
}

/// Two children of one main account and all of their credentials; whose objects, and who must not see them.
async fn families(main: &Client, main_sid: &str) -> Vec<(Walk, Vec<Stranger>)> {
    let (first, first_client) = child(main).await;
    let (second, second_client) = child(main).await;
    let second_key = key(&second_client, &second).await;
    let main_key = key(main, main_sid).await;
    let stranger = |who, client: &Client, account_sid: &str, is_parent| Stranger {
        who,
        client: client.clone(),
        account_sid: account_sid.to_owned(),
        is_parent,
    };
    let of_child = vec![
        stranger("its parent", main, main_sid, true),
        stranger("a key of its parent", &main_key, main_sid, false),
        stranger("its sibling", &second_client, &second, false),
        stranger("a key of its sibling", &second_key, &second, false),
    ];
    let of_main = vec![
        stranger("its child", &second_client, &second, false),
        stranger("a key of its child", &second_key, &second, false),
    ];
    vec![
        (Walk::new(first_client, &first), of_child),
        (Walk::new(main.clone(), main_sid).numbered_from(10_000), of_main),
    ]
}

/// The path with the object's own key replaced by one that nothing has, if the key is a SID.
fn nowhere(path: &str) -> Option<String> {
    let (collection, key) = path.rsplit_once('/')?;
    let is_sid = key.len() == 34 && key.is_char_boundary(2) && key[..2].chars().all(|c| c.is_ascii_uppercase());
    is_sid.then(|| format!("{collection}/{}{NOTHING}", &key[..2]))
}

/// What a response says, but for the names that were asked with.
fn said(answer: &Answer, asked: &str) -> String {
    let key = asked.rsplit('/').next().unwrap_or_default();
    let text = format!("{} {}", answer.status, answer.body);
    text.replace(asked, "PATH").replace(key, "KEY")
}

/// Why the responses of a stranger about an object tell something of it; none if they do not.
async fn seen(walk: &Walk, by: &Stranger, resource: &'static Resource, path: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let single = [OperationKind::Read, OperationKind::Update, OperationKind::Delete];
    for kind in single {
        let Some(operation) = resource.operation(kind) else {
            continue;
        };
        let body = match kind {
            OperationKind::Update => walk.values(resource, operation),
            _ => Map::new(),
        };
        for asked in by.paths(&walk.account_sid, path) {
            let answer = walk.send_as(&by.client, resource, operation, &asked, &body).await;
            let is_told = (200..300).contains(&answer.status);
            // What has no SID exists for everybody as if nobody had written it, and says whose it is.
            if is_told && (nowhere(path).is_some() || answer.body.to_string().contains(&walk.account_sid)) {
                seen.push(format!("{} {} {asked}: {answer:?}", by.who, operation.id));
            }
            if let Some(nowhere) = nowhere(&asked) {
                let other = walk.send_as(&by.client, resource, operation, &nowhere, &body).await;
                let (here, there) = (said(&answer, &asked), said(&other, &nowhere));
                if here != there {
                    seen.push(format!(
                        "{} {} {asked}: {here}, of nothing {there}",
                        by.who, operation.id
                    ));
                }
            }
        }
    }
    if let Some(list) = resource.operation(OperationKind::List) {
        let (collection, key) = path.rsplit_once('/').unwrap_or((path, ""));
        for asked in by.paths(&walk.account_sid, collection) {
            let answer = walk.send_as(&by.client, resource, list, &asked, &Map::new()).await;
            if (200..300).contains(&answer.status) && answer.body.to_string().contains(key) {
                seen.push(format!("{} lists {asked}: {}", by.who, answer.body));
            }
        }
    }
    seen
}

#[tokio::test]
async fn nobody_reads_changes_deletes_or_lists_what_another_account_has() {
    let (handle, main) = simulator().await;
    let mut failures = Vec::new();
    let mut asked = 0;
    for (mut walk, strangers) in families(&main, &handle.account_sid).await {
        let own_key = key(&walk.client, &walk.account_sid).await;
        for resource in collections() {
            // A child cannot have children, and its keys are what the strangers sign in with.
            let is_child = walk.account_sid != handle.account_sid;
            if is_child && resource.host == API && resource.template == "/2010-04-01/Accounts" {
                continue;
            }
            let place = format!("{}{}", resource.host, resource.template);
            let path = match walk.create(resource).await {
                Ok(path) => path,
                Err(why) => {
                    failures.push(format!("{place} cannot be made: {why}"));
                    continue;
                }
            };
            let read = resource.operation(OperationKind::Read).expect("collections are read");
            let before = walk.send(resource, read, &path, &Map::new()).await;
            for by in &strangers {
                let seen = seen(&walk, by, resource, &path).await;
                failures.extend(seen.into_iter().map(|what| format!("{place}: {what}")));
                asked += 1;
            }
            let after = walk.send(resource, read, &path, &Map::new()).await;
            if (after.status, &after.body) != (before.status, &before.body) {
                failures.push(format!("{place} was changed: {before:?}, then {after:?}"));
            }
            // Its own key sees what its token sees, but for accounts and keys.
            let by_key = walk.send_as(&own_key, resource, read, &path, &Map::new()).await;
            let kept = is_account_or_key(resource);
            if (by_key.refusal() == (401, 20003)) != kept {
                failures.push(format!("{place} by the account's own key: {by_key:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
    assert!(asked > 1000, "only {asked} were asked");
}

pub fn is_account_or_key(resource: &Resource) -> bool {
    const KEPT: &[&str] = &[
        "/2010-04-01/Accounts",
        "/2010-04-01/Accounts/{AccountSid}/Keys",
        "/2010-04-01/Accounts/{AccountSid}/SigningKeys",
        "/v1/Keys",
        "/v1/Account/OAuthApps",
    ];
    [API, "iam.twilio.com"].contains(&resource.host.as_str()) && KEPT.contains(&resource.template.as_str())
}

/// Parameters of a write that take the SID of something, with their prefix.
fn sids(operation: &'static Operation) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    operation.params_in(Location::Body).filter_map(|field| {
        let shape = match field.kind {
            Kind::Array => field.items.as_deref()?,
            _ => field,
        };
        let prefix = shape.sid.first()?.as_str();
        let takes = prefix.len() == 2 && prefix != "**" && prefix != "AC";
        takes.then_some((field.name.as_str(), prefix, field.kind == Kind::Array))
    })
}

#[tokio::test]
async fn what_another_account_has_cannot_be_named_in_a_parameter() {
    let (handle, main) = simulator().await;
    let (owner, owner_client) = child(&main).await;
    let mut owners = Walk::new(owner_client, &owner).numbered_from(20_000);
    let (own, own_client) = child(&main).await;
    let mut walk = Walk::new(own_client, &own);
    // One thing of each kind that the other account has.
    let mut theirs: BTreeMap<String, String> = BTreeMap::new();
    for resource in collections() {
        if resource.template == "/2010-04-01/Accounts" {
            continue;
        }
        if let Ok(path) = owners.create(resource).await
            && let Some(key) = nowhere(&path).and_then(|_| path.rsplit('/').next())
        {
            theirs.entry(key[..2].to_owned()).or_insert_with(|| key.to_owned());
        }
    }
    assert!(theirs.len() > 60, "{}", theirs.len());
    let mut failures = Vec::new();
    let mut tried = 0;
    for resource in collections().filter(|resource| resource.template != "/2010-04-01/Accounts") {
        let create = resource.operation(OperationKind::Create).expect("collections are made");
        let update = resource.operation(OperationKind::Update);
        let Ok(path) = walk.create(resource).await else {
            continue;
        };
        let (collection, _) = path.rsplit_once('/').expect("an instance path");
        for (operation, at) in [(Some(create), collection), (update, path.as_str())] {
            let Some(operation) = operation else { continue };
            for (name, prefix, many) in sids(operation) {
                let Some(theirs) = theirs.get(prefix) else { continue };
                let mut answers = Vec::new();
                for sid in [theirs.clone(), format!("{prefix}{NOTHING}")] {
                    let mut body = walk.values(resource, operation);
                    let value = if many {
                        Value::from(vec![sid.clone()])
                    } else {
                        Value::from(sid.clone())
                    };
                    body.insert(name.to_owned(), value);
                    let answer = walk.send(resource, operation, at, &body).await;
                    answers.push((answer.refusal(), answer.body.to_string().replace(&sid, "SID")));
                }
                tried += 1;
                let told = |body: &str| body.contains(owner.as_str());
                if answers[0].0 != answers[1].0 || told(&answers[0].1) {
                    failures.push(format!(
                        "{} {name}: {:?}, of nothing {:?}",
                        operation.id, answers[0], answers[1]
                    ));
                }
            }
        }
    }
    drop(handle);
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
    assert!(tried > 100, "only {tried} were tried");
}
