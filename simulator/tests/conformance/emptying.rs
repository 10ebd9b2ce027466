//! What an empty text takes away, what it leaves, and which updates replace or merge.

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const CONVERSATIONS: &str = "conversations.twilio.com";
const TASKROUTER: &str = "taskrouter.twilio.com";

async fn made(client: &Client, host: &str, path: &str, form: &[(&str, &str)]) -> String {
    let made = client.post(host, path, form).await;
    format!("{path}/{}", made.text("sid"))
}

fn is_unset(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// What the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> clear with an empty text.
#[tokio::test]
async fn an_empty_text_takes_a_text_away() {
    let (handle, client) = simulator().await;
    let queues = below(&handle.account_sid, "Applications");
    let url = "https://example.com/";
    for (host, collection, needed, parameter, field, value) in [
        (
            API,
            queues.as_str(),
            ("FriendlyName", "a"),
            "VoiceFallbackUrl",
            "voice_fallback_url",
            url,
        ),
        (
            TASKROUTER,
            "/v1/Workspaces",
            ("FriendlyName", "w"),
            "EventCallbackUrl",
            "event_callback_url",
            url,
        ),
        (
            TASKROUTER,
            "/v1/Workspaces",
            ("FriendlyName", "w"),
            "EventsFilter",
            "events_filter",
            "task.created",
        ),
        (
            "sync.twilio.com",
            "/v1/Services",
            ("FriendlyName", "s"),
            "WebhookUrl",
            "webhook_url",
            url,
        ),
        (
            "proxy.twilio.com",
            "/v1/Services",
            ("UniqueName", "p"),
            "CallbackUrl",
            "callback_url",
            url,
        ),
        (
            "trunking.twilio.com",
            "/v1/Trunks",
            ("FriendlyName", "t"),
            "DisasterRecoveryUrl",
            "disaster_recovery_url",
            url,
        ),
        (
            "trunking.twilio.com",
            "/v1/Trunks",
            ("Secure", "true"),
            "FriendlyName",
            "friendly_name",
            "name",
        ),
        (
            "trunking.twilio.com",
            "/v1/Trunks",
            ("Secure", "true"),
            "DisasterRecoveryMethod",
            "disaster_recovery_method",
            "GET",
        ),
    ] {
        let form = [needed, (parameter, value)];
        let made = client.post(host, collection, &form).await.ok();
        assert_eq!(made[field], value, "{host} {parameter}");
        let collection = collection.strip_suffix(".json");
        let suffix = if collection.is_some() { ".json" } else { "" };
        let collection = collection.unwrap_or(match host {
            "trunking.twilio.com" => "/v1/Trunks",
            TASKROUTER => "/v1/Workspaces",
            _ => "/v1/Services",
        });
        let one = format!("{collection}/{}{suffix}", made["sid"].as_str().expect("a SID"));
        let after = client.post(host, &one, &[(parameter, "")]).await.ok();
        assert!(is_unset(&after[field]), "{host} {parameter}: {after}");
        let read = client.get(host, &one).await.ok();
        assert!(is_unset(&read[field]), "{host} {parameter}: {read}");
    }
}

/// A method that is taken away is the default again, where there is one.
#[tokio::test]
async fn an_empty_text_puts_a_documented_default_back() {
    let (handle, client) = simulator().await;
    let domains = below(&handle.account_sid, "SIP/Domains");
    let form = [("DomainName", "a.sip.twilio.com")];
    let domain = client.post(API, &domains, &form).await.ok();
    let methods = ["voice_method", "voice_fallback_method", "voice_status_callback_method"];
    for method in methods {
        assert_eq!(domain[method], "POST", "{method}");
    }
    let one = below(
        &handle.account_sid,
        &format!("SIP/Domains/{}", domain["sid"].as_str().expect("a SID")),
    );
    let changed = client.post(API, &one, &[("VoiceMethod", "GET")]).await.ok();
    assert_eq!(changed["voice_method"], "GET");
    let back = client.post(API, &one, &[("VoiceMethod", "")]).await.ok();
    assert_eq!(back["voice_method"], "POST");
    let service = [("FriendlyName", "m"), ("InboundMethod", "")];
    let service = client.post("messaging.twilio.com", "/v1/Services", &service).await.ok();
    assert_eq!(service["inbound_method"], "POST");
    // What is no method and has words of its own has no empty form.
    let form = [("FriendlyName", "m"), ("ScanMessageContent", "")];
    let refused = client.post("messaging.twilio.com", "/v1/Services", &form).await;
    assert_eq!(refused.refusal(), (400, 20001));
}

/// <https://www.twilio.com/docs/conversations/api/conversation-resource>: attributes that are not set read as `{}`.
#[tokio::test]
async fn attributes_that_are_emptied_read_as_an_empty_object() {
    let (_handle, client) = simulator().await;
    let plain = client.post(CONVERSATIONS, "/v1/Conversations", &[]).await;
    assert_eq!(plain.text("attributes"), "{}");
    let form = [("Attributes", r#"{"a": 1}"#)];
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &form).await;
    assert_eq!(
        client.get(CONVERSATIONS, &conversation).await.text("attributes"),
        r#"{"a": 1}"#
    );
    let emptied = client.post(CONVERSATIONS, &conversation, &[("Attributes", "")]).await;
    assert_eq!(emptied.text("attributes"), "{}");
    let refused = client.post(CONVERSATIONS, &conversation, &[("Attributes", "{")]).await;
    assert_eq!(refused.refusal(), (400, 50304));
}

/// SCIM: a PATCH is a list of operations, <https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2>.
#[tokio::test]
async fn a_patch_of_a_user_of_an_organization_is_a_list_of_operations() {
    let (_handle, client) = simulator().await;
    let host = "preview-iam.twilio.com";
    let users = "/Organizations/OR0123456789abcdef0123456789abcdef/scim/Users";
    let body =
        json!({"userName": "ada@example.com", "displayName": "Ada", "name": {"givenName": "Ada"}, "active": true});
    let made = client.send_json("POST", host, users, &body).await.ok();
    let user = format!("{users}/{}", made["id"].as_str().expect("an id"));
    let patch = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "value": {"active": false, "displayName": "Lady Lovelace"}}],
    });
    client.send_json("PATCH", host, &user, &patch).await.ok();
    let after = client.get(host, &user).await.ok();
    assert_eq!(
        (&after["active"], &after["displayName"]),
        (&json!(false), &json!("Lady Lovelace"))
    );
    assert_eq!(after["userName"], "ada@example.com");
    assert_eq!(after["name"]["givenName"], "Ada");
}

