//! Codes: sent, checked, used up.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const VERIFY: &str = "verify.twilio.com";

/// A service of which a verification has begun: its path, the verification's SID and its code.
async fn started(client: &Client, to: &str) -> (String, String, String) {
    let service = client.post(VERIFY, "/v2/Services", &[("FriendlyName", "Shop")]).await;
    let path = format!("/v2/Services/{}", service.text("sid"));
    let form = [("To", to), ("Channel", "sms")];
    let made = client.post(VERIFY, &format!("{path}/Verifications"), &form).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(
        (&made.body["status"], &made.body["valid"]),
        (&json!("pending"), &json!(false))
    );
    let sid = made.text("sid").to_owned();
    let objects = client.control("GET", "objects", None).await.ok();
    let objects = objects.as_array().expect("a list").iter();
    let verification = objects.clone().find(|object| object["sid"] == sid.as_str());
    let code = verification
        .and_then(|object| object["hidden"]["Code"].as_str())
        .expect("a code");
    assert_eq!(code.len(), 6);
    assert!(!made.body.to_string().contains(code), "no answer shows the code");
    (path, sid, code.to_owned())
}

/// A code that is not this one.
fn wrong(code: &str) -> String {
    code.bytes()
        .map(|digit| char::from(b'0' + (digit - b'0' + 1) % 10))
        .collect()
}

#[tokio::test]
async fn only_the_code_that_was_sent_approves_and_only_once() {
    let (_handle, client) = simulator().await;
    let (service, sid, code) = started(&client, "+14155550199").await;
    let check = format!("{service}/VerificationCheck");
    let wrong = wrong(&code);
    let checked = client
        .post(VERIFY, &check, &[("To", "+14155550199"), ("Code", &wrong)])
        .await
        .ok();
    assert_eq!(
        (&checked["status"], &checked["valid"]),
        (&json!("pending"), &json!(false))
    );
    let checked = client
        .post(VERIFY, &check, &[("VerificationSid", &sid), ("Code", &code)])
        .await
        .ok();
    assert_eq!(
        (&checked["status"], &checked["valid"]),
        (&json!("approved"), &json!(true))
    );
    assert_eq!(checked["sid"], Value::from(sid.as_str()));
    let again = client
        .post(VERIFY, &check, &[("To", "+14155550199"), ("Code", &code)])
        .await;
    assert_eq!(again.refusal(), (404, 20404));
    let other = client
        .post(VERIFY, &check, &[("To", "+14155550188"), ("Code", &code)])
        .await;
    assert_eq!(other.refusal(), (404, 20404));
}

#[tokio::test]
async fn five_wrong_codes_use_a_verification_up() {
    let (_handle, client) = simulator().await;
    let (service, _, code) = started(&client, "ann@example.com").await;
    let check = format!("{service}/VerificationCheck");
    let wrong = wrong(&code);
    for _ in 0..5 {
        let checked = client
            .post(VERIFY, &check, &[("To", "ann@example.com"), ("Code", &wrong)])
            .await
            .ok();
        assert_eq!(checked["status"], "pending");
    }
    let refused = client
        .post(VERIFY, &check, &[("To", "ann@example.com"), ("Code", &code)])
        .await;
    assert_eq!(refused.refusal(), (429, 60202));
}
