//! What is repeated, what is not, and how long it takes.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;

use super::server::{Reply, Server, child, client, config, ok, parent, status};
use crate::twilio::{ClientConfig, ErrorKind, Product, Request};

fn read() -> Request {
    Request::get(Product::Messaging, &parent(), "/v1/Services/MG1")
}

fn create() -> Request {
    Request::post(Product::Messaging, &parent(), "/v1/Services")
        .creates()
        .form([("FriendlyName", "x")])
}

fn update() -> Request {
    Request::post(Product::Messaging, &parent(), "/v1/Services/MG1").form([("FriendlyName", "x")])
}

/// A server whose first request goes wrong.
async fn first(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |_, before| {
        if before == 0 {
            reply()
        } else {
            ok(json!({"sid": "MG1"}))
        }
    })
    .await
}

fn throttled() -> Reply {
    Reply::Answer(
        429,
        "Retry-After: 7\r\n",
        json!({"code": 20429, "message": "Too many"}).to_string(),
    )
}

#[tokio::test]
async fn throttling_is_waited_out_as_long_as_twilio_asks_even_for_a_create() {
    for request in [read(), create(), update()] {
        let server = first(throttled).await;
        let (client, clock) = server.client();
        client.send(request).await.expect("success at the second try");
        assert_eq!((server.count(), clock.slept()), (2, vec![Duration::from_secs(7)]));
    }
}

