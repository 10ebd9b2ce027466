//! Reads of members of one collection that come together.

use std::sync::Arc;

use futures::StreamExt as _;
use futures::future::join_all;
use futures::stream;
use serde_json::json;
use tokio::sync::Semaphore;

use super::server::{ReceivedRequest, Reply, Server, ok, parent, status};
use crate::twilio::{Client, Error, ErrorKind, ListRequest, Product, Request, Response};

const MEMBERS: usize = 25;
const PAGE: usize = 10;

/// A server with a collection of members in pages; some are in no list yet.
async fn collection(unlisted: &'static [usize]) -> Server {
    Server::start(move |seen: &ReceivedRequest, _| {
        if seen.method != "GET" {
            return ok("{}");
        }
        if let Some(sid) = seen.target.strip_prefix("/v1/Services/MG") {
            return match sid.parse::<usize>() {
                Ok(number) if number < MEMBERS => ok(json!({"sid": format!("MG{number}"), "from": "itself"})),
                _ => status(404, json!({"code": 20404})),
            };
        }
        let page: usize = seen
            .target
            .rsplit_once("Page=")
            .and_then(|(_, page)| page.parse().ok())
            .unwrap_or(0);
        let next = ((page + 1) * PAGE < MEMBERS).then(|| format!("/v1/Services?Page={}", page + 1));
        let items = (page * PAGE..MEMBERS.min((page + 1) * PAGE)).filter(|number| !unlisted.contains(number));
        let items: Vec<_> = items
            .map(|number| json!({"sid": format!("MG{number}"), "from": "list"}))
            .collect();
        ok(json!({"meta": {"key": "services", "next_page_url": next}, "services": items}))
    })
    .await
}

async fn read(client: &Client, number: usize) -> Result<Response, Error> {
    let direct = Request::get(Product::Messaging, &parent(), format!("/v1/Services/MG{number}"));
    let list = ListRequest::new(Request::get(Product::Messaging, &parent(), "/v1/Services"));
    client.member(direct, list, &format!("MG{number}")).await
}

fn from(result: &Result<Response, Error>) -> String {
    let response = result.as_ref().expect("it is there");
    response.body["from"].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn many_reads_cost_as_many_requests_as_there_are_pages() {
    let server = collection(&[]).await;
    let (client, _) = server.client();
    let answers = join_all((0..MEMBERS).map(|number| read(&client, number))).await;
    assert!(answers.iter().all(|answer| from(answer) == "list"));
    assert_eq!(server.count(), MEMBERS.div_ceil(PAGE));
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer.as_ref().expect("there").body["sid"], format!("MG{number}"));
    }
}

/// As Terraform refreshes what it has of a product with small pages: ten at a time, in whatever order.
#[tokio::test]
async fn a_collection_of_small_pages_that_is_gone_through_costs_its_pages() {
    for (size, most) in [(100, 10), (101, 40)] {
        let server = Server::start(move |seen: &ReceivedRequest, _| {
            if let Some(sid) = seen.target.strip_prefix("/v1/Services/MG") {
                return ok(json!({"sid": format!("MG{sid}"), "from": "itself"}));
            }
            let page = seen.target.rsplit_once("Page=").map_or("0", |(_, page)| page);
            let page: usize = page.parse().expect("a number");
            let next = (page < 9).then(|| format!("/v1/Services?Page={}", page + 1));
            let items: Vec<_> = (page * size..(page + 1) * size)
                .map(|number| json!({"sid": format!("MG{number}"), "from": "list"}))
                .collect();
            ok(json!({"meta": {"key": "services", "next_page_url": next}, "services": items}))
        })
        .await;
        let (client, _) = server.client();
        // 389 is prime to both numbers of members.
        let numbers = (0..10 * size).map(|index| index * 389 % (10 * size));
        let answers: Vec<_> = stream::iter(numbers.map(|number| read(&client, number)))
            .buffer_unordered(10)
            .collect()
            .await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 10 * size);
        assert!((10..=most).contains(&server.count()), "{size}: {}", server.count());
    }
}

