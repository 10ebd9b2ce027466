//! Creates whose response is lost.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::server::{ReceivedRequest, Reply, Server, ok, parent, status};
use crate::twilio::response::JsonObject;
use crate::twilio::{
    AfterLoss, Client, Error, ErrorKind, Expects, Find, ListRequest, Lookup, Match, Product, Proof, Request, Response,
    Search,
};

/// The virtual clock stands at 10:00:00, and so does the server's.
pub(super) const NOW: &str = "2026-05-01T10:00:00Z";
const A_WHILE_AGO: &str = "2026-05-01T09:59:30Z";
pub(super) const DAYS_AGO: &str = "2026-04-29T07:59:59Z";

/// What every response of Twilio has.
pub(super) const DATE: &str = "Date: Fri, 01 May 2026 10:00:00 GMT\r\n";

fn compare(item: &JsonObject) -> Match {
    match (item["friendly_name"].as_str(), item["size"].as_u64()) {
        (Some("ours"), Some(1)) => Match::Same,
        (Some("ours"), _) => Match::Similar,
        _ => Match::Different,
    }
}

fn fetch(item: &JsonObject) -> Option<Request> {
    let sid = item.get("sid")?.as_str()?;
    Some(Request::get(
        Product::Messaging,
        &parent(),
        format!("/v1/Services/{sid}"),
    ))
}

pub(super) async fn create(client: &Client, key: &str, after_loss: AfterLoss) -> Result<Response, Error> {
    prove(client, key, after_loss, Proof::Time).await
}

pub(super) async fn prove(client: &Client, key: &str, after_loss: AfterLoss, proof: Proof) -> Result<Response, Error> {
    // SIDs of these tests are short.
    expect(client, Expects::Named, key, after_loss, proof).await
}

pub(super) async fn expect(
    client: &Client,
    expects: Expects,
    key: &str,
    after_loss: AfterLoss,
    proof: Proof,
) -> Result<Response, Error> {
    let services = "/v1/Services";
    let lookup = Lookup {
        find: Find::InList {
            list: ListRequest::new(Request::get(Product::Messaging, &parent(), services)),
            fetch: &fetch,
        },
        key: key.to_owned(),
        compare: &compare,
        after_loss,
        proof,
        is_dated: true,
    };
    let request = Request::post(Product::Messaging, &parent(), services).form([("FriendlyName", "ours")]);
    client.create(request.creates().expects(expects), lookup).await
}

pub(super) fn service(sid: &str, name: &str, size: u64, created: &str) -> Value {
    json!({"sid": sid, "friendly_name": name, "size": size, "date_created": created})
}

pub(super) fn page(items: &[Value]) -> Reply {
    let body = json!({"meta": {"key": "services", "next_page_url": null}, "services": items});
    Reply::Answer(200, DATE, body.to_string())
}

/// A server that loses the responses to the first `lost` creates and has `items` in the collection.
async fn server(lost: usize, items: impl Fn(usize) -> Vec<Value> + Send + Sync + 'static) -> Server {
    let (creates, lists) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let last = move |items: &dyn Fn(usize) -> Vec<Value>| items(usize::MAX);
    Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" if creates.fetch_add(1, Ordering::Relaxed) < lost => Reply::Close,
        "POST" => Reply::Answer(201, "", service("MG9", "ours", 1, NOW).to_string()),
        "DELETE" => Reply::Answer(204, "", String::new()),
        _ if seen.target == "/v1/Services" => page(&items(lists.fetch_add(1, Ordering::Relaxed))),
        _ => last(&items)
            .into_iter()
            .find(|item| item["sid"].as_str().is_some_and(|sid| seen.target.ends_with(sid)))
            .map_or_else(|| status(404, "{}"), ok),
    })
    .await
}

pub(super) fn count(server: &Server, method: &str) -> usize {
    server.seen().iter().filter(|seen| seen.method == method).count()
}

/// The SID that a create comes to, how often it was sent, and how long was waited for lists.
#[track_caller]
pub(super) fn sid(result: &Result<Response, Error>) -> &str {
    match result {
        Ok(response) => response.member("sid").and_then(Value::as_str).unwrap_or_default(),
        Err(error) => panic!("{error}"),
    }
}

/// Paths of what was deleted, in order.
fn deleted(server: &Server) -> Vec<String> {
    let seen = server.seen().into_iter();
    seen.filter(|seen| seen.method == "DELETE")
        .map(|seen| seen.target)
        .collect()
}

