//! Writes that may be done twice, and those that may not: upserts, settings, PUT and PATCH.

use serde_json::json;

use super::server::{ReceivedRequest, Reply, Server, client, ok, parent, status};
use crate::twilio::{ClientConfig, ErrorKind, Expects, Product, Request, Response};

const PERMISSION: &str = "/v1/Services/IS1/Documents/ET1/Permissions/alice%2Fx";

fn upsert() -> Request {
    let request = Request::post(Product::Sync, &parent(), PERMISSION).form([("Read", "true")]);
    request
        .upserts()
        .expects(Expects::Member("identity", "alice/x".to_owned()))
}

fn permission() -> String {
    json!({"identity": "alice/x", "read": true}).to_string()
}

/// A server that loses the first two responses, each in another way.
async fn lossy(body: String) -> Server {
    Server::start(move |_, before| match before {
        0 => Reply::Close,
        1 => Reply::Truncated(201, body.clone()),
        _ => ok(body.clone()),
    })
    .await
}

fn methods(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.method).collect()
}

#[tokio::test]
async fn an_upsert_whose_response_is_lost_is_sent_again_and_nothing_is_searched_for() {
    let server = lossy(permission()).await;
    let (client, _) = server.client();
    let answer = client.send(upsert()).await.expect("the third answer");
    assert_eq!(answer.member("read"), Some(&json!(true)));
    assert_eq!(methods(&server), ["POST"; 3]);
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.target == PERMISSION && seen.body == "Read=true")
    );
}

#[tokio::test]
async fn an_upsert_is_answered_by_what_has_its_key() {
    let server = Server::start(|_, _| ok(json!({"identity": "bob", "read": true}))).await;
    let (client, _) = server.client();
    let error = client.send(upsert()).await.expect_err("somebody else's");
    assert_eq!(error.kind, ErrorKind::UnexpectedAnswer);
    assert!(!error.surely_not_executed());
}

#[tokio::test]
async fn what_an_upsert_made_a_moment_ago_is_waited_for_until_it_shows_and_not_once_it_is_deleted() {
    let server = Server::start(|seen: &ReceivedRequest, before| match seen.method.as_str() {
        "POST" => ok(permission()),
        "DELETE" => status(204, ""),
        _ if before > 2 && before < 5 => ok(permission()),
        _ => status(404, json!({"code": 20404, "message": "no", "status": 404})),
    })
    .await;
    let (client, clock) = server.client();
    let read = || Request::get(Product::Sync, &parent(), PERMISSION);
    client.send(upsert()).await.expect("made");
    client.send(read()).await.expect("it shows");
    assert_eq!((server.count(), clock.slept().len()), (4, 2));
    client
        .send(Request::delete(Product::Sync, &parent(), PERMISSION))
        .await
        .expect("deleted");
    assert_eq!(client.send(read()).await.expect_err("gone").kind, ErrorKind::NotFound);
    assert_eq!(clock.slept().len(), 2);
}

#[tokio::test]
async fn settings_and_replacements_are_sent_again() {
    for request in [
        Request::post(Product::Conversations, &parent(), "/v1/Configuration").form([("Timer", "PT1H")]),
        Request::put(Product::Content, &parent(), "/v1/Content/HX1").json(json!({"a": {"b": 1}})),
        Request::patch(Product::Conversations, &parent(), "/v2/x")
            .json(json!({"a": 1}))
            .repeatable(),
    ] {
        let server = lossy("{}".to_owned()).await;
        let (client, _) = server.client();
        let answer: Response = client.send(request).await.expect("the third answer");
        assert_eq!((answer.status, server.count()), (200, 3));
        let bodies: Vec<String> = server.seen().into_iter().map(|seen| seen.body).collect();
        assert!(bodies.iter().all(|body| *body == bodies[0] && !body.is_empty()));
    }
}