#[tokio::test]
async fn throttling_that_does_not_end_is_reported_with_tries_and_time() {
    let server = Server::start(|_, _| throttled()).await;
    let (client, _) = server.client();
    let error = client.send(create()).await.expect_err("always throttled");
    assert_eq!((error.kind, error.twilio_code), (ErrorKind::RateLimited, Some(20429)));
    assert_eq!(
        (error.attempt.tries, error.attempt.elapsed),
        (4, Duration::from_secs(21))
    );
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn a_wait_beyond_the_time_allowed_is_not_begun() {
    let server = Server::start(|_, _| throttled()).await;
    let (client, clock) = client(ClientConfig {
        max_elapsed: Duration::from_secs(6),
        ..server.config()
    });
    assert_eq!(
        client.send(read()).await.expect_err("no time").kind,
        ErrorKind::RateLimited
    );
    assert_eq!((server.count(), clock.slept().len()), (1, 0));
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_even_for_a_create() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = free.local_addr().expect("bound").to_string();
    drop(free);
    let (client, clock) = client(config(&address));
    let error = client.send(create()).await.expect_err("nobody listens");
    assert_eq!((error.kind, error.attempt.tries), (ErrorKind::Unreachable, 4));
    assert!(error.surely_not_executed());
    assert!(error.to_string().contains("refused"), "{error}");
    assert_eq!(clock.slept(), [250, 500, 1000].map(Duration::from_millis));
}

#[tokio::test]
async fn a_create_with_an_unknown_outcome_is_sent_once() {
    let unknown: [fn() -> Reply; 6] = [
        || Reply::Close,
        || status(500, "{}"),
        || status(503, json!({"code": 20503, "message": "busy"})),
        || status(502, "<html><h1>Bad Gateway</h1></html>"),
        || Reply::Truncated(201, "{\"sid\": \"MG1\", \"friendly".to_owned()),
        || status(201, "garbage"),
    ];
    for reply in unknown {
        let server = first(reply).await;
        let (client, clock) = server.client();
        let error = client.send(create()).await.expect_err("unknown outcome");
        assert_eq!((error.kind, error.attempt.tries), (ErrorKind::Ambiguous, 1), "{error}");
        assert!(!error.surely_not_executed());
        assert_eq!((server.count(), clock.slept().len()), (1, 0), "{error}");
    }
}

#[tokio::test]
async fn what_may_be_done_twice_is_repeated_after_an_unknown_outcome() {
    let unknown: [fn() -> Reply; 5] = [
        || Reply::Close,
        || status(500, "{}"),
        || status(502, "<html><h1>Bad Gateway</h1></html>"),
        || Reply::Truncated(200, "{\"sid\": \"MG1\", \"friendly".to_owned()),
        || ok("garbage"),
    ];
    for reply in unknown {
        for request in [read(), update()] {
            let server = first(reply).await;
            let (client, _) = server.client();
            client.send(request).await.expect("success at the second try");
            assert_eq!(server.count(), 2);
        }
    }
}

#[tokio::test]
async fn silence_is_an_unknown_outcome_when_the_time_is_over() {
    let server = Server::start(|_, _| Reply::Silence).await;
    // The one wait of these tests that takes real time: it is the socket that must stay silent.
    let quick = ClientConfig {
        request_timeout: Duration::from_millis(50),
        max_retries: 1,
        ..server.config()
    };
    let error = client(quick.clone()).0.send(create()).await.expect_err("silence");
    assert_eq!((error.kind, server.count()), (ErrorKind::Ambiguous, 1));
    let error = client(quick).0.send(read()).await.expect_err("silence");
    assert_eq!((error.kind, server.count()), (ErrorKind::UnexpectedAnswer, 3));
    assert!(error.to_string().contains("no response in time"), "{error}");
}

#[tokio::test]
async fn a_refusal_is_not_repeated() {
    for code in [400, 401, 403, 404, 409, 422] {
        let server = Server::start(move |_, _| status(code, "{}")).await;
        let (client, clock) = server.client();
        let error = client.send(update()).await.expect_err("refused");
        assert_eq!((error.status, server.count(), clock.slept().len()), (Some(code), 1, 0));
    }
}

#[tokio::test]
async fn an_html_page_is_reported_in_a_few_words() {
    let page = "<html><head><title>502 Bad Gateway</title></head></html>";
    let server = Server::start(move |_, _| Reply::Answer(502, "Content-Type: text/html\r\n", page.to_owned())).await;
    let (client, _) = client(ClientConfig {
        max_retries: 0,
        ..server.config()
    });
    let error = client.send(read()).await.expect_err("a proxy's page");
    assert_eq!((error.kind, error.status), (ErrorKind::Server, Some(502)));
    assert_eq!(error.message.as_deref(), Some("got an HTML page: \"502 Bad Gateway\""));
}

#[tokio::test]
async fn stopping_ends_a_wait_and_says_what_came_before() {
    let server = Server::start(|_, _| throttled()).await;
    let (client, clock) = server.client();
    clock.endless.store(true, Ordering::Relaxed);
    let stop = async {
        while clock.slept().is_empty() {
            tokio::task::yield_now().await;
        }
        client.stop();
    };
    let (answer, ()) = tokio::join!(client.send(create()), stop);
    let error = answer.expect_err("stopped");
    assert_eq!(
        (error.kind, error.attempt.tries, server.count()),
        (ErrorKind::Stopped, 1, 1)
    );
    assert!(error.surely_not_executed());
    let source = std::error::Error::source(&error).expect("the last failure").to_string();
    assert!(source.starts_with("too many requests (status 429"), "{source}");
}

#[tokio::test]
async fn no_more_requests_run_at_once_than_allowed_and_other_accounts_do_not_wait() {
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    let server = Server::start(move |seen, _| match seen.target.as_str() {
        "/other" => ok("{}"),
        _ => Reply::Held(Arc::clone(&held)),
    })
    .await;
    let (client, _) = client(ClientConfig {
        max_concurrency: 2,
        ..server.config()
    });
    let many = futures::future::join_all((0..6).map(|_| client.send(Request::get(Product::Api, &parent(), "/busy"))));
    let watch = async {
        // Connections are accepted in the order in which they were made, so when the response to a later one is here, all
        // that left before have arrived.
        for allowed in [2, 4, 6] {
            let other = Request::get(Product::Api, &child(), "/other");
            client.send(other).await.expect("another account does not wait");
            let busy = || server.seen().iter().filter(|seen| seen.target == "/busy").count();
            while busy() < allowed {
                tokio::task::yield_now().await;
            }
            assert_eq!(busy(), allowed);
            gate.add_permits(2);
        }
    };
    let (answers, ()) = tokio::join!(many, watch);
    assert!(answers.iter().all(Result::is_ok));
}
