//! Control endpoints: request log, reset, drift, and what a seed determines.

use serde_json::{Value, json};
use twilio_simulator::Options;

use crate::support::{API, Client, simulator, with};

const MESSAGING: &str = "messaging.twilio.com";

#[tokio::test]
async fn the_log_says_who_asked_what_and_how_it_ended() {
    let (handle, client) = simulator().await;
    client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "a b")])
        .await
        .ok();
    client.get(MESSAGING, "/v1/Services?PageSize=5").await.ok();
    client
        .send_json("POST", "content.twilio.com", "/v1/Content", &json!({"x": 1}))
        .await;
    client.signed_in("AC1", "x").get(MESSAGING, "/v1/Services").await;
    let log = client.control("GET", "requests", None).await.ok();
    assert_eq!(
        log[0],
        json!({
            "method": "POST", "host": MESSAGING, "path": "/v1/Services", "query": {}, "form": {"FriendlyName": "a b"},
            "authorized_as": handle.account_sid, "status": 201,
        })
    );
    assert_eq!(
        (&log[1]["query"]["PageSize"], &log[1]["status"]),
        (&json!("5"), &json!(200))
    );
    assert_eq!((&log[2]["json"], &log[2]["status"]), (&json!({"x": 1}), &json!(400)));
    assert_eq!(
        (&log[3]["authorized_as"], &log[3]["status"]),
        (&json!(null), &json!(401))
    );
    assert_eq!(client.control("DELETE", "requests", None).await.status, 204);
    assert_eq!(client.control("GET", "requests", None).await.ok(), json!([]));
}

#[tokio::test]
async fn answers_carry_a_request_id_and_the_load() {
    let (_handle, client) = simulator().await;
    let headers = client.get(MESSAGING, "/v1/Services").await.headers;
    let id = headers["twilio-request-id"].to_str().expect("text");
    assert!(id.starts_with("RQ") && id.len() == 34, "{id}");
    assert_eq!(headers["twilio-concurrent-requests"], "1");
    assert!(headers.contains_key("twilio-request-duration"));
    assert!(headers.contains_key("date"));
}

#[tokio::test]
async fn the_header_with_the_time_goes_by_the_clock_that_writes_dates() {
    let (_handle, client) = simulator().await;
    client.advance_days(40).await;
    let made = client.post(MESSAGING, "/v1/Services", &[("FriendlyName", "a")]).await;
    let header = made.headers["date"].to_str().expect("text");
    let header = jiff::fmt::rfc2822::parse(header).expect("a date").timestamp();
    let created: jiff::Timestamp = made.text("date_created").parse().expect("a date");
    let apart = header.duration_since(created).abs();
    assert!(apart <= jiff::SignedDuration::from_secs(5), "{header} and {created}");
}

#[tokio::test]
async fn a_reset_forgets_everything_but_the_main_account() {
    let (handle, client) = simulator().await;
    client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "a")])
        .await
        .ok();
    client
        .control("PUT", "faults", Some(json!([{"fault": "status", "status": 503}])))
        .await
        .ok();
    assert_eq!(client.control("POST", "reset", None).await.status, 204);
    let list = client.get(MESSAGING, "/v1/Services").await.ok();
    assert_eq!(list["services"], json!([]));
    let objects = client.control("GET", "objects", None).await.ok();
    assert_eq!(objects.as_array().map(Vec::len), Some(1));
    assert_eq!(objects[0]["sid"], handle.account_sid.as_str());
    assert_eq!(
        client
            .control("GET", "requests", None)
            .await
            .ok()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn objects_change_and_vanish_behind_the_clients_back() {
    let (_handle, client) = simulator().await;
    let sid = client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "a")])
        .await
        .text("sid")
        .to_owned();
    let path = format!("/v1/Services/{sid}");
    let place = format!("objects?host={MESSAGING}&path={path}");
    let changed = client
        .control("PATCH", &place, Some(json!({"friendly_name": "drifted"})))
        .await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(client.get(MESSAGING, &path).await.ok()["friendly_name"], "drifted");
    let unknown = client.control("PATCH", &place, Some(json!({"colour": "red"}))).await;
    assert_eq!(unknown.status, 400);
    assert_eq!(client.control("DELETE", &place, None).await.status, 204);
    assert_eq!(client.get(MESSAGING, &path).await.refusal(), (404, 20404));
    assert_eq!(client.control("DELETE", &place, None).await.status, 400, "it is gone");
}

