//! What the contract refuses, the simulator refuses, in Twilio's words and without a trace.

use serde_json::{Value, json};
use twilio_simulator::Options;

use crate::accounts::below;
use crate::support::{API, read, simulator, with};

const MESSAGING: &str = "messaging.twilio.com";

#[tokio::test]
async fn parameters_must_be_known_complete_and_well_formed() {
    let (handle, client) = with(Options {
        known_only: true,
        ..Options::default()
    })
    .await;
    let queues = below(&handle.account_sid, "Queues");
    let missing_sid = "MG00000000000000000000000000000000";
    for (host, path, form, why) in [
        (MESSAGING, "/v1/Services", vec![], "FriendlyName"),
        (
            MESSAGING,
            "/v1/Services",
            vec![("FriendlyName", "x"), ("Colour", "red")],
            "Colour",
        ),
        (
            MESSAGING,
            "/v1/Services",
            vec![("FriendlyName", "x"), ("StickySender", "maybe")],
            "StickySender",
        ),
        (
            MESSAGING,
            "/v1/Services",
            vec![("FriendlyName", "x"), ("ValidityPeriod", "long")],
            "ValidityPeriod",
        ),
        (
            MESSAGING,
            "/v1/Services",
            vec![("FriendlyName", "x"), ("ScanMessageContent", "often")],
            "ScanMessageContent",
        ),
        (
            MESSAGING,
            "/v1/Services",
            vec![("FriendlyName", "x"), ("InboundRequestUrl", "no url")],
            "InboundRequestUrl",
        ),
        (
            MESSAGING,
            "/v1/Services",
            vec![("FriendlyName", "x"), ("FriendlyName", "y")],
            "more than once",
        ),
        (API, &queues, vec![("FriendlyName", "x"), ("MaxSize", "1.5")], "MaxSize"),
    ] {
        let answer = client.post(host, path, &form).await;
        assert_eq!(answer.refusal(), (400, 20001), "{form:?}");
        assert!(answer.text("message").contains(why), "{answer:?}");
        assert_eq!(answer.body["status"], 400);
    }
    let malformed = client.post(MESSAGING, "/v1/Services/MG1/PhoneNumbers", &[]).await;
    assert_eq!(malformed.refusal(), (404, 20404));
    let orphan = format!("/v1/Services/{missing_sid}/ShortCodes");
    let short_code = [("ShortCodeSid", "SC00000000000000000000000000000000")];
    assert_eq!(
        client.post(MESSAGING, &orphan, &short_code).await.refusal(),
        (404, 20404),
        "its service does not exist"
    );
    let objects = client.control("GET", "objects", None).await.ok();
    assert_eq!(
        objects.as_array().map(Vec::len),
        Some(1),
        "only the main account: {objects}"
    );
}

#[tokio::test]
async fn unknown_query_parameters_are_refused_where_only_known_ones_are_taken() {
    let (_handle, client) = with(Options {
        known_only: true,
        ..Options::default()
    })
    .await;
    let answer = client.get(MESSAGING, "/v1/Services?Colour=red").await;
    assert_eq!(answer.refusal(), (400, 20001));
}

#[tokio::test]
async fn a_known_path_with_another_method_is_405_and_an_unknown_one_says_so() {
    let (_handle, client) = simulator().await;
    let wrong_method = read(client.request("PUT", MESSAGING, "/v1/Services")).await;
    assert_eq!(wrong_method.refusal(), (405, 20004));
    for (host, path) in [
        (MESSAGING, "/v1/Nothing"),
        ("nothing.twilio.com", "/v1/Services"),
        ("localhost", "/v1/Services"),
    ] {
        let answer = client.get(host, path).await;
        assert_eq!(answer.refusal(), (404, 20404));
        assert_eq!(answer.body["simulator"]["no_route"], format!("GET {path}"));
    }
    let log = client.control("GET", "requests", None).await.ok();
    assert_eq!(log.as_array().map(Vec::len), Some(4), "unknown routes are in the log");
}