/// What those tests could not clear.
#[tokio::test]
async fn an_empty_text_leaves_what_cannot_be_without() {
    let (_handle, client) = simulator().await;
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &[("FriendlyName", "n")]).await;
    let after = client
        .post(CONVERSATIONS, &conversation, &[("FriendlyName", "")])
        .await
        .ok();
    assert_eq!(after["friendly_name"], "n");
    let before = client.get(CONVERSATIONS, "/v1/Configuration").await.ok();
    let form = [("DefaultChatServiceSid", ""), ("DefaultMessagingServiceSid", "")];
    let after = client.post(CONVERSATIONS, "/v1/Configuration", &form).await.ok();
    for field in ["default_chat_service_sid", "default_messaging_service_sid"] {
        assert!(before[field].is_string(), "{field}");
        assert_eq!(after[field], before[field]);
    }
    let workspace = made(&client, TASKROUTER, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    let before = client.get(TASKROUTER, &workspace).await.ok();
    let form = [("DefaultActivitySid", ""), ("TimeoutActivitySid", "")];
    let after = client.post(TASKROUTER, &workspace, &form).await.ok();
    for field in [
        "default_activity_sid",
        "default_activity_name",
        "timeout_activity_sid",
        "timeout_activity_name",
    ] {
        assert_eq!(after[field], before[field], "{field}");
        assert!(before[field].is_string());
    }
    let chat = made(&client, "chat.twilio.com", "/v2/Services", &[("FriendlyName", "c")]).await;
    let before = client.get("chat.twilio.com", &chat).await.ok();
    let after = client
        .post("chat.twilio.com", &chat, &[("DefaultServiceRoleSid", "")])
        .await
        .ok();
    assert!(before["default_service_role_sid"].is_string());
    assert_eq!(after["default_service_role_sid"], before["default_service_role_sid"]);
}

/// <https://github.com/RJPearson94/twilio-sdk-go>: composition hooks have no partial update.
#[tokio::test]
async fn an_update_of_a_composition_hook_replaces_it() {
    let (_handle, client) = simulator().await;
    let host = "video.twilio.com";
    let form = [
        ("FriendlyName", "h"),
        ("AudioSources", "a"),
        ("AudioSources", "b"),
        ("StatusCallback", "https://example.com"),
        ("Resolution", "1280x720"),
        ("Format", "mp4"),
    ];
    let hook = made(&client, host, "/v1/CompositionHooks", &form).await;
    let form = [("FriendlyName", "h"), ("AudioSourcesExcluded", "c")];
    let after = client.post(host, &hook, &form).await.ok();
    assert_eq!(after["audio_sources"], json!([]));
    assert_eq!(after["audio_sources_excluded"], json!(["c"]));
    assert!(is_unset(&after["status_callback"]), "{after}");
    assert_ne!(after["resolution"], "1280x720");
    assert_eq!(after["friendly_name"], "h");
    assert_eq!(client.get(host, &hook).await.ok()["audio_sources"], json!([]));
}

