//! Settings that nobody creates, what a first write brings into being, and what can only be adopted.

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const CONVERSATIONS: &str = "conversations.twilio.com";

type Pair = (&'static str, &'static str);

/// Settings of an account: where, what is written, and what it then reads.
const SETTINGS: &[(&str, &str, Pair, Pair)] = &[
    (
        CONVERSATIONS,
        "/v1/Configuration",
        ("DefaultInactiveTimer", "PT1H"),
        ("default_inactive_timer", "PT1H"),
    ),
    (
        CONVERSATIONS,
        "/v1/Configuration/Webhooks",
        ("PostWebhookUrl", "https://example.com/post"),
        ("post_webhook_url", "https://example.com/post"),
    ),
    (
        "voice.twilio.com",
        "/v1/Settings",
        ("DialingPermissionsInheritance", "false"),
        ("dialing_permissions_inheritance", "false"),
    ),
    (
        "video.twilio.com",
        "/v1/CompositionSettings/Default",
        ("FriendlyName", "compositions"),
        ("friendly_name", "compositions"),
    ),
    (
        "video.twilio.com",
        "/v1/RecordingSettings/Default",
        ("FriendlyName", "recordings"),
        ("friendly_name", "recordings"),
    ),
    (
        "insights.twilio.com",
        "/v1/Voice/Settings",
        ("VoiceTrace", "true"),
        ("voice_trace", "true"),
    ),
    (
        "bulkexports.twilio.com",
        "/v1/Exports/Messages/Configuration",
        ("WebhookUrl", "https://example.com/export"),
        ("webhook_url", "https://example.com/export"),
    ),
];

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[tokio::test]
async fn settings_exist_from_the_start_and_have_no_sid() {
    let (handle, client) = simulator().await;
    for (host, path, (parameter, value), (field, reads)) in SETTINGS {
        let before = client.get(host, path).await.ok();
        assert_ne!(text(&before[*field]), *reads, "{path}");
        assert!(before.get("sid").is_none(), "{path} has an invented SID");
        // The configuration of conversations names services that are there (companions.rs).
        if *path != "/v1/Configuration" {
            let stored = client.stored(host, path).await;
            assert_eq!(stored, json!([]), "{path}: reading stores nothing");
        }
        let after = client.post(host, path, &[(parameter, value)]).await.ok();
        assert_eq!(text(&after[*field]), *reads, "{path}");
        assert_eq!(client.get(host, path).await.ok(), after, "{path}");
        let stored = client.stored(host, path).await;
        assert_eq!(stored.as_array().map(Vec::len), Some(1), "{path}");
        assert_eq!((&stored[0]["key"], &stored[0]["sid"]), (&Value::Null, &Value::Null));
        assert_eq!(stored[0]["account"], handle.account_sid.as_str());
        assert_eq!(client.delete(host, path).await.status, 405, "{path} cannot be removed");
        // Behind the client's back it can: then it reads as from the start.
        let query = serde_urlencoded::to_string([("host", *host), ("path", *path)]).expect("texts");
        client.control("DELETE", &format!("objects?{query}"), None).await.ok();
        let reset = client.get(host, path).await.ok();
        assert_eq!(reset[*field], before[*field], "{path}");
    }
}

#[tokio::test]
async fn settings_that_nobody_wrote_can_be_changed_behind_the_back() {
    let (_handle, client) = simulator().await;
    let path = "/v1/Configuration";
    let change = json!({"default_closed_timer": "PT9H"});
    let query = format!("objects?host={CONVERSATIONS}&path={path}");
    let changed = client.control("PATCH", &query, Some(change)).await.ok();
    assert_eq!(changed["body"]["default_closed_timer"], "PT9H");
    let read = client.get(CONVERSATIONS, path).await.ok();
    assert_eq!(read["default_closed_timer"], "PT9H");
    let nothing = format!("objects?host={CONVERSATIONS}&path=/v1/Nothing");
    assert_eq!(client.control("PATCH", &nothing, Some(json!({}))).await.status, 400);
}

/// <https://www.twilio.com/docs/conversations/api/configuration-resource>
#[tokio::test]
async fn an_account_has_a_default_chat_and_messaging_service() {
    let (_handle, client) = simulator().await;
    let first = client.get(CONVERSATIONS, "/v1/Configuration").await.ok();
    for (field, prefix) in [
        ("default_chat_service_sid", "IS"),
        ("default_messaging_service_sid", "MG"),
    ] {
        assert!(
            first[field].as_str().is_some_and(|sid| sid.starts_with(prefix)),
            "{first}"
        );
    }
    client
        .post(CONVERSATIONS, "/v1/Configuration", &[("DefaultClosedTimer", "PT2H")])
        .await
        .ok();
    let after = client.get(CONVERSATIONS, "/v1/Configuration").await.ok();
    assert_eq!(after["default_chat_service_sid"], first["default_chat_service_sid"]);
    let webhooks = client.get(CONVERSATIONS, "/v1/Configuration/Webhooks").await.ok();
    assert_eq!(
        (&webhooks["method"], &webhooks["target"]),
        (&"POST".into(), &"webhook".into())
    );
}