#[tokio::test]
async fn bodies_must_be_of_the_kind_that_the_operation_takes() {
    let (_handle, client) = simulator().await;
    let body = json!({"FriendlyName": "x"});
    assert_eq!(
        client
            .send_json("POST", MESSAGING, "/v1/Services", &body)
            .await
            .refusal(),
        (415, 20415)
    );
    let form = client
        .post("content.twilio.com", "/v1/Content", &[("friendly_name", "x")])
        .await;
    assert_eq!(form.refusal(), (415, 20415));
    let unknown = json!({"language": "en", "types": {}, "colour": "red"});
    let answer = client
        .send_json("POST", "content.twilio.com", "/v1/Content", &unknown)
        .await;
    assert_eq!(answer.refusal(), (400, 20001), "{answer:?}");
}

#[tokio::test]
async fn arrays_repeat_their_key_and_json_texts_are_parsed() {
    let (_handle, client) = simulator().await;
    let sink = [
        ("Description", "d"),
        (
            "SinkConfiguration",
            r#"{"destination":"https://example.com","method":"POST"}"#,
        ),
        ("SinkType", "webhook"),
    ];
    let sink = client.post("events.twilio.com", "/v1/Sinks", &sink).await.ok();
    assert_eq!(sink["sink_configuration"]["destination"], "https://example.com");
    let key = [
        ("Description", "d"),
        ("SinkConfiguration", "{"),
        ("SinkType", "webhook"),
    ];
    assert_eq!(
        client.post("events.twilio.com", "/v1/Sinks", &key).await.refusal(),
        (400, 20001)
    );
    let hook = [
        ("FriendlyName", "h"),
        ("AudioSources", "a"),
        ("AudioSources", "b"),
        ("Format", "mp4"),
    ];
    let hook = client
        .post("video.twilio.com", "/v1/CompositionHooks", &hook)
        .await
        .ok();
    assert_eq!(hook["audio_sources"], json!(["a", "b"]));
}

#[tokio::test]
async fn an_empty_text_clears_what_was_written() {
    let (_handle, client) = simulator().await;
    let url = ("StatusCallback", "https://example.com/s");
    let service = client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "x"), url])
        .await
        .ok();
    assert_eq!(service["status_callback"], "https://example.com/s");
    let path = format!("/v1/Services/{}", service["sid"].as_str().expect("SID"));
    let cleared = client.post(MESSAGING, &path, &[("StatusCallback", "")]).await.ok();
    assert!(
        matches!(&cleared["status_callback"], Value::Null) || cleared["status_callback"] == "",
        "{cleared}"
    );
    assert_eq!(cleared["friendly_name"], "x", "what is not sent stays");
}

#[tokio::test]
async fn dates_are_written_as_each_product_writes_them() {
    let (handle, client) = simulator().await;
    let queue = client
        .post(API, &below(&handle.account_sid, "Queues"), &[("FriendlyName", "q")])
        .await
        .ok();
    let date = queue["date_created"].as_str().expect("a date");
    assert!(
        date.ends_with(" +0000") && date.as_bytes()[3] == b',',
        "RFC 2822: {date}"
    );
    let service = client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "s")])
        .await
        .ok();
    let date = service["date_created"].as_str().expect("a date");
    assert!(date.ends_with('Z') && date.as_bytes()[10] == b'T', "ISO 8601: {date}");
}

#[tokio::test]
async fn strict_off_lets_through_what_the_contract_does_not_know() {
    let (_handle, client) = with(Options {
        strict: false,
        ..Options::default()
    })
    .await;
    let service = client
        .post(
            MESSAGING,
            "/v1/Services",
            &[("Colour", "red"), ("StickySender", "maybe")],
        )
        .await;
    assert_eq!(service.status, 201, "{service:?}");
    assert_eq!(client.get(MESSAGING, "/v1/Services?Colour=red").await.status, 200);
    // What does not fit has the right type all the same, as clients read nothing else.
    assert_eq!(service.body["sticky_sender"], false);
    for (sent, read) in [("1", json!(true)), ("0", json!(false)), ("yes", json!(true))] {
        let made = client.post(MESSAGING, "/v1/Services", &[("StickySender", sent)]).await;
        assert_eq!(made.body["sticky_sender"], read, "{sent}");
    }
    let seven = [("ValidityPeriod", "7.9")];
    assert_eq!(
        client.post(MESSAGING, "/v1/Services", &seven).await.body["validity_period"],
        7
    );
}

