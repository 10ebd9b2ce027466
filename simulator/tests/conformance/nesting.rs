//! Names with dots stand nested in answers, however deep, and lists of objects are lists.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const CONVERSATIONS: &str = "conversations.twilio.com";

async fn made(client: &Client, host: &str, path: &str, form: &[(&str, &str)]) -> String {
    let made = client.post(host, path, form).await;
    format!("{path}/{}", made.text("sid"))
}

/// <https://www.twilio.com/docs/chat/rest/service-resource>, whose example nests them so.
#[tokio::test]
async fn names_of_three_parts_are_two_levels_deep() {
    let (_handle, client) = simulator().await;
    for host in ["chat.twilio.com", "ip-messaging.twilio.com"] {
        let service = made(&client, host, "/v2/Services", &[("FriendlyName", "c")]).await;
        let form = [
            ("Notifications.LogEnabled", "true"),
            ("Notifications.NewMessage.Enabled", "true"),
            ("Notifications.NewMessage.Template", "a ${MESSAGE}"),
            ("Notifications.NewMessage.BadgeCountEnabled", "true"),
            ("Notifications.AddedToChannel.Enabled", "true"),
            ("Notifications.AddedToChannel.Sound", "ping"),
            ("Limits.ChannelMembers", "7"),
            ("Media.CompatibilityMessage", "none"),
        ];
        client.post(host, &service, &form).await.ok();
        let read = client.get(host, &service).await.ok();
        let new_message = &read["notifications"]["new_message"];
        assert_eq!(new_message["enabled"], true);
        assert_eq!(new_message["template"], "a ${MESSAGE}");
        assert_eq!(new_message["badge_count_enabled"], true);
        assert_eq!(read["notifications"]["added_to_channel"]["sound"], "ping");
        assert_eq!(read["notifications"]["log_enabled"], true);
        assert_eq!(read["limits"]["channel_members"], 7);
        assert_eq!(read["limits"]["user_channels"], 250, "what is beside it stays");
        assert_eq!(read["media"]["compatibility_message"], "none");
        let form = [("Notifications.NewMessage.Enabled", "false")];
        let after = client.post(host, &service, &form).await.ok();
        assert_eq!(after["notifications"]["new_message"]["enabled"], false);
        assert_eq!(after["notifications"]["new_message"]["template"], "a ${MESSAGE}");
    }
}