/// The product that writes ISO 8601 and the one that writes RFC 2822.
#[tokio::test]
async fn a_change_behind_the_clients_back_dates_the_object() {
    let (handle, client) = simulator().await;
    let apps = format!("/2010-04-01/Accounts/{}/Applications.json", handle.account_sid);
    for (host, collection, old, end) in [
        (MESSAGING, "/v1/Services", "2020-01-01T00:00:00Z", "Z"),
        (
            "api.twilio.com",
            apps.as_str(),
            "Wed, 01 Jan 2020 00:00:00 +0000",
            " +0000",
        ),
    ] {
        let made = client.post(host, collection, &[("FriendlyName", "a")]).await.ok();
        let path = format!(
            "{}/{}",
            collection.trim_end_matches(".json"),
            made["sid"].as_str().expect("a SID")
        );
        let place = format!("objects?host={host}&path={path}");
        let patch = async |fields| client.control("PATCH", &place, Some(fields)).await.ok()["body"].clone();
        let aged = patch(json!({"date_updated": old})).await;
        assert_eq!(aged["date_updated"], old, "a date that is given counts");
        let changed = patch(json!({"friendly_name": "b"})).await;
        let date = changed["date_updated"].as_str().expect("a date");
        assert!(date != old && date.ends_with(end), "{date}");
        assert_eq!(changed["date_created"], made["date_created"]);
    }
}

#[tokio::test]
async fn objects_appear_that_no_operation_creates() {
    let (_handle, client) = simulator().await;
    let sid = "HV00000000000000000000000000000001";
    let new = json!({"host": "wireless.twilio.com", "collection": "/v1/Sims", "fields": {"sid": "DE00000000000000000000000000000001", "friendly_name": "found"}});
    assert_eq!(client.control("POST", "objects", Some(new)).await.status, 201);
    let sim = client
        .get("wireless.twilio.com", "/v1/Sims/DE00000000000000000000000000000001")
        .await
        .ok();
    assert_eq!(sim["friendly_name"], "found");
    let nowhere = json!({"host": "wireless.twilio.com", "collection": "/v1/Nothing", "fields": {"sid": sid}});
    assert_eq!(client.control("POST", "objects", Some(nowhere)).await.status, 400);
}

#[tokio::test]
async fn unknown_control_endpoints_are_refused() {
    let (_handle, client) = simulator().await;
    assert_eq!(client.control("GET", "nothing", None).await.status, 404);
    assert_eq!(client.control("POST", "requests", None).await.status, 404);
}

async fn made(client: &Client) -> (String, String) {
    let service = client.post(MESSAGING, "/v1/Services", &[("FriendlyName", "a")]).await;
    // Reads in between draw nothing from the seed.
    client.get(MESSAGING, "/v1/Services").await.ok();
    let child = client.post("api.twilio.com", "/2010-04-01/Accounts.json", &[]).await;
    (service.text("sid").to_owned(), child.text("auth_token").to_owned())
}

#[tokio::test]
async fn the_same_seed_and_requests_give_the_same_sids_and_tokens() {
    let seeded = |seed| {
        with(Options {
            seed,
            ..Options::default()
        })
    };
    let ((one, first), (same, second), (other, third)) = (seeded(5).await, seeded(5).await, seeded(6).await);
    assert_eq!(
        (&one.account_sid, &one.auth_token),
        (&same.account_sid, &same.auth_token)
    );
    assert_ne!(one.account_sid, other.account_sid);
    let made_first = made(&first).await;
    assert_eq!(made_first, made(&second).await);
    assert_ne!(made_first, made(&third).await);
    first.control("POST", "reset", None).await;
    assert_eq!(made_first, made(&first).await, "a reset starts over");
}