#[tokio::test]
async fn written_names_come_back_under_the_names_that_answers_have() {
    let (handle, client) = simulator().await;
    let service = client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "s")])
        .await
        .text("sid")
        .to_owned();
    let pool = format!("/v1/Services/{service}/ShortCodes");
    let short_codes = format!("/2010-04-01/Accounts/{}/SMS/ShortCodes", handle.account_sid);
    let short_code = client.add(API, &short_codes, json!({"short_code": "12345"})).await;
    let member = client
        .post(MESSAGING, &pool, &[("ShortCodeSid", &*short_code)])
        .await
        .ok();
    assert_eq!(
        (&member["sid"], &member["service_sid"]),
        (&json!(short_code), &json!(service))
    );
    assert_eq!(member["short_code"], "12345");
    assert_eq!(client.get(MESSAGING, &format!("{pool}/{short_code}")).await.status, 200);
    let verify = "verify.twilio.com";
    let totp = [
        ("FriendlyName", "v"),
        ("Totp.Issuer", "me"),
        ("Totp.CodeLength", "8"),
        ("CodeLength", "5"),
    ];
    let verify = client.post(verify, "/v2/Services", &totp).await.ok();
    assert_eq!(
        (&verify["totp"]["issuer"], &verify["code_length"]),
        (&json!("me"), &json!(5))
    );
    assert_eq!(verify["totp"]["code_length"], json!(8));
    let chat = client
        .post("chat.twilio.com", "/v2/Services", &[("FriendlyName", "c")])
        .await
        .text("sid")
        .to_owned();
    let role = [
        ("FriendlyName", "r"),
        ("Type", "channel"),
        ("Permission", "a"),
        ("Permission", "b"),
    ];
    let role = client
        .post("chat.twilio.com", &format!("/v2/Services/{chat}/Roles"), &role)
        .await
        .ok();
    assert_eq!(role["permissions"], json!(["a", "b"]));
}

/// Twelve tests of RJPearson94's provider write capital letters where the contract lists small ones.
#[tokio::test]
async fn enums_are_as_the_contract_writes_them_but_for_methods() {
    let (_handle, client) = simulator().await;
    let conversations = "conversations.twilio.com";
    let made = client.post(conversations, "/v1/Conversations", &[]).await;
    let webhooks = format!("/v1/Conversations/{}/Webhooks", made.text("sid"));
    let form = [("Target", "webhook"), ("Configuration.Method", "PUT")];
    assert_eq!(
        client.post(conversations, &webhooks, &form).await.refusal(),
        (400, 20001)
    );
    // Other enums are as the contract writes them.
    let form = [("Target", "WEBHOOK")];
    assert_eq!(
        client.post(conversations, &webhooks, &form).await.refusal(),
        (400, 50364)
    );
    let service = [("FriendlyName", "x"), ("InboundMethod", "get")];
    assert_eq!(
        client.post(MESSAGING, "/v1/Services", &service).await.ok()["inbound_method"],
        "GET"
    );
}

/// What has to name something does not name it with an empty text.
#[tokio::test]
async fn a_sid_that_is_needed_is_not_empty() {
    let (_handle, client) = simulator().await;
    let form = [("FriendlyName", "p"), ("Email", "a@example.com"), ("PolicySid", "")];
    let refused = client.post("trusthub.twilio.com", "/v1/CustomerProfiles", &form).await;
    assert_eq!(refused.refusal(), (400, 20001));
    assert!(refused.text("message").contains("PolicySid"), "{refused:?}");
}
