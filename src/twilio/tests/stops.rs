//! Stops: what began before one ends, what is requested later is served, and what may have changed something is answered.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::json;
use tokio::sync::Semaphore;

use super::server::{ReceivedRequest, Reply, Server, child, client, ok, parent, status};
use crate::twilio::{
    AfterLoss, Client, ClientConfig, ErrorKind, Find, ListRequest, Lookup, Match, Product, Proof, Request, Stop,
};

fn read() -> Request {
    Request::get(Product::Verify, &parent(), "/v2/Services")
}

fn create() -> Request {
    Request::post(Product::Verify, &parent(), "/v2/Services").creates()
}

/// Stops when so many requests have come.
async fn stop_after(server: &Server, client: &Client, count: usize) {
    while server.count() < count {
        tokio::task::yield_now().await;
    }
    client.stop();
}

#[tokio::test]
async fn an_operation_that_was_stopped_sends_nothing_more_and_the_next_one_is_served() {
    let server = Server::start(|_, _| ok("{}")).await;
    let (client, _) = server.client();
    let stopped = client.on_behalf_of("twilio_thing");
    stopped.send(read()).await.expect("served");
    client.stop();
    for account in [parent(), child()] {
        let request = Request::get(Product::Verify, &account, "/x");
        let error = stopped.send(request).await.expect_err("stopped");
        assert_eq!((error.kind, error.attempt.tries), (ErrorKind::Stopped, 0));
        assert!(error.surely_not_executed());
    }
    assert!(!stopped.pause(std::time::Duration::from_secs(1)).await);
    assert!(stopped.list(ListRequest::new(read())).await.is_err());
    assert!(stopped.standing(&child()).await.is_err());
    assert_eq!(server.count(), 1);
    client.on_behalf_of("twilio_thing").send(read()).await.expect("served");
    client.send(create()).await.expect("served");
    assert!(client.pause(std::time::Duration::from_secs(1)).await);
}

#[tokio::test]
async fn a_read_in_flight_ends_at_once_and_is_said_to_have_been_sent() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let (client, _) = server.client();
    let (answer, ()) = tokio::join!(client.send(read()), stop_after(&server, &client, 1));
    let error = answer.expect_err("stopped");
    assert_eq!((error.kind, error.attempt.tries), (ErrorKind::Stopped, 1));
    assert!(error.to_string().contains("it was sent, and given up"), "{error}");
    assert!(!error.attempt.to_string().contains("not sent"), "{}", error.attempt);
}

