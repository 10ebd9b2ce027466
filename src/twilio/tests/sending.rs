//! What leaves, and how answers come back.

use serde_json::{Value, json};

use super::server::{Reply, Server, TOKEN, ok, parent, status};
use crate::twilio::{Client, ClientConfig, ConfigError, Credentials, ErrorKind, Product, Request, Secret};

#[tokio::test]
async fn the_product_keeps_its_host_name_on_the_way_to_a_base_url() {
    let server = Server::start(|_, _| ok(json!({"sid": "VA1"}))).await;
    let (client, _) = server.client();
    let request = Request::post(Product::Verify, &parent(), "/v2/Services")
        .creates()
        .header("X-Twilio-Webhook-Enabled", "true")
        .query("a", "b c")
        .form([("FriendlyName", "x&y")]);
    let response = client.send(request).await.expect("success");
    assert_eq!(response.member("sid"), Some(&Value::from("VA1")));

    let seen = server.seen().remove(0);
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/v2/Services?a=b+c")
    );
    assert_eq!(seen.headers["host"], "verify.twilio.com");
    assert_eq!(seen.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(seen.headers["x-twilio-webhook-enabled"], "true");
    assert_eq!(seen.headers["accept"], "application/json");
    assert!(seen.headers["user-agent"].starts_with("terraform-provider-twilio/"));
    assert_eq!(seen.body, "FriendlyName=x%26y");
    assert_eq!(seen.signed_in(), format!("{}:{TOKEN}", parent()));
}

