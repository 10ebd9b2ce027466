//! Whether Twilio accepts the credentials: who finds out, at what cost, and what follows.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;

use super::server::{ReceivedRequest, Reply, Server, TOKEN, child, client, ok, parent, status};
use crate::twilio::{
    AccountStatus, Client, ClientConfig, Credentials, ErrorKind, ListRequest, Product, Request, Secret,
};

fn checking(server: &Server) -> Client {
    client(ClientConfig {
        checks_credentials: true,
        ..server.config()
    })
    .0
}

fn with_default_account(server: &Server) -> Client {
    client(ClientConfig {
        checks_credentials: true,
        default_account: Some(child()),
        ..server.config()
    })
    .0
}

fn read() -> Request {
    Request::get(Product::Verify, &parent(), "/v2/Services/VA1")
}

fn refused() -> Reply {
    status(401, json!({"code": 20003, "message": "Authenticate"}))
}

/// What is requested, when it is an account.
fn served(seen: &ReceivedRequest) -> Reply {
    let requested = [parent(), child()].into_iter().find(|account| is_about(seen, account));
    match requested {
        Some(account) => ok(json!({"sid": account.as_str(), "status": "suspended"})),
        None => ok("{}"),
    }
}

fn is_about(seen: &ReceivedRequest, account: &crate::twilio::AccountSid) -> bool {
    seen.target == format!("/2010-04-01/Accounts/{account}.json")
}

