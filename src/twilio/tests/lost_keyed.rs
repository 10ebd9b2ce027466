//! Creates of what goes by a key of Twilio's choice, whose response is about something else.

use serde_json::{Value, json};

use super::lost::{DATE, DAYS_AGO, NOW, candidates, count};
use super::server::{ReceivedRequest, Reply, Server, parent};
use crate::twilio::{Client, Error, ErrorKind, Expects, Keyed, ListRequest, Match, Product, Request, Response};

const ITEMS: &str = "/v1/Services/IS1/Lists/ES1/Items";
const A_MINUTE_AGO: &str = "2026-05-01T09:58:45Z";
const JUST_NOW: &str = "2026-05-01T09:59:58Z";

fn item(index: &Value, data: &str, created: Option<&str>) -> Value {
    json!({"index": index, "data": data, "date_created": created})
}

/// A server that answers creates with one item, and has others in the list.
async fn server(answer: Value, there: Vec<Value>) -> Server {
    Server::start(move |seen: &ReceivedRequest, _| {
        let (status, body) = match seen.method.as_str() {
            "POST" => (201, answer.clone()),
            _ => (
                200,
                json!({"meta": {"key": "items", "next_page_url": null}, "items": there}),
            ),
        };
        Reply::Answer(status, DATE, body.to_string())
    })
    .await
}

async fn create(client: &Client) -> Result<Response, Error> {
    let request = Request::post(Product::Sync, &parent(), ITEMS).form([("Data", "ours")]);
    let keyed = Keyed {
        field: "index",
        is_key: &|text| text.bytes().all(|byte| byte.is_ascii_digit()),
        compare: &|item| match item.get("data").and_then(Value::as_str) {
            Some("ours") => Match::Same,
            _ => Match::Similar,
        },
        is_dated: true,
        list: ListRequest::new(Request::get(Product::Sync, &parent(), ITEMS)).known_by("index"),
    };
    client
        .create_keyed(request.creates().expects(Expects::NewKeyed("index")), keyed)
        .await
}

#[tokio::test]
async fn what_was_there_before_is_named_and_not_taken() {
    for (data, created) in [
        ("theirs", Some(A_MINUTE_AGO)),
        ("ours", Some(A_MINUTE_AGO)),
        ("theirs", Some(JUST_NOW)),
        ("ours", Some(DAYS_AGO)),
        ("ours", None),
    ] {
        let server = server(item(&json!(0), data, created), vec![]).await;
        let (client, _) = server.client();
        assert_eq!(candidates(create(&client).await), ["0"], "{data} {created:?}");
        assert_eq!(count(&server, "POST"), 1);
    }
}

#[tokio::test]
async fn what_twilios_clock_dates_a_moment_before_is_taken_where_it_is_alone() {
    let own = item(&json!(1), "ours", Some(JUST_NOW));
    let other = item(&json!(0), "theirs", Some(A_MINUTE_AGO));
    let server_of_one = server(own.clone(), vec![other, own.clone()]).await;
    let (client, _) = server_of_one.client();
    assert!(create(&client).await.is_ok());
    let twins = server(own.clone(), vec![own, item(&json!(2), "ours", Some(NOW))]).await;
    let (client, _) = twins.client();
    assert_eq!(candidates(create(&client).await), ["1"]);
}

#[tokio::test]
async fn a_key_that_is_none_is_not_believed() {
    for index in [json!("0/../0"), json!(-1), json!(1.5)] {
        let server = server(item(&index, "ours", Some(NOW)), vec![]).await;
        let (client, _) = server.client();
        let error = create(&client).await.expect_err("it is none");
        assert_eq!(error.kind, ErrorKind::Ambiguous, "{error}");
        assert!(error.search.is_none(), "{index} is proposed for an import");
    }
}

#[tokio::test]
async fn two_creates_are_not_answered_with_one_item() {
    let server = server(item(&json!(0), "ours", Some(NOW)), vec![]).await;
    let (client, _) = server.client();
    assert!(create(&client).await.is_ok());
    assert_eq!(candidates(create(&client).await), ["0"]);
}