#[tokio::test]
async fn a_json_body_is_sent_as_json() {
    let server = Server::start(|_, _| status(204, "")).await;
    let (client, _) = server.client();
    let request = Request::put(Product::Content, &parent(), "/v1/Content/HX1").json(json!({"a": [1, null]}));
    let response = client.send(request).await.expect("success");
    assert_eq!((response.status, response.body), (204, Value::Null));
    let seen = server.seen().remove(0);
    assert_eq!(
        (seen.headers["content-type"].as_str(), seen.body.as_str()),
        ("application/json", r#"{"a":[1,null]}"#)
    );
}

#[tokio::test]
async fn answers_may_come_compressed() {
    // {"sid":"AP0123456789abcdef0123456789abcdef"}, by gzip.
    const COMPRESSED: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xabV*\xceLQ\xb2Rr\x0c004261\
        53\xb7\xb0LLJNIMC\xe7+\xd5\x02\x00\xf8\xf0\xcaG,\x00\x00\x00";
    let server = Server::start(|_, _| Reply::Bytes("Content-Encoding: gzip\r\n", COMPRESSED)).await;
    let (client, _) = server.client();
    let response = client.send(Request::get(Product::Api, &parent(), "/x")).await;
    let sid = Value::from("AP0123456789abcdef0123456789abcdef");
    assert_eq!(response.expect("success").member("sid"), Some(&sid));
    assert!(server.seen()[0].headers["accept-encoding"].contains("gzip"));
}

#[tokio::test]
async fn an_answer_that_is_not_what_its_encoding_says_is_an_unknown_outcome() {
    let server = Server::start(|_, _| Reply::Bytes("Content-Encoding: gzip\r\n", b"{}")).await;
    let (client, _) = server.client();
    let request = Request::post(Product::Api, &parent(), "/x").creates();
    let error = client.send(request).await.expect_err("not gzip");
    assert_eq!((error.kind, server.count()), (ErrorKind::Ambiguous, 1), "{error}");
}

#[tokio::test]
async fn an_api_key_signs_in_with_its_own_sid() {
    let server = Server::start(|_, _| ok("{}")).await;
    let key = "SK00000000000000000000000000000009";
    let credentials = Credentials::api_key(parent(), key, Secret::new("key-secret")).expect("valid");
    let (client, _) = super::server::client(ClientConfig {
        credentials,
        ..server.config()
    });
    client
        .send(Request::get(Product::Api, &parent(), "/x"))
        .await
        .expect("success");
    assert_eq!(server.seen()[0].signed_in(), format!("{key}:key-secret"));
}

#[tokio::test]
async fn a_refusal_says_code_request_id_and_what_was_tried() {
    let body = json!({"code": 21211, "message": "The 'To' is bad", "more_info": "https://x/21211", "status": 400});
    let body = body.to_string();
    let server = Server::start(move |_, _| Reply::Answer(400, "Twilio-Request-Id: RQ77\r\n", body.clone())).await;
    let (client, _) = server.client();
    let request = Request::post(Product::Messaging, &parent(), "/v1/Services/MG1").query("secret", "hidden");
    let error = client.send(request).await.expect_err("refused");
    assert_eq!(
        (error.kind, error.status, error.twilio_code),
        (ErrorKind::Invalid, Some(400), Some(21211))
    );
    assert_eq!(error.request_id.as_deref(), Some("RQ77"));
    assert_eq!(
        error.to_string(),
        "request refused (status 400, code 21211): The 'To' is bad"
    );
    assert_eq!(
        error.attempt.to_string(),
        "POST https://messaging.twilio.com/v1/Services/MG1"
    );
    assert_eq!(
        (&error.attempt.account, &error.attempt.signed_in_as),
        (&parent(), &parent())
    );
}

#[tokio::test]
async fn a_redirect_is_reported_and_not_followed() {
    let server = Server::start(|_, _| Reply::Answer(307, "Location: http://127.0.0.1:1/x\r\n", String::new())).await;
    let (client, _) = server.client();
    let error = client
        .send(Request::get(Product::Api, &parent(), "/x"))
        .await
        .expect_err("a redirect");
    assert_eq!(error.kind, ErrorKind::UnexpectedAnswer);
    assert!(
        error.to_string().contains("redirected to http://127.0.0.1:1/x"),
        "{error}"
    );
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn the_server_clock_is_learned_from_answers() {
    let server =
        Server::start(|_, _| Reply::Answer(200, "Date: Fri, 01 May 2026 10:01:30 GMT\r\n", "{}".to_owned())).await;
    let (client, _) = server.client();
    assert_eq!(client.server_time().to_string(), "2026-05-01T10:00:00Z");
    client
        .send(Request::get(Product::Api, &parent(), "/x"))
        .await
        .expect("success");
    assert_eq!(client.server_time().to_string(), "2026-05-01T10:01:30Z");
}

#[tokio::test]
async fn what_cannot_be_sent_is_said_and_not_tried_again() {
    let server = Server::start(|_, _| ok("{}")).await;
    let (client, clock) = server.client();
    for request in [
        Request::get(Product::Api, &parent(), "no-slash"),
        Request::get(Product::Api, &parent(), "/x").header("bad name", "x"),
        Request::get(Product::Api, &parent(), "/x").header("X-A", "line\nbreak"),
    ] {
        let error = client.send(request).await.expect_err("cannot be sent");
        assert!(error.surely_not_executed(), "{error}");
    }
    assert_eq!((server.count(), clock.slept().len()), (0, 0));
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let good = super::server::config("127.0.0.1:1");
    let blank = Credentials::AuthToken {
        account: parent(),
        token: Secret::new(" "),
    };
    let refused = |config| Client::new(config).expect_err("must be refused");
    assert_eq!(
        refused(ClientConfig {
            credentials: blank,
            ..good.clone()
        }),
        ConfigError::BlankSecret
    );
    assert!(matches!(
        refused(ClientConfig {
            max_concurrency: 0,
            ..good.clone()
        }),
        ConfigError::Zero { .. }
    ));
    assert_eq!(
        refused(ClientConfig {
            user_agent: "a\nb".to_owned(),
            ..good
        }),
        ConfigError::UserAgent
    );
}

#[test]
fn an_order_of_chance_has_every_item_once_and_is_another_for_another_process() {
    let credentials = Credentials::AuthToken {
        account: parent(),
        token: Secret::new(TOKEN),
    };
    let client = Client::new(ClientConfig::new(credentials)).expect("valid");
    let sorted: Vec<u32> = (0..30).collect();
    let orders = [(); 2].map(|()| {
        let mut items = sorted.clone();
        client.shuffle(&mut items);
        items
    });
    // By chance once in 30! runs.
    assert_ne!(orders[0], orders[1]);
    for mut order in orders {
        order.sort_unstable();
        assert_eq!(order, sorted);
    }
    client.shuffle::<u32>(&mut []);
}
