//! Creates whose response is lost, of what the configuration gives a key to.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::lost::{DATE, DAYS_AGO, NOW, candidates, count};
use super::server::{ReceivedRequest, Reply, Server, ok, parent, status};
use crate::twilio::{
    AfterLoss, Client, Error, ErrorKind, Expects, Find, Gone, Lookup, Match, Product, Proof, Request, Response, Search,
    expand,
};

const KEY: &str = "a/b +1";
const ITEMS: &str = "/v1/Services/IS1/Maps/MP1/Items";
const ITEM: &str = "/v1/Services/IS1/Maps/MP1/Items/a%2Fb%20%2B1";

fn item(data: &str, created: Option<&str>) -> Value {
    json!({"key": KEY, "data": data, "date_created": created})
}

fn post() -> Request {
    let request = Request::post(Product::Sync, &parent(), ITEMS).form([("Key", KEY), ("Data", "ours")]);
    request.creates().expects(Expects::Member("key", KEY.to_owned()))
}

fn get() -> Request {
    let path = expand(&format!("{ITEMS}/{{key}}"), &[("key", KEY)]).expect("a path");
    let request = Request::get(Product::Sync, &parent(), path);
    request.expects(Expects::Member("key", KEY.to_owned()))
}

async fn create_with(client: &Client, post: Request, get: Request, proof: Proof) -> Result<Response, Error> {
    let lookup = Lookup {
        find: Find::ByKey(get),
        key: KEY.to_owned(),
        compare: &|item| match item.get("data").and_then(Value::as_str) {
            Some("ours") => Match::Same,
            _ => Match::Similar,
        },
        after_loss: AfterLoss::Keep,
        proof,
        is_dated: false,
    };
    client.create(post, lookup).await
}

async fn create(client: &Client, proof: Proof) -> Result<Response, Error> {
    create_with(client, post(), get(), proof).await
}

fn answer(body: &Value) -> Reply {
    Reply::Answer(200, DATE, body.to_string())
}

fn missing() -> Reply {
    Reply::Answer(
        404,
        DATE,
        json!({"code": 20404, "message": "no", "status": 404}).to_string(),
    )
}

fn taken() -> Reply {
    Reply::Answer(
        409,
        DATE,
        json!({"code": 54208, "message": "Key already exists", "status": 409}).to_string(),
    )
}

/// A server that answers the creates in this order, the last one for ever, and has what `there` says at each read.
async fn server(creates: Vec<fn() -> Reply>, there: impl Fn(usize) -> Option<Value> + Send + Sync + 'static) -> Server {
    let (sent, looks) = (AtomicUsize::new(0), AtomicUsize::new(0));
    Server::start(
        move |seen: &ReceivedRequest, _| match (seen.method.as_str(), seen.target.as_str()) {
            ("POST", ITEMS) => creates[sent.fetch_add(1, Ordering::Relaxed).min(creates.len() - 1)](),
            ("GET", ITEM) => there(looks.fetch_add(1, Ordering::Relaxed)).map_or_else(missing, |item| answer(&item)),
            ("DELETE", ITEM) => status(204, ""),
            _ => status(500, ""),
        },
    )
    .await
}

fn lost() -> Reply {
    Reply::Close
}

fn made() -> Reply {
    Reply::Answer(201, DATE, item("made", Some(NOW)).to_string())
}

#[track_caller]
fn data(result: &Result<Response, Error>) -> &str {
    let response = result
        .as_ref()
        .unwrap_or_else(|error| panic!("{error}: {:?}", error.search));
    response.member("data").and_then(Value::as_str).unwrap_or_default()
}

#[tokio::test]
async fn what_a_lost_create_made_is_read_by_its_key() {
    let server = server(vec![lost], |_| Some(item("ours", Some(NOW)))).await;
    let (client, clock) = server.client();
    assert_eq!(data(&create(&client, Proof::Time).await), "ours");
    let seen: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        (seen, clock.slept().len()),
        (vec![ITEMS.to_owned(), ITEM.to_owned()], 0)
    );
}

