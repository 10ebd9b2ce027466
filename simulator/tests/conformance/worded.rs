//! What the contract's descriptions say in words, one of each kind over HTTP; all of them are tried in `facts::limits::worded`. And SIDs
//! of what nothing leads to.

use serde_json::json;

use crate::accounts::below;
use crate::support::{API, simulator};

#[tokio::test]
async fn what_the_descriptions_exclude_is_refused() {
    let (handle, client) = simulator().await;
    let account = |rest: &str| below(&handle.account_sid, rest);
    let service = client
        .post("verify.twilio.com", "/v2/Services", &[("FriendlyName", "v")])
        .await;
    let verify = format!("/v2/Services/{}", service.text("sid"));
    let notify = client.post("notify.twilio.com", "/v1/Services", &[]).await;
    let notify = format!("/v1/Services/{}/Notifications", notify.text("sid"));
    let policy = client.post("voice.twilio.com", "/v1/ConnectionPolicies", &[]).await;
    let targets = format!("/v1/ConnectionPolicies/{}/Targets", policy.text("sid"));
    let conversation = client.post("conversations.twilio.com", "/v1/Conversations", &[]).await;
    let messages = format!("/v1/Conversations/{}/Messages", conversation.text("sid"));
    let longest = "x".repeat(257);
    let (long, body) = ("x".repeat(65), "x".repeat(1601));
    let (key, value) = ("x".repeat(101), "x".repeat(4097));
    let from: &'static str = Box::leak(client.buy().await.into_boxed_str());
    let call = |more: (&'static str, &'static str)| {
        vec![
            ("To", "+14155550100"),
            ("From", from),
            ("Url", "https://example.com"),
            more,
        ]
    };
    let message = |more: Vec<(&'static str, &'static str)>| {
        let mut form = vec![("To", "+14155550100"), ("From", from)];
        form.extend(more);
        form
    };
    let room = |limit, value| vec![(limit, value)];
    let body: &'static str = Box::leak(body.into_boxed_str());
    for (host, path, form, refusal) in [
        (
            API,
            account("Keys"),
            vec![("FriendlyName", long.as_str())],
            (400, 70001),
        ),
        (API, account("Calls"), call(("Timeout", "601")), (400, 21208)),
        (
            API,
            account("Calls"),
            call(("SendDigits", "012345678901234567890123456789012")),
            (400, 20001),
        ),
        (
            API,
            account("Calls"),
            call(("Timeout", "600"))[..2].to_vec(),
            (400, 21205),
        ),
        (API, account("Messages"), message(vec![("Body", body)]), (400, 21617)),
        (
            API,
            account("Messages"),
            message(vec![("Body", "b"), ("ValidityPeriod", "36001")]),
            (400, 21624),
        ),
        (API, account("Messages"), message(vec![("Body", "")]), (400, 21619)),
        (
            API,
            account("Messages"),
            vec![("To", "+14155550100"), ("Body", "b")],
            (400, 21603),
        ),
        (
            "accounts.twilio.com",
            "/v1/SafeList/Numbers".into(),
            vec![("PhoneNumber", "5551234567")],
            (400, 20001),
        ),
        (
            "accounts.twilio.com",
            "/v1/Credentials/AWS".into(),
            vec![("Credentials", "nocolon")],
            (400, 70106),
        ),
        ("conversations.twilio.com", messages, vec![("Body", body)], (400, 20001)),
        (
            "conversations.twilio.com",
            "/v1/Roles".into(),
            vec![
                ("FriendlyName", longest.as_str()),
                ("Type", "conversation"),
                ("Permission", "sendMessage"),
            ],
            (400, 20001),
        ),
        (
            "microvisor.twilio.com",
            "/v1/Configs".into(),
            vec![("Key", key.as_str()), ("Value", "v")],
            (400, 20001),
        ),
        (
            "microvisor.twilio.com",
            "/v1/Configs".into(),
            vec![("Key", "k"), ("Value", value.as_str())],
            (400, 20001),
        ),
        (
            "notify.twilio.com",
            notify,
            vec![("Identity", "i"), ("Body", "b"), ("Ttl", "2419201")],
            (400, 20001),
        ),
        (
            "verify.twilio.com",
            format!("{verify}/AccessTokens"),
            vec![("Identity", "identity-0001"), ("FactorType", "push"), ("Ttl", "301")],
            (400, 60200),
        ),
        (
            "verify.twilio.com",
            format!("{verify}/Verifications"),
            vec![("To", "+14155550100"), ("Channel", "sms"), ("CustomCode", "123")],
            (400, 60200),
        ),
        (
            "video.twilio.com",
            "/v1/Rooms".into(),
            room("EmptyRoomTimeout", "0"),
            (400, 20001),
        ),
        (
            "video.twilio.com",
            "/v1/CompositionHooks".into(),
            vec![("FriendlyName", "h"), ("AudioSources", "*"), ("Resolution", "5x5")],
            (400, 20001),
        ),
        (
            "voice.twilio.com",
            targets.clone(),
            vec![("Target", "http://a")],
            (400, 20001),
        ),
        (
            "voice.twilio.com",
            targets,
            vec![("Target", "sip:a@b.c"), ("Weight", "0")],
            (400, 20001),
        ),
        (
            "voice.twilio.com",
            "/v1/IpRecords".into(),
            vec![("IpAddress", "1.2.3.999")],
            (400, 20001),
        ),
        (
            "voice.twilio.com",
            "/v1/IpRecords".into(),
            vec![("IpAddress", "1.2.3.4"), ("CidrPrefixLength", "33")],
            (400, 20001),
        ),
    ] {
        let refused = client.post(host, &path, &form).await;
        assert_eq!(refused.refusal(), refusal, "{host}{path} {:?}", form.last());
    }
    let right = [("To", "+14155550100"), ("From", from), ("Body", &body[..1600])];
    client.post(API, &account("Messages"), &right).await.ok();
}

/// The contract gives each of these a pattern of its SID.
#[tokio::test]
async fn what_nothing_leads_to_has_a_sid_too() {
    let (_handle, client) = simulator().await;
    let notify = client.post("notify.twilio.com", "/v1/Services", &[]).await;
    let notify = format!("/v1/Services/{}/Notifications", notify.text("sid"));
    let form = [("Identity", "i"), ("Identity", "j"), ("Body", "x")];
    let sent = client.post("notify.twilio.com", &notify, &form).await;
    assert!(sent.text("sid").starts_with("NT"), "{sent:?}");
    assert_eq!(sent.body["identities"], json!(["i", "j"]));
    assert_eq!(sent.body["ttl"], 2_419_200);
    let number = [("PhoneNumber", "+14155550100")];
    let listed = client.post("verify.twilio.com", "/v2/SafeList/Numbers", &number).await;
    assert!(listed.text("sid").starts_with("GN"), "{listed:?}");
}
