//! Verifications: one pending for a recipient, and what a check says of it.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const VERIFY: &str = "verify.twilio.com";
const TO: &str = "+14155550100";

async fn service(client: &Client) -> String {
    let made = client.post(VERIFY, "/v2/Services", &[("FriendlyName", "v")]).await;
    format!("/v2/Services/{}", made.text("sid"))
}

async fn code(client: &Client, service: &str, sid: &str) -> String {
    let stored = client.stored(VERIFY, &format!("{service}/Verifications/{sid}")).await;
    let code = stored[0]["hidden"]["Code"].as_str();
    code.unwrap_or_else(|| panic!("{stored}")).to_owned()
}

#[tokio::test]
async fn a_check_is_of_the_pending_verification_or_finds_none() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let check = format!("{service}/VerificationCheck");
    let with = |code: &str| vec![("To".to_owned(), TO.to_owned()), ("Code".to_owned(), code.to_owned())];
    let send = async |form: Vec<(String, String)>| {
        crate::support::read(client.request("POST", VERIFY, &check).form(&form)).await
    };
    assert_eq!(send(with("123456")).await.refusal(), (404, 20404));
    let verifications = format!("{service}/Verifications");
    let form = [("To", TO), ("Channel", "sms")];
    let made = client.post(VERIFY, &verifications, &form).await;
    let sid = made.text("sid").to_owned();
    assert_eq!(made.body["send_code_attempts"].as_array().map(Vec::len), Some(1));

    let again = client.post(VERIFY, &verifications, &form).await.ok();
    assert_eq!(again["sid"], sid.as_str(), "the same while it is pending");
    assert_eq!(again["send_code_attempts"].as_array().map(Vec::len), Some(2));

    let wrong = send(with("none")).await.ok();
    assert_eq!(
        (&wrong["sid"], &wrong["status"], &wrong["valid"]),
        (&json!(sid), &json!("pending"), &json!(false))
    );
    let right = send(with(&code(&client, &service, &sid).await)).await.ok();
    assert_eq!(
        (&right["sid"], &right["status"], &right["valid"]),
        (&json!(sid), &json!("approved"), &json!(true))
    );
    assert_eq!(send(with("123456")).await.refusal(), (404, 20404), "it was used");
    // https://www.twilio.com/docs/api/errors/20404: what was approved is not read any more, nor changed.
    let used = format!("{verifications}/{sid}");
    assert_eq!(client.get(VERIFY, &used).await.refusal(), (404, 20404));
    let change = client.post(VERIFY, &used, &[("Status", "canceled")]).await;
    assert_eq!(change.refusal(), (404, 20404));
    let next = client.post(VERIFY, &verifications, &form).await.ok();
    assert_ne!(next["sid"], sid.as_str());
    let by_sid = [
        ("VerificationSid", next["sid"].as_str().unwrap_or_default()),
        ("Code", "none"),
    ];
    assert_eq!(client.post(VERIFY, &check, &by_sid).await.ok()["status"], "pending");
}

/// <https://www.twilio.com/docs/api/errors/60202>, <https://www.twilio.com/docs/api/errors/60203>,
/// <https://www.twilio.com/docs/api/errors/60200>
#[tokio::test]
async fn sends_and_checks_are_counted_and_their_parameters_read() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let verifications = format!("{service}/Verifications");
    let check = format!("{service}/VerificationCheck");
    for (form, parameter) in [
        ([("To", "garbage"), ("Channel", "sms")], "To"),
        ([("To", TO), ("Channel", "bogus")], "Channel"),
    ] {
        let refused = client.post(VERIFY, &verifications, &form).await;
        assert_eq!(refused.refusal(), (400, 60200), "{parameter}");
        assert_eq!(refused.text("message"), format!("Invalid parameter: {parameter}"));
    }
    assert_eq!(
        client.post(VERIFY, &check, &[("Code", "1234")]).await.refusal(),
        (400, 60200)
    );
    client
        .post(VERIFY, &service, &[("CustomCodeEnabled", "true")])
        .await
        .ok();
    let form = [("To", TO), ("Channel", "sms"), ("CustomCode", "0000")];
    let made = client.post(VERIFY, &verifications, &form).await.ok();
    for _ in 0..4 {
        client.post(VERIFY, &verifications, &form[..2]).await.ok();
    }
    assert_eq!(
        client.post(VERIFY, &verifications, &form[..2]).await.refusal(),
        (429, 60203)
    );
    for _ in 0..5 {
        let answer = client.post(VERIFY, &check, &[("To", TO), ("Code", "1111")]).await.ok();
        assert_eq!(answer["status"], "pending");
    }
    let right = [("To", TO), ("Code", "0000")];
    assert_eq!(client.post(VERIFY, &check, &right).await.refusal(), (429, 60202));
    assert_ne!(made["sid"], Value::Null);
    client.advance(700).await;
    assert_eq!(
        client.post(VERIFY, &check, &right).await.refusal(),
        (404, 20404),
        "it ran out"
    );
}

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
    let (service, verification, code) = started(&client, "+14155550177").await;
    let check = format!("{service}/VerificationCheck");
    let wrong = wrong(&code);
    for _ in 0..5 {
        let checked = client
            .post(VERIFY, &check, &[("To", "+14155550177"), ("Code", &wrong)])
            .await
            .ok();
        assert_eq!(checked["status"], "pending");
    }
    let refused = client
        .post(VERIFY, &check, &[("To", "+14155550177"), ("Code", &code)])
        .await;
    assert_eq!(refused.refusal(), (429, 60202));
    // https://github.com/wittyreference/twilio-claude-plugin (skills/verify/references/assertion-audit.md, 25)
    let read = client
        .get(VERIFY, &format!("{service}/Verifications/{verification}"))
        .await;
    assert_eq!(read.text("status"), "max_attempts_reached");
}