#[tokio::test]
async fn what_patch_instructs_is_done_once() {
    let patch = || Request::patch(Product::Organizations, &parent(), "/scim/Users/US1").json(json!({"op": "add"}));
    let server = lossy("{}".to_owned()).await;
    let (client, _) = server.client();
    let error = client.send(patch()).await.expect_err("lost");
    assert_eq!((error.kind, server.count()), (ErrorKind::Ambiguous, 1));
    assert!(!error.surely_not_executed());
    // What Twilio surely did not do is sent again, as everything.
    let server = Server::start(|_, before| match before {
        0 => status(429, json!({"code": 20429, "message": "later"})),
        _ => ok("{}"),
    })
    .await;
    let (client, _) = server.client();
    client.send(patch()).await.expect("the second answer");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_table_may_name_the_type_of_its_bodies() {
    let server = Server::start(|_, _| ok("{}")).await;
    let (client, _) = server.client();
    let request = Request::put(Product::Organizations, &parent(), "/scim/Users/US1").json(json!({"a": 1}));
    client
        .send(request.header("Content-Type", "application/scim+json"))
        .await
        .expect("success");
    assert_eq!(server.seen()[0].headers["content-type"], "application/scim+json");
}

/// Limits on a recipient or a code last longer than anybody repeats: <https://www.twilio.com/docs/api/errors/60202>
#[tokio::test]
async fn a_limit_that_lasts_is_not_waited_out_whatever_its_status() {
    for (code, tries, kind) in [
        (60202, 1, ErrorKind::Invalid),
        (60203, 1, ErrorKind::Invalid),
        (60207, 1, ErrorKind::Invalid),
        (60212, 2, ErrorKind::RateLimited),
        (20429, 2, ErrorKind::RateLimited),
    ] {
        let server =
            Server::start(move |_, _| status(429, json!({"code": code, "message": "Too many", "status": 429}))).await;
        let (client, _) = client(ClientConfig {
            max_retries: 1,
            ..server.config()
        });
        let check = Request::post(Product::Verify, &parent(), "/v2/Services/VA1/VerificationCheck").once();
        let error = client.send(check).await.expect_err("it is refused");
        assert_eq!((error.kind, server.count()), (kind, tries), "{code}");
        assert!(error.surely_not_executed(), "{code}");
    }
}

/// What was made a moment ago may not be known where it is deleted. Only a delete that may have been carried out is done by a 404.
#[tokio::test]
async fn a_delete_of_what_was_just_made_is_sent_until_twilio_knows_it() {
    const SID: &str = "MG0123456789abcdef0123456789abcdef";
    for is_lost in [false, true] {
        let server = Server::start(
            move |seen: &ReceivedRequest, before| match (seen.method.as_str(), before) {
                ("POST", _) => Reply::Answer(201, "", json!({"sid": SID, "friendly_name": "x"}).to_string()),
                (_, 1) if is_lost => Reply::Close,
                (_, 1..=3) => status(404, json!({"code": 20404, "message": "unknown", "status": 404})),
                _ => status(204, ""),
            },
        )
        .await;
        let (client, clock) = server.client();
        let create = Request::post(Product::Messaging, &parent(), "/v1/Services").creates();
        client
            .send(create.expects(Expects::New("MG")))
            .await
            .expect("it is made");
        let delete = Request::delete(Product::Messaging, &parent(), format!("/v1/Services/{SID}"));
        let deleted = client.send(delete).await.map(drop).map_err(|error| error.kind);
        match is_lost {
            true => assert_eq!((deleted, server.count()), (Err(ErrorKind::NotFound), 3)),
            false => assert_eq!((deleted, server.count()), (Ok(()), 5)),
        }
        assert!(!clock.slept().is_empty());
    }
}

/// What the client itself says repeats nothing that was sent, so nothing of it is taken out.
#[tokio::test]
async fn a_lost_answer_is_told_in_whole_words_whatever_was_sent() {
    let server = Server::start(|_, _| Reply::Close).await;
    let (client, _) = server.client();
    let words = "<Response><Say>the connection broke before a response came</Say></Response>";
    let post = Request::post(Product::Api, &parent(), "/2010-04-01/Accounts/AC1/Calls.json").once();
    let error = client
        .send(post.form([("Twiml", words)]))
        .await
        .expect_err("it is lost");
    let said = error.message.unwrap_or_default();
    assert!(!said.is_empty() && !said.contains("value"), "{said}");
}
