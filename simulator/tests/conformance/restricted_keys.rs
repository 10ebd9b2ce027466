//! What each permission of a restricted key allows, and nothing else: every known permission, asked for every known operation beside it.
//! <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>

use std::collections::BTreeMap;

use serde_json::json;
use twilio_simulator::contract::Contract;

use crate::support::{Answer, Client, simulator};

/// Permission, method, product's host and path, as Twilio's answers and pages name them.
const NAMES: &str = include_str!("../../src/permissions/names.tsv");

struct Line {
    name: &'static str,
    method: &'static str,
    host: String,
    path: &'static str,
}

fn lines() -> Vec<Line> {
    let lines = NAMES.lines().map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, method, host, path] = columns[..] else {
            panic!("{line}");
        };
        let host = format!("{host}.twilio.com");
        Line {
            name,
            method,
            host,
            path,
        }
    });
    lines.collect()
}

/// A restricted key whose policy can be changed.
struct Key {
    main: Client,
    account: String,
    sid: String,
    client: Client,
}

impl Key {
    async fn make(main: &Client, account: &str) -> Self {
        let policy = json!({"allow": ["/twilio/voice/queues/read"]}).to_string();
        let form = [("AccountSid", account), ("KeyType", "restricted"), ("Policy", &policy)];
        let key = main.post("iam.twilio.com", "/v1/Keys", &form).await;
        Self {
            main: main.clone(),
            account: account.to_owned(),
            sid: key.text("sid").to_owned(),
            client: main.signed_in(key.text("sid"), key.text("secret")),
        }
    }

    async fn may(&self, allow: &[&str]) {
        let policy = json!({"allow": allow}).to_string();
        let path = format!("/v1/Keys/{}", self.sid);
        self.main
            .post("iam.twilio.com", &path, &[("Policy", &policy)])
            .await
            .ok();
    }

    async fn asks(&self, line: &Line) -> Answer {
        self.asks_for(line.method, &line.host, line.path).await
    }

    /// Asks for something that is not there: whether it may is said first.
    async fn asks_for(&self, method: &str, host: &str, path: &str) -> Answer {
        let mut path = match path.strip_prefix("/2010-04-01/Accounts/{}") {
            Some(rest) => format!("/2010-04-01/Accounts/{}{rest}", self.account),
            None => path.to_owned(),
        };
        path = path.replace("{}", "XX00000000000000000000000000000000");
        if path.starts_with("/2010-04-01/") && !path.ends_with(".json") {
            path.push_str(".json");
        }
        match method {
            "POST" => self.client.post(host, &path, &[]).await,
            "GET" => self.client.get(host, &path).await,
            "DELETE" => self.client.delete(host, &path).await,
            method => self.client.send_json(method, host, &path, &json!({})).await,
        }
    }
}

const LACKS: (u16, u64) = (401, 70051);

#[tokio::test]
async fn each_permission_allows_its_own_operations_and_no_others() {
    let (handle, main) = simulator().await;
    let key = Key::make(&main, &handle.account_sid).await;
    let lines = lines();
    let mut by_name: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in &lines {
        by_name.entry(line.name).or_default().push(line);
    }
    let mut failures = Vec::new();
    let names: Vec<&str> = by_name.keys().copied().collect();
    for (index, name) in names.iter().enumerate() {
        key.may(&[name]).await;
        for line in &by_name[name] {
            let answer = key.asks(line).await;
            // Whatever else is wrong with the request, it is allowed.
            if answer.status == 403 || answer.status == 401 {
                failures.push(format!("{name} for {} {}: {answer:?}", line.method, line.path));
            }
        }
        // The other operations of the resource and of those beside it, and some that are far away.
        let near = names[index.saturating_sub(6)..(index + 7).min(names.len())].iter();
        let far = names.iter().skip(index % 40).step_by(40);
        for other in near.chain(far).filter(|other| *other != name) {
            let line = by_name[other][0];
            let answer = key.asks(line).await;
            // Twilio writes it without the first stroke.
            let named = format!("permission {} is missing", other.trim_start_matches('/'));
            if answer.refusal() != LACKS || !answer.text("message").contains(&named) {
                failures.push(format!("{name} for {other}: {answer:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
    assert!(names.len() > 430, "{}", names.len());
}

#[tokio::test]
async fn all_of_a_resource_is_each_of_its_operations() {
    let (handle, main) = simulator().await;
    let key = Key::make(&main, &handle.account_sid).await;
    let lines = lines();
    let mut failures = Vec::new();
    let resource = |line: &Line| line.name.rsplit_once('/').map(|(resource, _)| resource.to_owned());
    let resources: std::collections::BTreeSet<String> = lines.iter().filter_map(resource).collect();
    let ordered: Vec<&String> = resources.iter().collect();
    for (index, whole) in ordered.iter().enumerate() {
        key.may(&[&format!("{whole}/*")]).await;
        for line in &lines {
            let own = resource(line).as_ref() == Some(*whole);
            let beside = resource(line).is_some_and(|other| {
                let at = ordered.iter().position(|known| **known == other).unwrap_or_default();
                at.abs_diff(index) == 1
            });
            if own || beside {
                let answer = key.asks(line).await;
                if (answer.refusal() == LACKS) == own {
                    failures.push(format!("{whole}/* for {}: {answer:?}", line.name));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
}

/// What no permission is known of cannot be granted: products that have none, and operations in products that have some.
#[tokio::test]
async fn what_has_no_permission_is_refused_whatever_a_key_has() {
    let (handle, main) = simulator().await;
    let key = Key::make(&main, &handle.account_sid).await;
    let known = lines();
    let has_some: std::collections::BTreeSet<(&str, &str, &str)> = known
        .iter()
        .map(|line| (line.method, line.host.as_str(), line.path))
        .collect();
    let mut names: Vec<&str> = known.iter().map(|line| line.name).collect();
    names.dedup();
    names.truncate(100);
    key.may(&names).await;
    let mut failures = Vec::new();
    let mut asked = 0;
    for resource in Contract::published().resources() {
        for operation in resource.operations() {
            let anonymous = |segment: &str| {
                if segment.starts_with('{') {
                    "{}".to_owned()
                } else {
                    segment.to_owned()
                }
            };
            let path: Vec<String> = operation.template().split('/').map(anonymous).collect();
            let path = path.join("/");
            if has_some.contains(&(operation.method.as_str(), resource.host.as_str(), path.as_str())) {
                continue;
            }
            // What hands out tokens takes its credentials in the body, and asks for no key.
            if path.ends_with("/token") {
                continue;
            }
            // Uploads and what other hosts serve have addresses of their own.
            let route = Contract::published().route(&resource.host, &operation.method, &operation.path);
            if !route.is_ok_and(|route| std::ptr::eq(route.operation, operation)) {
                continue;
            }
            let suffix = if operation.path.ends_with(".json") { ".json" } else { "" };
            let answer = key
                .asks_for(&operation.method, &resource.host, &format!("{path}{suffix}"))
                .await;
            asked += 1;
            if answer.refusal() != LACKS {
                failures.push(format!("{} {path}: {answer:?}", operation.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
    assert!(asked > 900, "{asked}");
}
