//! Signing in with an OAuth app: one token for all, exchanged before it expires and when it is refused.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::server::{ReceivedRequest, Reply, Server, client, ok, parent, status};
use crate::twilio::{Client, ClientConfig, Credentials, ErrorKind, Grant, Product, Request, Secret};

const APP: &str = "OQ00000000000000000000000000000001";
const SECRET: &str = "app-secret-5d1f9c";

fn is_token_request(seen: &ReceivedRequest) -> bool {
    seen.target == "/v2/token"
}

/// Issues `token-1`, `token-2`, … and answers everything else as told by the number of the token that it has.
async fn server(others: impl Fn(&ReceivedRequest, usize) -> Reply + Send + Sync + 'static) -> Server {
    let issued = std::sync::atomic::AtomicUsize::new(0);
    Server::start(move |seen, _| {
        if is_token_request(seen) {
            let number = issued.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
            let body = json!({"access_token": format!("token-{number}"), "token_type": "Bearer", "expires_in": 3600});
            return ok(body);
        }
        let bearer = seen
            .headers
            .get("authorization")
            .and_then(|value| value.strip_prefix("Bearer token-"));
        others(seen, bearer.and_then(|number| number.parse().ok()).unwrap_or(0))
    })
    .await
}

fn signed_in(server: &Server) -> (Client, Arc<super::server::VirtualClock>) {
    let credentials = Credentials::OauthApp {
        account: parent(),
        client_id: APP.to_owned(),
        client_secret: Secret::new(SECRET),
    };
    client(ClientConfig {
        credentials,
        ..server.config()
    })
}

fn read() -> Request {
    Request::get(Product::Sync, &parent(), "/v1/Things")
}

fn tokens(server: &Server) -> usize {
    server.seen().iter().filter(|seen| is_token_request(seen)).count()
}

#[tokio::test]
async fn many_requests_share_one_token_and_the_token_request_has_no_credentials_in_its_head() {
    let server = server(|_, token| if token == 1 { ok("{}") } else { status(401, "{}") }).await;
    let (client, _clock) = signed_in(&server);
    let answers = futures::future::join_all((0..20).map(|_| client.send(read()))).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!((tokens(&server), server.count()), (1, 21));
    let seen = server.seen();
    let asked = seen
        .iter()
        .find(|seen| is_token_request(seen))
        .expect("a token was asked for");
    assert_eq!(asked.headers.get("authorization"), None);
    assert_eq!(
        asked.body,
        format!("grant_type=client_credentials&client_id={APP}&client_secret={SECRET}")
    );
    assert!(!format!("{client:?}").contains("token-1"));
}

#[tokio::test]
async fn a_token_is_exchanged_before_it_expires() {
    let server = server(|_, token| if token > 0 { ok("{}") } else { status(401, "{}") }).await;
    let (client, _clock) = signed_in(&server);
    for (pause, expected) in [(0, 1), (3500, 1), (69, 1), (1, 2), (3569, 2), (1, 3)] {
        assert!(client.pause(Duration::from_secs(pause)).await);
        client.send(read()).await.expect("it is answered");
        assert_eq!(tokens(&server), expected, "after {pause} more seconds");
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_exchanged_once_and_even_a_create_is_sent_again() {
    let server = server(|_, token| match token {
        0 | 1 => status(401, json!({"code": 20003, "message": "Authenticate", "status": 401})),
        _ => ok(json!({"sid": "QU00000000000000000000000000000001"})),
    })
    .await;
    let (client, _clock) = signed_in(&server);
    let create = Request::post(Product::Sync, &parent(), "/v1/Things").creates();
    client.send(create).await.expect("it is made");
    assert_eq!((tokens(&server), server.count()), (2, 4));
}

#[tokio::test]
async fn what_is_refused_with_a_fresh_token_too_is_refused() {
    let server = server(|_, _| status(401, json!({"code": 20003, "message": "Authenticate", "status": 401}))).await;
    let (client, _clock) = signed_in(&server);
    let error = client.send(read()).await.expect_err("it is refused");
    assert_eq!(
        (error.kind, tokens(&server), server.count()),
        (ErrorKind::Unauthenticated, 2, 4)
    );
}

#[tokio::test]
async fn a_wrong_secret_is_told_by_the_refusal_of_the_token_and_nothing_else_is_sent() {
    let server = Server::start(|_, _| {
        status(
            401,
            json!({"code": 322_402, "message": format!("Invalid credentials {SECRET}"), "status": 401}),
        )
    })
    .await;
    let (client, _clock) = signed_in(&server);
    let error = client.send(read()).await.expect_err("there is no token");
    assert_eq!(
        (error.kind, error.twilio_code),
        (ErrorKind::Unauthenticated, Some(322_402))
    );
    assert!(error.to_string().contains("no access token was issued") && !error.to_string().contains(SECRET));
    assert!(error.surely_not_executed());
    assert!(server.seen().iter().all(is_token_request));
}

#[tokio::test]
async fn an_answer_without_a_bearer_token_is_none() {
    for body in [
        json!({}),
        json!({"access_token": null, "token_type": "Bearer"}),
        json!({"access_token": "a b", "token_type": "Bearer"}),
        json!({"access_token": "a\r\nX: y", "token_type": "Bearer"}),
        json!({"access_token": "", "expires_in": 60}),
        json!({"access_token": "a", "token_type": "mac"}),
    ] {
        let text = body.to_string();
        let server = Server::start(move |_, _| ok(&text)).await;
        let (client, _clock) = signed_in(&server);
        let error = client.send(read()).await.expect_err("there is no token");
        assert_eq!(error.kind, ErrorKind::UnexpectedAnswer, "{body}");
        assert!(server.seen().iter().all(is_token_request), "{body}");
    }
}

/// However odd what is said of its lifetime, a token is used, and not for ever.
#[tokio::test]
async fn a_lifetime_that_makes_no_sense_is_no_reason_to_fail() {
    for lifetime in [
        json!(null),
        json!("3600"),
        json!(-1),
        json!(0),
        json!(1),
        json!(u64::MAX),
        json!(1e300),
    ] {
        let body = json!({"access_token": "token-1", "token_type": "bearer", "expires_in": lifetime}).to_string();
        let server = Server::start(move |seen, _| if is_token_request(seen) { ok(&body) } else { ok("{}") }).await;
        let (client, _clock) = signed_in(&server);
        client.send(read()).await.expect("it is answered");
        assert!(client.pause(Duration::from_secs(31 * 86_400)).await);
        client.send(read()).await.expect("it is answered");
        assert_eq!(tokens(&server), 2, "{lifetime}");
    }
}

#[tokio::test]
async fn a_token_of_another_app_is_issued_by_whoever_signs_in() {
    let server = server(|_, _| ok("{}")).await;
    let (client, _clock) = server.client();
    let secret = Secret::new("other-secret");
    let grant = Grant {
        client_id: "OQ00000000000000000000000000000002",
        client_secret: &secret,
        scope: Some("a b"),
    };
    let issued = client.issue_token(grant).await.expect("a token");
    assert_eq!(
        (issued.token.expose(), issued.lasts),
        ("token-1", Some(Duration::from_secs(3600)))
    );
    let seen = server.seen();
    assert_eq!(seen[0].headers.get("authorization"), None);
    assert!(
        seen[0].body.ends_with("&client_secret=other-secret&scope=a+b"),
        "{}",
        seen[0].body
    );
    assert!(!format!("{issued:?}").contains("token-1"));
}