pub(super) fn candidates(result: Result<Response, Error>) -> Vec<String> {
    let error = result.expect_err("nobody can tell");
    assert_eq!(error.kind, ErrorKind::Ambiguous, "{error}");
    match error.search.as_deref() {
        Some(Search::Found(candidates)) => candidates.iter().map(|candidate| candidate.sid.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_a_lost_create_made_is_its_answer() {
    let server = server(1, |_| {
        vec![service("MG1", "ours", 1, NOW), service("MG2", "other", 1, NOW)]
    })
    .await;
    let (client, clock) = server.client();
    let made = create(&client, "ours", AfterLoss::Keep).await;
    assert_eq!((sid(&made), count(&server, "POST")), ("MG1", 1));
    assert!(clock.slept().is_empty());
}

#[tokio::test]
async fn a_list_that_is_behind_is_waited_for() {
    let server = server(1, |read| match read {
        0 | 1 => Vec::new(),
        _ => vec![service("MG1", "ours", 1, NOW)],
    })
    .await;
    let (client, clock) = server.client();
    assert_eq!(sid(&create(&client, "ours", AfterLoss::Keep).await), "MG1");
    assert_eq!(count(&server, "POST"), 1);
    assert_eq!(clock.slept().len(), 2);
}

#[tokio::test]
async fn what_was_not_made_is_sent_again_after_several_reads() {
    let server = server(1, |_| vec![service("MG1", "ours", 1, DAYS_AGO)]).await;
    let (client, clock) = server.client();
    let made = create(&client, "ours", AfterLoss::Keep).await;
    assert_eq!((sid(&made), count(&server, "POST")), ("MG9", 2));
    assert_eq!(clock.slept().iter().sum::<std::time::Duration>().as_secs(), 15);
}

#[tokio::test]
async fn what_is_never_made_ends_with_the_budget_and_says_that_it_is_not_there() {
    let server = server(usize::MAX, |_| Vec::new()).await;
    let (client, _) = server.client();
    let error = create(&client, "ours", AfterLoss::Keep).await.expect_err("always lost");
    assert!(matches!(error.search.as_deref(), Some(Search::Nothing)), "{error:?}");
    assert_eq!(count(&server, "POST"), 4, "once, and three retries");
}

#[tokio::test]
async fn two_objects_cannot_be_distinguished() {
    let server = server(1, |_| {
        vec![service("MG1", "ours", 1, NOW), service("MG2", "ours", 1, NOW)]
    })
    .await;
    let (client, _) = server.client();
    assert_eq!(
        candidates(create(&client, "ours", AfterLoss::Keep).await),
        ["MG1", "MG2"]
    );
    assert_eq!(count(&server, "POST"), 1);
}

#[tokio::test]
async fn an_object_that_is_only_similar_or_a_little_old_is_named_and_not_taken() {
    for doubtful in [service("MG1", "ours", 2, NOW), service("MG1", "ours", 1, A_WHILE_AGO)] {
        let server = server(1, move |_| vec![doubtful.clone()]).await;
        let (client, _) = server.client();
        assert_eq!(candidates(create(&client, "ours", AfterLoss::Keep).await), ["MG1"]);
        assert_eq!(count(&server, "POST"), 1);
    }
}

#[tokio::test]
async fn what_another_create_was_answered_with_is_not_taken() {
    let answers = AtomicUsize::new(0);
    let items = || vec![service("MG1", "ours", 1, NOW)];
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => match answers.fetch_add(1, Ordering::Relaxed) {
            0 => ok(items()[0].clone()),
            1 => Reply::Close,
            _ => ok(service("MG2", "ours", 1, NOW)),
        },
        _ => page(&items()),
    })
    .await;
    let (client, _) = server.client();
    assert_eq!(sid(&create(&client, "ours", AfterLoss::Keep).await), "MG1");
    assert_eq!(sid(&create(&client, "ours", AfterLoss::Keep).await), "MG2");
}

#[tokio::test]
async fn an_object_whose_secret_is_lost_is_deleted_and_made_again_if_its_name_has_the_nonce() {
    // Whatever clocks say.
    for created in [NOW, A_WHILE_AGO, DAYS_AGO, "nonsense"] {
        let server = server(1, |_| {
            vec![service("MG1", "ours", 2, created), service("MG2", "theirs", 1, NOW)]
        })
        .await;
        let (client, _) = server.client();
        let made = prove(&client, "ours", AfterLoss::Recreate, Proof::Nonce).await;
        assert_eq!((sid(&made), count(&server, "POST")), ("MG9", 2));
        assert_eq!(deleted(&server), ["/v1/Services/MG1"]);
    }
}

#[tokio::test]
async fn what_has_its_key_and_the_nonce_is_the_response_and_what_has_another_name_is_named() {
    // Whatever clocks say.
    for created in [NOW, A_WHILE_AGO, DAYS_AGO, "nonsense"] {
        for (size, is_ours) in [(1, true), (2, false)] {
            let server = server(1, move |_| vec![service("MG1", "ours", size, created)]).await;
            let (client, _) = server.client();
            let made = prove(&client, "ours", AfterLoss::Keep, Proof::KeyAndNonce).await;
            match is_ours {
                true => assert_eq!(sid(&made), "MG1", "{created}"),
                false => assert_eq!(candidates(made), ["MG1"], "{created}"),
            }
            assert_eq!((count(&server, "POST"), deleted(&server).len()), (1, 0));
        }
    }
}

#[tokio::test]
async fn an_object_whose_secret_is_lost_is_never_deleted_for_its_name_and_its_time() {
    for created in [NOW, A_WHILE_AGO] {
        for key in ["ours", ""] {
            let server = server(1, |_| vec![service("MG1", "ours", 1, created)]).await;
            let (client, _) = server.client();
            assert_eq!(candidates(create(&client, key, AfterLoss::Recreate).await), ["MG1"]);
            assert_eq!((count(&server, "POST"), deleted(&server).len()), (1, 0));
        }
    }
}

#[tokio::test]
async fn what_several_tries_made_under_one_nonce_is_all_deleted() {
    let server = server(1, |_| {
        vec![service("MG1", "ours", 1, NOW), service("MG2", "ours", 1, NOW)]
    })
    .await;
    let (client, _) = server.client();
    let made = prove(&client, "ours", AfterLoss::Recreate, Proof::Nonce).await;
    assert_eq!(sid(&made), "MG9");
    assert_eq!(deleted(&server), ["/v1/Services/MG1", "/v1/Services/MG2"]);
}

#[tokio::test]
async fn an_object_whose_secret_is_always_lost_ends_with_the_budget_and_is_deleted_each_time() {
    let made = std::sync::Mutex::new(None);
    let server = Server::start(move |seen: &ReceivedRequest, before| {
        let mut made = made.lock().expect("not poisoned");
        match seen.method.as_str() {
            "POST" => {
                *made = Some(service(&format!("MG{before}"), "ours", 1, NOW));
                Reply::Close
            }
            "DELETE" => {
                *made = None;
                Reply::Answer(204, "", String::new())
            }
            _ if seen.target == "/v1/Services" => page(made.as_slice()),
            _ => made.as_ref().map_or_else(|| status(404, "{}"), ok),
        }
    })
    .await;
    let (client, _) = server.client();
    let made = prove(&client, "ours", AfterLoss::Recreate, Proof::Nonce).await;
    let error = made.expect_err("always lost");
    assert!(matches!(error.search.as_deref(), Some(Search::Nothing)), "{error:?}");
    assert_eq!((count(&server, "POST"), count(&server, "DELETE")), (4, 4));
}

#[tokio::test]
async fn a_repetition_that_is_refused_is_looked_up_too() {
    let (creates, lists) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" if creates.fetch_add(1, Ordering::Relaxed) == 0 => Reply::Close,
        "POST" => status(409, json!({"code": 20409, "message": "taken"})),
        _ if seen.target != "/v1/Services" => ok(service("MG1", "ours", 1, NOW)),
        // As often as is looked after the first try, and shown after the second.
        _ if lists.fetch_add(1, Ordering::Relaxed) < 5 => page(&[]),
        _ => page(&[service("MG1", "ours", 1, NOW)]),
    })
    .await;
    let (client, _) = server.client();
    assert_eq!(sid(&create(&client, "ours", AfterLoss::Keep).await), "MG1");
    assert_eq!(count(&server, "POST"), 2);
}

