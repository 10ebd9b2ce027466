//! Answers to a create that say "made" and are not believed: they name nothing, something else, or somebody else's object.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::lost::{DATE, DAYS_AGO, NOW, candidates, count, create, expect, page, prove, service, sid};
use super::server::{ReceivedRequest, Reply, Server, status};
use crate::twilio::{AfterLoss, ErrorKind, Expects, Proof};

const OURS: &str = "MG00000000000000000000000000000001";
const OTHER: &str = "MG00000000000000000000000000000002";

/// A server that answers the first create with this, and has these objects.
async fn server(answer: (u16, String), items: Vec<Value>) -> Server {
    let creates = AtomicUsize::new(0);
    Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" if creates.fetch_add(1, Ordering::Relaxed) == 0 => Reply::Answer(answer.0, DATE, answer.1.clone()),
        "POST" => Reply::Answer(
            201,
            DATE,
            service("MG00000000000000000000000000000009", "ours", 1, NOW).to_string(),
        ),
        _ if seen.target == "/v1/Services" => page(&items),
        _ => {
            let item = items
                .iter()
                .find(|item| item["sid"].as_str().is_some_and(|sid| seen.target.ends_with(sid)));
            item.map_or_else(
                || status(404, json!({"code": 20404, "message": "no", "status": 404})),
                |item| Reply::Answer(200, DATE, item.to_string()),
            )
        }
    })
    .await
}

fn ours() -> Value {
    service(OURS, "ours", 1, NOW)
}

