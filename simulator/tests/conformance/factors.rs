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

/// Seconds since 1970 on the simulator's clock.
async fn now(client: &crate::support::Client) -> i64 {
    let clock = client.control("GET", "clock", None).await.ok();
    let now = clock["now"].as_str().expect("a time");
    now.parse::<jiff::Timestamp>().expect("a time").as_second()
}

/// A code as an authenticator makes it (<https://www.rfc-editor.org/rfc/rfc6238>), of this many steps ahead.
fn code(secret: &str, seconds: i64, ahead: i64) -> String {
    let mut bits = String::new();
    for letter in secret.bytes() {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .iter()
            .position(|known| *known == letter);
        bits.push_str(&format!("{:05b}", value.expect("base 32")));
    }
    let bytes = bits.as_bytes().chunks_exact(8);
    let bytes =
        bytes.map(|bits| u8::from_str_radix(std::str::from_utf8(bits).expect("digits"), 2).expect("eight bits"));
    let secret: Vec<u8> = bytes.collect();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let tag = aws_lc_rs::hmac::sign(&key, &(seconds / 30 + ahead).to_be_bytes());
    let tag = tag.as_ref();
    let from = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[from..from + 4].try_into().expect("four bytes")) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// <https://www.twilio.com/docs/verify/quickstarts/totp>, <https://www.twilio.com/docs/api/errors/60318>,
/// <https://www.twilio.com/docs/verify/quickstarts/verify-totp-change-in-api-response-when-authpayload-is-incorrect>
#[tokio::test]
async fn the_code_of_an_authenticator_verifies_its_factor_and_approves_challenges() {
    let (_handle, client) = simulator().await;
    let service = client
        .post(VERIFY, "/v2/Services", &[("FriendlyName", "Owl Shop")])
        .await;
    let entity = format!("/v2/Services/{}/Entities/identity-1", service.text("sid"));
    let form = [("FriendlyName", "Ann's phone"), ("FactorType", "totp")];
    let made = client.post(VERIFY, &format!("{entity}/Factors"), &form).await.ok();
    let sid = made["sid"].as_str().expect("a SID");
    let factor = format!("{entity}/Factors/{sid}");
    let secret = made["binding"]["secret"].as_str().expect("a secret");
    let challenges = format!("{entity}/Challenges");
    let early = client.post(VERIFY, &challenges, &[("FactorSid", sid)]).await;
    assert_eq!(early.refusal(), (403, 60318));

    let right = code(secret, now(&client).await, 0);
    let far = code(secret, now(&client).await, 9);
    let wrong = client.post(VERIFY, &factor, &[("AuthPayload", &far)]).await.ok();
    assert_eq!(wrong["status"], "unverified", "no error, and no change");
    let verified = client.post(VERIFY, &factor, &[("AuthPayload", &right)]).await.ok();
    assert_eq!(
        (&verified["status"], verified.get("binding")),
        (&json!("verified"), None)
    );
    let again = client.post(VERIFY, &factor, &[("AuthPayload", &far)]).await.ok();
    assert_eq!(again["status"], "verified");

    let pending = client
        .post(VERIFY, &challenges, &[("FactorSid", sid), ("AuthPayload", &far)])
        .await
        .ok();
    assert_eq!(
        (&pending["status"], &pending["factor_type"]),
        (&json!("pending"), &json!("totp"))
    );
    let one = format!("{challenges}/{}", pending["sid"].as_str().expect("a SID"));
    let wrong = client.post(VERIFY, &one, &[("AuthPayload", &far)]).await.ok();
    assert_eq!(
        (&wrong["status"], &wrong["date_responded"]),
        (&json!("pending"), &Value::Null)
    );
    // A step early, as the skew of the service allows.
    let next = code(secret, now(&client).await, 1);
    let approved = client.post(VERIFY, &one, &[("AuthPayload", &next)]).await.ok();
    assert_eq!(approved["status"], "approved");
    assert_ne!(approved["date_responded"], Value::Null);
    let at_once = client
        .post(VERIFY, &challenges, &[("FactorSid", sid), ("AuthPayload", &next)])
        .await
        .ok();
    assert_eq!(at_once["status"], "approved");
}