/// <https://www.twilio.com/docs/chat/rest/role-resource>: the permissions that an update sends are all there are.
#[tokio::test]
async fn an_update_of_a_role_puts_its_permissions_whole() {
    let (_handle, client) = simulator().await;
    let host = "chat.twilio.com";
    let service = made(&client, host, "/v2/Services", &[("FriendlyName", "c")]).await;
    let form = [
        ("FriendlyName", "r"),
        ("Type", "channel"),
        ("Permission", "sendMessage"),
        ("Permission", "leaveChannel"),
    ];
    let role = made(&client, host, &format!("{service}/Roles"), &form).await;
    let after = client
        .post(host, &role, &[("Permission", "sendMediaMessage")])
        .await
        .ok();
    assert_eq!(after["permissions"], json!(["sendMediaMessage"]));
}

/// The contract's text on the operation: a channel that is left out is kept, one with a value replaced, one with null removed.
#[tokio::test]
async fn a_patch_merges_maps_as_its_product_documents() {
    let (_handle, client) = simulator().await;
    let path = "/v2/ControlPlane/Configurations";
    let whole = |seconds: u64| json!({"statusTimeouts": {"inactive": seconds, "closed": 9 * seconds}});
    let body = json!({
        "displayName": "c",
        "description": "before",
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": "mem_store_01kermhm81fwfvy7j0f7h7v5mr",
        "channelSettings": {"SMS": whole(60), "VOICE": whole(70), "CHAT": whole(80)},
    });
    let made = client.send_json("POST", CONVERSATIONS, path, &body).await.ok();
    let stored = client
        .control("GET", &format!("objects?host={CONVERSATIONS}&collection={path}"), None)
        .await
        .ok();
    let one = stored[0]["path"]
        .as_str()
        .unwrap_or_else(|| panic!("{made}"))
        .to_owned();
    let patch = json!({"channelSettings": {"SMS": {"statusTimeouts": {"closed": 600}}, "CHAT": null}});
    client.send_json("PATCH", CONVERSATIONS, &one, &patch).await.ok();
    let after = client.get(CONVERSATIONS, &one).await.ok();
    let settings = &after["channelSettings"];
    assert_eq!(settings["SMS"], json!({"statusTimeouts": {"closed": 600}}), "put whole");
    assert_eq!(settings["VOICE"], whole(70), "left out: kept");
    assert_eq!(settings.get("CHAT"), None, "null: removed");
    assert_eq!(after["description"], "before");
}

/// The contract's text: traits that are left out stay, null removes one.
#[tokio::test]
async fn a_patch_of_a_profile_merges_its_traits() {
    let (_handle, client) = simulator().await;
    let host = "memory.twilio.com";
    let store = json!({"host": host, "collection": "/v1/ControlPlane/Stores", "fields": {"id": "mem_store_01kermhm81fwfvy7j0f7h7v5mr"}});
    client.control("POST", "objects", Some(store)).await.ok();
    let profiles = "/v1/Stores/mem_store_01kermhm81fwfvy7j0f7h7v5mr/Profiles";
    let profile = json!({"host": host, "collection": profiles, "fields": {
        "id": "mem_profile_01kermhm81fwfvy7j0f7h7v5mr",
        "traits": {"Contact": {"city": "Paris", "zip": "1"}, "Other": {"a": "1"}},
    }});
    client.control("POST", "objects", Some(profile)).await.ok();
    let one = format!("{profiles}/mem_profile_01kermhm81fwfvy7j0f7h7v5mr");
    let patch = json!({"traits": {"Contact": {"city": "Rome", "zip": null}}});
    client.send_json("PATCH", host, &one, &patch).await.ok();
    let after = client.get(host, &one).await.ok();
    assert_eq!(
        after["traits"],
        json!({"Contact": {"city": "Rome"}, "Other": {"a": "1"}})
    );
    // However deep it is: https://www.rfc-editor.org/rfc/rfc7386
    for (patch, after) in [
        (
            json!({"a": {"b": {"c": {"d": 1, "e": 2}}}}),
            json!({"a": {"b": {"c": {"d": 1, "e": 2}}}}),
        ),
        (
            json!({"a": {"b": {"c": {"d": null}}}}),
            json!({"a": {"b": {"c": {"e": 2}}}}),
        ),
        (
            json!({"a": {"b": {"x": {"y": {"z": null}}}}}),
            json!({"a": {"b": {"c": {"e": 2}, "x": {"y": {}}}}}),
        ),
        (json!({"a": {"b": 5}}), json!({"a": {"b": 5}})),
        (json!({"a": null}), json!({})),
    ] {
        let traits = json!({"traits": {"Deep": patch}});
        client.send_json("PATCH", host, &one, &traits).await.ok();
        assert_eq!(client.get(host, &one).await.body["traits"]["Deep"], after, "{traits}");
    }
}