#[tokio::test]
async fn a_success_says_it_and_costs_nothing() {
    let server = Server::start(|seen, _| served(seen)).await;
    let client = checking(&server);
    client.send(read()).await.expect("served");
    client.sign_in().await.expect("it is known");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn asking_costs_one_request_however_many_ask() {
    let server = Server::start(|seen, _| served(seen)).await;
    let client = checking(&server);
    let outcomes = futures::future::join_all((0..8).map(|_| client.sign_in())).await;
    assert!(outcomes.iter().all(Result::is_ok));
    client.send(read()).await.expect("served");
    client.sign_in().await.expect("it is known");
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(is_about(&seen[0], &parent()), "{}", seen[0].target);
}

#[tokio::test]
async fn refused_credentials_are_distinguished_and_used_no_more() {
    let server = Server::start(|_, _| refused()).await;
    let client = checking(&server);
    let error = client.send(read()).await.expect_err("refused");
    assert_eq!((error.kind, error.attempt.tries), (ErrorKind::NotAccepted, 1));
    assert_eq!((error.status, error.twilio_code), (Some(401), Some(20003)));
    assert_eq!(error.attempt.path, "/v2/Services/VA1");
    let oddity = error.message.expect("it is not hexadecimal");
    assert!(oddity.contains("auth token") && !oddity.contains(TOKEN), "{oddity}");
    assert_eq!(server.count(), 1 + 2, "the account is asked for twice");
    let again = client.send(read().query("a", "b")).await.expect_err("known");
    assert_eq!((again.kind, again.attempt.tries), (ErrorKind::NotAccepted, 0));
    assert!(again.surely_not_executed());
    let create = Request::post(Product::Messaging, &child(), "/v1/Services").creates();
    let listed = client.list(ListRequest::new(read())).await.map(drop);
    for known in [client.send(create).await.map(drop), listed, client.sign_in().await] {
        assert_eq!(known.expect_err("known").kind, ErrorKind::NotAccepted);
    }
    assert_eq!(server.count(), 1 + 2);
}

#[tokio::test]
async fn many_that_are_refused_at_once_find_out_together() {
    let server = Server::start(|_, _| refused()).await;
    let client = checking(&server);
    let errors = futures::future::join_all((0..6).map(|_| client.send(read()))).await;
    let errors: Vec<_> = errors.into_iter().map(|error| error.expect_err("refused")).collect();
    assert!(errors.iter().all(|error| error.kind == ErrorKind::NotAccepted));
    // All were under way before anything was known.
    assert_eq!(server.count(), 6 + 2);
    assert_eq!(server.seen().iter().filter(|seen| is_about(seen, &parent())).count(), 2);
    let later = client.send(read()).await.expect_err("known");
    let news = errors.iter().chain([&later]).filter(|error| error.is_news());
    assert_eq!(news.count(), 1, "one of them is told at length");
}

/// What somebody or something on the way answers once to a request that is answered rightly the next time.
fn wrong_answers() -> [Reply; 5] {
    [
        status(401, json!({"code": 20003})),
        status(403, json!({"code": 20003})),
        status(404, json!({"code": 20404})),
        ok(json!({"sid": "AC00000000000000000000000000000099"})),
        ok("<html>"),
    ]
}

#[tokio::test]
async fn one_wrong_answer_to_the_question_settles_nothing() {
    for which in 0..wrong_answers().len() {
        for is_after_a_refusal in [false, true] {
            let questions = AtomicUsize::new(0);
            let reads = AtomicUsize::new(0);
            let server = Server::start(move |seen, _| {
                if !is_about(seen, &parent()) {
                    return match is_after_a_refusal && reads.fetch_add(1, Ordering::SeqCst) == 0 {
                        true => refused(),
                        false => served(seen),
                    };
                }
                match questions.fetch_add(1, Ordering::SeqCst) {
                    0 => wrong_answers().into_iter().nth(which).expect("one of them"),
                    _ => served(seen),
                }
            })
            .await;
            let client = checking(&server);
            if is_after_a_refusal {
                let error = client.send(read()).await.expect_err("refused");
                assert_eq!(error.kind, ErrorKind::Unauthenticated, "{which}");
            }
            let outcomes = futures::future::join_all((0..30).map(|_| client.sign_in())).await;
            for answer in outcomes {
                answer.unwrap_or_else(|error| panic!("{which}: {error}"));
            }
            client.send(read()).await.expect("nothing was settled");
            let about = server.seen().iter().filter(|seen| is_about(seen, &parent())).count();
            assert_eq!(about, 2, "{which}");
        }
    }
}

#[tokio::test]
async fn one_wrong_answer_about_the_default_account_settles_nothing() {
    for which in 0..wrong_answers().len() {
        let questions = AtomicUsize::new(0);
        let server = Server::start(move |seen, _| {
            match is_about(seen, &child()) && questions.fetch_add(1, Ordering::SeqCst) == 0 {
                true => wrong_answers().into_iter().nth(which).expect("one of them"),
                false => served(seen),
            }
        })
        .await;
        let client = with_default_account(&server);
        for _ in 0..2 {
            let standing = client.sign_in_for_default_account().await;
            assert_eq!(standing.expect("in reach"), Some(AccountStatus::Suspended), "{which}");
        }
    }
}

#[tokio::test]
async fn a_refusal_of_one_request_is_no_refusal_of_the_credentials() {
    let server = Server::start(|seen, _| {
        if is_about(seen, &parent()) {
            served(seen)
        } else {
            refused()
        }
    })
    .await;
    let client = checking(&server);
    for _ in 0..3 {
        let error = client.send(read()).await.expect_err("refused");
        assert_eq!((error.kind, error.attempt.tries), (ErrorKind::Unauthenticated, 1));
    }
    assert_eq!(server.count(), 3 + 1, "the account is asked for once");
}

#[tokio::test]
async fn credentials_are_refused_on_the_way_to_those_of_a_subaccount_too() {
    let server = Server::start(|_, _| refused()).await;
    let client = checking(&server);
    let request = Request::get(Product::Messaging, &child(), "/v1/Services/MG1");
    let error = client.send(request).await.expect_err("refused");
    assert_eq!((error.kind, error.attempt.tries), (ErrorKind::NotAccepted, 0));
    assert_eq!(error.attempt.path, "/v1/Services/MG1");
    let error = client.standing(&child()).await.expect_err("known");
    assert_eq!((error.kind, server.count()), (ErrorKind::NotAccepted, 1 + 2));
}

#[tokio::test]
async fn a_key_that_may_not_see_numbers_is_good() {
    let key = "SK00000000000000000000000000000009";
    let credentials = Credentials::api_key(parent(), key, Secret::new("key-secret")).expect("valid");
    // A permission that is missing is a 401 at Twilio, as credentials are that it does not know.
    for (code, twilio, is_good) in [(403, 20003, true), (401, 70051, true), (401, 20003, false)] {
        let server = Server::start(move |_, _| status(code, json!({"code": twilio}))).await;
        let (client, _) = client(ClientConfig {
            checks_credentials: true,
            credentials: credentials.clone(),
            ..server.config()
        });
        assert_eq!(client.sign_in().await.is_ok(), is_good, "{code} {twilio}");
        assert!(
            server.seen()[0]
                .target
                .contains("/IncomingPhoneNumbers.json?PageSize=1")
        );
    }
}

#[tokio::test]
async fn a_stop_ends_the_asking_and_whoever_begins_later_asks_again() {
    let is_silent = std::sync::Arc::new(AtomicBool::new(true));
    let silent = std::sync::Arc::clone(&is_silent);
    let server = Server::start(move |seen, _| {
        if silent.load(Ordering::SeqCst) {
            Reply::Silence
        } else {
            served(seen)
        }
    })
    .await;
    let client = checking(&server);
    let (first, second) = (client.on_behalf_of("a"), client.on_behalf_of("b"));
    let stop = async {
        while server.count() == 0 {
            tokio::task::yield_now().await;
        }
        client.stop();
    };
    let (first, second, ()) = tokio::join!(first.sign_in(), second.sign_in(), stop);
    for stopped in [first, second] {
        assert_eq!(stopped.expect_err("stopped").kind, ErrorKind::Stopped);
    }
    is_silent.store(false, Ordering::SeqCst);
    client.on_behalf_of("c").sign_in().await.expect("it is asked again");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn after_a_first_request_that_reached_nobody_nothing_else_is_sent() {
    let server = Server::start(|_, _| Reply::Close).await;
    let nowhere = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        free.local_addr().expect("bound")
    };
    let to_nowhere = || {
        client(ClientConfig {
            checks_credentials: true,
            base_url: Some(format!("http://{nowhere}").parse().expect("an address")),
            ..server.config()
        })
    };
    let (client, clock) = to_nowhere();
    let first = client.send(read()).await.expect_err("nobody is there");
    assert_eq!((first.kind, first.attempt.tries), (ErrorKind::NotReached, 1 + 3));
    let slept = clock.slept().len();
    let create = Request::post(Product::Messaging, &parent(), "/v1/Services").creates();
    for error in [client.send(create).await.map(drop), client.sign_in().await] {
        let error = error.expect_err("known");
        assert_eq!(error.kind, ErrorKind::NotReached);
        assert!(error.surely_not_executed());
        let said = error.message.expect("what failed first");
        assert!(said.contains("/v2/Services/VA1 (4 tries"), "{said}");
    }
    assert_eq!(clock.slept().len(), slept, "nothing is tried again");
    let (client, _) = to_nowhere();
    for _ in 0..2 {
        let error = client.sign_in().await.expect_err("nobody is there");
        assert_eq!(error.kind, ErrorKind::NotReached);
    }
}

#[tokio::test]
async fn what_says_nothing_of_the_credentials_is_read_once_and_is_no_error() {
    let server = Server::start(|_, _| status(400, json!({"code": 20001}))).await;
    let client = checking(&server);
    for _ in 0..3 {
        client.sign_in().await.expect("nothing is known against them");
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn the_default_account_is_read_once_which_is_the_sign_in_too() {
    let server = Server::start(|seen, _| served(seen)).await;
    let client = with_default_account(&server);
    for _ in 0..3 {
        let standing = client.sign_in_for_default_account().await.expect("in reach");
        assert_eq!(standing, Some(AccountStatus::Suspended));
        client.sign_in().await.expect("it is known");
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert!(is_about(&seen[0], &child()), "{}", seen[0].target);
}

#[tokio::test]
async fn a_default_account_out_of_reach_is_no_refusal_of_the_credentials() {
    for code in [401, 403, 404] {
        let server = Server::start(move |seen, _| {
            if is_about(seen, &child()) {
                status(code, json!({"code": 20404}))
            } else {
                served(seen)
            }
        })
        .await;
        let client = with_default_account(&server);
        for _ in 0..2 {
            let error = client.sign_in_for_default_account().await.expect_err("out of reach");
            assert_eq!(error.status, Some(code));
            assert_ne!(error.kind, ErrorKind::NotAccepted);
        }
        client.sign_in().await.expect("the credentials are good");
    }
    let server = Server::start(|_, _| refused()).await;
    let error = with_default_account(&server).sign_in_for_default_account().await;
    assert_eq!(error.expect_err("refused").kind, ErrorKind::NotAccepted);
}
