//! What a suspended and a closed account has, for its own credentials and for its parent: every collection of the contract.
//! <https://www.twilio.com/docs/api/errors/20003>, <https://help.twilio.com/articles/223135987>

use serde_json::Map;
use twilio_simulator::contract::{OperationKind, Resource};

use crate::accounts::{account, child};
use crate::isolation::{is_account_or_key, key};
use crate::support::{API, Answer, Client, simulator};
use crate::walk::{Walk, collections};

/// Collections of the 2010 API that tell what happened.
const HISTORY: &[&str] = &["Calls", "Conferences", "Messages", "Recordings", "Transcriptions"];

/// An object of each collection that a subaccount can make.
struct Child {
    walk: Walk,
    key: Client,
    made: Vec<(&'static Resource, String)>,
}

async fn full(main: &Client) -> Child {
    let (sid, client) = child(main).await;
    let key = key(&client, &sid).await;
    let mut walk = Walk::new(client, &sid);
    let mut made = Vec::new();
    for resource in collections().filter(|resource| resource.template != "/2010-04-01/Accounts") {
        let path = walk.create(resource).await;
        made.push((
            resource,
            path.unwrap_or_else(|why| panic!("{}: {why}", resource.template)),
        ));
    }
    assert!(made.len() > 150, "{}", made.len());
    Child { walk, key, made }
}

impl Child {
    async fn stands(&self, main: &Client, status: &str) {
        let path = account(&self.walk.account_sid);
        main.post(API, &path, &[("Status", status)]).await.ok();
    }

    async fn read(&self, by: &Client, (resource, path): &(&'static Resource, String)) -> Answer {
        let read = resource.operation(OperationKind::Read).expect("collections are read");
        self.walk.send_as(by, resource, read, path, &Map::new()).await
    }

    /// Answers to everything that can be asked of an object and its collection.
    async fn asked(&self, by: &Client, (resource, path): &(&'static Resource, String)) -> Vec<(OperationKind, Answer)> {
        let (collection, _) = path.rsplit_once('/').expect("an instance path");
        let mut answers = Vec::new();
        for (kind, at) in [
            (OperationKind::Read, path.as_str()),
            (OperationKind::List, collection),
            (OperationKind::Create, collection),
            (OperationKind::Update, path),
            (OperationKind::Delete, path),
        ] {
            if let Some(operation) = resource.operation(kind) {
                // What is attached at its own path is made there.
                let at = match operation.template().ends_with('}') && operation.template() != resource.template {
                    true => path,
                    false => at,
                };
                let body = match kind {
                    OperationKind::Create | OperationKind::Update => self.walk.values(resource, operation),
                    _ => Map::new(),
                };
                answers.push((kind, self.walk.send_as(by, resource, operation, at, &body).await));
            }
        }
        answers
    }

    /// Its own token and key get nowhere.
    async fn is_shut_out(&self, failures: &mut Vec<String>) {
        for one in &self.made {
            for by in [&self.walk.client, &self.key] {
                for (kind, answer) in self.asked(by, one).await {
                    if answer.refusal() != (401, 20003) {
                        failures.push(format!("{kind:?} {}: {answer:?}", one.1));
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_suspended_account_is_shut_out_and_keeps_what_it_has() {
    let (_handle, main) = simulator().await;
    let child = full(&main).await;
    let mut before = Vec::new();
    for one in &child.made {
        before.push(child.read(&child.walk.client, one).await);
    }
    child.stands(&main, "suspended").await;
    let mut failures = Vec::new();
    child.is_shut_out(&mut failures).await;
    for one in child.made.iter().filter(|(resource, _)| resource.host == API) {
        // Its parent reads and lists, and creates nothing.
        for (kind, answer) in child.asked(&main, one).await {
            let expected = match kind {
                OperationKind::Create => answer.refusal() == (401, 20003),
                OperationKind::Read | OperationKind::List => answer.status == 200,
                _ => continue,
            };
            if !expected {
                failures.push(format!("its parent, {kind:?} {}: {answer:?}", one.1));
            }
        }
        // Deleted as the last of the requests above, by the parent: no matter for what is compared below.
    }
    child.stands(&main, "active").await;
    for (one, before) in child.made.iter().zip(&before) {
        let after = child.read(&child.walk.client, one).await;
        // A build is completed by the clock meanwhile, and a task gets older.
        let moves = one.0.template.ends_with("/Builds") || one.0.template.ends_with("/Tasks");
        if one.0.host != API && !moves && (after.status, &after.body) != (before.status, &before.body) {
            failures.push(format!("{}: {before:?}, then {after:?}", one.1));
        }
        let by_key = child.read(&child.key, one).await;
        if (by_key.refusal() == (401, 20003)) != is_account_or_key(one.0) {
            failures.push(format!("by its key again, {}: {by_key:?}", one.1));
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
}

#[tokio::test]
async fn a_closed_account_is_shut_out_and_leaves_its_history_to_its_parent() {
    let (_handle, main) = simulator().await;
    let child = full(&main).await;
    child.stands(&main, "closed").await;
    let mut failures = Vec::new();
    child.is_shut_out(&mut failures).await;
    let mut histories = 0;
    for one in child.made.iter().filter(|(resource, _)| resource.host == API) {
        let is_history = one.1.split('/').nth(4).is_some_and(|name| HISTORY.contains(&name));
        for (kind, answer) in child.asked(&main, one).await {
            let expected = match kind {
                OperationKind::Create => answer.refusal() == (401, 20003),
                OperationKind::Read | OperationKind::List if is_history => answer.status == 200,
                _ => answer.refusal() == (404, 20404),
            };
            if !expected {
                failures.push(format!("its parent, {kind:?} {}: {answer:?}", one.1));
            }
        }
        histories += usize::from(is_history);
    }
    assert!(histories > 2, "{histories}");
    let closed = main.get(API, &account(&child.walk.account_sid)).await;
    assert_eq!(closed.text("status"), "closed");
    let left = main
        .control("GET", &format!("objects?account={}", child.walk.account_sid), None)
        .await;
    let kept = left.body.as_array().expect("objects").iter().filter(|object| {
        let collection = object["collection"].as_str().unwrap_or_default();
        let is_history = collection.split('/').nth(4).is_some_and(|name| HISTORY.contains(&name));
        collection != "/2010-04-01/Accounts" && !is_history
    });
    failures.extend(kept.map(|object| format!("was kept: {}", object["path"])));
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
}
