//! States and timers of conversations. <https://www.twilio.com/docs/conversations/states-timers>

use serde_json::{Value, json};

use crate::support::simulator;

const HOST: &str = "conversations.twilio.com";

/// <https://www.twilio.com/docs/api/errors/50379>, …/50380, …/50375, …/50376: each under the code that Twilio lists.
#[tokio::test]
async fn a_timer_is_an_iso_8601_duration_of_a_least_length() {
    let (_handle, client) = simulator().await;
    let service = client.post(HOST, "/v1/Services", &[("FriendlyName", "s")]).await;
    let below = format!("/v1/Services/{}", service.text("sid"));
    let one = client.post(HOST, "/v1/Conversations", &[]).await;
    let one = format!("/v1/Conversations/{}", one.text("sid"));
    for (path, inactive, closed) in [
        ("/v1/Conversations", "Timers.Inactive", "Timers.Closed"),
        ("/v1/ConversationWithParticipants", "Timers.Inactive", "Timers.Closed"),
        (&*format!("{below}/Conversations"), "Timers.Inactive", "Timers.Closed"),
        (&*one, "Timers.Inactive", "Timers.Closed"),
        ("/v1/Configuration", "DefaultInactiveTimer", "DefaultClosedTimer"),
    ] {
        for wrong in ["60 seconds", "1h", "10m", "soon", "60", "T1M", "-PT5M", ""] {
            let refused = client.post(HOST, path, &[(inactive, wrong)]).await;
            assert_eq!(refused.refusal(), (400, 50379), "{path} {wrong}");
            let refused = client.post(HOST, path, &[(closed, wrong)]).await;
            assert_eq!(refused.refusal(), (400, 50380), "{path} {wrong}");
        }
        assert_eq!(
            client.post(HOST, path, &[(inactive, "PT59S")]).await.refusal(),
            (400, 50375)
        );
        assert_eq!(
            client.post(HOST, path, &[(closed, "PT9M")]).await.refusal(),
            (400, 50376)
        );
        for right in [("PT1M", "PT10M"), ("P1D", "P1DT2H"), ("PT0S", "PT0M")] {
            client
                .post(HOST, path, &[(inactive, right.0), (closed, right.1)])
                .await
                .ok();
        }
    }
}

/// <https://www.twilio.com/docs/api/errors/50377>, …/50384, …/50378, …/50374
#[tokio::test]
async fn a_closed_conversation_stays_as_it_is() {
    let (_handle, client) = simulator().await;
    let path = "/v1/Conversations";
    assert_eq!(
        client.post(HOST, path, &[("State", "closed")]).await.refusal(),
        (400, 50384)
    );
    assert_eq!(
        client.post(HOST, path, &[("State", "open")]).await.refusal(),
        (400, 50378)
    );
    assert_eq!(client.post(HOST, path, &[("State", "")]).await.refusal(), (400, 50374));
    let made = client.post(HOST, path, &[("State", "inactive")]).await;
    let one = format!("{path}/{}", made.text("sid"));
    for state in ["active", "inactive", "closed"] {
        assert_eq!(client.post(HOST, &one, &[("State", state)]).await.text("state"), state);
    }
    for form in [("State", "active"), ("FriendlyName", "n")] {
        assert_eq!(
            client.post(HOST, &one, &[form]).await.refusal(),
            (400, 50377),
            "{form:?}"
        );
    }
    assert_eq!(client.get(HOST, &one).await.text("state"), "closed");
    assert_eq!(client.delete(HOST, &one).await.status, 204);
}

/// <https://www.twilio.com/docs/api/errors/50364>, …/50367, …/50324, …/50327
#[tokio::test]
async fn hooks_of_another_type_have_codes_of_their_own() {
    let (_handle, client) = simulator().await;
    let made = client.post(HOST, "/v1/Conversations", &[]).await;
    let hooks = format!("/v1/Conversations/{}/Webhooks", made.text("sid"));
    assert_eq!(
        client.post(HOST, &hooks, &[("Target", "email")]).await.refusal(),
        (400, 50364)
    );
    let flow = [("Target", "studio"), ("Configuration.FlowSid", "FW1")];
    assert_eq!(client.post(HOST, &hooks, &flow).await.refusal(), (400, 50367));
    for host in ["chat.twilio.com", "ip-messaging.twilio.com"] {
        let service = client.post(host, "/v2/Services", &[("FriendlyName", "s")]).await;
        let channels = format!("/v2/Services/{}/Channels", service.text("sid"));
        let channel = client.post(host, &channels, &[]).await;
        let hooks = format!("{channels}/{}/Webhooks", channel.text("sid"));
        assert_eq!(
            client.post(host, &hooks, &[("Type", "email")]).await.refusal(),
            (400, 50324)
        );
        let flow = [("Type", "studio"), ("Configuration.FlowSid", "FW1")];
        assert_eq!(client.post(host, &hooks, &flow).await.refusal(), (400, 50327));
    }
}