#[tokio::test]
async fn the_port_is_free_after_a_shutdown() {
    let (handle, client) = simulator().await;
    client.get(MESSAGING, "/v1/Services").await.ok();
    let listen = handle.url.trim_start_matches("http://").parse().expect("an address");
    handle.shutdown().await;
    let kept_alive = client.request("GET", MESSAGING, "/v1/Services").send().await;
    assert!(kept_alive.is_err(), "open connections end too");
    let (again, _client) = with(Options {
        listen,
        ..Options::default()
    })
    .await;
    assert!(again.url.ends_with(&listen.to_string()));
}

/// A typing mistake in a test is refused, as it would make a test that cannot fail.
#[tokio::test]
async fn what_a_control_endpoint_does_not_know_is_refused_and_changes_nothing() {
    let (_handle, client) = simulator().await;
    for (method, path) in [
        ("GET", "objects?hosst=x"),
        ("GET", "requests?host=x"),
        ("DELETE", "objects?hosst=x"),
        ("GET", "clock?x=1"),
        ("POST", "reset?x=1"),
        ("PUT", "faults?x=1"),
    ] {
        let refused = client.control(method, path, None).await;
        assert_eq!(refused.status, 400, "{method} {path}");
        assert!(refused.text("error").contains("query"), "{refused:?}");
    }
    let host = "messaging.twilio.com";
    let sid = client.add(host, "/v1/Services", json!({"friendly_name": "a"})).await;
    let path = format!("objects?host={host}&path=/v1/Services/{sid}");
    for fields in [
        json!({"friendly_nam": "x"}),
        json!({"friendly_name": 7}),
        json!({"sticky_sender": "maybe"}),
        json!({"sid": "XX1"}),
    ] {
        let added = client.add_any(host, "/v1/Services", fields.clone()).await;
        assert_eq!(added.status, 400, "{fields}");
        if fields.get("sid").is_none() {
            let changed = client.control("PATCH", &path, Some(fields.clone())).await;
            assert_eq!(changed.status, 400, "{fields}");
        }
    }
    let again = client
        .add_any(host, "/v1/Services", json!({"sid": sid, "friendly_name": "b"}))
        .await;
    assert_eq!(again.status, 400, "it is there already");
    let objects = client
        .control("GET", "objects?host=messaging.twilio.com", None)
        .await
        .ok();
    assert_eq!(objects.as_array().map(Vec::len), Some(1), "{objects}");
    assert_eq!(objects[0]["body"]["friendly_name"], "a");
    client
        .control("PATCH", &path, Some(json!({"friendly_name": null})))
        .await
        .ok();
}

#[tokio::test]
async fn rules_of_faults_read_as_they_were_written_and_say_how_often_they_applied() {
    let (handle, client) = simulator().await;
    let rule = json!({"match": {"method": "GET"}, "fault": "status", "status": 503, "after": 1, "times": 1});
    client.control("PUT", "faults", Some(json!([rule]))).await.ok();
    let queues = crate::accounts::below(&handle.account_sid, "Queues");
    for wanted in [200, 503, 200] {
        assert_eq!(client.get("api.twilio.com", &queues).await.status, wanted);
    }
    let listed = client.control("GET", "faults", None).await.ok();
    assert_eq!(listed, json!([{"rule": rule, "matched": 3, "used": 1}]));
}

