//! Answers of success that are about something else, or about nothing.

use serde_json::{Value, json};

use super::server::{ReceivedRequest, Reply, Server, child, ok, parent, status};
use crate::twilio::{ErrorKind, Expects, ListRequest, Product, Request};

const MINE: &str = "MG00000000000000000000000000000001";
const VICTIM: &str = "MG00000000000000000000000000000002";

fn service() -> String {
    format!("/v1/Services/{MINE}")
}

/// What a gateway, a cache or a fault may answer instead.
fn wrong() -> Vec<Value> {
    vec![
        Value::Null,
        json!([]),
        json!("hi"),
        json!({}),
        json!({"sid": VICTIM, "friendly_name": "victim"}),
        json!({"sid": format!("{MINE}/../{VICTIM}")}),
        json!({"sid": MINE, "account_sid": child().as_str()}),
        json!({"code": 20500, "message": "bad", "status": 500}),
    ]
}

fn text(body: &Value) -> String {
    match body {
        Value::Null => String::new(),
        body => body.to_string(),
    }
}

#[tokio::test]
async fn a_read_or_an_update_that_is_answered_about_something_else_is_an_error_at_once() {
    for body in wrong() {
        let shown = body.clone();
        let server = Server::start(move |_, _| ok(text(&body))).await;
        let (client, clock) = server.client();
        let requests = [
            Request::get(Product::Messaging, &parent(), service()),
            Request::post(Product::Messaging, &parent(), service()).form([("FriendlyName", "x")]),
        ];
        for request in requests {
            let error = client.send(request).await.expect_err("not about what was asked for");
            assert_eq!(
                (error.kind, error.status),
                (ErrorKind::UnexpectedAnswer, Some(200)),
                "{shown}"
            );
        }
        assert_eq!((server.count(), clock.slept().len()), (2, 0), "{shown}");
    }
}

#[tokio::test]
async fn a_create_that_is_answered_without_a_sid_has_a_lost_response() {
    let mut bodies = wrong();
    // The path of a create does not say which object it makes.
    bodies.retain(|body| body["sid"] != VICTIM);
    bodies.extend([
        json!({"sid": null}),
        json!({"sid": ".."}),
        json!({"sid": 7}),
        json!({"sid": "AP".repeat(1 << 19)}),
    ]);
    for body in bodies {
        let shown = text(&body).chars().take(80).collect::<String>();
        let server = Server::start(move |_, _| Reply::Answer(201, "", text(&body))).await;
        let (client, _) = server.client();
        let create = Request::post(Product::Messaging, &parent(), "/v1/Services").creates();
        let error = client.send(create.expects(Expects::New("MG"))).await.expect_err("lost");
        assert_eq!(error.kind, ErrorKind::Ambiguous, "{shown}");
        assert!(!error.surely_not_executed() && error.to_string().len() < 300, "{shown}");
        assert_eq!(server.count(), 1, "{shown}");
    }
}

#[tokio::test]
async fn a_delete_is_believed_when_there_is_no_content_or_nothing_more_to_delete() {
    for body in wrong() {
        let shown = body.clone();
        let server = Server::start(move |_, before| match before {
            0 => ok(text(&body)),
            _ => status(404, json!({"code": 20404, "message": "gone", "status": 404})),
        })
        .await;
        let (client, _) = server.client();
        let outcome = client
            .send(Request::delete(Product::Messaging, &parent(), service()))
            .await;
        assert_eq!(outcome.expect_err("asked again").kind, ErrorKind::NotFound, "{shown}");
    }
    let server = Server::start(|_, _| status(204, "")).await;
    let (client, _) = server.client();
    assert!(
        client
            .send(Request::delete(Product::Messaging, &parent(), service()))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_404_that_is_not_twilios_is_no_proof() {
    for body in [
        "",
        "{}",
        "[]",
        r#"{"message": "Not Found"}"#,
        "<html></html>",
        r#"{"code": 5, "message": "Not Found"}"#,
    ] {
        let server = Server::start(move |_, _| status(404, body)).await;
        let (client, _) = server.client();
        for request in [
            Request::get(Product::Messaging, &parent(), service()),
            Request::delete(Product::Messaging, &parent(), service()),
        ] {
            let error = client.send(request).await.expect_err("not found");
            assert_eq!(
                (error.kind, error.status),
                (ErrorKind::UnexpectedAnswer, Some(404)),
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn a_list_with_an_item_of_another_account_or_without_a_sid_is_no_list() {
    let items = [
        json!({"sid": MINE, "account_sid": child().as_str()}),
        json!({"friendly_name": "no sid"}),
        json!({"sid": "AP00000000000000000000000000000001"}),
        json!({"sid": "../Accounts"}),
    ];
    for item in items {
        let shown = item.clone();
        let server = Server::start(move |_, _| {
            ok(json!({"services": [{"sid": VICTIM}, item], "meta": {"key": "services", "next_page_url": null}}))
        })
        .await;
        let (client, _) = server.client();
        let list = ListRequest::new(Request::get(Product::Messaging, &parent(), "/v1/Services")).sids("MG");
        let error = client.list(list).await.expect_err("no list");
        assert_eq!(error.kind, ErrorKind::UnexpectedAnswer, "{shown}");
    }
}

#[tokio::test]
async fn a_member_that_a_list_shows_in_another_account_is_requested_itself() {
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.target.as_str() {
        "/v1/Services" => ok(
            json!({"services": [{"sid": MINE, "account_sid": child().as_str(), "from": "list"}],
            "meta": {"key": "services", "next_page_url": null}}),
        ),
        _ => ok(json!({"sid": MINE, "account_sid": parent().as_str(), "from": "itself"})),
    })
    .await;
    let (client, _) = server.client();
    let read = || {
        let direct = Request::get(Product::Messaging, &parent(), service());
        let list = ListRequest::new(Request::get(Product::Messaging, &parent(), "/v1/Services")).sids("MG");
        client.member(direct, list, MINE)
    };
    let answers = futures::future::join_all((0..4).map(|_| read())).await;
    assert!(
        answers
            .iter()
            .all(|answer| answer.as_ref().is_ok_and(|response| response.body["from"] == "itself"))
    );
}

#[tokio::test]
async fn a_path_that_would_climb_is_not_sent() {
    let server = Server::start(|_, _| status(204, "")).await;
    let (client, _) = server.client();
    for path in [
        "/v1/Services/..",
        "/v1/Services/../Keys",
        "/v1/Services/%2e%2e",
        "/v1/Services//x",
        "/v1/Services/",
    ] {
        let error = client
            .send(Request::delete(Product::Messaging, &parent(), path))
            .await
            .expect_err("another path");
        assert_eq!(error.kind, ErrorKind::Unreachable, "{path}");
    }
    assert_eq!(server.count(), 0);
}
