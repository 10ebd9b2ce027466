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

/// <https://www.twilio.com/docs/conversations/api/configuration-resource>: an account has services that a conversation gets which
/// names none.
#[tokio::test]
async fn an_account_has_default_services_from_its_first_use_of_conversations() {
    let (_handle, client) = simulator().await;
    let (conversations, messaging) = ("conversations.twilio.com", "messaging.twilio.com");
    let listed = client.get(messaging, "/v1/Services").await.ok();
    assert_eq!(listed["services"], json!([]), "nobody used conversations yet");
    let configuration = client.get(conversations, "/v1/Configuration").await.ok();
    let sid = |field: &str| configuration[field].as_str().expect("a SID").to_owned();
    let (chat, pool) = (sid("default_chat_service_sid"), sid("default_messaging_service_sid"));
    client.get(messaging, &format!("/v1/Services/{pool}")).await.ok();
    let services = client.get(conversations, "/v1/Services").await.ok();
    assert_eq!(services["services"][0]["sid"], chat);
    let roles = client
        .get(conversations, &format!("/v1/Services/{chat}/Roles"))
        .await
        .ok();
    assert_eq!(roles["roles"].as_array().map(Vec::len), Some(3));
    let form = [("FriendlyName", "c")];
    let made = client.post(conversations, "/v1/Conversations", &form).await.ok();
    assert_eq!(
        (&made["messaging_service_sid"], &made["chat_service_sid"]),
        (&json!(pool), &json!(chat))
    );
    let again = client.get(conversations, "/v1/Configuration").await.ok();
    assert_eq!(again["default_chat_service_sid"], chat);
    // What an account sets counts from then on, and an empty text does not take it away.
    let other = client.post(messaging, "/v1/Services", &form).await;
    let form = [("DefaultMessagingServiceSid", other.text("sid"))];
    client.post(conversations, "/v1/Configuration", &form).await.ok();
    let next = client.post(conversations, "/v1/Conversations", &[]).await.ok();
    assert_eq!(next["messaging_service_sid"], other.text("sid"));
    let service = client
        .post(conversations, "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let below = format!("/v1/Services/{}/Conversations", service.text("sid"));
    let next = client.post(conversations, &below, &[]).await.ok();
    assert_eq!(next["messaging_service_sid"], other.text("sid"));
    let own = [("MessagingServiceSid", &*pool)];
    let next = client.post(conversations, &below, &own).await.ok();
    assert_eq!(next["messaging_service_sid"], pool);
}

/// A read brings the default services, and still changes nothing of what is drawn after it.
#[tokio::test]
async fn default_services_do_not_change_what_is_drawn() {
    let (_handle, client) = simulator().await;
    let (_other, another) = simulator().await;
    another.get("conversations.twilio.com", "/v1/Configuration").await.ok();
    let form = [("FriendlyName", "s")];
    let (one, same) = (
        client.post("messaging.twilio.com", "/v1/Services", &form).await,
        another.post("messaging.twilio.com", "/v1/Services", &form).await,
    );
    assert_eq!(one.text("sid"), same.text("sid"));
}

/// <https://www.twilio.com/docs/taskrouter/api/workspace>
#[tokio::test]
async fn the_template_of_a_workspace_brings_a_queue_and_a_workflow_that_leads_to_it() {
    let (_handle, client) = simulator().await;
    for (template, count) in [(None, 0), (Some("NONE"), 0), (Some("FIFO"), 1)] {
        let mut form = vec![("FriendlyName", "w")];
        form.extend(template.map(|template| ("Template", template)));
        let made = client.post(TASKROUTER, "/v1/Workspaces", &form).await;
        let path = format!("/v1/Workspaces/{}", made.text("sid"));
        let queues = client.get(TASKROUTER, &format!("{path}/TaskQueues")).await.ok();
        let workflows = client.get(TASKROUTER, &format!("{path}/Workflows")).await.ok();
        let queues = queues["task_queues"].as_array().expect("a list");
        let workflows = workflows["workflows"].as_array().expect("a list");
        assert_eq!((queues.len(), workflows.len()), (count, count), "{template:?}");
        if let (Some(queue), Some(workflow)) = (queues.first(), workflows.first()) {
            let configuration = workflow["configuration"].as_str().expect("a text");
            let configuration: Value = serde_json::from_str(configuration).expect("JSON");
            assert_eq!(configuration["task_routing"]["default_filter"]["queue"], queue["sid"]);
        }
    }
}

/// <https://www.twilio.com/docs/chat/rest/member-resource>, <https://www.twilio.com/docs/conversations/api/user-resource>
#[tokio::test]
async fn members_and_users_have_the_default_roles_of_their_service() {
    let (_handle, client) = simulator().await;
    for host in ["chat.twilio.com", "ip-messaging.twilio.com"] {
        let service = client.post(host, "/v2/Services", &[("FriendlyName", "s")]).await.ok();
        let path = format!("/v2/Services/{}", service["sid"].as_str().expect("a SID"));
        let channel = client.post(host, &format!("{path}/Channels"), &[]).await.ok();
        assert_eq!(
            (&channel["created_by"], &channel["attributes"]),
            (&json!("system"), &json!("{}"))
        );
        let channel = format!("{path}/Channels/{}", channel["sid"].as_str().expect("a SID"));
        for (collection, field) in [
            (format!("{path}/Users"), "default_service_role_sid"),
            (format!("{channel}/Members"), "default_channel_role_sid"),
            (format!("{channel}/Invites"), "default_channel_role_sid"),
        ] {
            let made = client.post(host, &collection, &[("Identity", "ada")]).await.ok();
            assert_eq!(made["role_sid"], service[field], "{collection}");
            let other = service["default_channel_creator_role_sid"].as_str().expect("a SID");
            let form = [("Identity", "bob"), ("RoleSid", other)];
            let made = client.post(host, &collection, &form).await.ok();
            assert_eq!(made["role_sid"], other, "{collection}");
        }
    }
    let host = "conversations.twilio.com";
    let configuration = client.get(host, "/v1/Configuration").await.ok();
    let default = configuration["default_chat_service_sid"].as_str().expect("a SID");
    let service = client.post(host, "/v1/Services", &[("FriendlyName", "s")]).await;
    for (above, service) in [
        ("/v1".to_owned(), default),
        (format!("/v1/Services/{}", service.text("sid")), service.text("sid")),
    ] {
        let settings = format!("/v1/Services/{service}/Configuration");
        let settings = client.get(host, &settings).await.ok();
        let user = [("Identity", "ada")];
        let user = client.post(host, &format!("{above}/Users"), &user).await.ok();
        assert_eq!(user["role_sid"], settings["default_chat_service_role_sid"], "{above}");
        assert_eq!(user["chat_service_sid"], service);
        let conversations = format!("{above}/Conversations");
        let conversation = client.post(host, &conversations, &[]).await;
        let participants = format!("{conversations}/{}/Participants", conversation.text("sid"));
        let participant = client.post(host, &participants, &[("Identity", "ada")]).await.ok();
        assert_eq!(
            participant["role_sid"], settings["default_conversation_role_sid"],
            "{above}"
        );
    }
}

/// <https://www.twilio.com/docs/conversations/api/conversation-resource>: the shortened paths mean the default service, whichever that
/// is.
#[tokio::test]
async fn shortened_paths_of_conversations_lead_to_the_default_service() {
    let (_handle, client) = simulator().await;
    let host = "conversations.twilio.com";
    let configuration = client.get(host, "/v1/Configuration").await.ok();
    let default = configuration["default_chat_service_sid"].as_str().expect("a SID");
    let whole = format!("/v1/Services/{default}");
    let roles = client.get(host, "/v1/Roles").await.ok();
    assert_eq!(roles["roles"].as_array().map(Vec::len), Some(3));
    let form = [("UniqueName", "owls")];
    let made = client.post(host, "/v1/Conversations", &form).await.ok();
    let sid = made["sid"].as_str().expect("a SID");
    assert_eq!(made["url"], format!("https://{host}/v1/Conversations/{sid}"));
    let messages = &made["links"]["messages"];
    assert_eq!(
        messages,
        &json!(format!("https://{host}/v1/Conversations/{sid}/Messages"))
    );
    for path in [
        "/v1/Conversations/owls".to_owned(),
        format!("{whole}/Conversations/{sid}"),
    ] {
        assert_eq!(client.get(host, &path).await.text("sid"), sid, "{path}");
    }
    let form = [("Body", "hi")];
    let below = format!("{whole}/Conversations/{sid}/Messages");
    client.post(host, &below, &form).await.ok();
    let read = client.get(host, "/v1/Conversations/owls/Messages").await.ok();
    assert_eq!(read["messages"][0]["body"], "hi");
    assert!(read["messages"][0].get("chat_service_sid").is_none());
    let service = client.post(host, "/v1/Services", &[("FriendlyName", "s")]).await;
    let form = [("DefaultChatServiceSid", service.text("sid"))];
    client.post(host, "/v1/Configuration", &form).await.ok();
    let none = client.get(host, "/v1/Conversations").await.ok();
    assert_eq!(none["conversations"], json!([]), "it is another service now");
    client.get(host, &format!("{whole}/Conversations/{sid}")).await.ok();
}

/// The pages of <https://github.com/RJPearson94/terraform-provider-twilio> (taskrouter_activity).
#[tokio::test]
async fn what_a_workspace_falls_back_on_cannot_be_deleted() {
    let (_handle, client) = simulator().await;
    let (path, made) = workspace(&client).await;
    let default = made["default_activity_sid"].as_str().expect("a SID");
    let default = format!("{path}/Activities/{default}");
    assert_eq!(client.delete(TASKROUTER, &default).await.refusal(), (400, 20001));
    client.get(TASKROUTER, &default).await.ok();
    let other = client
        .post(TASKROUTER, &format!("{path}/Activities"), &[("FriendlyName", "Lunch")])
        .await;
    let form = [
        ("DefaultActivitySid", other.text("sid")),
        ("TimeoutActivitySid", other.text("sid")),
    ];
    client.post(TASKROUTER, &path, &form).await.ok();
    assert_eq!(client.delete(TASKROUTER, &default).await.status, 204);
    let other = format!("{path}/Activities/{}", other.text("sid"));
    assert_eq!(client.delete(TASKROUTER, &other).await.refusal(), (400, 20001));
    assert_eq!(
        client.delete(TASKROUTER, &path).await.status,
        204,
        "they go with the workspace"
    );
}
