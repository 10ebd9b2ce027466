//! Messaging services: their defaults, and the numbers that they send from.

use serde_json::{Value, json};

use crate::accounts::{below, child};
use crate::numbers::{buy, number, text};
use crate::support::{API, Client, simulator};

const MESSAGING: &str = "messaging.twilio.com";

async fn service(client: &Client) -> String {
    let made = client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "service")])
        .await;
    format!("/v1/Services/{}", made.text("sid"))
}

fn pool(service: &str) -> String {
    format!("{service}/PhoneNumbers")
}

async fn members(client: &Client, service: &str) -> Vec<String> {
    let listed = client.get(MESSAGING, &pool(service)).await.ok();
    let members = listed["phone_numbers"].as_array().expect("numbers");
    members.iter().map(|member| text(member, "sid").to_owned()).collect()
}

#[tokio::test]
async fn a_member_shows_its_number() {
    let (handle, client) = simulator().await;
    let service = service(&client).await;
    let bought = buy(&client, &handle.account_sid, "+14155550100").await;
    let pn = text(&bought, "sid");
    let added = client.post(MESSAGING, &pool(&service), &[("PhoneNumberSid", pn)]).await;
    assert_eq!(added.status, 201);
    let added = added.ok();
    assert_eq!(added["sid"], *pn);
    assert_eq!(added["phone_number"], "+14155550100");
    assert_eq!(added["country_code"], "US");
    assert_eq!(added["capabilities"], json!(["SMS", "MMS", "Voice"]));
    assert!(service.ends_with(text(&added, "service_sid")));
    let path = format!("{}/{pn}", pool(&service));
    assert_eq!(client.get(MESSAGING, &path).await.ok(), added);
    assert_eq!(members(&client, &service).await, [pn]);
}

#[tokio::test]
async fn a_number_is_in_one_service_and_stays_owned_when_it_leaves() {
    let (handle, client) = simulator().await;
    let (one, other) = (service(&client).await, service(&client).await);
    let bought = buy(&client, &handle.account_sid, "+14155550100").await;
    let form = [("PhoneNumberSid", text(&bought, "sid"))];
    client.post(MESSAGING, &pool(&one), &form).await.ok();
    assert_eq!(client.post(MESSAGING, &pool(&one), &form).await.refusal(), (409, 21710));
    assert_eq!(
        client.post(MESSAGING, &pool(&other), &form).await.refusal(),
        (409, 21712)
    );
    let entry = format!("{}/{}", pool(&one), text(&bought, "sid"));
    assert_eq!(client.delete(MESSAGING, &entry).await.status, 204);
    let owned = number(&handle.account_sid, text(&bought, "sid"));
    assert_eq!(client.get(API, &owned).await.ok(), bought);
    assert_eq!(client.post(MESSAGING, &pool(&other), &form).await.status, 201);
    client.delete(MESSAGING, &other).await;
    assert_eq!(
        client.get(API, &owned).await.status,
        200,
        "nor does it go with its service"
    );
    assert_eq!(client.post(MESSAGING, &pool(&one), &form).await.status, 201);
}