#[tokio::test]
async fn what_is_not_there_for_as_long_as_twilio_may_take_is_sent_again() {
    let server = server(vec![lost, made], |_| None).await;
    let (client, clock) = server.client();
    assert_eq!(data(&create(&client, Proof::Time).await), "made");
    assert_eq!((count(&server, "POST"), count(&server, "GET")), (2, 5));
    assert_eq!(clock.slept().iter().sum::<std::time::Duration>().as_secs(), 15);
}

#[tokio::test]
async fn what_shows_late_is_waited_for() {
    let server = server(vec![lost], |read| (read > 2).then(|| item("ours", Some(NOW)))).await;
    let (client, _) = server.client();
    assert_eq!(data(&create(&client, Proof::Time).await), "ours");
    assert_eq!(count(&server, "POST"), 1);
}

#[tokio::test]
async fn what_is_never_made_ends_within_limits_and_says_that_it_is_not_there() {
    let server = server(vec![lost], |_| None).await;
    let (client, _) = server.client();
    let error = create(&client, Proof::Time).await.expect_err("always lost");
    assert!(matches!(error.search.as_deref(), Some(Search::Nothing)), "{error:?}");
    assert_eq!(count(&server, "POST"), 4, "once, and three retries");
}

#[tokio::test]
async fn what_is_not_surely_ours_is_named_and_nothing_is_sent_again() {
    for (there, proof) in [
        (item("theirs", Some(NOW)), Proof::Time),
        (item("theirs", Some(NOW)), Proof::Unique),
        (item("ours", Some(DAYS_AGO)), Proof::Time),
        (item("ours", Some(DAYS_AGO)), Proof::Unique),
        // Without a date nobody knows, even if somebody looked before: that may have been answered from behind, and somebody
        // else may have made it since.
        (item("ours", None), Proof::Time),
        (item("ours", None), Proof::Unique),
        (item("ours", Some("soon")), Proof::Unique),
        (item("ours", Some("soon")), Proof::Time),
    ] {
        let shown = there.to_string();
        let server = server(vec![lost, made], move |_| Some(there.clone())).await;
        let (client, _) = server.client();
        assert_eq!(candidates(create(&client, proof).await), [KEY], "{shown} {proof:?}");
        assert_eq!(count(&server, "POST"), 1, "{shown} {proof:?}");
    }
}

#[tokio::test]
async fn what_has_no_date_and_keeps_the_second_try_from_its_key_is_not_surely_the_first_ones() {
    // Nothing shows while it is searched for after the first try; what then has the key may be that one's or somebody else's.
    let server = server(vec![lost, taken], |read| (read >= 5).then(|| item("ours", None))).await;
    let (client, _) = server.client();
    assert_eq!(candidates(create(&client, Proof::Unique).await), [KEY]);
    assert_eq!(count(&server, "POST"), 2);
}

#[tokio::test]
async fn a_key_that_is_taken_when_it_is_sent_again_was_perhaps_taken_by_the_first_try() {
    for (there, expected) in [("ours", true), ("theirs", false)] {
        // Nothing shows while it is searched for after the first try.
        let server = server(vec![lost, taken], move |read| {
            (read >= 5).then(|| item(there, Some(NOW)))
        })
        .await;
        let (client, _) = server.client();
        let result = create(&client, Proof::Time).await;
        assert_eq!(count(&server, "POST"), 2);
        match expected {
            true => assert_eq!(data(&result), "ours"),
            false => assert_eq!(candidates(result), [KEY]),
        }
    }
}

#[tokio::test]
async fn a_key_that_is_taken_at_the_first_try_is_a_refusal() {
    let server = server(vec![taken], |_| Some(item("ours", Some(NOW)))).await;
    let (client, _) = server.client();
    let error = create(&client, Proof::Time).await.expect_err("refused");
    assert_eq!(
        (error.kind, error.twilio_code, server.count()),
        (ErrorKind::Conflict, Some(54208), 1)
    );
    assert!(error.surely_not_executed() && error.search.is_none());
}