#[tokio::test]
async fn a_write_in_flight_is_finished_and_its_answer_counts() {
    for (request, status, body) in [
        (create(), 200, r#"{"sid":"VA1"}"#),
        (Request::post(Product::Verify, &parent(), "/x"), 200, r#"{"sid":"VA1"}"#),
        (Request::delete(Product::Verify, &parent(), "/x"), 204, ""),
    ] {
        let answered = Arc::new(Semaphore::new(0));
        let until = Arc::clone(&answered);
        let server = Server::start(move |_, _| Reply::HeldAnswer(Arc::clone(&until), body.to_owned())).await;
        let (client, _) = server.client();
        let (answer, ()) = tokio::join!(client.send(request), async {
            stop_after(&server, &client, 1).await;
            answered.add_permits(1);
        });
        assert_eq!(answer.expect("answered").status, status);
    }
}

#[tokio::test]
async fn who_waits_for_a_permit_or_a_turn_is_stopped_too() {
    let answered = Arc::new(Semaphore::new(0));
    let until = Arc::clone(&answered);
    let server = Server::start(move |_, _| {
        Reply::HeldAnswer(
            Arc::clone(&until),
            r#"{"sid":"VA00000000000000000000000000000001"}"#.to_owned(),
        )
    })
    .await;
    let (client, _) = client(ClientConfig {
        max_concurrency: 1,
        ..server.config()
    });
    let lookup = || Lookup {
        find: Find::InList {
            list: ListRequest::new(read()),
            fetch: &|_| None,
        },
        key: "a".to_owned(),
        compare: &|_| Match::Same,
        after_loss: AfterLoss::Keep,
        proof: Proof::Time,
        is_dated: false,
    };
    // The first is under way, the second waits for its turn, the third for a permit.
    let (first, second, third, ()) = tokio::join!(
        client.create(create(), lookup()),
        client.create(create(), lookup()),
        client.send(create()),
        async {
            stop_after(&server, &client, 1).await;
            answered.add_permits(1);
        }
    );
    first.expect("answered");
    for waited in [second, third] {
        let error = waited.expect_err("stopped");
        assert_eq!((error.kind, error.attempt.tries), (ErrorKind::Stopped, 0), "{error}");
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn who_asks_after_a_stop_does_not_inherit_it_from_whom_it_waits_for() {
    // The first to ask for the token of the child is never answered.
    let server = Server::start(|seen: &ReceivedRequest, before| match before {
        0 => Reply::Silence,
        _ if seen.target.contains("/Accounts/") => ok(json!({"sid": child().as_str(), "auth_token": "child-token"})),
        _ => ok("{}"),
    })
    .await;
    let (client, _) = server.client();
    let of_child = || Request::get(Product::Verify, &child(), "/v2/Services");
    let (early, late) = tokio::join!(client.send(of_child()), async {
        while server.count() < 1 {
            tokio::task::yield_now().await;
        }
        client.stop();
        client.send(of_child()).await
    });
    assert_eq!(early.expect_err("stopped").kind, ErrorKind::Stopped);
    late.expect("served");
}

#[tokio::test]
async fn reads_that_are_answered_from_one_list_are_stopped_each_by_its_own_time() {
    // The page that the first three wait for never comes.
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.target.contains("PageSize") {
        true => Reply::Silence,
        false => ok(json!({"sid": "VA4"})),
    })
    .await;
    let (client, _) = server.client();
    let list = || ListRequest::new(read()).page_size(50);
    let direct = |sid: &str| Request::get(Product::Verify, &parent(), format!("/v2/Services/{sid}"));
    let (one, two, three, four) = tokio::join!(
        client.member(direct("VA1"), list(), "VA1"),
        client.member(direct("VA2"), list(), "VA2"),
        client.member(direct("VA3"), list(), "VA3"),
        async {
            stop_after(&server, &client, 1).await;
            client.member(direct("VA4"), list(), "VA4").await
        }
    );
    for early in [one, two, three] {
        assert_eq!(early.expect_err("stopped").kind, ErrorKind::Stopped);
    }
    four.expect("served");
}

#[tokio::test]
async fn one_stop_reaches_every_client_that_was_given_it() {
    let server = Server::start(|_, _| status(503, "{}")).await;
    let stop = Stop::default();
    let clients = [(); 2].map(|()| {
        client(ClientConfig {
            stop: stop.clone(),
            ..server.config()
        })
    });
    clients
        .iter()
        .for_each(|(_, clock)| clock.endless.store(true, Ordering::Relaxed));
    let (one, two, ()) = tokio::join!(clients[0].0.send(read()), clients[1].0.send(read()), async {
        while clients.iter().any(|(_, clock)| clock.slept().is_empty()) {
            tokio::task::yield_now().await;
        }
        stop.stop();
    });
    for answer in [one, two] {
        assert_eq!(answer.expect_err("stopped").kind, ErrorKind::Stopped);
    }
}

#[tokio::test]
async fn what_was_interrupted_says_what_it_waited_for_and_where() {
    let server = Server::start(|_, _| status(503, json!({"message": "Try later"}))).await;
    let (client, clock) = server.client();
    clock.endless.store(true, Ordering::Relaxed);
    // One is repeated, and another one has not been sent yet.
    let before = client.on_behalf_of("twilio_thing");
    let (answer, ()) = tokio::join!(client.send(read()), async {
        while clock.slept().is_empty() {
            tokio::task::yield_now().await;
        }
        client.stop();
    });
    for error in [
        answer.expect_err("stopped"),
        before.send(read()).await.expect_err("stopped"),
    ] {
        assert_eq!(error.kind, ErrorKind::Stopped);
        let said = error.failed_before().expect("a try failed");
        assert!(
            said.contains(&format!("at {}, failed: 503", error.attempt.host)),
            "{said}"
        );
    }
    // After a response nothing is the matter any more.
    let server = Server::start(|_, before| match before {
        0 => status(503, ""),
        _ => ok("{}"),
    })
    .await;
    let (client, _clock) = server.client();
    let stopped = client.on_behalf_of("twilio_thing");
    client.send(read()).await.expect("served");
    client.stop();
    let error = stopped.send(read()).await.expect_err("stopped");
    assert_eq!(error.failed_before(), None);
}
