//! Lists over several pages, and links that lead elsewhere.

use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::server::{ReceivedRequest, Reply, Server, child, ok, parent};
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
async fn a_page_on_another_host_is_not_requested() {
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
async fn a_list_that_goes_on_without_an_item_is_left() {
    let server = Server::start(|seen, _| {
        let page: usize = seen
            .target
            .split("Page=")
            .last()
            .and_then(|page| page.parse().ok())
            .unwrap_or(0);
        let link = format!("https://verify.twilio.com/v2/Services?Page={}", page + 1);
        ok(json!({"services": [], "meta": {"key": "services", "next_page_url": link}}))
    })
    .await;
    let (client, _) = server.client();
    let error = client.list(services()).await.expect_err("no end");
    assert!(error.to_string().contains("100 pages had no item"), "{error}");
    assert_eq!(server.count(), 100);
}

#[tokio::test]
async fn a_list_that_goes_on_with_items_that_it_had_before_is_left() {
    for item in [
        json!({"sid": "VA1", "n": 0}),
        json!({"unique_name": "a"}),
        json!({"unique_name": null}),
    ] {
        let server = Server::start(move |seen, _| {
            let page = seen
                .target
                .split("Page=")
                .last()
                .and_then(|page| page.parse::<usize>().ok());
            let link = format!("https://verify.twilio.com/v2/Services?Page={}", page.unwrap_or(0) + 1);
            ok(json!({"services": [item.clone()], "meta": {"key": "services", "next_page_url": link}}))
        })
        .await;
        let (client, _) = server.client();
        let error = client.list(services()).await.expect_err("no end");
        assert!(
            error.to_string().contains("100 pages had no item that is new"),
            "{error}"
        );
        assert_eq!(server.count(), 101);
    }
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

#[tokio::test]
async fn whoever_has_enough_ends_the_list() {
    let server = Server::start(|seen, _| ok(newer(&seen.target))).await;
    let (client, _) = server.client();
    let mut taken = Vec::new();
    let take = |item: crate::twilio::response::JsonObject| {
        taken.push(item["n"].clone());
        match taken.len() {
            2 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    };
    client.each(services().page_size(1), take).await.expect("a list");
    assert_eq!((taken, server.count()), (vec![json!(0), json!(1)], 2));
    assert!(client.list(services().limit(0)).await.expect("nothing").is_empty());
    assert_eq!(server.count(), 2, "nothing is asked for when nothing is wanted");
}

#[tokio::test]
async fn a_token_leads_to_the_next_page_and_filters_stay() {
    let server = Server::start(|seen, _| {
        let page = seen
            .target
            .split("pageToken=t")
            .nth(1)
            .map_or(0, |page| page.parse().unwrap_or(0));
        let token = (page < 2).then(|| format!("t{}", page + 1));
        ok(json!({"stores": [{"name": format!("s{page}")}], "meta": {"key": "stores", "nextToken": token}}))
    })
    .await;
    let (client, _) = server.client();
    let request = Request::get(Product::Verify, &parent(), "/v1/ControlPlane/Stores").query("status", "a b");
    let list = ListRequest::new(request)
        .known_by("name")
        .token("nextToken", "pageToken");
    let items = client.list(list.clone()).await.expect("a list");
    assert_eq!(json!(items), json!([{"name": "s0"}, {"name": "s1"}, {"name": "s2"}]));
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    let path = "/v1/ControlPlane/Stores?status=a+b";
    assert_eq!(
        targets,
        [
            path.to_owned(),
            format!("{path}&pageToken=t1"),
            format!("{path}&pageToken=t2")
        ]
    );
    assert_eq!(client.list(list.limit(2)).await.expect("a list").len(), 2);
    assert_eq!(server.count(), 5);
}

#[tokio::test]
async fn tokens_that_go_round_in_a_circle_are_left() {
    let server = Server::start(|_, _| ok(json!({"a": [{}], "meta": {"nextToken": "t"}}))).await;
    let (client, _) = server.client();
    let list = services().key("a").token("nextToken", "pageToken");
    let error = client.list(list).await.expect_err("a circle");
    assert!(error.to_string().contains("came back to a page"), "{error}");
}

#[tokio::test]
async fn a_list_may_have_no_pages_and_be_the_response_itself() {
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.target.as_str() {
        "/v1/Bare" => ok(json!([{"country": "US"}, {"country": "DE"}])),
        "/v1/Unpaged" => ok(json!({"content": [{"country": "US"}]})),
        _ => Reply::Answer(
            400,
            "",
            json!({"code": 20001, "message": "Unknown parameter"}).to_string(),
        ),
    })
    .await;
    let (client, _) = server.client();
    let list = |path: &str| {
        let request = Request::get(Product::Messaging, &parent(), path);
        ListRequest::new(request).largest_pages().known_by("country")
    };
    assert_eq!(client.list(list("/v1/Bare").bare()).await.expect("a list").len(), 2);
    let unpaged = list("/v1/Unpaged").key("content").unpaged();
    assert_eq!(client.list(unpaged).await.expect("a list").len(), 1);
    // Nobody believes in an array where there should be a page, nor the other way round.
    for wrong in [list("/v1/Bare").unpaged(), list("/v1/Unpaged").bare()] {
        let error = client.list(wrong).await.expect_err("no such list");
        assert_eq!(error.kind, ErrorKind::UnexpectedAnswer, "{error}");
    }
}
