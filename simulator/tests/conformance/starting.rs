//! What a new object reads that was sent nothing but what it needs.

use serde_json::{Value, json};

use crate::support::{API, Client, simulator};

/// A create: host, path, form.
type Create<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

async fn made(client: &Client, (host, path, form): Create<'_>) -> Value {
    client.post(host, path, form).await.ok()
}

fn check(object: &Value, expected: &Value, what: &str) {
    for (field, value) in expected.as_object().expect("fields") {
        assert_eq!(&object[field], value, "{field} of {what}");
    }
}

/// Each line under the page that says so.
#[tokio::test]
async fn defaults_are_those_of_the_documentation() {
    let (handle, client) = simulator().await;
    let account = format!("/2010-04-01/Accounts/{}", handle.account_sid);
    let lines: &[(Create<'_>, Value)] = &[
        // https://www.twilio.com/docs/proxy/api/service
        (
            ("proxy.twilio.com", "/v1/Services", &[("UniqueName", "p")]),
            json!({"geo_match_level": "country", "number_selection_behavior": "prefer-sticky", "default_ttl": 0,
                "callback_url": "", "intercept_callback_url": "", "out_of_session_callback_url": ""}),
        ),
        // https://www.twilio.com/docs/video/api/composition-hooks
        (
            ("video.twilio.com", "/v1/CompositionHooks", &[("FriendlyName", "h")]),
            json!({"enabled": true, "format": "webm", "resolution": "640x480", "trim": true,
                "status_callback_method": "POST", "video_layout": {}, "date_updated": null}),
        ),
        // https://www.twilio.com/docs/video/api/rooms-resource
        (
            ("video.twilio.com", "/v1/Rooms", &[]),
            json!({"type": "group", "status": "in-progress", "empty_room_timeout": 5, "unused_room_timeout": 5,
                "max_participant_duration": 14400, "enable_turn": true}),
        ),
        // https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/byoctrunk-resource
        (
            ("voice.twilio.com", "/v1/ByocTrunks", &[]),
            json!({"voice_method": "POST", "voice_fallback_method": "POST", "status_callback_method": "POST",
                "cnam_lookup_enabled": false}),
        ),
        // https://www.twilio.com/docs/sync/api/service
        (
            ("sync.twilio.com", "/v1/Services", &[]),
            json!({"reachability_debouncing_window": 5000, "reachability_debouncing_enabled": false,
                "acl_enabled": false, "webhooks_from_rest_enabled": false}),
        ),
        // https://www.twilio.com/docs/notify/api/service-resource
        (
            ("notify.twilio.com", "/v1/Services", &[]),
            json!({"log_enabled": true, "default_fcm_notification_protocol_version": "3"}),
        ),
        // https://www.twilio.com/docs/conversations/api/conversation-resource
        (
            ("conversations.twilio.com", "/v1/Conversations", &[]),
            json!({"state": "active", "attributes": "{}", "timers": {}}),
        ),
        // https://www.twilio.com/docs/conversations/api/user-resource
        (
            ("conversations.twilio.com", "/v1/Users", &[("Identity", "ada")]),
            json!({"attributes": "{}"}),
        ),
        // https://www.twilio.com/docs/chat/rest/service-resource
        (
            ("chat.twilio.com", "/v2/Services", &[("FriendlyName", "c")]),
            json!({"webhook_method": "POST", "read_status_enabled": true, "reachability_enabled": false,
                "typing_indicator_timeout": 5, "pre_webhook_retry_count": 0, "post_webhook_retry_count": 0}),
        ),
        // https://www.twilio.com/docs/voice/sip/api/sip-domain-resource
        (
            (
                API,
                &format!("{account}/SIP/Domains.json"),
                &[("DomainName", "a.sip.twilio.com")],
            ),
            json!({"api_version": "2010-04-01", "voice_method": "POST", "secure": false, "sip_registration": false}),
        ),
    ];
    for (create, expected) in lines {
        check(&made(&client, *create).await, expected, create.1);
    }
}

/// The same for what stands below something.
#[tokio::test]
async fn defaults_below_an_object_are_those_of_the_documentation() {
    let (_handle, client) = simulator().await;
    let verify = ("verify.twilio.com", "/v2/Services", &[("FriendlyName", "v")][..]);
    let proxy = (
        "proxy.twilio.com",
        "/v1/Services",
        &[("UniqueName", "p"), ("DefaultTtl", "60")][..],
    );
    let sync = ("sync.twilio.com", "/v1/Services", &[][..]);
    let workspace = ("taskrouter.twilio.com", "/v1/Workspaces", &[("FriendlyName", "w")][..]);
    let messaging = ("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "m")][..]);
    let policy = ("voice.twilio.com", "/v1/ConnectionPolicies", &[][..]);
    let webhook = [
        ("FriendlyName", "w"),
        ("EventTypes", "*"),
        ("WebhookUrl", "https://example.com/w"),
    ];
    let workflow = [("FriendlyName", "f"), ("Configuration", "{}")];
    type Line<'a> = (Create<'a>, &'a str, &'a [(&'a str, &'a str)], Value);
    let lines: &[Line<'_>] = &[
        // https://www.twilio.com/docs/verify/api/webhooks
        (
            verify,
            "Webhooks",
            &webhook,
            json!({"status": "enabled", "version": "v2", "webhook_method": "POST"}),
        ),
        // https://www.twilio.com/docs/proxy/api/session: what is left out is what the service says.
        (
            proxy,
            "Sessions",
            &[],
            json!({"mode": "voice-and-message", "status": "open", "ttl": 60}),
        ),
        (proxy, "Sessions", &[("Ttl", "0")], json!({"ttl": 0})),
        // https://www.twilio.com/docs/sync/api/document-resource
        (sync, "Documents", &[], json!({"data": {}})),
        // https://www.twilio.com/docs/sync/api/list-resource, …/map-resource, …/stream-resource
        (sync, "Lists", &[], json!({"created_by": "system", "revision": "0"})),
        (sync, "Maps", &[], json!({"created_by": "system", "revision": "0"})),
        (sync, "Streams", &[], json!({"created_by": "system"})),
        // https://www.twilio.com/docs/taskrouter/api/task-queue
        (
            workspace,
            "TaskQueues",
            &[("FriendlyName", "q")],
            json!({"max_reserved_workers": 1, "target_workers": "1==1", "task_order": "FIFO"}),
        ),
        // In a queue for no worker tasks wait for ever: an empty text is a value.
        (
            workspace,
            "TaskQueues",
            &[("FriendlyName", "q"), ("TargetWorkers", "")],
            json!({"target_workers": ""}),
        ),
        // https://www.twilio.com/docs/taskrouter/api/workflow
        (
            workspace,
            "Workflows",
            &workflow,
            json!({"task_reservation_timeout": 120, "document_content_type": null}),
        ),
        // https://www.twilio.com/docs/taskrouter/api/task
        (
            workspace,
            "Tasks",
            &[],
            json!({"timeout": 86400, "priority": 0, "attributes": "{}", "assignment_status": "pending"}),
        ),
        // https://www.twilio.com/docs/messaging/api/alphasender-resource
        (
            messaging,
            "AlphaSenders",
            &[("AlphaSender", "OWLS")],
            json!({"capabilities": ["SMS"]}),
        ),
        // https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/connectionpolicytarget-resource
        (
            policy,
            "Targets",
            &[("Target", "sip:owls.example.com")],
            json!({"priority": 10, "weight": 10, "enabled": true}),
        ),
    ];
    for (nth, (above, below, form, expected)) in lines.iter().enumerate() {
        let (host, path, sent) = *above;
        let name = format!("p{nth}");
        let sent: Vec<(&str, &str)> = sent
            .iter()
            .map(|(parameter, value)| match *parameter {
                "UniqueName" => (*parameter, name.as_str()),
                _ => (*parameter, *value),
            })
            .collect();
        let parent = made(&client, (host, path, &sent)).await;
        let collection = format!("{path}/{}/{below}", parent["sid"].as_str().expect("a SID"));
        check(&made(&client, (host, &collection, form)).await, expected, &collection);
    }
}

/// An empty text brings a documented default back, where it is a text.
#[tokio::test]
async fn an_empty_text_brings_a_default_back() {
    let (_handle, client) = simulator().await;
    let host = "taskrouter.twilio.com";
    let workspace = made(&client, (host, "/v1/Workspaces", &[("FriendlyName", "w")])).await;
    let queues = format!(
        "/v1/Workspaces/{}/TaskQueues",
        workspace["sid"].as_str().expect("a SID")
    );
    let form = [("FriendlyName", "q"), ("TargetWorkers", "a == 1")];
    let queue = made(&client, (host, &queues, &form)).await;
    let queue = format!("{queues}/{}", queue["sid"].as_str().expect("a SID"));
    let changed = client.post(host, &queue, &[("TargetWorkers", "")]).await.ok();
    assert_eq!(changed["target_workers"], "", "this one is a value of its own");
    let host = "conversations.twilio.com";
    let form = [("Identity", "ada"), ("Attributes", r#"{"a": 1}"#)];
    let user = made(&client, (host, "/v1/Users", &form)).await;
    let user = format!("/v1/Users/{}", user["sid"].as_str().expect("a SID"));
    let changed = client.post(host, &user, &[("Attributes", "")]).await.ok();
    assert_eq!(changed["attributes"], "{}");
}

/// <https://www.twilio.com/docs/usage/api/applications>, <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>: names that
/// nobody makes up.
#[tokio::test]
async fn what_nobody_named_has_no_name() {
    let (handle, client) = simulator().await;
    let applications = format!("/2010-04-01/Accounts/{}/Applications.json", handle.account_sid);
    let application = made(&client, (API, &applications, &[])).await;
    assert_eq!(application["friendly_name"], "");
    let trunk = made(&client, ("trunking.twilio.com", "/v1/Trunks", &[])).await;
    assert_eq!(trunk["friendly_name"], Value::Null);
}

/// Told by the provider of <https://github.com/RJPearson94/terraform-provider-twilio> and its acceptance tests.
#[tokio::test]
async fn some_fields_are_not_shown_at_first() {
    let (handle, client) = simulator().await;
    let host = "conversations.twilio.com";
    let service = made(&client, (host, "/v1/Services", &[("FriendlyName", "s")])).await;
    assert_eq!(service["account_sid"], Value::Null);
    let path = format!("/v1/Services/{}", service["sid"].as_str().expect("a SID"));
    let read = client.get(host, &path).await.ok();
    assert_eq!(read["account_sid"], handle.account_sid.as_str());
    let host = "video.twilio.com";
    let hook = made(&client, (host, "/v1/CompositionHooks", &[("FriendlyName", "h")])).await;
    let path = format!("/v1/CompositionHooks/{}", hook["sid"].as_str().expect("a SID"));
    assert_eq!(client.get(host, &path).await.ok()["date_updated"], Value::Null);
    let changed = client.post(host, &path, &[("FriendlyName", "i")]).await.ok();
    assert!(changed["date_updated"].is_string());
}
