//! Sessions of Proxy and who takes part in them. <https://www.twilio.com/docs/proxy/api/participant>

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const PROXY: &str = "proxy.twilio.com";

async fn session(client: &Client, service: &str) -> String {
    let made = client.post(PROXY, &format!("{service}/Sessions"), &[]).await;
    format!("{service}/Sessions/{}", made.text("sid"))
}

/// <https://www.twilio.com/docs/api/errors/80103>, <https://www.twilio.com/docs/api/errors/80206>,
/// <https://www.twilio.com/docs/api/errors/80604>, <https://www.twilio.com/docs/api/errors/80605>,
/// <https://www.twilio.com/docs/api/errors/80609>
#[tokio::test]
async fn a_participant_stands_behind_a_number_of_the_pool() {
    let (handle, client) = simulator().await;
    let service = client.post(PROXY, "/v1/Services", &[("UniqueName", "s")]).await;
    let service = format!("/v1/Services/{}", service.text("sid"));
    let first = session(&client, &service).await;
    let join =
        async |session: &str, form: &[(&str, &str)]| client.post(PROXY, &format!("{session}/Participants"), form).await;
    let (ann, bob) = (("Identifier", "+14155550123"), ("Identifier", "+14155550124"));
    assert_eq!(join(&first, &[ann]).await.refusal(), (400, 80206), "the pool is empty");
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let mut pool = Vec::new();
    for _ in 0..2 {
        let number = client.post(API, &numbers, &[("AreaCode", "415")]).await.ok();
        let sid = number["sid"].as_str().unwrap_or_default();
        client
            .post(PROXY, &format!("{service}/PhoneNumbers"), &[("Sid", sid)])
            .await
            .ok();
        pool.push(number);
    }
    let is_of_pool = |shown: &Value| {
        let mut numbers = pool.iter();
        numbers.any(|number| {
            number["sid"] == shown["proxy_identifier_sid"] && number["phone_number"] == shown["proxy_identifier"]
        })
    };
    let here = join(&first, &[ann]).await.ok();
    assert!(is_of_pool(&here), "{here}");
    assert_eq!(join(&first, &[ann]).await.refusal(), (400, 80103));
    assert!(is_of_pool(&join(&first, &[bob]).await.ok()));
    let third = join(&first, &[("Identifier", "+14155550125")]).await;
    assert_eq!(third.refusal(), (400, 80609));

    let second = session(&client, &service).await;
    let used = here["proxy_identifier"].as_str().unwrap_or_default();
    let taken = join(&second, &[ann, ("ProxyIdentifier", used)]).await;
    assert_eq!(taken.refusal(), (400, 80604));
    let stranger = join(&second, &[ann, ("ProxyIdentifier", "+14155550199")]).await;
    assert_eq!(stranger.refusal(), (400, 80605));
    let elsewhere = join(&second, &[ann]).await.ok();
    assert!(is_of_pool(&elsewhere));
    assert_ne!(elsewhere["proxy_identifier"], here["proxy_identifier"]);
    let last = session(&client, &service).await;
    assert_eq!(join(&last, &[ann]).await.refusal(), (400, 80206), "both are in use");
    client.post(PROXY, &first, &[("Status", "closed")]).await.ok();
    let freed = join(&last, &[ann]).await.ok();
    assert_eq!(
        freed["proxy_identifier"], here["proxy_identifier"],
        "its session is closed"
    );
}

/// "The ISO 8601 date when the Session ended": <https://www.twilio.com/docs/proxy/api/session>
#[tokio::test]
async fn a_session_that_is_closed_has_ended() {
    let (_handle, client) = simulator().await;
    let service = client.post(PROXY, "/v1/Services", &[("UniqueName", "s")]).await;
    let session = session(&client, &format!("/v1/Services/{}", service.text("sid"))).await;
    assert_eq!(client.get(PROXY, &session).await.ok()["date_ended"], Value::Null);
    let closed = client.post(PROXY, &session, &[("Status", "closed")]).await.ok();
    assert_eq!(closed["status"], json!("closed"));
    assert!(closed["date_ended"].is_string(), "{closed}");
    client.advance(60).await;
    let again = client.post(PROXY, &session, &[("Status", "closed")]).await.ok();
    assert_eq!(again["date_ended"], closed["date_ended"], "it ended once");
}

/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/proxy/references/test-results.md)
#[tokio::test]
async fn a_closed_session_opens_again_as_in_progress() {
    let (_handle, client) = simulator().await;
    let service = client.post(PROXY, "/v1/Services", &[("UniqueName", "s")]).await;
    let session = session(&client, &format!("/v1/Services/{}", service.text("sid"))).await;
    let closed = client.post(PROXY, &session, &[("Status", "closed")]).await.ok();
    assert_eq!(closed["closed_reason"], "api");
    let refused = client.post(PROXY, &session, &[("Status", "open")]).await;
    assert_eq!(refused.refusal(), (400, 80608));
    let opened = client.post(PROXY, &session, &[("Status", "in-progress")]).await.ok();
    assert_eq!(
        (&opened["status"], &opened["closed_reason"], &opened["date_ended"]),
        (&json!("in-progress"), &Value::Null, &Value::Null)
    );
}

/// The same record, tests 2, 4 and 5.
#[tokio::test]
async fn what_is_reserved_or_there_already_or_cannot_be_reached_is_refused() {
    let (handle, client) = simulator().await;
    let service = client.post(PROXY, "/v1/Services", &[("UniqueName", "s")]).await;
    let service = format!("/v1/Services/{}", service.text("sid"));
    let number = client
        .post(
            API,
            &below(&handle.account_sid, "IncomingPhoneNumbers"),
            &[("AreaCode", "415")],
        )
        .await;
    let reserved = [("Sid", number.text("sid")), ("IsReserved", "true")];
    let pool = format!("{service}/PhoneNumbers");
    client.post(PROXY, &pool, &reserved).await.ok();
    assert_eq!(client.post(PROXY, &pool, &reserved).await.refusal(), (400, 80104));
    let participants = format!("{}/Participants", session(&client, &service).await);
    let ann = ("Identifier", "+14155550123");
    for form in [vec![ann], vec![ann, ("ProxyIdentifierSid", number.text("sid"))]] {
        assert_eq!(
            client.post(PROXY, &participants, &form).await.refusal(),
            (400, 80207),
            "{form:?}"
        );
    }
    let nobody = [("Identifier", "+15551234567")];
    assert_eq!(client.post(PROXY, &participants, &nobody).await.refusal(), (400, 80404));
}