#[tokio::test]
async fn only_own_numbers_that_send_messages_are_taken() {
    let (handle, client) = simulator().await;
    let service = service(&client).await;
    let (sid, child) = child(&client).await;
    let theirs = buy(&child, &sid, "+14155550101").await;
    let voice_only = buy(&client, &handle.account_sid, "+3726123456").await;
    let nobodys = format!("PN{:032}", 1);
    for (pn, refusal) in [
        (nobodys.as_str(), (404, 21421)),
        (text(&theirs, "sid"), (404, 21421)),
        (text(&voice_only, "sid"), (400, 21715)),
    ] {
        let refused = client.post(MESSAGING, &pool(&service), &[("PhoneNumberSid", pn)]).await;
        assert_eq!(refused.refusal(), refusal, "{pn}");
    }
    assert_eq!(members(&client, &service).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_service_has_at_most_400_numbers() {
    let (handle, client) = simulator().await;
    let service = service(&client).await;
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let mut last = Value::Null;
    for index in 0..=400 {
        let bought = buy_any(&client, &numbers).await;
        let added = client
            .post(MESSAGING, &pool(&service), &[("PhoneNumberSid", &*bought)])
            .await;
        if index < 400 {
            assert_eq!(added.status, 201, "{index}: {added:?}");
        } else {
            assert_eq!(added.refusal(), (412, 21714));
            last = bought.into();
        }
    }
    assert!(last.is_string());
}

async fn buy_any(client: &Client, numbers: &str) -> String {
    let bought = client.post(API, numbers, &[("AreaCode", "415")]).await;
    bought.text("sid").to_owned()
}

#[tokio::test]
async fn a_number_that_is_released_or_moved_leaves_its_pool() {
    let (handle, client) = simulator().await;
    let service = service(&client).await;
    let (target, _) = child(&client).await;
    let sid = &handle.account_sid;
    let (released, moved) = (
        buy(&client, sid, "+14155550100").await,
        buy(&client, sid, "+14155550101").await,
    );
    for bought in [&released, &moved] {
        let form = [("PhoneNumberSid", text(bought, "sid"))];
        client.post(MESSAGING, &pool(&service), &form).await.ok();
    }
    client.delete(API, &number(sid, text(&released, "sid"))).await;
    assert_eq!(members(&client, &service).await, [text(&moved, "sid")]);
    let form = [("AccountSid", &*target)];
    client.post(API, &number(sid, text(&moved, "sid")), &form).await.ok();
    assert_eq!(members(&client, &service).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_fresh_service_has_twilios_defaults() {
    let (_handle, client) = simulator().await;
    let made = client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "s")])
        .await
        .ok();
    for (field, value) in [
        ("inbound_request_url", Value::Null),
        ("inbound_method", json!("POST")),
        ("fallback_url", Value::Null),
        ("fallback_method", json!("POST")),
        ("status_callback", Value::Null),
        ("sticky_sender", json!(true)),
        ("mms_converter", json!(true)),
        ("smart_encoding", json!(true)),
        ("scan_message_content", json!("inherit")),
        ("fallback_to_long_code", json!(true)),
        ("area_code_geomatch", json!(true)),
        ("synchronous_validation", json!(false)),
        ("validity_period", json!(36000)),
        ("usecase", json!("undeclared")),
        ("us_app_to_person_registered", json!(false)),
        ("use_inbound_webhook_on_number", json!(false)),
    ] {
        assert_eq!(made[field], value, "{field}");
    }
}

#[tokio::test]
async fn a_fresh_application_has_twilios_defaults_and_no_name() {
    let (handle, client) = simulator().await;
    let applications = below(&handle.account_sid, "Applications");
    let made = client.post(API, &applications, &[]).await.ok();
    for field in [
        "voice_method",
        "voice_fallback_method",
        "status_callback_method",
        "sms_method",
        "sms_fallback_method",
    ] {
        assert_eq!(made[field], "POST", "{field}");
    }
    assert_eq!(made["api_version"], "2010-04-01");
    assert_eq!(made["voice_caller_id_lookup"], false);
    assert_eq!(made["public_application_connect_enabled"], false);
    assert_eq!(made["friendly_name"], "");
    for field in ["voice_url", "sms_url", "message_status_callback", "sms_status_callback"] {
        assert_eq!(made[field], Value::Null, "{field}");
    }
    let named = client.post(API, &applications, &[("FriendlyName", "app")]).await.ok();
    assert_eq!(named["friendly_name"], "app");
}

/// <https://github.com/RJPearson94/terraform-provider-twilio/blob/main/docs/resources/twiml_app.md>
#[tokio::test]
async fn an_empty_text_does_not_clear_every_url_of_an_application() {
    let (handle, client) = simulator().await;
    let url = |path: &str| format!("https://example.com/{path}");
    let urls: Vec<(&str, String)> = [
        "VoiceUrl",
        "VoiceFallbackUrl",
        "StatusCallback",
        "SmsUrl",
        "SmsFallbackUrl",
        "MessageStatusCallback",
    ]
    .map(|name| (name, url(name)))
    .to_vec();
    let form: Vec<(&str, &str)> = urls.iter().map(|(name, url)| (*name, url.as_str())).collect();
    let applications = below(&handle.account_sid, "Applications");
    let made = client.post(API, &applications, &form).await;
    let path = below(&handle.account_sid, &format!("Applications/{}", made.text("sid")));
    assert_eq!(made.text("sms_status_callback"), url("MessageStatusCallback"));

    let empty: Vec<(&str, &str)> = form.iter().map(|(name, _)| (*name, "")).collect();
    let kept = client.post(API, &path, &empty).await.ok();
    assert_eq!(kept["voice_url"], url("VoiceUrl"));
    assert_eq!(kept["sms_url"], url("SmsUrl"));
    assert_eq!(kept["message_status_callback"], url("MessageStatusCallback"));
    for cleared in ["voice_fallback_url", "status_callback", "sms_fallback_url"] {
        assert_eq!(kept[cleared], Value::Null, "{cleared}");
    }
    let cleared = client.post(API, &path, &[("SmsStatusCallback", "")]).await.ok();
    assert_eq!(
        (&cleared["message_status_callback"], &cleared["sms_status_callback"]),
        (&Value::Null, &Value::Null)
    );
    let other = client
        .post(API, &path, &[("VoiceUrl", "https://other.example")])
        .await
        .ok();
    assert_eq!(other["voice_url"], "https://other.example");
}