#[tokio::test]
async fn an_answer_that_does_not_name_the_key_is_a_lost_response() {
    let answers: [fn() -> Reply; 5] = [
        || status(204, ""),
        || status(201, "{}"),
        || status(201, r#"{"key": "b", "data": "made"}"#),
        || status(201, r#"{"key": 7, "data": "made"}"#),
        || status(200, r#"{"code": 20500, "message": "bad", "status": 500}"#),
    ];
    for answer in answers {
        let server = server(vec![answer], |_| Some(item("ours", Some(NOW)))).await;
        let (client, _) = server.client();
        assert_eq!(data(&create(&client, Proof::Time).await), "ours");
        assert_eq!(count(&server, "POST"), 1);
    }
}

#[tokio::test]
async fn an_answer_that_names_what_was_there_before_is_not_taken_for_ours() {
    let old: fn() -> Reply = || answer(&item("ours", Some(DAYS_AGO)));
    let server = server(vec![old], |_| Some(item("ours", Some(DAYS_AGO)))).await;
    let (client, _) = server.client();
    assert_eq!(candidates(create(&client, Proof::Time).await), [KEY]);
    assert_eq!(count(&server, "POST"), 1);
}

#[tokio::test]
async fn an_answer_that_is_dated_a_little_early_is_believed_when_nothing_else_has_the_key() {
    for (created, is_ours) in [("2026-05-01T09:59:58Z", true), ("2026-05-01T09:57:00Z", false)] {
        let body = item("ours", Some(created));
        let server = Server::start(move |_, _| answer(&body)).await;
        let (client, _) = server.client();
        let result = create(&client, Proof::Time).await;
        assert_eq!(count(&server, "POST"), 1);
        match is_ours {
            true => assert_eq!(data(&result), "ours"),
            false => assert_eq!(candidates(result), [KEY]),
        }
    }
}

#[tokio::test]
async fn a_look_that_fails_is_said() {
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => Reply::Close,
        _ => status(403, json!({"code": 20003, "message": "no"})),
    })
    .await;
    let (client, _) = server.client();
    let error = create(&client, Proof::Time).await.expect_err("nobody knows");
    assert_eq!(error.kind, ErrorKind::Ambiguous);
    assert!(
        matches!(error.search.as_deref(), Some(Search::Failed(why)) if why.kind == ErrorKind::Forbidden),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_says_of_a_product_that_there_is_nothing_counts_in_the_look() {
    const BELOW_A_CHAT_SERVICE: &[Gone] = &[Gone {
        status: 403,
        code: 50050,
    }];
    let creates = AtomicUsize::new(0);
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" if creates.fetch_add(1, Ordering::Relaxed) == 0 => Reply::Close,
        "POST" => made(),
        _ => Reply::Answer(
            403,
            DATE,
            json!({"code": 50050, "message": "no such service"}).to_string(),
        ),
    })
    .await;
    let (client, _) = server.client();
    let result = create_with(&client, post(), get().gone(BELOW_A_CHAT_SERVICE), Proof::Time).await;
    assert_eq!((data(&result), count(&server, "POST")), ("made", 2));
}

#[tokio::test]
async fn creates_of_one_key_take_turns_and_one_object_is_not_two() {
    let server = server(vec![made], |_| None).await;
    let (client, _) = server.client();
    let (first, second) = tokio::join!(create(&client, Proof::Time), create(&client, Proof::Time));
    assert_eq!(data(&first), "made");
    let error = second.expect_err("it is the first one's");
    assert_eq!(error.kind, ErrorKind::Conflict);
    assert!(
        error.to_string().contains("another resource of this run has"),
        "{error}"
    );

    client
        .send(Request::delete(Product::Sync, &parent(), ITEM))
        .await
        .expect("deleted");
    assert_eq!(
        data(&create(&client, Proof::Time).await),
        "made",
        "it may be made again"
    );
    client.send(get()).await.expect_err("deleted by somebody else");
    assert_eq!(data(&create(&client, Proof::Time).await), "made", "and again");
}

#[tokio::test]
async fn of_two_creates_that_lose_their_answer_one_gets_what_is_there() {
    let server = server(vec![lost], |_| Some(item("ours", Some(NOW)))).await;
    let (client, _) = server.client();
    let (first, second) = tokio::join!(create(&client, Proof::Time), create(&client, Proof::Time));
    assert_eq!(data(&first), "ours");
    assert_eq!(candidates(second), [KEY]);
}

#[tokio::test]
async fn what_was_just_made_is_waited_for_by_whoever_reads_it() {
    let server = server(vec![made], |read| (read > 1).then(|| item("made", Some(NOW)))).await;
    let (client, clock) = server.client();
    create(&client, Proof::Time).await.expect("made");
    client.send(get()).await.expect("it shows at the third look");
    assert_eq!(clock.slept().len(), 2);
}

#[tokio::test]
async fn a_key_may_be_a_parameter_and_a_response_may_be_empty() {
    let there = |number: &str| json!({"sid": "GN1", "phone_number": number});
    let server = Server::start(
        move |seen: &ReceivedRequest, before| match (seen.method.as_str(), before) {
            ("POST", 0) => Reply::Close,
            ("POST", _) => status(204, ""),
            _ => ok(there("+15005550006")),
        },
    )
    .await;
    let (client, _) = server.client();
    let numbers = "/v1/SafeList/Numbers";
    let create = |number: &'static str| {
        let template = format!("{numbers}?PhoneNumber={{number}}");
        let get = Request::get(
            Product::Accounts,
            &parent(),
            expand(&template, &[("number", number)]).expect("a path"),
        );
        let get = get.expects(Expects::Member("phone_number", number.to_owned()));
        let post = Request::post(Product::Accounts, &parent(), numbers).form([("PhoneNumber", number)]);
        let post = post.creates().expects(Expects::Nothing);
        let lookup = Lookup {
            find: Find::ByKey(get),
            key: number.to_owned(),
            compare: &|_| Match::Same,
            after_loss: AfterLoss::Keep,
            proof: Proof::Unique,
            is_dated: false,
        };
        client.create(post, lookup)
    };
    assert_eq!(candidates(create("+15005550006").await), ["+15005550006"], "anybody's");
    assert_eq!(
        server.seen()[1].target,
        "/v1/SafeList/Numbers?PhoneNumber=%2B15005550006"
    );
    assert_eq!(create("+15005550007").await.expect("made").status, 204);
    assert_eq!(
        create("+15005550007").await.expect_err("it is claimed").kind,
        ErrorKind::Conflict
    );
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Taken,
    Stopped,
}