#[tokio::test]
async fn settings_below_a_parent_live_and_end_with_it() {
    let (_handle, client) = simulator().await;
    let host = "trunking.twilio.com";
    let trunk = client.post(host, "/v1/Trunks", &[("FriendlyName", "t")]).await.ok();
    // https://www.twilio.com/docs/sip-trunking/api/recording-resource
    let recording = json!({"mode": "do-not-record", "trim": "do-not-trim"});
    assert_eq!(trunk["recording"], recording);
    let path = format!("/v1/Trunks/{}", trunk["sid"].as_str().expect("a SID"));
    let settings = format!("{path}/Recording");
    assert_eq!(client.get(host, &settings).await.ok(), recording);
    let form = [("Mode", "record-from-ringing"), ("Trim", "trim-silence")];
    let changed = client.post(host, &settings, &form).await.ok();
    assert_eq!(client.get(host, &path).await.ok()["recording"], changed);
    client.delete(host, &path).await.ok();
    assert_eq!(client.get(host, &settings).await.refusal(), (404, 20404));
    assert_eq!(client.stored(host, &settings).await, json!([]));
    let lost = format!("/v1/Trunks/TK{}/Recording", "0".repeat(32));
    assert_eq!(client.get(host, &lost).await.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/studio/rest-api/v2/test-user>
#[tokio::test]
async fn a_flow_has_test_users_from_the_start() {
    let (_handle, client) = simulator().await;
    let host = "studio.twilio.com";
    let definition = r#"{"initial_state": "T", "states": [{"name": "T", "type": "trigger", "transitions": []}]}"#;
    let form = [
        ("FriendlyName", "f"),
        ("Status", "draft"),
        ("CommitMessage", "first"),
        ("Definition", definition),
    ];
    let flow = client.post(host, "/v2/Flows", &form).await.ok();
    let path = format!("/v2/Flows/{}/TestUsers", flow["sid"].as_str().expect("a SID"));
    let users = |read: &Value| read["test_users"].clone();
    let before = client.get(host, &path).await.ok();
    assert_eq!((&before["sid"], users(&before)), (&flow["sid"], json!([])));
    let two = [("TestUsers", "+14155550100"), ("TestUsers", "+14155550101")];
    client.post(host, &path, &two).await.ok();
    let after = client.get(host, &path).await.ok();
    assert_eq!(users(&after), json!(["+14155550100", "+14155550101"]));
    client.post(host, &path, &[("TestUsers", "")]).await.ok();
    assert_eq!(users(&client.get(host, &path).await.ok()), json!([]));
    let stored = client.stored(host, &path).await;
    assert_eq!(
        (stored.as_array().map(Vec::len), &stored[0]["key"]),
        (Some(1), &Value::Null)
    );
}

/// <https://www.twilio.com/docs/conversations/api/service-notification-resource>: names of three parts nest.
#[tokio::test]
async fn notification_settings_of_a_service_nest() {
    let (_handle, client) = simulator().await;
    let service = client
        .post(CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let path = format!("/v1/Services/{}/Configuration/Notifications", service.text("sid"));
    let before = client.get(CONVERSATIONS, &path).await.ok();
    assert_eq!(before["new_message"]["enabled"], false);
    let form = [
        ("LogEnabled", "true"),
        ("NewMessage.Enabled", "true"),
        ("NewMessage.WithMedia.Template", "A picture"),
    ];
    let after = client.post(CONVERSATIONS, &path, &form).await.ok();
    assert_eq!(after["new_message"]["enabled"], true);
    assert_eq!(after["new_message"]["with_media"]["template"], "A picture");
    assert_eq!(after["new_message"]["badge_count_enabled"], false, "the rest stays");
    assert_eq!(after["log_enabled"], true);
}

async fn service(client: &Client) -> String {
    let made = client.post("sync.twilio.com", "/v1/Services", &[]).await;
    format!("/v1/Services/{}", made.text("sid"))
}

/// <https://www.twilio.com/docs/sync/api/document-permission-resource>
#[tokio::test]
async fn an_upsert_creates_and_replaces_at_the_same_path() {
    let (_handle, client) = simulator().await;
    let host = "sync.twilio.com";
    let service = service(&client).await;
    for collection in ["Documents", "Lists", "Maps"] {
        let parent = client.post(host, &format!("{service}/{collection}"), &[]).await;
        let permissions = format!("{service}/{collection}/{}/Permissions", parent.text("sid"));
        let path = format!("{permissions}/a.b%2Fc%20d");
        assert_eq!(client.get(host, &path).await.refusal(), (404, 20404));
        assert_eq!(client.delete(host, &path).await.refusal(), (404, 20404));
        let write = |flag: &'static str| [("Read", "true"), ("Write", flag), ("Manage", "false")];
        let made = client.post(host, &path, &write("false")).await.ok();
        assert_eq!((&made["identity"], &made["write"]), (&"a.b/c d".into(), &false.into()));
        assert!(made.get("sid").is_none());
        client.post(host, &path, &write("true")).await.ok();
        assert_eq!(client.get(host, &path).await.ok()["write"], true);
        let listed = client.get(host, &permissions).await.ok();
        assert_eq!(listed["permissions"].as_array().map(Vec::len), Some(1));
        let stored = client.stored(host, &path).await;
        assert_eq!(
            (&stored[0]["key"], &stored[0]["sid"]),
            (&"a.b/c d".into(), &Value::Null)
        );
        client.delete(host, &path).await.ok();
        assert_eq!(client.get(host, &path).await.refusal(), (404, 20404));
    }
}

/// <https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api>
#[tokio::test]
async fn a_route_is_there_for_each_number() {
    let (_handle, client) = simulator().await;
    let host = "routes.twilio.com";
    let path = "/v2/PhoneNumbers/+14155550100";
    let before = client.get(host, path).await.ok();
    let after = client.post(host, path, &[("VoiceRegion", "ie1")]).await.ok();
    assert_eq!((&after["voice_region"], &after["sid"]), (&"ie1".into(), &before["sid"]));
    let stored = client.stored(host, path).await;
    assert_eq!(
        (&stored[0]["key"], &stored[0]["sid"]),
        (&"+14155550100".into(), &before["sid"])
    );
}

#[tokio::test]
async fn what_can_only_be_adopted_is_not_there_until_somebody_else_made_it() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    for (collection, prefix, field, parameter) in [
        ("SMS/ShortCodes", "SC", "friendly_name", "FriendlyName"),
        ("ConnectApps", "CN", "company_name", "CompanyName"),
    ] {
        let path = below(sid, collection);
        let lost = path.replace(".json", &format!("/{prefix}{}.json", "0".repeat(32)));
        assert_eq!(client.get(API, &lost).await.refusal(), (404, 20404));
        assert_eq!(
            client.post(API, &lost, &[(parameter, "x")]).await.refusal(),
            (404, 20404)
        );
        assert_eq!(client.post(API, &path, &[]).await.status, 405, "nobody can make one");
        let new = json!({"host": API, "collection": path, "fields": {field: "made elsewhere"}});
        let added = client.control("POST", "objects", Some(new)).await.ok();
        let one = path.replace(".json", &format!("/{}.json", added["sid"].as_str().expect("a SID")));
        assert_eq!(client.get(API, &one).await.ok()[field], "made elsewhere");
        assert_eq!(client.post(API, &one, &[(parameter, "mine")]).await.ok()[field], "mine");
    }
}

/// <https://www.twilio.com/docs/messaging/features/link-shortening>
#[tokio::test]
async fn a_domain_has_no_certificate_until_one_is_uploaded() {
    let (_handle, client) = simulator().await;
    let host = "messaging.twilio.com";
    let domain = format!("/v1/LinkShortening/Domains/DN{}", "0".repeat(32));
    let certificate = format!("{domain}/Certificate");
    assert_eq!(client.get(host, &certificate).await.refusal(), (404, 20404));
    let made = client
        .post(host, &certificate, &[("TlsCert", "certificate")])
        .await
        .ok();
    assert!(
        made["certificate_sid"]
            .as_str()
            .is_some_and(|sid| sid.starts_with("CW"))
    );
    let again = client.post(host, &certificate, &[("TlsCert", "another")]).await.ok();
    assert_eq!(again["certificate_sid"], made["certificate_sid"]);
    client.delete(host, &certificate).await.ok();
    assert_eq!(client.get(host, &certificate).await.refusal(), (404, 20404));
    let settings = client.get(host, &format!("{domain}/Config")).await.ok();
    assert!(settings["config_sid"].as_str().is_some_and(|sid| sid.starts_with("ZK")));
}