#[tokio::test]
async fn an_answer_that_names_nothing_is_a_lost_response() {
    for (status, body) in [
        (204, ""),
        (201, ""),
        (201, "null"),
        (201, "[]"),
        (201, "{}"),
        (201, "\"hi\""),
        (201, r#"{"sid": null, "friendly_name": null}"#),
        (201, r#"{"sid": 7}"#),
        (200, r#"{"code": 20500, "message": "bad", "status": 500}"#),
    ] {
        let server = server((status, body.to_owned()), vec![ours()]).await;
        let (client, _) = server.client();
        let made = create(&client, "ours", AfterLoss::Keep).await;
        assert_eq!((sid(&made), count(&server, "POST")), (OURS, 1), "{status} {body}");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_name_an_object_of_the_kind_and_the_account_is_a_lost_response() {
    let other_account = json!({"sid": OTHER, "friendly_name": "ours", "size": 1, "date_created": NOW,
        "account_sid": "AC00000000000000000000000000000009"});
    let with_sid = |sid: &str| json!({"sid": sid, "friendly_name": "ours", "size": 1, "date_created": NOW});
    for body in [
        with_sid(".."),
        with_sid("AP/../../Accounts/x"),
        with_sid("AP00000000000000000000000000000001"),
        with_sid("mg00000000000000000000000000000001"),
        with_sid("MG0000000000000000000000000000000g"),
        with_sid(&"MG".repeat(500_000)),
        with_sid(""),
        other_account,
    ] {
        let server = server((201, body.to_string()), vec![ours()]).await;
        let (client, _) = server.client();
        let made = expect(&client, Expects::New("MG"), "ours", AfterLoss::Keep, Proof::Time).await;
        let short: String = body.to_string().chars().take(80).collect();
        assert_eq!((sid(&made), count(&server, "POST")), (OURS, 1), "{short}");
    }
}

#[tokio::test]
async fn an_answer_that_names_nothing_where_nothing_was_made_is_sent_again() {
    let server = server((200, "{}".to_owned()), Vec::new()).await;
    let (client, _) = server.client();
    let made = create(&client, "ours", AfterLoss::Keep).await;
    assert_eq!(
        (sid(&made), count(&server, "POST")),
        ("MG00000000000000000000000000000009", 2)
    );
}

#[tokio::test]
async fn an_answer_about_something_else_is_a_lost_response() {
    let other = service(OTHER, "other", 1, DAYS_AGO);
    let server = server((201, other.to_string()), vec![other, ours()]).await;
    let (client, _) = server.client();
    let made = create(&client, "ours", AfterLoss::Keep).await;
    assert_eq!((sid(&made), count(&server, "POST")), (OURS, 1));
}

#[tokio::test]
async fn an_answer_about_something_else_and_nothing_else_there_is_reported_and_nothing_is_sent_again() {
    let other = service(OTHER, "other", 1, DAYS_AGO);
    let server = server((201, other.to_string()), vec![other]).await;
    let (client, _) = server.client();
    assert_eq!(candidates(create(&client, "ours", AfterLoss::Keep).await), [OTHER]);
    assert_eq!(count(&server, "POST"), 1);
}

#[tokio::test]
async fn an_answer_about_what_somebody_made_before_is_a_lost_response() {
    for created in [
        DAYS_AGO,
        "2026-05-01T09:00:00Z",
        "2026-05-01T09:58:59Z",
        "2026-05-01T09:59:59Z",
    ] {
        let twin = service(OTHER, "ours", 1, created);
        let server = server((201, twin.to_string()), vec![twin, ours()]).await;
        let (client, _) = server.client();
        let made = create(&client, "ours", AfterLoss::Keep).await;
        assert_eq!(count(&server, "POST"), 1);
        match created {
            // Made before whatever clocks say, so ours is the other one.
            DAYS_AGO => assert_eq!(sid(&made), OURS),
            _ => assert_eq!(candidates(made), [OTHER, OURS]),
        }
    }
}

#[tokio::test]
async fn an_answer_that_looks_a_little_old_is_believed_where_nothing_else_can_be_meant() {
    // `Date` and this machine are a little ahead.
    let mine = service(OURS, "ours", 1, "2026-05-01T09:59:59Z");
    let server = server((201, mine.to_string()), vec![mine]).await;
    let (client, clock) = server.client();
    let made = create(&client, "ours", AfterLoss::Keep).await;
    assert_eq!((sid(&made), count(&server, "POST")), (OURS, 1));
    assert_eq!(clock.slept().iter().sum::<std::time::Duration>().as_secs(), 1);
}

/// A cache, or a response to somebody else, names an object that is the same in everything. That `Date` and this machine have the
/// same wrong time is the other explanation, and no reason to take what may be somebody's.
#[tokio::test]
async fn an_answer_that_looks_hours_old_is_not_believed_though_nothing_else_is_there() {
    for created in ["2026-05-01T08:00:00Z", "2026-05-01T09:58:30Z", DAYS_AGO] {
        let mine = service(OURS, "ours", 1, created);
        let server = server((201, mine.to_string()), vec![mine]).await;
        let (client, _clock) = server.client();
        let made = create(&client, "ours", AfterLoss::Keep).await;
        assert_eq!((candidates(made), count(&server, "POST")), (vec![OURS.to_owned()], 1));
    }
}

/// Something on the way has taken `Date` away, from this response or from all.
#[tokio::test]
async fn an_answer_without_a_date_that_looks_hours_old_is_not_believed_either() {
    for has_dates_elsewhere in [true, false] {
        for (created, is_believed) in [
            (NOW, true),
            ("2026-05-01T09:59:30Z", true),
            ("2026-05-01T07:00:00Z", false),
            ("2020-01-01T00:00:00Z", false),
        ] {
            let mine = service(OURS, "ours", 1, created);
            let items = [mine.clone()];
            let server = Server::start(move |seen: &ReceivedRequest, _| {
                let elsewhere = if has_dates_elsewhere { DATE } else { "" };
                match seen.method.as_str() {
                    "POST" => Reply::Answer(201, "", mine.to_string()),
                    _ if seen.target == "/v1/Services" => {
                        let body = json!({"services": items, "meta": {"key": "services"}});
                        Reply::Answer(200, elsewhere, body.to_string())
                    }
                    _ => Reply::Answer(200, elsewhere, mine.to_string()),
                }
            })
            .await;
            let (client, _clock) = server.client();
            let made = create(&client, "ours", AfterLoss::Keep).await;
            assert_eq!(count(&server, "POST"), 1);
            match is_believed {
                true => assert_eq!(sid(&made), OURS, "{created}, dates elsewhere: {has_dates_elsewhere}"),
                false => assert_eq!(
                    candidates(made),
                    [OURS],
                    "{created}, dates elsewhere: {has_dates_elsewhere}"
                ),
            }
        }
    }
}

/// The list tells when it was made; where nothing does, nothing is taken.
#[tokio::test]
async fn an_answer_that_does_not_say_when_it_was_made_is_looked_into() {
    for created in [json!(null), json!(""), json!("garbage"), json!(12345)] {
        for (in_list, is_ours) in [(json!(NOW), true), (json!(DAYS_AGO), false), (created.clone(), false)] {
            let of = |created: &Value| {
                let mut object = ours();
                object["date_created"] = created.clone();
                object
            };
            let server = server((201, of(&created).to_string()), vec![of(&in_list)]).await;
            let (client, _clock) = server.client();
            let made = create(&client, "ours", AfterLoss::Keep).await;
            assert_eq!(count(&server, "POST"), 1);
            match is_ours {
                true => assert_eq!(sid(&made), OURS, "{created} {in_list}"),
                false => assert_eq!(candidates(made), [OURS], "{created} {in_list}"),
            }
        }
    }
}

#[tokio::test]
async fn a_name_that_twilio_writes_in_its_own_way_is_believed() {
    let mine = service(OURS, "OURS, INC.", 1, NOW);
    let server = server((201, mine.to_string()), vec![mine]).await;
    let (client, _) = server.client();
    let made = create(&client, "ours", AfterLoss::Keep).await;
    assert_eq!((sid(&made), count(&server, "POST")), (OURS, 1));
}

#[tokio::test]
async fn an_answer_with_what_another_create_was_answered_is_a_lost_response() {
    let mut other = ours();
    other["sid"] = OTHER.into();
    let creates = AtomicUsize::new(0);
    let items = [ours(), other];
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => {
            creates.fetch_add(1, Ordering::Relaxed);
            Reply::Answer(201, DATE, ours().to_string())
        }
        // The other one is there as soon as it was asked for.
        _ if seen.target == "/v1/Services" => page(&items[..creates.load(Ordering::Relaxed)]),
        _ if seen.target.ends_with(OTHER) => Reply::Answer(200, DATE, items[1].to_string()),
        _ => Reply::Answer(200, DATE, items[0].to_string()),
    })
    .await;
    let (client, _) = server.client();
    assert_eq!(sid(&create(&client, "ours", AfterLoss::Keep).await), OURS);
    assert_eq!(sid(&create(&client, "ours", AfterLoss::Keep).await), OTHER);
    assert_eq!(count(&server, "POST"), 2);
}

#[tokio::test]
async fn of_what_there_is_only_one_two_creates_do_not_get_the_same() {
    let server = Server::start(move |_: &ReceivedRequest, _| Reply::Answer(201, DATE, ours().to_string())).await;
    let (client, _) = server.client();
    let first = prove(&client, "ours", AfterLoss::Keep, Proof::Unique).await;
    assert_eq!(sid(&first), OURS);
    for (proof, count) in [(Proof::Unique, 2), (Proof::KeyAndNonce, 3)] {
        let second = prove(&client, "ours", AfterLoss::Keep, proof).await;
        let error = second.expect_err("somebody has it");
        assert_eq!(error.kind, ErrorKind::Conflict);
        assert!(error.to_string().contains(OURS), "{error}");
        assert_eq!(server.count(), count, "nothing is looked for and nothing is sent again");
    }
}

#[tokio::test]
async fn without_a_date_header_what_is_a_little_older_is_searched_for_and_not_taken() {
    let theirs = || service(OTHER, "ours", 1, "2026-05-01T09:59:40Z");
    let named_with = |items: Vec<Value>| async move {
        let server = Server::start(move |seen: &ReceivedRequest, _| {
            let list = json!({"meta": {"key": "services", "next_page_url": null}, "services": items});
            match seen.method.as_str() {
                "POST" => Reply::Answer(201, "", theirs().to_string()),
                _ if seen.target == "/v1/Services" => Reply::Answer(200, "", list.to_string()),
                _ => Reply::Answer(200, "", theirs().to_string()),
            }
        })
        .await;
        let (client, _) = server.client();
        create(&client, "ours", AfterLoss::Keep).await
    };
    let mut both = candidates(named_with(vec![theirs(), ours()]).await);
    both.sort();
    assert_eq!(both, [OURS, OTHER]);
    // This machine's clock may be wrong by so little, and there is no other.
    assert_eq!(sid(&named_with(vec![theirs()]).await), OTHER);
}