/// <https://www.twilio.com/docs/api/errors/60200>, <https://www.twilio.com/docs/api/errors/60204>,
/// <https://www.twilio.com/docs/api/errors/60217>, <https://www.twilio.com/docs/api/errors/60228>,
/// <https://www.twilio.com/docs/api/errors/60253>, <https://www.twilio.com/docs/api/errors/20404>
#[tokio::test]
async fn a_verification_fits_its_channel_and_its_service() {
    let (_handle, client) = simulator().await;
    let verify = "verify.twilio.com";
    let service = client.post(verify, "/v2/Services", &[("FriendlyName", "s")]).await;
    let one = format!("/v2/Services/{}", service.text("sid"));
    let verifications = format!("{one}/Verifications");
    let nobodys = format!("HJ{:032}", 1);
    let ask = async |to: &str, channel: &str, more: &[(&str, &str)]| {
        let form: Vec<_> = [("To", to), ("Channel", channel)]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        client.post(verify, &verifications, &form).await
    };
    let (number, mail) = ("+14155550100", "a@example.com");
    for (to, channel, more, refusal) in [
        (mail, "sms", ("Locale", "en"), (400, 60200)),
        ("14155550100", "sms", ("Locale", "en"), (400, 60200)),
        ("+1415x", "call", ("Locale", "en"), (400, 60200)),
        (number, "email", ("Locale", "en"), (400, 60200)),
        (mail, "email", ("Locale", "en"), (400, 60217)),
        (number, "sms", ("CustomCode", "1234"), (403, 60204)),
        (number, "sms", ("TemplateSid", nobodys.as_str()), (400, 60228)),
        (number, "sms", ("Locale", "en"), (201, 0)),
    ] {
        assert_eq!(
            ask(to, channel, &[more]).await.refusal(),
            refusal,
            "{to} {channel} {more:?}"
        );
    }
    let settings = [
        ("Email.From", "a@example.com"),
        ("Email.FromName", "A"),
        ("Email.ContentTemplateId", "HX1"),
    ];
    assert_eq!(client.post(verify, &one, &settings[..1]).await.refusal(), (400, 60253));
    client.post(verify, &one, &settings).await.ok();
    client.post(verify, &one, &[("CustomCodeEnabled", "true")]).await.ok();
    assert_eq!(ask(mail, "email", &[]).await.status, 201);
    assert_eq!(
        client.post(verify, &one, &[("Email.From", "")]).await.refusal(),
        (400, 60253)
    );
    assert_eq!(
        ask("+14155550101", "sms", &[("CustomCode", "123")]).await.refusal(),
        (400, 60200)
    );
    let own = ask("+14155550101", "sms", &[("CustomCode", "4321")]).await;
    let check = format!("{one}/VerificationCheck");
    let check = async |code: &str| {
        client
            .post(verify, &check, &[("To", "+14155550101"), ("Code", code)])
            .await
    };
    assert_eq!(check("12").await.refusal(), (400, 60200));
    assert_eq!(check("4321").await.text("status"), "approved");
    let own = format!("{verifications}/{}", own.text("sid"));
    assert_eq!(client.get(verify, &own).await.refusal(), (404, 20404));
    let canceled = ask("+14155550102", "sms", &[]).await;
    let canceled = format!("{verifications}/{}", canceled.text("sid"));
    client.post(verify, &canceled, &[("Status", "canceled")]).await.ok();
    assert_eq!(
        client
            .post(verify, &canceled, &[("Status", "approved")])
            .await
            .refusal(),
        (404, 20404)
    );
    let late = ask("+14155550103", "sms", &[]).await;
    client.advance(601).await;
    let late = format!("{verifications}/{}", late.text("sid"));
    assert_eq!(client.get(verify, &late).await.refusal(), (404, 20404));
}
