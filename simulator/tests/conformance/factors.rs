//! Factors of TOTP. <https://www.twilio.com/docs/verify/quickstarts/totp>, <https://www.twilio.com/docs/verify/api/factor>

use serde_json::{Value, json};

use crate::support::simulator;

const VERIFY: &str = "verify.twilio.com";

#[tokio::test]
async fn the_first_factor_of_an_identity_brings_its_entity_and_shows_its_secret_once() {
    let (_handle, client) = simulator().await;
    let form = [("FriendlyName", "Owl Shop"), ("Totp.CodeLength", "8")];
    let service = client.post(VERIFY, "/v2/Services", &form).await;
    let service = format!("/v2/Services/{}", service.text("sid"));
    let factors = format!("{service}/Entities/identity-1/Factors");
    let form = [
        ("FriendlyName", "Ann's phone"),
        ("FactorType", "totp"),
        ("Config.Skew", "2"),
    ];
    let made = client.post(VERIFY, &factors, &form).await.ok();
    let config = json!({"alg": "sha1", "skew": 2, "code_length": 8, "time_step": 30});
    assert_eq!(made["config"], config);
    let secret = made["binding"]["secret"].as_str().expect("a secret");
    assert_eq!(secret.len(), 32);
    assert!(
        secret
            .bytes()
            .all(|letter| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains(&letter))
    );
    let uri = made["binding"]["uri"].as_str().expect("an address");
    assert!(uri.starts_with("otpauth://totp/Owl%20Shop:Ann"), "{uri}");
    assert!(uri.ends_with("&algorithm=SHA1&digits=8&period=30"), "{uri}");
    assert!(uri.contains(secret), "{uri}");

    let sid = made["sid"].as_str().unwrap_or_default();
    let read = client.get(VERIFY, &format!("{factors}/{sid}")).await.ok();
    assert_eq!((&read["config"], read.get("binding")), (&config, None));
    let entity = client.get(VERIFY, &format!("{service}/Entities/identity-1")).await.ok();
    assert_eq!(entity["sid"], made["entity_sid"]);
    assert_ne!(entity["sid"], Value::Null);
    let second = client.post(VERIFY, &factors, &form).await.ok();
    assert_eq!(second["entity_sid"], made["entity_sid"], "it came once");
    let lost = format!("/v2/Services/VA{}/Entities/identity-1/Factors", "0".repeat(32));
    assert_eq!(client.post(VERIFY, &lost, &form).await.refusal(), (404, 20404));
}
