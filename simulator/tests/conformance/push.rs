//! Verify: what a push factor and its challenges need, the tokens for it, and lists of words.

use serde_json::json;

use crate::support::{Client, simulator};

const VERIFY: &str = "verify.twilio.com";

async fn service(client: &Client) -> String {
    let made = client.post(VERIFY, "/v2/Services", &[("FriendlyName", "v")]).await;
    format!("/v2/Services/{}", made.text("sid"))
}

/// The contract's texts on the parameters of a factor and of a challenge: what is required when the factor is `push`.
/// <https://www.twilio.com/docs/verify/api/factor>, <https://www.twilio.com/docs/api/errors/60370>,
/// <https://www.twilio.com/docs/api/errors/60368>
#[tokio::test]
async fn a_push_factor_is_of_a_device_and_its_challenge_has_a_message() {
    let (_handle, client) = simulator().await;
    let entity = format!("{}/Entities/identity-0001", service(&client).await);
    let factors = format!("{entity}/Factors");
    let token = "t".repeat(32);
    let whole = [
        ("FriendlyName", "f"),
        ("FactorType", "push"),
        ("Binding.PublicKey", "key"),
        ("Config.AppId", "app"),
        ("Config.NotificationPlatform", "apn"),
        ("Config.NotificationToken", token.as_str()),
        ("Config.SdkVersion", "1.0.0"),
    ];
    for missing in 2..whole.len() {
        let mut form = whole.to_vec();
        let (name, _) = form.remove(missing);
        let refused = client.post(VERIFY, &factors, &form).await;
        let code = if name == "Binding.PublicKey" { 60306 } else { 60370 };
        assert_eq!(refused.refusal(), (400, code), "without {name}");
    }
    let mut without = whole.to_vec();
    without.retain(|(name, _)| *name != "Config.NotificationToken");
    without[4].1 = "none";
    client.post(VERIFY, &factors, &without).await.ok();
    let push = client.post(VERIFY, &factors, &whole).await.ok();
    let challenges = format!("{entity}/Challenges");
    let of = |factor: &serde_json::Value| factor["sid"].as_str().expect("a SID").to_owned();
    let push = of(&push);
    let refused = client.post(VERIFY, &challenges, &[("FactorSid", &*push)]).await;
    assert_eq!(refused.refusal(), (400, 60368));
    let (long, line) = ("x".repeat(37), json!({"label": "a", "value": "b"}).to_string());
    for wrong in [
        json!({"label": "a"}),
        json!({"label": long, "value": "b"}),
        json!("text"),
    ] {
        let wrong = wrong.to_string();
        let form = [
            ("FactorSid", &*push),
            ("Details.Message", "Is it you?"),
            ("Details.Fields", &*wrong),
        ];
        assert_eq!(
            client.post(VERIFY, &challenges, &form).await.refusal(),
            (400, 60368),
            "{wrong}"
        );
    }
    let mut form = vec![("FactorSid", &*push), ("Details.Message", "Is it you?")];
    form.extend(vec![("Details.Fields", &*line); 21]);
    assert_eq!(client.post(VERIFY, &challenges, &form).await.refusal(), (400, 60368));
    let form = [("FactorSid", &*push), ("Details.Message", "Is it you?")];
    client.post(VERIFY, &challenges, &form).await.ok();
}

/// <https://www.twilio.com/docs/verify/api/access-token>
#[tokio::test]
async fn an_access_token_is_for_somebody_and_for_a_minute() {
    let (_handle, client) = simulator().await;
    let tokens = format!("{}/AccessTokens", service(&client).await);
    let form = [("Identity", "identity-0001"), ("FactorType", "push"), ("Ttl", "120")];
    for (sent, ttl) in [(&form[..2], 60), (&form[..], 120)] {
        let made = client.post(VERIFY, &tokens, sent).await.ok();
        assert_eq!(
            (&made["entity_identity"], &made["ttl"]),
            (&json!("identity-0001"), &json!(ttl))
        );
        assert!(made["token"].as_str().is_some_and(|token| !token.is_empty()), "{made}");
    }
}

/// <https://www.twilio.com/docs/verify/api/webhooks>; the contract's text on `Country`; <https://www.twilio.com/docs/api/errors/60200>
#[tokio::test]
async fn events_addresses_and_countries_are_those_that_there_are() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let hooks = format!("{service}/Webhooks");
    for (event, url, wanted) in [
        ("nope", "https://example.com", (400, 60200)),
        ("factor.created", "x", (400, 60200)),
        ("challenge.denied", "https://example.com/", (201, 0)),
    ] {
        let form = [("FriendlyName", "w"), ("EventTypes", event), ("WebhookUrl", url)];
        let answer = client.post(VERIFY, &hooks, &form).await;
        assert_eq!(answer.refusal(), wanted, "{event} {url}");
    }
    let form = [("FriendlyName", "m")];
    let messaging = client.post("messaging.twilio.com", "/v1/Services", &form).await;
    let configurations = format!("{service}/MessagingConfigurations");
    for (country, wanted) in [
        ("xx", (400, 60200)),
        ("USA", (400, 60200)),
        ("US", (201, 0)),
        ("us", (400, 60200)),
        ("all", (201, 0)),
    ] {
        let form = [("Country", country), ("MessagingServiceSid", messaging.text("sid"))];
        let answer = client.post(VERIFY, &configurations, &form).await;
        assert_eq!(answer.refusal(), wanted, "{country}");
    }
}