#[tokio::test]
async fn a_look_that_fails_is_reported_with_the_loss() {
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => Reply::Close,
        _ => status(403, json!({"code": 20403, "message": "no lists for you"})),
    })
    .await;
    let (client, _) = server.client();
    let error = create(&client, "ours", AfterLoss::Keep).await.expect_err("not known");
    assert_eq!(error.kind, ErrorKind::Ambiguous);
    assert!(
        matches!(error.search.as_deref(), Some(Search::Failed(why)) if why.kind == ErrorKind::Forbidden),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_object_that_is_listed_before_it_can_be_read_is_waited_for() {
    let reads = AtomicUsize::new(0);
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => Reply::Close,
        _ if seen.target == "/v1/Services" => page(&[service("MG1", "ours", 1, NOW)]),
        _ if reads.fetch_add(1, Ordering::Relaxed) == 0 => status(404, json!({"code": 20404})),
        _ => ok(service("MG1", "ours", 1, NOW)),
    })
    .await;
    let (client, _) = server.client();
    assert_eq!(sid(&create(&client, "ours", AfterLoss::Keep).await), "MG1");
    assert_eq!(count(&server, "POST"), 1);
}

#[tokio::test]
async fn creates_of_the_same_thing_wait_for_each_other() {
    // Both lose their answers, and both objects exist in the end: each create takes one.
    let made = std::sync::Mutex::new(Vec::new());
    let server = Server::start(move |seen: &ReceivedRequest, _| {
        let mut made = made.lock().expect("not poisoned");
        match seen.method.as_str() {
            "POST" => {
                let sid = format!("MG{}", made.len() + 1);
                made.push(service(&sid, "ours", 1, NOW));
                Reply::Close
            }
            _ if seen.target == "/v1/Services" => page(&made),
            _ => made
                .iter()
                .find(|item| item["sid"].as_str().is_some_and(|sid| seen.target.ends_with(sid)))
                .map_or_else(|| status(404, "{}"), ok),
        }
    })
    .await;
    let (client, _) = server.client();
    let both = tokio::join!(
        create(&client, "ours", AfterLoss::Keep),
        create(&client, "ours", AfterLoss::Keep)
    );
    let mut sids = [sid(&both.0), sid(&both.1)];
    sids.sort_unstable();
    assert_eq!((sids, count(&server, "POST")), (["MG1", "MG2"], 2));
}
