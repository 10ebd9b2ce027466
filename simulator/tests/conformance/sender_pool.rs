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

/// <https://www.twilio.com/docs/api/errors/21421>, <https://www.twilio.com/docs/api/errors/21710>,
/// <https://www.twilio.com/docs/api/errors/21712>: all three name short codes.
#[tokio::test]
async fn a_short_code_is_in_one_service() {
    let (handle, client) = simulator().await;
    let (one, other) = (service(&client).await, service(&client).await);
    let code = client
        .add(
            API,
            &format!("/2010-04-01/Accounts/{}/SMS/ShortCodes", handle.account_sid),
            json!({"short_code": "12345"}),
        )
        .await;
    let codes = |service: &str| format!("{service}/ShortCodes");
    let form = [("ShortCodeSid", code.as_str())];
    let added = client.post(MESSAGING, &codes(&one), &form).await.ok();
    assert_eq!(added["short_code"], "12345");
    assert_eq!(
        client.post(MESSAGING, &codes(&one), &form).await.refusal(),
        (409, 21710)
    );
    assert_eq!(
        client.post(MESSAGING, &codes(&other), &form).await.refusal(),
        (409, 21712)
    );
    let nobodys = format!("SC{:032}", 1);
    let unknown = [("ShortCodeSid", nobodys.as_str())];
    assert_eq!(
        client.post(MESSAGING, &codes(&other), &unknown).await.refusal(),
        (404, 21421)
    );
    client.delete(MESSAGING, &one).await;
    assert_eq!(client.post(MESSAGING, &codes(&other), &form).await.status, 201);
}

/// <https://www.twilio.com/docs/messaging/api/alphasender-resource>
#[tokio::test]
async fn a_service_has_one_alpha_sender() {
    let (_handle, client) = simulator().await;
    let senders = format!("{}/AlphaSenders", service(&client).await);
    let first = client.post(MESSAGING, &senders, &[("AlphaSender", "Shop")]).await;
    for name in ["Shop", "Other"] {
        let second = client.post(MESSAGING, &senders, &[("AlphaSender", name)]).await;
        assert_eq!(second.refusal(), (409, 20409), "{name}");
    }
    let path = format!("{senders}/{}", first.text("sid"));
    assert_eq!(client.delete(MESSAGING, &path).await.status, 204);
    let after = client.post(MESSAGING, &senders, &[("AlphaSender", "Other")]).await;
    assert_eq!(after.status, 201);
}

/// <https://www.twilio.com/docs/messaging/api/destination-alphasender-resource>
#[tokio::test]
async fn a_destination_alpha_sender_is_a_name_and_a_country() {
    let (_handle, client) = simulator().await;
    let senders = format!("{}/DestinationAlphaSenders", service(&client).await);
    for (name, country, refusal) in [
        ("123", "FR", (400, 21709)),
        ("A way too long", "FR", (400, 21709)),
        ("Shop!", "FR", (400, 21709)),
        ("Shop", "FRA", (400, 20001)),
        ("Shop", "1", (400, 20001)),
        ("Shop", "FR", (201, 0)),
        ("Shop", "", (201, 0)),
    ] {
        let form = [("AlphaSender", name), ("IsoCountryCode", country)];
        assert_eq!(
            client.post(MESSAGING, &senders, &form).await.refusal(),
            refusal,
            "{name} {country}"
        );
    }
}

/// <https://www.twilio.com/docs/api/errors/21720>
#[tokio::test]
async fn a_use_case_of_a2p_is_in_capitals_and_the_list_of_them_is_not_made_up() {
    let (_handle, client) = simulator().await;
    let campaigns = format!("{}/Compliance/Usa2p", service(&client).await);
    let brand = client.add(MESSAGING, "/v1/a2p/BrandRegistrations", json!({})).await;
    let text = "x".repeat(50);
    let form = |usecase| {
        [
            ("BrandRegistrationSid", brand.as_str()),
            ("Description", text.as_str()),
            ("MessageFlow", text.as_str()),
            ("MessageSamples", text.as_str()),
            ("MessageSamples", text.as_str()),
            ("UsAppToPersonUsecase", usecase),
            ("HasEmbeddedLinks", "true"),
            ("HasEmbeddedPhone", "true"),
        ]
    };
    assert_eq!(
        client.post(MESSAGING, &campaigns, &form("bogus")).await.refusal(),
        (400, 21720)
    );
    client.post(MESSAGING, &campaigns, &form("2FA")).await.ok();
    let list = client.get(MESSAGING, &format!("{campaigns}/Usecases")).await;
    assert_eq!(list.refusal(), (400, 20001));
    assert!(list.body["simulator"]["not_modelled"].is_string(), "{list:?}");
}