#[tokio::test]
async fn a_few_reads_are_asked_one_by_one() {
    let server = collection(&[]).await;
    let (client, _) = server.client();
    let answers = join_all([0, 24].map(|number| read(&client, number))).await;
    assert!(answers.iter().all(|answer| from(answer) == "itself"));
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn reads_that_come_one_after_the_other_use_a_list_from_the_third_on() {
    let server = collection(&[]).await;
    let (client, _) = server.client();
    for number in 0..PAGE {
        read(&client, number).await.expect("it is there");
    }
    assert_eq!(server.count(), 3, "two, and a page");
}

#[tokio::test]
async fn a_large_collection_of_which_little_is_asked_is_not_read_to_its_end() {
    let server = collection(&[]).await;
    let (client, _) = server.client();
    let answers = join_all([22, 23, 24].map(|number| read(&client, number))).await;
    assert!(answers.iter().all(|answer| from(answer) == "itself"));
    assert_eq!(server.count(), 1 + 3, "one page was worth a try");
}

#[tokio::test]
async fn a_member_that_the_list_does_not_have_is_requested_before_it_is_believed_gone() {
    let server = collection(&[3]).await;
    let (client, _) = server.client();
    let answers = join_all((0..MEMBERS + 1).map(|number| read(&client, number))).await;
    assert_eq!(from(&answers[3]), "itself");
    let gone = answers[MEMBERS].as_ref().expect_err("there is no such member");
    assert_eq!(gone.kind, ErrorKind::NotFound);
    assert_eq!(server.count(), MEMBERS.div_ceil(PAGE) + 2);
}

#[tokio::test]
async fn a_write_drops_what_was_remembered() {
    let server = collection(&[]).await;
    let (client, _) = server.client();
    let all = || join_all((0..MEMBERS).map(|number| read(&client, number)));
    all().await;
    let before = server.count();
    all().await;
    assert_eq!(server.count(), before, "the list is remembered");
    client
        .send(Request::post(Product::Messaging, &parent(), "/v1/Services/MG1").form([("A", "b")]))
        .await
        .expect("written");
    all().await;
    assert_eq!(server.count(), before + 1 + MEMBERS.div_ceil(PAGE));
}

#[tokio::test]
async fn a_list_counts_for_half_a_minute() {
    let server = collection(&[]).await;
    let (client, _) = server.client();
    let all = || join_all((0..MEMBERS).map(|number| read(&client, number)));
    all().await;
    let before = server.count();
    assert!(client.pause(std::time::Duration::from_secs(31)).await);
    all().await;
    assert_eq!(server.count(), before * 2);
}

#[tokio::test]
async fn who_may_not_list_asks_for_each_object_and_tries_the_list_once() {
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.target.as_str() {
        "/v1/Services" => status(403, json!({"code": 20403, "message": "no"})),
        _ => ok(json!({"from": "itself"})),
    })
    .await;
    let (client, _) = server.client();
    for _ in 0..2 {
        let answers = join_all((0..5).map(|number| read(&client, number))).await;
        assert!(answers.iter().all(|answer| from(answer) == "itself"));
    }
    assert_eq!(server.count(), 1 + 10);
}

#[tokio::test]
async fn reads_of_another_collection_are_not_held_up() {
    let server = Server::start(
        |seen: &ReceivedRequest, _| match seen.target.starts_with("/v1/Services") {
            true => Reply::Silence,
            false => ok(json!({"from": "itself"})),
        },
    )
    .await;
    let (client, _) = server.client();
    let direct = Request::get(Product::Verify, &parent(), "/v2/Services/VA1");
    let list = ListRequest::new(Request::get(Product::Verify, &parent(), "/v2/Services"));
    tokio::select! {
        _ = join_all((0..5).map(|number| read(&client, number))) => panic!("a silent server answered"),
        answer = client.member(direct, list, "VA1") => assert_eq!(from(&answer), "itself"),
    }
}