/// <https://www.twilio.com/docs/conversations/api/service-notification-resource>
#[tokio::test]
async fn names_below_a_part_of_an_object_are_nested_there() {
    let (_handle, client) = simulator().await;
    let service = made(&client, CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")]).await;
    let path = format!("{service}/Configuration/Notifications");
    let form = [
        ("NewMessage.Enabled", "true"),
        ("NewMessage.WithMedia.Enabled", "true"),
        ("NewMessage.WithMedia.Template", "m"),
        ("AddedToConversation.Enabled", "true"),
    ];
    client.post(CONVERSATIONS, &path, &form).await.ok();
    let read = client.get(CONVERSATIONS, &path).await.ok();
    assert_eq!(
        read["new_message"]["with_media"],
        json!({"enabled": true, "template": "m"})
    );
    assert_eq!(read["new_message"]["enabled"], true);
    assert_eq!(read["added_to_conversation"]["enabled"], true);
    assert_eq!(read["removed_from_conversation"]["enabled"], false);
}

/// <https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource>,
/// <https://www.twilio.com/docs/conversations/api/address-configuration-resource>
#[tokio::test]
async fn lists_inside_of_objects_are_lists() {
    let (_handle, client) = simulator().await;
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &[]).await;
    let hooks = format!("{conversation}/Webhooks");
    let form = [
        ("Target", "webhook"),
        ("Configuration.Url", "https://example.com"),
        ("Configuration.Filters", "onMessageAdded"),
        ("Configuration.Filters", "onMessageRemoved"),
    ];
    let hook = made(&client, CONVERSATIONS, &hooks, &form).await;
    let read = client.get(CONVERSATIONS, &hook).await.ok();
    assert_eq!(
        read["configuration"]["filters"],
        json!(["onMessageAdded", "onMessageRemoved"])
    );
    let form = [("Configuration.Filters", "onUserUpdated")];
    let after = client.post(CONVERSATIONS, &hook, &form).await.ok();
    assert_eq!(
        after["configuration"]["filters"],
        json!(["onUserUpdated"]),
        "a list is put whole"
    );
    assert_eq!(after["configuration"]["url"], "https://example.com");
    let factors = "/v2/Services/VA00000000000000000000000000000001/Entities/identity/Factors";
    let factor = client.add("verify.twilio.com", factors, json!({})).await;
    let challenge = [
        ("FactorSid", factor.as_str()),
        ("Details.Message", "pay"),
        ("Details.Fields", r#"{"label": "to", "value": "Ada"}"#),
        ("Details.Fields", r#"{"label": "sum", "value": "5"}"#),
        ("HiddenDetails", r#"{"ip": "127.0.0.1"}"#),
    ];
    let service = made(&client, "verify.twilio.com", "/v2/Services", &[("FriendlyName", "v")]).await;
    let entity = format!("{service}/Entities");
    client
        .post("verify.twilio.com", &entity, &[("Identity", "identity-0001")])
        .await
        .ok();
    let challenges = format!("{entity}/identity-0001/Challenges");
    let made = client.post("verify.twilio.com", &challenges, &challenge).await.ok();
    assert_eq!(
        made["details"],
        json!({"message": "pay", "fields": [{"label": "to", "value": "Ada"}, {"label": "sum", "value": "5"}]})
    );
    assert_eq!(made["hidden_details"]["ip"], "127.0.0.1");
}

/// <https://www.twilio.com/docs/verify/api/factor>: the binding is in the response to the create and nowhere else.
#[tokio::test]
async fn what_only_the_create_shows_is_nested_there() {
    let (_handle, client) = simulator().await;
    let host = "verify.twilio.com";
    let service = made(&client, host, "/v2/Services", &[("FriendlyName", "v")]).await;
    let entity = format!("{service}/Entities");
    client.post(host, &entity, &[("Identity", "identity-0001")]).await.ok();
    let factors = format!("{entity}/identity-0001/Factors");
    let form = [
        ("FriendlyName", "f"),
        ("FactorType", "push"),
        ("Binding.Alg", "ES256"),
        ("Binding.PublicKey", "key"),
        ("Config.AppId", "app"),
        ("Config.NotificationPlatform", "none"),
        ("Config.SdkVersion", "1.0.0"),
    ];
    let factor = client.post(host, &factors, &form).await.ok();
    assert_eq!(factor["binding"], json!({"alg": "ES256", "public_key": "key"}));
    assert_eq!(factor["config"]["app_id"], "app");
    let one = format!("{factors}/{}", factor["sid"].as_str().expect("a SID"));
    let read = client.get(host, &one).await.ok();
    assert_eq!(read.get("binding"), None);
    assert_eq!(read["config"]["app_id"], "app");
}

/// <https://www.twilio.com/docs/conversations/api/conversation-resource>: durations go in, dates come out.
#[tokio::test]
async fn timers_are_written_as_durations_and_read_as_dates() {
    let (_handle, client) = simulator().await;
    for path in ["/v1/Conversations", "service"] {
        let path = match path {
            "service" => format!(
                "{}/Conversations",
                made(&client, CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")]).await
            ),
            path => path.to_owned(),
        };
        let plain = client.post(CONVERSATIONS, &path, &[]).await.ok();
        assert_eq!(plain["timers"], json!({}));
        let form = [("Timers.Inactive", "PT10M"), ("Timers.Closed", "P2D")];
        let timed = client.post(CONVERSATIONS, &path, &form).await.ok();
        let date = |object: &Value, name: &str| -> jiff::Timestamp {
            let text = object["timers"][name]
                .as_str()
                .unwrap_or_else(|| panic!("{name}: {object}"));
            text.parse().expect("a date")
        };
        let made: jiff::Timestamp = timed["date_created"].as_str().expect("a date").parse().expect("a date");
        let after = |at: jiff::Timestamp| (at.as_second() - made.as_second() + 30) / 60;
        assert_eq!(after(date(&timed, "date_inactive")), 10);
        assert_eq!(after(date(&timed, "date_closed")), 2 * 24 * 60);
        assert_eq!(timed["timers"].as_object().map(serde_json::Map::len), Some(2));
        let one = format!("{path}/{}", timed["sid"].as_str().expect("a SID"));
        let kept = client.post(CONVERSATIONS, &one, &[("FriendlyName", "n")]).await.ok();
        assert_eq!(kept["timers"], timed["timers"]);
        let stopped = client
            .post(CONVERSATIONS, &one, &[("Timers.Inactive", "PT0S")])
            .await
            .ok();
        assert_eq!(stopped["timers"].get("date_inactive"), None);
        assert_eq!(stopped["timers"]["date_closed"], timed["timers"]["date_closed"]);
    }
    client
        .post(CONVERSATIONS, "/v1/Configuration", &[("DefaultClosedTimer", "PT1H")])
        .await
        .ok();
    let by_default = client.post(CONVERSATIONS, "/v1/Conversations", &[]).await.ok();
    assert!(
        by_default["timers"]["date_closed"].is_string(),
        "the account's default counts"
    );
}
