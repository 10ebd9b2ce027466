//! Requests about child accounts.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::server::{ReceivedRequest, Reply, Server, TOKEN, child, client, ok, parent, status};
use crate::twilio::{AccountStatus, ClientConfig, Credentials, ErrorKind, Product, Request, Secret};

fn service() -> Request {
    Request::get(Product::Messaging, &child(), "/v1/Services/MG1")
}

fn is_token_read(seen: &ReceivedRequest) -> bool {
    seen.target == format!("/2010-04-01/Accounts/{}.json", child())
}

fn account(token: &str) -> Reply {
    ok(json!({"sid": child().as_str(), "auth_token": token, "status": "active"}))
}

async fn server_with_token(token: &'static str) -> Server {
    Server::start(move |seen, _| if is_token_read(seen) { account(token) } else { ok("{}") }).await
}

fn api_key_config(server: &Server) -> ClientConfig {
    let key = "SK00000000000000000000000000000009";
    let credentials = Credentials::api_key(parent(), key, Secret::new("key-secret")).expect("valid");
    ClientConfig {
        credentials,
        ..server.config()
    }
}

#[tokio::test]
async fn the_classic_api_is_reached_with_the_parents_credentials() {
    let server = server_with_token("child-token").await;
    let (client, _) = server.client();
    client
        .send(Request::get(
            Product::Api,
            &child(),
            "/2010-04-01/Accounts/A/Calls.json",
        ))
        .await
        .expect("success");
    assert_eq!(server.count(), 1);
    assert_eq!(server.seen()[0].signed_in(), format!("{}:{TOKEN}", parent()));
}

#[tokio::test]
async fn one_token_is_read_for_many_requests_at_once() {
    let server = server_with_token("child-token").await;
    let (client, _) = server.client();
    let answers = futures::future::join_all((0..8).map(|_| client.send(service()))).await;
    assert!(answers.iter().all(Result::is_ok));
    client.send(service()).await.expect("success");
    let (reads, uses): (Vec<ReceivedRequest>, Vec<ReceivedRequest>) =
        server.seen().into_iter().partition(is_token_read);
    assert_eq!((reads.len(), uses.len()), (1, 9));
    assert_eq!(reads[0].headers["host"], "api.twilio.com");
    assert_eq!(reads[0].signed_in(), format!("{}:{TOKEN}", parent()));
    assert!(
        uses.iter()
            .all(|seen| seen.signed_in() == format!("{}:child-token", child()))
    );
}

#[tokio::test]
async fn a_token_that_stopped_working_is_read_again_once() {
    let reads = AtomicUsize::new(0);
    let server = Server::start(move |seen, _| {
        if is_token_read(seen) {
            let before = reads.fetch_add(1, Ordering::SeqCst);
            return account(if before == 0 { "old-token" } else { "new-token" });
        }
        if seen.signed_in().ends_with(":new-token") {
            ok("{}")
        } else {
            status(401, json!({"code": 20003}))
        }
    })
    .await;
    let (client, _) = server.client();
    let create = || Request::post(Product::Messaging, &child(), "/v1/Services").creates();
    let answers = tokio::join!(client.send(create()), client.send(create()), client.send(create()));
    assert!(
        answers.0.is_ok() && answers.1.is_ok() && answers.2.is_ok(),
        "{answers:?}"
    );
    assert_eq!(server.seen().iter().filter(|seen| is_token_read(seen)).count(), 2);
    assert_eq!(server.count(), 2 + 3 + 3);
}

