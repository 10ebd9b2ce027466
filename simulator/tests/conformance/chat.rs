//! Programmable Chat: what a user is in.

use serde_json::{Value, json};

use crate::support::simulator;

const CHAT: &str = "chat.twilio.com";

/// <https://www.twilio.com/docs/chat/rest/user-channel-resource>
#[tokio::test]
async fn a_user_is_in_the_channels_that_have_a_member_or_an_invite_of_that_identity() {
    let (_handle, client) = simulator().await;
    let service = client.post(CHAT, "/v2/Services", &[("FriendlyName", "s")]).await;
    let service = format!("/v2/Services/{}", service.text("sid"));
    let user = client
        .post(CHAT, &format!("{service}/Users"), &[("Identity", "ann@example.com")])
        .await;
    let mut channels = Vec::new();
    for name in ["joined", "invited", "other"] {
        let made = client
            .post(CHAT, &format!("{service}/Channels"), &[("UniqueName", name)])
            .await;
        channels.push(format!("{service}/Channels/{}", made.text("sid")));
    }
    let of_user = format!("{service}/Users/{}/Channels", user.text("sid"));
    let none = client.get(CHAT, &of_user).await.ok();
    assert_eq!(none["channels"], json!([]));
    let ann = [("Identity", "ann@example.com")];
    let member = client.post(CHAT, &format!("{}/Members", channels[0]), &ann).await;
    client.post(CHAT, &format!("{}/Invites", channels[1]), &ann).await.ok();
    client
        .post(CHAT, &format!("{}/Members", channels[2]), &[("Identity", "bob")])
        .await
        .ok();
    let list = client.get(CHAT, &of_user).await.ok();
    let found: Vec<(&Value, &Value)> = list["channels"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (&one["status"], &one["member_sid"]))
        .collect();
    let expected = [
        (&json!("invited"), &Value::Null),
        (&json!("joined"), &member.body["sid"]),
    ];
    assert_eq!(found, expected);
    // By its identity, and by the name of the channel.
    let one = format!("{service}/Users/ann%40example.com/Channels/joined");
    client
        .post(
            CHAT,
            &one,
            &[("NotificationLevel", "muted"), ("LastConsumedMessageIndex", "3")],
        )
        .await
        .ok();
    let one = client.get(CHAT, &format!("{of_user}/joined")).await;
    assert_eq!(
        (one.text("notification_level"), one.text("status")),
        ("muted", "joined")
    );
    let shown = client
        .get(CHAT, &format!("{}/Members/{}", channels[0], member.text("sid")))
        .await;
    assert_eq!(shown.body["last_consumed_message_index"], 3);
    assert_eq!(
        client.get(CHAT, &format!("{of_user}/other")).await.refusal(),
        (404, 20404)
    );
    assert_eq!(client.delete(CHAT, &format!("{of_user}/joined")).await.status, 204);
    assert_eq!(
        client
            .get(CHAT, &format!("{}/Members/{}", channels[0], member.text("sid")))
            .await
            .status,
        404
    );
    client.delete(CHAT, &service).await;
    assert_eq!(client.get(CHAT, &of_user).await.refusal(), (403, 50050));
}