/// What a newcomer does first, and what the response says to do.
#[tokio::test]
async fn a_path_that_is_not_found_says_what_is_wrong_with_the_request() {
    let (handle, client) = simulator().await;
    let why = async |host: &str, path: &str| {
        let answer = client.get(host, path).await;
        assert_eq!(answer.refusal(), (404, 20404), "{host}{path}");
        answer.body["simulator"].clone()
    };
    let nameless = why("127.0.0.1", "/v1/Services").await;
    assert!(
        nameless["why"].to_string().contains("Host: messaging.twilio.com"),
        "{nameless}"
    );
    let xml = format!("/2010-04-01/Accounts/{}/Queues", handle.account_sid);
    for path in [xml.clone(), format!("{xml}.xml")] {
        assert!(why("api.twilio.com", &path).await["why"].to_string().contains(".json"));
    }
    let other = why("api.twilio.com", "/2010-04-01/Nothing").await;
    assert_eq!(other["why"], "the contract has no such path at this host");
    let region = why("messaging.dublin.xx9.twilio.com", "/v1/Services").await;
    assert_eq!(region["host"], "messaging.dublin.xx9.twilio.com");
}

/// What would make an object that nobody can read, or an account that nobody can sign in to.
#[tokio::test]
async fn an_object_stays_where_it_can_be_found() {
    let (handle, client) = simulator().await;
    let sync = "sync.twilio.com";
    let refused = async |method: &str, endpoint: &str, body: Option<Value>| {
        let answer = client.control(method, endpoint, body).await;
        assert_eq!(answer.status, 400, "{method} {endpoint}: {answer:?}");
        assert!(answer.body["error"].is_string(), "{answer:?}");
    };
    let nobody = format!("AC{:032x}", 7);
    let object = json!({"host": sync, "collection": "/v1/Services", "account": nobody, "fields": {}});
    refused("POST", "objects", Some(object)).await;
    let service = client.add(sync, "/v1/Services", json!({"friendly_name": "s"})).await;
    let one = format!("objects?host={sync}&path=/v1/Services/{service}");
    refused("PATCH", &one, Some(json!({"sid": format!("IS{:032x}", 7)}))).await;
    refused("PATCH", &one, Some(json!({"account_sid": nobody}))).await;
    let same = json!({"sid": service, "account_sid": handle.account_sid, "friendly_name": "t"});
    client.control("PATCH", &one, Some(same)).await.ok();
    assert_eq!(
        client.get(sync, &format!("/v1/Services/{service}")).await.ok()["friendly_name"],
        "t"
    );
    let account = format!(
        "objects?host=api.twilio.com&path=/2010-04-01/Accounts/{}",
        handle.account_sid
    );
    refused("DELETE", &account, None).await;
    client
        .get(API, &format!("/2010-04-01/Accounts/{}.json", handle.account_sid))
        .await
        .ok();
    let forever = json!([{"fault": "delay", "ms": 18_446_744_073_709_551_615_u64}]);
    refused("PUT", "faults", Some(forever)).await;
    let bare = crate::support::read(client.unsigned("GET", "localhost", "/_simulator")).await;
    assert_eq!(bare.status, 404);
    assert!(bare.body["error"].is_string(), "{bare:?}");
}

/// Nobody could read it.
#[tokio::test]
async fn an_object_is_added_in_its_account() {
    let (handle, client) = simulator().await;
    let none = |prefix: &str| format!("{prefix}{:032x}", 9);
    let child = client.post(API, "/2010-04-01/Accounts.json", &[]).await;
    let queues = |account: &str| format!("/2010-04-01/Accounts/{account}/Queues");
    for wrong in [
        json!({"host": API, "collection": queues(&none("AC"))}),
        json!({"host": API, "collection": queues(child.text("sid")), "account": handle.account_sid}),
        json!({"host": MESSAGING, "collection": "/v1/Services", "fields": {"account_sid": child.text("sid")}}),
    ] {
        let refused = client.control("POST", "objects", Some(wrong.clone())).await;
        assert_eq!(refused.status, 400, "{wrong}");
    }
    let right = json!({"host": API, "collection": queues(child.text("sid")), "account": child.text("sid")});
    assert_eq!(client.control("POST", "objects", Some(right)).await.status, 201);
    let outcome = json!([{"match": {"host": "serverless.twilio.com"}, "to": "failed", "set": {"nope": 1}}]);
    assert_eq!(client.control("PUT", "outcomes", Some(outcome)).await.status, 400);
}
