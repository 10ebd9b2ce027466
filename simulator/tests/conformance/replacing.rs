//! What a write leaves of what it does not send: PUT replaces, POST and PATCH keep.

use serde_json::json;

use crate::support::simulator;

const CONTENT: &str = "content.twilio.com";

/// <https://www.twilio.com/docs/content/content-api-resources>
#[tokio::test]
async fn a_put_of_a_template_takes_away_what_it_leaves_out() {
    let (_handle, client) = simulator().await;
    let template = json!({
        "friendly_name": "greeting",
        "language": "en",
        "variables": {"1": "Ada"},
        "types": {
            "twilio/text": {"body": "Hello {{1}}"},
            "twilio/quick-reply": {"body": "Hello {{1}}", "actions": [{"title": "Hi", "id": "hi"}]},
        },
    });
    let made = client.send_json("POST", CONTENT, "/v1/Content", &template).await.ok();
    let path = format!("/v1/Content/{}", made["sid"].as_str().expect("a SID"));
    let replaced = json!({"types": {"twilio/text": {"body": "Goodbye"}}});
    let after = client.send_json("PUT", CONTENT, &path, &replaced).await.ok();
    assert_eq!(after["types"], replaced["types"], "the other type is gone, whole");
    assert_eq!(after["variables"], serde_json::Value::Null);
    assert_eq!(after["friendly_name"], serde_json::Value::Null);
    assert_eq!(after["language"], "en", "a template cannot be without its language");
    assert_eq!(after["sid"], made["sid"]);
    assert_eq!(client.get(CONTENT, &path).await.ok()["types"], replaced["types"]);
}

/// <https://www.twilio.com/docs/monitor/alarms>
#[tokio::test]
async fn a_put_of_an_alarm_clears_what_is_optional() {
    let (_handle, client) = simulator().await;
    let host = "monitor.twilio.com";
    let mut alarm = json!({
        "friendlyName": "errors",
        "queryType": "ERROR_CODE",
        "query": "11200",
        "triggerValue": 5,
        "timeWindow": "ONE_HOUR",
        "email": ["ada@example.com"],
        "webhook": "https://example.com/alarm",
        "description": "too many",
        "enabled": true,
    });
    client.send_json("POST", host, "/v2/Alarms", &alarm).await.ok();
    let stored = client.control("GET", &format!("objects?host={host}"), None).await.ok();
    let path = stored[0]["path"].as_str().expect("a path").to_owned();
    assert_eq!(stored[0]["body"]["email"], json!(["ada@example.com"]));
    let members = alarm.as_object_mut().expect("an object");
    members.remove("email");
    members.remove("webhook");
    members.insert("triggerValue".into(), json!(9));
    client.send_json("PUT", host, &path, &alarm).await.ok();
    let after = client.get(host, &path).await.ok();
    assert_eq!((&after["email"], &after["triggerValue"]), (&json!([]), &json!(9)));
    assert_ne!(after["webhook"], "https://example.com/alarm");
    let missing = json!({"friendlyName": "errors"});
    let refused = client.send_json("PUT", host, &path, &missing).await;
    assert_eq!(refused.refusal(), (400, 20001), "what it must have is sent each time");
}

/// <https://www.twilio.com/docs/lookup/v2-api/line-type-override>
#[tokio::test]
async fn an_override_of_a_number_is_replaced() {
    let (_handle, client) = simulator().await;
    let host = "lookups.twilio.com";
    let path = "/v2/PhoneNumbers/+14155550100/Overrides/line_type_intelligence";
    assert_eq!(client.get(host, path).await.refusal(), (404, 20404));
    let first = json!({"line_type": "mobile", "reason": "because"});
    let made = client.send_json("POST", host, path, &first).await.ok();
    assert_eq!(
        (&made["overridden_line_type"], &made["phone_number"]),
        (&json!("mobile"), &json!("+14155550100"))
    );
    assert!(made["override_timestamp"].is_string() && made["overridden_by_account_sid"].is_string());
    let again = client.send_json("POST", host, path, &first).await;
    assert_eq!(again.refusal(), (409, 20409), "the same value is there");
    for (path, body, status) in [
        ("/v2/PhoneNumbers/+14155550100/Overrides/caller_name", &first, 422),
        (path, &json!({"reason": "because"}), 422),
        ("/v2/PhoneNumbers/nobody/Overrides/line_type_intelligence", &first, 404),
    ] {
        let refused = client.send_json("POST", host, path, body).await;
        assert_eq!(refused.refusal().0, status, "{path} {body}");
    }
    let after = client
        .send_json("PUT", host, path, &json!({"line_type": "landline"}))
        .await
        .ok();
    assert_eq!(after["overridden_line_type"], "landline");
    assert_ne!(after["override_reason"], "because");
    client.delete(host, path).await.ok();
    assert_eq!(client.get(host, path).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn a_post_keeps_what_it_does_not_send() {
    let (_handle, client) = simulator().await;
    let host = "messaging.twilio.com";
    let form = [
        ("FriendlyName", "kept"),
        ("InboundRequestUrl", "https://example.com/in"),
    ];
    let made = client.post(host, "/v1/Services", &form).await;
    let path = format!("/v1/Services/{}", made.text("sid"));
    let after = client.post(host, &path, &[("FriendlyName", "changed")]).await.ok();
    assert_eq!(after["inbound_request_url"], "https://example.com/in");
}