/// <https://www.twilio.com/docs/api/errors/30824>, and the contract's texts on `edit_allowed` and `edit_expiration`.
#[tokio::test]
async fn a_rejected_toll_free_verification_is_edited_and_reviewed_again() {
    let (_handle, client) = simulator().await;
    let collection = "/v1/Tollfree/Verifications";
    let added = client
        .add(
            MESSAGING,
            collection,
            json!({"status": "PENDING_REVIEW", "business_name": "n"}),
        )
        .await;
    let path = format!("{collection}/{added}");
    let edit = [("BusinessName", "other")];
    let object = format!("objects?host={MESSAGING}&path={path}");
    let set = async |fields: Value| client.control("PATCH", &object, Some(fields)).await.ok();
    assert_eq!(client.post(MESSAGING, &path, &edit).await.refusal(), (400, 20001));
    set(json!({"status": "TWILIO_REJECTED", "edit_allowed": false})).await;
    assert_eq!(client.post(MESSAGING, &path, &edit).await.refusal(), (400, 20001));
    set(json!({"edit_allowed": true, "edit_expiration": "2000-01-01T00:00:00Z"})).await;
    assert_eq!(client.post(MESSAGING, &path, &edit).await.refusal(), (400, 20001));
    assert_eq!(client.get(MESSAGING, &path).await.ok()["business_name"], "n");
    set(json!({"edit_expiration": "2999-01-01T00:00:00Z", "rejection_reason": "r"})).await;
    let edited = client.post(MESSAGING, &path, &edit).await;
    assert_eq!(edited.status, 202);
    let edited = edited.ok();
    assert_eq!(
        (&edited["status"], &edited["business_name"], &edited["rejection_reason"]),
        (&json!("PENDING_REVIEW"), &json!("other"), &Value::Null)
    );
    client.advance_days(30).await;
    let reviewed = client.get(MESSAGING, &path).await;
    assert_eq!(reviewed.text("status"), "TWILIO_APPROVED");
    assert_eq!(client.post(MESSAGING, &path, &edit).await.refusal(), (400, 20001));
}

/// Bundles and applications are of one account: <https://www.twilio.com/docs/api/errors/21649>,
/// <https://www.twilio.com/docs/api/errors/21420>
#[tokio::test]
async fn a_number_that_moves_leaves_the_bundle_and_the_applications_of_its_account() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let (target, _) = child(&client).await;
    let bought = buy(&client, sid, "+14155550100").await;
    let bundle = client
        .add(
            "numbers.twilio.com",
            "/v2/RegulatoryCompliance/Bundles",
            json!({"status": "twilio-approved"}),
        )
        .await;
    let app = client.post(API, &below(sid, "Applications"), &[]).await;
    let path = number(sid, text(&bought, "sid"));
    let form = [
        ("BundleSid", bundle.as_str()),
        ("VoiceApplicationSid", app.text("sid")),
        ("SmsApplicationSid", app.text("sid")),
    ];
    assert_eq!(client.post(API, &path, &form).await.ok()["bundle_sid"], bundle);
    let moved = client.post(API, &path, &[("AccountSid", &*target)]).await.ok();
    assert_eq!(moved["account_sid"], target);
    assert_eq!(moved["bundle_sid"], Value::Null);
    assert_eq!(
        (&moved["voice_application_sid"], &moved["sms_application_sid"]),
        (&json!(""), &json!(""))
    );
    let bundle = format!("/v2/RegulatoryCompliance/Bundles/{bundle}");
    assert_eq!(client.delete("numbers.twilio.com", &bundle).await.status, 204);
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
