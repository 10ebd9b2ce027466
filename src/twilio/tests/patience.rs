//! Waiting for what Twilio does in its own time: rates that it tells, and objects that it does not show yet.

use std::time::Duration;

use serde_json::json;

use super::server::{ReceivedRequest, Reply, Server, ok, parent, status};
use crate::twilio::{AfterLoss, Client, ErrorKind, Find, ListRequest, Lookup, Product, Proof, Request, Search};

const MADE: &str = "MG00000000000000000000000000000001";
const OTHER: &str = "MG00000000000000000000000000000002";

#[tokio::test]
async fn a_rate_that_twilio_returns_is_kept() {
    let exhausted = "X-Rate-Limit-Remaining: 0\r\n";
    let server = Server::start(move |_, _| Reply::Answer(200, exhausted, "{}".to_owned())).await;
    let (client, clock) = server.client();
    let get = |path: &str| client.send(Request::get(Product::Taskrouter, &parent(), path));
    get("/v1/Workspaces").await.expect("served");
    assert!(clock.slept().is_empty());
    get("/v1/Workspaces").await.expect("served");
    assert_eq!(clock.slept(), [Duration::from_secs(1)]);
    get("/v1/Other").await.expect("served");
    assert_eq!(clock.slept().len(), 1, "another kind of request has a rate of its own");
}

/// A server on which an object cannot be found until it has been asked for `times` times.
async fn slow_to_show(times: usize) -> Server {
    let requests = std::sync::atomic::AtomicUsize::new(0);
    Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" if seen.target == "/v1/Services" => Reply::Answer(201, "", json!({ "sid": MADE }).to_string()),
        _ if requests.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < times => status(404, json!({"code": 20404})),
        _ => ok(json!({ "sid": MADE })),
    })
    .await
}

async fn make(client: &Client) {
    let create = Request::post(Product::Messaging, &parent(), "/v1/Services").creates();
    client.send(create).await.expect("it is made");
}

fn member(sid: &str) -> String {
    format!("/v1/Services/{sid}")
}

#[tokio::test]
async fn what_this_process_has_just_made_is_waited_for() {
    let server = slow_to_show(3).await;
    let (client, clock) = server.client();
    make(&client).await;
    let read = Request::get(Product::Messaging, &parent(), member(MADE));
    client.send(read).await.expect("it appears");
    assert_eq!(clock.slept().len(), 3);
}

#[tokio::test]
async fn a_create_that_names_what_is_new_is_sent_again_when_that_is_not_found() {
    let server = slow_to_show(1).await;
    let (client, _) = server.client();
    make(&client).await;
    let below = Request::post(Product::Messaging, &parent(), format!("{}/PhoneNumbers", member(MADE))).creates();
    client.send(below).await.expect("the service appears");
}

#[tokio::test]
async fn what_others_made_and_what_is_no_longer_new_is_believed_gone_at_once() {
    let server = slow_to_show(usize::MAX).await;
    let (client, clock) = server.client();
    let read = |sid: &str| client.send(Request::get(Product::Messaging, &parent(), member(sid)));
    make(&client).await;
    let error = read(OTHER).await.expect_err("it is gone");
    assert_eq!((error.kind, clock.slept().len()), (ErrorKind::NotFound, 0));
    assert!(client.pause(Duration::from_secs(15)).await);
    let error = read(MADE).await.expect_err("it is gone");
    assert_eq!((error.kind, clock.slept().len()), (ErrorKind::NotFound, 1));
}

#[tokio::test]
async fn a_stop_ends_the_search_for_a_lost_object_and_says_so() {
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => Reply::Close,
        _ => ok(json!({"meta": {"key": "services"}, "services": []})),
    })
    .await;
    let (client, clock) = server.client();
    clock.endless.store(true, std::sync::atomic::Ordering::Relaxed);
    let request = Request::post(Product::Messaging, &parent(), "/v1/Services").creates();
    let lookup = Lookup {
        find: Find::InList {
            list: ListRequest::new(Request::get(Product::Messaging, &parent(), "/v1/Services")),
            fetch: &|_| None,
        },
        key: "a".to_owned(),
        compare: &|_| crate::twilio::Match::Different,
        after_loss: AfterLoss::Keep,
        proof: Proof::Time,
        is_dated: false,
    };
    let stopped = async {
        while clock.slept().is_empty() {
            tokio::task::yield_now().await;
        }
        client.stop();
    };
    let (lost, ()) = tokio::join!(client.create(request, lookup), stopped);
    let error = lost.expect_err("nobody knows");
    assert_eq!(error.kind, ErrorKind::Ambiguous);
    assert!(
        matches!(error.search.as_deref(), Some(Search::Failed(why)) if why.kind == ErrorKind::Stopped),
        "{error:?}"
    );
    assert_eq!(server.seen().iter().filter(|seen| seen.method == "POST").count(), 1);
}