/// With an object that was made so many seconds after our request by the clock that writes dates, and a `Date` that is so many
/// seconds ahead.
async fn outcome(date: Option<i64>, created: i64) -> Outcome {
    let now: Timestamp = NOW.parse().expect("valid");
    let at = |seconds: i64| now + SignedDuration::from_secs(seconds);
    let header: &str = match date {
        Some(ahead) => format!("Date: {}\r\n", at(ahead).strftime("%a, %d %b %Y %H:%M:%S GMT")).leak(),
        None => "",
    };
    let there = item("ours", Some(&at(created).to_string()));
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => Reply::Close,
        _ => Reply::Answer(200, header, there.to_string()),
    })
    .await;
    let (client, _) = server.client();
    let result = create(&client, Proof::Time).await;
    assert_eq!(count(&server, "POST"), 1);
    match result {
        Ok(_) => Outcome::Taken,
        Err(_) => {
            assert_eq!(candidates(result), [KEY]);
            Outcome::Stopped
        }
    }
}

#[tokio::test]
async fn only_what_was_made_meanwhile_by_all_clocks_is_taken() {
    const HOUR: i64 = 3600;
    for (date, created, expected) in [
        (Some(0), 0, Outcome::Taken),
        (Some(0), 1, Outcome::Taken),
        (Some(-1), 0, Outcome::Taken),
        (Some(0), -1, Outcome::Stopped),
        (Some(0), -60, Outcome::Stopped),
        (Some(0), -HOUR, Outcome::Stopped),
        (Some(0), -48 * HOUR, Outcome::Stopped),
        (Some(0), 2 * HOUR, Outcome::Stopped),
        (Some(90), 0, Outcome::Stopped),
        (Some(90), 90, Outcome::Stopped),
        (Some(-90), 0, Outcome::Stopped),
        (Some(2 * HOUR), 2 * HOUR, Outcome::Stopped),
        (None, 0, Outcome::Stopped),
    ] {
        let found = outcome(date, created).await;
        assert_eq!(
            found, expected,
            "Date {date:?} s ahead, made {created} s after the request left"
        );
    }
}