#[tokio::test]
async fn reads_that_a_write_overtakes_do_not_believe_the_list() {
    let (page, write) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let (held_page, held_write) = (Arc::clone(&page), Arc::clone(&write));
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.target.as_str() {
        _ if seen.method == "POST" => Reply::Held(Arc::clone(&held_write)),
        "/v1/Services" => Reply::HeldAnswer(
            Arc::clone(&held_page),
            json!({"meta": {"key": "services"}, "services": [{"sid": "MG0", "from": "list"}]}).to_string(),
        ),
        _ => ok(json!({"from": "itself"})),
    })
    .await;
    let (client, _) = server.client();
    let change = Request::post(Product::Messaging, &parent(), "/v1/Services/MG0").form([("A", "b")]);
    let overtake = async {
        // The page is asked for before the write is, and answered after it.
        while server.count() < 1 {
            tokio::task::yield_now().await;
        }
        write.add_permits(1);
        client.send(change).await.expect("written");
        page.add_permits(1);
    };
    let (answers, ()) = tokio::join!(join_all([0, 0, 0].map(|number| read(&client, number))), overtake);
    assert!(answers.iter().all(|answer| from(answer) == "itself"));
}

#[tokio::test]
async fn while_a_write_is_under_way_nothing_is_remembered_from_before() {
    let write = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&write);
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => Reply::Held(Arc::clone(&held)),
        _ if seen.target == "/v1/Services" => {
            ok(json!({"meta": {"key": "services"}, "services": [{"sid": "MG0", "from": "list"}]}))
        }
        _ => ok(json!({"from": "itself"})),
    })
    .await;
    let (client, _) = server.client();
    join_all([0, 0, 0].map(|number| read(&client, number))).await;
    let change = Request::post(Product::Messaging, &parent(), "/v1/Services/MG0").form([("A", "b")]);
    let reading = async {
        while server.count() < 2 {
            tokio::task::yield_now().await;
        }
        let seen = read(&client, 0).await;
        write.add_permits(1);
        seen
    };
    let (written, seen) = tokio::join!(client.send(change), reading);
    assert!(written.is_ok());
    assert_eq!(from(&seen), "itself", "one read alone is asked directly");
}

#[tokio::test]
async fn what_is_known_by_a_key_comes_from_lists_too() {
    const ITEMS: &str = "/v1/Services/IS1/Maps/MP1/Items";
    const LARGEST: usize = 1000;
    let server = Server::start(|seen: &ReceivedRequest, _| {
        let page = json!({"meta": {"key": "items"}, "items": (0..LARGEST).map(|number| {
            json!({"key": format!("a/{number}"), "data": number})
        }).collect::<Vec<_>>()});
        match seen.target.as_str() {
            target if target.starts_with("/v1/Services/IS1/Maps/MP1/Items?") => ok(page),
            "/v1/Services/IS1/Maps/MP1/Items/unlisted" => ok(json!({"key": "unlisted", "data": -1})),
            _ => status(404, json!({"code": 20404})),
        }
    })
    .await;
    let (client, _) = server.client();
    let read = |key: String| {
        let path = crate::twilio::expand(&format!("{ITEMS}/{{key}}"), &[("key", &key)]).expect("a path");
        let list = ListRequest::new(Request::get(Product::Sync, &parent(), ITEMS))
            .largest_pages()
            .known_by("key");
        let (client, direct) = (client.clone(), Request::get(Product::Sync, &parent(), path));
        async move { client.member(direct, list, &key).await }
    };
    let keys = (0..LARGEST).map(|number| format!("a/{number}"));
    let answers = join_all(keys.map(read)).await;
    for (number, answer) in answers.into_iter().enumerate() {
        assert_eq!(answer.expect("there").body["data"], number);
    }
    assert_eq!(server.count(), 1);
    assert_eq!(read("unlisted".to_owned()).await.expect("there").body["data"], -1);
    assert_eq!(
        read("gone".to_owned()).await.expect_err("gone").kind,
        ErrorKind::NotFound
    );
    assert_eq!(server.count(), 3);
}