/// <https://www.twilio.com/docs/conversations/api/user-conversation-resource>
#[tokio::test]
async fn a_user_has_the_conversations_of_which_one_takes_part() {
    let (_handle, client) = simulator().await;
    let service = client.post(HOST, "/v1/Services", &[("FriendlyName", "s")]).await;
    for above in ["/v1".to_owned(), format!("/v1/Services/{}", service.text("sid"))] {
        let conversations = format!("{above}/Conversations");
        let user = client
            .post(HOST, &format!("{above}/Users"), &[("Identity", "ada")])
            .await;
        let mut made = Vec::new();
        for (name, identity) in [("one", "ada"), ("two", "bob"), ("three", "ada")] {
            let one = client.post(HOST, &conversations, &[("UniqueName", name)]).await;
            let participants = format!("{conversations}/{}/Participants", one.text("sid"));
            let participant = client.post(HOST, &participants, &[("Identity", identity)]).await;
            made.push((one.text("sid").to_owned(), participant.text("sid").to_owned()));
        }
        for named in ["ada", user.text("sid")] {
            let list = format!("{above}/Users/{named}/Conversations");
            let listed = client.get(HOST, &list).await.ok();
            let names: Vec<_> = listed["conversations"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| &one["unique_name"])
                .collect();
            assert_eq!(names, ["three", "one"]);
            let read = client.get(HOST, &format!("{list}/{}", made[0].0)).await.ok();
            assert_eq!(read["participant_sid"], json!(made[0].1));
            assert_eq!(
                read["links"]["participant"],
                json!(format!(
                    "https://{HOST}{conversations}/{}/Participants/{}",
                    made[0].0, made[0].1
                ))
            );
            assert_eq!(
                client.get(HOST, &format!("{list}/{}", made[1].0)).await.refusal(),
                (404, 20404)
            );
        }
        let one = format!("{above}/Users/ada/Conversations/{}", made[0].0);
        let muted = client
            .post(
                HOST,
                &one,
                &[("NotificationLevel", "muted"), ("LastReadMessageIndex", "0")],
            )
            .await
            .ok();
        assert_eq!(
            (&muted["notification_level"], &muted["unread_messages_count"]),
            (&json!("muted"), &json!(0))
        );
        assert_eq!(client.get(HOST, &one).await.ok(), muted);
        assert_eq!(client.delete(HOST, &one).await.status, 204);
        assert_eq!(client.get(HOST, &one).await.refusal(), (404, 20404));
        let left = client
            .get(HOST, &format!("{conversations}/{}/Participants", made[0].0))
            .await
            .ok();
        assert_eq!(left["participants"], json!([]), "who deletes it leaves");
    }
}

/// <https://www.twilio.com/docs/conversations/api/conversation-with-participants-resource>, <https://www.twilio.com/docs/api/errors/50424>
#[tokio::test]
async fn a_conversation_is_made_with_its_participants_or_not_at_all() {
    let (_handle, client) = simulator().await;
    let service = client.post(HOST, "/v1/Services", &[("FriendlyName", "s")]).await;
    let places = ["/v1".to_owned(), format!("/v1/Services/{}", service.text("sid"))];
    for (above, proxy) in places.iter().zip(["+14155550101", "+14155550102"]) {
        let both = format!("{above}/ConversationWithParticipants");
        let binding = json!({"messaging_binding": {"address": "+14155550100", "proxy_address": proxy}}).to_string();
        let form = [
            ("UniqueName", "owls"),
            ("Timers.Closed", "P1D"),
            ("Participant", r#"{"identity": "ada"}"#),
            ("Participant", &*binding),
        ];
        let made = client.post(HOST, &both, &form).await;
        assert_eq!(made.status, 201);
        let made = made.ok();
        assert!(
            made["timers"]["date_closed"].is_string() && made["messaging_service_sid"].is_string(),
            "{made}"
        );
        let one = format!("{above}/Conversations/{}", made["sid"].as_str().expect("a SID"));
        assert_eq!(client.get(HOST, &one).await.ok()["unique_name"], "owls");
        let listed = client.get(HOST, &format!("{one}/Participants")).await.ok();
        let participants = listed["participants"].as_array().expect("a list");
        assert_eq!(participants.len(), 2);
        let ada = participants.iter().find(|one| one["identity"] == "ada").expect("one");
        assert!(ada["role_sid"].is_string());
        let other = participants.iter().find(|one| one["identity"] != "ada").expect("one");
        assert_eq!(other["messaging_binding"]["address"], "+14155550100");
        for (form, code) in [
            (("Participant", "ada"), 50424),
            (("Timers.Closed", "PT1M"), 50376),
            (("UniqueName", "owls"), 50353),
        ] {
            assert_eq!(client.post(HOST, &both, &[form]).await.refusal().1, code, "{form:?}");
        }
        let twice = [
            ("Participant", r#"{"identity": "eve"}"#),
            ("Participant", r#"{"identity": "eve"}"#),
        ];
        assert_eq!(client.post(HOST, &both, &twice).await.refusal(), (409, 50433));
        let users = client.get(HOST, &format!("{above}/Users")).await.ok();
        let users: Vec<&Value> = users["users"].as_array().expect("a list").iter().collect();
        assert!(users.iter().any(|user| user["identity"] == "ada"), "{users:?}");
        assert!(users.iter().all(|user| user["identity"] != "eve"), "{users:?}");
        let left = client.get(HOST, &format!("{above}/Conversations")).await.ok();
        assert_eq!(left["conversations"].as_array().map(Vec::len), Some(1));
    }
}
