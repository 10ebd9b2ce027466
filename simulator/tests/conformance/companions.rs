//! What comes with a new object by itself.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const TASKROUTER: &str = "taskrouter.twilio.com";

fn names(list: &Value, key: &str, field: &str) -> Vec<String> {
    let items = list[key].as_array().expect("a list");
    let mut names: Vec<String> = items
        .iter()
        .map(|item| item[field].as_str().expect("a name").to_owned())
        .collect();
    names.sort();
    names
}

async fn workspace(client: &Client) -> (String, Value) {
    let made = client
        .post(TASKROUTER, "/v1/Workspaces", &[("FriendlyName", "w")])
        .await
        .ok();
    (format!("/v1/Workspaces/{}", made["sid"].as_str().expect("a SID")), made)
}

/// <https://www.twilio.com/docs/taskrouter/api/activity>
#[tokio::test]
async fn a_workspace_brings_activities_and_task_channels() {
    let (_handle, client) = simulator().await;
    let (path, made) = workspace(&client).await;
    let activities = client.get(TASKROUTER, &format!("{path}/Activities")).await.ok();
    assert_eq!(
        names(&activities, "activities", "friendly_name"),
        ["Available", "Offline", "Unavailable"]
    );
    assert_eq!(made["default_activity_name"], "Offline");
    assert_eq!(made["timeout_activity_sid"], made["default_activity_sid"]);
    let offline = format!(
        "{path}/Activities/{}",
        made["default_activity_sid"].as_str().expect("a SID")
    );
    assert_eq!(client.get(TASKROUTER, &offline).await.ok()["available"], false);
    let channels = client.get(TASKROUTER, &format!("{path}/TaskChannels")).await.ok();
    assert_eq!(
        names(&channels, "channels", "unique_name"),
        ["chat", "default", "sms", "video", "voice"]
    );
    let available = activities["activities"].as_array().expect("a list").iter();
    let available = available.clone().find(|one| one["available"] == true).expect("one");
    let form = [("DefaultActivitySid", available["sid"].as_str().expect("a SID"))];
    let changed = client.post(TASKROUTER, &path, &form).await.ok();
    assert_eq!(changed["default_activity_name"], "Available");
    assert_eq!(changed["timeout_activity_name"], "Offline");
}

/// <https://www.twilio.com/docs/taskrouter/api/worker>, <https://www.twilio.com/docs/taskrouter/api/worker-channel>
#[tokio::test]
async fn a_worker_stands_in_an_activity_and_has_a_channel_for_each_task_channel() {
    let (_handle, client) = simulator().await;
    let (path, made) = workspace(&client).await;
    let worker = client
        .post(TASKROUTER, &format!("{path}/Workers"), &[("FriendlyName", "ada")])
        .await
        .ok();
    assert_eq!(
        [
            &worker["activity_name"],
            &worker["activity_sid"],
            &worker["available"],
            &worker["attributes"]
        ],
        [
            &json!("Offline"),
            &made["default_activity_sid"],
            &json!(false),
            &json!("{}")
        ]
    );
    assert!(worker["date_status_changed"].is_string());
    let channels = format!("{path}/Workers/{}/Channels", worker["sid"].as_str().expect("a SID"));
    let listed = client.get(TASKROUTER, &channels).await.ok();
    assert_eq!(listed["channels"].as_array().map(Vec::len), Some(5));
    let one = &listed["channels"][0];
    let channel = format!("{channels}/{}", one["sid"].as_str().expect("a SID"));
    let changed = client.post(TASKROUTER, &channel, &[("Capacity", "7")]).await.ok();
    assert_eq!(changed["configured_capacity"], 7);
    assert_eq!(client.post(TASKROUTER, &channels, &[]).await.status, 405);
    assert_eq!(client.delete(TASKROUTER, &channel).await.status, 405);
    let new = [("FriendlyName", "Fax"), ("UniqueName", "fax")];
    let task_channel = client.post(TASKROUTER, &format!("{path}/TaskChannels"), &new).await;
    let with_fax = client.get(TASKROUTER, &channels).await.ok();
    assert!(names(&with_fax, "channels", "task_channel_unique_name").contains(&"fax".to_owned()));
    let task_channel = format!("{path}/TaskChannels/{}", task_channel.text("sid"));
    client.delete(TASKROUTER, &task_channel).await.ok();
    let without = client.get(TASKROUTER, &channels).await.ok();
    assert_eq!(without["channels"].as_array().map(Vec::len), Some(5));
    let never = format!("{channels}/WC{}", "0".repeat(32));
    assert_eq!(client.get(TASKROUTER, &never).await.refusal(), (404, 20404));
}

/// Seen by the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> (chat, conversations).
#[tokio::test]
async fn a_chat_service_brings_its_roles() {
    let (_handle, client) = simulator().await;
    let chat = "chat.twilio.com";
    let service = client.post(chat, "/v2/Services", &[("FriendlyName", "s")]).await.ok();
    let path = format!("/v2/Services/{}", service["sid"].as_str().expect("a SID"));
    for field in [
        "default_service_role_sid",
        "default_channel_role_sid",
        "default_channel_creator_role_sid",
    ] {
        let role = format!("{path}/Roles/{}", service[field].as_str().expect("a SID"));
        client.get(chat, &role).await.ok();
    }
    assert_eq!(service["limits"], json!({"channel_members": 100, "user_channels": 250}));
    let conversations = "conversations.twilio.com";
    let service = client
        .post(conversations, "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let path = format!("/v1/Services/{}", service.text("sid"));
    let configuration = client.get(conversations, &format!("{path}/Configuration")).await.ok();
    for field in [
        "default_chat_service_role_sid",
        "default_conversation_role_sid",
        "default_conversation_creator_role_sid",
    ] {
        let role = format!("{path}/Roles/{}", configuration[field].as_str().expect("a SID"));
        client.get(conversations, &role).await.ok();
    }
}