#[tokio::test]
async fn a_token_that_stays_the_same_is_not_tried_twice() {
    let server = Server::start(|seen, _| {
        if is_token_read(seen) {
            account("child-token")
        } else {
            status(401, json!({"code": 20003}))
        }
    })
    .await;
    let (client, _) = server.client();
    let error = client.send(service()).await.expect_err("refused");
    assert_eq!(
        (error.kind, error.twilio_code),
        (ErrorKind::Unauthenticated, Some(20003))
    );
    assert!(error.to_string().contains("suspended or closed"), "{error}");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_token_withheld_from_an_api_key_is_explained() {
    let server = server_with_token("").await;
    let (client, _) = client(api_key_config(&server));
    let error = client.send(service()).await.expect_err("no token");
    assert_eq!(error.kind, ErrorKind::CredentialsUnavailable);
    let text = error.to_string();
    assert!(
        text.contains("API key") && text.contains("on messaging need the auth token of the parent"),
        "{text}"
    );
    assert!(error.surely_not_executed());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn an_account_that_is_no_child_is_not_taken_for_an_object_that_is_gone() {
    for code in [401, 403, 404] {
        let server = Server::start(move |_, _| status(code, json!({"code": 20404, "message": "nope"}))).await;
        let (client, _) = server.client();
        let error = client.send(service()).await.expect_err("no such child");
        assert_eq!(
            (error.kind, error.status),
            (ErrorKind::CredentialsUnavailable, Some(code))
        );
        assert_eq!(error.attempt.path, "/v1/Services/MG1");
        assert!(error.to_string().contains(child().as_str()), "{error}");
    }
}

#[tokio::test]
async fn a_throttled_token_read_is_repeated_and_another_failure_keeps_its_meaning() {
    let server = Server::start(|seen, before| match (is_token_read(seen), before) {
        (true, 0) => status(429, "{}"),
        (true, _) => account("child-token"),
        _ => ok("{}"),
    })
    .await;
    let (patient, _) = server.client();
    patient.send(service()).await.expect("success");
    assert_eq!(server.count(), 3);

    let broken = Server::start(|_, _| status(500, "{}")).await;
    let (impatient, _) = client(ClientConfig {
        max_retries: 0,
        ..broken.config()
    });
    let error = impatient.send(service().creates()).await.expect_err("broken");
    assert_eq!(error.kind, ErrorKind::Server);
    assert!(
        error.to_string().contains("while reading the credentials of"),
        "{error}"
    );
}

#[tokio::test]
async fn a_key_that_does_not_reach_a_child_is_explained() {
    let server = Server::start(|_, _| status(401, json!({"code": 20003, "message": "Authenticate"}))).await;
    let (client, _) = client(api_key_config(&server));
    let request = Request::get(Product::Api, &child(), "/2010-04-01/Accounts/A/Calls.json");
    let error = client.send(request).await.expect_err("refused");
    assert_eq!(error.kind, ErrorKind::Unauthenticated);
    assert!(
        error
            .to_string()
            .contains("API key, which does not always reach subaccount"),
        "{error}"
    );
    assert_eq!(
        (&error.attempt.account, &error.attempt.signed_in_as),
        (&child(), &parent())
    );
}

#[tokio::test]
async fn the_parent_says_whether_a_subaccount_is_in_use_and_closed_is_read_once() {
    let standing = |state: &'static str| async move {
        let server = Server::start(move |_, _| ok(json!({"sid": child().as_str(), "status": state}))).await;
        let (client, _) = server.client();
        let answers = [client.standing(&child()).await, client.standing(&child()).await];
        (answers.map(Result::ok), server.count())
    };
    assert_eq!(standing("active").await, ([Some(AccountStatus::Active); 2], 2));
    assert_eq!(standing("suspended").await, ([Some(AccountStatus::Suspended); 2], 2));
    assert_eq!(standing("closed").await, ([Some(AccountStatus::Closed); 2], 1));
    assert_eq!(standing("odd").await, ([None; 2], 2));
    // The response must be about the account.
    let server = Server::start(|_, _| ok(json!({"sid": parent().as_str(), "status": "closed"}))).await;
    let (client, _) = server.client();
    let error = client.standing(&child()).await.expect_err("another account");
    assert_eq!(error.kind, ErrorKind::UnexpectedAnswer);
}

#[tokio::test]
async fn the_token_of_another_account_is_not_signed_in_with() {
    let server = Server::start(|seen, _| match is_token_read(seen) {
        true => ok(json!({"sid": parent().as_str(), "auth_token": "another"})),
        false => ok("{}"),
    })
    .await;
    let (client, _) = server.client();
    let error = client.send(service()).await.expect_err("no token");
    assert_eq!(error.kind, ErrorKind::UnexpectedAnswer);
    assert_eq!(server.count(), 1);
}
