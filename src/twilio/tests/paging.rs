//! Lists over several pages, and links that lead elsewhere.

use serde_json::{Value, json};

use super::server::{Reply, Server, child, ok, parent};
use crate::twilio::{ErrorKind, ListRequest, Product, Request};

fn classic(target: &str) -> Value {
    match target.contains("Page=1") {
        false => json!({
            "applications": [{"sid": "AP1"}, {"sid": "AP2"}],
            "next_page_uri": "/2010-04-01/Accounts/A/Applications.json?PageSize=2&Page=1&PageToken=PAAP2",
        }),
        true => json!({"applications": [{"sid": "AP3"}], "next_page_uri": null}),
    }
}

fn newer(target: &str) -> Value {
    let link = |page| format!("https://verify.twilio.com/v2/Services?PageSize=1&Page={page}");
    let page: usize = target
        .split("Page=")
        .last()
        .and_then(|page| page.parse().ok())
        .unwrap_or(0);
    let page = if target.contains("&Page=") { page } else { 0 };
    let next = (page < 2).then(|| link(page + 1));
    json!({"services": [{"n": page}], "meta": {"key": "services", "next_page_url": next}})
}

fn services() -> ListRequest {
    ListRequest::new(Request::get(Product::Verify, &parent(), "/v2/Services"))
}

#[tokio::test]
async fn the_classic_style_is_followed_to_the_end() {
    let server = Server::start(|seen, _| ok(classic(&seen.target))).await;
    let (client, _) = server.client();
    let request = Request::get(Product::Api, &child(), "/2010-04-01/Accounts/A/Applications.json");
    let items = client
        .list(ListRequest::new(request).page_size(2))
        .await
        .expect("a list");
    let sids: Vec<_> = items.iter().map(|item| item["sid"].clone()).collect();
    assert_eq!(sids, ["AP1", "AP2", "AP3"]);
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        [
            "/2010-04-01/Accounts/A/Applications.json?PageSize=2",
            "/2010-04-01/Accounts/A/Applications.json?PageSize=2&Page=1&PageToken=PAAP2",
        ]
    );
}

#[tokio::test]
async fn the_newer_style_is_followed_through_the_base_url() {
    let server = Server::start(|seen, _| ok(newer(&seen.target))).await;
    let (client, _) = server.client();
    let items = client.list(services().page_size(1)).await.expect("a list");
    assert_eq!(items.len(), 3);
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.headers["host"] == "verify.twilio.com")
    );
}

#[tokio::test]
async fn a_limit_saves_the_pages_after_it() {
    let server = Server::start(|seen, _| ok(newer(&seen.target))).await;
    let (client, _) = server.client();
    assert_eq!(client.list(services().limit(2)).await.expect("a list").len(), 2);
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_page_on_another_host_is_not_asked_for() {
    let stranger = Server::start(|_, _| ok("{}")).await;
    let link = format!("http://{}/v2/Services?Page=1", stranger.address);
    let server =
        Server::start(move |_, _| ok(json!({"services": [], "meta": {"key": "services", "next_page_url": link}})))
            .await;
    let (client, _) = server.client();
    let error = client.list(services()).await.expect_err("a foreign link");
    assert_eq!(error.kind, ErrorKind::UnexpectedAnswer);
    assert!(error.to_string().contains("on another host (127.0.0.1)"), "{error}");
    assert_eq!((server.count(), stranger.count()), (1, 0));
}

#[tokio::test]
async fn pages_that_go_round_in_a_circle_are_left() {
    let server = Server::start(|_, _| {
        let link = "https://verify.twilio.com/v2/Services?Page=1";
        ok(json!({"services": [{}], "meta": {"key": "services", "next_page_url": link}}))
    })
    .await;
    let (client, _) = server.client();
    let error = client.list(services()).await.expect_err("a circle");
    assert!(error.to_string().contains("came back to a page"), "{error}");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_page_that_fails_fails_the_list() {
    let server = Server::start(|seen, _| match seen.target.contains("&Page=1") {
        true => Reply::Answer(403, "", "{}".to_owned()),
        false => ok(newer(&seen.target)),
    })
    .await;
    let (client, _) = server.client();
    assert_eq!(
        client.list(services().page_size(1)).await.expect_err("refused").kind,
        ErrorKind::Forbidden
    );
}
